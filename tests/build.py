"""Lawful objects for tests, made by calling services (test objects); raw rows are for constraints only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from zhifa.accounts.access import acting
from zhifa.config.demo.city import credit_code
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.registry import services as registry
from zhifa.registry.rules import (
    ActType,
    BodyKind,
    ForceLevel,
    Identity,
    ItemContent,
    LegalBasis,
    Role,
    UnitKind,
)

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Beijing
ON = date(2026, 3, 2)
SINCE = date(2024, 1, 1)
_numbers = count(1)


def person(name: str = "演示甲") -> ActorId:
    """Make someone who can sign in."""
    return registry.create_person(
        login_name=f"u{next(_numbers)}", name=name, actor=SYSTEM, at=AT
    ).id


def body(
    name: str = "海门区市场监督管理局",
    *,
    kind: BodyKind = BodyKind.ADMINISTRATIVE_ORGAN,
    supervised_by: UUID | None = None,
    valid_from: date = SINCE,
    confirmed: bool = True,
    **more: object,
) -> UUID:
    """Register a body; its capacity is confirmed on its first day, unless it has none."""
    identity = Identity(
        code=f"B{next(_numbers)}",
        kind=kind,
        name=name,
        short_name=name[:20],
        valid_from=valid_from,
        supervised_by=supervised_by,
        is_demo=True,
        **more,
    )
    made = registry.register_body(identity=identity, actor=SYSTEM, at=AT)
    if confirmed and kind is not BodyKind.ENTRUSTED_ORGANIZATION:
        registry.confirm_capacity(
            body_id=made, confirmed_on=valid_from, published_on=valid_from, actor=SYSTEM, at=AT
        )
    return made


def unit(body_id: UUID, name: str = "综合执法大队", kind: UnitKind = UnitKind.HANDLING) -> UUID:
    """Set up a unit of a body."""
    return registry.add_unit(
        body_id=body_id, name=name, kind=kind, valid_from=SINCE, actor=SYSTEM, at=AT
    )


def appointed(
    role: Role,
    body_id: UUID,
    *,
    who: ActorId | None = None,
    unit_id: UUID | None = None,
    valid_from: date = SINCE,
    valid_until: date | None = None,
) -> ActorId:
    """Appoint someone, by default a new person, and return whom."""
    who = who or person()
    registry.appoint(
        person_id=who, body_id=body_id, role=role, unit_id=unit_id, valid_from=valid_from,
        valid_until=valid_until, actor=SYSTEM, at=AT,
    )  # fmt: skip
    return who


def certificate(
    who: UUID,
    body_id: UUID,
    *,
    valid_from: date = SINCE,
    valid_until: date = date(2028, 12, 31),
) -> UUID:
    """Issue an enforcement certificate."""
    return registry.issue_certificate(
        person_id=who, body_id=body_id, number=f"10061400{next(_numbers):04}", fields="市场监督管理",
        valid_from=valid_from, valid_until=valid_until, actor=SYSTEM, at=AT,
    )  # fmt: skip


def officer(body_id: UUID, *, unit_id: UUID | None = None) -> ActorId:
    """Appoint a case handler with a valid certificate."""
    who = appointed(Role.CASE_HANDLER, body_id, unit_id=unit_id)
    certificate(who, body_id)
    return who


def item_content(code: str = "320614-CF-001", **change: object) -> ItemContent:
    """Return a complete power item: advertising in the name of a state organ, Advertising Law art. 9."""
    text = "广告不得有下列情形：（二）使用或者变相使用国家机关、国家机关工作人员的名义或者形象；"
    wanted: dict[str, object] = {
        "code": code,
        "name": "对使用国家机关名义发布广告的处罚",
        "act_type": ActType.PENALTY,
        "valid_from": SINCE,
        "scope": "本行政区域内的广告主、广告经营者、广告发布者",
        "content": "责令停止发布广告，处罚款，情节严重的吊销营业执照",
        "procedure": "行政处罚普通程序",
        "supervision": "监督电话、来信来访、网上投诉",
        "bases": (
            LegalBasis(
                act="中华人民共和国广告法", article="第九条第二项", text=text,
                force_level=ForceLevel.LAW,
            ),
        ),
        "time_limit": "立案之日起九十日",
        "fee": "不收费",
        "is_demo": True,
    }  # fmt: skip
    return ItemContent(**(wanted | change))


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A supervision body, an agency under it, and everybody an ordinary case needs."""

    supervision: UUID
    body: UUID
    unit: UUID
    item: UUID
    handlers: tuple[ActorId, ActorId]
    unit_head: ActorId
    agency_heads: tuple[ActorId, ActorId]
    case_reviewer: ActorId
    legal_reviewer: ActorId
    hearing_host: ActorId
    hearing_clerk: ActorId
    editor: ActorId
    reviewer: ActorId
    publisher: ActorId
    archivist: ActorId
    supervisor: ActorId
    leader: ActorId
    administrator: ActorId


def city(place: str = "海门区", *, office_word: str = "海市监", number: int = 1) -> City:
    """Set up a city in which an ordinary case can be handled from clue to archive.

    number  of its agency's credit code; another for each city
    """
    supervision = body(f"{place}司法局", kind=BodyKind.SUPERVISION_BODY)
    agency = body(
        f"{place}市场监督管理局",
        supervised_by=supervision,
        office_word=office_word,
        credit_code=credit_code(number),
        region_code="320614",
    )
    handling = unit(agency)
    handlers = (officer(agency, unit_id=handling), officer(agency, unit_id=handling))
    supervisor = appointed(Role.SUPERVISOR, supervision)
    legal_reviewer = appointed(Role.LEGAL_REVIEWER, agency)
    registry.record_qualification(
        person_id=legal_reviewer, number="A20183206840001", since=date(2018, 3, 1), actor=SYSTEM,
        at=AT,
    )  # fmt: skip
    return City(
        supervision=supervision,
        body=agency,
        unit=handling,
        item=approved_item(agency, writer=handlers[0], supervisor=supervisor),
        handlers=handlers,
        unit_head=appointed(Role.HANDLING_UNIT_HEAD, agency, unit_id=handling),
        agency_heads=(appointed(Role.AGENCY_HEAD, agency), appointed(Role.AGENCY_HEAD, agency)),
        case_reviewer=appointed(Role.CASE_REVIEWER, agency),
        legal_reviewer=legal_reviewer,
        hearing_host=appointed(Role.HEARING_HOST, agency),
        hearing_clerk=appointed(Role.HEARING_CLERK, agency),
        editor=appointed(Role.DISCLOSURE_EDITOR, agency),
        reviewer=appointed(Role.DISCLOSURE_REVIEWER, agency),
        publisher=appointed(Role.DISCLOSURE_PUBLISHER, agency),
        archivist=appointed(Role.ARCHIVIST, agency),
        supervisor=supervisor,
        leader=appointed(Role.LEADER, agency),
        administrator=appointed(Role.SYSTEM_ADMINISTRATOR, supervision),
    )


def approved_item(body_id: UUID, *, writer: ActorId, supervisor: ActorId, **change: object) -> UUID:
    """Write a power item, hand it in and have it approved, by the people who may."""
    item = registry.define_item(
        body_id=body_id, content=item_content(**change), actor=writer, at=AT
    )
    registry.submit_item(item_id=item, actor=writer, at=AT)
    registry.approve_item(item_id=item, actor=supervisor, at=AT)
    return item


__all__ = ["AT", "ON", "SINCE", "City", "acting", "city"]
