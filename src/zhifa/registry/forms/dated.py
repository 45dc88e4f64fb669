"""Forms about what changes by date (设置表单)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from zhifa.law.errors import BadValue
from zhifa.law.errors_zh import error_words
from zhifa.law.money import parse_yuan, yuan
from zhifa.law.terms import FIELDS
from zhifa.procedures.wording import KINDS
from zhifa.registry import policy
from zhifa.registry.forms.fields import Day, Text, choice
from zhifa.registry.policy import Value
from zhifa.registry.rules import Mark
from zhifa.registry.wording import MARKS, NO_FIELD


class SettingForm(forms.Form):
    """A value from a day on, with what it rests on."""

    valid_from = Day("起始日期")
    basis = Text("依据", longest=300, help_text="文件名称、文号、条款")
    mark = choice("核对情况", MARKS, initial=Mark.POLICY.value)

    field_order = ("value",)

    def __init__(self, *args: Any, key: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._key = key
        self.fields["value"] = _field(policy.CATALOGUE[key].default, key)
        self.order_fields(["value", "valid_from", "basis", "mark"])

    def value(self) -> Value:
        """Return the value that was chosen."""
        said = self.cleaned_data["value"]
        if isinstance(policy.CATALOGUE[self._key].default, bool):
            return bool(said == "yes")
        return tuple(said) if isinstance(said, list) else said


class Yuan(forms.CharField):
    """An amount in yuan; a whole number of fen to the program."""

    def to_python(self, value: Any) -> Any:
        """Return fen."""
        text = super().to_python(value)
        try:
            return parse_yuan(text) if text else None
        except BadValue as problem:
            raise ValidationError(error_words(problem)) from None


def as_initial(value: Value) -> Any:
    """Return a value as its form field shows it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return yuan(value)
        case tuple():
            return list(value)
        case _:
            return value


def _field(default: Value, key: str) -> forms.Field:
    match default:
        case bool():
            return forms.ChoiceField(
                label="值", choices=(("yes", "是"), ("no", "否")), widget=forms.RadioSelect
            )
        case int():
            return Yuan(label="值（元）")
        case tuple():
            return forms.MultipleChoiceField(
                label="值", widget=forms.CheckboxSelectMultiple,
                choices=[(str(kind), text) for kind, text in KINDS.items()],
            )  # fmt: skip
        case _:
            return choice("值", FIELDS, empty=NO_FIELD, required=False)
