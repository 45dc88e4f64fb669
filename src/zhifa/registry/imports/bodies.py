"""Enforcement bodies from a table and into one (执法主体导入导出)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue
from zhifa.law.names import ORGANISATION_NAME_LONGEST, check_name
from zhifa.registry import selectors, services
from zhifa.registry.identity import check_value
from zhifa.registry.imports.columns import BODIES
from zhifa.registry.imports.lookup import Bodies
from zhifa.registry.imports.report import Judged, Line, Outcome, once
from zhifa.registry.rules import BodyKind, Contact, Identity, Scope, UnitKind
from zhifa.registry.sheets.cells import Finding, RowReader
from zhifa.registry.sheets.tables import Table
from zhifa.registry.wording import BODY_KINDS

_KINDS = {words: kind for kind, words in BODY_KINDS.items()} | {
    "机关": BodyKind.ADMINISTRATIVE_ORGAN,
    "行政执法机关": BodyKind.ADMINISTRATIVE_ORGAN,
    "授权组织": BodyKind.AUTHORIZED_ORGANIZATION,
    "法律法规授权的组织": BodyKind.AUTHORIZED_ORGANIZATION,
    "法律法规授权组织": BodyKind.AUTHORIZED_ORGANIZATION,
    "委托组织": BodyKind.ENTRUSTED_ORGANIZATION,
    "依法受委托的组织": BodyKind.ENTRUSTED_ORGANIZATION,
    "监督机构": BodyKind.SUPERVISION_BODY,
}
_CONTACT = tuple(field.name for field in fields(Contact))


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as a row tells it; the bodies over it by code, since they may stand in the same file."""

    identity: Identity
    contact: Contact
    supervised_by: str = ""
    superior: str = ""
    handling_units: tuple[str, ...] = ()
    legal_units: tuple[str, ...] = ()


def judge(table: Table, *, on: date, body: str = "") -> list[Judged[BodyRow]]:
    """Return each row as it stands against the file and the registry; the order is the file's.

    body  not used: a table of bodies names them itself
    """
    known = Bodies(selectors.every_body(), on=on)
    rows = [_row(RowReader(row)) for row in table.rows()]
    values = [one.value and one.value.identity for one in rows]
    for key in ("code", "credit_code", "office_word"):
        rows = once(rows, key, [(value and getattr(value, key)) or None for value in values])
    rows = [_against_registry(one, known, table) for one in rows]
    return _with_bodies_above(rows, known)


class Writer:
    """Registers bodies row by row; each after those over it."""

    def __init__(self, *, actor: ActorId, on: date, at: datetime) -> None:
        self._actor, self._at = actor, at
        self._ids = {one.identity.code: one.id for one in selectors.every_body()}

    def in_order(self, rows: Sequence[tuple[int, BodyRow]]) -> list[tuple[int, BodyRow]]:
        """Return the rows so that every body comes after those over it that stand in the file.

        Raises BadValue (import.refers_in_circle).
        """
        waiting = {row.identity.code: (number, row) for number, row in rows}
        placed = list[tuple[int, BodyRow]]()
        while waiting:
            free = [code for code, (_, row) in waiting.items() if not _above(row) & waiting.keys()]
            if not free:
                raise BadValue("import.refers_in_circle", "、".join(waiting))
            placed.extend(waiting.pop(code) for code in free)
        return placed

    def write(self, row: BodyRow) -> None:
        """Register one body with its units. Raises what the services raise."""
        identity = replace(
            row.identity, supervised_by=self._id(row.supervised_by), superior=self._id(row.superior)
        )
        body = services.register_body(
            identity=identity, contact=row.contact, actor=self._actor, at=self._at
        )
        self._ids[identity.code] = body
        for kind, names in (
            (UnitKind.HANDLING, row.handling_units),
            (UnitKind.LEGAL, row.legal_units),
        ):
            for name in names:
                services.add_unit(
                    body_id=body, name=name, kind=kind, valid_from=identity.valid_from,
                    actor=self._actor, at=self._at,
                )  # fmt: skip

    def _id(self, code: str) -> UUID | None:
        if code and code not in self._ids:  # it stood in this file, and was refused
            raise BadValue("import.body_unknown", code)
        return self._ids[code] if code else None


def _above(row: BodyRow) -> set[str]:
    return {row.supervised_by, row.superior} - {row.identity.code, ""}


def export(*, on: date, body: str = "", scope: Scope | None = None) -> Iterator[dict[str, str]]:
    """Return the bodies that exist on that day as rows, by region code, then name."""
    found = selectors.bodies(on)
    codes = {one.id: one.identity.code for one in selectors.every_body()}
    for one in found:
        if not body or body in {one.identity.code, one.identity.credit_code}:
            units = selectors.units(one.id, on)
            value = BodyRow(
                one.identity,
                one.contact,
                codes.get(one.identity.supervised_by, "") if one.identity.supervised_by else "",
                codes.get(one.identity.superior, "") if one.identity.superior else "",
                tuple(unit.name for unit in units if unit.kind is UnitKind.HANDLING),
                tuple(unit.name for unit in units if unit.kind is UnitKind.LEGAL),
            )
            yield as_cells(value)


def as_cells(value: BodyRow) -> dict[str, str]:
    """Return a body as the cells of its row."""
    identity = value.identity
    return {
        "code": identity.code,
        "kind": BODY_KINDS[identity.kind],
        "name": identity.name,
        "short_name": identity.short_name,
        "credit_code": identity.credit_code,
        "region_code": identity.region_code,
        "office_word": identity.office_word,
        "supervised_by": value.supervised_by,
        "superior": value.superior,
        "valid_from": identity.valid_from.isoformat(),
        "handling_units": "、".join(value.handling_units),
        "legal_units": "、".join(value.legal_units),
        **{name: getattr(value.contact, name) for name in _CONTACT},
    }


