"""What the journal keeps of a case (案件记录): the stream `case:<id>`, one entry a step.

An entry carries all that a replay needs: what was said, under which circumstances, settings and calendar,
in which version of the procedure (decision 0001).
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhifa_verify.canonical import canonical_json

STEP_TAKEN = "case.step_taken"
PAPER_SIGNED = "case.paper_signed"
SUCCEEDED = "case.succeeded"
PAPER_CORRECTED = "case.paper_corrected"
PAPER_SERVED = "case.paper_served"


def stream(case_id: UUID) -> str:
    """Return the journal stream of a case."""
    return f"case:{case_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """What the step did in the review room: glossary section 9."""

    submission: str = ""
    granted: str = ""  # the pass
    checks: tuple[dict[str, Any], ...] = ()
    voided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step was taken: the event for the replay, and what it left behind."""

    case: str
    number: str
    body: str
    unit: str | None
    procedure: str
    version: str
    source: str
    target: str
    event: dict[str, Any]  # procedures.history.encode_event
    facts_sha256: str  # of the canonical facts after the step
    documents: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()  # items of evidence that came with the step
    review: ReviewEntry | None = None
    demo: bool = False  # the case is a demonstration; entries of the first releases do not say it


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSigned:
    """The signed paper of a document was scanned and tied to it (签名扫描件)."""

    document: str
    evidence: str
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCorrected:
    """Clerical errors of a document were corrected by a notice (补正)."""

    document: str
    notice: str
    number: str
    on: str  # ISO 8601
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperServed:
    """A notice of correction was served on a party (送达补正通知书)."""

    document: str  # the notice
    number: str
    receipt: str  # the 送达回证
    party: str
    method: str
    receiver: str
    on: str  # ISO 8601


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeeded:
    """The body that handles the case was followed by another, which goes on with it (案件承继)."""

    body: str  # the successor
    unit: str | None
    former: str
    basis: str


def digest(facts: dict[str, Any]) -> str:
    """Return the SHA-256 (hex) of encoded facts."""
    return hashlib.sha256(canonical_json(facts)).hexdigest()
