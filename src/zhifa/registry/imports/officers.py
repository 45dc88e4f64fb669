"""Officers with their appointments and certificates from a table and into one (执法人员导入导出).

One row is one person in one body, perhaps in one unit. A sign-in is matched by its login name, or made;
its password is set by an administrator when it is handed over, so none stands in a file or report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from zhifa.accounts import selectors as accounts
from zhifa.accounts.services import check_login_name
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue
from zhifa.law.names import PERSON_NAME_LONGEST, check_name
from zhifa.registry import listing, selectors, services
from zhifa.registry.imports.lookup import Bodies
from zhifa.registry.imports.report import Judged, Line, Outcome, agreeing, once
from zhifa.registry.rules import Role, Scope
from zhifa.registry.sheets.cells import Finding, RowReader
from zhifa.registry.sheets.tables import Table
from zhifa.registry.wording import ROLES

_ROLE_WORDS = {words: role for role, words in ROLES.items()} | {
    "承办人": Role.CASE_HANDLER,
    "办案人员": Role.CASE_HANDLER,
    "行政执法人员": Role.CASE_HANDLER,
    "法制审核员": Role.LEGAL_REVIEWER,
    "听证记录人": Role.HEARING_CLERK,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A certificate as a row tells it."""

    number: str
    fields: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """A person in a body as a row tells it; what is registered already is left out."""

    body: UUID
    name: str
    login_name: str
    unit: UUID | None
    roles: tuple[Role, ...]
    appointed_from: date
    card: Card | None
    qualification: str
    qualified_on: date | None
    person: ActorId | None = None  # None: a sign-in is to be made
    renews: UUID | None = None  # the certificate that this card follows
    first_review_on: date | None = None  # kept when the qualification is recorded anew


def judge(table: Table, *, on: date, body: str = "") -> list[Judged[OfficerRow]]:
    """Return each row as it stands against the file and the registry.

    body  in which these people work, where the rows do not say
    """
    known = Bodies(selectors.every_body(), on=on)
    rows = [_row(RowReader(row), known, on=on, body=body) for row in table.rows()]
    values = [one.value for one in rows]
    rows = once(
        rows,
        "login_name",
        [one and (one.login_name, one.body, one.unit, one.roles) for one in values],
    )
    rows = agreeing(
        rows,
        Finding("login_name", "import.person_other_name"),
        [(one.login_name, one.name) if one else (None, None) for one in values],
    )
    rows = agreeing(
        rows,
        Finding("number", "import.certificate_elsewhere"),
        [(one.card.number, one.login_name) if one and one.card else (None, None) for one in values],
    )
    return _against_registry(rows, on=on)


class Writer:
    """Makes sign-ins, appoints people and enters their certificates."""

    def __init__(self, *, actor: ActorId, on: date, at: datetime) -> None:
        self._actor, self._at = actor, at
        self._people: dict[str, ActorId] = {}

    def in_order(self, rows: Sequence[tuple[int, OfficerRow]]) -> list[tuple[int, OfficerRow]]:
        """Return the rows as they stand."""
        return list(rows)

    def write(self, row: OfficerRow) -> None:
        """Enter one person. Raises what the services raise."""
        person = row.person or self._people.get(row.login_name)
        if person is None:
            person = services.create_person(
                login_name=row.login_name, name=row.name, actor=self._actor, at=self._at,
                password_later=True,
            ).id  # fmt: skip
        self._people[row.login_name] = person
        for role in row.roles:
            services.appoint(
                person_id=person, body_id=row.body, unit_id=row.unit, role=role,
                valid_from=row.appointed_from, actor=self._actor, at=self._at,
            )  # fmt: skip
        if row.card and row.renews:
            services.renew_certificate(
                certificate_id=row.renews, valid_from=row.card.valid_from,
                valid_until=row.card.valid_until, number=row.card.number,
                actor=self._actor, at=self._at,
            )  # fmt: skip
        elif row.card:
            services.issue_certificate(
                person_id=person, body_id=row.body, number=row.card.number,
                fields=row.card.fields, valid_from=row.card.valid_from,
                valid_until=row.card.valid_until, actor=self._actor, at=self._at,
            )  # fmt: skip
        if row.qualification:
            services.record_qualification(
                person_id=person, number=row.qualification, since=row.qualified_on,
                first_review_on=row.first_review_on, actor=self._actor, at=self._at,
            )  # fmt: skip


