"""What a body publishes (公示范围): its own choices before the city's, the newest first, then the defaults."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhifa.disclosure import entries, rules
from zhifa.disclosure.models import PolicyChoice
from zhifa.disclosure.rules import Ground, PolicyLine, Ruling, Treatment
from zhifa.disclosure.sources import Source
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.citations import NOTICE_118
from zhifa.law.errors import Denied, Refused
from zhifa.procedures.values import PartyKind, PenaltyKind
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role


def table(body_id: UUID, *, on: date) -> tuple[PolicyLine, ...]:
    """Return the lines that hold for a body on that day, in the order they are asked; one query."""
    rows = PolicyChoice.objects.filter(
        Q(body_id=body_id) | Q(body_id=None), valid_from__lte=on
    ).order_by("body_id", "-valid_from", "-id")  # what is for all comes last: nulls do
    return (*(_line(row) for row in rows), *rules.DEFAULT_POLICY)


def ruling(found: Source, grounds: Iterable[Ground]) -> Ruling:
    """Judge a decision by the policy of the body that made it, as it held when the decision took effect."""
    held = table(found.body.id, on=found.decision.served_on)
    return rules.ruling(found.decision, found=grounds, table=held)


@transaction.atomic(durable=True)
def choose(
    *,
    body_id: UUID | None,
    line: PolicyLine,
    valid_from: date,
    actor: ActorId,
    on: date,
    at: datetime,
) -> None:
    """Choose what is published, for one body or for all; earlier choices stay on record.

    line  with `note`: the document it rests on. Bans of the law hold whatever is chosen.

    A body's disclosure reviewer chooses for it, the legal affairs office for all. Raises Denied,
    and Refused.
    """
    scope = registry.scope(actor, on=on)
    allowed = (
        scope.may(Role.DISCLOSURE_REVIEWER, body_id) if body_id else bool(scope.bodies(Role.SUPERVISOR))
    )  # fmt: skip
    if not allowed:
        raise Denied("role.missing")
    if violations := rules.choice_objections(line):
        raise Refused("disclosure.choose_policy", violations)
    kinds = tuple(sorted(kind.value for kind in line.only_kinds))
    row = PolicyChoice(
        body_id=body_id,
        act_type=line.act_type,
        party=line.party.value if line.party else "",
        only_kinds=list(kinds),
        treatment=line.treatment.value,
        basis=line.note,
        valid_from=valid_from,
        chosen_by=actor,
        chosen_at=at,
    )
    row.entry = journal.append(
        entries.POLICY_CHOSEN, entries.POLICY_STREAM, actor=actor, at=at, body=entries.chosen(row)
    ).id
    row.save(force_insert=True)


def _line(row: PolicyChoice) -> PolicyLine:
    treatment = Treatment(row.treatment)
    return PolicyLine(
        treatment=treatment,
        basis=NOTICE_118.whole,
        act_type=row.act_type,
        party=PartyKind(row.party) if row.party else None,
        only_kinds=frozenset(map(PenaltyKind, row.only_kinds)),
        ground=Ground.BODY_POLICY if treatment is Treatment.WITHHOLD else None,
        note=row.basis,
    )
