"""The typed values of every official document (文书的数据), and the registry of types (执法文书种类).

One frozen class a type. Money is in fen, days are local dates, instants are aware; nothing here
is formatted for print, and only what a person writes is free text, its paragraphs parted by line
breaks. `TYPES` says what each type is called and how it is laid out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhifa.documents.values import decisions, filing, investigation, rights

TEMPLATES = Path(__file__).parents[1] / "typst"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document, its template and the class of its values."""

    key: str
    title: str
    values: type[Any]
    outward: bool  # served: red head, seal and QR code; otherwise an internal form or record
    number_word: str  # 文号 word after the body's own (海市监 + 罚); empty: it takes no number
    template_version: str  # digest of the template's text: it changes when the print can change

    @property
    def template(self) -> Path:
        """Return where its Typst template stands."""
        return TEMPLATES / f"{self.key}.typ"


def _version(key: str) -> str:
    text = (TEMPLATES / "base.typ").read_bytes() + (TEMPLATES / f"{key}.typ").read_bytes()
    return hashlib.sha256(text).hexdigest()[:12]


def _type(
    key: str, title: str, values: type[Any], number_word: str = "", *, outward: bool = False
) -> DocumentType:
    return DocumentType(key, title, values, outward, number_word, _version(key))


_ALL = (
    _type("case_source_register", "案件来源登记表", filing.CaseSourceRegister, "案源"),
    _type("filing_approval", "立案审批表", filing.FilingApproval),
    _type("filing_refusal_approval", "不予立案审批表", filing.FilingRefusalApproval, "不立"),
    _type("onsite_inspection_record", "现场检查笔录", investigation.OnsiteInspectionRecord),
    _type("interview_record", "询问笔录", investigation.InterviewRecord),
    _type(
        "preservation_notice",
        "先行登记保存证据通知书",
        investigation.PreservationNotice,
        "登存",
        outward=True,
    ),
    _type("preservation_inventory", "先行登记保存证据清单", investigation.PreservationInventory),
    _type(
        "preservation_disposition",
        "先行登记保存证据处理决定书",
        investigation.PreservationDisposition,
        "登处",
        outward=True,
    ),
    _type("suspension", "中止调查审批表", filing.Suspension),
    _type("resumption", "恢复调查审批表", filing.Resumption),
    _type("termination", "终止调查审批表", filing.Termination),
    _type("investigation_report", "调查终结报告", investigation.InvestigationReport),
    _type("case_review_opinion", "案件审核意见表", investigation.CaseReviewOpinion),
    _type("legal_review_opinion", "法制审核意见书", investigation.LegalReviewOpinion, "法审"),
    _type(
        "penalty_prior_notice",
        "行政处罚事先告知书",
        rights.PenaltyPriorNotice,
        "罚告",
        outward=True,
    ),
    _type("statement_defence_record", "陈述申辩笔录", rights.StatementDefenceRecord),
    _type("reexamination_opinion", "陈述申辩复核意见书", rights.ReexaminationOpinion),
    _type("hearing_notice", "行政处罚听证通知书", rights.HearingNotice, "听通", outward=True),
    _type("hearing_record", "听证笔录", rights.HearingRecord),
    _type("hearing_report", "听证报告", rights.HearingReport),
    _type(
        "collective_discussion_record",
        "行政处罚案件集体讨论笔录",
        rights.CollectiveDiscussionRecord,
    ),
    _type("penalty_decision", "行政处罚决定书", decisions.PenaltyDecision, "罚", outward=True),
    _type(
        "no_penalty_decision",
        "不予行政处罚决定书",
        decisions.NoPenaltyDecision,
        "不罚",
        outward=True,
    ),
    _type(
        "criminal_transfer_letter",
        "涉嫌犯罪案件移送书",
        decisions.CriminalTransferLetter,
        "案移",
        outward=True,
    ),
    _type("case_transfer_letter", "案件移送书", decisions.CaseTransferLetter, "移", outward=True),
    _type("service_receipt", "送达回证", decisions.ServiceReceipt),
    _type("closing_report", "结案报告", decisions.ClosingReport),
    _type(
        "correction_notice", "执法文书补正通知书", decisions.CorrectionNotice, "补正", outward=True
    ),
)

TYPES: Mapping[str, DocumentType] = MappingProxyType({kind.key: kind for kind in _ALL})

# Records on paper that the party, or who was heard, signs: APL art. 55, 64; CPL art. 87.
SIGNED_BY_PARTY = frozenset(
    {
        "onsite_inspection_record",
        "interview_record",
        "preservation_inventory",
        "statement_defence_record",
        "hearing_record",
        "service_receipt",
    }
)
