"""A case taken through its steps by services, by the people of the tests' city."""

from datetime import date, datetime, time
from uuid import UUID

from tests.build import City

from zhifa import clock
from zhifa.config.demo import city as demo
from zhifa.config.demo import matters
from zhifa.config.demo.casework import Casework, Desk
from zhifa.config.demo.matters import Matter
from zhifa.config.demo.stories import Teller

START = date(2026, 3, 2)
LAST = datetime(2026, 11, 20, 18, 0, tzinfo=clock.BEIJING)


def desk(city: City) -> Desk:
    """Return who does what."""
    return Desk(
        body=city.body,
        unit=city.unit,
        officers=city.handlers,
        unit_head=city.unit_head,
        head=city.agency_heads[0],
        case_reviewer=city.case_reviewer,
        legal_reviewer=city.legal_reviewer,
        host=city.hearing_host,
        clerk=city.hearing_clerk,
        archivist=city.archivist,
        publisher=city.publisher,
    )


def small() -> Matter:
    """A matter with a small fine: not major."""
    return matters.expired_food(
        matters.shop("演示便利店", demo.credit_code(41, kind="92"), "王演示")
    )


def large() -> Matter:
    """A matter with a large fine: a hearing may be asked for, and the decision is major."""
    party = matters.company("演示电器有限公司", demo.credit_code(42, kind="91"), "李演示")
    return matters.adulterated_goods(party)


def casework(city: City, matter: Matter, *, item: UUID | None = None) -> Casework:
    """Return a case to be opened, with the clock on its first day."""
    instant = datetime.combine(START, time(9, 0), tzinfo=clock.BEIJING)
    if clock.now() > LAST or not clock.moved():
        clock.move_to(instant)
    return Casework(desk(city), matter, item or city.item)


def told(work: Casework, teller: Teller) -> Casework:
    """Run one story to its end, moving the clock."""
    for instant in teller(work):
        if instant > clock.now():
            clock.move_to(instant)
    return work
