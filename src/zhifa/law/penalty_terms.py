"""Terms of a penalty case up to its decision and payment (行政处罚期限): T01 to T10, T47.

Articles of SAMR were checked in the text of 2022-09-29; its rules are entered from 2021-07-15,
when the text of 2021-07-02 came into force with the APL.
"""

from datetime import date

from zhifa.law.citations import (
    APL,
    APL_1996,
    CPL,
    MARA,
    MOT,
    POLICE_PROCEDURE,
    PSL,
    PSL_2012,
    SAMR,
    TAX,
)
from zhifa.law.dated import Dated
from zhifa.law.term_parts import (
    APL_FROM,
    MARA_FROM,
    POLICY,
    PSL_FROM,
    UNVERIFIED,
    by_head,
    by_superior,
    common,
    days,
    statute,
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

_MARA_STOPS = frozenset(
    {StopKind.SUSPENSION, StopKind.HEARING, StopKind.PUBLIC_NOTICE, StopKind.TESTING}
)
_SAMR_STOPS = _MARA_STOPS | {StopKind.IDENTIFICATION, StopKind.REFUND}
_HEAD_30 = by_head(30, Unit.CALENDAR_DAY)


T01 = Term(
    key="T01",
    name="作出行政处罚决定",
    act="penalty",
    trigger="立案",
    end="作出处罚决定",
    branches=(
        # The APL itself knows neither stops nor extensions: both come from a field rule.
        Branch(Dated({APL_FROM: Rule(days(90), (APL.art(60),), Rolls.NO)})),
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        days(90),
                        (APL.art(60), SAMR.art(64)),
                        Rolls.FIELD,
                        roll_basis=SAMR.art(80),
                        counting_basis=SAMR.art(80),
                        stops=_SAMR_STOPS,
                        extensions=(
                            _HEAD_30,
                            ExtensionStep(Approver.HEADS_TOGETHER, None, Unit.CALENDAR_DAY),
                        ),
                    )
                }
            ),
            field="samr",
        ),
        Branch(
            Dated(
                {
                    MARA_FROM: Rule(
                        days(90),
                        (APL.art(60), MARA.art(58)),
                        Rolls.NO,
                        stops=_MARA_STOPS,
                        extensions=(_HEAD_30, by_superior(None)),
                    )
                }
            ),
            field="mara",
        ),
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        days(90),
                        (APL.art(60), MOT.art(78)),
                        Rolls.NO,
                        extensions=(_HEAD_30,),
                    )
                }
            ),
            field="mot",
        ),
        Branch(
            Dated(
                {
                    PSL_FROM: Rule(
                        days(30),
                        (PSL.art(118),),
                        Rolls.TEXT,
                        roll_basis=POLICE_PROCEDURE.art(35),
                        counting_basis=POLICE_PROCEDURE.art(35),
                        stops=frozenset({StopKind.TESTING, StopKind.HEARING}),
                        extensions=(by_superior(30), by_superior(30)),
                    )
                }
            ),
            field="police",
        ),
    ),
)

T02 = Term(
    key="T02",
    name="处理先行登记保存的证据",
    act="penalty",
    trigger="先行登记保存",
    end="作出处理决定",
    branches=common(statute(7, APL.art(56))),
)

T03 = Term(
    key="T03",
    name="送达行政处罚决定书",
    act="penalty",
    trigger="作出处罚决定（当事人不在场）",
    end="送达当事人",
    branches=common(
        Rule(
            working(7),
            (APL.art(61),),
            Rolls.COUNTED,
            unit_basis=APL.art(85),
            counting_basis=CPL.art(85),
        )
    ),
)

T04 = Term(
    key="T04",
    name="要求听证",
    act="penalty",
    trigger="告知听证权利",
    end="当事人提出听证要求",
    branches=common(statute(5, APL.art(64, item=1))),
)

T05 = Term(
    key="T05",
    name="通知听证时间、地点",
    act="penalty",
    trigger="送达听证通知",
    end="举行听证",
    branches=common(
        Rule(
            working(7),
            (APL.art(64, item=2),),
            Rolls.COUNTED,
            unit_basis=APL.art(85),
            kind=Kind.EARLIEST,
            back=Back.CLEAR,
        )
    ),
)

T06 = Term(
    key="T06",
    name="缴纳罚款",
    act="penalty",
    trigger="收到处罚决定书",
    end="缴纳罚款",
    branches=common(
        Rule(
            days(15),
            (APL.art(67, 3),),
            Rolls.PARTY,
            # Deferral or instalments: as long as the agency sets.
            extensions=(
                ExtensionStep(Approver.AGENCY, None, Unit.CALENDAR_DAY, basis=APL.art(66, 2)),
            ),
        )
    ),
)

T09 = Term(
    key="T09",
    name="撤回已公开的处罚决定",
    act="penalty",
    trigger="处罚决定被变更、撤销、确认违法或者确认无效",
    end="撤回公开信息并公开说明理由",
    branches=common(statute(3, APL.art(48, 2))),
)

T10 = Term(
    key="T10",
    name="追究行政处罚责任的时效",
    act="penalty",
    trigger="违法行为发生之日，连续或者继续的，行为终了之日",
    end="发现违法行为",
    branches=(
        Branch(
            Dated(
                {
                    date(1996, 10, 1): Rule(
                        Length(2, Unit.YEAR), (APL_1996.art(29),), Rolls.NO, marks=UNVERIFIED
                    ),
                    APL_FROM: Rule(Length(2, Unit.YEAR), (APL.art(36),), Rolls.NO),
                }
            )
        ),
        Branch(
            Dated({APL_FROM: Rule(Length(5, Unit.YEAR), (APL.art(36),), Rolls.NO)}),
            variant="life_safety",
            name="涉及公民生命健康安全、金融安全且有危害后果",
        ),
        Branch(
            Dated(
                {
                    date(2013, 1, 1): Rule(Length(6, Unit.MONTH), (PSL_2012.art(22),), Rolls.NO),
                    PSL_FROM: Rule(Length(6, Unit.MONTH), (PSL.art(25),), Rolls.NO),
                }
            ),
            field="police",
        ),
        Branch(
            Dated({date(2001, 5, 1): Rule(Length(5, Unit.YEAR), (TAX.art(86),), Rolls.NO)}),
            field="tax",
        ),
    ),
)

T47 = Term(
    key="T47",
    name="陈述和申辩",
    act="penalty",
    trigger="送达事先告知书",
    end="当事人陈述、申辩",
    branches=(
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(5),
                        (APL.art(44), APL.art(45), SAMR.art(57)),
                        Rolls.COUNTED,
                        marks=POLICY,
                    )
                }
            )
        ),
        Branch(
            Dated(
                {
                    APL_FROM: Rule(
                        working(5),
                        (SAMR.art(57, 2),),
                        Rolls.COUNTED,
                        counting_basis=SAMR.art(80),
                    )
                }
            ),
            field="samr",
        ),
        Branch(
            Dated({MARA_FROM: Rule(working(3), (MARA.art(23),), Rolls.COUNTED)}),
            field="mara",
        ),
    ),
)
