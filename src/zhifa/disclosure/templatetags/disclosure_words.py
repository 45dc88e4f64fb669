"""Codes of disclosure become words here, for templates (用语)."""

from collections.abc import Iterable

from django import template

from zhifa.disclosure import wording
from zhifa.law.errors import Violation

register = template.Library()


@register.filter
def state_of(code: str) -> str:
    """Return the stage of a publication in words."""
    return wording.STATES[code]


@register.filter
def state_tone(code: str) -> str:
    """Return the tone of the badge that shows a stage."""
    return wording.TONES[code]


@register.filter
def act_of(code: str) -> str:
    """Return an act in words."""
    return wording.ACTS[code]


@register.filter
def note_of(code: str) -> str:
    """Return what an act leads to."""
    return wording.NOTES[code]


@register.filter
def treatment_of(code: str) -> str:
    """Return how a decision is published."""
    return wording.TREATMENTS[code]


@register.filter
def ground_of(code: str) -> str:
    """Return a ground of non-disclosure."""
    return wording.GROUNDS[code]


@register.filter
def party_of(code: str) -> str:
    """Return a kind of party."""
    return wording.PARTIES[code]


@register.filter
def penalties_of(codes: Iterable[str]) -> str:
    """Return kinds of penalty, joined."""
    return "、".join(words for code, words in wording.PENALTIES.items() if code in codes)


@register.filter
def why_of(code: str) -> str:
    """Return why a stretch is taken out."""
    return wording.WHY[code]


@register.filter
def field_of(code: str) -> str:
    """Return the name of a field."""
    return wording.FIELDS[code]


@register.filter
def kind_of(code: str) -> str:
    """Return the kind of a public record."""
    return wording.KINDS[code]


@register.filter
def change_of(code: str) -> str:
    """Return how a record stands to what was published."""
    return wording.CHANGES[code]


@register.filter
def withdrawal_of(code: str) -> str:
    """Return why a publication was taken back."""
    return wording.WITHDRAWALS[code]


@register.filter
def refusal_of(problem: str) -> str:
    """Return why a package did not arrive."""
    return wording.refusal(problem)


@register.filter
def forbidden(violation: Violation) -> str:
    """Return a broken rule of this room, with the place it was found in."""
    words = wording.WORDS[violation.code]
    return f"{words}：{wording.place(violation.about)}" if violation.about else words
