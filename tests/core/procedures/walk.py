"""A case that is walked step by step, with people who hold one role each."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhifa.law.calendar import Calendar
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures import definitions, engine
from zhifa.procedures.facts import Circumstances, Context, Facts, OfficerOnDuty, Policy
from zhifa.procedures.model import Procedure, Transition
from zhifa.procedures.values import (
    CaseSource,
    DecisionDraft,
    EvidenceRef,
    GateQuestion,
    Outcome,
    Party,
    PartyKind,
    PenaltyItem,
    PenaltyKind,
    Provision,
    ReviewOpinion,
    ServiceMethod,
)

CALENDAR = Calendar.of()
PROCEDURE = definitions.latest("penalty.ordinary")
DAY = date(2026, 3, 2)  # a Monday


def person(number: int) -> UUID:
    return UUID(int=number)


PEOPLE = {
    "case_handler": person(1),
    "second_handler": person(2),
    "handling_unit_head": person(3),
    "agency_head": person(4),
    "case_reviewer": person(5),
    "legal_reviewer": person(6),
    "hearing_host": person(7),
    "hearing_clerk": person(8),
    "disclosure_publisher": person(9),
    "archivist": person(10),
    "third_handler": person(11),
    "disclosure_reviewer": person(12),
}
ROLE_OF = {who: "case_handler" if who.endswith("handler") else who for who in PEOPLE}
HANDLERS = (PEOPLE["case_handler"], PEOPLE["second_handler"])


def officer(number: UUID, **changes: Any) -> OfficerOnDuty:
    made = OfficerOnDuty(
        id=number,
        name=f"演示{number.int}",
        certificate_number=f"苏F{number.int:06}",
        valid_from=date(2024, 1, 1),
        valid_until=date(2029, 12, 31),
    )
    return replace(made, **changes)


OFFICERS = (*(officer(one) for one in HANDLERS), officer(PEOPLE["third_handler"]))
COMPANY = Party(id=person(101), kind=PartyKind.ORGANISATION, name="演示商贸有限公司")
SHOPKEEPER = Party(id=person(102), kind=PartyKind.PERSON, name="演示甲", born_on=date(1980, 5, 1))
YOUTH = Party(
    id=person(103),
    kind=PartyKind.PERSON,
    name="演示乙",
    born_on=date(2010, 1, 1),
    guardian="演示甲",
)


def draft(amount_fen: int = 500_000, **changes: Any) -> DecisionDraft:
    made = DecisionDraft(
        outcome=Outcome.PENALTY,
        facts_found="当事人销售过期食品",
        evidence=(EvidenceRef(name="现场检查笔录", source="检查", proves="过期食品在售"),),
        violated=(Provision(act="食品安全法", article=34, item=10),),
        basis=(Provision(act="食品安全法", article=124, paragraph=1),),
        discretion_grade="一般",
        discretion_reasons="货值较小",
        penalties=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=amount_fen),),
        reasons="事实清楚，证据确凿",
    )
    return replace(made, **changes)


NO_PENALTY = draft(
    outcome=Outcome.NO_PENALTY_MINOR,
    penalties=(),
    basis=(),
    discretion_reasons="首次、轻微、已改正",
)
MAJOR_FEN = 12_000_000  # 120 000 yuan: in the catalogue, and a right to a hearing


@dataclass
class Walk:
    """A case under way; `take` walks on, `refused` says what forbids a step."""

    procedure: Procedure = PROCEDURE
    policy: Policy = field(default_factory=Policy)
    facts: Facts = field(default_factory=Facts)
    day: date = DAY
    officers: tuple[OfficerOnDuty, ...] = OFFICERS
    events: list[engine.Event] = field(default_factory=list)
    last: Transition | None = None

    @property
    def context(self) -> Context:
        return Context(calendar=CALENDAR, policy=self.policy)

    def circumstances(self, who: str, **changes: Any) -> Circumstances:
        made = Circumstances(
            actor=PEOPLE[who],
            roles=(ROLE_OF[who],),
            officers=self.officers,
            reviewer_qualified=who == "legal_reviewer",
        )
        return replace(made, **changes)

    def take(
        self, action: str, data: Any, who: str, *, after: int = 0, on: date | None = None,
        **circumstances: Any,
    ) -> "Walk":  # fmt: skip
        """Take a step so many days after the last one, or on a day."""
        self.day = on or self.day + timedelta(days=after)
        around = self.circumstances(who, **circumstances)
        self.last = engine.advance(
            self.procedure, self.facts, action, data, circumstances=around,
            context=self.context, on=self.day, today=self.day,
        )  # fmt: skip
        self.facts = self.last.facts
        self.events.append(
            engine.Event(
                sequence=self.facts.sequence, action=action, on=self.day, data=data,
                circumstances=around, policy=self.policy,
                calendar=engine.calendar_key(CALENDAR),
            )
        )  # fmt: skip
        return self

    def why(
        self, action: str, data: Any, who: str, *, after: int = 0, on: date | None = None,
        **circumstances: Any,
    ) -> tuple[Violation, ...]:  # fmt: skip
        """Return what forbids a step."""
        return engine.blockers(
            self.procedure, self.facts, action, data=data,
            circumstances=self.circumstances(who, **circumstances), context=self.context,
            on=on or self.day + timedelta(days=after),
        )  # fmt: skip

    def refused(self, action: str, data: Any, who: str, **more: Any) -> set[str]:
        """Return the codes of what forbids a step."""
        return {violation.code for violation in self.why(action, data, who, **more)}

    def replayed(self) -> Facts:
        return engine.replay(self.procedure, self.events, calendar_of=lambda _: CALENDAR)


# --- data of the steps ---------------------------------------------------------------------


def clue(*parties: Party, **changes: Any) -> a.RegisterClue:
    made = a.RegisterClue(
        title="销售过期食品",
        source=CaseSource.INSPECTION,
        summary="检查时发现",
        place="海门区演示路1号",
        discovered_on=DAY,
        offence_ended_on=DAY,
        parties=parties or (COMPANY,),
    )
    return replace(made, **changes)


def inspection(**changes: Any) -> a.InspectOnSite:
    made = a.InspectOnSite(
        party=COMPANY.id, place="店内", began_at="10:20", ended_at="11:00",
        certificate_shown=True, rights_told=True, findings="货架上有过期食品",
    )  # fmt: skip
    return replace(made, **changes)


def interview(**changes: Any) -> a.Interview:
    made = a.Interview(
        interviewee="演示丙", relation="经营者", place="办公室", began_at="14:00", ended_at="15:00",
        certificate_shown=True, rights_told=True,
        questions=(a.Question(question="何时进货？", answer="一月"),),
    )  # fmt: skip
    return replace(made, **changes)


def served(party: Party = COMPANY, **changes: Any) -> a.ServeParty:
    made = a.ServeParty(party=party.id, method=ServiceMethod.DIRECT, receiver=party.name)
    return replace(made, **changes)


EVIDENCE = a.CollectEvidence(name="照片", kind="documentary", source="现场", proves="在售")
REASON = a.Reasoned(reason="需要等待")
DISCUSSION = a.Discuss(
    votes=(
        a.Vote(person="演示丁", agrees=True, opinion="同意"),
        a.Vote(person="演示戊", agrees=True, opinion="同意"),
    ),
    conclusion="同意处罚",
)
APPROVE = a.GiveOpinion(value=ReviewOpinion.APPROVE, text="")


# --- stretches of the road -----------------------------------------------------------------


def filed(walk: Walk | None = None, *parties: Party) -> Walk:
    walk = walk or Walk()
    walk.take("register_clue", clue(*parties), "case_handler")
    walk.take("verify", a.Verify(findings="属实", facts_suspected=True), "case_handler", after=1)
    return walk.take("file", a.File(reason="涉嫌违法", handlers=HANDLERS), "agency_head", after=1)


def investigating(walk: Walk | None = None, *parties: Party) -> Walk:
    return filed(walk, *parties).take("investigate", a.Investigate(), "handling_unit_head")


def answered(walk: Walk, *, yes: frozenset[GateQuestion] = frozenset()) -> Walk:
    for question in GateQuestion:
        for who in ("case_handler", "handling_unit_head"):
            answer = a.AnswerGate(question=question, yes=question in yes, reason="依据案情")
            walk.take("answer_gate", answer, who)
    return walk


def reportable(walk: Walk | None = None, *parties: Party) -> Walk:
    walk = investigating(walk, *parties)
    party = parties[0].id if parties else COMPANY.id
    walk.take("inspect_on_site", inspection(party=party), "case_handler")
    walk.take("interview", interview(), "case_handler")
    walk.take("collect_evidence", EVIDENCE, "second_handler")
    return answered(walk)


def reported(
    proposal: DecisionDraft | None = None, walk: Walk | None = None, *parties: Party
) -> Walk:
    return reportable(walk, *parties).take(
        "report", a.Report(draft=proposal or draft(), course="依法调查"), "case_handler", after=1
    )


def noticed(
    proposal: DecisionDraft | None = None, walk: Walk | None = None, *parties: Party
) -> Walk:
    walk = reported(proposal, walk, *parties)
    if not walk.facts.is_major:
        walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    elif walk.policy.review_first:
        passed(walk)
    for party in walk.facts.parties:
        walk.take("notify", served(party), "agency_head")
    return walk


def passed(walk: Walk) -> Walk:
    walk.take("submit_review", a.SubmitReview(), "case_handler")
    return walk.take("give_opinion", APPROVE, "legal_reviewer")


def requested(walk: Walk, party: Party = COMPANY) -> Walk:
    return walk.take(
        "request_hearing", a.RequestHearing(party=party.id, statement="要求听证"), "case_handler"
    )


def prepared(walk: Walk) -> Walk:
    """Everything up to the morning of the hearing."""
    walk.take(
        "appoint_host",
        a.AppointHost(host=PEOPLE["hearing_host"], clerk=PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    walk.take("hand_papers_to_host", a.HandPapers(), "case_handler")
    fixed = a.FixHearingDay(
        hearing_on=walk.day + timedelta(days=21), place="三楼会议室", public=True
    )
    walk.take("fix_hearing_day", fixed, "case_handler")
    assert walk.facts.hearing
    for asker in walk.facts.hearing.askers:
        told = walk.facts.party(asker)
        assert told
        walk.take("notify_hearing", served(told), "case_handler")
    announcement = a.Announce(medium="公告栏", text="公开听证")
    return walk.take("announce_hearing", announcement, "case_handler")


def heard(walk: Walk) -> Walk:
    prepared(walk)
    assert walk.facts.hearing
    walk.take(
        "open_hearing", a.OpenHearing(present="各方"), "hearing_host",
        on=walk.facts.hearing.hearing_on,
    )  # fmt: skip
    walk.take("close_hearing", a.CloseHearing(record="双方陈述"), "hearing_host")
    return walk.take("report_hearing", a.ReportHearing(report="略", advice="维持"), "hearing_host")


def decided(walk: Walk) -> Walk:
    assert walk.facts.draft
    return walk.take("decide", a.Decide(outcome=walk.facts.draft.outcome), "agency_head")


def small_decided() -> Walk:
    walk = noticed()
    walk.day += timedelta(days=10)
    return decided(walk)


def all_served(walk: Walk) -> Walk:
    for party in walk.facts.parties:
        walk.take("serve", served(party), "case_handler")
    return walk


def pay(amount_fen: int = 500_000, *, complete: bool = True) -> a.RecordPayment:
    return a.RecordPayment(
        party=COMPANY.id, amount_fen=amount_fen, receipt_number="演示1", complete=complete
    )


Stretch = Callable[[], Walk]
