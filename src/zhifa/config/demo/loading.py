"""Loading the demo city once (载入演示城市): the registry, then every story, forward through past days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from zhifa import clock
from zhifa.config.demo import city, matters, people, publishing, stories, telling
from zhifa.config.demo.casework import MORNING, Casework, Desk, last_working_day, moment
from zhifa.config.demo.city import City, credit_code, id_number
from zhifa.config.demo.matters import Matter
from zhifa.config.demo.publishing import Publicity
from zhifa.config.demo.stories import Teller
from zhifa.law.errors import NotFound
from zhifa.procedures import actions as a
from zhifa.procedures.values import Party
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role

_BEGINS_DAYS_AGO = 150
_MARK = "demo-loading"  # stands in the data folder while a load is under way


class LoadCut(Exception):
    """An earlier load was cut short; the message says what to do."""


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One case of the demo city: its matter, how far it runs, when it begins."""

    matter: Matter
    teller: Teller
    days_ago: int
    published: bool = False
    withdrawn: bool = False


def is_loaded() -> bool:
    """Whether the demo city stands in this database."""
    try:
        registry.body_by_code("haimen-market")
    except NotFound:
        return False
    return True


def load(data_dir: Path, *, say: Callable[[str], None]) -> City:
    """Load the demo city; the clock is moved and then released.

    Raises LoadCut if an earlier load was cut short: its clock cannot be turned back.
    """
    mark = data_dir / _MARK
    if mark.exists():
        raise LoadCut(
            f"上次载入演示城市时被中断，数据不完整。演示数据可以重来：请删除数据文件夹 {data_dir} 后再启动"
        )
    mark.touch()
    now, today = clock.now(), clock.today()
    clock.allow_moving()
    clock.move_to(moment(today - timedelta(days=_BEGINS_DAYS_AGO), MORNING))
    say("正在建立演示城市：主体、人员、证件、权力事项……")
    built = city.build(clock.now(), today=today)
    say("正在公示主体、人员、事项和流程图……")
    publishing.publish_registry(built.bodies, built.people[people.INFORMATION_CENTRE])
    say("正在办理演示案件：每种环节至少一件……")
    undone = telling.run([_scheduled(built, one, now) for one in cases()], until=now)
    if undone:
        say(f"  {undone} 件演示案件因近期节假日较多，停在较早的环节")
    clock.release()
    mark.unlink()
    return built


def _scheduled(built: City, one: DemoCase, now: datetime) -> tuple[datetime, telling.Story]:
    today = clock.beijing_date(now)
    day = last_working_day(today - timedelta(days=one.days_ago))
    work = Casework(
        desk(built, one.matter.office), one.matter, built.items[one.matter.item], ends_on=today
    )
    return moment(day, MORNING), _told(one, work, publicity(built, one.matter.office))


def _told(one: DemoCase, work: Casework, by: Publicity) -> telling.Story:
    yield from one.teller(work)
    if one.published:
        yield work.on_working_day(1)
        yield from publishing.publish(work, by)
    if one.withdrawn:
        yield work.on_working_day(4)
        revoked = a.Remedy(
            party=work.party.id, authority="南通市海门区人民政府", annulled=True,
            note="行政复议决定撤销原处罚决定（演示）",
        )  # fmt: skip
        work.step("record_decision_change", revoked, by=work.desk.officers[0])
        yield work.on_working_day(1)
        publishing.withdraw(work, by)


def publicity(built: City, office: str) -> Publicity:
    """Return who publishes the decisions of one of the staffed offices."""
    return Publicity(
        editor=built.holder(office, Role.DISCLOSURE_EDITOR),
        unit_head=built.holder(office, Role.HANDLING_UNIT_HEAD),
        reviewer=built.holder(office, Role.DISCLOSURE_REVIEWER),
        publisher=built.holder(office, Role.DISCLOSURE_PUBLISHER),
    )


def desk(built: City, office: str) -> Desk:
    """Return who does what in one of the staffed offices."""
    return Desk(
        body=built.bodies[office],
        unit=built.units[office, "handling"],
        officers=built.handlers(office),
        unit_head=built.holder(office, Role.HANDLING_UNIT_HEAD),
        head=built.holder(office, Role.AGENCY_HEAD),
        case_reviewer=built.holder(office, Role.CASE_REVIEWER),
        legal_reviewer=built.holder(office, Role.LEGAL_REVIEWER),
        host=built.holder(office, Role.HEARING_HOST),
        clerk=built.holder(office, Role.HEARING_CLERK),
        archivist=built.holder(office, Role.ARCHIVIST),
        publisher=built.holder(office, Role.DISCLOSURE_PUBLISHER),
    )


