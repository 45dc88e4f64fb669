"""The words of every room in one place, for whoever shows a code without knowing whose it is (用语)."""

from collections.abc import Mapping

from zhifa.accounts import wording as accounts
from zhifa.cases import wording as cases
from zhifa.disclosure import wording as disclosure
from zhifa.documents import wording as documents
from zhifa.evidence import wording as evidence
from zhifa.journal import wording as journal
from zhifa.law import errors_zh as law_errors
from zhifa.law.errors import BadValue
from zhifa.registry import wording as registry
from zhifa.review import wording as review

_ROOMS: tuple[Mapping[str, str], ...] = (
    accounts.WORDS, registry.WORDS, documents.WORDS, evidence.WORDS, review.WORDS, cases.WORDS,
    disclosure.WORDS, journal.WORDS,
)  # fmt: skip
# What config itself says.
_OWN = {
    "city.not_empty": "这里已经有数据，不能再开通",
    "portal.unknown": "门户上有工作台没有发出过的公示",
    "portal.item_missing": "门户收到过的公示，门户上却没有",
    "portal.item_differs": "门户上的公示与收到的公示包不符",
    "portal.package_missing": "门户给过回执的公示包，门户却没有登记",
    "portal.package_unknown": "门户登记了工作台没有发出过的公示包",
    "portal.package_differs": "门户对公示包的登记与公示包不符",
    "portal.not_compared": "发出的公示包已被改动或者不见了，门户上的这项公示没有核对",
    "log.cut": "日志比外面见过的短，末尾的条目和检查点被删去",
    "log.checkpoint_lost": "外面见过的检查点不见了",
    "log.other_root": "日志与外面见过的检查点不符：同一条数，根不同",
    "log.no_witness": "公示门户不在这台服务器上，没有拿它见过的检查点和收到的公示包核对，请在门户所在的服务器上另行核对",
}


WORDS: Mapping[str, str] = _OWN | {code: text for room in _ROOMS for code, text in room.items()}


# What the journal keeps besides cases, as what happened (管理日志).
ENTRIES: Mapping[str, str] = accounts.ENTRIES | registry.ENTRIES | disclosure.ENTRIES


def words(code: str, about: str = "") -> str:
    """Return a code in words; a code without words is named as what it is, never alone."""
    text = WORDS.get(code) or f"不符合规定（{code}）"
    return f"{text}（{about}）" if about else text


def value_words(problem: BadValue) -> str:
    """Return what is wrong with a value, and what to write instead."""
    if problem.code in law_errors.CODES:
        return law_errors.error_words(problem)
    return words(problem.code, problem.about)
