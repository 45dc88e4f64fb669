"""Setting up the demo city by the services (演示城市的建立): bodies, people, certificates, items.

Everything is entered as an administrator would enter it, by the platform itself; nothing is written past the
services.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhifa.accounts import selectors as accounts
from zhifa.config.demo import items, people
from zhifa.config.demo.items import DemoItem
from zhifa.config.demo.people import DISTRICT_FROM, Invented, Office
from zhifa.config.demo.provisions import Published
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.law.identifiers import BadIdentifier, check_uscc, id_check, subject_check
from zhifa.registry import selectors
from zhifa.registry import services as registry
from zhifa.registry.rules import (
    ActType,
    BodyKind,
    Contact,
    ForceLevel,
    Identity,
    ItemContent,
    LegalBasis,
    Mark,
    Role,
    SuccessionKind,
    UnitKind,
)
from zhifa.registry.scope_matrix import MATRICES

_PILOT_FROM = date(2017, 1, 1)
_APPOINTED_FROM = date(2021, 3, 1)
_UNITS = {
    "handling": ("综合执法大队（演示）", UnitKind.HANDLING),
    "legal": ("法规科（演示）", UnitKind.LEGAL),
}
_STAFFED = ("market", "urban", "farm")
_FIELDS = {"market": "samr", "farm": "mara"}  # whose departments have a procedural rule we hold


@dataclass(frozen=True, slots=True)
class City:
    """The demo city as its stories need it."""

    bodies: Mapping[str, UUID]  # by key of the office, today's
    units: Mapping[tuple[str, str], UUID]  # by office and kind
    people: Mapping[str, ActorId]  # by sign-in
    items: Mapping[str, UUID]

    def holder(self, office: str, role: Role) -> ActorId:
        """Return who holds a role in an office."""
        for one in people.PEOPLE:
            if one.office == office and role in one.roles:
                return self.people[one.login]
        raise LookupError(f"{office} has no {role}")

    def handlers(self, office: str) -> tuple[ActorId, ActorId]:
        """Return the two officers whose certificates hold."""
        able = [
            self.people[one.login]
            for one in people.PEOPLE
            if one.office == office and one.roles[0] is Role.CASE_HANDLER and not one.expired
        ]
        return able[0], able[1]

    def expired_officer(self, office: str) -> ActorId:
        """Return the officer whose certificate has run out."""
        return next(
            self.people[one.login] for one in people.PEOPLE if one.office == office and one.expired
        )


@transaction.atomic(durable=True)
def build(at: datetime, *, today: date) -> City:
    """Set the city up and return it; raises what the services raise if any of it is there already."""
    bodies: dict[str, UUID] = {}
    of_2017: dict[str, UUID] = {}
    for number, office in enumerate(people.OFFICES, start=1):
        of_2017[office.short], bodies[office.key] = _body(
            office, number, bodies.get("justice"), at=at
        )
    for matrix in MATRICES:
        registry.set_scope_matrix(matrix=matrix, bodies=of_2017, actor=SYSTEM, at=at)
    for key, field in _FIELDS.items():
        registry.set_setting(
            key="penalty.field", value=field, body_id=bodies[key], valid_from=_APPOINTED_FROM,
            basis="本机关适用的部门程序规定（演示）", mark=Mark.POLICY, actor=SYSTEM, at=at,
        )  # fmt: skip
    units = {
        (key, kind): registry.add_unit(
            body_id=bodies[key], name=name, kind=unit_kind, valid_from=_APPOINTED_FROM,
            actor=SYSTEM, at=at,
        )
        for key in _STAFFED
        for kind, (name, unit_kind) in _UNITS.items()
    }  # fmt: skip
    staff = {
        one.login: _person(one, bodies[one.office], units.get((one.office, one.unit)), at, today)
        for one in people.PEOPLE
    }
    _let_publish(staff[people.INFORMATION_CENTRE], bodies, at=at)
    city = City(bodies, units, staff, {})
    return replace(city, items={one.key: _item(one, city, at) for one in items.ITEMS})


def found(today: date) -> City:
    """Return the city that stands in this database already. Raises NotFound if it does not."""
    bodies = {
        office.key: selectors.body_by_code(f"haimen-{office.key}").id for office in people.OFFICES
    }
    names = {name: key for key, (name, _) in _UNITS.items()}
    units = {
        (key, names[unit.name]): unit.id
        for key in _STAFFED
        for unit in selectors.units(bodies[key], today)
        if unit.name in names
    }
    staff = {
        one.login: ActorId(account.id)
        for one in people.PEOPLE
        if (account := accounts.find_by_login(one.login))
    }
    codes = {one.code: one.key for one in items.ITEMS}
    powers = {
        codes[item.content.code]: item.id
        for key in _STAFFED
        for item in selectors.power_items(bodies[key], on=today)
        if item.content.code in codes
    }
    return City(bodies, units, staff, powers)


def credit_code(number: int, *, region: str = "320614", kind: str = "11") -> str:
    """Return an invented unified social credit code whose check digits are right.

    kind  11 an administrative organ, 91 a company, 92 an individual business
    """
    organisation = f"MB0DEM{number:02}"
    start = f"{kind}{region}{organisation}{subject_check(organisation)}"
    for last in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        try:
            return check_uscc(start + last)
        except BadIdentifier:
            continue
    raise AssertionError(start)


def id_number(born_on: date, number: int) -> str:
    """Return an invented identity number of a place that has none (320699), with its check digit."""
    start = f"320699{born_on:%Y%m%d}{number:03}"
    return start + id_check(start)


def _body(office: Office, number: int, justice: UUID | None, *, at: datetime) -> tuple[UUID, UUID]:
    """Enter the body of 2017 and let it go on as a district's; return both."""
    kind = BodyKind.SUPERVISION_BODY if office.key == "justice" else BodyKind.ADMINISTRATIVE_ORGAN
    then = Identity(
        code=f"haimen2017-{office.key}",
        kind=kind,
        name=office.name_2017,
        short_name=office.short,
        valid_from=_PILOT_FROM,
        credit_code=credit_code(number, region="320684"),
        region_code="320684",
        supervised_by=justice,
        is_demo=True,
    )
    old = registry.register_body(identity=then, contact=_contact(office), actor=SYSTEM, at=at)
    if kind is BodyKind.ADMINISTRATIVE_ORGAN:
        registry.confirm_capacity(
            body_id=old, confirmed_on=_PILOT_FROM, published_on=_PILOT_FROM, actor=SYSTEM, at=at
        )
    now = replace(
        then,
        code=f"haimen-{office.key}",
        name=office.name,
        short_name=office.short_now or office.short,
        valid_from=DISTRICT_FROM,
        credit_code=credit_code(number),
        region_code="320614",
        office_word=office.word,
    )
    new = registry.follow_on(
        kind=SuccessionKind.REGION_CODE,
        body_id=old,
        identity=now,
        basis="海门撤市设区，区划代码由320684变更为320614",
        actor=SYSTEM,
        at=at,
    )
    return old, new


