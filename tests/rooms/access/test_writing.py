"""Who only reads, or sees nothing, writes nothing: with everything filled in as it should be (越权办理).

Each step of the ordinary procedure is tried, in a state in which it can be taken, by people who may
not take it, with the very form that its own person sends and that is taken from him (APL art. 42,
57, 58; design.md section 4, Access).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import build
from tests.rooms.access.drawn import sent
from tests.rooms.access.test_access import undone
from tests.rooms.access.world import people_of
from tests.rooms.cases.work import casework, large, small, told
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import prefill, selectors
from zhifa.cases.stepping import stepping
from zhifa.config.demo import stories
from zhifa.config.demo.casework import Casework
from zhifa.law.actors import ActorId
from zhifa.procedures import actions as a
from zhifa.procedures import corrections, definitions
from zhifa.procedures.values import LinkKind, PreservationDisposal, ReviewContent, ServiceMethod

pytestmark = pytest.mark.django_db
REASON = "越权尝试"
# Who may take no step of the case. The leader of the body reads it and is told what is missing; for all
# others there is nothing that they could write on, those of the supervising body too.
LEADER = "leader"
OUTSIDERS = (
    LEADER, "supervisor", "office_leader", "stranger", "other_unit_head", "past_head", "administrator",
    "security_administrator", "audit_administrator",
)  # fmt: skip
COUNTED = (
    "journal_entry", "documents_document", "evidence_item", "review_submission", "review_reviewpass",
    "cases_caseterm", "cases_decision", "disclosure_publication",
)  # fmt: skip


@dataclass(slots=True)
class Tried(Casework):
    """A case of which each step is first tried by everybody who may not take it."""

    people: dict[str, ActorId] = field(default_factory=dict)
    clients: dict[ActorId, Client] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    beside: "dict[str, list[Chain]]" = field(default_factory=dict)

    def step(self, action: str, data: Any, *, by: ActorId, attachments: Any = ()) -> Any:
        self.others_try(action, data, by)
        done = Casework.step(self, action, data, by=by, attachments=attachments)
        for chain in self.beside.pop(self.facts.state, []):
            with undone():
                for action, make, actor in chain:
                    data = make(self)
                    self.others_try(action, data, actor(self))
                    Casework.step(self, action, data, by=actor(self))
        return done

    def opinion(self, value: Any, text: str, failing: Any = None) -> Any:
        self.others_give_opinion(value, text, failing)
        return Casework.opinion(self, value, text, failing)

    def others_try(self, action: str, data: Any, by: ActorId) -> None:
        """Let the form of a step be sent by everybody who may not, then by whose step it is."""
        if action in self.tried:
            return
        self.tried.add(action)
        with acting(by, on=clock.today()):
            form = sent(stepping(self.case_id, action, actor=by, on=clock.today()), data)
        self.refused(reverse("cases:step", args=(self.case_id, action)), form)
        with undone():
            path = reverse("cases:step", args=(self.case_id, action))
            answer = self.client(by).post(path, form)
        assert answer.status_code == 302, (action, answer.content.decode())

    def others_give_opinion(self, value: Any, text: str, failing: Any) -> None:
        self.tried.add("give_opinion")
        form = {"seen": self.version, "happened_on": clock.today(), "value": value, "text": text}
        for one in ReviewContent:
            form |= {f"{one}_holds": "no" if one is failing else "yes",
                     f"{one}_note": text if one is failing else ""}  # fmt: skip
        path = reverse("cases:opinion", args=(self.case_id,))
        self.refused(path, form, leader=404)
        with undone():
            assert self.client(self.desk.legal_reviewer).post(path, form).status_code == 302

    def refused(self, path: str, form: Any, *, leader: int = 409) -> None:
        """Let everybody who may not send a form; what they get, and that nothing was written."""
        before = self.written()
        wrong = []
        for who in OUTSIDERS:
            answer = self.client(self.people[who]).post(path, form)
            expected = leader if who == LEADER else 404
            if answer.status_code != expected or self.written() != before:
                wrong.append((who, answer.status_code))
        assert wrong == [], path

    def written(self) -> tuple[int, ...]:
        """Return how much stands there: the versions of the cases, and rows of each table."""
        return written(self.desk.head)

    def client(self, person: ActorId) -> Client:
        if person not in self.clients:
            self.clients[person] = sign_in(person)
        return self.clients[person]


Chain = tuple[tuple[str, Callable[[Tried], Any], Callable[[Tried], ActorId]], ...]


def written(head: ActorId) -> tuple[int, ...]:
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in COUNTED)
    with acting(head, on=clock.today()), connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT sum(version) FROM cases_case), {counts}")
        return cursor.fetchone()


def handler(work: Tried) -> ActorId:
    return work.desk.officers[0]


def head(work: Tried) -> ActorId:
    return work.desk.head


def host(work: Tried) -> ActorId:
    return work.desk.host


def publisher(work: Tried) -> ActorId:
    return work.desk.publisher


def reviewer(work: Tried) -> ActorId:
    return work.desk.case_reviewer


def reasoned(work: Tried) -> a.Reasoned:
    return a.Reasoned(reason=REASON)


def preserved(work: Tried) -> a.RegisterPreservation:
    goods = a.PreservedItem(name="涉案商品", quantity="12袋")
    return a.RegisterPreservation(
        party=work.party.id, place=work.matter.place, items=(goods,), reason=REASON
    )


def disposed(work: Tried) -> a.DisposePreservation:
    return a.DisposePreservation(
        preservation=work.version, disposal=PreservationDisposal.RELEASE, reason=REASON
    )


def revised(work: Tried) -> a.ReviseDraft:
    with acting(head(work), on=clock.today()):
        draft = selectors.case(work.case_id).facts.draft
        refs = prefill.evidence_refs(work.case_id, selectors.timeline(work.case_id))
    return a.ReviseDraft(draft=replace(draft, evidence=refs, reasons=REASON), reason=REASON)


def restated(work: Tried) -> a.ReviseDraft:
    said = revised(work)
    return replace(said, draft=replace(said.draft, facts_found=REASON))


def told_anew(work: Tried) -> a.ServeParty:
    return a.ServeParty(
        party=work.party.id, method=ServiceMethod.DIRECT, receiver=work.party.name, place="店内",
        time="10:20",
    )  # fmt: skip


def remedy(work: Tried) -> a.Remedy:
    return a.Remedy(party=work.party.id, authority="海门区人民政府", note=REASON)


def handed_over(work: Tried) -> a.HandOver:
    return a.HandOver(recipient="海门区城市管理局", reason=REASON)


def reassigned(work: Tried) -> a.Reassign:
    return a.Reassign(handlers=work.desk.officers, reason=REASON)


def extended(work: Tried) -> a.ExtendTerm:
    return a.ExtendTerm(term="T44", count=15, reason=REASON)


def recusal(work: Tried) -> a.DecideRecusal:
    return a.DecideRecusal(officer=work.desk.officers[1], reason=REASON, granted=False)


def linked(work: Tried) -> a.LinkCase:
    return a.LinkCase(
        kind=LinkKind.COERCIVE_MEASURE, reference="海市监强〔2026〕1号", authority="本机关"
    )


# Steps that the stories do not take, by a state in which they can be; what follows needs what goes before.
BESIDE: dict[str, list[Chain]] = {
    "verified": [(("refuse_filing", reasoned, head),), (("extend_term", extended, head),)],
    "investigating": [
        (("send_for_testing", lambda work: a.SendForTesting(
            subject="样品", institution="检测院", purpose=REASON), handler),
         ("receive_result", lambda work: a.ReceiveResult(
             testing=work.version, result=REASON), handler)),
        (("register_preservation", preserved, head), ("dispose_preservation", disposed, head)),
        (("suspend", reasoned, head), ("resume", reasoned, head)),
        (("terminate", reasoned, head),),
        (("hand_over", handed_over, head), ("return_from_transfer", reasoned, head)),
        (("reassign", reassigned, head), ("decide_recusal", recusal, head)),
        (("link_case", linked, handler),),
    ],
    "investigated": [(("return_case_review", reasoned, reviewer),)],
    "case_reviewed": [(("revise_draft", revised, handler),), (("reinvestigate", reasoned, head),)],
    "noticed": [
        (("waive_defence", lambda work: a.WaiveDefence(
            party=work.party.id, statement="放弃陈述申辩"), handler),),
        (
            ("revise_draft", restated, handler),
            ("renotify", told_anew, head),
        ),
        (("publish_service_notice", lambda work: a.Announce(
            medium="本机关公告栏", text=REASON), handler),),
    ],
    "hearing": [(("end_hearing", lambda work: a.EndHearing(no_show=True, reason=REASON), host),)],
    "served": [
        (("record_publication", lambda work: a.Publish(reference="/1"), publisher),
         ("record_withdrawal", reasoned, publisher)),
        (("grant_instalments", lambda work: a.Instalment(
            party=work.party.id, until=clock.today() + timedelta(days=60), reason=REASON), head),),
        (("record_reconsideration", remedy, handler), ("record_suit", remedy, handler),
         ("record_decision_change", remedy, handler)),
        (("record_withholding", reasoned, publisher),),
    ],
}  # fmt: skip


# Opening a case and correcting an entry have pages of their own, tried elsewhere.
ELSEWHERE = {"register_clue", *corrections.ACTIONS}


def test_nobody_takes_a_step_that_is_not_his_whatever_he_fills_in():
    city = build.city()
    people, clients = people_of(city), {}
    tried: set[str] = set()
    small_beside = {"case_reviewed": BESIDE["case_reviewed"]}
    for matter, story, beside in (
        (large(), stories.major_closed, dict(BESIDE)),
        (small(), stories.to_archived, small_beside),
    ):
        plain = casework(city, matter)
        work = Tried(
            plain.desk, plain.matter, plain.item, people=people, clients=clients, tried=tried,
            beside=beside,
        )  # fmt: skip
        told(work, story)

    procedure = definitions.latest("penalty.ordinary")
    assert {step.action for step in procedure.steps} - tried == ELSEWHERE
