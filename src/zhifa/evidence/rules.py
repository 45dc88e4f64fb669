"""What evidence is, and what must hold when it is taken in, moved and set aside (证据规则). Pure.

Sources: APL art. 46 (kinds, proof, exclusion), art. 47 (the whole process is recorded), art. 54
(evidence is gathered). How many officers must gather it is judged by the case.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.law.citations import APL
from zhifa.law.errors import Violation

MAX_NAME = 200
MAX_TEXT = 2000
_RECORDED = APL.art(47)
_PROVED = APL.art(46, 2)


class EvidenceKind(StrEnum):
    """The eight kinds of evidence of APL art. 46 paragraph 1, in its order."""

    DOCUMENTARY = "documentary"  # 书证
    PHYSICAL = "physical"  # 物证
    AUDIOVISUAL = "audiovisual"  # 视听资料
    ELECTRONIC_DATA = "electronic_data"  # 电子数据
    TESTIMONY = "testimony"  # 证人证言
    PARTY_STATEMENT = "party_statement"  # 当事人的陈述
    EXPERT_OPINION = "expert_opinion"  # 鉴定意见
    INSPECTION_RECORD = "inspection_record"  # 勘验笔录、现场笔录


class CustodyAction(StrEnum):
    """What happens to an item while it is kept (证据保管)."""

    RECEIVED = "received"  # 接收
    VIEWED = "viewed"  # 调阅
    EXPORTED = "exported"  # 调取（复制件）
    HANDED_OVER = "handed_over"  # 移交
    RETURNED = "returned"  # 归还


EXCLUDED = "excluded"  # ends the chain: set aside as obtained illegally, APL art. 46 paragraph 3


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a person says about an item when it is taken in."""

    kind: EvidenceKind
    name: str
    source: str  # from whom or from where it comes (证据来源)
    obtained_on: date
    obtained_by: tuple[ActorId, ...]
    place: str = ""
    obtained_at: datetime | None = None  # when the hour matters
    pages: int | None = None
    note: str = ""
    signs_document: UUID | None = None  # the document whose signed paper this is a scan of
    signer: str = ""  # who signed that paper


def receivable(said: Particulars, *, obtained_on: date | None, on: date) -> tuple[Violation, ...]:
    """Return every rule that forbids taking the item in on the day `on`; empty means it may be.

    obtained_on  the local date of `said.obtained_at`, None if no hour is given
    """
    broken = (
        (not 0 < len(said.name.strip()) <= MAX_NAME, "evidence.name", _RECORDED),
        (not 0 < len(said.source.strip()) <= MAX_NAME, "evidence.source", _PROVED),
        (len(said.place) > MAX_NAME or len(said.signer) > MAX_NAME, "evidence.too_long", _RECORDED),
        (len(said.note) > MAX_TEXT, "evidence.note_too_long", _RECORDED),
        (said.obtained_on > on, "evidence.obtained_in_future", _PROVED),
        (obtained_on not in {None, said.obtained_on}, "evidence.two_dates", _PROVED),
        (not said.obtained_by, "evidence.collector_missing", APL.art(54)),
        (said.pages is not None and said.pages < 1, "evidence.pages", _RECORDED),
        ((said.signs_document is None) == bool(said.signer.strip()), "evidence.signer", _RECORDED),
    )
    return tuple(Violation(code, basis) for is_broken, code, basis in broken if is_broken)


def notable(handed_to: str) -> tuple[CustodyAction, ...]:
    """Return what can be noted of an item by hand; that it was looked at is noted by itself.

    handed_to  who has the original now; empty if it is here
    """
    moved = CustodyAction.RETURNED if handed_to else CustodyAction.HANDED_OVER
    return (moved, CustodyAction.EXPORTED)


def custody_possible(
    action: CustodyAction, *, handed_to: str, counterpart: str, purpose: str
) -> tuple[Violation, ...]:
    """Return every rule that forbids this entry in the custody of an item.

    handed_to    who has the original now; empty if it is here
    counterpart  who gets it, or brings it back
    purpose      why it leaves
    """
    leaves = action in {CustodyAction.HANDED_OVER, CustodyAction.EXPORTED}
    moves = leaves or action is CustodyAction.RETURNED
    broken = (
        (action is CustodyAction.RECEIVED, "custody.received_once"),
        (action is CustodyAction.HANDED_OVER and bool(handed_to), "custody.already_out"),
        (action is CustodyAction.RETURNED and not handed_to, "custody.not_out"),
        (moves and not 0 < len(counterpart.strip()) <= MAX_NAME, "custody.counterpart"),
        (leaves and not 0 < len(purpose.strip()) <= MAX_NAME, "custody.purpose"),
    )
    return tuple(Violation(code, _RECORDED) for is_broken, code in broken if is_broken)


def excludable(reason: str) -> tuple[Violation, ...]:
    """Return what forbids setting an item aside as obtained illegally (APL art. 46 paragraph 3)."""
    if 0 < len(reason.strip()) <= MAX_TEXT:
        return ()
    return (Violation("exclusion.reason", APL.art(46, 3)),)
