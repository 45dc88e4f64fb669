"""Fields that several forms have (常用栏目)."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict

from zhifa.law.calendar import EARLIEST, LAST_DAY

_POSSIBLE = (
    MinValueValidator(EARLIEST, "日期不能早于 %(limit_value)s"),
    MaxValueValidator(LAST_DAY, "日期不能晚于 %(limit_value)s"),
)


class Day(forms.DateField):
    """A local date, drawn by the browser's own calendar."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, widget=widget, validators=_POSSIBLE, **options)


class Text(forms.CharField):
    """One line of text."""

    def __init__(self, label: str, *, longest: int = 200, **options: Any) -> None:
        super().__init__(label=label, max_length=longest, **options)


class LongText(forms.CharField):
    """Several lines of text."""

    def __init__(self, label: str, *, rows: int = 4, longest: int = 20_000, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, max_length=longest, widget=widget, **options)


class Seen(forms.CharField):
    """The mark of the content that a form shows (`registry.seen`); nothing if there was none."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=64, widget=forms.HiddenInput)


class LookedOverForm(forms.Form):
    """A form whose consequences are shown first; what was sent is sent again with the confirmation."""

    def sent(self) -> Iterator[tuple[str, str]]:
        """Return every value as it was sent, to be sent again with the confirmation."""
        assert isinstance(self.data, QueryDict)  # noqa: S101  (only of a form that was sent)
        for name in self.fields:
            for value in self.data.getlist(name):
                yield name, str(value)


class FilterForm(forms.Form):
    """What a list is narrowed to; drawn by `parts/filters.html`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"


def choice(
    label: str, words: Mapping[Any, str], *, empty: str = "", **options: Any
) -> forms.ChoiceField:
    """Return a choice among the values of a list; `empty` is what the first, empty one says."""
    choices = [(str(value), text) for value, text in words.items()]
    if empty:
        choices = [("", empty), *choices]
    return forms.ChoiceField(label=label, choices=choices, **options)


def put_choices(field: forms.Field, choices: list[tuple[str, str]], *, empty: str = "") -> None:
    """Give a choice its values, known only when the page is made."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (a slip of the programmer)
    field.choices = [("", empty), *choices] if empty else choices


def picked(kind: type[StrEnum], text: str) -> Any:
    """Return the value of a list that was chosen, None if none was."""
    return kind(text) if text else None
