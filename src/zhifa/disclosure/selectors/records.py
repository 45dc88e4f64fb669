"""What the registry says beside what the public reads, and what has not arrived (登记公示)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhifa.disclosure import outgoing
from zhifa.disclosure.authority import authority
from zhifa.disclosure.beside import beside
from zhifa.disclosure.models import Parcel
from zhifa.disclosure.rules import PUBLISHER
from zhifa.law.actors import ActorId
from zhifa.registry import selectors as registry

_ORDER = {kind: place for place, kind in enumerate(("body", "officer", "power_item", "chart"))}


@dataclass(frozen=True, slots=True)
class Change:
    """A record of the registry beside what the public reads."""

    kind: str
    key: str
    title: str
    status: str  # new, changed, gone, same
    released_at: datetime | None
    received_at: datetime | None
    problem: str


def record_changes(body_id: UUID, *, on: date) -> list[Change]:
    """Return every record of a body's registry beside what was published of it, changed ones first."""
    found = beside(body_id, on=on)
    changes = []
    for pair in {**found.now, **found.shown}:
        record, last = found.now.get(pair), found.shown.get(pair)
        if record is None and (last is None or last.kind == "withdrawal"):
            continue
        status = (
            "gone" if record is None
            else "new" if last is None or last.kind == "withdrawal"
            else "changed" if last.says_other_than(record.data)
            else "same"
        )  # fmt: skip
        changes.append(
            Change(
                *pair,
                record.title if record else last.title if last else "",
                status,
                last.released_at if last else None,
                last.received_at if last else None,
                last.problem if last else "",
            )
        )
    return sorted(changes, key=lambda one: (one.status == "same", _ORDER[one.kind], one.key))


@dataclass(frozen=True, slots=True)
class LeftShown:
    """A body that ended, of which the public still reads what the registry says no more; or one that follows
    it and has still to publish as its own what went over (`went_over`)."""

    body: UUID
    name: str
    changes: int
    went_over: bool = False


def left_shown(actor: ActorId, *, on: date) -> list[LeftShown]:
    """Return the bodies that ended for which this person brings up to date what is public, by name.

    A publisher of a body that followed, and the supervision over it. Queries for those only of which
    something is public still.
    """
    person = authority(actor, on=on)
    found = []
    went_over: Counter[UUID] = Counter()
    for body_id in outgoing.still_shown(person.ended(on)):
        number = sum(one.status != "same" for one in record_changes(body_id, on=on))
        if number:
            found.append(LeftShown(body_id, registry.body(body_id).name, number))
        went_over.update(beside(body_id, on=on).handed_on.values())
    for heir, number in went_over.items():
        if person.holds(PUBLISHER, heir):
            found.append(LeftShown(heir, registry.body(heir).name, number, went_over=True))
    return sorted(found, key=lambda one: (one.went_over, one.name))


def unsent() -> list[UUID]:
    """Return the parcels that the portal has still to receive, oldest first; one query."""
    rows = Parcel.objects.filter(received_at=None, recalled_at=None).order_by(
        "released_at", "sequence"
    )
    return list(rows.values_list("id", flat=True))
