"""Closed lists that only documents draw on (those of the case stand in `procedures.values`).

The words for them stand in `documents.wording`.
"""

from enum import StrEnum


class Gender(StrEnum):
    """As on the identity card (性别)."""

    MALE = "male"
    FEMALE = "female"


class Endorser(StrEnum):
    """Whose opinion an approval form asks for (审批栏)."""

    CASE_HANDLER = "case_handler"
    HANDLING_UNIT_HEAD = "handling_unit_head"
    CASE_REVIEWER = "case_reviewer"
    LEGAL_REVIEW_UNIT = "legal_review_unit"
    HEARING_HOST = "hearing_host"
    AGENCY_HEAD = "agency_head"


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
    FIRST = "no_penalty_first"
    NO_FAULT = "no_penalty_no_fault"
    NOT_RESPONSIBLE = "no_penalty_not_responsible"
    TIME_BARRED = "no_penalty_time_barred"
    NO_VIOLATION = "no_violation"


class ClosingKind(StrEnum):
    """The event that closes a case (结案方式): SAMR art. 77."""

    PERFORMED = "performed"
    COURT_EXECUTION_ENDED = "court_execution_ended"
    DECISION_ANNULLED = "decision_annulled"
    NOT_FILED = "not_filed"
    NO_PENALTY = "no_penalty"
    TERMINATED = "terminated"
    HANDED_OVER = "handed_over"
