"""The reasons of a due date in Chinese (期限计算理由的中文表述): words only, no decisions."""

from collections.abc import Callable
from datetime import date, datetime

from zhifa.law.legal_time import Reason
from zhifa.law.terms import FIELDS, Approver, StopKind, Told, Unit

UNIT_WORDS = {
    Unit.WORKING_DAY: "个工作日",
    Unit.CALENDAR_DAY: "日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}
STOP_WORDS = {
    StopKind.SUSPENSION: "中止调查",
    StopKind.HEARING: "听证",
    StopKind.PUBLIC_NOTICE: "公告",
    StopKind.TESTING: "检测、检验、检疫、鉴定",
    StopKind.IDENTIFICATION: "权利人辨认或者鉴别",
    StopKind.REFUND: "责令退还多收价款",
    StopKind.SUPPLEMENT: "退回补正",
    StopKind.OBSTACLE: "不可抗力等障碍",
    StopKind.WRONG_SUIT: "未经复议径行起诉",
    StopKind.SELF_CORRECTION: "自行纠正",
}
APPROVER_WORDS = {
    Approver.AGENCY_HEAD: "行政机关负责人",
    Approver.HEADS_TOGETHER: "行政机关负责人集体讨论",
    Approver.SUPERIOR: "上一级机关",
    Approver.AGENCY: "作出决定的行政机关",
    Approver.COURT: "人民法院",
}
_TOLD_WORDS = {Told.PARTY: "书面告知当事人", Told.PARTY_WITH_REASON: "书面告知当事人并说明理由"}


def words(reason: Reason) -> str:
    """Return the reason as a Chinese sentence with its article, if it rests on one."""
    text = _WORDS[reason.code](reason)
    return f"{text}（{reason.basis.words}）" if reason.basis else text


def day_words(day: date | None) -> str:
    """Return a day as documents write it: 2026年2月14日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def minute_words(at: datetime | None) -> str:
    """Return an instant to the minute, as given."""
    return f"{day_words(at)}{at.hour}时{at.minute:02}分" if at else ""


def length_words(count: int | None, unit: Unit | None) -> str:
    """Return a length: 7个工作日, 90日."""
    return f"{count}{UNIT_WORDS[unit]}" if unit else ""


def _spell(reason: Reason) -> str:
    if reason.last is None:
        return f"{day_words(reason.first)}起"
    if reason.first == reason.last:
        return day_words(reason.last)
    return f"{day_words(reason.first)}至{day_words(reason.last)}"


def _stop(reason: Reason) -> str:
    return STOP_WORDS[StopKind(reason.about)] if reason.about else "不计入期限的情形"


def _extension(reason: Reason) -> str:
    approved = f"，已于{day_words(reason.first)}批准" if reason.first else ""
    return (
        f"延长{length_words(reason.count, reason.unit)}，须在{day_words(reason.last)}届满前"
        f"由{APPROVER_WORDS[Approver(reason.about)]}批准{approved}"
    )


def _moved(reason: Reason) -> str:
    name = f"（{reason.about}）" if reason.about else ""
    return f"届满日{day_words(reason.first)}是休息日{name}，顺延至{day_words(reason.last)}"


_WORDS: dict[str, Callable[[Reason], str]] = {
    "start.not_counted": lambda r: f"起算之日{day_words(r.first)}不计入，次日为第一日",
    "start.minute": lambda r: (
        f"按小时计算，自{minute_words(r.at)}起算（平台默认，可调整），遇休息日不顺延"
    ),
    "start.chained": lambda r: f"接{r.about}的届满日{day_words(r.first)}起算",
    "start.provisional": lambda r: f"{r.about}的届满日是暂定的，本期限也是暂定的",
    "counting.default": lambda _: "起算和届满的方法没有专门规定，按平台默认计算（可调整）",
    "field.own_rule": lambda r: f"适用{FIELDS[r.about]}领域的规定",
    "field.common_rule": lambda r: f"{FIELDS[r.about]}领域没有专门规定，适用一般规定",
    "variant.case": lambda r: f"情形：{r.about}",
    "length": lambda r: f"期限{length_words(r.count, r.unit)}",
    "length.also": lambda _: "并见",
    "unit.working_days": lambda _: "按工作日计算，不含法定节假日",
    "mark.policy": lambda _: "国家法律没有规定这一期限，此为平台默认（可调整）",
    "mark.unverified": lambda _: "未与原文核对，使用前请核对（可调整）",
    "month.last_day": lambda r: f"该月没有相应日，以月末{day_words(r.last)}为届满日",
    "stop.spell": lambda r: f"{_spell(r)}{_stop(r)}，首尾两日均不计入",
    "stop.open": lambda r: f"{_spell(r)}{_stop(r)}，尚未结束",
    "stop.left_out": lambda r: f"共扣除{length_words(r.count, r.unit)}，重叠的只扣一次",
    "extension.added": _extension,
    "extension.told": lambda r: f"延长须{_TOLD_WORDS[Told(r.about)]}",
    "holiday.off": lambda r: f"{_spell(r)}{r.about}放假，不是工作日",
    "holiday.make_up": lambda r: f"{day_words(r.first)}调休上班，是工作日",
    "earliest.day_after": lambda r: f"{day_words(r.last)}届满，次日起方可进行",
    "before.clear": lambda r: f"与{day_words(r.last)}之间须隔足期限，其首日为{day_words(r.first)}",
    "before.own": lambda r: f"在{day_words(r.last)}的相应日数之前提出，当日提出仍为按期",
    "roll.text": _moved,
    "roll.field": _moved,
    "roll.party": lambda r: f"{_moved(r)}（有利于当事人，平台默认，可调整）",
    "roll.stays": lambda r: f"届满日{day_words(r.first)}是休息日，不顺延，应在此前的工作日办理",
    "provisional": lambda r: (
        f"{r.count}年放假安排尚未公布，{day_words(r.first)}以后的工作日是暂定的，公布后须重新计算"
    ),
    "warn.provisional": lambda r: (
        f"提醒日{day_words(r.first)}是暂定的：{r.count}年放假安排尚未公布"
    ),
}
CODES = frozenset(_WORDS)
