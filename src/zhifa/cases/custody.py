"""One item of evidence of a case (证据页): its particulars, its chain of custody, what may be done with it.

The items are the evidence room's; who works on the case is known here. No step of the procedure: the
item has a chain of its own, and a look at a file never waits for a step.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa import clock
from zhifa.accounts import selectors as people
from zhifa.cases import selectors
from zhifa.cases.selectors import CaseView
from zhifa.cases.services import locked
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import MadeDocument
from zhifa.evidence import selectors as evidence
from zhifa.evidence import services
from zhifa.evidence.rules import CustodyAction
from zhifa.evidence.selectors import CustodyLine, Item
from zhifa.law.actors import ActorId
from zhifa.law.citations import APL
from zhifa.law.errors import Denied, NotFound, Refused, Violation
from zhifa.registry import selectors as registry
from zhifa.registry.rules import OVERSEEING, Role

# APL art. 46(3) does not say who sets evidence aside: whoever investigates, leads or decides [policy].
_EXCLUDING = frozenset({Role.HANDLING_UNIT_HEAD, Role.AGENCY_HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """The page of an item."""

    case: CaseView
    item: Item
    obtained_by: tuple[str, ...]
    received_by: str
    signs: MadeDocument | None  # the document whose signed paper this is a scan of
    chain: tuple[CustodyLine, ...]
    may_note: bool
    may_exclude: bool


def item_shown(case_id: UUID, item_id: UUID, *, actor: ActorId, on: date) -> ItemShown:
    """Return everything the page of an item shows; eight queries at most, however long the chain.

    Raises NotFound, also when the case is out of scope or the item is of another case.
    """
    found, item = _item(case_id, item_id, actor=actor, on=on)
    may_note, may_exclude = _may(found, actor, on=on)
    names = people.names({*item.obtained_by, item.received_by})
    return ItemShown(
        case=found,
        item=item,
        obtained_by=tuple(names.get(one, "") for one in item.obtained_by),
        received_by=names.get(item.received_by, ""),
        signs=documents.document(item.signs_document) if item.signs_document else None,
        chain=tuple(evidence.custody(item_id)),
        may_note=may_note,
        may_exclude=may_exclude and item.excluded_at is None,
    )


@transaction.atomic(durable=True)
def note_custody(
    *,
    case_id: UUID,
    item_id: UUID,
    action: CustodyAction,
    counterpart: str,
    purpose: str,
    actor: ActorId,
    at: datetime,
) -> None:
    """Note in an item's chain that it left, came back, or was copied (APL art. 47).

    Raises NotFound, also when out of scope, Denied for who only reads, and Refused with every broken
    rule.
    """
    on = clock.beijing_date(at)
    found, _ = _item(case_id, item_id, actor=actor, on=on)
    if not _may(found, actor, on=on)[0]:
        raise Denied("role.missing")
    services.note_custody(
        item_id=item_id, action=action, counterpart=counterpart, purpose=purpose, actor=actor,
        at=at,
    )  # fmt: skip


@transaction.atomic(durable=True)
def exclude(*, case_id: UUID, item_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Set an item aside as obtained illegally (APL art. 46 paragraph 3); it is kept all the same.

    A proposal or a decision that rests on the item would go on resting on it: the proposal is revised
    first, which voids what was passed; what was decided is changed by the ways of the law only.

    Raises NotFound, also when out of scope, Denied unless a handler or a head of the case asks,
    Refused without a reason or while the proposal rests on it, and Conflict if it was set aside already.
    """
    on = clock.beijing_date(at)
    locked(case_id)  # no step is taken meanwhile
    found, item = _item(case_id, item_id, actor=actor, on=on)
    if not _may(found, actor, on=on)[1]:
        raise Denied("role.missing")
    if found.facts.draft and item.sha256 in {one.sha256 for one in found.facts.draft.evidence}:
        code = "exclusion.decided_on" if found.facts.decision else "exclusion.still_cited"
        raise Refused(code, (Violation(code, APL.art(46, 3)),))
    services.exclude(item_id=item_id, reason=reason, actor=actor, at=at)


def _item(case_id: UUID, item_id: UUID, *, actor: ActorId, on: date) -> tuple[CaseView, Item]:
    found = selectors.case_for(case_id, actor=actor, on=on)
    item = evidence.item(item_id)
    if item.subject != case_id:
        raise NotFound
    return found, item


def _may(found: CaseView, actor: ActorId, *, on: date) -> tuple[bool, bool]:
    """Return whether the person may note custody, and set items aside; one query."""
    held = [one for one in registry.scope(actor, on=on).held if one.body == found.body_id]
    works = actor in found.facts.handlers
    heads = any(
        one.role in _EXCLUDING and (one.unit is None or one.unit == found.unit_id) for one in held
    )
    return works or any(one.role not in OVERSEEING for one in held), works or heads
