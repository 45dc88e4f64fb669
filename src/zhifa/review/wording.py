"""Codes of this room in Chinese (法制审核用语), and what to do about each."""

from zhifa.procedures.values import MajorGround
from zhifa.procedures.wording import KINDS as PENALTY_KINDS

# Why a decision is major (重大理由): APL art. 58(1).
GROUNDS: dict[str, str] = {
    MajorGround.PUBLIC_INTEREST.value: "涉及重大公共利益",
    MajorGround.HEARING_HELD.value: "直接关系当事人重大权益，经过听证",
    MajorGround.COMPLEX.value: "案件疑难复杂、涉及多个法律关系",
    MajorGround.CATALOGUE.value: "列入法制审核目录（处罚种类或者数额达到标准）",
}
KINDS: dict[str, str] = {kind.value: words for kind, words in PENALTY_KINDS.items()}

WORDS: dict[str, str] = {
    "opinion.content_missing": "七项审核内容还有没有回答的，请逐项回答",
    "opinion.note_missing": "不符合的内容须说明哪里不符合",
    "opinion.approves_against_findings": "有不符合的内容，不能同意；请改为建议纠正、补充或者其他意见",
    "opinion.reasons_missing": "请写明审核的理由",
    "review.already_submitted": "本案已经送审，正在等待审核意见",
    "review.already_answered": "这份送审材料已经有人出具了意见",
}
