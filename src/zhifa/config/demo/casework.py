"""Taking a demo case through its procedure, each step by the person whose step it is (演示办案).

Stories are generators: they act, and yield the instant at which they want to go on; `telling.run` moves the
clock from one to the next, so that nothing is ever dated back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import prefill, selectors, services
from zhifa.cases.services import Attachment
from zhifa.cases.writing import Done
from zhifa.config.demo.matters import Matter
from zhifa.config.demo.pictures import photograph
from zhifa.evidence import services as evidence
from zhifa.evidence.rules import EvidenceKind, Particulars
from zhifa.law.actors import ActorId
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Context, Facts, Policy
from zhifa.procedures.values import (
    DecisionDraft,
    GateQuestion,
    Outcome,
    Party,
    ReviewContent,
    ReviewOpinion,
    ServiceMethod,
)
from zhifa.registry import selectors as registry
from zhifa.review.rules import Check

MORNING = time(9, 30)
Story = Iterator[datetime]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who does what in one office."""

    body: UUID
    unit: UUID
    officers: tuple[ActorId, ActorId]
    unit_head: ActorId
    head: ActorId
    case_reviewer: ActorId
    legal_reviewer: ActorId
    host: ActorId
    clerk: ActorId
    archivist: ActorId
    publisher: ActorId
    officer_names: tuple[str, str] = ("", "")


