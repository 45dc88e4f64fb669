"""Reading what is published (公示查询): frozen values, stated order, known number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.db.models import Count, Q, QuerySet

from zhifa.law.errors import NotFound
from zhifa.portal.contents import (
    SIX,
    ActType,
    Body,
    Chart,
    Content,
    Decision,
    DocumentReceipt,
    Kind,
    Officer,
    PowerItem,
    Published,
    decode,
)
from zhifa.portal.models import Checkpoint, Item

T = TypeVar("T", bound=Content)
_NOT_IN_A_KEY = "\x00"  # PostgreSQL has no such text; a key never has it either


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """One published content under its permanent address."""

    kind: Published
    key: str
    data: T
    sequence: int
    first_published_at: datetime
    published_at: datetime
    package_sha256: str
    payload_sha256: str
    signer: str
    receipt: str  # the log's receipt as text; empty where there is none


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """One page of a list; `pages` counts from 1, also when nothing was found."""

    records: tuple[Record[T], ...]
    total: int
    page: int
    pages: int

    @property
    def earlier(self) -> int | None:
        """The page before, or None."""
        return self.page - 1 if self.page > 1 else None

    @property
    def later(self) -> int | None:
        """The page after, or None."""
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where a publication was (撤回说明): when it was taken back and why.

    `expired` instead: its term of publication is over, nobody took it back.
    """

    kind: Published
    key: str
    first_published_at: datetime
    withdrawn_at: datetime | None
    reason: str
    ended_on: date | None

    @property
    def expired(self) -> bool:
        """Whether it ended by itself."""
        return self.withdrawn_at is None


