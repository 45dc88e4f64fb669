"""What does not forbid a step but should not be overlooked (提示): shown beside what is missing."""

from datetime import date

from zhifa.law.citations import APL
from zhifa.law.errors import Violation
from zhifa.procedures.facts import Facts
from zhifa.procedures.values import DecisionDraft, Outcome


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
