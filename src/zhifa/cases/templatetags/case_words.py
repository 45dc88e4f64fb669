"""Words of casework for templates (办案用语)."""

from enum import StrEnum

from django import template

from zhifa.cases import wording
from zhifa.cases.drafts import brief
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