class Gone(Exception):
    """It was published and is not any more."""

    def __init__(self, tombstone: Tombstone) -> None:
        super().__init__(tombstone.key)
        self.tombstone = tombstone


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is published (公示数据)."""

    bodies: int
    officers: int
    items: int
    charts: int
    decisions: int
    decisions_by_act: tuple[tuple[ActType, int], ...]  # the six kinds
    items_by_act: tuple[tuple[ActType, int], ...]


@dataclass(frozen=True, slots=True)
class SeenCheckpoint:
    """A signed state of the enforcement log."""

    origin: str
    size: int
    root: str
    note: str
    seen_at: datetime


def bodies() -> list[Record[Body]]:
    """Return every body that exists by name; one query."""
    return _records(_published(Kind.BODY).filter(dated_on=None).order_by("title", "key"))


def ended_bodies() -> list[Record[Body]]:
    """Return every body that ended, by name; one query."""
    rows = _published(Kind.BODY).filter(dated_on__isnull=False)
    return _records(rows.order_by("title", "key"))


def body_names() -> dict[str, str]:
    """Return the names of the bodies by credit code, sorted by name; one query."""
    rows = Item.objects.filter(kind=Kind.BODY, withdrawn_at=None).order_by("title", "key")
    return dict(rows.values_list("key", "title"))


def body(key: str) -> Record[Body]:
    """Return one body. Raises NotFound and Gone; one query."""
    return _one(Kind.BODY, key)


def supervision(credit_code: str) -> Body | None:
    """Return the body to complain about, or None if it is not published; one query."""
    row = Item.objects.filter(kind=Kind.BODY, key=credit_code, withdrawn_at=None).first()
    return _data(row) if row else None


def officers(*, q: str = "", body: str = "", page: int = 1) -> Listed[Officer]:
    """Return officers by name; `q` is part of a name or of a certificate number; two queries."""
    return _listed(_matching(Kind.OFFICER, q, body).order_by("title", "key"), page)


def officer(key: str) -> Record[Officer]:
    """Return one officer by certificate number. Raises NotFound and Gone; one query."""
    return _one(Kind.OFFICER, key)


def items(*, q: str = "", body: str = "", act: str = "", page: int = 1) -> Listed[PowerItem]:
    """Return power items by kind of act and code; two queries."""
    rows = _matching(Kind.POWER_ITEM, q, body)
    return _listed(_of_act(rows, act).order_by("act_type", "key"), page)


def item(key: str) -> Record[PowerItem]:
    """Return one power item. Raises NotFound and Gone; one query."""
    return _one(Kind.POWER_ITEM, key)


def charts() -> list[Record[Chart]]:
    """Return every flow chart by title; one query."""
    return _records(_published(Kind.CHART).order_by("title", "key"))


def chart(key: str) -> Record[Chart]:
    """Return one flow chart. Raises NotFound and Gone; one query."""
    return _one(Kind.CHART, key)


def decisions(
    *,
    on: date,
    q: str = "",
    body: str = "",
    act: str = "",
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
) -> Listed[Decision]:
    """Return decisions, latest first, whose term of publication is not over; two queries.

    q             part of the party's published name, the number or the cause
    since, until  days of decision, both included
    """
    rows = _of_act(_matching(Kind.DECISION, q, body), act).filter(_in_term(on))
    if since:
        rows = rows.filter(dated_on__gte=since)
    if until:
        rows = rows.filter(dated_on__lte=until)
    return _listed(rows.order_by("-dated_on", "key"), page)


def latest_decisions(*, on: date, limit: int, body: str = "") -> list[Record[Decision]]:
    """Return the latest decisions, of one body or of all; one query."""
    rows = _matching(Kind.DECISION, "", body).filter(_in_term(on))
    return _records(rows.order_by("-dated_on", "key")[:limit])


def decision(key: str, *, on: date) -> Record[Decision]:
    """Return one decision. Raises NotFound, and Gone also when its term is over; one query."""
    return _one(Kind.DECISION, key, on=on)


def withdrawn_decision(number: str, *, on: date) -> Tombstone | None:
    """Return what stands where a decision with exactly this number was, or None; one query.

    For whoever looks for a number that is not published any more; nothing else finds it.
    """
    try:
        _one(Kind.DECISION, number.strip(), on=on)
    except Gone as gone:
        return gone.tombstone
    except NotFound:
        pass
    return None


def document_receipt(token: str) -> Record[DocumentReceipt]:
    """Return what is known of a sealed document. Raises NotFound and Gone; one query."""
    return _one(Kind.DOCUMENT_RECEIPT, token)


def receipts_for(asked: str) -> list[Record[DocumentReceipt]]:
    """Return the receipts of documents with this number, token or digest, latest first; one query."""
    if _NOT_IN_A_KEY in asked:
        return []
    match = Q(key=asked) | Q(title=asked) | Q(document_sha256=asked.lower())
    return _records(_published(Kind.DOCUMENT_RECEIPT).filter(match).order_by("-id")[:20])


def decisions_for(asked: str, *, on: date) -> list[Record[Decision]]:
    """Return decisions with this number, or this digest of either version of the file; one query."""
    if _NOT_IN_A_KEY in asked:
        return []
    digest = asked.lower()
    match = Q(key=asked) | Q(document_sha256=digest) | Q(file_sha256=digest)
    return _records(_published(Kind.DECISION).filter(match, _in_term(on)).order_by("-id")[:20])


def figures(*, on: date) -> Figures:
    """Return how much is published; one query."""
    rows = (
        Item.objects.filter(_in_term(on), withdrawn_at=None)
        .exclude(kind=Kind.BODY, dated_on__isnull=False)
        .values_list("kind", "act_type")
        .annotate(Count("id"))
        .order_by("kind", "act_type")
    )
    counted = {(kind, act): number for kind, act, number in rows}

    def total(wanted: Kind) -> int:
        return sum(number for (kind, _), number in counted.items() if kind == wanted)

    def by_act(wanted: Kind) -> tuple[tuple[ActType, int], ...]:
        return tuple((act, counted.get((wanted, act), 0)) for act in SIX)

    return Figures(
        total(Kind.BODY), total(Kind.OFFICER), total(Kind.POWER_ITEM), total(Kind.CHART),
        total(Kind.DECISION), by_act(Kind.DECISION), by_act(Kind.POWER_ITEM),
    )  # fmt: skip


def checkpoint() -> SeenCheckpoint | None:
    """Return the latest state of the log that was seen, or None; one query."""
    row = Checkpoint.objects.order_by("-seen_at", "-size").first()
    return SeenCheckpoint(row.origin, row.size, row.root, row.note, row.seen_at) if row else None


def package_of(kind: Kind, key: str, *, on: date) -> str:
    """Return the digest of the package behind a record. Raises NotFound and Gone; one query."""
    record: Record[Content] = _one(kind, key, on=on)
    return record.package_sha256


PAGE_SIZE = 20


def _in_term(on: date) -> Q:
    return Q(published_until=None) | Q(published_until__gte=on)


def _published(kind: Kind) -> "QuerySet[Item]":
    return Item.objects.filter(kind=kind, withdrawn_at=None).select_related("package")


def _matching(kind: Kind, q: str, body: str) -> "QuerySet[Item]":
    rows = _published(kind)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(party__icontains=q) | Q(key__icontains=q))
    return rows.filter(body=body) if body else rows


def _of_act(rows: "QuerySet[Item]", act: str) -> "QuerySet[Item]":
    return rows.filter(act_type=act) if act else rows


def _listed(rows: "QuerySet[Item]", page: int) -> Listed[T]:
    total = rows.count()
    pages = max(1, -(-total // PAGE_SIZE))
    first = (page - 1) * PAGE_SIZE
    return Listed(tuple(_records(rows[first : first + PAGE_SIZE])), total, page, pages)


def _one(kind: Kind, key: str, *, on: date | None = None) -> Record[T]:
    if _NOT_IN_A_KEY in key:
        raise NotFound(key)
    row = Item.objects.filter(kind=kind, key=key).select_related("package").first()
    if row is None:
        raise NotFound(key)
    ended = on is not None and row.published_until is not None and row.published_until < on
    if row.withdrawn_at is not None or ended:
        raise Gone(
            Tombstone(
                Published(kind), key, row.first_published_at, row.withdrawn_at,
                row.withdrawn_reason, row.published_until if ended else None,
            )
        )  # fmt: skip
    return _record(row)


def _records(rows: Iterable[Item]) -> list[Record[T]]:
    return [_record(row) for row in rows]


def _record(row: Item) -> Record[T]:
    return Record(
        Published(row.kind), row.key, _data(row), row.sequence, row.first_published_at,
        row.package.published_at, row.package.sha256, row.package.payload_sha256,
        row.package.signer, row.receipt,
    )  # fmt: skip


def _data(row: Item) -> T:  # type: ignore[type-var]  # (the kind says which content it is)
    return decode(Kind(row.kind), row.data.encode())  # type: ignore[return-value]


def checkpoints_seen(origins: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the states of these logs that came with packages: size and root (hex), the smallest first;
    one query, read in pieces."""
    rows = Checkpoint.objects.filter(origin__in=origins).order_by("size")
    yield from rows.values_list("size", "root").iterator()