@dataclass(slots=True)
class Casework:
    """One case, and who works on it."""

    desk: Desk
    matter: Matter
    item: UUID
    is_demo: bool = True
    ends_on: date | None = None  # the day on which all stories stop: today, by the real clock
    case_id: UUID = field(default_factory=uuid4)
    number: str = ""

    # --- the clock -------------------------------------------------------------------------

    def on_working_day(self, days: int, at: time = MORNING) -> datetime:
        """Return the instant on the first working day at least `days` days from today."""
        return moment(next_working_day(clock.today() + timedelta(days=days)), at)

    def day_after(self, *keys: str) -> datetime:
        """Return the morning of the first working day on which none of these terms runs any more."""
        ends = [term.due_on for term in self.facts.running() if term.key in keys and term.due_on]
        first = max([clock.today(), *ends]) + timedelta(days=1)
        return moment(next_working_day(first), MORNING)

    # --- steps -----------------------------------------------------------------------------

    @property
    def facts(self) -> Facts:
        """Return the facts as they stand."""
        with acting(self.desk.head, on=clock.today()):
            return selectors.case(self.case_id).facts

    @property
    def version(self) -> int:
        """Return the version that whoever acts now has before him."""
        return self.facts.sequence

    @property
    def party(self) -> Party:
        """Return the party, or the first of them."""
        return self.matter.parties[0]

    def open(self) -> Done:
        """Register the clue."""
        actor, on = self.desk.officers[0], clock.today()
        data = self.matter.clue(on, self.item)
        with acting(actor, on=on):
            done = services.open_case(
                case_id=self.case_id, body_id=self.desk.body, unit_id=self.desk.unit, data=data,
                actor=actor, on=on, at=clock.now(), is_demo=self.is_demo,
            )  # fmt: skip
        return self._took(done)

    def step(
        self, action: str, data: Any, *, by: ActorId, attachments: tuple[Attachment, ...] = ()
    ) -> Done:
        """Take a step today, on the version of the case as it stands."""
        on, seen = clock.today(), self.version
        with acting(by, on=on):
            done = services.take_step(
                case_id=self.case_id, action=action, data=data, actor=by, on=on, at=clock.now(),
                seen=seen, attachments=attachments,
            )  # fmt: skip
        return self._took(done)

    def opinion(
        self, value: ReviewOpinion, text: str, failing: ReviewContent | None = None
    ) -> Done:
        """Give the legal review's opinion with its seven findings."""
        on, seen = clock.today(), self.version
        checks = tuple(
            Check(content, content is not failing, text if content is failing else "")
            for content in ReviewContent
        )
        with acting(self.desk.legal_reviewer, on=on):
            done = services.give_opinion(
                case_id=self.case_id, value=value, checks=checks, text=text,
                actor=self.desk.legal_reviewer, on=on, at=clock.now(), seen=seen,
            )  # fmt: skip
        return self._took(done)

    def verify(self, *, suspected: bool = True) -> Done:
        return self.step(
            "verify",
            a.Verify(findings=self.matter.verified, facts_suspected=suspected),
            by=self.desk.officers[0],
        )

    def file(self) -> Done:
        data = a.File(
            reason="有初步证据证明存在涉嫌违法行为，属于本机关管辖，建议立案",
            handlers=self.desk.officers,
            violated=(self.matter.violated,),
        )
        return self.step("file", data, by=self.desk.head)

    def investigate(self) -> Done:
        return self.step(
            "investigate",
            a.Investigate(plan="现场检查、询问经营者、调取单据"),
            by=self.desk.unit_head,
        )

    def inspect(self) -> Done:
        data = a.InspectOnSite(
            party=self.party.id,
            place=self.matter.place,
            began_at="10:00",
            ended_at="10:50",
            certificate_shown=True,
            rights_told=True,
            findings=self.matter.seen,
            present=self.matter.present,
        )
        picture = self._file("现场照片（演示）", EvidenceKind.AUDIOVISUAL, "现场照片.jpg")
        return self.step("inspect_on_site", data, by=self.desk.officers[0], attachments=(picture,))

    def interview(self) -> Done:
        data = a.Interview(
            interviewee=self.party.representative or self.party.name,
            relation="经营者",
            place="本机关询问室",
            began_at="14:30",
            ended_at="15:20",
            certificate_shown=True,
            rights_told=True,
            questions=tuple(
                a.Question(question=question, answer=answer)
                for question, answer in self.matter.questions
            ),
        )
        return self.step("interview", data, by=self.desk.officers[0])

    def collect(self) -> Done:
        name, source, proves = self.matter.paper
        data = a.CollectEvidence(
            name=name, kind=EvidenceKind.DOCUMENTARY.value, source=source, proves=proves, pages=2
        )
        scan = self._file(name, EvidenceKind.DOCUMENTARY, "单据扫描件.jpg")
        return self.step("collect_evidence", data, by=self.desk.officers[1], attachments=(scan,))

    def answer_gate(self, *, complex_case: bool = False) -> None:
        for by in (self.desk.officers[0], self.desk.unit_head):
            for question in GateQuestion:
                yes = complex_case and question is GateQuestion.COMPLEX
                reason = "涉及多个法律关系，认定意见不一" if yes else self.matter.gate_reason
                self.step(
                    "answer_gate", a.AnswerGate(question=question, yes=yes, reason=reason), by=by
                )

    def report(self) -> Done:
        data = a.Report(draft=self.draft(), course=self.matter.course)
        return self.step("report", data, by=self.desk.officers[0])

    def draft(self, **change: Any) -> DecisionDraft:
        """Return what the matter proposes, resting on the evidence of the case."""
        with acting(self.desk.head, on=clock.today()):
            refs = prefill.evidence_refs(self.case_id, selectors.timeline(self.case_id))
        return replace(self.matter.draft, evidence=refs, **change)

    def pass_case_review(self) -> Done:
        data = a.CaseReview(text="事实清楚，证据充分，定性准确，程序合法，同意承办机构意见。")
        return self.step("pass_case_review", data, by=self.desk.case_reviewer)

    def notify(self, action: str = "notify") -> None:
        for party in self.matter.parties:
            self.step(action, self._served(party), by=self.desk.head)

    def defend(self) -> Done:
        data = a.RecordDefence(
            party=self.party.id,
            text=self.matter.defence,
            reexamination=self.matter.defence_answer,
            accepted=False,
            place="本机关",
            began_at="09:30",
            ended_at="10:00",
        )
        return self.step("record_defence", data, by=self.desk.officers[0])

    def request_hearing(self) -> Done:
        data = a.RequestHearing(party=self.party.id, statement="对拟作出的处罚有异议，申请听证。")
        return self.step("request_hearing", data, by=self.desk.officers[0])

    def prepare_hearing(self, not_before: date | None = None) -> date:
        """Appoint the host, hand over the papers, fix and announce the day; return the day."""
        host = a.AppointHost(host=self.desk.host, clerk=self.desk.clerk)
        self.step("appoint_host", host, by=self.desk.head)
        self.step("hand_papers_to_host", a.HandPapers(note="案卷一册"), by=self.desk.officers[0])
        context = Context(calendar=registry.calendar(), policy=Policy())
        on = prefill.earliest_hearing(context, clock.today()) or clock.today()
        if not_before is not None:
            on = max(on, next_working_day(not_before))
        fixed = a.FixHearingDay(hearing_on=on, place="本机关听证室", public=True, begins_at="09:30")
        self.step("fix_hearing_day", fixed, by=self.desk.officers[0])
        for party in self.matter.parties:
            self.step("notify_hearing", self._served(party), by=self.desk.officers[0])
        announced = a.Announce(medium="本机关公告栏", text="听证公告：案由、时间、地点如上。")
        self.step("announce_hearing", announced, by=self.desk.officers[0])
        return on

    def open_hearing(self) -> Done:
        present = "当事人法定代表人及委托代理人一人，案件调查人员二人，记录员一人"
        return self.step("open_hearing", a.OpenHearing(present=present), by=self.desk.host)

    def hold_hearing(self) -> None:
        """Open the hearing, keep its record and report on it, all on one day."""
        self.open_hearing()
        record = a.CloseHearing(record=self.matter.hearing, began_at="09:30", ended_at="11:10")
        self.step("close_hearing", record, by=self.desk.host)
        report = a.ReportHearing(
            report="听证程序合法；当事人对违法事实没有异议，对处罚幅度提出异议。",
            advice="建议维持拟处理意见。",
        )
        self.step("report_hearing", report, by=self.desk.host)

    def submit_review(self) -> Done:
        return self.step(
            "submit_review", a.SubmitReview(note="材料齐备，请予审核"), by=self.desk.officers[0]
        )

    def discuss(self) -> Done:
        votes = (
            a.Vote(
                person=self.matter.heads[0], agrees=True, opinion="同意承办机构意见", post="局长"
            ),
            a.Vote(
                person=self.matter.heads[1], agrees=True, opinion="裁量适当，同意", post="副局长"
            ),
            a.Vote(
                person=self.matter.heads[2], agrees=True, opinion="程序合法，同意", post="副局长"
            ),
        )
        data = a.Discuss(
            votes=votes, conclusion="同意按拟处理意见作出决定。", place="本机关会议室",
            began_at="15:00", ended_at="15:40",
        )  # fmt: skip
        return self.step("discuss", data, by=self.desk.head)

    def decide(self, outcome: Outcome | None = None) -> Done:
        data = a.Decide(outcome=outcome or self.matter.draft.outcome, remark="同意")
        return self.step("decide", data, by=self.desk.head)

    def serve(self) -> None:
        for party in self.matter.parties:
            self.step("serve", self._served(party), by=self.desk.officers[0])

    def pay(self) -> Done:
        amount = self.matter.draft.amount_fen
        data = a.RecordPayment(
            party=self.party.id, amount_fen=amount, receipt_number="YS3206140001", complete=True
        )
        return self.step("record_payment", data, by=self.desk.officers[0])

    def perform(self) -> Done:
        """Record that what is not money was performed: confiscated goods were handed over."""
        what = "；".join(item.detail for item in self.matter.draft.penalties if item.detail)
        data = a.Perform(party=self.party.id, what=what, complete=True)
        return self.step("perform", data, by=self.desk.officers[0])

    def close(self) -> Done:
        data = a.Close(event="处理决定履行完毕", summary="案件办理完毕，建议结案归档。")
        return self.step("close", data, by=self.desk.head)

    def archive(self) -> Done:
        return self.step("archive", a.Archive(volume="正卷一册", pages=36), by=self.desk.archivist)

    def reasoned(self, action: str, reason: str) -> Done:
        """Take a step of the head that carries nothing but its reason."""
        return self.step(action, a.Reasoned(reason=reason), by=self.desk.head)

    # --- parts -----------------------------------------------------------------------------

    def _served(self, party: Party) -> a.ServeParty:
        receiver = party.guardian or party.representative or party.name
        return a.ServeParty(
            party=party.id, method=ServiceMethod.DIRECT, receiver=receiver, place="本机关",
            time="10:20", relation="监护人" if party.guardian else "",
        )  # fmt: skip

    def _file(self, name: str, kind: EvidenceKind, file_name: str) -> Attachment:
        content = photograph(f"{self.number} {name}", taken_at=clock.now())
        deposit = evidence.deposit(BytesIO(content), file_name=file_name)
        said = Particulars(
            kind=kind, name=name, source=self.matter.place, obtained_on=clock.today(),
            obtained_by=self.desk.officers, place=self.matter.place,
        )  # fmt: skip
        return Attachment(deposit, said)

    def _took(self, done: Done) -> Done:
        self.number = done.number
        return done


def next_working_day(day: date) -> date:
    """Return that day, or the first working day after it."""
    calendar = registry.calendar()
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """Return that day, or the last working day before it."""
    calendar = registry.calendar()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def moment(day: date, at: time) -> datetime:
    """Return an instant by Beijing time."""
    return datetime.combine(day, at, tzinfo=clock.BEIJING)