def export(*, on: date, body: str = "", scope: Scope | None = None) -> Iterator[dict[str, str]]:
    """Return who works where on that day, one row a person, body and unit, by body, then name.

    scope  only the bodies whose officers' cards this person keeps: login names stand in it
    """
    logins = {one.id: one.login_name for one in accounts.people()}
    kept = listing.kept_by(scope) if scope is not None else None
    for owner in selectors.bodies(on):
        if kept is not None and owner.id not in kept:
            continue
        if body not in {"", owner.identity.code, owner.identity.credit_code}:
            continue
        staff = selectors.staff(owner.id, on=on)
        cards = selectors.certificates(owner.id, {one.person for one in staff}, on=on)
        grouped: dict[tuple[ActorId, UUID | None, date], list[selectors.Appointed]] = {}
        for one in staff:
            grouped.setdefault((one.person, one.unit, one.valid_from), []).append(one)
        told: set[ActorId] = set()
        for (person, _, since), held in grouped.items():
            cells = {
                "body": owner.identity.code,
                "name": held[0].name,
                "login_name": logins.get(person, ""),
                "unit": held[0].unit_name,
                "roles": "、".join(ROLES[one.role] for one in held),
                "appointed_from": since.isoformat(),
            }
            if person not in told:
                cells |= _card_cells(cards.get(person), on) | _qualification_cells(person)
                told.add(person)
            yield cells


def _card_cells(card: "selectors.Certificate | None", on: date) -> dict[str, str]:
    if card is None or (card.revoked_on is not None and card.revoked_on <= on):
        return {}
    return {
        "number": card.number,
        "fields": card.fields,
        "issued_on": card.valid_from.isoformat(),
        "expires_on": card.valid_until.isoformat(),
    }


def _qualification_cells(person: ActorId) -> dict[str, str]:
    held = selectors.qualification(person)
    if held is None or not held.number or held.since is None:
        return {}
    return {"qualification": held.number, "qualified_on": held.since.isoformat()}


def _row(reader: RowReader, known: Bodies, *, on: date, body: str) -> Judged[OfficerRow]:
    owner = known.read(reader, "body", default=body)
    name = _name(reader)
    card = _card(reader)
    login = reader.code("login_name") or reader.code("number").lower()
    if not login:
        reader.refuse("login_name", "cell.missing")
    else:
        try:
            check_login_name(login)
        except BadValue as problem:
            reader.refuse_value("login_name", problem)
    roles = _roles(reader)
    unit = _unit(reader, owner, roles, on=on)
    appointed_from = reader.day("appointed_from") or (card.valid_from if card else on)
    qualification = reader.code("qualification", longest=40)
    qualified_on = reader.day("qualified_on", needed=bool(qualification))
    line = Line(
        reader.row.number, name or login, Outcome.GOOD, tuple(reader.bad), tuple(reader.notes)
    )
    if reader.bad or owner is None:
        return Judged(replace(line, outcome=Outcome.BAD))
    return Judged(
        line,
        OfficerRow(
            owner.id, name, login, unit, roles, appointed_from, card, qualification, qualified_on
        ),
    )


def _name(reader: RowReader) -> str:
    text = reader.text("name", needed=True)
    try:
        return check_name(text, longest=PERSON_NAME_LONGEST) if text else ""
    except BadValue as problem:
        reader.refuse_value("name", problem)
        return ""


def _card(reader: RowReader) -> Card | None:
    number = reader.code("number", longest=40)
    fields = reader.text("fields")
    issued_on, expires_on = reader.day("issued_on"), reader.day("expires_on")
    if not number:
        return None
    for key, value in (("fields", fields), ("issued_on", issued_on), ("expires_on", expires_on)):
        if not value and not any(one.column == key for one in reader.bad):
            reader.refuse(key, "import.needed_of")
    if not (fields and issued_on and expires_on):
        return None
    if expires_on < issued_on:
        reader.refuse("expires_on", "import.end_before_start")
        return None
    return Card(number, fields, issued_on, expires_on)


