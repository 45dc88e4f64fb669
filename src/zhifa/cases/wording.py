"""Words of casework in Chinese (办案用语): closed lists, phases, hints; one place for the room.

What documents call by the same code is not said again here: their words are taken over.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from zhifa.cases import entries
from zhifa.cases.rules import Why
from zhifa.documents import wording as papers
from zhifa.documents.values.codes import ClosingKind
from zhifa.evidence.rules import EvidenceKind
from zhifa.evidence.wording import KINDS as EVIDENCE_KINDS
from zhifa.evidence.wording import WORDS as EVIDENCE_WORDS
from zhifa.law.errors import BadValue
from zhifa.law.errors_zh import CODES as LAW_CODES
from zhifa.law.errors_zh import error_words
from zhifa.law.money import yuan
from zhifa.procedures.facts import Facts
from zhifa.procedures.performance import AdditionalFine, additional_fines
from zhifa.procedures.values import (
    GateQuestion,
    LinkKind,
    MajorGround,
    Outcome,
)
from zhifa.procedures.wording import ACTIONS, OUTCOMES, QUESTIONS, ROLES, STATES
from zhifa.registry.rules import Role
from zhifa.registry.wording import ROLES as OFFICES
from zhifa.review.wording import GROUNDS

_LISTS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    **papers.CODE_WORDS,
    EvidenceKind: EVIDENCE_KINDS,
    Outcome: OUTCOMES,
    GateQuestion: QUESTIONS,
    LinkKind: {
        LinkKind.COERCIVE_MEASURE: "行政强制措施（查封、扣押、冻结）",
        LinkKind.COURT_ENFORCEMENT: "申请人民法院强制执行",
        LinkKind.OWN_ENFORCEMENT: "行政机关强制执行",
        LinkKind.RELATED_CASE: "其他有关的案件",
    },
    MajorGround: {ground: GROUNDS[ground.value] for ground in MajorGround},
}


def enum_words(value: StrEnum) -> str:
    """Return a code of a closed list in words."""
    return _LISTS[type(value)][value]


def gate_words(code: str) -> str:
    """Return one of the two judged questions, by its code."""
    return enum_words(GateQuestion(code))


def outcome_words(code: str) -> str:
    """Return the outcome of a decision, by its code."""
    return enum_words(Outcome(code))


def additional_words(added: AdditionalFine) -> str:
    """Return the additional fine as it stands in one line."""
    paused = f"，复议、诉讼期间 {added.paused_days} 日不计" if added.paused_days else ""
    paid = f"；已缴 {yuan(added.paid_fen)} 元" if added.paid_fen else ""
    most = "，已达上限" if added.fen >= added.most_fen else f"，上限 {yuan(added.most_fen)} 元"
    return (
        f"自 {added.since} 起每日百分之三，已计 {added.days} 日，共 {yuan(added.fen)} 元{most}"
        f"{paused}{paid}"
    )


def additional_fines_words(facts: Facts, on: date) -> str:
    """Return the additional fines as they stand, of several parties who pay apart each with the name."""
    fines = additional_fines(facts, on)
    names = {one.id: one.name for one in facts.parties}
    told = facts.draft is not None and facts.draft.apart and len(names) > 1
    words = (
        f"{names[party]}：{additional_words(added)}" if told else additional_words(added)
        for party, added in fines.items()
    )
    return "；".join(words)


def options(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Return a closed list as the choices of a field."""
    return [(value.value, enum_words(value)) for value in kind]


def bad_words(wrong: BadValue) -> str:
    """Return what is wrong with a value: a file, an amount, a number."""
    if wrong.code in LAW_CODES:
        return error_words(wrong)
    known = EVIDENCE_WORDS | dict(papers.WORDS) | WORDS
    words = known.get(wrong.code, wrong.code)
    return f"{words}（{wrong.about}）" if wrong.about else words


def action_words(action: str) -> str:
    """Return a step in words."""
    return ACTIONS.get(action, "")


def state_words(state: str) -> str:
    """Return a state in words."""
    return STATES.get(state, "")


def role_words(role: str) -> str:
    """Return a role in words."""
    return ROLES.get(role) or OFFICES[Role(role)] if role else ""


