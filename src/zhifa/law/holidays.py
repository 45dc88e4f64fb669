"""The State Council's yearly notices on days off (部分节假日安排的通知), 2017 to 2026.

Our own table, entered from the notices on the government's site; each version carries number,
date and address. 2019 and 2020 have two versions: the later notice replaces the year's
arrangement from the day it was issued. The days of the last week of December are set by the
notice for the *next* year.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from zhifa.law.dated import Dated


class Status(StrEnum):
    """Whether the days of a year are known (是否已公布)."""

    ANNOUNCED = "announced"  # 已公布
    PROVISIONAL = "provisional"  # 暂定


@dataclass(frozen=True, slots=True)
class DaysOff:
    """One holiday of a notice: the days off, both ends included, and the make-up working days."""

    name: str
    first: date
    last: date
    make_up: tuple[date, ...] = ()  # Saturdays and Sundays worked instead (调休上班)

    def days(self) -> tuple[date, ...]:
        """Return every day off, in order."""
        length = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=offset) for offset in range(length))


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: the whole arrangement of a year as it stood from the day of issue."""

    year: int
    number: str  # 发文字号
    title: str
    issued_on: date  # 成文日期
    source: str  # where the text was published
    holidays: tuple[DaysOff, ...]
    status: Status = Status.ANNOUNCED


# The public holidays that stand on fixed dates, as (month, day) (全国年节及纪念日放假办法 art. 2).
FIXED_DAYS: Dated[tuple[tuple[int, int], ...]] = Dated(
    {
        # The text of 2007-12-14, which the decision of 2024 replaced; not read (unverified).
        date(2008, 1, 1): ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)),
        # The text of 2024-11-10: Labour Day has two days. First seen in the year 2025.
        date(2025, 1, 1): ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)),
    }
)


