"""What the registry says of a body beside what the public reads of it (登记与公示对照)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.disclosure import outgoing
from zhifa.disclosure.outgoing import Latest
from zhifa.disclosure.records import PublicRecord, charts, records
from zhifa.registry import selectors as registry

Pair = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class Beside:
    """What is to be shown of a body now, and the last that was published of it."""

    now: dict[Pair, PublicRecord]
    shown: dict[Pair, Latest]
    handed_on: dict[Pair, UUID]  # shown still of a body that ended, and whose it is now


def beside(body_id: UUID, *, on: date) -> Beside:
    """Return both, without what is another's to publish.

    A chart stays as long as any body uses it. What a body that ended has shown under an address that a
    body after it has too, as the certificate of an officer or a credit code that went over, that one
    brings up to date; it is not taken down.
    """
    now = {(one.kind, one.key): one for one in records(body_id, on=on)}
    shown = outgoing.latest_of_body(body_id)
    elsewhere = {(one.kind, one.key) for one in charts(on=on)} - set(now)
    heirs: dict[Pair, UUID] = {}
    if not registry.body(body_id).exists(on):
        for link in registry.lineage(body_id).after:
            theirs = [(one.kind, one.key) for one in records(link.successor, on=on)]
            heirs |= {pair: link.successor for pair in theirs if pair not in elsewhere}
        elsewhere |= set(heirs)
        # What was never published, or was taken back, needs no farewell.
        public = {pair for pair, one in shown.items() if one.kind != "withdrawal"}
        now = {pair: one for pair, one in now.items() if pair in public - elsewhere}
    return Beside(
        now,
        {pair: one for pair, one in shown.items() if pair not in elsewhere},
        {
            pair: heirs[pair]
            for pair, one in shown.items()
            if pair in heirs and one.kind != "withdrawal"
        },
    )
