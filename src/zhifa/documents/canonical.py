"""Values as canonical JSON and back (文书数据): what is stored, digested and compared.

RFC 8785 for what values consist of: sorted keys, no blanks, UTF-8, no floats; amounts below 2^53
fen. Instants are written in UTC, so that equal values have equal bytes.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

import msgspec

from zhifa.documents.values import TYPES
from zhifa.law.errors import BadValue


def encode(value: Any) -> bytes:
    """Return values, or plain data that holds values, as canonical JSON."""
    text = json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def decode(type_key: str, data: bytes | str) -> Any:
    """Return the values of that type from their JSON: the inverse of `encode`.

    Raises KeyError for an unknown type and BadValue (document.data) for data of another form.
    """
    kind = TYPES[type_key]
    try:
        return msgspec.json.decode(data, type=kind.values)
    except (msgspec.ValidationError, msgspec.DecodeError) as fault:
        raise BadValue("document.data", str(fault)) from fault


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return str(value)
        case str() | bool() | int() | None:
            return value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
    if not is_dataclass(value):
        raise TypeError(f"not a document value: {type(value).__name__}")
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
