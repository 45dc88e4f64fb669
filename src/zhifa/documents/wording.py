"""How a value reads in a document (文书用语): codes, dates, amounts and citations in Chinese words.

`dressed` turns typed values into plain data for a template: it is the only place in this room
where a code becomes words.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from zhifa.clock import BEIJING
from zhifa.documents.values import codes
from zhifa.documents.values.decisions import PenaltyDecision
from zhifa.documents.values.parts import Guardian, Party, PenaltyItem, Provision, Spell
from zhifa.law.citations import chinese_number
from zhifa.law.errors import BadValue
from zhifa.law.money import capital, yuan
from zhifa.procedures.values import (
    DONE_BY_SERVICE,
    CaseSource,
    PartyKind,
    PenaltyKind,
    PreservationDisposal,
    ReviewContent,
    ReviewOpinion,
    ServiceMethod,
)
from zhifa.procedures.wording import KINDS, REVIEW_CONTENTS

CODE_WORDS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    codes.Gender: {
        codes.Gender.MALE: "男",
        codes.Gender.FEMALE: "女",
    },
    PartyKind: {
        PartyKind.PERSON: "自然人",
        PartyKind.ORGANISATION: "法人或者其他组织",
        PartyKind.INDIVIDUAL_BUSINESS: "个体工商户",
    },
    CaseSource: {
        CaseSource.INSPECTION: "监督检查",
        CaseSource.COMPLAINT: "投诉",
        CaseSource.REPORT: "举报",
        CaseSource.TRANSFER: "其他机关移送",
        CaseSource.SUPERIOR_ASSIGNMENT: "上级交办",
        CaseSource.OTHER: "其他",
    },
    PenaltyKind: KINDS,
    codes.Endorser: {
        codes.Endorser.CASE_HANDLER: "办案人员",
        codes.Endorser.HANDLING_UNIT_HEAD: "办案机构负责人",
        codes.Endorser.CASE_REVIEWER: "案件审核人员",
        codes.Endorser.LEGAL_REVIEW_UNIT: "法制机构",
        codes.Endorser.HEARING_HOST: "听证主持人",
        codes.Endorser.AGENCY_HEAD: "行政机关负责人",
    },
    PreservationDisposal: {
        PreservationDisposal.RECORD: "采取记录、复制、拍照、录像等证据保全措施后返还",
        PreservationDisposal.EXAMINE: "送交检测、检验、检疫、鉴定",
        PreservationDisposal.COERCE: "采取查封、扣押行政强制措施",
        PreservationDisposal.CONFISCATE: "依法没收",
        PreservationDisposal.RELEASE: "解除先行登记保存措施",
    },
    ReviewOpinion: {
        ReviewOpinion.APPROVE: "同意",
        ReviewOpinion.CORRECT: "建议纠正",
        ReviewOpinion.SUPPLEMENT_PAPERS: "退回补正材料",
        ReviewOpinion.SUPPLEMENT_FACTS: "建议补充调查",
        ReviewOpinion.NO_PENALTY: "建议不予处罚",
        ReviewOpinion.REVOKE_CASE: "建议撤销案件",
        ReviewOpinion.TRANSFER: "建议移送",
        ReviewOpinion.OTHER: "其他意见",
    },
    ReviewContent: REVIEW_CONTENTS,
    codes.CaseReviewContent: {
        codes.CaseReviewContent.JURISDICTION: "具有管辖权",
        codes.CaseReviewContent.PARTY: "当事人的基本情况清楚",
        codes.CaseReviewContent.FACTS: "案件事实清楚，证据充分",
        codes.CaseReviewContent.CHARACTERISATION: "定性准确",
        codes.CaseReviewContent.BASIS: "适用依据正确",
        codes.CaseReviewContent.PROCEDURE: "程序合法",
        codes.CaseReviewContent.DISPOSAL: "处理适当",
    },
    codes.NoPenaltyGround: {
        codes.NoPenaltyGround.MINOR: "违法行为轻微并及时改正，没有造成危害后果",
        codes.NoPenaltyGround.FIRST: "初次违法且危害后果轻微并及时改正",
        codes.NoPenaltyGround.NO_FAULT: "当事人有证据足以证明没有主观过错",
        codes.NoPenaltyGround.NOT_RESPONSIBLE: "当事人依法不承担行政处罚责任",
        codes.NoPenaltyGround.TIME_BARRED: "违法行为超过行政处罚追究时效",
        codes.NoPenaltyGround.NO_VIOLATION: "违法事实不能成立",
    },
    ServiceMethod: {
        ServiceMethod.DIRECT: "直接送达",
        ServiceMethod.LIEN: "留置送达",
        ServiceMethod.ELECTRONIC: "电子送达",
        ServiceMethod.MAIL: "邮寄送达",
        ServiceMethod.ENTRUSTED: "委托送达",
        ServiceMethod.RELAYED: "转交送达",
        ServiceMethod.PUBLIC_NOTICE: "公告送达",
    },
    codes.ClosingKind: {
        codes.ClosingKind.PERFORMED: "行政处罚决定执行完毕",
        codes.ClosingKind.COURT_EXECUTION_ENDED: "人民法院裁定终结执行",
        codes.ClosingKind.DECISION_ANNULLED: "行政处罚决定被撤销或者确认无效",
        codes.ClosingKind.NOT_FILED: "不予立案",
        codes.ClosingKind.NO_PENALTY: "不予行政处罚",
        codes.ClosingKind.TERMINATED: "案件终止调查",
        codes.ClosingKind.HANDED_OVER: "案件移送",
    },
}

# What is wrong with what a document should say, and what to do about it.
WORDS: dict[str, str] = {
    "text.unprintable": "有不能印制的字符（看不见的控制字符、表情符号或者字体没有的字），请删除或者改用其他字",
    "frame.number_missing": "对外文书没有文号，不能制作",
    "frame.date_missing": "对外文书没有成文日期，不能制作",
    "document.data": "文书数据与文书种类不符，不能读取",
    "correction.nothing": "请至少写明一处差错",
    "correction.no_difference": "请写明差错的位置，更正后的文字应与原文不同",
    "correction.no_reason": "请写明补正的理由",
    "correction.not_outward": "只有送达当事人的文书才用补正通知书；内部表格、笔录请用更正",
    "correction.before_the_document": "补正日期不能早于原文书的日期",
    "correction.in_future": "补正日期不能晚于今天",
    "number.first": "起始号应是 1 到 999999 之间的整数",
    "number.given_by_former": "原机关用同一个机关代字今年已经给到这个号码，起始号应当更大",
    "number.series_begun": "这一序列今年已经给出文号，不能再改起始号",
    "decision.without_penalty": "处罚决定至少要有一项处罚",
    "decision.fine_without_payment": "处以罚款的，要有代收银行和缴款期限",
    "decision.payment_without_money": "没有罚没款的，不应写缴款银行",
    "penalty.amount_missing": "罚款、没收违法所得要写明金额",
    "penalty.amount_not_money": "这种处罚没有金额",
    "penalty.detail_missing": "请写明处罚的具体内容，例如没收何物、吊销何证、停业多久",
    "party.person_with_organisation_parts": "自然人没有统一社会信用代码和法定代表人",
    "party.organisation_with_personal_parts": "单位没有性别、出生日期和监护人",
    "spell.naive": "时间没有时区，不能使用",
    "spell.ends_before_it_begins": "结束时间早于开始时间，请核对",
}

# What `zhifa verify` finds about a document.
WORDS |= {
    "document.not_printed": "文书尚未生成 PDF，后台任务正在或者等待处理",
    "document.other_press": "模板或者字体已经更新，不能按原样重印比对",
    "document.not_journalled": "没有制作这份文书的记录",
    "document.differs_from_journal": "文书的登记信息或者数据与制作时的记录不符",
    "document.print_taken_back": "有生成 PDF 的记录，文书却没有文件",
    "document.print_not_journalled": "没有生成这份 PDF 的记录",
    "document.print_differs_from_journal": "文件摘要值或者页数与记录不符",
    "document.type_differs": "文书种类与文书数据不符",
    "document.number_differs": "文号与文书数据不符",
    "document.date_differs": "日期与文书数据不符",
    "document.token_differs": "核验码与文书数据不符",
    "document.data_unreadable": "文书数据已被改动，读不出来",
    "document.press_unreadable": "印制环境的登记已被改动，读不出来",
    "document.file_missing": "文件不在存储中",
    "document.file_changed": "文件内容已被改动",
    "document.prints_otherwise": "按文书数据重新生成的文件与保存的不同",
    "document.not_printable": "按文书数据已经不能重新生成文件",
    "document.file_orphan": "存储中有不属于任何文书的文件",
    "document.missing": "记录里有这份文书，文书表里没有",
    "document.maker_differs": "制作人或者制作时间与制作记录不符",
    "number.series_start": "文号序列的起始号与登记起始号的记录不符",
    "number.series_missing": "文书编过文号或者登记过起始号，文号序列却不见了",
    "number.gap": "文号不连续：编过的号没有对应的文书",
}


def code_words(code: StrEnum) -> str:
    """Return how a code reads in a document."""
    return CODE_WORDS[type(code)][code]


def date_words(on: date) -> str:
    """Return 2026年11月23日: figures, without leading noughts (GB/T 9704)."""
    return f"{on.year}年{on.month}月{on.day}日"


def time_words(at: datetime) -> str:
    """Return an aware instant as 2026年11月23日9时05分, Beijing time."""
    local = at.astimezone(BEIJING)
    return f"{date_words(local.date())}{local.hour}时{local.minute:02}分"


def spell_words(spell: Spell) -> str:
    """Return 2026年3月2日9时30分至10时15分; the day is said again only if it changed."""
    if not spell.timed:
        return date_words(spell.started_at.astimezone(BEIJING).date())
    start, end = time_words(spell.started_at), time_words(spell.ended_at)
    day = start[: start.index("日") + 1]
    return f"{start}至{end.removeprefix(day)}"


def money_words(fen: int) -> str:
    """Return 人民币伍仟元整（¥5,000.00）."""
    return f"人民币{capital(fen)}（¥{yuan(fen)}）"


def provision_words(provision: Provision) -> str:
    """Return 《中华人民共和国食品安全法》第一百二十四条第一款第五项."""
    words = f"《{provision.act}》第{chinese_number(provision.article)}条"
    if provision.inserted:
        words += f"之{chinese_number(provision.inserted)}"
    if provision.paragraph:
        words += f"第{chinese_number(provision.paragraph)}款"
    if provision.item:
        words += f"第{chinese_number(provision.item)}项"
    return words


def penalty_words(item: PenaltyItem) -> str:
    """Return one penalty as the decision puts it: 罚款人民币伍仟元整（¥5,000.00）; of one of several
    parties with the name before it: 对某公司：罚款……."""
    return (f"对{item.party}：" if item.party else "") + _penalty(item)


def _penalty(item: PenaltyItem) -> str:
    kind = code_words(item.kind)
    if item.amount_fen is not None:
        return f"{kind}{money_words(item.amount_fen)}" + (
            f"（{item.detail}）" if item.detail else ""
        )
    if item.kind in DONE_BY_SERVICE or item.kind is PenaltyKind.OTHER:
        return item.detail or kind
    return f"{kind}：{item.detail}"


def guardian_words(guardian: Guardian) -> str:
    """Return 王某（父亲，身份证号：…，联系电话：…）, without what is not known."""
    parts = [guardian.relation] if guardian.relation else []
    if guardian.id_number:
        parts.append(f"身份证号：{guardian.id_number}")
    if guardian.phone:
        parts.append(f"联系电话：{guardian.phone}")
    return f"{guardian.name}（{'，'.join(parts)}）" if parts else guardian.name


def party_lines(party: Party) -> list[tuple[str, str]]:
    """Return the lines that identify a party, label and value; what is not known has no line.

    Source: APL art. 59 item 1 (name, address), SAMR art. 62 item 1.
    """
    person = party.kind is PartyKind.PERSON
    business = party.kind is PartyKind.INDIVIDUAL_BUSINESS
    name = f"{party.name}（个体工商户）" if business else party.name
    lines = [
        ("姓名" if person else "名称", name),
        ("性别", code_words(party.gender) if party.gender else ""),
        ("出生日期", date_words(party.born_on) if party.born_on else ""),
        ("统一社会信用代码", party.credit_code),
        ("经营者" if business else "法定代表人（负责人）", party.representative),
        ("身份证号", party.id_number),
        ("住址" if person else "经营场所" if business else "住所", party.address),
        ("联系电话", party.phone),
        ("监护人", guardian_words(party.guardian) if party.guardian else ""),
    ]
    return [(label, words) for label, words in lines if words]


def dressed(value: Any) -> Any:
    """Return a typed value as plain data for a template.

    Dates and times become words, `_fen` figures and capitals, `_days` and `_months` figures and
    numerals, codes a code with its words; parties, provisions, penalties and spells gain their
    words beside their parts.
    Raises BadValue (text.unprintable) for a character that has no place in print: controls, marks
    that turn the direction of writing, surrogates, private and unassigned ones.
    """
    match value:
        case StrEnum():
            return {"code": str(value), "words": code_words(value)}
        case str():
            return _printable(value)
        case datetime():
            return time_words(value)
        case date():
            return date_words(value)
        case time():
            return f"{value.hour}时{value.minute:02}分"
        case tuple() | list():
            return [dressed(item) for item in value]
        case bool() | int() | None:
            return value
    if not is_dataclass(value):
        raise TypeError(f"not a document value: {type(value).__name__}")
    plain = {field.name: _part(field.name, getattr(value, field.name)) for field in fields(value)}
    extra = _EXTRAS.get(type(value))
    return plain | {key: dressed(item) for key, item in (extra(value) if extra else {}).items()}


def _part(name: str, value: Any) -> Any:
    if isinstance(value, int) and name.endswith("_fen"):
        return {"figures": yuan(value), "words": money_words(value)}
    if isinstance(value, int) and name.endswith(("_days", "_months")):
        return {"number": value, "words": chinese_number(value)}
    return dressed(value)


def _decision_extras(decision: PenaltyDecision) -> dict[str, Any]:
    total = sum(item.amount_fen or 0 for item in decision.penalties)
    fined = any(item.kind is PenaltyKind.FINE for item in decision.penalties)
    owed = [item.party for item in decision.penalties if item.amount_fen is not None]
    return {"total": money_words(total), "fined": fined, "apart": bool(owed) and all(owed)}


_EXTRAS: Mapping[type[Any], Callable[[Any], dict[str, Any]]] = {
    Party: lambda party: {"lines": party_lines(party)},
    Provision: lambda provision: {"words": provision_words(provision)},
    PenaltyItem: lambda item: {"words": penalty_words(item)},
    Guardian: lambda guardian: {"words": guardian_words(guardian)},
    Spell: lambda spell: {"words": spell_words(spell)},
    PenaltyDecision: _decision_extras,
}

_NOT_PRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_printable(text: str) -> bool:
    """Return whether a text has no character that is refused; line ends and tabs are not."""
    return all(
        character in "\n\r\t" or unicodedata.category(character) not in _NOT_PRINTED
        for character in text
    )


def _printable(text: str) -> str:
    """Return the text with line ends as \\n and tabs as blanks; refuse what cannot be printed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    for character in lines:
        if character != "\n" and unicodedata.category(character) in _NOT_PRINTED:
            raise BadValue("text.unprintable", f"U+{ord(character):04X}")
    return lines
