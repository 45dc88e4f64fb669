"""The bar of main states, what mends a broken rule, and a proposal compared with another. Pure."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.core.cases.test_forms import DRAFT, PARTY, TODAY

from zhifa.cases import drafts, explaining, prefill, progress, remedies
from zhifa.cases.selectors import StepChoice
from zhifa.law.calendar import Calendar
from zhifa.law.citations import APL
from zhifa.law.errors import Violation
from zhifa.procedures.facts import Context, Decided, Facts, Notice, Passed, Policy, Served
from zhifa.procedures.terms import start
from zhifa.procedures.values import Outcome, PenaltyItem, PenaltyKind, ReviewOpinion
from zhifa.registry.rules import ForceLevel, LegalBasis

CONTEXT = Context(calendar=Calendar.of())
FILED = Facts(state="investigating", parties=(PARTY,), filed_on=TODAY, facts_suspected=True)
REPORTED = replace(FILED, state="investigated", draft=DRAFT, draft_sha256="d")
TOLD = replace(
    REPORTED,
    state="noticed",
    case_review_sha256="d",
    notices=(Notice(party=PARTY.id, served_on=TODAY, hearing_right=False),),
)
DECIDED = replace(
    TOLD,
    state="decided",
    decision=Decided(outcome=Outcome.PENALTY, on=TODAY, by=UUID(int=9), draft_sha256="d"),
)
MAJOR = {"is_major": True, "case_review_sha256": ""}


def now(facts: Facts, context: Context = CONTEXT) -> list[str]:
    return [one.label for one in progress.milestones(facts, context) if one.state == "now"]


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        pytest.param(Facts(state="clue"), "案源核查", id="a clue"),
        pytest.param(Facts(state="verified"), "立案", id="verified"),
        pytest.param(FILED, "调查取证", id="investigating"),
        pytest.param(replace(REPORTED, state="investigating"), "调查取证", id="returned"),
        pytest.param(REPORTED, "案件审核", id="reported"),
        pytest.param(replace(REPORTED, case_review_sha256="d"), "事先告知", id="reviewed"),
        pytest.param(TOLD, "陈述申辩", id="told"),
        pytest.param(replace(TOLD, waivers=(PARTY.id,)), "决定", id="heard"),
        pytest.param(
            replace(TOLD, waivers=(PARTY.id,), **MAJOR), "法制审核", id="major, not reviewed"
        ),
        pytest.param(
            replace(
                TOLD, waivers=(PARTY.id,), **MAJOR,
                review_pass=Passed(sha256="d", opinion=ReviewOpinion.APPROVE, by=UUID(int=8)),
            ),
            "集体讨论", id="major, passed",
        ),
        pytest.param(DECIDED, "送达", id="decided"),
        pytest.param(
            replace(DECIDED, state="served", served=(Served(party=PARTY.id, on=TODAY),)),
            "执行", id="served",
        ),
        pytest.param(Facts(state="not_filed"), "结案", id="not filed"),
        pytest.param(replace(FILED, state="terminated"), "结案", id="terminated"),
        pytest.param(replace(FILED, state="closed", closed_on=TODAY), "归档", id="closed"),
    ],
)  # fmt: skip
def test_the_first_state_that_is_not_done_is_now(facts, label):
    assert now(facts) == [label]


def test_review_comes_before_the_notice_where_the_body_chose_so():
    first = Context(calendar=Calendar.of(), policy=Policy(review_first=True))
    assert now(replace(REPORTED, **MAJOR), first) == ["法制审核"]


def test_an_archived_case_has_nothing_left():
    assert now(replace(FILED, closed_on=TODAY, archived_on=TODAY, state="archived")) == []


ROLE = Violation("role.missing", APL.art(42), "agency_head")


def choice(action: str, *violations: Violation) -> StepChoice:
    return StepChoice(action, ("case_handler",), APL.art(54), (), violations, True)


@pytest.mark.parametrize(
    ("code", "about", "choices", "action"),
    [
        pytest.param("evidence.none", "", [choice("collect_evidence")], "collect_evidence", id="mine"),
        pytest.param("evidence.none", "", [choice("collect_evidence", ROLE)], "", id="another's"),
        pytest.param("evidence.none", "", [], "", id="not in this state"),
        pytest.param("defence.period_running", "", [choice("notify")], "", id="only time"),
        pytest.param("gate.unanswered", "complex:case_handler", [choice("answer_gate")],
                     "answer_gate", id="my answer"),
        pytest.param("gate.unanswered", "complex:handling_unit_head", [choice("answer_gate")], "",
                     id="the head's answer"),
    ],
)  # fmt: skip
def test_a_broken_rule_names_the_step_that_mends_it_if_it_is_mine(code, about, choices, action):
    (found,) = remedies.missing(
        [Violation(code, APL.art(58, 1), about)], choices, ("case_handler",)
    )
    assert found.action == action


def test_two_versions_of_a_proposal_are_compared_heading_by_heading():
    new = replace(
        DRAFT,
        penalties=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=300_000),),
        discretion_reasons="初次违法，货值较小。\n已改正。",
    )
    found = {change.label: (change.removed, change.added) for change in drafts.changes(DRAFT, new)}

    assert found == {
        "处罚": (("罚款 5,000.00 元",), ("罚款 3,000.00 元",)),
        "裁量理由": ((), ("已改正。",)),
    }
    assert drafts.changes(DRAFT, DRAFT) == []
    assert drafts.read(DRAFT.canonical()) == DRAFT


@pytest.mark.parametrize(
    ("article", "place"),
    [
        ("第九条第二项", (9, 0, 2)),
        ("第一百二十四条第一款第（五）项", (124, 1, 5)),
        ("第八十条", (80, 0, 0)),
        ("第十条第一款", (10, 1, 0)),
        ("第一百零五条", (105, 0, 0)),
        ("第57条第1款第2项", (57, 1, 2)),
        ("第二十条第十一项", (20, 0, 11)),
        ("全文", None),
    ],
)
def test_articles_of_a_power_item_become_provisions(article, place):
    basis = LegalBasis(act="《演示法》", article=article, text="文", force_level=ForceLevel.LAW)
    found = prefill.articles([basis])

    assert [(one.article, one.paragraph, one.item) for one in found] == ([place] if place else [])
    assert all(one.act == "演示法" for one in found)


@pytest.mark.parametrize(("key", "late"), [("T01", True), ("T47", False)])
def test_red_is_for_what_the_agency_is_late_with_not_for_the_time_of_the_party(key, late):
    begun = date(2026, 1, 5)
    about = "" if late else str(PARTY.id)
    facts = replace(TOLD, terms=(start(key, on=begun, context=CONTEXT, about=about),))
    (shown,) = explaining.shown(facts, CONTEXT, on=date(2026, 11, 2))

    assert (shown.late, shown.lapsed) == (late, not late)
    assert shown.reasons
