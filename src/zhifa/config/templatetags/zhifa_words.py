"""Codes become words here, for templates (用语)."""

from datetime import date, datetime

from django import template
from django.template import Context
from django.utils.timezone import localtime

from zhifa.config import wording
from zhifa.law.citations import Article
from zhifa.law.errors import BadValue, Violation
from zhifa.law.money import yuan as yuan_words
from zhifa.procedures import wording as procedure_words

register = template.Library()

# What a person, not the law, may not do, or did too late.
_DENIED = {
    "seen.outdated": "在您打开之后，别人已经办理了一步，或者您已经点过一次。",
    "review.already_submitted": "这个案件已经送审，正在等待审核意见。",
    "review.already_answered": "这份送审材料已经有人出具了意见。",
    "role.missing": "这一步要由有相应职务的人办理，您在这个机关没有这项职务，或者任期已过。",
    "own_work": "自己办理的事不能由自己审批。",
}


@register.filter
def violation_words(violation: Violation) -> str:
    """Return a broken rule as a sentence that says what to do."""
    if violation.code in procedure_words.VIOLATIONS:
        return procedure_words.violation_words(violation)
    return wording.words(violation.code, violation.about)


@register.simple_tag(takes_context=True)
def basis(context: Context, article: Article) -> str:
    """Return an article in words, for the body of the page if it is under a field rule (`page.field`)."""
    return procedure_words.basis_words(article, getattr(context.get("page"), "field", ""))


@register.filter
def value_words(problem: BadValue) -> str:
    """Return what is wrong with a value, and what to write instead."""
    return wording.value_words(problem)


@register.filter
def denied_words(code: str) -> str:
    """Return why this person may not, or was too late."""
    return _DENIED.get(code) or wording.words(code)


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a date as tables show it: 2026-11-23."""
    if value is None:
        return ""
    return (localtime(value) if isinstance(value, datetime) else value).strftime("%Y-%m-%d")


@register.filter
def minute(value: datetime | None) -> str:
    """Return an instant as Beijing time: 2026-11-23 14:05."""
    return "" if value is None else localtime(value).strftime("%Y-%m-%d %H:%M")


@register.filter
def moment(value: date | datetime | None) -> str:
    """Return a day or an instant, as exactly as it is known."""
    return minute(value) if isinstance(value, datetime) else day(value)


@register.filter
def yuan(fen: int | None) -> str:
    """Return fen as yuan: 5,000.00."""
    return "" if fen is None else yuan_words(fen)


@register.filter
def code_words(code: str) -> str:
    """Return any other code (state, act, role, kind) as words."""
    return wording.words(code)
