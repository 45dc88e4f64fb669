"""Which steps start, stop and end which terms (期限的启停): the catalogue's triggers as a table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from zhifa.law.legal_time import Stop, due
from zhifa.law.terms import Kind, StopKind
from zhifa.procedures.facts import Context, Facts, RunningTerm
from zhifa.procedures.values import HEARING_KINDS, Outcome, PenaltyKind


def _always(_: Facts) -> bool:
    return True


def _hearing_right(facts: Facts) -> bool:
    return bool(facts.notices) and facts.notices[-1].hearing_right


def _fined(facts: Facts) -> bool:
    return facts.draft is not None and bool(
        facts.draft.fen(PenaltyKind.FINE, PenaltyKind.CONFISCATE_ILLEGAL_GAINS)
    )


def _public(facts: Facts) -> bool:
    return facts.hearing is not None and facts.hearing.public


def _all_served(facts: Facts) -> bool:
    return facts.all_served()


def _ends_case(facts: Facts) -> bool:
    return facts.closing_event_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """One term of the catalogue in this procedure."""

    key: str
    starts: tuple[str, ...]
    ends: tuple[str, ...] = ()
    about: str = ""  # party, step: what a term of its own belongs to
    variant: str = ""
    only_if: Callable[[Facts], bool] = _always


# procedures.md section 11, column "trigger -> end".
TERM_RULES: tuple[TermRule, ...] = (
    TermRule(key="T44", starts=("register_clue",), ends=("file", "refuse_filing", "hand_over")),
    TermRule(key="T01", starts=("file",), ends=("decide", "terminate", "hand_over")),
    TermRule(key="T02", starts=("register_preservation",), ends=("dispose_preservation",), about="step"),
    TermRule(
        key="T47", starts=("notify", "renotify"), about="party",
        ends=("waive_defence", "decide", "terminate", "hand_over", "reinvestigate"),
    ),
    TermRule(
        key="T04", starts=("notify", "renotify"), about="party", only_if=_hearing_right,
        ends=("request_hearing", "decide", "terminate", "hand_over", "reinvestigate"),
    ),
    TermRule(key="T48", variant="host", starts=("request_hearing",), ends=("appoint_host", "end_hearing")),
    TermRule(key="T48", variant="papers", starts=("appoint_host",), ends=("hand_papers_to_host", "end_hearing")),
    TermRule(key="T48", variant="day", starts=("hand_papers_to_host",), ends=("fix_hearing_day", "end_hearing")),
    TermRule(key="T05", starts=("notify_hearing",), ends=("open_hearing", "end_hearing")),
    TermRule(key="T49", starts=("announce_hearing",), ends=("open_hearing", "end_hearing"), only_if=_public),
    TermRule(key="T50", starts=("close_hearing",), ends=("report_hearing",)),
    TermRule(key="T43", starts=("submit_review",), ends=("give_opinion",)),
    TermRule(key="T03", starts=("decide",), ends=("serve",)),
    TermRule(key="T35", starts=("publish_service_notice",), ends=("serve",)),
    TermRule(key="T06", starts=("serve",), ends=("record_payment",), about="party", only_if=_fined),
    TermRule(key="T36", starts=("serve",), about="party"),
    TermRule(key="T37", starts=("serve",), about="party"),
    TermRule(key="T39", starts=("serve",), ends=("record_publication",), only_if=_all_served),
    TermRule(key="T09", starts=("record_decision_change",), ends=("record_withdrawal",)),
    TermRule(
        key="T45", ends=("close",), only_if=_ends_case,
        starts=("refuse_filing", "terminate", "hand_over", "serve", "record_payment"),
    ),
    TermRule(key="T51", starts=("close",), ends=("archive",)),
)  # fmt: skip

# What takes days out of a running term, where its rule allows that kind of stop.
_OPENS = {
    "suspend": StopKind.SUSPENSION,
    "request_hearing": StopKind.HEARING,
    "send_for_testing": StopKind.TESTING,
    "publish_service_notice": StopKind.PUBLIC_NOTICE,
}
_CLOSES = {
    "resume": StopKind.SUSPENSION,
    "terminate": StopKind.SUSPENSION,
    "close_hearing": StopKind.HEARING,
    "end_hearing": StopKind.HEARING,
    "receive_result": StopKind.TESTING,
    "serve": StopKind.PUBLIC_NOTICE,
}


def after(facts: Facts, action: str, *, about: str, on: date, context: Context) -> Facts:
    """Return the facts with every term that `action` starts, stops or ends."""
    terms = [_ended(term, action, about=about, on=on, facts=facts) for term in facts.terms]
    terms = [_stopped(term, action, on=on, context=context) for term in terms]
    for rule in TERM_RULES:
        if action in rule.starts and rule.only_if(facts) and not _runs(terms, rule, about, facts):
            terms.append(start(rule.key, on=on, context=context, variant=rule.variant,
                               about=_subject(rule, about, facts)))  # fmt: skip
    return replace(facts, terms=tuple(terms))


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
    found = due(
        context.catalogue[term.key],
        start=term.started_on,
        calendar=context.calendar,
        stops=term.stops,
        extensions=term.extensions,
        field=context.policy.field,
        variant=term.variant,
    )
    return replace(
        term,
        due_on=found.due_on,
        warn_on=found.warn_on,
        provisional=found.provisional,
        earliest=found.kind is Kind.EARLIEST,
    )


def _rule_of(term: RunningTerm) -> TermRule:
    return next(r for r in TERM_RULES if (r.key, r.variant) == (term.key, term.variant))


def _subject(rule: TermRule, about: str, facts: Facts) -> str:
    return {"party": about, "step": str(facts.sequence)}.get(rule.about, "")


def _runs(terms: list[RunningTerm], rule: TermRule, about: str, facts: Facts) -> bool:
    wanted = (rule.key, rule.variant, _subject(rule, about, facts))
    return any((t.key, t.variant, t.about) == wanted and t.ended_on is None for t in terms)


def _ended(term: RunningTerm, action: str, *, about: str, on: date, facts: Facts) -> RunningTerm:
    if term.ended_on is not None or action not in _rule_of(term).ends:
        return term
    mine = _rule_of(term).about in {"", "party"} and term.about in {"", about}
    for_all = action in {"decide", "terminate", "hand_over", "reinvestigate"}
    if _rule_of(term).about == "step":
        mine = term.about == about
    if term.key == "T03" and not facts.all_served():
        return term
    if term.key == "T06" and not facts.paid:
        return term
    return replace(term, ended_on=on) if mine or for_all else term


def _stopped(term: RunningTerm, action: str, *, on: date, context: Context) -> RunningTerm:
    if term.ended_on is not None:
        return term
    rule = context.catalogue[term.key].rule(
        term.started_on, field=context.policy.field, variant=term.variant
    )
    stops = list(term.stops)
    closing, opening = _CLOSES.get(action), _OPENS.get(action)
    for number, stop in enumerate(stops):
        if stop.kind is closing and stop.last is None:
            stops[number] = Stop(stop.first, on, stop.kind)
    if opening in rule.stops and not any(s.kind is opening and s.last is None for s in stops):
        stops.append(Stop(on, None, opening))
    if tuple(stops) == term.stops:
        return term
    return computed(replace(term, stops=tuple(stops)), context=context)


def hearing_right(facts: Facts, context: Context) -> bool:
    """Whether what is proposed gives a right to a hearing: APL art. 63.

    By kind, or by the money of fines, and of confiscations, from the amount set for the kind of
    party ([policy], a table per agency).
    """
    draft = facts.draft
    if draft is None or draft.outcome is not Outcome.PENALTY:
        return False
    if HEARING_KINDS & set(draft.kinds):
        return True
    least = min((context.policy.hearing_fen(party.kind) for party in facts.parties), default=0)
    fines = draft.fen(PenaltyKind.FINE)
    taken = draft.fen(PenaltyKind.CONFISCATE_ILLEGAL_GAINS, PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY)
    return max(fines, taken) >= least > 0
