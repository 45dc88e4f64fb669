"""The party is told and heard (事先告知、陈述申辩、听证)."""

from uuid import UUID

from zhifa.law.citations import APL, SAMR_HEARING, Article
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures import terms
from zhifa.procedures.facts import Facts
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.model import Judged
from zhifa.procedures.values import needs_new_notice


def _outdated(facts: Facts) -> bool:
    return (
        facts.draft is not None
        and facts.notice_draft is not None
        and needs_new_notice(facts.draft, facts.notice_draft)
    )


def notified(judged: Judged) -> Found:
    """Every party was told what is proposed, and of its rights: APL art. 44."""
    if not judged.facts.all_notified():
        yield Violation("notice.not_given", APL.art(44))
    elif _outdated(judged.facts):
        yield Violation("notice.outdated", APL.art(44))


def notice_needed(judged: Judged) -> Found:
    """Each party is told once, unless the notice is void: APL art. 44."""
    facts = judged.facts
    if _outdated(facts):
        return
    if facts.all_notified() or (judged.data and facts.notice(judged.data.party)):
        yield Violation("notice.given_already", APL.art(44))


def told_before(judged: Judged) -> Found:
    """Who states, defends, waives or asks has been told before: APL art. 44, 62, 64."""
    if judged.data is None:
        return
    notice = judged.facts.notice(judged.data.party)
    if notice is None or judged.on < notice.served_on:
        yield Violation("notice.not_given", APL.art(44))


def defence_over(judged: Judged) -> Found:
    """Time to state and to defend is over for every party, or expressly waived: APL art. 45, 62.

    Silence past the term lets the case go on under every rule (procedures.md 3.2).
    """
    yield from _over(judged, "T47", "defence.period_running", APL.art(45, 1))


def hearing_request_over(judged: Judged) -> Found:
    """Nobody can ask for a hearing any more: APL art. 64 item 1."""
    yield from _over(judged, "T04", "hearing.period_running", APL.art(64, item=1))


def _over(judged: Judged, key: str, code: str, basis: Article) -> Found:
    for party in judged.facts.parties:
        term = judged.facts.term(key, str(party.id))
        if term is None or term.ended_on is not None:
            continue
        if term.due_on is None or judged.on <= term.due_on:
            yield Violation(code, basis, party.name)


def hearing_over(judged: Judged) -> Found:
    """A hearing that was asked for was held to its report, or has ended: APL art. 63 to 65."""
    if judged.facts.hearing is not None and not judged.facts.hearing.over:
        yield Violation("hearing.not_over", APL.art(63))


def may_request_hearing(judged: Judged) -> Found:
    """The party was told of the right and asks in time, once: APL art. 63, 64."""
    facts = judged.facts
    if judged.data is not None:
        yield from _may_ask(judged, judged.data.party)
        return
    told = [notice.party for notice in facts.notices if notice.hearing_right]
    if not told:
        yield Violation("hearing.no_right", APL.art(63))
    against = [tuple(_may_ask(judged, party)) for party in told]
    if all(against):
        yield from (violation for found in against for violation in found)


def _may_ask(judged: Judged, party: UUID) -> Found:
    facts = judged.facts
    if facts.hearing is not None and party in facts.hearing.askers:
        yield Violation("hearing.requested_already", APL.art(64))
    notice = facts.notice(party)
    if notice is None or not notice.hearing_right:
        yield Violation("hearing.no_right", APL.art(63))
        return
    term = facts.term("T04", str(party))
    if term is not None and term.due_on is not None and judged.on > term.due_on:
        yield Violation("hearing.requested_late", APL.art(64, item=1), term.due_on.isoformat())


def hearing_requested(judged: Judged) -> Found:
    """There is a hearing to prepare or to hold: APL art. 64."""
    if judged.facts.hearing is None:
        yield Violation("hearing.not_requested", APL.art(64))
    elif judged.facts.hearing.over:
        yield Violation("hearing.ended_already", APL.art(64))


def host_is_no_handler(judged: Judged) -> Found:
    """Host and clerk are no handlers of the case, nor withdrawn from it: APL art. 43, 64 item 4."""
    if not isinstance(judged.data, a.AppointHost):
        return
    named = {judged.data.host, judged.data.clerk}
    if named & judged.facts.ever_handled_by:
        yield Violation("hearing.host_is_handler", APL.art(64, item=4))
    if named & {*judged.facts.recused}:
        yield Violation("hearing.host_recused", APL.art(43))
    if len(named) < 2:
        yield Violation("hearing.host_is_clerk", APL.art(64, item=4))