def cases() -> tuple[DemoCase, ...]:
    """Return the demo cases: one in every state, on whatever day of the year they are told.

    Some are late, one was sent back by the legal review, one publication was withdrawn, one has two parties.
    The shortest stories begin early enough to come through the longest holidays.
    """
    number = iter(range(31, 99))

    def firm(name: str, head: str = "李演示") -> Party:
        return matters.company(f"{name}（演示）", credit_code(next(number), kind="91"), head)

    def shop(name: str, keeper: str = "王演示") -> Party:
        return matters.shop(f"{name}（演示）", credit_code(next(number), kind="92"), keeper)

    def youth() -> Party:
        born = clock.today().replace(day=1) - timedelta(days=16 * 366)
        return matters.person("陈小演示", id_number(born, next(number)), born, guardian="陈演示")

    return (
        # 市场监督管理局
        DemoCase(matters.adulterated_goods(firm("江海电动车配件有限公司")), stories.major_closed, 130, published=True),
        DemoCase(matters.adulterated_goods(firm("东洲电源科技有限公司")), stories.major_decided, 100),
        DemoCase(matters.adulterated_goods(firm("青龙港充电设备有限公司")), stories.to_discussed, 96),
        DemoCase(matters.adulterated_goods(firm("叠石桥小家电有限公司")), stories.to_reviewed, 92),
        DemoCase(matters.adulterated_goods(firm("三星镇电器经营有限公司")), stories.in_review, 82),
        DemoCase(matters.adulterated_goods(firm("包场五金电器有限公司")), stories.returned, 88),
        DemoCase(matters.adulterated_goods(firm("常乐照明器材有限公司")), stories.to_heard, 74),
        DemoCase(matters.adulterated_goods(firm("四甲电动工具有限公司")), stories.in_hearing, 52),
        DemoCase(matters.adulterated_goods(firm("余东线缆有限公司")), stories.hearing_asked, 32),
        DemoCase(matters.expired_food(shop("好又鲜食品经营部")), stories.to_archived, 110, published=True),
        DemoCase(matters.expired_food(shop("人民路便利店")), stories.to_performing, 66, published=True),
        DemoCase(matters.expired_food(shop("解放路副食店")), stories.to_served, 70, published=True, withdrawn=True),
        DemoCase(matters.expired_food(shop("长江路超市")), stories.to_decided, 42),
        DemoCase(matters.expired_food(shop("镇中路烟酒店")), stories.to_noticed, 28),
        DemoCase(matters.expired_food(shop("河海路零食铺")), stories.to_investigating, 18),
        DemoCase(matters.expired_food(shop("民生街粮油店")), stories.preserving, 16),
        # One waits for each person the start page names: to investigate, to review, to publish.
        DemoCase(matters.expired_food(shop("三厂镇生鲜店")), stories.to_filed, 8),
        DemoCase(matters.expired_food(shop("悦来镇百货店")), stories.to_investigated, 20),
        DemoCase(matters.expired_food(shop("麒麟镇副食店")), stories.to_served, 36),
        DemoCase(matters.unmarked_price(shop("农贸市场水果摊")), stories.no_penalty, 50),
        DemoCase(matters.unmarked_price(shop("北京路服装店")), stories.not_filed_closed, 34),
        DemoCase(matters.unmarked_price(shop("南京路鞋帽店")), stories.not_filed, 15),
        # 城市管理局
        DemoCase(matters.heap_on_street(firm("海川装饰工程有限公司")), stories.to_closed, 74, published=True),
        DemoCase(matters.heap_on_street(firm("筑安建材有限公司")), stories.to_case_reviewed, 30),
        DemoCase(matters.heap_on_street(firm("恒通物业服务有限公司")), stories.suspended, 40),
        DemoCase(matters.heap_on_street(firm("新江海餐饮管理有限公司")), stories.to_verified, 14),
        DemoCase(matters.graffiti(youth()), stories.to_archived, 80),
        DemoCase(matters.two_in_the_street(firm("汇丰商业管理有限公司"), shop("演示早餐铺")),
                 stories.to_served, 64, published=True),
        # 农业农村局
        DemoCase(matters.pesticide_ledger(shop("丰收农资店")), stories.to_investigated, 26),
        DemoCase(matters.pesticide_ledger(shop("沃土农资经营部")), stories.to_investigating, 115),
        DemoCase(matters.pesticide_ledger(shop("金穗植保门市部")), stories.transferred, 35),
        DemoCase(matters.pesticide_ledger(shop("绿野农药店")), stories.terminated, 45),
        DemoCase(matters.pesticide_ledger(shop("东灶农资店")), stories.to_filed, 14),
        DemoCase(matters.pesticide_ledger(shop("正余农技服务部")), stories.to_clue, 2),
    )  # fmt: skip
