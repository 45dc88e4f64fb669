"""What every form of a step has: the day, the version that was seen, rows, sections, filled fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField

from zhifa.cases.forms.rows import Row, RowSet
from zhifa.cases.known import Known
from zhifa.documents.wording import dressed
from zhifa.law.calendar import EARLIEST, LAST_DAY
from zhifa.law.errors import BadValue

YES_NO = (("yes", "是"), ("no", "否"))


def printable(text: str) -> None:
    """Refuse what no document can print: invisible marks, control and private characters."""
    try:
        dressed(text)
    except BadValue as wrong:
        raise ValidationError(
            f"有看不见或者不能印制的字符（{wrong.about}），请删除后重新输入", code=wrong.code
        ) from None


class Text(forms.CharField):
    """A line of text that documents can print."""

    def __init__(self, label: str, *, longest: int = 200, **options: Any) -> None:
        super().__init__(label=label, max_length=longest, validators=[printable], **options)


class LongText(Text):
    """Several paragraphs of text that documents can print."""

    def __init__(self, label: str, *, rows: int = 4, longest: int = 20_000, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label, longest=longest, widget=widget, **options)


_POSSIBLE = (
    MinValueValidator(EARLIEST, "日期不能早于 %(limit_value)s"),
    MaxValueValidator(LAST_DAY, "日期不能晚于 %(limit_value)s"),
)


class Day(forms.DateField):
    """A local date, drawn by the browser's own calendar."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, widget=widget, validators=_POSSIBLE, **options)


class Minute(forms.TimeField):
    """A time of day; steps carry it as text, Beijing time."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(label=label, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Return `10:20`, or an empty text."""
        found = super().to_python(value)
        return found.strftime("%H:%M") if found else ""


class YesNo(forms.TypedChoiceField):
    """A question that has to be answered, one way or the other."""

    def __init__(
        self, label: str, *, words: Sequence[tuple[str, str]] = YES_NO, **options: Any
    ) -> None:
        super().__init__(
            label=label, choices=words, coerce=lambda value: value == "yes",
            widget=forms.RadioSelect, **options,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """Return how a truth value is drawn."""
        return {True: "yes", False: "no"}.get(value, value) if value is not None else value


class Pick(forms.ChoiceField):
    """One of a closed list; with one choice only it is chosen already."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(label=label, choices=choices, **options)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One field as the page draws it."""

    bound: BoundField
    half: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form: fields, or rows that repeat."""

    title: str
    hint: str
    fields: tuple[Drawn, ...]
    rows: RowSet | None = None


class StepForm(forms.Form):
    """The form of one step: bound or prefilled, it says the data class of its action."""

    says: ClassVar[type[Any]]
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    row_types: ClassVar[Mapping[str, type[Row]]] = {}
    half: ClassVar[frozenset[str]] = frozenset()
    basis: ClassVar[Mapping[str, str]] = {}
    files_label: ClassVar[str] = ""  # empty: no files come with this step

    happened_on = Day("办理日期", help_text="这件事实际发生的日期，期限从这一天起算；不能晚于今天")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        action: str,
        known: Known,
        first: Mapping[str, Any] | None = None,
        first_rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    ) -> None:
        self.action = action
        self.known = known
        initial = {"happened_on": known.today, "seen": known.facts.sequence}
        if data is None:
            initial |= {**self.prefilled(), **(first or {})}
        super().__init__(data, initial=initial)
        self.fields["happened_on"].widget.attrs["max"] = known.today.isoformat()
        self.prepare()
        rows = {**self.prefilled_rows(), **(first_rows or {})} if data is None else {}
        self.rows = {
            name: RowSet(kind, name, data=data, first=rows.get(name, ()), today=known.today)
            for name, kind in self.row_types.items()
        }

    def prefilled(self) -> Mapping[str, Any]:
        """Return what the platform knows already, by field."""
        return {}

    def prefilled_rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the rows that the platform knows already."""
        return {}

    def prepare(self) -> None:
        """Set the choices and labels that depend on the case."""

    def clean_happened_on(self) -> Any:
        """Refuse a day in the future; the rest is the engine's to judge."""
        day = self.cleaned_data["happened_on"]
        if day > self.known.today:
            raise ValidationError("办理日期不能晚于今天", code="happened_on.future")
        return day

    def is_valid(self) -> bool:
        """Whether fields and rows can be what they claim to be."""
        fields_valid = super().is_valid()
        return all([fields_valid, *(rows.is_valid() for rows in self.rows.values())])

    def said(self) -> Any:
        """Return the data of the step. Only of a valid form."""
        return self.says(**self.parts())

    def parts(self) -> dict[str, Any]:
        """Return the parts of the data class that are fields of the form."""
        wanted = {one.name for one in fields(self.says)}
        return {name: value for name, value in self.cleaned_data.items() if name in wanted}

    @property
    def sections(self) -> list[Section]:
        """Return the form in the parts that the page draws; the day comes last, with the files."""
        named = {name for _, names in self.sections_of for name in names}
        rest = [
            name for name, field in self.fields.items()
            if name not in {*named, "happened_on"} and not field.widget.is_hidden
        ]  # fmt: skip
        rest += [name for name in (*self.rows, "happened_on") if name not in named]
        parts = [*self.sections_of, ("", rest)]
        return [section for title, names in parts for section in self._section(title, names)]

    def _section(self, title: str, names: Sequence[str]) -> list[Section]:
        drawn = tuple(
            Drawn(self[name], name in {*self.half, "happened_on"}, self.basis.get(name, ""))
            for name in names
            if name in self.fields
        )
        found = [Section(title, "", drawn)] if drawn else []
        for name in names:
            if name in self.rows:
                rows = self.rows[name]
                found.append(Section(rows.row_type.title, rows.row_type.hint, (), rows))
        return found

    def look_over(self) -> list[tuple[str, str]]:
        """Return what was filled in as labels and words, to be looked at once more."""
        found = []
        for section in self.sections:
            found += [(str(one.bound.label), said_words(one.bound)) for one in section.fields]
            if section.rows is not None:
                filled = [_row_words(row) for row in section.rows.filled()]
                found.append((section.title, "\n".join(filled)))
        return [(label, words) for label, words in found if words]

    def parties(self, *, left_out: frozenset[Any] = frozenset()) -> list[tuple[str, str]]:
        """Return the parties of the case as choices, those left out at the end."""
        named = sorted(self.known.facts.parties, key=lambda party: party.id in left_out)
        return [(str(party.id), party.name) for party in named]


def said_words(bound: BoundField) -> str:
    """Return what was filled in at a field, in words: the choice and not its code."""
    value = bound.value()
    field = bound.field
    if isinstance(field, forms.BooleanField):
        return "是" if value else ""
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        offered: Any = field.choices
        return "、".join(str(words) for key, words in offered if str(key) in chosen)
    return str(value or "").strip()


def _row_words(row: Row) -> str:
    return "；".join(filter(None, (said_words(bound) for bound, _ in row.drawn)))
