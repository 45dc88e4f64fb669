"""Codes, dates and amounts become words here, for the portal's templates (用语)."""

from django import template
from django.utils.safestring import mark_safe

from zhifa.portal import wording

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context: template.Context, section: str) -> str:
    """Mark the entry of the navigation that the page belongs to."""
    here = context["request"].path.startswith(f"/{section}/")
    return mark_safe(' aria-current="page"') if here else ""


@register.filter
def named(names: dict[str, str], code: str) -> str:
    """Return the name of a body, or its code if it is not published."""
    return names.get(code, code)


register.filter("words", wording.words)
register.filter("day", wording.day)
register.filter("minute", wording.minute)
register.filter("money", wording.money)
