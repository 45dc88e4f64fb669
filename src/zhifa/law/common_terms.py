"""Terms around the case: service, remedies, publicity, review, hearing, closing (T35 to T51)."""

from datetime import date

from zhifa.law.citations import (
    ALL,
    ALL_INTERPRETATION,
    ARL,
    ARL_2017,
    CPL,
    GUANGDONG_REVIEW,
    LAND,
    MARA,
    MOT,
    NOTICE_118,
    NOTICE_424,
    POLICE_PROCEDURE,
    SAMR,
    SAMR_HEARING,
    TRAFFIC,
    Article,
)
from zhifa.law.dated import Dated
from zhifa.law.term_parts import (
    APL_FROM,
    BOTH_MARKS,
    MARA_FROM,
    POLICY,
    UNVERIFIED,
    by_head,
    common,
    days,
    working,
)
from zhifa.law.terms import (
    Approver,
    Back,
    Branch,
    ExtensionStep,
    Kind,
    Length,
    Rolls,
    Rule,
    StopKind,
    Term,
    Unit,
)

_SAMR_TESTING = frozenset({StopKind.TESTING, StopKind.IDENTIFICATION})
_NOTICE_30 = Rule(days(30), (CPL.art(95),), Rolls.NO, counting_basis=CPL.art(85))

T35 = Term(
    key="T35",
    name="公告送达",
    act="service",
    trigger="发出公告",
    end="视为送达",
    branches=(
        # From 2022 on the CPL text of 2021-12-24, not read; the text of 2023 since 2024.
        Branch(
            Dated(
                {
                    date(2022, 1, 1): Rule(days(30), (CPL.art(95),), Rolls.NO, marks=UNVERIFIED),
                    date(2024, 1, 1): _NOTICE_30,
                }
            )
        ),
        Branch(Dated({MARA_FROM: Rule(days(60), (MARA.art(72),), Rolls.NO)}), field="mara"),
        Branch(Dated({APL_FROM: Rule(days(60), (MOT.art(18),), Rolls.NO)}), field="mot"),
        Branch(
            Dated(
                {
                    date(2019, 1, 1): Rule(
                        days(60),
                        (POLICE_PROCEDURE.art(36),),
                        Rolls.NO,
                        counting_basis=POLICE_PROCEDURE.art(35),
                    )
                }
            ),
            field="police",
        ),
        Branch(
            Dated({date(2020, 5, 1): Rule(days(60), (TRAFFIC.art(55),), Rolls.NO)}),
            field="traffic_police",
        ),
    ),
)

_REMEDY_STOPS = frozenset({StopKind.OBSTACLE})

T36 = Term(
    key="T36",
    name="申请行政复议",
    act="remedy",
    trigger="知道或者应当知道行政行为",
    end="提出行政复议申请",
    branches=(
        Branch(
            Dated(
                {
                    date(2018, 1, 1): Rule(
                        days(60),
                        (ARL_2017.art(9),),
                        Rolls.TEXT,
                        roll_basis=ARL_2017.art(40),
                        counting_basis=ARL_2017.art(40),
                        stops=_REMEDY_STOPS,
                    ),
                    date(2024, 1, 1): Rule(
                        days(60),
                        (ARL.art(20),),
                        Rolls.TEXT,
                        roll_basis=ARL.art(88),
                        counting_basis=ARL.art(88),
                        stops=_REMEDY_STOPS,
                    ),
                    # The regulation of 2026 adds two stops (its art. 26 and 38).
                    date(2026, 7, 1): Rule(
                        days(60),
                        (ARL.art(20),),
                        Rolls.TEXT,
                        roll_basis=ARL.art(88),
                        counting_basis=ARL.art(88),
                        stops=_REMEDY_STOPS | {StopKind.WRONG_SUIT, StopKind.SELF_CORRECTION},
                    ),
                }
            )
        ),
    ),
    only_law_shortens=True,
)


def _suit(length: Length, basis: Article) -> Dated[Rule]:
    """Return a term for going to court, counted as the interpretation of 2018 says."""
    return Dated(
        {
            date(2018, 2, 8): Rule(
                length,
                (basis,),
                Rolls.TEXT,
                roll_basis=ALL_INTERPRETATION.art(48),
                counting_basis=ALL_INTERPRETATION.art(48),
                stops=_REMEDY_STOPS,
                # ALL art. 48(2): asked for within ten days, and as long as the court sets.
                extensions=(
                    ExtensionStep(Approver.COURT, None, Unit.CALENDAR_DAY, basis=ALL.art(48, 2)),
                ),
            )
        }
    )


T37 = Term(
    key="T37",
    name="直接提起行政诉讼",
    act="remedy",
    trigger="知道或者应当知道作出行政行为",
    end="提起诉讼",
    branches=(
        Branch(_suit(Length(6, Unit.MONTH), ALL.art(46))),
        Branch(
            _suit(days(15), LAND.art(83)),
            variant="land_83",
            name="责令限期拆除违法占地建筑（土地管理法第八十三条）",
        ),
    ),
    only_law_shortens=True,
)

