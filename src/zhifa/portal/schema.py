"""The JSON Schema of a package (公示包模式), drawn from the types that decode it.

`docs/publication-package.schema.json` is what this returns; a test holds the two together.
"""

from typing import Any

import msgspec

from zhifa.portal.contents import TYPES, Payload
from zhifa.portal.intake import Package

_TITLE = "zhifa-publication/1"


def package_schema() -> dict[str, Any]:
    """Return the schema of the package, with those of the payload and of each kind of content.

    The payload travels as text and holds one content, chosen by its kind; `$defs` has them all.
    """
    shapes, defs = msgspec.json.schema_components(
        [Package, Payload, *TYPES.values()], ref_template="#/$defs/{name}"
    )
    del shapes
    for name in ("Package", "Payload", *(kind.__name__ for kind in TYPES.values())):
        defs[name].pop("description", None)
    defs["Payload"]["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind.value}}},
            "then": {"properties": {"data": {"$ref": f"#/$defs/{content.__name__}"}}},
        }
        for kind, content in TYPES.items()
    ]
    defs["Package"]["properties"]["payload"] |= {
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": "#/$defs/Payload"},
    }
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLE,
        "$ref": "#/$defs/Package",
        "$defs": defs,
    }
    plain: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(schema)
    )  # a tuple is a list there
    return plain
