"""Invented people and bodies of the demo city (演示人员与主体): tables, read by `city`.

Every name carries 演示, wherever it shows. Offices, titles and succession follow the notice of 2017 and
the change of Haimen from a city (320684) to a district (320614) in 2020; telephone numbers end in 0000.
"""

from dataclasses import dataclass
from datetime import date

from zhifa.registry.rules import Role

PASSWORD = "yanshi-2026"  # noqa: S105  (openly known: for demo people only)
DISTRICT_FROM = date(2020, 7, 1)  # Haimen became a district in July 2020 (day unverified)


@dataclass(frozen=True, slots=True)
class Office:
    """A body of the pilot and what became of it."""

    key: str
    name_2017: str
    name: str
    short: str  # in the notice of 2017
    word: str  # 机关代字
    short_now: str = ""  # empty: as in 2017


# The agencies of the notice's annex, section 2, and the coordination group's legal affairs office.
OFFICES = (
    Office("justice", "海门市人民政府法制办公室", "海门区司法局", "司法局", "海司"),
    Office("market", "海门市市场监督管理局", "海门区市场监督管理局", "市监局", "海市监"),
    Office("urban", "海门市城市管理局", "海门区城市管理局", "城管局", "海城管"),
    Office("farm", "海门市农业委员会", "海门区农业农村局", "农业局", "海农", "农业农村局"),
    Office("housing", "海门市住房和城乡建设局", "海门区住房和城乡建设局", "住建局", "海建"),
    Office("land", "海门市国土资源局", "海门区自然资源和规划局", "国土局", "海自然资", "自然资源局"),
    Office("approval", "海门市行政审批局", "海门区行政审批局", "审批局", "海审批"),
    Office("police", "海门市公安局", "南通市公安局海门分局", "公安局", "海公"),
    Office("labour", "海门市人力资源和社会保障局", "海门区人力资源和社会保障局", "人社局", "海人社"),
    Office("civil", "海门市民政局", "海门区民政局", "民政局", "海民"),
    Office("health", "海门市卫生和计划生育委员会", "海门区卫生健康委员会", "卫计委", "海卫", "卫健委"),
    Office("culture", "海门市文化广电新闻出版局", "海门区文体广电和旅游局", "文广新局", "海文旅", "文旅局"),
    Office("tobacco", "海门市烟草专卖局", "海门区烟草专卖局", "烟草局", "海烟"),
    Office("commerce", "海门市商务局", "海门区商务局", "商务局", "海商"),
    Office("tax", "海门市地方税务局", "国家税务总局南通市海门区税务局", "地税局", "海税", "税务局"),
    Office("transport", "海门市交通运输局", "海门区交通运输局", "交通局", "海交"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person: what the sign-in is called, and the roles held in one body."""

    login: str
    name: str
    office: str
    roles: tuple[Role, ...]
    unit: str = ""  # key of the unit the first role stands in
    certificate: str = ""  # its number; empty: none
    expired: bool = False
    qualified: bool = False  # 法律职业资格


def _staff(office: str, prefix: str, names: str, field_number: int) -> tuple[Invented, ...]:
    """Return the people of one body; `names` are eleven, in the order of the roles below."""
    n = [f"{name}（演示）" for name in names.split()]
    number = f"1006{field_number:02}0{{:03}}"
    return (
        Invented(f"{prefix}-cb1", n[0], office, (Role.CASE_HANDLER,), "handling", number.format(1)),
        Invented(f"{prefix}-cb2", n[1], office, (Role.CASE_HANDLER,), "handling", number.format(2)),
        Invented(
            f"{prefix}-cb3", n[2], office, (Role.CASE_HANDLER,), "handling", number.format(3),
            expired=True,
        ),
        Invented(f"{prefix}-kz", n[3], office, (Role.HANDLING_UNIT_HEAD,), "handling", number.format(4)),
        Invented(f"{prefix}-jz", n[4], office, (Role.AGENCY_HEAD,), certificate=number.format(5)),
        Invented(f"{prefix}-sh", n[5], office, (Role.CASE_REVIEWER, Role.HEARING_CLERK), "legal"),
        Invented(
            f"{prefix}-fz", n[6], office, (Role.LEGAL_REVIEWER, Role.HEARING_HOST), "legal",
            qualified=True,
        ),
        Invented(f"{prefix}-bj", n[7], office, (Role.DISCLOSURE_EDITOR,)),
        Invented(f"{prefix}-gs", n[8], office, (Role.DISCLOSURE_REVIEWER,)),
        Invented(f"{prefix}-fb", n[9], office, (Role.DISCLOSURE_PUBLISHER,)),
        Invented(f"{prefix}-da", n[10], office, (Role.ARCHIVIST,)),
    )  # fmt: skip


PEOPLE = (
    *_staff("market", "sj", "陆清源 施雨桐 顾长青 黄知秋 张仲平 沈若水 季明远 范书瑶 袁立言 龚景行 茅守成", 1),
    *_staff("urban", "cg", "倪望舒 陈怀瑾 徐行之 郁长风 汤正则 曹思齐 江致远 姚语冰 杜闻笛 盛以宁 葛存真", 2),
    *_staff("farm", "ny", "俞春和 周麦田 钱禾生 吴稼轩 孙耕野 王岁丰 李穗安 赵青禾 郑远畴 冯怀谷 卫仓实", 3),
    Invented("sfj-jd", "石衡之（演示）", "justice", (Role.SUPERVISOR,)),
    Invented("sfj-ld", "严治平（演示）", "justice", (Role.LEADER,)),
    Invented("xxzx-fb", "简传书（演示）", "justice", (Role.DISCLOSURE_PUBLISHER,)),
    Invented("admin-xt", "宋维序（演示）", "justice", (Role.SYSTEM_ADMINISTRATOR,)),
    Invented("admin-aq", "康守密（演示）", "justice", (Role.SECURITY_ADMINISTRATOR,)),
    Invented("admin-sj", "尤察微（演示）", "justice", (Role.AUDIT_ADMINISTRATOR,)),
)  # fmt: skip

INFORMATION_CENTRE = "xxzx-fb"  # publishes the lists of every office, as in the notice of 2017

# Whom the start page of `make run` names first.
SIGN_INS = (
    ("sj-cb1", "承办人（市场监管局）"),
    ("sj-kz", "承办机构负责人"),
    ("sj-jz", "机关负责人"),
    ("sj-sh", "案件审核人员、听证记录员"),
    ("sj-fz", "法制审核人员、听证主持人"),
    ("sj-bj", "公示信息编辑"),
    ("sj-gs", "公示信息审核"),
    ("sj-fb", "公示信息发布"),
    ("sj-da", "档案管理员"),
    ("sfj-jd", "司法局监督人员"),
    ("sfj-ld", "领导（查看）"),
    ("admin-xt", "系统管理员"),
    ("admin-aq", "安全管理员"),
    ("admin-sj", "审计管理员"),
)
