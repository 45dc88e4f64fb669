"""What the proofs try (试行的步骤): people, proposals, and every answer a step can be given.

All of it is invented; nothing of it is stored or shown. An act is one step with its data, a move
a few acts that belong together and would only multiply the paths if taken one by one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from zhifa.procedures import actions as a
from zhifa.procedures.facts import Circumstances, Facts, OfficerOnDuty
from zhifa.procedures.gate import ASKED_ROLES
from zhifa.procedures.values import (
    CaseSource,
    DecisionDraft,
    EvidenceRef,
    GateQuestion,
    LinkKind,
    Outcome,
    Party,
    PartyKind,
    PenaltyItem,
    PenaltyKind,
    PreservationDisposal,
    Provision,
    ReviewOpinion,
    ServiceMethod,
)

BEGUN_ON = date(2026, 1, 5)
_HANDLERS = (UUID(int=1), UUID(int=2))
_PARTY = Party(id=UUID(int=9), kind=PartyKind.ORGANISATION, name="当事人")
_PEOPLE = {
    role: UUID(int=number)
    for number, role in enumerate(
        (
            "handling_unit_head", "agency_head", "case_reviewer", "legal_reviewer",
            "hearing_host", "hearing_clerk", "disclosure_publisher", "archivist",
        ),
        start=11,
    )
}  # fmt: skip
_OFFICERS = tuple(
    OfficerOnDuty(
        id=one, name="执法人员", certificate_number="1",
        valid_from=BEGUN_ON, valid_until=date(2199, 1, 1),
    )
    for one in _HANDLERS
)  # fmt: skip


@cache
def around(role: str) -> Circumstances:
    """Return the circumstances of a person who holds one role."""
    return Circumstances(
        actor=_PEOPLE.get(role, _HANDLERS[0]),
        roles=(role,),
        officers=_OFFICERS,
        reviewer_qualified=True,
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One step with its data."""

    action: str
    data: Callable[[Facts, date], Any]
    says: str = ""  # which of the answers
    role: str = ""  # who acts; the first the table names if not said

    @property
    def name(self) -> str:
        """Return the act as a path names it."""
        return f"{self.action}={self.says}" if self.says else self.action


def _draft(outcome: Outcome, amount_fen: int, facts_found: str = "事实") -> DecisionDraft:
    fine = PenaltyItem(kind=PenaltyKind.FINE, amount_fen=amount_fen)
    return DecisionDraft(
        outcome=outcome,
        facts_found=facts_found,
        evidence=(EvidenceRef(name="笔录", source="检查", proves="事实"),),
        violated=(Provision(act="某法", article=1),),
        basis=(Provision(act="某法", article=2),),
        discretion_grade="一般",
        discretion_reasons="情节一般",
        penalties=(fine,) if outcome is Outcome.PENALTY else (),
        reasons="理由",
    )


_DRAFTS = {
    "small": _draft(Outcome.PENALTY, 500_000),
    "small_other_facts": _draft(Outcome.PENALTY, 500_000, "其他事实"),
    "large": _draft(Outcome.PENALTY, 50_000_000),
    "large_other_facts": _draft(Outcome.PENALTY, 50_000_000, "其他事实"),
    "none": _draft(Outcome.NO_PENALTY_MINOR, 0),
}


def _act(action: str, data: Any, says: str = "") -> Act:
    return Act(action, lambda facts, on: data, says)


_REASON = a.Reasoned(reason="理由")
_SERVE = a.ServeParty(party=_PARTY.id, method=ServiceMethod.DIRECT, receiver="当事人")
_BY_NOTICE = replace(_SERVE, method=ServiceMethod.PUBLIC_NOTICE)
_ANNOUNCE = a.Announce(medium="网站", text="公告")
_REMEDY = a.Remedy(party=_PARTY.id, authority="机关", note="")


def _clue(_: Facts, on: date) -> a.RegisterClue:
    return a.RegisterClue(
        title="案件", source=CaseSource.INSPECTION, summary="线索", place="某地",
        discovered_on=on, parties=(_PARTY,),
    )  # fmt: skip


def _answer(question: GateQuestion, role: str, *, yes: bool) -> Act:
    answer = a.AnswerGate(question=question, yes=yes, reason="理由")
    return Act("answer_gate", lambda facts, on: answer, "yes" if yes else "no", role)