def host_appointed(judged: Judged) -> Found:
    """A host was appointed before the day is fixed: APL art. 64 item 4."""
    if judged.facts.hearing is not None and judged.facts.hearing.host is None:
        yield Violation("hearing.no_host", APL.art(64, item=4))


def acts_as_host(judged: Judged) -> Found:
    """The hearing is conducted by the host who was appointed: APL art. 64 item 4."""
    hearing = judged.facts.hearing
    if hearing is not None and hearing.host not in {None, judged.circumstances.actor}:
        yield Violation("hearing.another_host", APL.art(64, item=4))


def prepared_by_its_own(judged: Judged) -> Found:
    """Day, notices and announcement are seen to by the case's handlers or by its host: APL art. 64 item 2."""
    if judged.circumstances.actor not in judged.facts.handlers:
        yield from acts_as_host(judged)


def day_ahead(judged: Judged) -> Found:
    """The day fixed lies ahead: APL art. 64 item 2."""
    if isinstance(judged.data, a.FixHearingDay) and judged.data.hearing_on <= judged.on:
        yield Violation("hearing.day_not_ahead", APL.art(64, item=2))


def hearing_day_fixed(judged: Judged) -> Found:
    """Time and place are fixed before anybody is told of them: APL art. 64 item 2."""
    if judged.facts.hearing is not None and judged.facts.hearing.hearing_on is None:
        yield Violation("hearing.no_day", APL.art(64, item=2))


def not_told_of_day_yet(judged: Judged) -> Found:
    """Each party is told of one day once: APL art. 64 item 2."""
    hearing = judged.facts.hearing
    if hearing is None:
        return
    to_tell = hearing.askers if judged.data is None else (judged.data.party,)
    if set(to_tell) <= set(hearing.notified):
        yield Violation("hearing.notified_already", APL.art(64, item=2))


def day_not_too_near(judged: Judged) -> Found:
    """Seven working days lie between this notice and the day of the hearing: APL art. 64 item 2; T05.

    Asked beforehand, the notice may have been given since the latest step and be entered now.
    """
    facts = judged.facts
    day = facts.hearing.hearing_on if facts.hearing is not None else None
    if day is None:
        return
    told_on = judged.on if judged.data is not None else facts.last_on or judged.on
    first = terms.start("T05", on=told_on, context=judged.context).due_on
    if first is not None and day < first:
        yield Violation("hearing.notified_late", APL.art(64, item=2), first.isoformat())


def told_of_day_in_time(judged: Judged) -> Found:
    """Seven working days lie between notice and hearing, three after an announcement: T05, T49."""
    hearing = judged.facts.hearing
    if hearing is None:
        return
    for asker in hearing.askers:
        party = judged.facts.party(asker)
        if asker not in hearing.notified:
            name = party.name if party else ""
            yield Violation("hearing.not_notified", APL.art(64, item=2), name)
    for term in judged.facts.running():
        if term.key == "T05" and term.due_on is not None and judged.on < term.due_on:
            yield Violation("hearing.too_early", APL.art(64, item=2), term.due_on.isoformat())
    if not hearing.public:
        return
    if hearing.announced_on is None:
        yield Violation("hearing.not_announced", SAMR_HEARING.art(22))
    announced = judged.facts.term("T49")
    if announced is not None and announced.due_on is not None and judged.on < announced.due_on:
        yield Violation(
            "hearing.announced_late", SAMR_HEARING.art(22), announced.due_on.isoformat()
        )


def on_the_fixed_day(judged: Judged) -> Found:
    """The hearing opens on the day it was fixed for: APL art. 64 item 2."""
    hearing = judged.facts.hearing
    if hearing is not None and hearing.hearing_on not in {None, judged.on}:
        yield Violation("hearing.another_day", APL.art(64, item=2))


def not_reported_yet(judged: Judged) -> Found:
    """One report on one hearing: SAMR hearing rules art. 29."""
    if judged.facts.hearing is None or judged.facts.hearing.over:
        yield Violation("hearing.reported_already", SAMR_HEARING.art(29))