# The steps of the procedure by the part of the work they belong to, in the order of the page.
PHASES: Mapping[str, tuple[str, ...]] = {
    "案源与立案": ("verify", "file", "refuse_filing"),
    "调查": (
        "investigate", "inspect_on_site", "interview", "collect_evidence", "register_preservation",
        "dispose_preservation", "send_for_testing", "receive_result", "answer_gate", "report",
        "revise_draft", "suspend", "resume", "reinvestigate",
    ),
    "审核": (
        "pass_case_review", "return_case_review", "submit_review", "give_opinion", "discuss",
    ),
    "告知": ("notify", "renotify", "record_defence", "waive_defence"),
    "听证": (
        "request_hearing", "appoint_host", "hand_papers_to_host", "fix_hearing_day",
        "notify_hearing", "announce_hearing", "open_hearing", "close_hearing", "report_hearing",
        "end_hearing",
    ),
    "决定": ("decide",),
    "送达与执行": (
        "publish_service_notice", "serve", "record_payment", "perform", "grant_instalments",
        "record_reconsideration", "record_suit", "record_decision_change",
    ),
    "公示": ("record_publication", "record_withholding", "record_withdrawal"),
    "结案": ("close", "archive"),
    "其他": (
        "extend_term", "reassign", "decide_recusal", "hand_over", "return_from_transfer",
        "terminate", "link_case", "ask_correction", "correct", "refuse_correction",
    ),
}  # fmt: skip
OTHER_PHASE = "其他"

# What is recorded of a case and is no step.
_ENTRIES: Mapping[str, str] = {
    entries.PAPER_SIGNED: "上传签名件",
    entries.PAPER_CORRECTED: "制作补正通知书",
    entries.PAPER_SERVED: "送达补正通知书",
    entries.SUCCEEDED: "承继案件",
}


def entry_words(kind: str) -> str:
    """Return an entry of the record that is no step in words."""
    return _ENTRIES[kind]


# Why a step is expected, where the state alone does not say it.
_WHY: Mapping[str, str] = {
    "review.to_put_right": "法制审核意见要求修改",
    "decision.changed": "处罚决定已依法变更，按变更后的决定办理",
    **{f"close.{kind.value}": enum_words(kind) for kind in ClosingKind},
}


def why_words(why: Why) -> str:
    """Return a reason for which a step is expected, with its day."""
    return f"{_WHY[why.code]}（{why.on.isoformat()}）" if why.on else _WHY[why.code]


# Final steps: what they bring about is shown, and asked again (people.md, manners).
FINAL: Mapping[str, str] = {
    "refuse_filing": "决定不予立案，制作不予立案审批表；此后本案只能结案、归档。",
    "decide": "作出决定，制作决定书并编定文号；决定作出后不能撤回，只能更正、补正或者依法变更。",
    "serve": "登记送达，复议、诉讼和缴款的期限从送达之日起算。",
    "notify": "登记告知书已经送达，陈述、申辩和要求听证的期限从送达之日起算。",
    "renotify": "重新告知，原告知、陈述申辩和听证申请不再算数，期限重新起算。",
    "close": "结案；结案后不能再办理调查、决定和执行的环节。",
    "hand_over": "把案件移送其他机关，本机关停止办理。",
    "terminate": "终止调查，不再作出处罚决定。",
    "reinvestigate": "退回重新调查，已有的告知、审核和讨论不再算数。",
}

# What a person should know before filling in a step, in one line.
HINTS: Mapping[str, str] = {
    "verify": "核查认为有涉嫌违法的事实，才能立案；核查中弄清的当事人情况一并更正。",
    "file": "立案即起算九十日的办案期限；至少指派两名持有效执法证件的人员。",
    "investigate": "指派后即可检查、询问、收集证据。",
    "inspect_on_site": "填好后生成现场检查笔录，打印交当事人签名，再上传签名的扫描件。",
    "interview": "填好后生成询问笔录，打印交被询问人逐页签名，再上传签名的扫描件。",
    "collect_evidence": "文件上传时即计算校验值（SHA-256、SM3），之后不能改动。",
    "register_preservation": "七个工作日内必须作出处理决定，否则自动解除。",
    "answer_gate": "承办人和承办机构负责人各答一次；任何一人答“是”，本案即属重大，须经法制审核。",
    "report": "调查终结报告连同拟处理意见一起提交，以后的告知、审核、决定都以它为准。",
    "revise_draft": "修改后，已有的法制审核通过和集体讨论作废；事实、依据变化或者加重的，还须重新告知。",
    "notify": "告知书已按拟处理意见制作；这里登记送达当事人的情况。",
    "record_defence": "陈述申辩必须逐项复核；不得因陈述申辩加重处罚。",
    "fix_hearing_day": "听证的七个工作日前须通知当事人时间、地点。",
    "submit_review": "送审后，审核意见只对这一份拟处理意见有效；此后改动须重新送审。",
    "discuss": "情节复杂或者重大违法行为给予处罚的，由机关负责人集体讨论决定；逐人记录意见。",
    "decide": "决定的内容就是告知、审核过的拟处理意见，一字不能改。",
    "serve": "每个当事人各登记一次；全部送达后案件进入下一环节。",
    "record_payment": "由当事人缴至指定银行或者电子支付系统，这里登记缴款凭证。",
    "link_case": "查封、扣押和强制执行另案办理，这里只登记它们的案号，案卷里互相能找到。",
    "close": "结案报告由本案的记录自动生成。",
    "reassign": "原承办人移交后不能再办理本案，也不能审核本案。",
}

