"""That a procedure has no gap (程序的证明): every path is walked by program, with the real engine.

One party, four proposals (a small fine, a large one, none, and the small one on other facts) and
every answer a step can be given are tried from every situation that can arise. Situations that
differ only in what no rule looks at count as one. The walker keeps its own simple record of what
the party was told and what was reviewed, and compares that with what the engine lets through, so
that a rule which was dropped or weakened shows, with the path that slips through.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from zhifa.law.calendar import Calendar
from zhifa.law.citations import ACTS
from zhifa.procedures import engine, gate
from zhifa.procedures.facts import Context, Facts, Policy
from zhifa.procedures.model import NoSuchStep, Procedure, Step
from zhifa.procedures.recording import RECORDERS, Taken
from zhifa.procedures.tries import BEGUN_ON, THEMES, Act, Theme, around
from zhifa.procedures.values import DecisionDraft, Outcome, ReviewOpinion

_LONG = timedelta(days=45)  # longer than any term that keeps a case waiting
_HEARD_DAYS = 7  # five working days are never over sooner
_MOST = 20_000  # situations; far more than a sound procedure has


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap of a procedure, and the path that leads to it."""

    code: str
    procedure: str
    about: str  # a state, an action
    path: tuple[str, ...] = ()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the walker knows by itself, whatever the engine thinks."""

    told: DecisionDraft | None = None
    told_on: date = BEGUN_ON
    waived: bool = False
    passed: str = ""  # digest of the text that the legal reviewer approved
    checked: str = ""  # digest of the text that the case reviewer passed
    yes: bool = False
    held: bool = False  # a hearing

    def after(self, act: Act, facts: Facts, on: date, policy: Policy) -> "_Memory":
        """Return what the walker knows after an act."""
        match act.action:
            case "notify" | "renotify":
                return replace(self, told=facts.draft, told_on=on, waived=False)
            case "waive_defence":
                return replace(self, waived=True)
            case "reinvestigate":
                return replace(self, told=None, passed="", checked="")
            case "pass_case_review":
                return replace(self, checked=facts.draft_sha256)
            case "answer_gate":
                settled = self.yes and facts.draft is not None  # before the report it may change
                return replace(self, yes=settled or act.says == "yes")
            case "give_opinion" if act.says == ReviewOpinion.APPROVE:
                return replace(self, passed=facts.draft_sha256)
            case "give_opinion" if act.says == ReviewOpinion.SUPPLEMENT_FACTS:
                return replace(self, told=None)
            case "record_defence":
                return replace(self, passed="") if policy.review_first else self
            case "close_hearing":
                return replace(self, held=True, passed="" if policy.review_first else self.passed)
            case _:
                return self

    def faults(self, facts: Facts, on: date, policy: Policy) -> Iterator[str]:
        """Yield what a penalty decided on that day lacks."""
        draft, told = facts.draft, self.told
        if draft is None or told is None or not _told_as_much(told, draft):
            yield "penalty.without_notice"
        elif not self.waived and (on - self.told_on).days < _HEARD_DAYS:
            yield "penalty.without_hearing_the_party"
        major = (
            self.yes
            or self.held
            or (draft is not None and draft.amount_fen >= policy.major_organisation_fen)
        )
        if major and self.passed != facts.draft_sha256:
            yield "penalty.major_without_review"
        if not major and facts.draft_sha256 not in {self.checked, self.passed}:
            yield "penalty.without_case_review"


def _told_as_much(told: DecisionDraft, draft: DecisionDraft) -> bool:
    return (
        told.outcome is Outcome.PENALTY
        and told.facts_found == draft.facts_found
        and told.basis == draft.basis
        and told.amount_fen >= draft.amount_fen
    )


Key = tuple[object, ...]


@dataclass(slots=True)
class _Node:
    """One situation, as it was first reached."""

    facts: Facts
    memory: _Memory
    path: tuple[str, ...]
    leads_to: set[Key] = field(default_factory=set)


def check(
    procedure: Procedure, policies: tuple[tuple[str, Policy], ...] = ()
) -> tuple[Finding, ...]:
    """Return every gap of a procedure; empty means that it is proved.

    policies  by name; none: the default order and "review first". Give those of the bodies'
              overlays to prove them too.

    Codes: step.without_basis, step.without_recorder, step.never_possible, state.unreachable,
    state.dead_end, penalty.without_notice, penalty.without_hearing_the_party,
    penalty.major_without_review, penalty.without_case_review.
    """
    found = list(_of_the_table(procedure))
    if any(finding.code == "step.without_recorder" for finding in found):
        return tuple(found)
    taken: set[Step] = set()
    states: set[str] = set()
    for name, policy in policies or (("", Policy()), ("review_first", Policy(review_first=True))):
        for theme in THEMES:
            walker = _Walker(procedure, name, policy, theme)
            walker.walk()
            found.extend(walker.findings())
            taken |= walker.taken
            states |= {node.facts.state for node in walker.nodes.values()}
    for state in procedure.states():
        if state not in states:
            found.append(Finding("state.unreachable", procedure.key, state))
    for step in procedure.steps:
        if step not in taken and not step.of_record:
            found.append(Finding("step.never_possible", procedure.key, step.action))
    first: dict[tuple[str, str, str], Finding] = {}
    for one in found:
        first.setdefault((one.code, one.about, one.policy), one)
    return tuple(first.values())


def _of_the_table(procedure: Procedure) -> Iterator[Finding]:
    for step in procedure.steps:
        if step.basis.act not in ACTS or not step.basis.article:
            yield Finding("step.without_basis", procedure.key, step.action)
        if step.action not in RECORDERS:
            yield Finding("step.without_recorder", procedure.key, step.action)


@dataclass(slots=True)
class _Walker:
    procedure: Procedure
    name: str
    policy: Policy
    theme: Theme
    nodes: dict[Key, _Node] = field(default_factory=dict)
    taken: set[Step] = field(default_factory=set)
    faults: dict[str, Finding] = field(default_factory=dict)

    def walk(self) -> None:
        """Find every situation, breadth first, so that each has its shortest path."""
        start = _Node(Facts(), _Memory(), ())
        first = _key(start)
        self.nodes[first] = start
        ahead = deque([first])
        while ahead:
            here = ahead.popleft()
            node = self.nodes[here]
            for after in self._nexts(node):
                key = _key(after)
                if key not in self.nodes:
                    if len(self.nodes) >= _MOST:
                        raise RuntimeError(f"{self.procedure.key} has too many situations to prove")
                    self.nodes[key] = after
                    ahead.append(key)
                node.leads_to.add(key)

    def _nexts(self, node: _Node) -> Iterator[_Node]:
        rows = {step.action for step in engine.available(self.procedure, node.facts)}
        for move in self.theme.moves(node.facts, rows):
            after: _Node | None = node
            for act in move:
                after = self._after(after, act) if after else None
            if after is not None:
                yield after

    def _after(self, node: _Node, act: Act) -> _Node | None:
        """Return the situation after an act, on the first day that allows it; None if none does."""
        facts = node.facts
        try:
            step = self.procedure.step(facts.state, act.action)
        except NoSuchStep:
            return None
        context = Context(calendar=_calendar(), policy=self.policy)
        person = around(act.role or step.roles[0])
        for on in _days(facts):
            data = act.data(facts, on)
            if engine.blockers(
                self.procedure, facts, act.action, data=data, circumstances=person,
                context=context, on=on,
            ):  # fmt: skip
                continue
            path = (*node.path, act.name)
            self.taken.add(step)
            if act.action == "decide" and act.says == Outcome.PENALTY:
                for code in node.memory.faults(facts, on, self.policy):
                    finding = Finding(code, self.procedure.key, "decide", path, self.name)
                    self.faults.setdefault(code, finding)
            memory = node.memory.after(act, facts, on, self.policy)
            taken = Taken(data=data, on=on, circumstances=person, context=context)
            return _Node(engine.folded(step, facts, taken), memory, path)
        return None

    def findings(self) -> Iterator[Finding]:
        """Yield the gaps found: faulty decisions, and one dead end a state."""
        yield from self.faults.values()
        ends = {key for key, node in self.nodes.items() if node.facts.state in self.procedure.final}
        alive = self._that_lead_to(ends)
        seen: set[str] = set()
        for key, node in self.nodes.items():
            state = node.facts.state
            if key not in alive and state not in seen:
                seen.add(state)
                yield Finding("state.dead_end", self.procedure.key, state, node.path, self.name)

    def _that_lead_to(self, ends: set[Key]) -> set[Key]:
        before: dict[Key, list[Key]] = {}
        for key, node in self.nodes.items():
            for after in node.leads_to:
                before.setdefault(after, []).append(key)
        alive, ahead = set(ends), list(ends)
        while ahead:
            for key in before.get(ahead.pop(), ()):
                if key not in alive:
                    alive.add(key)
                    ahead.append(key)
        return alive


@cache
def _calendar() -> Calendar:
    return Calendar.of()


def _days(facts: Facts) -> Iterator[date]:
    """Yield the days on which a step is tried: at once, on the day of the hearing, much later."""
    today = facts.last_on or BEGUN_ON
    yield today
    hearing_on = facts.hearing.hearing_on if facts.hearing else None
    if hearing_on is not None and hearing_on > today:
        yield hearing_on
    yield today + _LONG


_UNDECIDED = frozenset({"", "clue", "verified", "filed", "investigating", "suspended"})
_PENDING = frozenset(
    {"investigated", "case_reviewed", "noticed", "hearing", "heard", "in_review", "reviewed",
     "discussed"}
)  # fmt: skip


def _key(node: _Node) -> Key:
    """Return what rules can see of a situation: two with one key have the same future."""
    state = node.facts.state
    if state in _UNDECIDED:
        return state, _before_report(node)
    return state, _pending(node) if state in _PENDING else _settled(node.facts)


def _before_report(node: _Node) -> Key:
    facts, memory = node.facts, node.memory
    return (
        facts.facts_suspected,
        bool(facts.evidence),
        bool(facts.inspections),
        gate.unanswered(facts),
        any(answer.yes for answer in facts.gate_answers),
        any(item.finished_on is None for item in facts.preservations),
        any(item.finished_on is None for item in facts.testings),
        facts.is_major,
        facts.draft is None,
        memory.yes or memory.held,
    )


def _pending(node: _Node) -> Key:
    facts, memory, draft = node.facts, node.memory, node.facts.draft_sha256
    hearing, today = facts.hearing, facts.last_on or BEGUN_ON
    waiting = {
        term.key
        for term in facts.running()
        if term.key in _KEEP_WAITING and (term.due_on is None or today <= term.due_on)
    }
    return (
        draft,
        facts.is_major,
        any(item.finished_on is None for item in facts.preservations),
        facts.case_review_sha256 == draft,
        facts.review_pass and (facts.review_pass.opinion, facts.review_pass.sha256 == draft),
        facts.all_notified() and facts.notice_draft and facts.notice_draft.digest,
        facts.discussion_sha256 == draft,
        frozenset(waiting),
        hearing and (
            hearing.host, hearing.hearing_on and hearing.hearing_on >= today,
            bool(hearing.notified), hearing.announced_on is None, hearing.opened_on is None,
            hearing.over,
        ),
        facts.service_notice_on is None,
        memory.told and memory.told.digest,
        memory.waived or (today - memory.told_on).days >= _HEARD_DAYS,
        memory.passed == draft,
        memory.checked == draft,
        memory.yes or memory.held,
    )  # fmt: skip


def _settled(facts: Facts) -> Key:
    today = facts.last_on or BEGUN_ON
    return (
        facts.decision and facts.decision.outcome,
        facts.service_notice_on is None,
        facts.paid,
        facts.performed,
        facts.closing_event_on is None,
        facts.published_on is None,
        facts.withheld_on is None,
        any(
            term.key in _KEEP_WAITING and (term.due_on is None or today <= term.due_on)
            for term in facts.running()
        ),
        tuple(len(term.extensions) for term in facts.terms if term.key == "T06"),
    )


_KEEP_WAITING = frozenset({"T47", "T04", "T05", "T49", "T35", "T06"})


_WORDS = {
    "step.without_basis": "环节没有法律依据",
    "step.without_recorder": "环节没有对应的案情记录",
    "step.never_possible": "环节在任何情形下都无法进行",
    "state.unreachable": "状态无法到达",
    "state.dead_end": "走到这里再也无法结案归档",
    "penalty.without_notice": "没有事先告知（或者告知后又有变化）就能作出处罚决定",
    "penalty.without_hearing_the_party": "陈述申辩期限未满就能作出处罚决定",
    "penalty.major_without_review": "重大处罚未经法制审核就能作出决定",
    "penalty.without_case_review": "未经审核就能作出处罚决定",
}
CODES = frozenset(_WORDS)


def report(findings: tuple[Finding, ...]) -> str:
    """Return the findings in Chinese, one a line, each with the path that leads to it."""
    if not findings:
        return "✓ 每个状态都能到达并能结案；没有不经告知的处罚，没有不经法制审核的重大处罚"
    return "\n".join(_line(finding) for finding in findings)


def _line(finding: Finding) -> str:
    order = f"（{finding.policy}）" if finding.policy else ""
    path = f"：{' → '.join(finding.path)}" if finding.path else ""
    return f"✗ {finding.procedure}{order} {finding.about} {_WORDS[finding.code]}{path}"
