"""Does the portal show what it was sent, all of it and nothing else (门户核对)? For `zhifa verify`.

The packages come from who sent them: the portal erases what it does not show any more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from django.db import connections
from django.db.models import Model

from zhifa.portal.intake import Opened, reopened
from zhifa.portal.models import Item, Package
from zhifa.portal.rules import PackageRefused
from zhifa.portal.services import package_row, show


@dataclass(frozen=True, slots=True)
class Difference:
    """Something on the portal that is not as it was sent."""

    code: str
    about: str  # kind and key, and the column
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One package as the workbench sent it."""

    subject_kind: str
    key: str
    sequence: int
    sha256: str
    content: Callable[[], bytes | None]  # reads it; none: it is not there to be read
    received_at: datetime | None  # none: the receipt has not come back


_AT_ONCE = 200  # subjects
_Subject = tuple[str, str]
_Rows = dict[_Subject, list[Package]]


def differences(sent: Iterable[Sent]) -> Iterator[Difference]:
    """Yield what differs; `sent` subject by subject, each in its order. Two queries for every two hundred
    subjects and three more.

    What is sent while the tables are read as they stood is no difference.
    """
    now = _moment()
    left = set(Item.objects.values_list("kind", "key"))
    left |= set(Package.objects.values_list("subject_kind", "key"))
    subjects = ((key, list(some)) for key, some in groupby(sent, _subject_of))
    while chunk := list(islice(subjects, _AT_ONCE)):
        keys = [key for (_, key), _ in chunk]
        items = {(row.kind, row.key): row for row in Item.objects.filter(key__in=keys)}
        packages: _Rows = {}
        for row in Package.objects.filter(key__in=keys).order_by("sequence"):
            packages.setdefault((row.subject_kind, row.key), []).append(row)
        for subject, some in chunk:
            left.discard(subject)
            yield from _of_subject(
                some, items.get(subject), packages.get(subject, []), now, " ".join(subject)
            )
    for subject in sorted(left):
        yield Difference("portal.unknown", " ".join(subject))


def _moment() -> datetime:
    """Return as of when the portal's tables are read."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _subject_of(one: Sent) -> _Subject:
    return one.subject_kind, one.key


def _of_subject(
    sent: Sequence[Sent], item: Item | None, rows: Sequence[Package], now: datetime, name: str
) -> Iterator[Difference]:
    known = {row.sha256: row for row in rows}
    wanted = Item(kind=sent[0].subject_kind, key=sent[0].key)
    last, whole = "", True
    for one in sent:
        row = known.pop(one.sha256, None)
        if row is None:
            if one.received_at is not None and one.received_at < now:
                yield Difference("portal.package_missing", f"{name}：{one.sequence}")
            continue
        last, opened = one.sha256, _opened(one)
        if opened is None:
            whole = False
            yield Difference("portal.not_compared", f"{name}：{one.sequence}")
            continue
        for column in _unlike(row, package_row(opened, at=one.received_at or row.received_at)):
            yield Difference("portal.package_differs", f"{name}：{one.sequence} {column}")
        show(opened, wanted)
    for row in known.values():
        yield Difference("portal.package_unknown", f"{name}：{row.sequence}")
    if (item is None) != (not last):
        yield Difference("portal.item_missing" if last else "portal.unknown", name)
    elif item is not None and whole:
        if last not in {row.sha256 for row in rows if row.pk == item.package_id}:
            yield Difference("portal.item_differs", f"{name}：package")
        for column in _unlike(item, wanted):
            yield Difference("portal.item_differs", f"{name}：{column}")


def _opened(one: Sent) -> Opened | None:
    content = one.content()
    try:
        return reopened(content) if content is not None else None
    except PackageRefused:
        return None


def _unlike(row: Model, wanted: Model) -> Iterator[str]:
    """Yield the columns that differ; which rows name each other is compared elsewhere."""
    for field in row._meta.concrete_fields:
        if field.attname not in {"id", "package_id"} and getattr(row, field.attname) != getattr(
            wanted, field.attname
        ):
            yield field.attname