def _roles(reader: RowReader) -> tuple[Role, ...]:
    words = reader.several("roles")
    if not words:
        return (Role.CASE_HANDLER,)
    found = []
    for one in words:
        role = _ROLE_WORDS.get(one)
        if role is None:
            reader.refuse(
                "roles", "cell.not_a_choice", f"{one[:40]}；可填：{'、'.join(ROLES.values())}"
            )
        else:
            found.append(role)
    return tuple(role for role in Role if role in found)


def _unit(
    reader: RowReader, owner: selectors.Body | None, roles: tuple[Role, ...], *, on: date
) -> UUID | None:
    text = reader.text("unit", longest=100)
    if not text:
        if Role.HANDLING_UNIT_HEAD in roles:
            reader.refuse("unit", "import.unit_needed")
        return None
    if owner is None:
        return None
    found = next((one for one in selectors.units(owner.id, on) if one.name == text), None)
    if found is None:
        reader.refuse("unit", "import.unit_unknown", text)
        return None
    return found.id


def _against_registry(rows: list[Judged[OfficerRow]], *, on: date) -> list[Judged[OfficerRow]]:
    """Match the rows with the people, appointments and certificates that are registered."""
    people = {one.login_name: one for one in accounts.people()}
    cards = _cards(on)
    held = {
        body: selectors.staff(body, on=on) for body in {one.value.body for one in rows if one.value}
    }
    return [
        _match(one, people.get(one.value.login_name), held[one.value.body], cards)
        if one.value is not None and one.line.outcome is Outcome.GOOD
        else one
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class _Cards:
    """The certificates of everyone who works anywhere on a day."""

    number: dict[str, selectors.Certificate]
    holder: dict[tuple[ActorId, UUID], selectors.Certificate]


def _cards(on: date) -> _Cards:
    found = [
        card
        for body in selectors.bodies(on)
        for card in selectors.certificates(
            body.id, {one.person for one in selectors.staff(body.id, on=on)}, on=on
        ).values()
    ]
    return _Cards(
        {one.number: one for one in found}, {(one.person, one.body): one for one in found}
    )


def _same(there: selectors.Certificate, card: Card) -> bool:
    return (there.number, there.fields, there.valid_from, there.valid_until) == (
        card.number, card.fields, card.valid_from, card.valid_until,
    )  # fmt: skip


def _match(
    one: Judged[OfficerRow],
    person: accounts.Account | None,
    staff: list[selectors.Appointed],
    cards: _Cards,
) -> Judged[OfficerRow]:
    row = one.value
    assert row is not None  # noqa: S101  (asked by the caller)
    if person is not None and person.name != row.name:
        return one.refused(Finding("login_name", "import.person_other_name", person.name))
    renews = None
    if card := row.card:
        there = cards.number.get(card.number)
        if there is not None and (person is None or there.person != person.id):
            return one.refused(Finding("number", "import.certificate_elsewhere", card.number))
        if there is None and person is not None:
            there = cards.holder.get((person.id, row.body))
        if there is not None and _same(there, card):
            row = replace(row, card=None)
        elif there is not None and card.valid_from <= there.valid_until:
            if there.fields != card.fields or card.valid_from <= there.valid_from:
                return one.refused(Finding("number", "import.exists_otherwise", there.number))
            renews = there.id
    if person is None:
        notes = (*one.line.notes, Finding("login_name", "import.person_made", row.login_name))
        return Judged(replace(one.line, notes=notes), row)
    roles = {held.role for held in staff if held.person == person.id and held.unit == row.unit}
    qualified = selectors.qualification(person.id)
    told = qualified is not None and qualified.number == row.qualification
    left = replace(
        row, person=person.id, renews=renews, qualification="" if told else row.qualification,
        first_review_on=qualified.first_review_on if qualified else None,
        roles=tuple(role for role in row.roles if role not in roles),
    )  # fmt: skip
    if not (left.roles or left.card or left.qualification):
        return Judged(replace(one.line, outcome=Outcome.SAME))
    notes = (*one.line.notes, Finding("login_name", "import.person_matched", row.login_name))
    return Judged(replace(one.line, notes=notes), left)
