"""The flow of a penalty as the public reads it (处罚流程): steps that belong together are one box.

Only the grouping, the questions and the words beside the arrows are written here. Who acts, on
what article and within which term comes from the definition that runs; `chart_of` refuses a
definition with a step that no box shows, or with a box whose lane its roles do not fit.
"""

from dataclasses import dataclass, field

from zhifa.law.citations import Article
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import Unit
from zhifa.procedures.charts.model import Chart, Edge, EdgeKind, Lane, Node, NodeKind, Progress
from zhifa.procedures.model import Procedure, Step
from zhifa.procedures.wording import ACTIONS, ROLES, basis_words

_UNITS = {
    Unit.WORKING_DAY: "个工作日",
    Unit.CALENDAR_DAY: "日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}


@dataclass(frozen=True, slots=True)
class Going:
    """How far a case has come: marks a chart for the page of the case."""

    state: str
    taken: frozenset[str]  # actions taken so far


@dataclass(frozen=True, slots=True)
class _Lane:
    id: str
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: the steps it stands for, the first of which names role and article."""

    id: str
    lane: str
    label: str
    actions: tuple[str, ...] = ()
    kind: NodeKind = "task"
    term: tuple[str, str] = ("", "")  # key and variant of the time limit
    states: tuple[str, ...] = ()  # in which a case waits here
    row: int = 0


@dataclass(frozen=True, slots=True)
class _Arrow:
    source: str
    target: str
    label: str = ""
    kind: EdgeKind = "main"


@dataclass(frozen=True, slots=True)
class _Flow:
    title: str
    lanes: tuple[_Lane, ...]
    boxes: tuple[_Box, ...]
    arrows: tuple[_Arrow, ...]
    any_time: tuple[str, ...] = field(default=())  # actions without a place in the flow


_PENALTY = _Flow(
    title="行政处罚普通程序流程图",
    lanes=(
        _Lane("handling", "承办机构", ("case_handler", "handling_unit_head")),
        _Lane("head", "机关负责人", ("agency_head",)),
        _Lane("review", "审核人员", ("case_reviewer", "legal_reviewer")),
        _Lane("host", "听证主持人", ("hearing_host",)),
        _Lane("records", "公示与档案", ("disclosure_publisher", "archivist")),
    ),
    boxes=(
        _Box("clue", "handling", "案源登记、核查", ("register_clue", "verify"), "start",
             ("T44", ""), ("clue",)),
        _Box("file", "head", "立案审批", ("file",), states=("verified",)),
        _Box("not_filed", "review", "不予立案", ("refuse_filing",), "end", states=("not_filed",)),
        _Box("investigate", "handling", "调查取证",
             ("investigate", "inspect_on_site", "interview", "collect_evidence",
              "register_preservation", "dispose_preservation", "send_for_testing",
              "receive_result"), states=("filed", "investigating")),
        _Box("suspend", "head", "中止、恢复调查", ("suspend", "resume"), states=("suspended",)),
        _Box("terminate", "review", "终止调查", ("terminate",), "end", states=("terminated",)),
        _Box("report", "handling", "调查终结报告", ("report", "answer_gate"),
             states=()),
        _Box("hand_over", "head", "移送", ("hand_over", "return_from_transfer"), "end",
             states=("transferred",)),
        _Box("major", "handling", "是否属于重大处罚", kind="decision"),
        _Box("case_review", "review", "案件审核", ("pass_case_review", "return_case_review"),
             states=("investigated",)),
        _Box("notify", "head", "送达事先告知书", ("notify", "renotify"),
             states=("case_reviewed",)),
        _Box("defence", "handling", "陈述申辩、复核",
             ("record_defence", "waive_defence", "revise_draft", "request_hearing"),
             term=("T47", ""), states=("noticed",)),
        _Box("hearing_asked", "handling", "当事人是否要求听证", kind="decision"),
        _Box("hearing", "host", "举行听证",
             ("open_hearing", "appoint_host", "hand_papers_to_host", "fix_hearing_day",
              "notify_hearing", "announce_hearing", "close_hearing", "report_hearing",
              "end_hearing"), states=("hearing", "heard")),
        _Box("major_again", "handling", "是否属于重大处罚", kind="decision"),
        _Box("legal_review", "review", "法制审核", ("give_opinion", "submit_review"),
             term=("T43", ""), states=("in_review",)),
        _Box("discuss", "head", "集体讨论", ("discuss",), states=("reviewed",)),
        _Box("decide", "head", "作出处罚或者不予处罚决定", ("decide", "reinvestigate"), term=("T01", ""),
             states=("discussed",)),
        _Box("serve", "handling", "送达决定书", ("serve", "publish_service_notice"),
             term=("T03", ""), states=("decided",)),
        _Box("publish", "records", "依法公示",
             ("record_publication", "record_withholding", "record_withdrawal"), term=("T39", "")),
        _Box("perform", "handling", "缴款、履行",
             ("record_payment", "perform", "grant_instalments", "record_reconsideration",
              "record_suit", "record_decision_change"),
             term=("T06", ""), states=("served", "performing")),
        _Box("close", "head", "结案审批", ("close",), term=("T45", "")),
        _Box("archive", "records", "归档", ("archive",), "end", ("T51", ""),
             ("closed", "archived")),
    ),
    arrows=(
        _Arrow("clue", "file"),
        _Arrow("file", "investigate", "立案"),
        _Arrow("file", "not_filed", "不予立案"),
        _Arrow("investigate", "suspend", "中止"),
        _Arrow("suspend", "terminate", "终止"),
        _Arrow("suspend", "investigate", "恢复", "return"),
        _Arrow("investigate", "report"),
        _Arrow("report", "hand_over", "涉嫌犯罪等"),
        _Arrow("report", "major"),
        _Arrow("major", "case_review", "否"),
        _Arrow("major", "notify", "是"),
        _Arrow("case_review", "notify", "通过"),
        _Arrow("case_review", "investigate", "退回", "return"),
        _Arrow("notify", "defence"),
        _Arrow("defence", "hearing_asked"),
        _Arrow("hearing_asked", "hearing", "是"),
        _Arrow("hearing_asked", "major_again", "否"),
        _Arrow("hearing", "legal_review"),
        _Arrow("major_again", "legal_review", "是"),
        _Arrow("major_again", "decide", "否"),
        _Arrow("legal_review", "discuss", "通过"),
        _Arrow("legal_review", "investigate", "补充调查", "return"),
        _Arrow("discuss", "decide"),
        _Arrow("decide", "serve"),
        _Arrow("serve", "publish"),
        _Arrow("serve", "perform"),
        _Arrow("perform", "close"),
        _Arrow("close", "archive"),
    ),
    any_time=("extend_term", "reassign", "decide_recusal", "link_case", "ask_correction", "correct", "refuse_correction"),
)  # fmt: skip
_ONE_LINE = 13  # characters
_FLOWS = {"penalty.ordinary": _PENALTY}


class NoFlow(LookupError):
    """The procedure has no flow chart yet."""


@dataclass(frozen=True, slots=True)
class ChartStep:
    """One step of the chart as text (流程步骤)."""

    number: int
    name: str
    role: str
    basis: Article
    limit: str  # "" if the law sets none
    actions: tuple[str, ...]


def chart_of(procedure: Procedure, going: Going | None = None) -> Chart:
    """Return the chart of a procedure, marked for a case if one is given.

    Raises NoFlow, and ValueError where the flow does not fit the definition.
    """
    flow = _flow(procedure)
    numbers = {step.actions[0]: step.number for step in chart_steps(procedure)}
    nodes = tuple(
        Node(
            id=box.id,
            lane=box.lane,
            label=box.label,
            kind=box.kind,
            row=box.row,
            state=_progress(box, going),
            note=_citation(_first(procedure, box).basis) if box.actions else "",
            limit=_limit(box),
            number=numbers[box.actions[0]] if box.actions else 0,
        )
        for box in flow.boxes
    )
    return Chart(
        title=flow.title,
        lanes=tuple(Lane(lane.id, lane.title) for lane in flow.lanes),
        nodes=nodes,
        edges=tuple(Edge(one.source, one.target, one.label, one.kind) for one in flow.arrows),
    )


def chart_steps(procedure: Procedure) -> tuple[ChartStep, ...]:
    """Return the steps of the chart in order: number, name, role, article, time limit.

    Raises NoFlow, and ValueError where the flow does not fit the definition.
    """
    boxes = [box for box in _flow(procedure).boxes if box.actions]
    return tuple(
        ChartStep(
            number=number,
            name=box.label,
            role="、".join(ROLES[role] for role in _first(procedure, box).roles),
            basis=_first(procedure, box).basis,
            limit=_limit(box),
            actions=box.actions,
        )
        for number, box in enumerate(boxes, start=1)
    )


def footnotes(procedure: Procedure) -> tuple[str, ...]:
    """Return what stands below the chart: what is done at any time, and what is drawn."""
    any_time = "、".join(ACTIONS[action] for action in _flow(procedure).any_time)
    return (
        f"办理期间均可：{any_time}。红色虚线为退回。",
        f"本图由系统运行的程序定义生成，自{procedure.version}起施行。",
    )


def _flow(procedure: Procedure) -> _Flow:
    flow = _FLOWS.get(procedure.key)
    if flow is None:
        raise NoFlow(procedure.key)
    shown = {action for box in flow.boxes for action in box.actions} | set(flow.any_time)
    known = {step.action for step in procedure.steps}
    if shown != known:
        raise ValueError(f"the flow chart and {procedure.key} differ in {sorted(shown ^ known)}")
    roles = {lane.id: set(lane.roles) for lane in flow.lanes}
    for box in flow.boxes:
        if (
            box.actions
            and box.kind != "end"
            and not roles[box.lane] & set(_first(procedure, box).roles)
        ):
            raise ValueError(f"{box.id} stands in the lane {box.lane}")
    return flow


def _first(procedure: Procedure, box: _Box) -> Step:
    return next(step for step in procedure.steps if step.action == box.actions[0])


def _citation(article: Article) -> str:
    """Return an article in one line, or broken before its number if it is long."""
    words = basis_words(article)
    return words if len(words) <= _ONE_LINE else words.replace("第", "\n第", 1)


def _limit(box: _Box) -> str:
    key, variant = box.term
    if not key:
        return ""
    length = CATALOGUE[key].branch(variant=variant).rules.latest.length
    return f"{length.count}{_UNITS[length.unit]}"


def _progress(box: _Box, going: Going | None) -> Progress:
    if going is None:
        return "open"
    if going.state in box.states and going.state != "archived":
        return "current"
    return "done" if going.taken.intersection(box.actions) else "open"
