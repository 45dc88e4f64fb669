"""The papers of a case say what its facts and entries say, and no more."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from tests.core.cases.papered import BODY, CASE_NUMBER, PEOPLE, Papered
from tests.core.procedures import walk as w

from zhifa.cases import papers
from zhifa.cases.papers import parts
from zhifa.documents import canonical, wording
from zhifa.documents.values import TYPES, codes
from zhifa.documents.values.parts import CaseRef, Official, Utterance
from zhifa.law.errors import BadValue
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Policy
from zhifa.procedures.values import (
    DecisionDraft,
    EvidenceRef,
    GateQuestion,
    Outcome,
    PenaltyItem,
    PenaltyKind,
    PreservationDisposal,
    Provision,
    ReviewContent,
    ServiceMethod,
)

FOOD = "中华人民共和国食品安全法"
PENALTIES = (
    PenaltyItem(kind=PenaltyKind.CONFISCATE_ILLEGAL_GAINS, amount_fen=31_250),
    PenaltyItem(kind=PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY, detail="超过保质期的酱牛肉11袋"),
    PenaltyItem(kind=PenaltyKind.FINE, amount_fen=500_000),
)
RICH = w.draft(
    facts_found="当事人自2026年2月1日起销售超过保质期的酱牛肉。\n货值金额人民币1,286.00元。",
    evidence=(
        EvidenceRef(name="现场检查笔录", source="本局制作", proves="过期食品在售", pages=3),
        EvidenceRef(name="销售记录", source="当事人提供", proves="数量和价格", pages=4),
    ),
    violated=(Provision(act=FOOD, article=34, item=10, text="禁止生产经营下列食品……"),),
    basis=(Provision(act=FOOD, article=124, paragraph=1, item=5),),
    discretion_reasons="初次违法，主动召回。",
    penalties=PENALTIES,
    reasons="上述行为构成经营超过保质期的食品。",
    defence_answer="当事人请求减轻处罚，经复核予以采纳。",
    order_correction="立即停止销售超过保质期的食品",
)


def small(proposal: Any = RICH, *parties: Any) -> Papered:
    """Return a small case up to the decision."""
    walk = w.noticed(proposal, Papered(), *parties)
    walk.day += timedelta(days=10)
    return w.decided(walk)  # type: ignore[return-value]


def major() -> Papered:
    """Return a major case with a hearing up to its discussion."""
    walk = Papered()
    w.requested(w.noticed(replace(RICH, penalties=(_fine(w.MAJOR_FEN),)), walk))
    w.passed(w.heard(walk))
    return walk.take("discuss", w.DISCUSSION, "agency_head")


def _fine(amount_fen: int) -> PenaltyItem:
    return PenaltyItem(kind=PenaltyKind.FINE, amount_fen=amount_fen)


# --- every step, every type ------------------------------------------------------------------


def _with_preservation(walk: Papered) -> Papered:
    w.investigating(walk)
    item = a.PreservedItem(name="酱牛肉", quantity="11袋", specification="250克/袋")
    given = a.RegisterPreservation(
        party=w.COMPANY.id, place="店内冷柜", items=(item,), reason="可能灭失"
    )
    walk.take("register_preservation", given, "agency_head")
    done = a.DisposePreservation(
        preservation=walk.facts.sequence,
        disposal=PreservationDisposal.CONFISCATE,
        reason="违法事实成立",
    )
    return walk.take("dispose_preservation", done, "agency_head", after=2)


def _defended(draft: DecisionDraft = RICH) -> Papered:
    walk: Any = w.noticed(draft, Papered())
    said = a.RecordDefence(
        party=w.COMPANY.id, text="请求减轻", reexamination="属实", accepted=True,
        speaker="王某", capacity="委托代理人", began_at="10:00", ended_at="10:40",
    )  # fmt: skip
    return walk.take("record_defence", said, "case_handler", after=1)


def _rested() -> Papered:
    walk: Any = w.investigating(Papered())
    walk.take("suspend", w.REASON, "agency_head", after=1)
    walk.take("resume", a.Reasoned(reason="原因消除"), "agency_head", after=9)
    return walk.take("terminate", a.Reasoned(reason="当事人死亡"), "agency_head", after=1)


def _handed_over() -> Papered:
    walk: Any = w.reported(RICH, Papered())
    given = a.HandOver(
        recipient="海门区演示公安局", reason="涉嫌犯罪", suspected_crime=True,
        crime="生产、销售有毒、有害食品罪",
        provisions=(Provision(act="中华人民共和国刑法", article=144),),
    )  # fmt: skip
    return walk.take("hand_over", given, "agency_head", after=1)


def _elsewhere() -> Papered:
    walk: Any = w.investigating(Papered())
    given = a.HandOver(recipient="演示局", reason="不属于本机关管辖")
    return walk.take("hand_over", given, "agency_head", after=1)


def _not_filed() -> Papered:
    walk = Papered()
    walk.take("register_clue", w.clue(), "case_handler")
    walk.take("verify", a.Verify(findings="货架上没有", facts_suspected=False), "case_handler")
    walk.take("refuse_filing", a.Reasoned(reason="没有证据"), "agency_head", after=1)
    return _closed(walk)


def _closed(walk: Papered) -> Papered:
    return walk.take("close", a.Close(event="结案事由", summary="办理情况"), "agency_head", after=1)


def _performed() -> Papered:
    walk: Any = w.all_served(small(replace(RICH, penalties=(_fine(500_000),))))
    walk.take("record_payment", w.pay(), "case_handler", after=3)
    return _closed(walk)


def _no_penalty() -> Papered:
    walk: Any = w.reported(replace(RICH, outcome=Outcome.NO_PENALTY_MINOR, penalties=()), Papered())
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    w.all_served(w.decided(walk))
    return _closed(walk)


def _returned() -> Papered:
    walk: Any = w.reported(RICH, Papered())
    return walk.take("return_case_review", a.Reasoned(reason="证据不足"), "case_reviewer")


ROADS = {
    "performed": _performed, "no_penalty": _no_penalty, "major": lambda: w.decided(major()),
    "preserved": lambda: _with_preservation(Papered()), "defended": _defended, "rested": _rested,
    "handed_over": _handed_over, "elsewhere": _elsewhere, "not_filed": _not_filed, "returned": _returned,
}  # fmt: skip
# A correction is no step of the procedure: `documents.services.correct` makes it.
BY_STEPS = set(TYPES) - {"correction_notice"}


@pytest.fixture(scope="module")
def walked() -> dict[str, Papered]:
    return {name: road() for name, road in ROADS.items()}  # type: ignore[no-untyped-call]


def test_every_type_is_made_by_some_step(walked: dict[str, Papered]) -> None:
    made = {paper.type_key for walk in walked.values() for _, paper, _ in walk.made}
    assert made == BY_STEPS


@pytest.mark.parametrize("road", ROADS)
def test_every_paper_is_of_its_type_and_can_be_stored_and_dressed(
    walked: dict[str, Papered], road: str
) -> None:
    for _, paper, _ in walked[road].made:
        assert isinstance(paper.values, TYPES[paper.type_key].values)
        assert canonical.decode(paper.type_key, canonical.encode(paper.values)) == paper.values
        wording.dressed(paper.values)


def test_the_table_of_the_procedure_names_the_papers_that_are_composed() -> None:
    named = {(step.action, key) for step in w.PROCEDURE.steps for key in step.documents}
    assert {action for action, _ in named} == set(papers.COMPOSERS)
    assert {key for _, key in named} == BY_STEPS
    assert set(papers.READS) <= set(papers.COMPOSERS)
    assert set().union(*papers.READS.values()) <= BY_STEPS


def test_a_step_without_papers_has_none() -> None:
    walk = Papered()
    assert papers.compose("investigate", walk.matter(a.Investigate(), "case_handler", ())) == ()


# --- the decision is the draft ----------------------------------------------------------------


def test_the_decision_is_exactly_the_draft_that_was_passed() -> None:
    walk = small()
    decision, draft = walk.paper("penalty_decision"), walk.facts.draft
    assert draft == RICH

    assert decision.facts == draft.facts_found
    assert [(e.name, e.source, e.pages, e.proves) for e in decision.evidence] == [
        (e.name, e.source, e.pages, e.proves) for e in draft.evidence
    ]
    for cited, drafted in ((decision.violated, draft.violated), (decision.basis, draft.basis)):
        assert [(p.act, p.article, p.paragraph, p.item, p.text) for p in cited] == [
            (p.act, p.article, p.paragraph, p.item, p.text) for p in drafted
        ]
    assert [(p.kind.value, p.amount_fen or 0, p.detail) for p in decision.penalties] == [
        (p.kind.value, p.amount_fen, p.detail) for p in draft.penalties
    ]
    assert decision.discretion == (
        f"{draft.reasons}\n裁量档次：{draft.discretion_grade}。{draft.discretion_reasons}"
    )
    assert decision.defence == draft.defence_answer
    assert decision.orders == (draft.order_correction,)
    (last,) = [paper for _, paper, _ in walk.made if paper.type_key == "penalty_decision"]
    assert last.draft_sha256 == draft.digest


def test_the_notice_and_the_report_say_the_same_draft() -> None:
    walk = small()
    decision = walk.paper("penalty_decision")
    notice, report = walk.paper("penalty_prior_notice"), walk.paper("investigation_report")
    for other in (notice, report):
        assert (other.facts, other.evidence, other.violated, other.basis) == (
            decision.facts, decision.evidence, decision.violated, decision.basis,
        )  # fmt: skip
        assert other.proposed == decision.penalties
        assert other.discretion == decision.discretion


def test_no_penalty_is_decided_on_its_ground() -> None:
    walk = _no_penalty()
    decision = walk.paper("no_penalty_decision")
    assert decision.ground is codes.NoPenaltyGround.MINOR
    assert decision.facts == RICH.facts_found
    assert walk.paper("investigation_report").proposed == ()
    assert "不予行政处罚" in walk.paper("investigation_report").proposal
    assert walk.paper("closing_report").kind is codes.ClosingKind.NO_PENALTY


def test_the_decision_names_remedies_payment_and_the_way_to_perform() -> None:
    decision = small().paper("penalty_decision")
    assert decision.case == CaseRef(CASE_NUMBER, "销售过期食品")
    assert (decision.remedies.reconsideration_days, decision.remedies.suit_months) == (60, 6)
    assert decision.remedies.court == BODY.court
    assert decision.payment.bank_name == BODY.payment_bank
    assert (decision.payment.within_days, decision.payment.additional_fine) == (15, True)
    assert decision.performance
    assert decision.notice_number == "海市监罚告〔2026〕1号"
    assert decision.copies == 3


def test_a_decision_does_not_speak_of_a_hearing_that_was_not_held() -> None:
    walk = _defended(replace(RICH, defence_answer=""))
    walk.day += timedelta(days=20)
    w.decided(walk)
    said = walk.paper("penalty_decision").defence
    assert said == "当事人的陈述、申辩意见已经复核，详见复核意见。"


def test_a_decision_without_money_names_no_bank() -> None:
    warning = PenaltyItem(kind=PenaltyKind.WARNING)
    decision = small(replace(RICH, penalties=(warning,))).paper("penalty_decision")
    assert decision.payment is None
    assert decision.performance == ""
    assert decision.penalties[0].amount_fen is None


def test_several_parties_are_told_apart_and_judged_together() -> None:
    walk = small(replace(RICH, penalties=(_fine(100_000),)), w.COMPANY, w.YOUTH)
    first, second = walk.papers("penalty_prior_notice")
    assert [one.parties[0].name for one in (first, second)] == [w.COMPANY.name, w.YOUTH.name]
    decision = walk.paper("penalty_decision")
    assert [one.name for one in decision.parties] == [w.COMPANY.name, w.YOUTH.name]
    assert decision.notice_number == "海市监罚告〔2026〕1号、海市监罚告〔2026〕2号"
    assert decision.parties[1].guardian.name == "演示甲"
    assert decision.copies == 4


def test_each_of_several_parties_is_told_what_is_proposed_for_him() -> None:
    own = (replace(_fine(60_000), party=w.COMPANY.id), replace(_fine(10_000), party=w.YOUTH.id))
    warned = PenaltyItem(kind=PenaltyKind.WARNING)
    walk = small(replace(RICH, penalties=(*own, warned)), w.COMPANY, w.YOUTH)
    first, second = walk.papers("penalty_prior_notice")
    assert [one.amount_fen for one in first.proposed] == [60_000, None]
    assert [one.amount_fen for one in second.proposed] == [10_000, None]
    assert {one.party for one in (*first.proposed, *second.proposed)} == {""}  # he is addressed
    decided = [wording.penalty_words(one) for one in walk.paper("penalty_decision").penalties]
    assert decided[0].startswith(f"对{w.COMPANY.name}：罚款")
    assert decided[1].startswith(f"对{w.YOUTH.name}：罚款")
    assert decided[2] == "警告"  # of both


def test_silence_waiver_and_defence_are_told_as_they_were() -> None:
    plain = replace(RICH, defence_answer="", penalties=(_fine(500_000),))
    assert "未提出陈述、申辩" in small(plain).paper("penalty_decision").defence

    waived: Any = w.noticed(plain, Papered())
    given = a.WaiveDefence(party=w.COMPANY.id, statement="我放弃陈述申辩。")
    waived.take("waive_defence", given, "case_handler", after=1)
    assert waived.paper("statement_defence_record").statement == "我放弃陈述申辩。"
    waived.day += timedelta(days=10)
    assert "放弃" in w.decided(waived).paper("penalty_decision").defence  # type: ignore[attr-defined]


def test_preserved_things_are_listed_to_the_decision_that_confiscates_them() -> None:
    walk = _with_preservation(Papered())
    notice, inventory = walk.paper("preservation_notice"), walk.paper("preservation_inventory")
    term = walk.facts.terms[-1]
    assert inventory.notice_number == "海市监登存〔2026〕1号"
    assert inventory.goods == notice.goods
    assert (notice.from_on, notice.keeper) == (w.DAY + timedelta(days=2), w.COMPANY.name)
    assert notice.until_on == next(one.due_on for one in walk.facts.terms if one.key == "T02"), term
    disposed = walk.paper("preservation_disposition")
    assert disposed.notice_number == inventory.notice_number
    assert disposed.disposed[0].measure is PreservationDisposal.CONFISCATE

    w.answered(_seen(walk)).take(
        "report", a.Report(draft=RICH, course="依法调查"), "case_handler", after=1
    )
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    walk.take("notify", w.served(), "agency_head")
    walk.day += timedelta(days=10)
    decision = w.decided(walk).paper("penalty_decision")  # type: ignore[attr-defined]
    assert decision.confiscated == notice.goods


def _seen(walk: Papered) -> Papered:
    walk.take("inspect_on_site", w.inspection(), "case_handler")
    walk.take("interview", w.interview(), "case_handler")
    return walk.take("collect_evidence", w.EVIDENCE, "second_handler")


# --- rights -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "amount", "hearing_days", "silence"),
    [
        ("", 500_000, None, False),
        ("samr", 500_000, None, True),
        ("samr", w.MAJOR_FEN, 5, True),
        ("mara", w.MAJOR_FEN, 5, False),
    ],
)
def test_the_notice_tells_the_rights_the_party_has(
    field: str, amount: int, hearing_days: int | None, silence: bool
) -> None:
    walk = Papered(policy=Policy(field=field))
    w.noticed(replace(RICH, penalties=(_fine(amount),)), walk)
    notice, receipt = walk.paper("penalty_prior_notice"), walk.paper("service_receipt")
    assert (notice.hearing_days, notice.silence_waives) == (hearing_days, silence)
    assert notice.statement_days == (3 if field == "mara" else 5)
    (served,) = receipt.documents
    assert served.number == "海市监罚告〔2026〕1号"
    assert ("听证" in served.title) == (hearing_days is not None)


def test_a_defence_is_recorded_and_answered_point_by_point() -> None:
    walk = _defended()
    record, opinion = walk.paper("statement_defence_record"), walk.paper("reexamination_opinion")
    assert (record.speaker, record.capacity) == ("王某", "委托代理人")
    assert record.spell.timed
    assert opinion.notice_number == "海市监罚告〔2026〕1号"
    assert opinion.claims[0].accepted
    assert "未因当事人陈述、申辩给予更重的处罚" in opinion.conclusion


def test_a_hearing_is_noticed_recorded_and_reported() -> None:
    walk = major()
    notice, record = walk.paper("hearing_notice"), walk.paper("hearing_record")
    report = walk.paper("hearing_report")
    hearing = walk.facts.hearing
    assert hearing is not None
    assert notice.hearing_on == hearing.hearing_on
    assert notice.recusal_until_on < notice.hearing_on
    assert (notice.begins_at, notice.closed_reason) == (None, "")
    assert record.host == Official("冯演示", "法规科副科长")
    assert record.statements == (Utterance("记录", "双方陈述"),)
    assert (report.spell, report.attendees) == (record.spell, (Official("各方", ""),))
    assert report.party_view == "详见听证笔录。"
    assert walk.paper("penalty_decision" if walk.facts.decision else "hearing_report")


def test_a_closed_hearing_says_why_and_an_hour_is_kept() -> None:
    walk: Any = w.requested(w.noticed(replace(RICH, penalties=(_fine(w.MAJOR_FEN),)), Papered()))
    walk.take(
        "appoint_host",
        a.AppointHost(host=w.PEOPLE["hearing_host"], clerk=w.PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    walk.take("hand_papers_to_host", a.HandPapers(), "case_handler")
    fixed = a.FixHearingDay(
        hearing_on=walk.day + timedelta(days=21), place="三楼", public=False, begins_at="09:30"
    )
    walk.take("fix_hearing_day", fixed, "case_handler")
    walk.take("notify_hearing", w.served(), "case_handler")
    notice = walk.paper("hearing_notice")
    assert notice.begins_at == time(9, 30)
    assert "保密" in notice.closed_reason


def test_the_review_and_the_discussion_name_what_they_judged() -> None:
    walk = major()
    opinion, discussed = (
        walk.paper("legal_review_opinion"),
        walk.paper("collective_discussion_record"),
    )
    assert opinion.draft_digest == walk.facts.draft_sha256
    assert opinion.qualification_number == "A20203206840001"
    assert len(opinion.grounds) == 2
    assert [one.content for one in opinion.checks] == list(ReviewContent)
    assert discussed.review_result == "本案经法制审核，审核意见：同意。"
    assert discussed.chair == Official("演示丁", "")
    assert [one.agrees for one in discussed.votes] == [True, True]
    decision = w.decided(walk).paper("penalty_decision")  # type: ignore[attr-defined]
    assert (decision.legally_reviewed, decision.discussed) == (True, True)
    assert decision.hearing_on == walk.facts.hearing.opened_on  # type: ignore[union-attr]


def test_the_report_carries_both_answers_of_the_gate() -> None:
    walk = Papered()
    w.investigating(walk)
    _seen(walk)
    w.answered(walk, yes=frozenset({GateQuestion.COMPLEX}))
    walk.take("report", a.Report(draft=RICH, course="依法调查"), "case_handler", after=1)
    report = walk.paper("investigation_report")
    assert (report.public_interest.applies, report.complexity.applies) == (False, True)
    assert report.complexity.reasons == "依据案情"
    assert report.endorsements[0].name == "李演示"


# --- records -------------------------------------------------------------------------------------


def test_records_name_who_was_there_and_when() -> None:
    walk = Papered()
    w.investigating(walk)
    seen = w.inspection(present="王某（经营者）、李某", refusal="拒绝签名", witness="赵某")
    walk.take("inspect_on_site", seen, "case_handler")
    record = walk.paper("onsite_inspection_record")
    assert record.on_site == (Official("王某", "经营者"), Official("李某", ""))
    assert wording.spell_words(record.spell) == "2026年3月4日10时20分至11时00分"
    assert [one.name for one in record.officers] == ["李演示", "钱演示"]

    answers = {"certificate_answer": "看清楚了。", "recusal_answer": "不申请。"}
    for nth in (1, 2):
        walk.take("interview", w.interview(**answers), "case_handler")
        assert walk.paper("interview_record").nth == nth
    walk.take("interview", w.interview(interviewee="别人"), "case_handler")
    assert walk.paper("interview_record").nth == 1
    assert walk.papers("interview_record")[0].certificate_answer == "看清楚了。"


def test_an_interviewed_party_is_named_with_its_particulars() -> None:
    walk: Any = w.investigating(Papered(), w.YOUTH)
    walk.take("interview", w.interview(interviewee=" 演示乙"), "case_handler")
    heard = walk.paper("interview_record").interviewee
    assert (heard.born_on, heard.guardian.name) == (w.YOUTH.born_on, "演示甲")
    boss = replace(w.COMPANY, representative="演示丙", phone="13800000000")
    other: Any = w.investigating(Papered(), boss)
    other.take("interview", w.interview(), "case_handler")
    assert other.paper("interview_record").interviewee.employer == boss.name


def test_the_filing_form_tells_the_check_and_the_reason_once() -> None:
    walk: Any = w.filed(Papered())
    form = walk.paper("filing_approval")
    assert form.facts == "属实\n涉嫌违法"
    assert form.endorsements[-1].name == "吴演示"
    assert form.violated == ()


@pytest.mark.parametrize(
    ("road", "kind"),
    [
        ("performed", codes.ClosingKind.PERFORMED),
        ("no_penalty", codes.ClosingKind.NO_PENALTY),
        ("not_filed", codes.ClosingKind.NOT_FILED),
        ("rested", codes.ClosingKind.TERMINATED),
        ("handed_over", codes.ClosingKind.HANDED_OVER),
    ],
)
def test_a_case_is_closed_by_what_ended_it(road: str, kind: codes.ClosingKind) -> None:
    walk = ROADS[road]()  # type: ignore[no-untyped-call]
    report = walk if walk.facts.closed_on else _closed(walk)
    assert report.paper("closing_report").kind is kind
    assert (report.paper("closing_report").filed_on is None) == (road == "not_filed")


def test_a_court_that_ends_the_execution_closes_too() -> None:
    walk: Any = w.all_served(small(replace(RICH, penalties=(_fine(500_000),))))
    ended = a.Perform(party=w.COMPANY.id, what="法院裁定终结执行", complete=True, by_court=True)
    walk.take("perform", ended, "case_handler", after=1)
    assert _closed(walk).paper("closing_report").kind is codes.ClosingKind.COURT_EXECUTION_ENDED


def test_a_decision_that_is_annulled_closes_too_and_no_court_is_named() -> None:
    walk: Any = w.all_served(small(replace(RICH, penalties=(_fine(500_000),))))
    gone = a.Remedy(party=w.COMPANY.id, authority="演示区政府", note="复议撤销", annulled=True)
    walk.take("record_decision_change", gone, "case_handler", after=1)
    assert _closed(walk).paper("closing_report").kind is codes.ClosingKind.DECISION_ANNULLED


def test_what_was_suspended_is_resumed_with_its_reasons() -> None:
    walk = _rested()
    resumed = walk.paper("resumption")
    assert (resumed.suspension_reasons, resumed.reasons) == ("需要等待", "原因消除")
    assert resumed.from_on - resumed.suspended_on == timedelta(days=9)
    assert walk.paper("termination").disposal == "本案没有先行登记保存的物品。"


def test_a_crime_goes_to_the_police_with_its_papers_and_another_body_gets_its_own_letter() -> None:
    letter = _handed_over().paper("criminal_transfer_letter")
    assert letter.suspected_crime == "生产、销售有毒、有害食品罪"
    names = [one.name for one in letter.materials]
    assert names == ["调查终结报告", "现场检查笔录", "询问笔录", "销售记录"]
    walk = _elsewhere()
    assert walk.papers("criminal_transfer_letter") == []
    (own,) = walk.papers("case_transfer_letter")
    assert (own.recipient, own.reasons) == ("演示局", "不属于本机关管辖")


@pytest.mark.parametrize("method", list(ServiceMethod))
def test_a_receipt_says_how_it_was_served(method: ServiceMethod) -> None:
    walk = small()
    data = w.served(method=method, note="说明", time="10:20", relation="职员")
    matter = walk.matter(data, "case_handler", ())
    (paper,) = papers.compose("serve", matter)
    receipt = paper.values
    assert receipt.method.value == method.value
    assert (receipt.refusal == "说明") == (
        method in {ServiceMethod.LIEN, ServiceMethod.PUBLIC_NOTICE}
    )
    assert (receipt.served_time, receipt.relation) == (time(10, 20), "职员")


# --- parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("", []),
        ("王某", [("王某", "")]),
        ("王某（经营者）、李某（代理人，演示律师事务所）", [("王某", "经营者"), ("李某", "代理人，演示律师事务所")]),
        ("王某，李某", [("王某", ""), ("李某", "")]),
        ("王某(店长);赵𬭎", [("王某", "店长"), ("赵𬭎", "")]),
    ],
)  # fmt: skip
def test_people_in_a_line_are_told_apart(line: str, people: list[tuple[str, str]]) -> None:
    assert parts.officials(line) == tuple(Official(*one) for one in people)


def test_a_record_is_cut_into_turns() -> None:
    record = "主持人：现在开始。\n请双方陈述。\n\n当事人：没有意见。"
    assert parts.utterances(record) == (
        Utterance("主持人", "现在开始。\n请双方陈述。"),
        Utterance("当事人", "没有意见。"),
    )
    assert parts.utterances("没有发言人") == (Utterance("记录", "没有发言人"),)
    assert parts.utterances("") == ()


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("time.format", lambda: parts.clock_time("十点")),
        ("spell.ends_before_it_begins", lambda: parts.spell(date(2026, 3, 2), "11:00", "10:00")),
        ("day.missing", lambda: parts.day(None)),
    ],
)
def test_what_no_paper_can_say_is_refused(code: str, call: Any) -> None:
    with pytest.raises(BadValue) as refused:
        call()
    assert refused.value.code == code


def test_a_penalty_without_its_object_is_refused_at_the_report() -> None:
    bare = replace(RICH, penalties=(PenaltyItem(kind=PenaltyKind.ORDER_SUSPENSION),))
    with pytest.raises(BadValue, match=r"penalty\.detail_missing"):
        w.reported(bare, Papered())


def test_unknown_subjects_are_refused() -> None:
    walk = small()
    for data, action, code in (
        (w.served(w.YOUTH), "serve", "party.unknown"),
        (
            a.DisposePreservation(
                preservation=9, disposal=PreservationDisposal.RELEASE, reason="无"
            ),
            "dispose_preservation",
            "preservation.unknown",
        ),
        (w.served(), "notify_hearing", "hearing.missing"),
    ):
        with pytest.raises(BadValue) as refused:
            papers.compose(action, walk.matter(data, "case_handler", ()))
        assert refused.value.code == code
    empty = Papered()
    with pytest.raises(BadValue, match=r"draft\.missing"):
        papers.compose("decide", empty.matter(None, "agency_head", ()))
    with pytest.raises(TypeError):
        papers.numbered(walk.made[0][1], "1号")


def test_everybody_a_paper_may_name_is_asked_for() -> None:
    walk = major()
    named = papers.people_of(walk.facts, w.PEOPLE["agency_head"])
    assert named == {
        w.PEOPLE[one]
        for one in (
            "case_handler",
            "second_handler",
            "agency_head",
            "hearing_host",
            "hearing_clerk",
        )
    }
    assert named <= set(PEOPLE)
