"""A correction that waits for a head (待批准的更正): what would change, and what that brings about."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.cases import explaining, record, selectors
from zhifa.cases.correction import Change, Correcting, entry_of
from zhifa.cases.explaining import TermShown
from zhifa.cases.forms.correction import AnswerForm
from zhifa.cases.selectors import CaseView, TimelineEntry
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound, Violation
from zhifa.procedures import actions as a
from zhifa.procedures import corrections, history
from zhifa.procedures.facts import Facts
from zhifa.procedures.guards.acting import PERSONAL
from zhifa.procedures.model import Transition
from zhifa.procedures.wording import STATES, finding_words
from zhifa.registry.selectors import Standing


@dataclass(frozen=True, slots=True)
class Moved:
    """What a correction would move: a term's end, the state of the case."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """Everything the page of an asked correction stands on."""

    case: CaseView
    entry: TimelineEntry  # that asked
    wrong: Correcting
    changes: tuple[Change, ...]
    violations: tuple[Violation, ...]
    moved: tuple[Moved, ...]
    findings: tuple[str, ...]

    @property
    def personal(self) -> tuple[Violation, ...]:
        """Return why this person neither grants nor refuses it; empty: may."""
        return tuple(one for one in self.violations if one.code in PERSONAL)

    def form(self, sent: object = None) -> AnswerForm:
        """Return the form of the answer."""
        return AnswerForm(sent, version=self.case.version)


def granting(case_id: UUID, asked: int, *, actor: ActorId, on: date) -> Granting:
    """Return a correction that was asked for and not answered yet; about fourteen queries.

    Raises NotFound, also for one that was answered already.
    """
    found = selectors.case_for(case_id, actor=actor, on=on)
    waiting = next((one for one in found.facts.corrections_asked if one.sequence == asked), None)
    if waiting is None:
        raise NotFound
    stand = selectors.case_standing(found, actor=actor, on=on)
    timeline = selectors.timeline(case_id)
    entry = next(one for one in timeline if one.sequence == asked)
    wrong = entry_of(found, timeline, waiting.corrects, stand=stand, on=on)
    said = history.decode_data(a.AskCorrection, entry.data)
    known = record.for_correction(case_id, found.procedure, stand, on=on, today=on)
    violations = corrections.granting_blockers(known, a.Correct(asked=asked))
    moved: tuple[Moved, ...] = ()
    findings: tuple[str, ...] = ()
    if not any(one.code not in PERSONAL for one in violations):
        transition = corrections.granted(known, a.Correct(asked=asked))
        moved = tuple(_moved(found.facts, transition, stand, on))
        findings = tuple(map(finding_words, transition.findings))
    return Granting(
        case=found,
        entry=entry,
        wrong=wrong,
        changes=wrong.changes(said),
        violations=violations,
        moved=moved,
        findings=findings,
    )


def _moved(before: Facts, transition: Transition, stand: Standing, on: date) -> list[Moved]:
    """Return the terms that would end on another day, begin or fall away, and a state that would change."""
    after = transition.facts
    old = _ends(explaining.shown(before, stand.context, on=on))
    new = _ends(explaining.shown(after, stand.context, on=on))
    found = [
        Moved(name, old.get(name, "没有"), new.get(name, "没有"))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]
    if before.state != after.state:
        found.append(Moved("环节", STATES[before.state], STATES[after.state]))
    return found


def _ends(terms: list[TermShown]) -> dict[str, str]:
    """Return the last day of each term by its name, those that stand still or are over included."""
    found: dict[str, str] = {}
    for term in sorted(terms, key=lambda one: one.position):
        name = f"{term.name}（{term.party}）" if term.party else term.name
        day = f"{term.due_on} 届满" if term.due_on else "暂停计算"
        found[name] = day if term.running else f"{day}，{term.ended_on} 已办结"
    return found
