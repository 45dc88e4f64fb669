"""Canonical JSON (RFC 8785) without floats: one value, one sequence of bytes."""

from collections.abc import Mapping
from json.encoder import encode_basestring  # what json.dumps uses, without its detours

_LARGEST = 2**53 - 1  # RFC 8785 takes numbers as IEEE doubles; beyond this they are not exact


class NotCanonical(ValueError):
    """The value has no canonical form here: a float, a huge integer, a lone surrogate, ..."""


def canonical_json(value: object) -> bytes:
    """Return the canonical UTF-8 bytes of strings, integers, booleans, None, lists and mappings.

    Raises NotCanonical, naming what cannot be written.
    """
    parts: list[str] = []
    try:
        _write(value, parts)
    except RecursionError as problem:
        raise NotCanonical("nested too deeply") from problem
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError as problem:
        raise NotCanonical("a lone surrogate is not a character") from problem


def _write(value: object, parts: list[str]) -> None:
    if value is None or isinstance(value, bool):
        parts.append({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, str):
        parts.append(encode_basestring(value))
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise NotCanonical(f"integer out of range: {value}")
        parts.append(str(int(value)))
    elif isinstance(value, Mapping):
        _write_object(value, parts)
    elif isinstance(value, list | tuple):
        parts.append("[")
        for number, item in enumerate(value):
            if number:
                parts.append(",")
            _write(item, parts)
        parts.append("]")
    else:
        raise NotCanonical(f"no canonical form for {type(value).__name__}")


def _write_object(value: Mapping[object, object], parts: list[str]) -> None:
    names = []
    for name in value:
        if not isinstance(name, str):
            raise NotCanonical("the names in an object are strings")
        names.append(name)
    # RFC 8785 section 3.2.3: sorted by UTF-16 code units.
    names.sort(key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    parts.append("{")
    for number, name in enumerate(names):
        if number:
            parts.append(",")
        parts.append(encode_basestring(name))
        parts.append(":")
        _write(value[name], parts)
    parts.append("}")