def _contact(office: Office) -> Contact:
    return Contact(
        address="南通市海门区演示路1号",
        phone="0513-82200000",
        hours="工作日 8:30—11:30，14:00—17:30",
        supervision_phone="12345",
        supervision_address="南通市海门区演示路1号（区司法局）",
        payment_bank="中国演示银行海门支行",
        payment_account="3206140000000000",
        payment_address="南通市海门区演示路2号",
        reconsideration_body="南通市海门区人民政府",
        court="南通市海门区人民法院",
        website="",
        supervision_url="",
    )


def _person(one: Invented, body: UUID, unit: UUID | None, at: datetime, today: date) -> ActorId:
    person = registry.create_person(
        login_name=one.login, name=one.name, actor=SYSTEM, at=at, is_demo=True,
        demo_password=people.PASSWORD,
    ).id  # fmt: skip
    for role in one.roles:
        registry.appoint(
            person_id=person, body_id=body, unit_id=unit, role=role,
            valid_from=_APPOINTED_FROM, actor=SYSTEM, at=at,
        )  # fmt: skip
    if one.certificate:
        _certificate(one, person, body, at, today)
    if one.qualified:
        registry.record_qualification(
            person_id=person, number="A20183206140001", since=date(2018, 3, 1),
            first_review_on=date(2021, 8, 1), actor=SYSTEM, at=at,
        )  # fmt: skip
    return person


def _let_publish(person: ActorId, bodies: Mapping[str, UUID], *, at: datetime) -> None:
    """Appoint the information centre's publisher in every other office."""
    for key, body in bodies.items():
        if key != "justice":
            registry.appoint(
                person_id=person, body_id=body, role=Role.DISCLOSURE_PUBLISHER,
                valid_from=_APPOINTED_FROM, actor=SYSTEM, at=at,
            )  # fmt: skip


def _certificate(one: Invented, person: ActorId, body: UUID, at: datetime, today: date) -> None:
    """Issue a certificate that is good for three more years, or has run out half a year ago."""
    until = today - timedelta(days=180) if one.expired else today + timedelta(days=3 * 365)
    registry.issue_certificate(
        person_id=person,
        body_id=body,
        number=one.certificate,
        fields="综合行政执法",
        valid_from=until - timedelta(days=5 * 365),
        valid_until=until,
        actor=SYSTEM,
        at=at,
    )


def _item(one: DemoItem, city: City, at: datetime) -> UUID:
    """Write a power, hand it in, have it judged: by three different people (R-22)."""
    content = ItemContent(
        code=one.code,
        name=one.name,
        act_type=ActType.PENALTY,
        valid_from=date(2021, 7, 15),
        scope=one.scope,
        content=one.content,
        procedure=items.PROCEDURE,
        supervision=items.SUPERVISION,
        bases=(_basis(one.violated), _basis(one.penalised)),
        time_limit=items.TIME_LIMIT,
        fee=items.FEE,
        is_demo=True,
    )
    writer = city.holder(one.office, Role.CASE_HANDLER)
    head = city.holder(one.office, Role.HANDLING_UNIT_HEAD)
    judge = city.holder("justice", Role.SUPERVISOR)
    body = city.bodies[one.office]
    item = registry.define_item(body_id=body, content=content, actor=writer, at=at)
    registry.submit_item(item_id=item, actor=head, at=at)
    registry.approve_item(item_id=item, actor=judge, at=at)
    return item


def _basis(place: Published) -> LegalBasis:
    return LegalBasis(
        act=place.act,
        article=place.words,
        text=place.text,
        force_level=ForceLevel(place.force_level),
    )
