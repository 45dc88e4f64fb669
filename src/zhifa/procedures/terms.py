"""Which steps start which terms, and when each stops and ends (期限的启停): procedures.md section 11.

A step starts a term; whether the term still runs, and whether days go uncounted, follows from the
facts after the step, so that a hearing that falls away with its notice stops nothing any more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from zhifa.law.calendar import OutOfCalendar
from zhifa.law.dated import NotInForce
from zhifa.law.legal_time import Due, Extension, Stop, due
from zhifa.law.terms import Kind, Rule, StopKind
from zhifa.procedures.facts import Context, Facts, Hearing, RunningTerm
from zhifa.procedures.values import HEARING_KINDS, PAID_KINDS, Outcome, PenaltyKind, ReviewOpinion


def _always(_: Facts) -> bool:
    return True


def _no_day(_: Facts) -> date | None:
    return None


def _hearing_right(facts: Facts) -> bool:
    return facts.notices[-1].hearing_right


def _penal(facts: Facts) -> bool:
    return facts.decision is not None and facts.decision.outcome is Outcome.PENALTY


def _fined(facts: Facts) -> bool:
    return _penal(facts) and facts.draft is not None and facts.draft.payable_fen > 0


def _to_publish(facts: Facts) -> bool:
    return _penal(facts) and facts.all_served()


def _public(facts: Facts) -> bool:
    return facts.hearing is not None and facts.hearing.public


def _public_though_changed(facts: Facts) -> bool:
    return facts.published_on is not None and facts.decision_changed_on is not None


def _closing(facts: Facts) -> bool:
    return facts.closing_event_on is not None


def _settled(facts: Facts) -> bool:
    return facts.decision is not None or facts.closing_event_on is not None


def _discovered(facts: Facts) -> date | None:
    return facts.discovered_on


def _filing_decided(facts: Facts, _: str) -> bool:
    return facts.filed_on is not None or facts.closing_event_on is not None


def _case_decided(facts: Facts, _: str) -> bool:
    return _settled(facts)


def _preservation_disposed(facts: Facts, about: str) -> bool:
    return all(
        item.finished_on is not None for item in facts.preservations if str(item.sequence) == about
    )


def _defended(facts: Facts, about: str) -> bool:
    told = facts.notice(UUID(about))
    return told is None or UUID(about) in facts.waivers or _settled(facts)


def _asked(facts: Facts, about: str) -> bool:
    party = UUID(about)
    asked = facts.hearing is not None and party in facts.hearing.askers
    return asked or facts.notice(party) is None or _settled(facts)


def _hearing_gone(until: Callable[[Hearing], bool]) -> Callable[[Facts, str], bool]:
    def over(facts: Facts, _: str) -> bool:
        hearing = facts.hearing
        return hearing is None or hearing.over or until(hearing)

    return over


def _reviewed(facts: Facts, _: str) -> bool:
    """A return for missing papers only stops the term; any other opinion ends it."""
    if facts.review_open:
        return False
    return facts.review_opinion is not ReviewOpinion.SUPPLEMENT_PAPERS or _settled(facts)


def _served(facts: Facts, _: str) -> bool:
    return facts.all_served()


def _notice_over(facts: Facts, _: str) -> bool:
    return facts.service_notice_on is None


def _paid(facts: Facts, party: str) -> bool:
    return facts.has_paid(UUID(party)) or facts.closing_event_on is not None


def _reconsidered(facts: Facts, about: str) -> bool:
    return UUID(about) in facts.reconsidered


def _sued(facts: Facts, about: str) -> bool:
    return UUID(about) in facts.sued


def _publication_settled(facts: Facts, _: str) -> bool:
    """Published, withheld, or not to be published any more because the decision was changed: APL art. 48."""
    settled = (facts.published_on, facts.withheld_on, facts.decision_changed_on)
    return any(one is not None for one in settled)


def _is_withdrawn(facts: Facts, _: str) -> bool:
    return facts.published_on is None


def _closed(facts: Facts, _: str) -> bool:
    return facts.closed_on is not None or facts.closing_event_on is None


def _archived(facts: Facts, _: str) -> bool:
    return facts.archived_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """One term of the catalogue in this procedure."""

    key: str
    starts: tuple[str, ...]
    over: Callable[[Facts, str], bool]  # of the facts and whom or what the term is about
    about: str = ""  # party, step: what a term of its own belongs to
    variant: str = ""
    only_if: Callable[[Facts], bool] = _always
    since: Callable[[Facts], date | None] = _no_day  # the event, where it is not the step itself


TERM_RULES: tuple[TermRule, ...] = (
    # From the day the clue was discovered or the material received, whenever that is registered.
    TermRule(key="T44", starts=("register_clue",), since=_discovered, over=_filing_decided),
    # A case that comes back from the police runs anew [policy]: no text says otherwise.
    TermRule(key="T01", starts=("file", "return_from_transfer"), over=_case_decided),
    TermRule(key="T02", starts=("register_preservation",), about="step", over=_preservation_disposed),
    TermRule(key="T47", starts=("notify", "renotify"), about="party", over=_defended),
    TermRule(
        key="T04", starts=("notify", "renotify"), about="party", only_if=_hearing_right, over=_asked
    ),
    TermRule(
        key="T48", variant="host", starts=("request_hearing",),
        over=_hearing_gone(lambda hearing: hearing.host is not None),
    ),
    TermRule(
        key="T48", variant="papers", starts=("appoint_host",),
        over=_hearing_gone(lambda hearing: hearing.papers_on is not None),
    ),
    TermRule(
        key="T48", variant="day", starts=("hand_papers_to_host",),
        over=_hearing_gone(lambda hearing: hearing.hearing_on is not None),
    ),
    TermRule(
        key="T05", starts=("notify_hearing",), about="party",
        over=_hearing_gone(lambda hearing: not hearing.notified or hearing.opened_on is not None),
    ),
    TermRule(
        key="T49", starts=("announce_hearing",), only_if=_public,
        over=_hearing_gone(
            lambda hearing: hearing.announced_on is None or hearing.opened_on is not None
        ),
    ),
    TermRule(
        key="T50", starts=("close_hearing",),
        over=_hearing_gone(lambda hearing: hearing.reported_on is not None),
    ),
    TermRule(key="T43", starts=("submit_review",), over=_reviewed),
    TermRule(key="T03", starts=("decide",), over=_served),
    TermRule(key="T35", starts=("publish_service_notice",), over=_notice_over),
    TermRule(key="T06", starts=("serve",), about="party", only_if=_fined, over=_paid),
    TermRule(key="T36", starts=("serve",), about="party", over=_reconsidered),
    TermRule(key="T37", starts=("serve",), about="party", over=_sued),
    TermRule(key="T39", starts=("serve",), only_if=_to_publish, over=_publication_settled),
    TermRule(
        key="T09", starts=("record_decision_change", "record_publication"),
        only_if=_public_though_changed, over=_is_withdrawn,
    ),
    TermRule(
        key="T45", only_if=_closing, over=_closed,
        starts=(
            "refuse_filing", "terminate", "hand_over", "serve", "record_payment", "perform",
            "record_decision_change",
        ),
    ),
    TermRule(key="T51", starts=("close",), over=_archived),
)  # fmt: skip
_BY_NAME = {(rule.key, rule.variant): rule for rule in TERM_RULES}


def _suspended(facts: Facts) -> bool:
    return facts.suspended_on is not None


def _heard(facts: Facts) -> bool:
    return facts.hearing is not None and facts.hearing.stops_terms


def _tested(facts: Facts) -> bool:
    return any(item.finished_on is None for item in facts.testings)


def _announced(facts: Facts) -> bool:
    return facts.service_notice_on is not None


def _supplemented(facts: Facts) -> bool:
    return facts.review_opinion is ReviewOpinion.SUPPLEMENT_PAPERS and not facts.review_open


# What takes days out of a running term for as long as it holds, where the rule allows that stop.
_STOPS: tuple[tuple[StopKind, Callable[[Facts], bool]], ...] = (
    (StopKind.SUSPENSION, _suspended),
    (StopKind.HEARING, _heard),
    (StopKind.TESTING, _tested),
    (StopKind.PUBLIC_NOTICE, _announced),
    (StopKind.SUPPLEMENT, _supplemented),
)


def after(facts: Facts, action: str, *, about: str, on: date, context: Context) -> Facts:
    """Return the facts after `action`, with every term that it starts, stops or ends."""
    terms = [
        _ended(_stopped(term, facts, on=on, context=context), facts, on=on) for term in facts.terms
    ]
    for rule in TERM_RULES:
        if action not in rule.starts or not rule.only_if(facts):
            continue
        subject = {"party": about, "step": str(facts.sequence)}.get(rule.about, "")
        if not rule.over(facts, subject) and not _runs(terms, rule, subject):
            terms.append(_begun(rule, facts, subject, on=on, context=context))
    found = tuple(terms)
    return facts if found == facts.terms else replace(facts, terms=found)


def _begun(
    rule: TermRule, facts: Facts, subject: str, *, on: date, context: Context
) -> RunningTerm:
    """Return the term from its event, or from the step where the event lies before all law known here."""
    since = rule.since(facts)
    if since is not None:
        try:
            return start(rule.key, on=since, context=context, variant=rule.variant, about=subject)
        except (NotInForce, OutOfCalendar):
            pass
    return start(rule.key, on=on, context=context, variant=rule.variant, about=subject)


def start(
    key: str, *, on: date, context: Context, variant: str = "", about: str = ""
) -> RunningTerm:
    """Return a term that begins to run on `on`, with its due date."""
    blank = RunningTerm(
        key=key, about=about, variant=variant, started_on=on, due_on=None, warn_on=None,
        provisional=False, earliest=False,
    )  # fmt: skip
    return computed(blank, context=context)


def computed(term: RunningTerm, *, context: Context) -> RunningTerm:
    """Return the term with its due date worked out anew from start, stops and extensions.

    A period the law counts back from the later event (T05, T49: so many clear days before the
    hearing) is kept as the first day on which that event may come.
    """
    found = due_of(term, context=context)
    return replace(
        term,
        due_on=found.due_on,
        warn_on=found.warn_on,
        provisional=found.provisional,
        earliest=found.kind is Kind.EARLIEST,
    )


def due_of(term: RunningTerm, *, context: Context) -> Due:
    """Return when a term of the case ends, with every reason for it."""
    return due(
        context.catalogue[term.key],
        start=term.started_on,
        calendar=context.calendar,
        stops=term.stops,
        extensions=term.extensions,
        field=context.policy.field,
        variant=term.variant,
    )


def rule_of(term: RunningTerm, *, context: Context) -> Rule:
    """Return the rule that a term of the case runs by."""
    return context.catalogue[term.key].rule(
        term.started_on, field=context.policy.field, variant=term.variant
    )


def extended(term: RunningTerm, count: int, *, on: date, context: Context) -> RunningTerm:
    """Return the term with one more extension, approved on that day."""
    granted = (*term.extensions, Extension(count, approved_on=on))
    return computed(replace(term, extensions=granted), context=context)


def _runs(terms: list[RunningTerm], rule: TermRule, subject: str) -> bool:
    wanted = (rule.key, rule.variant, subject)
    return any((t.key, t.variant, t.about) == wanted and t.ended_on is None for t in terms)


def _ended(term: RunningTerm, facts: Facts, *, on: date) -> RunningTerm:
    if term.ended_on is not None or not _BY_NAME[term.key, term.variant].over(facts, term.about):
        return term
    return replace(term, ended_on=on)


def _stopped(term: RunningTerm, facts: Facts, *, on: date, context: Context) -> RunningTerm:
    allowed = rule_of(term, context=context).stops if term.ended_on is None else frozenset()
    stops = term.stops
    for kind, holds in _STOPS:
        if kind not in allowed:
            continue
        opened = any(stop.kind is kind and stop.last is None for stop in stops)
        if holds(facts) and not opened:
            stops = (*stops, Stop(on, None, kind))
        elif opened and not holds(facts):
            stops = tuple(
                Stop(stop.first, on, kind) if stop.kind is kind and stop.last is None else stop
                for stop in stops
            )
    if stops == term.stops:
        return term
    return computed(replace(term, stops=stops), context=context)


def hearing_right(facts: Facts, party: UUID, context: Context) -> bool:
    """Whether what is proposed for a party gives a right to a hearing: APL art. 63.

    By kind, or by the money of fines, and of confiscations, from the amount set for the kind of
    party ([policy], a table per agency).
    """
    if facts.draft is None or facts.draft.outcome is not Outcome.PENALTY:
        return False
    draft = facts.draft.of(party)
    if HEARING_KINDS & set(draft.kinds):
        return True
    least = min((context.policy.hearing_fen(party.kind) for party in facts.parties), default=0)
    fines = draft.fen(PenaltyKind.FINE)
    taken = draft.fen(PenaltyKind.CONFISCATE_ILLEGAL_GAINS, PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY)
    return max(fines, taken) >= least > 0


def fully_performed(facts: Facts) -> bool:
    """Whether nothing of a penalty is left to pay or to do (全面履行): SAMR art. 77."""
    draft = facts.draft
    if draft is None or not _penal(facts) or not facts.all_served():
        return False
    return (facts.paid or not draft.fen(*PAID_KINDS)) and (
        facts.performed or not draft.needs_performance
    )
