"""The evidence of a case as its page lists it (证据目录): numbered as it came in, so that a number stays. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhifa.cases.selectors import TimelineEntry
from zhifa.evidence.rules import EvidenceKind
from zhifa.evidence.selectors import Item
from zhifa.evidence.wording import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceShown:
    """One line of the evidence; a thing has no file, and other evidence may still lack its own."""

    name: str
    kind: str
    is_thing: bool
    source: str
    proves: str
    on: date | None
    at: datetime  # when it was entered
    pages: int | None
    sha256: str
    item: Item | None


def collected(record: Sequence[TimelineEntry], items: Sequence[Item]) -> tuple[EvidenceShown, ...]:
    """Return what was collected, and files that came with other steps, in the order in which they came in.

    Signed papers stand apart. Nothing leaves the list, and what is added comes last.
    """
    sent = [item for entry in record for item in entry.attachments]
    place = {item: number for number, item in enumerate(sent)}
    items = sorted(items, key=lambda one: place.get(one.id, len(sent)))  # as they were sent
    by_id = {one.id: one for one in items}
    found, named = [], set()
    for entry in record:
        if entry.action != "collect_evidence":
            continue
        said = entry.data
        item = by_id.get(UUID(said["evidence"])) if said.get("evidence") else None
        if item is not None:
            named.add(item.id)
        found.append(
            EvidenceShown(
                name=said["name"], kind=_kind_words(said["kind"]),
                is_thing=said["kind"] == EvidenceKind.PHYSICAL.value, source=said["source"],
                proves=said["proves"], on=entry.on, at=entry.at, pages=said.get("pages"),
                sha256=said.get("sha256", ""), item=item,
            )
        )  # fmt: skip
    found += [
        EvidenceShown(
            name=one.name, kind=KINDS[one.kind], is_thing=False, source=one.source,
            proves=one.note, on=one.obtained_on, at=one.received_at, pages=one.pages,
            sha256=one.sha256, item=one,
        )
        for one in items
        if one.id not in named and not one.signs_document
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.at))


def _kind_words(code: str) -> str:
    return next((words for kind, words in KINDS.items() if kind.value == code), code)
