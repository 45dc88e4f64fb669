"""What evidence must be, without a database: kinds, particulars, custody, exclusion."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from zhifa.clock import BEIJING
from zhifa.evidence import rules, wording
from zhifa.evidence.rules import CustodyAction, EvidenceKind, Particulars
from zhifa.law.actors import ActorId

OFFICER = ActorId(UUID(int=1))
TODAY = date(2026, 11, 24)
IN_ORDER = Particulars(
    kind=EvidenceKind.DOCUMENTARY,
    name="进货台账复印件",
    source="海门区某超市",
    obtained_on=TODAY,
    obtained_by=(OFFICER,),
)


def codes(violations):
    return [(violation.code, str(violation.basis)) for violation in violations]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="in order"),
        pytest.param({"name": "𬭎䶮" * 100}, [], id="rare characters, 200 of them"),
        pytest.param({"name": " "}, [("evidence.name", "APL 47")], id="no name"),
        pytest.param({"name": "长" * 201}, [("evidence.name", "APL 47")], id="overlong name"),
        pytest.param({"source": ""}, [("evidence.source", "APL 46(2)")], id="no source"),
        pytest.param({"place": "长" * 201}, [("evidence.too_long", "APL 47")], id="overlong place"),
        pytest.param({"note": "长" * 2001}, [("evidence.note_too_long", "APL 47")], id="overlong note"),
        pytest.param(
            {"obtained_on": date(2026, 11, 25)},
            [("evidence.obtained_in_future", "APL 46(2)")],
            id="obtained tomorrow",
        ),
        pytest.param({"obtained_by": ()}, [("evidence.collector_missing", "APL 54")], id="by nobody"),
        pytest.param({"pages": 0}, [("evidence.pages", "APL 47")], id="no pages"),
        pytest.param({"pages": 1}, [], id="one page"),
        pytest.param({"signer": "张演示"}, [("evidence.signer", "APL 47")], id="signer of nothing"),
        pytest.param(
            {"signs_document": UUID(int=7)}, [("evidence.signer", "APL 47")], id="signed by nobody"
        ),
        pytest.param({"signs_document": UUID(int=7), "signer": "张演示"}, [], id="a signed scan"),
        pytest.param(
            {"name": "", "source": "", "obtained_by": ()},
            [("evidence.name", "APL 47"), ("evidence.source", "APL 46(2)"),
             ("evidence.collector_missing", "APL 54")],
            id="every broken rule is named",
        ),
    ],
)  # fmt: skip
def test_what_forbids_taking_an_item_in(change, expected):
    said = replace(IN_ORDER, **change)

    assert codes(rules.receivable(said, obtained_on=None, on=TODAY)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(TODAY, [], id="same day"),
        pytest.param(date(2026, 11, 23), [("evidence.two_dates", "APL 46(2)")], id="day before"),
    ],
)
def test_the_hour_lies_on_the_day(day, expected):
    said = replace(IN_ORDER, obtained_at=datetime(2026, 11, 24, 9, 30, tzinfo=BEIJING))

    assert codes(rules.receivable(said, obtained_on=day, on=TODAY)) == expected


@pytest.mark.parametrize(
    ("action", "held", "expected"),
    [
        pytest.param("viewed", {}, [], id="look"),
        pytest.param("received", {}, ["custody.received_once"], id="received twice"),
        pytest.param("handed_over", {"counterpart": "区法院", "purpose": "诉讼"}, [], id="hand over"),
        pytest.param("handed_over", {}, ["custody.counterpart", "custody.purpose"], id="to nobody"),
        pytest.param(
            "handed_over",
            {"counterpart": "区法院", "purpose": "诉讼", "handed_to": "鉴定机构"},
            ["custody.already_out"],
            id="not here",
        ),
        pytest.param("returned", {"counterpart": "区法院", "handed_to": "区法院"}, [], id="brought back"),
        pytest.param("returned", {"counterpart": "区法院"}, ["custody.not_out"], id="never left"),
        pytest.param("exported", {"counterpart": "区检察院", "purpose": "移送"}, [], id="a copy"),
        pytest.param(
            "exported", {"counterpart": "长" * 201, "purpose": "长" * 201},
            ["custody.counterpart", "custody.purpose"], id="overlong",
        ),
    ],
)  # fmt: skip
def test_custody(action, held, expected):
    state = {"handed_to": "", "counterpart": "", "purpose": ""} | held

    violations = rules.custody_possible(CustodyAction(action), **state)

    assert codes(violations) == [(code, "APL 47") for code in expected]


@pytest.mark.parametrize(
    ("reason", "allowed"), [("以胁迫方式取得", True), (" ", False), ("长" * 2001, False)]
)
def test_excluding_takes_a_reason(reason, allowed):
    assert codes(rules.excludable(reason)) == (
        [] if allowed else [("exclusion.reason", "APL 46(3)")]
    )


def test_every_kind_and_action_has_a_word():
    assert set(wording.KINDS) == set(EvidenceKind)
    assert len(EvidenceKind) == 8  # APL art. 46 paragraph 1
    assert set(wording.CUSTODY) == set(CustodyAction)
    assert [wording.custody_words(code) for code in (rules.EXCLUDED, "")] == [
        "排除",
        "内容已依法删除",
    ]
