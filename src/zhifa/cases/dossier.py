"""Everything the page of a case shows (案件页), gathered once: frozen values, a known number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.accounts import selectors as people
from zhifa.cases import (
    drafts,
    entries,
    explaining,
    prefill,
    progress,
    rules,
    selectors,
    serving,
    wording,
)
from zhifa.cases.collected import EvidenceShown, collected
from zhifa.cases.explaining import TermShown
from zhifa.cases.progress import Milestone
from zhifa.cases.remedies import Missing, is_mine, missing, past
from zhifa.cases.selectors import CaseView, StepChoice, TimelineEntry
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import MadeDocument
from zhifa.documents.values import SIGNED_BY_PARTY, TYPES
from zhifa.evidence import selectors as evidence
from zhifa.evidence.selectors import Item
from zhifa.law.actors import ActorId
from zhifa.law.errors import Violation
from zhifa.law.identifiers import masked
from zhifa.procedures import corrections, engine
from zhifa.procedures.cautions import cautions
from zhifa.procedures.facts import CorrectionAsked, Facts, Linked
from zhifa.procedures.guards.acting import PERSONAL
from zhifa.procedures.values import LinkKind, Party, PartyKind
from zhifa.procedures.wording import REVIEW_CONTENTS, finding_words
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role
from zhifa.registry.selectors import Standing
from zhifa.review import selectors as reviews
from zhifa.review.selectors import GivenOpinion, Pass

# Who works on the case sees the numbers of its parties whole; others see them masked (people.md).
_CIRCLE = frozenset(
    {
        Role.HANDLING_UNIT_HEAD.value, Role.AGENCY_HEAD.value, Role.CASE_REVIEWER.value,
        Role.LEGAL_REVIEWER.value, Role.HEARING_HOST.value, Role.HEARING_CLERK.value,
        Role.ARCHIVIST.value,
    }
)  # fmt: skip
# The part of a step's data that says most about it, first found first shown.
_TELLING = (
    "findings", "reason", "summary", "conclusion", "text", "result", "statement", "record",
    "report", "advice", "remark", "what", "note", "event", "purpose", "plan", "name", "reasons",
    "receiver", "signer", "basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The step the law expects next, and what stands against it."""

    choice: StepChoice
    roles: tuple[str, ...]  # codes
    from_on: date | None  # the first day it can be taken
    missing: tuple[Missing, ...]
    mine: bool  # the person may take it, once nothing is missing
    hint: str
    why: tuple[str, ...]  # where the state alone does not say it


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """The other steps that the state knows, by the part of the work they belong to."""

    title: str
    steps: tuple[StepChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStep:
    """A step of the state that this person cannot take any more, or not in this case, and why."""

    action: str
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyShown:
    """A party with its number as this person may see it."""

    party: Party
    kind: str
    number: str
    phone: str
    is_person: bool
    is_minor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """A document and the scan of its signed paper."""

    paper: MadeDocument
    wants_signature: bool
    scan: Item | None
    to_serve: bool  # a notice of correction that has not reached every party
    outdated: bool  # made by a step that was corrected since


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """One entry of the record in words."""

    entry: TimelineEntry
    text: str
    struck: bool
    correctable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionShown:
    """One opinion of the legal review, with the pass it gave."""

    opinion: GivenOpinion
    reviewer: str
    words: str
    failing: tuple[tuple[str, str], ...]  # content and note
    granted: Pass | None
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierShown:
    """The page of a case."""

    case: CaseView
    facts: Facts
    stand: Standing
    body_name: str
    unit_name: str
    handlers: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    next: NextStep | None
    cautions: tuple[Violation, ...]
    additional: str  # the additional fine in words; empty: none
    linked: tuple[tuple[str, Linked], ...]  # what kind of case, in words
    mine: tuple[Phase, ...]
    others: tuple[Phase, ...]
    past: tuple[PastStep, ...]
    terms: tuple[TermShown, ...]
    asked: tuple[CorrectionAsked, ...]  # corrections that wait for a head
    findings: tuple[str, ...]  # what corrections showed to have been broken
    parties: tuple[PartyShown, ...]
    papers: tuple[PaperShown, ...]
    evidence: tuple[EvidenceShown, ...]
    record: tuple[EntryShown, ...]
    opinions: tuple[OpinionShown, ...]
    review_open: bool
    draft: tuple[drafts.Line, ...]
    grounds: tuple[str, ...]
    people: Mapping[UUID, str]
    handles: bool  # the person is one of the case's handlers

    @property
    def field(self) -> str:
        """Return the department's rule the body is under, by its key; empty: none."""
        return self.stand.policy.field

    @property
    def will_be_major(self) -> bool:
        """Whether an answer makes the decision major once it is proposed: APL art. 58(1)."""
        return any(answer.yes for answer in self.facts.gate_answers)

    @property
    def headline(self) -> str:
        """Return number, procedure, office, handlers and filing in one line."""
        facts = self.facts
        began = f"立案 {facts.filed_on}" if facts.filed_on else f"登记 {self.case.opened_on}"
        handlers = "、".join(self.handlers) or "未指派"
        office = f"{self.body_name} {self.unit_name}".strip()
        return f"{self.case.procedure.name} · {office} · 承办人 {handlers} · {began}"

    @property
    def nearest(self) -> tuple[TermShown, ...]:
        """Return the two running terms that end first."""
        ending = [
            one
            for one in self.terms
            if one.running and one.due_on and not one.earliest and not one.lapsed
        ]
        return tuple(ending[:2])


def dossier(case_id: UUID, *, actor: ActorId, on: date) -> DossierShown:
    """Return everything the page of a case shows; about fifteen queries, however long the record.

    Raises NotFound, also when the case is out of scope.
    """
    found = selectors.case_for(case_id, actor=actor, on=on)
    facts = found.facts
    stand = selectors.case_standing(found, actor=actor, on=on)
    record = selectors.timeline(case_id)
    choices = selectors.choices(found, stand, on=on)
    papers = documents.documents_of(case_id)
    items = evidence.items(case_id)
    opinions, passes = reviews.opinions(case_id), reviews.passes(case_id)
    names = people.names(facts.ever_handled_by | _reviewers(opinions))
    circle = in_circle(facts, stand, actor)
    return DossierShown(
        case=found,
        facts=facts,
        stand=stand,
        body_name=registry.body(found.body_id).name,
        unit_name=_unit_name(found),
        handlers=tuple(names.get(one, "") for one in facts.handlers),
        milestones=tuple(progress.milestones(facts, stand.context)),
        next=_next(found, choices, stand, on=on),
        cautions=cautions(facts),
        additional=wording.additional_fines_words(facts, on),
        linked=tuple((wording.enum_words(one.kind), one) for one in facts.linked),
        mine=_phases(choices, found.awaits_action, mine=True),
        others=_phases(choices, found.awaits_action, mine=False),
        past=tuple(
            PastStep(action=one.action, violations=past(one))
            for one in choices
            if is_mine(one) and past(one) and one.action != found.awaits_action
        ),
        terms=tuple(explaining.shown(facts, stand.context, on=on)),
        asked=facts.corrections_asked,
        findings=tuple(map(finding_words, facts.findings)),
        parties=tuple(_party(one, circle=circle, on=on) for one in facts.parties),
        papers=_papers(papers, items, facts, record),
        evidence=collected(record, items),
        record=_record(found, record, choices, stand.roles),
        opinions=tuple(_opinion(one, passes, names, facts) for one in opinions),
        review_open=facts.review_open,
        draft=tuple(drafts.lines(facts.draft, facts.parties)) if facts.draft else (),
        grounds=tuple(wording.enum_words(ground) for ground in facts.grounds),
        people=names,
        handles=actor in facts.handlers,
    )


def in_circle(facts: Facts, stand: Standing, actor: ActorId) -> bool:
    """Whether the person works on the case, and so sees the numbers of its parties whole."""
    return actor in facts.ever_handled_by or bool(_CIRCLE & set(stand.roles))


def _unit_name(found: CaseView) -> str:
    units = registry.units(found.body_id) if found.unit_id else []
    return next((unit.name for unit in units if unit.id == found.unit_id), "")


def _next(
    found: CaseView, choices: Sequence[StepChoice], stand: Standing, *, on: date
) -> NextStep | None:
    choice = next((one for one in choices if one.action == found.awaits_action), None)
    if choice is None:
        return None
    impersonal = [one for one in choice.violations if one.code not in PERSONAL]
    # A day that has passed is no reason to wait any more: a hearing's is fixed anew.
    from_on = found.awaits_from if found.awaits_from and found.awaits_from >= on else None
    return NextStep(
        choice=choice,
        roles=choice.roles,
        from_on=from_on,
        missing=missing(impersonal, choices, stand.roles),
        mine=is_mine(choice),
        hint=wording.HINTS.get(choice.action, ""),
        why=tuple(map(wording.why_words, rules.why(found.facts, choice.action))),
    )


def _phases(choices: Sequence[StepChoice], expected: str, *, mine: bool) -> tuple[Phase, ...]:
    """Return the other steps by phase: what this person may do, or what waits for others."""
    wanted = {
        one.action: one
        for one in choices
        if one.action not in {expected, *corrections.ACTIONS}
        and is_mine(one) is mine
        and not past(one)
    }
    found = []
    for title, actions in wording.PHASES.items():
        steps = tuple(wanted[action] for action in actions if action in wanted)
        if steps:
            found.append(Phase(title=title, steps=steps))
    return tuple(found)


def _party(party: Party, *, circle: bool, on: date) -> PartyShown:
    person = party.kind is PartyKind.PERSON
    whole = circle or not person
    return PartyShown(
        party=party,
        kind=wording.enum_words(party.kind),
        number=party.identifier if whole else masked(party.identifier),
        phone=party.phone if circle else masked(party.phone),
        is_person=person,
        is_minor=party.is_minor(on),
    )


def _papers(
    papers: Iterable[MadeDocument],
    items: Iterable[Item],
    facts: Facts,
    record: Iterable[TimelineEntry],
) -> tuple[PaperShown, ...]:
    served = [one.data for one in record if one.kind == entries.PAPER_SERVED]
    scans = {one.signs_document: one for one in items if one.signs_document}
    return tuple(
        PaperShown(
            paper=one,
            wants_signature=one.type_key in SIGNED_BY_PARTY,
            scan=scans.get(one.id),
            outdated=one.step_sequence in facts.corrected,
            to_serve=one.type_key == serving.NOTICE
            and bool(
                serving.to_serve(
                    one,
                    facts,
                    (UUID(said["party"]) for said in served if said["document"] == str(one.id)),
                )
            ),
        )
        for one in papers
    )


def _record(
    found: CaseView,
    record: Sequence[TimelineEntry],
    choices: Iterable[StepChoice],
    roles: Iterable[str],
) -> tuple[EntryShown, ...]:
    """Return the record newest first; whether a step can be corrected is the correction's to judge."""
    ask = next((one for one in choices if one.action == engine.ASK), None)
    may = ask is not None and is_mine(ask)
    return tuple(
        EntryShown(
            entry=one,
            text=telling(one.action, one.data),
            struck=bool(one.corrected_by),
            correctable=may
            and bool(one.sequence)
            and one.action not in corrections.ACTIONS
            and bool(found.procedure.roles_of(one.action) & set(roles)),
        )
        for one in reversed(record)
    )


def telling(action: str, said: Mapping[str, Any]) -> str:
    """Return what a step says in one line."""
    if action == "answer_gate":
        question = wording.gate_words(said["question"])
        return f"{question}：{'是' if said['yes'] else '否'}。{said['reason']}"
    if action in {"report", "revise_draft"}:
        return drafts.brief_of(said["draft"])
    if action == "interview":
        return f"{said['interviewee']}（{said['relation']}），{len(said['questions'])} 个问题"
    if action in corrections.ACTIONS:
        day = f"，日期应为 {said['happened_on']}" if said.get("happened_on") else ""
        return f"第{said['sequence']}步{day}：{said['reason']}"
    if action == "decide":
        return wording.outcome_words(said["outcome"]) + (said["remark"] and f"。{said['remark']}")
    if action == "record_payment":
        return drafts.payment_words(said)
    if action == "link_case":
        kind = wording.enum_words(LinkKind(said["kind"]))
        return f"{kind}：{said['authority']} {said['reference']}"
    return next((str(said[name]) for name in _TELLING if said.get(name)), "")


def _opinion(
    opinion: GivenOpinion, passes: Iterable[Pass], names: Mapping[UUID, str], facts: Facts
) -> OpinionShown:
    granted = next(
        (
            one
            for one in passes
            if one.draft_sha256 == opinion.draft_sha256 and one.outcome == opinion.value
        ),
        None,
    )
    return OpinionShown(
        opinion=opinion,
        reviewer=names.get(opinion.reviewer, ""),
        words=wording.enum_words(opinion.value),
        failing=tuple(
            (REVIEW_CONTENTS[check.content], check.note)
            for check in opinion.checks
            if not check.holds
        ),
        granted=granted,
        holds=granted is not None
        and granted.voided_at is None
        and granted.draft_sha256 == facts.draft_sha256,
    )


def _reviewers(opinions: Iterable[GivenOpinion]) -> set[UUID]:
    return {one.reviewer for one in opinions}


def paper_titles(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the titles of document types."""
    return tuple(TYPES[key].title for key in keys)


def record_of(found: CaseView) -> tuple[list[TimelineEntry], dict[str, Mapping[str, Any]]]:
    """Return the record, and the last data of each action."""
    record = selectors.timeline(found.id)
    return record, prefill.last_said(record)
