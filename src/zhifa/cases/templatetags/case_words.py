"""Words of casework for templates (办案用语)."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from django import forms, template

from zhifa.cases import wording
from zhifa.cases.drafts import brief
from zhifa.cases.forms.problems import problems
from zhifa.cases.forms.rows import RowSet
from zhifa.evidence.wording import custody_words

register = template.Library()

register.filter("action_words", wording.action_words)
register.filter("entry_words", wording.entry_words)
register.filter("state_words", wording.state_words)
register.filter("role_words", wording.role_words)
register.filter("draft_brief", brief)
register.filter("custody_words", custody_words)


@register.filter
def enum_words(value: StrEnum) -> str:
    """Return a code of a closed list in words."""
    return wording.enum_words(value)


@register.inclusion_tag("cases/_problems.html")
def form_problems(form: forms.Form, rows: Iterable[RowSet], files: Sequence[str] = ()) -> Any:
    """Draw how many things are wrong with a form, its rows and its files, each with a link to its place."""
    return {"problems": problems(form, rows, files)}


@register.filter
def digest(text: str) -> str:
    """Return a digest as pages show it: its first and last figures."""
    return f"{text[:8]}…{text[-4:]}" if len(text) > 12 else text


@register.filter
def size(count: int) -> str:
    """Return a number of bytes in KB or MB."""
    if count < 1024 * 1024:
        return f"{max(1, count // 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB"
