"""Clue, filing and handing over (案源、立案、移送)."""

from datetime import date

from zhifa.law.calendar import OutOfCalendar
from zhifa.law.citations import APL, TRANSFER
from zhifa.law.dated import NotInForce
from zhifa.law.errors import Violation
from zhifa.law.legal_time import due, in_time
from zhifa.procedures import actions as a
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.model import Judged


def discovered_by_then(judged: Judged) -> Found:
    """A clue is registered once something was discovered: APL art. 36, 54."""
    if isinstance(judged.data, a.RegisterClue) and judged.data.discovered_on > judged.on:
        yield Violation("clue.discovered_later", APL.art(54))


def ended_by_then(judged: Judged) -> Found:
    """An act that has ended had ended when that was registered: APL art. 36."""
    if not isinstance(judged.data, a.RegisterClue):
        return
    ended: date | None = judged.data.offence_ended_on
    if ended is not None and ended > judged.on:
        yield Violation("clue.offence_ends_later", APL.art(36))


def parties_known(judged: Judged) -> Found:
    """There is somebody to act against, each named once: APL art. 40, 59."""
    if not judged.facts.parties:
        yield Violation("party.unknown", APL.art(40))


def parties_differ(judged: Judged) -> Found:
    """Each party is entered once: APL art. 59."""
    if judged.data is None:
        return
    ids = [party.id for party in judged.data.parties]
    if len(set(ids)) < len(ids):
        yield Violation("party.entered_twice", APL.art(59))


def facts_are_suspected(judged: Judged) -> Found:
    """Filing follows suspected facts: APL art. 54; SAMR art. 19."""
    if not judged.facts.facts_suspected:
        yield Violation("filing.no_facts", APL.art(54))


def within_limitation(judged: Judged) -> Found:
    """Discovered within two years (five with grave harm) of the act or its end: APL art. 36."""
    facts = judged.facts
    if facts.offence_ended_on is None or facts.discovered_on is None:
        return
    variants = ("life_safety", "") if facts.grave_harm else ("",)
    for variant in variants:  # five years are known only since 2021-07-15
        try:
            limit = due(
                judged.context.catalogue["T10"],
                start=facts.offence_ended_on,
                calendar=judged.context.calendar,
                variant=variant,
                field="" if variant else judged.context.policy.field,
            )
        except (NotInForce, OutOfCalendar):
            continue
        if not in_time(limit, facts.discovered_on):
            yield Violation("limitation.over", APL.art(36))
        return
    yield Violation("limitation.over", APL.art(36))  # before any text that could still apply


def transfer_complete(judged: Judged) -> Found:
    """Handing over names to whom and why: APL art. 22 to 27; transfer rule art. 5."""
    if isinstance(judged.data, a.HandOver) and not (
        judged.data.recipient.strip() and judged.data.reason.strip()
    ):
        yield Violation("transfer.incomplete", TRANSFER.art(5))