# The main states of a case on the bar at the top of its page.
MILESTONES: Mapping[str, str] = {
    "clue": "案源核查",
    "filed": "立案",
    "investigated": "调查取证",
    "case_reviewed": "案件审核",
    "noticed": "事先告知",
    "heard": "陈述申辩",
    "hearing": "听证",
    "reviewed": "法制审核",
    "discussed": "集体讨论",
    "decided": "决定",
    "served": "送达",
    "performed": "执行",
    "not_filed": "不予立案",
    "transferred": "移送",
    "terminated": "终止调查",
    "closed": "结案",
    "archived": "归档",
}

WORDS: dict[str, str] = {
    "case.opened_already": "这份登记表已经提交过，案件已经登记。",
    "case.changed_meanwhile": "在您打开之后，别人已经办理了一步，或者您已经点过一次。",
    "number.outdated": "在您打开之后，别人已经改过起始号，或者已经给出文号。",
    "review.no_draft": "还没有拟处理意见，不能送法制审核。",
    "correction.made_meanwhile": "在您打开之后，这份文书已经补正过，或者您已经点过一次。",
    "correction.agency_head_only": "补正通知书由行政机关负责人签发",
    "time.format": "时间应写成 10:20",
    "day.missing": "缺少必要的日期，请先补登前面的环节",
    "draft.missing": "还没有拟处理意见",
    "hearing.missing": "本案没有听证",
    "party.unknown": "本案没有这个当事人",
    "preservation.unknown": "本案没有这次先行登记保存",
    "correction.served_already": "补正通知书已经送达这个当事人",
    "correction.served_too_early": "送达日期不能早于补正通知书的日期",
    "correction.another_party": "这份补正通知书不是给这个当事人的",
    "correction.approver": "批准人现在不是承办机构或者机关的负责人",
    # what verification finds
    "case.missing": "记录里有这个案件，案件表里没有",
    "exclusion.still_cited": "拟处理意见还以这件证据为依据，请先修改拟处理意见、不再引用它，再排除",
    "exclusion.decided_on": "决定以这件证据为依据，不能在这里排除；决定只能依法变更、撤销",
    "case.number_taken": "其中有案件的案号本机关已经用过，这次都没有接办。请系统管理员核对两个机关的机关代字和文号",
    "case.not_followed": "其中有案件不是本机关承继的机关留下的，或者已经由别的机关接办，这次都没有接办。请看过下面最新的情况再选",
    "case.not_taken_over": "案件还在原机关名下：请承继机关的负责人先在待办里接办，再出具审核意见。",
    "case.erased": "案件的记录内容已依法删除，不能复演",
    "case.without_record": "案件没有办理记录",
    "case.correction_unlawful": "案件有一项更正不合规定，不是通过系统办理的",
    "case.not_replayable": "案件的记录不能复演",
    "case.record_differs": "复演的结果与记录的摘要不符",
    "case.facts": "案情与记录不符",
    "case.column": "案件表与记录不符",
    "case.term": "期限与记录不符",
    "case.parties": "当事人与记录不符",
    "case.decision": "决定与记录不符",
    "case.number_series": "立案号序列与编过的立案号不符",
    "case.review_submission": "法制审核的送审登记与记录不符",
    "case.review_opinion": "法制审核意见与记录不符",
    "case.review_pass": "法制审核的通过情况与记录不符",
    "case.document_missing": "记录里的文书不在文书表里",
    "case.document_unrecorded": "文书表里的文书没有办理记录",
}
