"""Closed lists that documents draw on; the words for them stand in `documents.wording`."""

from enum import StrEnum


class Gender(StrEnum):
    """As on the identity card (性别)."""

    MALE = "male"
    FEMALE = "female"


class PartyKind(StrEnum):
    """What the party is (当事人类型)."""

    PERSON = "person"
    ORGANISATION = "organisation"
    INDIVIDUAL_BUSINESS = "individual_business"


class SourceKind(StrEnum):
    """Where a case comes from (案件来源): glossary section 6."""

    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    REPORT = "report"
    TRANSFER = "transfer"
    SUPERIOR_ASSIGNMENT = "superior_assignment"
    OTHER = "other"


class PenaltyKind(StrEnum):
    """The kinds of penalty (处罚种类): APL art. 9."""

    WARNING = "warning"
    PUBLIC_CRITICISM = "public_criticism"
    FINE = "fine"
    CONFISCATE_ILLEGAL_GAINS = "confiscate_illegal_gains"
    CONFISCATE_ILLEGAL_PROPERTY = "confiscate_illegal_property"
    SUSPEND_LICENCE = "suspend_licence"
    LOWER_QUALIFICATION = "lower_qualification"
    REVOKE_LICENCE = "revoke_licence"
    RESTRICT_BUSINESS = "restrict_business"
    ORDER_SUSPENSION = "order_suspension"
    ORDER_CLOSURE = "order_closure"
    RESTRICT_EMPLOYMENT = "restrict_employment"
    ADMINISTRATIVE_DETENTION = "administrative_detention"
    OTHER = "other"


class Endorser(StrEnum):
    """Whose opinion an approval form asks for (审批栏)."""

    CASE_HANDLER = "case_handler"
    HANDLING_UNIT_HEAD = "handling_unit_head"
    CASE_REVIEWER = "case_reviewer"
    LEGAL_REVIEW_UNIT = "legal_review_unit"
    HEARING_HOST = "hearing_host"
    AGENCY_HEAD = "agency_head"


class PreservationMeasure(StrEnum):
    """What becomes of evidence registered for preservation (先行登记保存证据的处理): SAMR art. 35."""

    RECORD = "record"
    EXAMINE = "examine"
    COERCE = "coerce"
    CONFISCATE = "confiscate"
    RELEASE = "release"


class ReviewOpinion(StrEnum):
    """What a reviewer answers (审核意见): glossary section 9."""

    APPROVE = "approve"
    CORRECT = "correct"
    SUPPLEMENT_PAPERS = "supplement_papers"
    SUPPLEMENT_FACTS = "supplement_facts"
    NO_PENALTY = "no_penalty"
    REVOKE_CASE = "revoke_case"
    TRANSFER = "transfer"
    OTHER = "other"


class ReviewContent(StrEnum):
    """The seven contents of a legal review (法制审核内容): MOT art. 72."""

    SUBJECT = "subject"
    PROCEDURE = "procedure"
    FACTS = "facts"
    LAW = "law"
    POWER = "power"
    DOCUMENTS = "documents"
    CRIME = "crime"


class CaseReviewContent(StrEnum):
    """The seven contents of an ordinary case review (案件审核内容): SAMR art. 53."""

    JURISDICTION = "jurisdiction"
    PARTY = "party"
    FACTS = "facts"
    CHARACTERISATION = "characterisation"
    BASIS = "basis"
    PROCEDURE = "procedure"
    DISPOSAL = "disposal"


class NoPenaltyGround(StrEnum):
    """Why there is no penalty (不予处罚的情形): APL art. 30, 31, 33, 36 and 57."""

    MINOR = "no_penalty_minor"
    NO_FAULT = "no_penalty_no_fault"
    NOT_RESPONSIBLE = "no_penalty_not_responsible"
    TIME_BARRED = "no_penalty_time_barred"
    NO_VIOLATION = "no_violation"


class ServiceMethod(StrEnum):
    """How a document is served (送达方式): procedures.md section 9."""

    DIRECT = "direct"
    LIEN = "lien"
    ELECTRONIC = "electronic"
    MAIL = "mail"
    ENTRUSTED = "entrusted"
    RELAYED = "relayed"
    PUBLIC_NOTICE = "public_notice"


class ClosingKind(StrEnum):
    """The event that closes a case (结案方式): SAMR art. 77."""

    PERFORMED = "performed"
    COURT_EXECUTION_ENDED = "court_execution_ended"
    NOT_FILED = "not_filed"
    NO_PENALTY = "no_penalty"
    TERMINATED = "terminated"
    HANDED_OVER = "handed_over"
