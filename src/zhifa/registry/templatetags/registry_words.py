"""Values of the registry in words, for templates (登记用语)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from zhifa.registry import wording

register = template.Library()

_LISTS: tuple[Mapping[Any, str], ...] = (
    wording.BODY_KINDS, wording.UNIT_KINDS, wording.SUCCESSIONS, wording.ROLES, wording.ACT_TYPES,
    wording.FORCE_LEVELS, wording.ITEM_STATES, wording.COVERAGES, wording.MARKS,
)  # fmt: skip
_WORDS: dict[tuple[type, str], str] = {
    (type(value), value): text for words in _LISTS for value, text in words.items()
}
_PLACES = (
    ("执法主体", "registry:bodies", "bodies/", False),
    ("执法人员与证件", "registry:officers", "officers/", False),
    ("权力事项", "registry:items", "items/", False),
    ("试点范围", "registry:matrix", "matrix/", False),
    ("设置", "registry:settings", "settings/", False),
    ("节假日", "registry:holidays", "holidays/", False),
    ("导入", "registry:imports", "imports/", False),
    ("用户与任职", "registry:people", "people/", True),
)


@register.filter
def word(value: StrEnum) -> str:
    """Return a value of one of the registry's lists in words."""
    return _WORDS[type(value), value]


@register.inclusion_tag("registry/_places.html", takes_context=True)
def places(context: template.RequestContext) -> dict[str, object]:
    """Draw the pages of this room; those for administrators only to them."""
    request: HttpRequest = context["request"]
    viewer = context.get("viewer")  # the pages about people are for administrators anyway
    shown = [
        (label, reverse(name), f"/desk/registry/{below}" in request.path)
        for label, name, below, administrators in _PLACES
        if not administrators or viewer is None or viewer.opens_people
    ]
    return {"places": shown}
