"""What a browser would send of a form that is filled in with a step's data (表单数据)."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms

from zhifa.cases.forms import form_class
from zhifa.cases.forms.articles import provision_row
from zhifa.cases.forms.drafting import evidence_key
from zhifa.cases.stepping import Stepping
from zhifa.procedures import actions as a
from zhifa.procedures.values import DecisionDraft, Provision


def sent(page: Stepping, data: Any) -> dict[str, Any]:
    """Return the form of a step as it is sent with these data, confirmed."""
    said, rows = _said(data)
    form = form_class(type(data))(
        None, action=page.action, known=page.known, first=said, first_rows=rows
    )
    return drawn(form) | {"confirmed": "1"}


def drawn(form: Any) -> dict[str, Any]:
    """Return a form that nobody touched, as it is sent."""
    found = {bound.html_name: _text(bound) for bound in form}
    for name, rows in getattr(form, "rows", {}).items():
        for key in rows.row_type.base_fields:
            found[f"{name}-{key}"] = [
                _text(row[key]) or "" for row in rows.forms if key in row.fields
            ]
    return {name: value for name, value in found.items() if value is not None}


def _said(data: Any) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    said: dict[str, Any] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in fields(data):
        value = getattr(data, one.name)
        if isinstance(value, DecisionDraft):
            more, parts = _said(value)
            said, rows = said | more, rows | parts
        elif isinstance(data, DecisionDraft) and one.name == "evidence":
            said["evidence"] = [evidence_key(part) for part in value]
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            rows[one.name] = [_row(part) for part in value]
        elif isinstance(value, tuple):
            said[one.name] = [str(part) for part in value]
        elif value != "":  # what the step leaves open is filled in by the form
            said[one.name] = _plain(value)
    if isinstance(data, a.ExtendTerm):
        said["which"] = f"{data.term}|{data.about}"
    return said, rows


def _row(part: Any) -> Mapping[str, Any]:
    if isinstance(part, Provision):
        return provision_row(part)
    return {one.name: _plain(getattr(part, one.name)) for one in fields(part)}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value


def _text(bound: forms.BoundField) -> Any:
    """Return what a browser sends of a field; None for a box that is not ticked."""
    value = bound.value()
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "on" if value else None
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
