"""The parts pages are made of (界面部件); described in docs/ui.md, drawn in `templates/parts/`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Widget,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

register = template.Library()

TONES = ("ok", "warn", "late", "info", "quiet")
_SOON_DAYS = 2  # from here on a term is shown in yellow; red is only for late


@register.simple_block_tag(end_name="end_page_header")
def page_header(
    content: str,
    title: str,
    *,
    sub: str = "",
    here: str = "",
    up: str = "",
    up_name: str = "",
    crumbs: Iterable[tuple[str, str]] = (),
) -> SafeString:
    """Draw the head of a page; the block holds badges and buttons.

    up, up_name  the list this page belongs to, and the name of its address
    crumbs       instead of these, (label, address) from the outermost on
    here         what the path calls this page, if not by its title
    """
    trail = list(crumbs) or ([(up, reverse(up_name))] if up else [])
    return _draw(
        "page_header", title=title, sub=sub, here=here or title, crumbs=trail, actions=content
    )


@register.simple_block_tag
def card(
    content: str, title: str = "", *, anchor: str = "", aside: str = "", flush: bool = False
) -> SafeString:  # fmt: skip
    """Draw a card; `flush` for a table or a list that reaches its edges, `aside` beside the
    title, `anchor` for links to it."""
    return _draw("card", title=title, anchor=anchor, aside=aside, flush=flush, content=content)


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, *, basis: str = "", hint: str = "") -> dict[str, Any]:
    """Draw one field of a form: label, control, hint, the article that asks for it, its errors."""
    widget = bound.field.widget
    many = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    described = [f"{bound.auto_id}_error"] if bound.errors else []
    described += [f"{bound.auto_id}_hint"] if hint or bound.help_text or basis else []
    attrs: dict[str, str | bool] | None = None
    if described and not many:
        attrs = {"aria-describedby": " ".join(described)}
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {_control(widget)}".strip()
    if bound.errors:
        widget.attrs["class"] += " is-invalid"
    return {
        "field": bound,
        "control": "" if many else bound.as_widget(attrs=attrs),
        "options": list(bound) if many else [],
        "is_check": isinstance(widget, CheckboxInput),
        "described": " ".join(described),
        "basis": basis,
        "hint": hint or bound.help_text,
        "required": bound.field.required,
    }


def _control(widget: Widget) -> str:
    """Return Tabler's class for a control."""
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple | CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.inclusion_tag("parts/badge.html")
def badge(words: str, tone: str = "quiet") -> dict[str, Any]:
    """Draw a badge in one of TONES; red (`late`) is for what is late and nothing else."""
    if tone not in TONES:
        raise ValueError(tone)
    return {"words": words, "tone": tone}


@register.inclusion_tag("parts/due.html")
def due(
    due_on: date | None,
    left: int | None = None,
    *,
    late: bool = False,
    working: bool = True,
    provisional: bool = False,
) -> dict[str, Any]:
    """Draw a term: its last day and what is left of it.

    left         days left, 0 on the last day; working days unless `working` is false
    late         over, and the act not done
    provisional  rests on a year whose rest days are not announced yet
    """
    unit = "个工作日" if working else "天"
    words = ""
    if late:
        words = f"逾期{f' {-left} {unit}' if left is not None and left < 0 else ''}"
    elif left is not None:
        words = "今天到期" if left == 0 else f"剩 {left} {unit}"
    tone = "late" if late else "warn" if left is not None and left <= _SOON_DAYS else "ok"
    return {"due_on": due_on, "words": words, "tone": tone, "provisional": provisional}


@register.simple_tag(takes_context=True)
def query_with(context: template.RequestContext, **changes: Any) -> str:
    """Return the present query string with some parameters changed; None removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _draw(name: str, **values: object) -> SafeString:
    return SafeString(render_to_string(f"parts/{name}.html", values))
