"""Every code that can reach a person has Chinese words (style.md: words are chosen at the edge)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from zhifa.config import wording
from zhifa.config.templatetags import zhifa_words
from zhifa.law import errors_zh
from zhifa.procedures import wording as procedures

SOURCE = Path(__file__).resolve().parents[2] / "src" / "zhifa"
_RAISED = {"Violation", "Denied", "Conflict", "BadValue", "Difference"}


def _codes() -> Iterator[tuple[str, str, str]]:
    """Yield (what, code, where) of each code written out where it is raised."""
    for path in sorted(SOURCE.glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            first = node.args[0]
            if name in _RAISED and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield name, first.value, f"{path.relative_to(SOURCE)}:{node.lineno}"


def test_every_code_that_is_raised_has_words():
    known = (
        set(wording.WORDS) | set(procedures.VIOLATIONS) | set(errors_zh.CODES)
        | set(zhifa_words._DENIED)
    )  # fmt: skip
    missing = sorted({f"{code} ({where})" for _, code, where in _codes() if code not in known})

    assert missing == []


def test_words_are_chinese_sentences_without_codes():
    for code, text in wording.WORDS.items():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text), code
        assert code not in text or "." not in code, code
