"""How a term of a case was computed (期限的计算): its name, its stops and every reason, in words. Pure."""

from dataclasses import dataclass
from datetime import date

from zhifa.cases.rules import OF_THE_PARTY
from zhifa.law import reasons_zh
from zhifa.law.citations import Article
from zhifa.law.legal_time import due, remaining
from zhifa.law.terms import Unit
from zhifa.procedures.facts import Context, Facts, RunningTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class TermShown:
    """One term as pages show it."""

    position: int  # its place in the facts
    key: str
    name: str
    trigger: str
    end: str
    party: str  # whom it concerns, if one
    variant: str
    started_on: date
    due_on: date | None
    provisional: bool
    earliest: bool
    ended_on: date | None
    working: bool  # counted in working days
    left: int | None
    late: bool
    lapsed: bool  # the party's own time, over
    basis: tuple[Article, ...]
    reasons: tuple[str, ...]

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.ended_on is None

    @property
    def ended_late(self) -> bool:
        """Whether what the agency had to do was done after the last day."""
        if self.ended_on is None or self.due_on is None:
            return False
        own = not self.earliest and self.key not in OF_THE_PARTY
        return own and self.ended_on > self.due_on

    @property
    def stopped(self) -> bool:
        """Whether its days are not counted for the time being."""
        return self.ended_on is None and self.due_on is None


def shown(facts: Facts, context: Context, *, on: date) -> list[TermShown]:
    """Return the terms of a case: running ones first, nearest end first."""
    found = [
        _shown(facts, position, term, context, on) for position, term in enumerate(facts.terms)
    ]
    return sorted(found, key=lambda term: (not term.running, term.due_on or date.max))


def _shown(facts: Facts, position: int, term: RunningTerm, context: Context, on: date) -> TermShown:
    kind = context.catalogue[term.key]
    field = context.policy.field
    branch = kind.branch(field=field, variant=term.variant)
    rule = kind.rule(term.started_on, field=field, variant=term.variant)
    found = due(
        kind, start=term.started_on, calendar=context.calendar, stops=term.stops,
        extensions=term.extensions, field=field, variant=term.variant,
    )  # fmt: skip
    left = remaining(found, on, context.calendar) if term.ended_on is None else None
    over = left is not None and left < 0 and not term.earliest
    party = next((one.name for one in facts.parties if str(one.id) == term.about), "")
    return TermShown(
        position=position,
        key=term.key,
        name=branch.name or kind.name,
        trigger=kind.trigger,
        end=kind.end,
        party=party,
        variant=branch.name,
        started_on=term.started_on,
        due_on=term.due_on,
        provisional=term.provisional,
        earliest=term.earliest,
        ended_on=term.ended_on,
        working=rule.length.unit is Unit.WORKING_DAY,
        left=left,
        late=over and term.key not in OF_THE_PARTY,
        lapsed=over and term.key in OF_THE_PARTY,
        basis=rule.basis,
        reasons=tuple(reasons_zh.words(reason) for reason in found.reasons),
    )
