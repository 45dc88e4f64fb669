"""Everything that is wrong with a form (需要改正之处), for the summary at its top: fields, rows, files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from zhifa.cases.forms.rows import Row, RowSet

FILES = "id_files"  # the control that takes the files


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, and the element of the page where that is done."""

    anchor: str  # empty: nowhere in particular
    label: str
    words: str


def problems(form: forms.Form, rows: Iterable[RowSet], files: Sequence[str] = ()) -> list[Problem]:
    """Return what is wrong with a form, its rows and the files that came with it, in that order.

    files  what is wrong with those that did not arrive, in words
    """
    found = list(_of_fields(form, "", ""))
    for row_set in rows:
        found += _of_rows(row_set)
    return [*found, *(Problem(FILES, "文件", words) for words in files)]


def _of_rows(row_set: RowSet) -> Iterator[Problem]:
    anchor, title = f"rows-{row_set.name}", row_set.row_type.title
    yield from (Problem(anchor, title, words) for words in row_set.errors)
    for number, row in enumerate(row_set.forms, start=1):
        if row.is_bound:
            yield from _of_fields(row, f"{title}第{number}行 ", anchor)


def _of_fields(form: forms.Form | Row, before: str, anchor: str) -> Iterator[Problem]:
    for words in form.non_field_errors():
        yield Problem(anchor, before.strip(), str(words))
    for bound in form:
        if bound.errors:
            yield Problem(
                _anchor(bound), f"{before}{bound.label}", "；".join(map(str, bound.errors))
            )


def _anchor(bound: BoundField) -> str:
    """Return the id of the control; of a choice by several boxes, that of the first."""
    several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else bound.auto_id
