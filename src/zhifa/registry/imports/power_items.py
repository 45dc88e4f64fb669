"""Power items from a table and into one (行政权力事项导入导出): R-18, R-20.

Real lists lack columns of the seed's list; such rows become drafts that cannot be submitted, and the
report names what is missing.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.registry import selectors, services
from zhifa.registry.imports.bases import bases_text, read_bases
from zhifa.registry.imports.columns import POWER_ITEMS
from zhifa.registry.imports.lookup import Bodies
from zhifa.registry.imports.report import Judged, Line, Outcome, once
from zhifa.registry.rules import ActType, ItemContent, ItemState, Scope
from zhifa.registry.sheets.cells import Finding, RowReader
from zhifa.registry.sheets.tables import Table
from zhifa.registry.wording import ACT_TYPES, ITEM_COLUMNS

# Two figures of the national item types (政务服务事项类型), as provincial lists use them (unverified).
_TYPE_CODES = {
    "01": ActType.PERMIT,
    "02": ActType.PENALTY,
    "03": ActType.COERCION,
    "04": ActType.COLLECTION,
    "05": ActType.BENEFIT,
    "06": ActType.INSPECTION,
    "07": ActType.CONFIRMATION,
    "08": ActType.REWARD,
    "09": ActType.ADJUDICATION,
}
_TYPES = {words: kind for kind, words in ACT_TYPES.items()} | _TYPE_CODES
_SHORT_TYPES = {words.removeprefix("行政"): kind for kind, words in ACT_TYPES.items()}
_TEXT_LONGEST = 20_000
_TEXTS = ("scope", "content", "procedure", "supervision")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A power item of a body as a row tells it."""

    body: UUID
    content: ItemContent


def judge(table: Table, *, on: date, body: str = "") -> list[Judged[ItemRow]]:
    """Return each row as it stands against the file and the registry.

    body  whose items these are, where the rows do not say
    """
    known = Bodies(selectors.every_body(), on=on)
    rows = [_row(RowReader(row), known, on=on, body=body) for row in table.rows()]
    rows = once(
        rows, "code", [one.value and (one.value.body, one.value.content.code) for one in rows]
    )
    there = _versions({one.value.body for one in rows if one.value is not None})
    return [_against_registry(one, there, table) for one in rows]


class Writer:
    """Enters items as drafts; submitting is a person's act."""

    def __init__(self, *, actor: ActorId, on: date, at: datetime) -> None:
        self._actor, self._at = actor, at

    def in_order(self, rows: Sequence[tuple[int, ItemRow]]) -> list[tuple[int, ItemRow]]:
        """Return the rows as they stand."""
        return list(rows)

    def write(self, row: ItemRow) -> None:
        """Enter one item. Raises what the service raises."""
        services.define_item(body_id=row.body, content=row.content, actor=self._actor, at=self._at)


def export(
    *, on: date, body: str = "", scope: Scope | None = None, state: str = ""
) -> Iterator[dict[str, str]]:
    """Return the newest version of each item, of one body or all, by body, then code.

    scope  versions not approved yet only of bodies it sees; None: of all
    state  the newest in this state instead; empty: in any
    """
    for one in selectors.every_body():
        if body not in {"", one.identity.code, one.identity.credit_code}:
            continue
        for (_, _), there in sorted(_versions({one.id}).items(), key=lambda pair: pair[0][1]):
            open_too = scope is None or scope.sees_body(one.id)
            versions = (there.open if open_too else None, there.approved)
            item = next((one for one in versions if one and state in {"", one.state}), None)
            if item is not None and (item.valid_until is None or item.valid_until >= on):
                yield {"body": one.identity.code, **as_cells(item.content)}


def as_cells(content: ItemContent) -> dict[str, str]:
    """Return what an item says as the cells of its row, without its body."""
    return {
        "code": content.code,
        "name": content.name,
        "act_type": ACT_TYPES[content.act_type],
        **{name: getattr(content, name) for name in _TEXTS},
        "bases": bases_text(content.bases),
        "time_limit": content.time_limit,
        "fee": content.fee,
        "valid_from": content.valid_from.isoformat(),
    }