def _answers(*, yes: bool) -> tuple[Act, ...]:
    """Return both people's answers to both questions; `yes`: both find the case complex."""
    return tuple(
        _answer(question, role, yes=yes and question is GateQuestion.COMPLEX)
        for question in GateQuestion
        for role in ASKED_ROLES
    )


def _dispose(facts: Facts, _: date) -> a.DisposePreservation:
    waiting = [one.sequence for one in facts.preservations if one.finished_on is None]
    return a.DisposePreservation(
        preservation=next(iter(waiting), 0), disposal=PreservationDisposal.RELEASE, reason="理由"
    )


def _result(facts: Facts, _: date) -> a.ReceiveResult:
    waiting = [one.sequence for one in facts.testings if one.finished_on is None]
    return a.ReceiveResult(testing=next(iter(waiting), 0), result="合格")


def _hearing_day(_: Facts, on: date) -> a.FixHearingDay:
    return a.FixHearingDay(hearing_on=on + timedelta(days=30), place="会议室", public=True)


def _deferral(_: Facts, on: date) -> a.Instalment:
    return a.Instalment(party=_PARTY.id, until=on + timedelta(days=100), reason="困难")


def _payment(facts: Facts, _: date) -> a.RecordPayment:
    return a.RecordPayment(
        party=_PARTY.id, amount_fen=facts.draft.payable_fen if facts.draft else 0,
        receipt_number="1", complete=True,
    )  # fmt: skip


_INSPECTION = a.InspectOnSite(
    party=_PARTY.id, place="某地", began_at="9:00", ended_at="10:00", certificate_shown=True,
    rights_told=True, findings="情况",
)  # fmt: skip
_INTERVIEW = a.Interview(
    interviewee="某人", relation="当事人", place="某地", began_at="9:00", ended_at="10:00",
    certificate_shown=True, rights_told=True, questions=(),
)  # fmt: skip
_VOTES = tuple(a.Vote(person=who, agrees=True, opinion="同意") for who in ("负责人", "分管负责人"))

