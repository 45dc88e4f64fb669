"""Evidence, preservation, testing, and the two questions of the gate (调查取证)."""

from zhifa.law.citations import APL, SAMR
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures import gate
from zhifa.procedures.facts import OpenItem
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.model import Judged


def _answers(items: tuple[OpenItem, ...], sequence: int | None) -> OpenItem | None:
    """Return the open item a step finishes, any open one while the step is only asked about."""
    return next(
        (item for item in items if item.finished_on is None and sequence in {None, item.sequence}),
        None,
    )


def open_preservation(judged: Judged) -> Found:
    """What is disposed of was registered, before, and is not yet disposed of: APL art. 56."""
    named = judged.data.preservation if isinstance(judged.data, a.DisposePreservation) else None
    item = _answers(judged.facts.preservations, named)
    if item is None or judged.on < item.began_on:
        yield Violation("preservation.none_open", APL.art(56))


def preservation_disposed(judged: Judged) -> Found:
    """Registered evidence is disposed of before the case goes on: APL art. 56; SAMR art. 35."""
    if any(item.finished_on is None for item in judged.facts.preservations):
        yield Violation("preservation.still_open", APL.art(56))


def open_testing(judged: Judged) -> Found:
    """A result answers a testing under way: SAMR art. 31, 64."""
    named = judged.data.testing if isinstance(judged.data, a.ReceiveResult) else None
    item = _answers(judged.facts.testings, named)
    if item is None or judged.on < item.began_on:
        yield Violation("testing.none_open", SAMR.art(64))


def testing_finished(judged: Judged) -> Found:
    """No testing is under way when the investigation is concluded: APL art. 54."""
    if any(item.finished_on is None for item in judged.facts.testings):
        yield Violation("testing.still_open", APL.art(54))


def monitor_audited(judged: Judged) -> Found:
    """What a monitoring device recorded proves only after both audits, of device and record: APL art. 41."""
    found = judged.data.monitor if isinstance(judged.data, a.CollectEvidence) else None
    if found is None:
        return
    if not (found.legal_audit.strip() and found.technical_audit.strip()):
        yield Violation("monitor.not_audited", APL.art(41, 1))
    if not found.published.strip():
        yield Violation("monitor.place_not_published", APL.art(41, 1))
    if not found.record_audited:
        yield Violation("monitor.record_not_audited", APL.art(41, 2))
    if not found.party_told.strip():
        yield Violation("monitor.party_not_told", APL.art(41, 3))


def evidence_collected(judged: Judged) -> Found:
    """The facts rest on evidence, as the records of inspection and of what people said are: APL art. 40, 46, 54."""
    facts = judged.facts
    if not (facts.evidence or facts.inspections or facts.interviews):
        yield Violation("evidence.none", APL.art(46))


def inspected_or_interviewed(judged: Judged) -> Found:
    """The investigation was conducted and recorded: APL art. 54, 55."""
    if not judged.facts.inspections and not judged.facts.interviews:
        yield Violation("investigation.nothing_recorded", APL.art(54))


def gate_answered(judged: Judged) -> Found:
    """Both judged grounds are answered by handler and unit head: APL art. 58(1) items 1, 3."""
    for question, role in gate.unanswered(judged.facts):
        yield Violation("gate.unanswered", APL.art(58, 1), f"{question}:{role}")


def gate_only_upward(judged: Judged) -> Found:
    """Once reported, one's no may become a yes, never back: APL art. 58(1)."""
    if not isinstance(judged.data, a.AnswerGate) or judged.facts.draft is None:
        return
    role = gate.answering_role(judged.facts, judged.circumstances)
    had_yes = any(
        one.yes and (one.question, one.role) == (judged.data.question, role)
        for one in judged.facts.gate_answers
    )
    if had_yes and not judged.data.yes:
        yield Violation("gate.yes_turned_back", APL.art(58, 1))
