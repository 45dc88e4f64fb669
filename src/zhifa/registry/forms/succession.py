"""Forms about bodies that merge and split (合并、分立表单)."""

from typing import Any
from uuid import UUID

from django import forms

from zhifa.registry.forms.fields import Day, LookedOverForm, Text, choice
from zhifa.registry.rules import SuccessionKind
from zhifa.registry.wording import words

_UNKNOWN = {"invalid_choice": "没有这个主体，或者它不由您登记，请重新选择"}


class SuccessionForm(LookedOverForm):
    """Who is followed by whom, from which day on, by which document."""

    kind: SuccessionKind

    def predecessors(self) -> tuple[UUID, ...]:
        """Return who is followed."""
        raise NotImplementedError

    def successors(self) -> tuple[UUID, ...]:
        """Return who follows."""
        raise NotImplementedError

    def predecessors_end(self) -> bool:
        """Whether those who are followed end."""
        return True

    def values(self) -> dict[str, Any]:
        """Return what was entered, for the service."""
        return {
            "kind": self.kind, "predecessors": self.predecessors(),
            "successors": self.successors(), "predecessors_end": self.predecessors_end(),
            "on": self.cleaned_data["on"], "basis": self.cleaned_data["basis"],
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a body that would follow itself."""
        said = super().clean() or {}
        if not self.errors and set(self.predecessors()) & set(self.successors()):
            raise forms.ValidationError(words("succession.itself"))
        return said


class MergeForm(SuccessionForm):
    """Bodies become one, a new one or one that is there already."""

    kind = SuccessionKind.MERGE
    merged = forms.MultipleChoiceField(
        label="哪些主体被并入", widget=forms.CheckboxSelectMultiple, error_messages=_UNKNOWN
    )
    into = choice("并入哪个主体", {}, error_messages=_UNKNOWN)
    on = Day("承继日期", help_text="承继的主体履行职责的第一天；被并入的主体到前一天为止")
    basis = Text("依据", longest=300, help_text="机构改革方案、批复的名称和文号")

    def __init__(self, data: Any, *, offered: list[tuple[str, str]], body: UUID) -> None:
        super().__init__(data, initial={"merged": [str(body)]})
        self.fields["merged"].choices = offered  # type: ignore[attr-defined]
        self.fields["into"].choices = [("", "请选择"), *offered]  # type: ignore[attr-defined]

    def predecessors(self) -> tuple[UUID, ...]:
        """Return who is merged into the other."""
        return tuple(map(UUID, self.cleaned_data["merged"]))

    def successors(self) -> tuple[UUID, ...]:
        """Return the one body they become."""
        return (UUID(self.cleaned_data["into"]),)


class SplitForm(SuccessionForm):
    """One body becomes several, and ends or goes on beside them."""

    kind = SuccessionKind.SPLIT
    parts = forms.MultipleChoiceField(
        label="分立为哪些主体", widget=forms.CheckboxSelectMultiple, error_messages=_UNKNOWN
    )
    goes_on = choice(
        "原主体", {"no": "终止，由分立出来的主体承继", "yes": "继续存在，只分出一部分职责"},
        widget=forms.RadioSelect,
    )  # fmt: skip
    on = Day("承继日期", help_text="分立出来的主体履行职责的第一天；原主体终止的，到前一天为止")
    basis = Text("依据", longest=300, help_text="机构改革方案、批复的名称和文号")

    def __init__(self, data: Any, *, offered: list[tuple[str, str]], body: UUID) -> None:
        super().__init__(data)
        self._body = body
        self.fields["parts"].choices = offered  # type: ignore[attr-defined]

    def predecessors(self) -> tuple[UUID, ...]:
        """Return the body that splits."""
        return (self._body,)

    def successors(self) -> tuple[UUID, ...]:
        """Return what it becomes."""
        return tuple(map(UUID, self.cleaned_data["parts"]))

    def predecessors_end(self) -> bool:
        """Whether it ends."""
        return bool(self.cleaned_data["goes_on"] == "no")