def _row(reader: RowReader, known: Bodies, *, on: date, body: str) -> Judged[ItemRow]:
    owner = known.read(reader, "body", default=body)
    code = reader.code("code", needed=True)
    name = " ".join(reader.text("name", needed=True, longest=500).split())
    act_type = _act_type(reader)
    texts = {key: reader.text(key, longest=_TEXT_LONGEST) for key in _TEXTS}
    bases = read_bases(reader.text("bases", longest=_TEXT_LONGEST))
    short = {key: reader.text(key) for key in ("time_limit", "fee")}
    valid_from = reader.day("valid_from") or on
    line = Line(
        reader.row.number, name or code, Outcome.GOOD, tuple(reader.bad), tuple(reader.notes)
    )
    if reader.bad or owner is None or act_type is None:
        return Judged(replace(line, outcome=Outcome.BAD))
    content = ItemContent(
        code=code, name=name, act_type=act_type, valid_from=valid_from, bases=bases,
        is_demo=owner.identity.is_demo, **texts, **short,
    )  # fmt: skip
    return Judged(_as_draft(line, content), ItemRow(owner.id, content))


def _as_draft(line: Line, content: ItemContent) -> Line:
    """Return the line of a complete item as it is, of an incomplete one as a draft that says why."""
    missing = content.missing()
    if not missing:
        return line
    about = "、".join(ITEM_COLUMNS[name] for name in missing)
    notes = (*line.notes, Finding("", "import.draft", about))
    if "bases_incomplete" in missing:
        notes = (*notes, Finding("bases", "import.bases_unread"))
    return replace(line, outcome=Outcome.DRAFT, notes=notes)


def _act_type(reader: RowReader) -> ActType | None:
    text = unicodedata.normalize("NFKC", reader.text("act_type", needed=True))
    if not text:
        return None
    found = _TYPES.get(text.zfill(2)) or _TYPES.get(text) or _SHORT_TYPES.get(text)
    if found is None:
        reader.refuse("act_type", "import.act_type_other", text[:40])
    return found


@dataclass(frozen=True, slots=True)
class _There:
    """What is registered under one code: the version not approved yet, and the newest approved one."""

    open: selectors.PowerItem | None = None
    approved: selectors.PowerItem | None = None


def _versions(bodies: set[UUID]) -> dict[tuple[UUID, str], _There]:
    """Return what these bodies have registered; one query a body."""
    found: dict[tuple[UUID, str], _There] = {}
    for body in bodies:
        for item in selectors.every_item(body):
            key = (body, item.content.code)
            there = found.get(key, _There())
            if item.state is not ItemState.APPROVED:
                found[key] = replace(there, open=item)
            elif there.approved is None:
                found[key] = replace(there, approved=item)
    return found


def _against_registry(
    one: Judged[ItemRow], known: dict[tuple[UUID, str], _There], table: Table
) -> Judged[ItemRow]:
    """A draft may be written anew; what is submitted or approved is not overwritten by a file."""
    if one.value is None or one.line.bad:
        return one
    content = one.value.content
    there = known.get((one.value.body, content.code), _There())
    newest = there.open or there.approved
    if newest is None:
        return one
    differing = _differences(newest.content, content, table)
    if not differing:
        return Judged(replace(one.line, outcome=Outcome.SAME))
    if newest.state is ItemState.DRAFT:
        notes = (*one.line.notes, Finding("code", "import.draft_anew", differing))
        return Judged(replace(one.line, notes=notes), one.value)
    if newest.state is ItemState.APPROVED and content.valid_from > newest.content.valid_from:
        notes = (*one.line.notes, Finding("code", "import.new_version", differing))
        return Judged(replace(one.line, notes=notes), one.value)
    code = "import.item_waits" if newest.state is ItemState.SUBMITTED else "import.item_approved"
    return one.refused(Finding("code", code, differing))


def _differences(old: ItemContent, new: ItemContent, table: Table) -> str:
    """Return the headings of the columns in which the file says otherwise."""
    there, here = as_cells(old), as_cells(new)
    return "、".join(
        column.heading
        for column in POWER_ITEMS
        if column.key in there and table.has(column.key) and there[column.key] != here[column.key]
    )