Move = tuple[Act, ...]
MOVES: tuple[Move, ...] = (
    (Act("register_clue", _clue),),
    (_act("verify", a.Verify(findings="属实", facts_suspected=True)),),
    (_act("verify", a.Verify(findings="不实", facts_suspected=False), "no"),),
    (_act("file", a.File(reason="涉嫌违法", handlers=_HANDLERS)),),
    (_act("refuse_filing", _REASON),),
    (_act("investigate", a.Investigate()),),
    (
        _act("inspect_on_site", _INSPECTION),
        _act("interview", _INTERVIEW),
        _act("collect_evidence", a.CollectEvidence(name="照片", kind="", source="", proves="")),
    ),
    (
        _act(
            "register_preservation",
            a.RegisterPreservation(party=_PARTY.id, place="某地", items=(), reason="可能灭失"),
        ),
    ),
    (Act("dispose_preservation", _dispose),),
    (_act("send_for_testing", a.SendForTesting(subject="样品", institution="", purpose="")),),
    (Act("receive_result", _result),),
    (_act("suspend", _REASON),),
    (_act("resume", _REASON),),
    (_act("terminate", _REASON),),
    *(
        (_act("report", a.Report(draft=draft, course="经过"), name),)
        for name, draft in _DRAFTS.items()
    ),
    *(
        (_act("revise_draft", a.ReviseDraft(draft=draft, reason="理由"), name),)
        for name, draft in _DRAFTS.items()
    ),
    (_act("pass_case_review", a.CaseReview(text="同意")),),
    (_act("return_case_review", _REASON),),
    (_act("notify", _SERVE),),
    (_act("renotify", _SERVE),),
    (_act("notify", _BY_NOTICE, "public_notice"),),
    (
        _act(
            "record_defence",
            a.RecordDefence(party=_PARTY.id, text="申辩", reexamination="复核", accepted=False),
        ),
    ),
    (_act("waive_defence", a.WaiveDefence(party=_PARTY.id, statement="放弃")),),
    (_act("request_hearing", a.RequestHearing(party=_PARTY.id, statement="申请")),),
    (
        _act(
            "appoint_host",
            a.AppointHost(host=_PEOPLE["hearing_host"], clerk=_PEOPLE["hearing_clerk"]),
        ),
        _act("hand_papers_to_host", a.HandPapers()),
    ),
    (Act("fix_hearing_day", _hearing_day),),
    (_act("notify_hearing", _SERVE), _act("announce_hearing", _ANNOUNCE)),
    (_act("open_hearing", a.OpenHearing(present="各方")),),
    (_act("close_hearing", a.CloseHearing(record="笔录")),),
    (_act("report_hearing", a.ReportHearing(report="报告", advice="意见")),),
    (_act("end_hearing", a.EndHearing(no_show=True, reason="无故缺席")),),
    (_act("submit_review", a.SubmitReview()),),
    *(
        (_act("give_opinion", a.GiveOpinion(value=value, text="意见"), value),)
        for value in ReviewOpinion
    ),
    (_act("reinvestigate", _REASON),),
    (_act("discuss", a.Discuss(votes=_VOTES, conclusion="同意")),),
    *(
        (_act("decide", a.Decide(outcome=outcome), outcome),)
        for outcome in (Outcome.PENALTY, Outcome.NO_PENALTY_MINOR)
    ),
    (_act("publish_service_notice", _ANNOUNCE),),
    (_act("serve", _SERVE),),
    (_act("serve", _BY_NOTICE, "public_notice"),),
    (_act("record_publication", a.Publish()),),
    (_act("record_withholding", _REASON),),
    (_act("record_withdrawal", _REASON),),
    (Act("record_payment", _payment),),
    (_act("perform", a.Perform(party=_PARTY.id, what="履行", complete=True, by_court=True)),),
    (Act("grant_instalments", _deferral),),
    (_act("record_reconsideration", _REMEDY),),
    (_act("record_suit", _REMEDY),),
    (_act("record_decision_change", _REMEDY),),
    (_act("hand_over", a.HandOver(recipient="公安机关", reason="涉嫌犯罪", suspected_crime=True)),),
    (_act("return_from_transfer", _REASON),),
    (_act("extend_term", a.ExtendTerm(term="T44", count=5, reason="复杂")),),
    (_act("reassign", a.Reassign(handlers=_HANDLERS, reason="变更")),),
    (_act("decide_recusal", a.DecideRecusal(officer=UUID(int=99), reason="无关", granted=False)),),
    (
        _act(
            "link_case", a.LinkCase(kind=LinkKind.RELATED_CASE, reference="2号", authority="本机关")
        ),
    ),
    (_act("close", a.Close(event="履行", summary="结案")),),
    (_act("archive", a.Archive(volume="正卷", pages=1)),),
)
_GATE = {yes: _answers(yes=yes) for yes in (False, True)}
_ASIDE = frozenset(
    {"register_preservation", "send_for_testing", "publish_service_notice", "suspend"}
)


@dataclass(frozen=True, slots=True)
class Theme:
    """What is tried together: everything at once would only multiply the paths."""

    name: str
    drafts: frozenset[str]
    left_out: frozenset[str] = frozenset()
    opinions: frozenset[str] = frozenset(ReviewOpinion)
    yes: bool = True  # whether the gate is answered with a yes as well

    def moves(self, facts: Facts, known: set[str]) -> Iterator[Move]:
        """Yield every move of this theme whose first step the state has."""
        for move in MOVES:
            first = move[0]
            answers = {
                "report": self.drafts, "revise_draft": self.drafts, "give_opinion": self.opinions,
            }.get(first.action, {first.says})  # fmt: skip
            if first.action in known - self.left_out and first.says in answers:
                yield move
        if "answer_gate" in known:
            yield _GATE[False]
            if self.yes:
                yield _GATE[True]


THEMES: tuple[Theme, ...] = (
    Theme("revisions", frozenset({"small", "small_other_facts", "none"}), _ASIDE),
    Theme(
        "hearing",
        frozenset({"large", "large_other_facts"}),
        _ASIDE,
        frozenset({"approve", "correct", "supplement_facts"}),
        yes=False,
    ),
    Theme("aside", frozenset({"small"}), frozenset({"revise_draft", "reinvestigate"})),
)