def _row(reader: RowReader) -> Judged[BodyRow]:
    name = _name(reader, "name")
    credit_code = _checked(reader, "credit_code", reader.code("credit_code"))
    code = _checked(reader, "code", reader.code("code", longest=40)) or credit_code
    if not code and not any(one.column in {"code", "credit_code"} for one in reader.bad):
        reader.refuse("code", "cell.missing")
    kind = reader.choice("kind", _KINDS, needed=True)
    valid_from = reader.day("valid_from", needed=True)
    identity: dict[str, Any] = {
        "code": code, "name": name, "short_name": _short_name(reader) or name[:60], "credit_code": credit_code,
        "region_code": _checked(reader, "region_code", reader.code("region_code")),
        "office_word": _checked(reader, "office_word", reader.text("office_word", longest=20)),
    }  # fmt: skip
    contact = Contact(**{one: reader.text(one, longest=_LONGEST.get(one, 200)) for one in _CONTACT})
    above = (reader.text("supervised_by"), reader.text("superior"))
    units = (
        reader.several("handling_units", longest=2000),
        reader.several("legal_units", longest=2000),
    )
    line = Line(
        reader.row.number, name or code, Outcome.GOOD, tuple(reader.bad), tuple(reader.notes)
    )
    if reader.bad or kind is None or valid_from is None:
        return Judged(replace(line, outcome=Outcome.BAD))
    whole = Identity(kind=kind, valid_from=valid_from, **identity)
    return Judged(line, BodyRow(whole, contact, *above, *units))


_LONGEST = {"phone": 60, "supervision_phone": 60, "payment_account": 60}


def _name(reader: RowReader, key: str) -> str:
    text = reader.text(key, needed=True, longest=ORGANISATION_NAME_LONGEST)
    try:
        return check_name(text, longest=ORGANISATION_NAME_LONGEST) if text else ""
    except BadValue as problem:
        reader.refuse_value(key, problem)
        return ""


def _short_name(reader: RowReader) -> str:
    return reader.text("short_name", longest=60)


def _checked(reader: RowReader, key: str, text: str) -> str:
    try:
        if text:
            check_value(key, text)
    except BadValue as problem:
        reader.refuse_value(key, problem)
        return ""
    return text


def _against_registry(one: Judged[BodyRow], known: Bodies, table: Table) -> Judged[BodyRow]:
    """Return the row as already there, as one that contradicts what is there, or as new."""
    if one.value is None or one.line.bad:
        return one
    identity = one.value.identity
    same = next((body for body in known.all if body.identity.code == identity.code), None)
    if same is None:
        return _clashes(one, known)
    differing = _differences(one.value, same, known, table)
    if differing:
        return one.refused(Finding("code", "import.exists_otherwise", "、".join(differing)))
    return Judged(replace(one.line, outcome=Outcome.SAME))


def _differences(value: BodyRow, there: selectors.Body, known: Bodies, table: Table) -> list[str]:
    """Return the headings of the columns in which the file says otherwise than the registry."""
    above = {body.id: body for body in known.all}
    there_cells = as_cells(BodyRow(there.identity, there.contact))
    found = []
    for column in BODIES:
        if not table.has(column.key) or column.key in {"handling_units", "legal_units"}:
            continue
        new = as_cells(value)[column.key]
        if column.key in {"supervised_by", "superior"}:
            over = above.get(getattr(there.identity, column.key))
            if (over is None) != (not new) or (over is not None and over not in known.find(new)):
                found.append(column.heading)
        elif new != there_cells[column.key]:
            found.append(column.heading)
    return found


def _clashes(one: Judged[BodyRow], known: Bodies) -> Judged[BodyRow]:
    """Refuse a credit code or office word that another body has on the day the new one begins."""
    assert one.value is not None  # noqa: S101  (asked by the caller)
    identity = one.value.identity
    others = [
        body
        for body in known.all
        if body.valid_until is None or body.valid_until >= identity.valid_from
    ]
    for key in ("credit_code", "office_word"):
        mine = getattr(identity, key)
        holder = next(
            (body for body in others if mine and getattr(body.identity, key) == mine), None
        )
        if holder is not None:
            one = one.refused(Finding(key, "import.exists_otherwise", holder.identity.name))
    return one


def _with_bodies_above(rows: list[Judged[BodyRow]], known: Bodies) -> list[Judged[BodyRow]]:
    """Turn what the rows call the bodies above them into codes, of the registry or of this file."""
    in_file = {
        name: one.value.identity.code
        for one in rows
        if one.value is not None
        for name in (
            one.value.identity.short_name,
            one.value.identity.name,
            one.value.identity.credit_code,
            one.value.identity.code,
        )
        if name
    }
    return [
        _with_codes(one, in_file, known)
        if one.value is not None and one.line.outcome is Outcome.GOOD
        else one
        for one in rows
    ]


def _with_codes(one: Judged[BodyRow], in_file: dict[str, str], known: Bodies) -> Judged[BodyRow]:
    assert one.value is not None  # noqa: S101  (asked by the caller)
    value = one.value
    codes, bad = [], []
    for key, text in (("supervised_by", value.supervised_by), ("superior", value.superior)):
        registered = known.find(text)
        code = in_file.get(text) or (registered[0].identity.code if len(registered) == 1 else "")
        if text and not code:
            problem = "import.body_ambiguous" if registered else "import.body_unknown"
            bad.append(Finding(key, problem, text))
        codes.append(code)
    if bad:
        return one.refused(*bad)
    return Judged(one.line, replace(value, supervised_by=codes[0], superior=codes[1]))
