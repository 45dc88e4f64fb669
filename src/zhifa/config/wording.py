"""The words of every room in one place, for whoever shows a code without knowing whose it is (用语)."""

from importlib import import_module
from importlib.util import find_spec

_ROOMS = (
    "accounts", "registry", "documents", "evidence", "review", "cases", "disclosure", "journal",
    "procedures",
)  # fmt: skip


# What config itself says.
_OWN = {"city.not_empty": "这里已经有数据，不能再开通"}


def _joined() -> dict[str, str]:
    """Return code -> words of every room that has a `wording.WORDS`."""
    joined = dict(_OWN)
    for room in _ROOMS:
        if find_spec(f"zhifa.{room}.wording"):
            found = getattr(import_module(f"zhifa.{room}.wording"), "WORDS", {})
            joined |= {code: text for code, text in found.items() if isinstance(code, str)}
    return joined


WORDS = _joined()


def words(code: str, about: str = "") -> str:
    """Return a code in words; a code without words is named as what it is, never alone."""
    text = WORDS.get(code) or f"不符合规定（{code}）"
    return f"{text}（{about}）" if about else text
