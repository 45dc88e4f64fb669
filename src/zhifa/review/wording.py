"""Codes of this room in Chinese (法制审核用语), and what to do about each."""

from zhifa.review.rules import CONTENT_WORDS, OPINION_WORDS

CONTENTS = CONTENT_WORDS
OPINIONS = OPINION_WORDS

WORDS: dict[str, str] = {
    "opinion.content_missing": "七项审核内容还有没有回答的，请逐项回答",
    "opinion.note_missing": "不符合的内容须说明哪里不符合",
    "opinion.approves_against_findings": "有不符合的内容，不能同意；请改为建议纠正、补充或者其他意见",
    "opinion.reasons_missing": "请写明审核的理由",
    "review.already_submitted": "本案已经送审，正在等待审核意见",
    "review.already_answered": "这份送审材料已经有人出具了意见",
}