T39 = Term(
    key="T39",
    name="公开行政许可、行政处罚决定",
    act="publicity",
    trigger="决定生效（以送达为准）",
    end="向社会公开",
    branches=common(
        Rule(
            working(7),
            (NOTICE_118.whole, NOTICE_424.whole),
            Rolls.COUNTED,
            marks=BOTH_MARKS,
        ),
        since=date(2018, 12, 5),
    ),
)

T43 = Term(
    key="T43",
    name="法制审核",
    act="review",
    trigger="送审材料齐全",
    end="出具法制审核意见",
    branches=(
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(5),
                        (GUANGDONG_REVIEW.art(18),),
                        Rolls.COUNTED,
                        stops=frozenset({StopKind.SUPPLEMENT}),
                        extensions=(by_head(3, Unit.WORKING_DAY),),
                        marks=POLICY,
                    )
                }
            )
        ),
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(10),
                        (SAMR.art(55),),
                        Rolls.COUNTED,
                        counting_basis=SAMR.art(80),
                        stops=frozenset({StopKind.SUPPLEMENT}),
                        extensions=(by_head(None, Unit.WORKING_DAY),),
                    )
                }
            ),
            field="samr",
        ),
        Branch(
            Dated(
                {
                    MARA_FROM: Rule(
                        working(5),
                        (MARA.art(53),),
                        Rolls.COUNTED,
                        stops=frozenset({StopKind.SUPPLEMENT}),
                        extensions=(by_head(15, Unit.WORKING_DAY),),
                    )
                }
            ),
            field="mara",
        ),
    ),
)

T44 = Term(
    key="T44",
    name="核查案源、决定是否立案",
    act="clue",
    trigger="发现线索或者收到材料",
    end="决定是否立案",
    branches=(
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(15),
                        (SAMR.art(18),),
                        Rolls.COUNTED,
                        stops=_SAMR_TESTING,
                        extensions=(by_head(15, Unit.WORKING_DAY),),
                        marks=POLICY,
                    )
                }
            )
        ),
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(15),
                        (SAMR.art(18),),
                        Rolls.COUNTED,
                        counting_basis=SAMR.art(80),
                        stops=_SAMR_TESTING,
                        extensions=(by_head(15, Unit.WORKING_DAY),),
                    )
                }
            ),
            field="samr",
        ),
        Branch(
            Dated(
                {
                    MARA_FROM: Rule(
                        working(7),
                        (MARA.art(29),),
                        Rolls.COUNTED,
                        stops=frozenset({StopKind.TESTING}),
                        extensions=(by_head(7, Unit.WORKING_DAY),),
                    )
                }
            ),
            field="mara",
        ),
    ),
)

T45 = Term(
    key="T45",
    name="结案审批",
    act="close",
    trigger="符合结案条件",
    end="批准结案",
    branches=(
        Branch(Dated({APL_FROM: Rule(working(15), (SAMR.art(77),), Rolls.COUNTED, marks=POLICY)})),
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(15), (SAMR.art(77),), Rolls.COUNTED, counting_basis=SAMR.art(80)
                    )
                }
            ),
            field="samr",
        ),
    ),
)


def _hearing_step(count: int, article: int) -> Dated[Rule]:
    return Dated(
        {
            APL_FROM: Rule(
                working(count), (SAMR_HEARING.art(article),), Rolls.COUNTED, marks=BOTH_MARKS
            )
        }
    )


T48 = Term(
    key="T48",
    name="准备听证",
    act="hearing",
    trigger="收到听证要求",
    end="确定主持人、移交材料、确定听证日期",
    branches=(
        Branch(_hearing_step(3, 18), variant="host", name="确定听证主持人"),
        Branch(_hearing_step(3, 19), variant="papers", name="向主持人移交案件材料"),
        Branch(_hearing_step(5, 20), variant="day", name="确定听证的时间、地点"),
    ),
)

T49 = Term(
    key="T49",
    name="公告公开听证",
    act="hearing",
    trigger="发布听证公告",
    end="公开举行听证",
    branches=common(
        Rule(
            working(3),
            (SAMR_HEARING.art(22),),
            Rolls.COUNTED,
            kind=Kind.EARLIEST,
            back=Back.CLEAR,
            marks=BOTH_MARKS,
        )
    ),
)

T50 = Term(
    key="T50",
    name="提交听证报告",
    act="hearing",
    trigger="听证结束",
    end="提交听证报告",
    branches=(Branch(_hearing_step(5, 29)),),
)

T51 = Term(
    key="T51",
    name="立卷归档",
    act="archive",
    trigger="结案",
    end="归档",
    branches=common(Rule(days(30), (SAMR.art(78),), Rolls.NO, marks=POLICY)),
)