def _arranged(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


_NOTICE_2017 = Notice(
    2017,
    "国办发明电〔2016〕17号",
    _arranged(2017),
    date(2016, 12, 1),
    "https://www.gov.cn/zhengce/zhengceku/2016-12/01/content_5141603.htm",
    (
        DaysOff("元旦", date(2017, 1, 1), date(2017, 1, 2)),
        DaysOff("春节", date(2017, 1, 27), date(2017, 2, 2), (date(2017, 1, 22), date(2017, 2, 4))),
        DaysOff("清明节", date(2017, 4, 2), date(2017, 4, 4), (date(2017, 4, 1),)),
        DaysOff("劳动节", date(2017, 5, 1), date(2017, 5, 1)),
        DaysOff("端午节", date(2017, 5, 28), date(2017, 5, 30), (date(2017, 5, 27),)),
        DaysOff("中秋节、国庆节", date(2017, 10, 1), date(2017, 10, 8), (date(2017, 9, 30),)),
    ),
)

_NOTICE_2018 = Notice(
    2018,
    "国办发明电〔2017〕12号",
    _arranged(2018),
    date(2017, 11, 30),
    "https://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm",
    (
        DaysOff("元旦", date(2018, 1, 1), date(2018, 1, 1)),
        DaysOff(
            "春节", date(2018, 2, 15), date(2018, 2, 21), (date(2018, 2, 11), date(2018, 2, 24))
        ),
        DaysOff("清明节", date(2018, 4, 5), date(2018, 4, 7), (date(2018, 4, 8),)),
        DaysOff("劳动节", date(2018, 4, 29), date(2018, 5, 1), (date(2018, 4, 28),)),
        DaysOff("端午节", date(2018, 6, 18), date(2018, 6, 18)),
        DaysOff("中秋节", date(2018, 9, 24), date(2018, 9, 24)),
        DaysOff(
            "国庆节", date(2018, 10, 1), date(2018, 10, 7), (date(2018, 9, 29), date(2018, 9, 30))
        ),
    ),
)

_NOTICE_2019 = Notice(
    2019,
    "国办发明电〔2018〕15号",
    _arranged(2019),
    date(2018, 12, 4),
    "https://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm",
    (
        DaysOff("元旦", date(2018, 12, 30), date(2019, 1, 1), (date(2018, 12, 29),)),
        DaysOff("春节", date(2019, 2, 4), date(2019, 2, 10), (date(2019, 2, 2), date(2019, 2, 3))),
        DaysOff("清明节", date(2019, 4, 5), date(2019, 4, 5)),
        DaysOff("劳动节", date(2019, 5, 1), date(2019, 5, 1)),
        DaysOff("端午节", date(2019, 6, 7), date(2019, 6, 7)),
        DaysOff("中秋节", date(2019, 9, 13), date(2019, 9, 13)),
        DaysOff(
            "国庆节", date(2019, 10, 1), date(2019, 10, 7), (date(2019, 9, 29), date(2019, 10, 12))
        ),
    ),
)

_NOTICE_2020 = Notice(
    2020,
    "国办发明电〔2019〕16号",
    _arranged(2020),
    date(2019, 11, 21),
    "https://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm",
    (
        DaysOff("元旦", date(2020, 1, 1), date(2020, 1, 1)),
        DaysOff(
            "春节", date(2020, 1, 24), date(2020, 1, 30), (date(2020, 1, 19), date(2020, 2, 1))
        ),
        DaysOff("清明节", date(2020, 4, 4), date(2020, 4, 6)),
        DaysOff(
            "劳动节", date(2020, 5, 1), date(2020, 5, 5), (date(2020, 4, 26), date(2020, 5, 9))
        ),
        DaysOff("端午节", date(2020, 6, 25), date(2020, 6, 27), (date(2020, 6, 28),)),
        DaysOff(
            "国庆节、中秋节",
            date(2020, 10, 1),
            date(2020, 10, 8),
            (date(2020, 9, 27), date(2020, 10, 10)),
        ),
    ),
)


def _changed(
    notice: Notice, number: str, title: str, issued_on: date, source: str, holiday: DaysOff
) -> Notice:
    """Return the year's arrangement with one holiday put in another's place."""
    return replace(
        notice,
        number=number,
        title=title,
        issued_on=issued_on,
        source=source,
        holidays=tuple(holiday if old.name == holiday.name else old for old in notice.holidays),
    )


NOTICES: tuple[Notice, ...] = (
    _NOTICE_2017,
    _NOTICE_2018,
    _NOTICE_2019,
    _changed(
        _NOTICE_2019,
        "国办发明电〔2019〕3号",
        "国务院办公厅关于调整2019年劳动节假期安排的通知",
        date(2019, 3, 22),
        "https://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm",
        DaysOff(
            "劳动节", date(2019, 5, 1), date(2019, 5, 4), (date(2019, 4, 28), date(2019, 5, 5))
        ),
    ),
    _NOTICE_2020,
    # It ends the holiday on 2 February; so 1 February is off, which it does not say in words.
    _changed(
        _NOTICE_2020,
        "国办发明电〔2020〕1号",
        "国务院办公厅关于延长2020年春节假期的通知",
        date(2020, 1, 26),
        "https://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
        DaysOff("春节", date(2020, 1, 24), date(2020, 2, 2), (date(2020, 1, 19),)),
    ),
    Notice(
        2021,
        "国办发明电〔2020〕27号",
        _arranged(2021),
        date(2020, 11, 25),
        "https://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm",
        (
            DaysOff("元旦", date(2021, 1, 1), date(2021, 1, 3)),
            DaysOff(
                "春节", date(2021, 2, 11), date(2021, 2, 17), (date(2021, 2, 7), date(2021, 2, 20))
            ),
            DaysOff("清明节", date(2021, 4, 3), date(2021, 4, 5)),
            DaysOff(
                "劳动节", date(2021, 5, 1), date(2021, 5, 5), (date(2021, 4, 25), date(2021, 5, 8))
            ),
            DaysOff("端午节", date(2021, 6, 12), date(2021, 6, 14)),
            DaysOff("中秋节", date(2021, 9, 19), date(2021, 9, 21), (date(2021, 9, 18),)),
            DaysOff(
                "国庆节",
                date(2021, 10, 1),
                date(2021, 10, 7),
                (date(2021, 9, 26), date(2021, 10, 9)),
            ),
        ),
    ),
    Notice(
        2022,
        "国办发明电〔2021〕11号",
        _arranged(2022),
        date(2021, 10, 25),
        "https://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm",
        (
            DaysOff("元旦", date(2022, 1, 1), date(2022, 1, 3)),
            DaysOff(
                "春节", date(2022, 1, 31), date(2022, 2, 6), (date(2022, 1, 29), date(2022, 1, 30))
            ),
            DaysOff("清明节", date(2022, 4, 3), date(2022, 4, 5), (date(2022, 4, 2),)),
            DaysOff(
                "劳动节", date(2022, 4, 30), date(2022, 5, 4), (date(2022, 4, 24), date(2022, 5, 7))
            ),
            DaysOff("端午节", date(2022, 6, 3), date(2022, 6, 5)),
            DaysOff("中秋节", date(2022, 9, 10), date(2022, 9, 12)),
            DaysOff(
                "国庆节",
                date(2022, 10, 1),
                date(2022, 10, 7),
                (date(2022, 10, 8), date(2022, 10, 9)),
            ),
        ),
    ),
    Notice(
        2023,
        "国办发明电〔2022〕16号",
        _arranged(2023),
        date(2022, 12, 8),
        "https://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm",
        (
            DaysOff("元旦", date(2022, 12, 31), date(2023, 1, 2)),
            DaysOff(
                "春节", date(2023, 1, 21), date(2023, 1, 27), (date(2023, 1, 28), date(2023, 1, 29))
            ),
            DaysOff("清明节", date(2023, 4, 5), date(2023, 4, 5)),
            DaysOff(
                "劳动节", date(2023, 4, 29), date(2023, 5, 3), (date(2023, 4, 23), date(2023, 5, 6))
            ),
            DaysOff("端午节", date(2023, 6, 22), date(2023, 6, 24), (date(2023, 6, 25),)),
            DaysOff(
                "中秋节、国庆节",
                date(2023, 9, 29),
                date(2023, 10, 6),
                (date(2023, 10, 7), date(2023, 10, 8)),
            ),
        ),
    ),
    Notice(
        2024,
        "国办发明电〔2023〕7号",
        _arranged(2024),
        date(2023, 10, 25),
        "https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm",
        (
            DaysOff("元旦", date(2024, 1, 1), date(2024, 1, 1)),
            DaysOff(
                "春节", date(2024, 2, 10), date(2024, 2, 17), (date(2024, 2, 4), date(2024, 2, 18))
            ),
            DaysOff("清明节", date(2024, 4, 4), date(2024, 4, 6), (date(2024, 4, 7),)),
            DaysOff(
                "劳动节", date(2024, 5, 1), date(2024, 5, 5), (date(2024, 4, 28), date(2024, 5, 11))
            ),
            DaysOff("端午节", date(2024, 6, 10), date(2024, 6, 10)),
            DaysOff("中秋节", date(2024, 9, 15), date(2024, 9, 17), (date(2024, 9, 14),)),
            DaysOff(
                "国庆节",
                date(2024, 10, 1),
                date(2024, 10, 7),
                (date(2024, 9, 29), date(2024, 10, 12)),
            ),
        ),
    ),
    Notice(
        2025,
        "国办发明电〔2024〕12号",
        _arranged(2025),
        date(2024, 11, 12),
        "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
        (
            DaysOff("元旦", date(2025, 1, 1), date(2025, 1, 1)),
            DaysOff(
                "春节", date(2025, 1, 28), date(2025, 2, 4), (date(2025, 1, 26), date(2025, 2, 8))
            ),
            DaysOff("清明节", date(2025, 4, 4), date(2025, 4, 6)),
            DaysOff("劳动节", date(2025, 5, 1), date(2025, 5, 5), (date(2025, 4, 27),)),
            DaysOff("端午节", date(2025, 5, 31), date(2025, 6, 2)),
            DaysOff(
                "国庆节、中秋节",
                date(2025, 10, 1),
                date(2025, 10, 8),
                (date(2025, 9, 28), date(2025, 10, 11)),
            ),
        ),
    ),
    Notice(
        2026,
        "国办发明电〔2025〕7号",
        _arranged(2026),
        date(2025, 11, 4),
        "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
        (
            DaysOff("元旦", date(2026, 1, 1), date(2026, 1, 3), (date(2026, 1, 4),)),
            DaysOff(
                "春节", date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28))
            ),
            DaysOff("清明节", date(2026, 4, 4), date(2026, 4, 6)),
            DaysOff("劳动节", date(2026, 5, 1), date(2026, 5, 5), (date(2026, 5, 9),)),
            DaysOff("端午节", date(2026, 6, 19), date(2026, 6, 21)),
            DaysOff("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
            DaysOff(
                "国庆节",
                date(2026, 10, 1),
                date(2026, 10, 7),
                (date(2026, 9, 20), date(2026, 10, 10)),
            ),
        ),
    ),
)
