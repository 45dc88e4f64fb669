"""From the facts of a case to the documents of a step (办案文书). Pure.

`compose` returns what a step has to put on paper, as typed values of `documents.values`; the
service of the step makes each (`documents.services.make`), in the order given.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhifa.cases.papers import closing, deciding, filing, investigation, rights
from zhifa.cases.papers.inputs import (
    BodyParticulars,
    Earlier,
    Matter,
    Paper,
    PersonParticulars,
)
from zhifa.documents.values.decisions import ServiceReceipt
from zhifa.documents.values.investigation import PreservationInventory
from zhifa.procedures.facts import Facts

__all__ = [
    "READS",
    "BodyParticulars",
    "Earlier",
    "Matter",
    "Paper",
    "PersonParticulars",
    "compose",
    "numbered",
    "people_of",
]

Composer = Callable[[Matter], tuple[Paper, ...]]

COMPOSERS: Mapping[str, Composer] = {
    "register_clue": filing.register_clue,
    "file": filing.file,
    "refuse_filing": filing.refuse_filing,
    "inspect_on_site": investigation.inspect_on_site,
    "interview": investigation.interview,
    "register_preservation": investigation.register_preservation,
    "dispose_preservation": investigation.dispose_preservation,
    "suspend": filing.suspend,
    "resume": filing.resume,
    "terminate": filing.terminate,
    "report": investigation.report,
    "pass_case_review": investigation.pass_case_review,
    "return_case_review": investigation.return_case_review,
    "notify": rights.notify,
    "renotify": rights.notify,
    "record_defence": rights.record_defence,
    "waive_defence": rights.waive_defence,
    "notify_hearing": rights.notify_hearing,
    "close_hearing": rights.close_hearing,
    "report_hearing": rights.report_hearing,
    "give_opinion": investigation.give_opinion,
    "discuss": rights.discuss,
    "decide": deciding.decide,
    "serve": closing.serve,
    "hand_over": filing.hand_over,
    "close": closing.close,
}

# Which earlier documents a step's papers quote: only these have to be read beforehand.
READS: Mapping[str, frozenset[str]] = {
    "interview": frozenset({"interview_record"}),
    "register_preservation": frozenset({"filing_approval"}),
    "dispose_preservation": frozenset({"preservation_notice"}),
    "resume": frozenset({"suspension"}),
    "pass_case_review": frozenset({"investigation_report"}),
    "return_case_review": frozenset({"investigation_report"}),
    "record_defence": frozenset({"penalty_prior_notice"}),
    "report_hearing": frozenset({"hearing_record"}),
    "decide": frozenset({"penalty_prior_notice", "preservation_disposition"}),
    "serve": frozenset({"penalty_decision", "no_penalty_decision"}),
    "hand_over": frozenset(
        {"investigation_report", "onsite_inspection_record", "interview_record"}
        | {"preservation_inventory"}
    ),
    "close": frozenset(
        {"penalty_decision", "no_penalty_decision", "termination", "filing_refusal_approval"}
    ),
}


def compose(action: str, matter: Matter) -> tuple[Paper, ...]:
    """Return the papers of a step, in the order they are numbered; none for a step without.

    matter  the facts are those after the step; `earlier` holds at least the types in `READS`

    Raises BadValue for what a document cannot say: time.format, spell.ends_before_it_begins,
    penalty.…, decision.…, party.unknown, preservation.unknown, hearing.missing, draft.missing,
    day.missing. The engine has refused most of it before.
    """
    composer = COMPOSERS.get(action)
    return composer(matter) if composer else ()


def numbered(paper: Paper, number: str) -> Any:
    """Return the values of a paper that `follows` another, quoting the number that one was given."""
    match paper.values:
        case PreservationInventory() as values:
            return replace(values, notice_number=number)
        case ServiceReceipt() as values:
            first, *others = values.documents
            return replace(values, documents=(replace(first, number=number), *others))
    raise TypeError(f"{paper.type_key} quotes no number")


def people_of(facts: Facts, actor: UUID) -> frozenset[UUID]:
    """Return everybody of the body whom a paper may name."""
    hearing = facts.hearing
    named = {actor, *facts.handlers}
    if hearing is not None:
        named |= {one for one in (hearing.host, hearing.clerk) if one}
    return frozenset(named)
