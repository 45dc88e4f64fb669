"""What does not forbid a step but should not be overlooked (提示): shown beside what is missing."""

from datetime import date

from zhifa.law.citations import APL
from zhifa.law.errors import Violation
from zhifa.procedures import terms
from zhifa.procedures.facts import Context, Facts
from zhifa.procedures.values import DecisionDraft, Outcome

# The agency's terms that a step keeps, or breaks: a missed one is reported and stops nothing.
_KEPT_BY = {
    "file": "T44",
    "refuse_filing": "T44",
    "dispose_preservation": "T02",
    "decide": "T01",
    "serve": "T03",
    "close": "T45",
    "archive": "T51",
}


def cautions(facts: Facts, draft: DecisionDraft | None = None) -> tuple[Violation, ...]:
    """Return what to look at again before a proposal goes on; it forbids nothing.

    draft  the proposal being written; None: the one of the case

    A person from 14 to 17 is punished more lightly or below the range: APL art. 30.
    """
    draft = draft or facts.draft
    day: date | None = facts.offence_ended_on or facts.discovered_on
    if draft is None or draft.outcome is not Outcome.PENALTY or day is None:
        return ()
    ages = ((party, party.age(day)) for party in facts.parties)
    return tuple(
        Violation("party.lighter_for_minors", APL.art(30), party.name)
        for party, age in ages
        if age is not None and 14 <= age < 18
    )


def overdue(facts: Facts, action: str, *, on: date, context: Context) -> tuple[Violation, ...]:
    """Return the terms that were over before `on`, and that this step would end: it is late.

    Each with the term's own article, and its name and last day.
    """
    return tuple(
        Violation(
            "term.overdue",
            terms.rule_of(term, context=context).basis[0],
            f"{context.catalogue[term.key].name}，{term.due_on.isoformat()}",
        )
        for term in facts.running()
        if term.key == _KEPT_BY.get(action) and term.due_on is not None and term.due_on < on
    )
