"""Rows that repeat in a form (多行填写): every row has the same field names, in order.

A row left blank is dropped; more rows come by a button that works with and without a script.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

MOST_ROWS = 200


class Row(forms.Form):
    """One row. Fields that alone do not make a row count (a preset choice) stand in `presets`.

    A row that was sent blank is not bound, and so shows no errors.
    """

    title: ClassVar[str] = ""
    hint: ClassVar[str] = "用不到的行留空即可"
    add_words: ClassVar[str] = "加一行"
    spare: ClassVar[int] = 1  # blank rows offered
    least: ClassVar[int] = 0
    least_words: ClassVar[str] = "至少填写一行"
    presets: ClassVar[frozenset[str]] = frozenset()
    spans: ClassVar[Mapping[str, int]] = {}  # of twelve columns; a field not named takes four

    today: date  # the day on which it is filled in

    def said(self) -> Any:
        """Return the value of the row. Only of a valid one."""
        raise NotImplementedError

    @property
    def drawn(self) -> list[tuple[forms.BoundField, int]]:
        """Return the fields that are seen, and how many of twelve columns each takes."""
        return [(field, self.spans.get(field.name, 4)) for field in self.visible_fields()]


class RowSet:
    """The rows of one name in a form, bound or prefilled."""

    def __init__(
        self,
        row_type: type[Row],
        name: str,
        *,
        data: Any,
        first: Sequence[Mapping[str, Any]],
        today: date,
    ) -> None:
        self.row_type = row_type
        self.name = name
        self.bound = data is not None
        self.errors: list[str] = []
        self.forms = list(self._bound(data, today) if self.bound else self._first(first, today))

    def _bound(self, data: Any, today: date) -> Iterator[Row]:
        names = list(self.row_type.base_fields)
        columns = {name: _values(data, f"{self.name}-{name}") for name in names}
        count = min(MOST_ROWS, max(map(len, columns.values()), default=0))
        for number in range(count):
            row = {
                name: values[number] if number < len(values) else ""
                for name, values in columns.items()
            }
            if any(text.strip() for name, text in row.items() if name not in self.row_type.presets):
                named = {f"{self.name}-{name}": text for name, text in row.items()}
                yield self._row(number, today, data=named)
            else:
                yield self._row(number, today, initial=row)
        for number in range(count, max(1, count + self._wanted(data))):
            yield self._row(number, today)

    def _wanted(self, data: Any) -> int:
        return 1 if self.name in _values(data, "add_row") else 0

    def _first(self, first: Sequence[Mapping[str, Any]], today: date) -> Iterator[Row]:
        number = -1
        for number, initial in enumerate(first):
            yield self._row(number, today, initial=initial)
        for spare in range(self.row_type.spare if not first else 0):
            yield self._row(number + 1 + spare, today)

    def _row(self, number: int, today: date, **given: Any) -> Row:
        row = self.row_type(
            prefix=self.name, auto_id=f"id_{self.name}_{number}_%s", use_required_attribute=False,
            **given,
        )  # fmt: skip
        row.today = today
        return row

    def filled(self) -> list[Row]:
        """Return the rows in which something was filled in, by who sent them or beforehand."""
        return [row for row in self.forms if row.is_bound or (not self.bound and row.initial)]

    def is_valid(self) -> bool:
        """Whether every row that was filled in is right, and there are enough of them."""
        filled = self.filled()
        self.errors = [self.row_type.least_words] if len(filled) < self.row_type.least else []
        return all([not self.errors, *(row.is_valid() for row in filled)])

    def said(self) -> tuple[Any, ...]:
        """Return the values of the rows in order. Only of valid rows."""
        return tuple(row.said() for row in self.filled())


def _values(data: Any, name: str) -> list[str]:
    if hasattr(data, "getlist"):
        found: list[str] = data.getlist(name)
        return found
    value = data.get(name, [])
    return list(value) if isinstance(value, list | tuple) else [value]
