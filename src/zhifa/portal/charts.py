"""What a published chart may be made of (流程图图形): shapes and words, nothing that acts or fetches.

The picture stands inside our own page, so it is read again and anything not on the lists below is
refused: script, foreign content, event attributes, links to other places, styles that fetch.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = (
    "svg g defs title desc style path rect line polyline polygon circle ellipse text tspan marker"
    " pattern clipPath linearGradient stop"
)
_ATTRIBUTES = (
    "id class role viewBox width height x y x1 y1 x2 y2 dx dy cx cy r rx ry d points transform"
    " fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap"
    " stroke-linejoin stroke-opacity opacity font-family font-size font-weight font-style"
    " text-anchor dominant-baseline alignment-baseline letter-spacing textLength lengthAdjust"
    " marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient"
    " preserveAspectRatio patternUnits gradientUnits gradientTransform offset stop-color"
    " stop-opacity clip-path clip-rule vector-effect shape-rendering style version tabindex"
    " focusable direction writing-mode"
)
_OWN_PREFIXES = ("aria-", "data-")
_FETCHES = re.compile(r"@|\\|/\*|expression|javascript:|url\(\s*['\"]?(?!#)", re.IGNORECASE)
_DOCUMENT_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def chart_faults(svg: str) -> tuple[tuple[str, str], ...]:
    """Return (code, what) for everything in the picture that may not be published; empty is good.

    Codes: chart.not_svg, chart.document_type, chart.instruction, chart.element, chart.attribute,
    chart.address.
    """
    if _DOCUMENT_TYPE.search(svg):  # before parsing: entities are expanded there
        return (("chart.document_type", ""),)
    if "<?" in svg:  # inside a page it would be printed, or worse
        return (("chart.instruction", ""),)
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  (no document type, so no entities)
    except ElementTree.ParseError:
        return (("chart.not_svg", ""),)
    if root.tag != f"{_SVG}svg":
        return (("chart.not_svg", root.tag),)
    return tuple(dict.fromkeys(fault for element in root.iter() for fault in _faults(element)))


def _faults(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    name = element.tag.removeprefix(_SVG)
    if not element.tag.startswith(_SVG) or name not in _ELEMENTS.split():
        yield "chart.element", element.tag
    if name == "style" and _FETCHES.search(element.text or ""):
        yield "chart.address", "style"
    for attribute, value in element.attrib.items():
        if attribute in {f"{_XML}lang", f"{_XML}space"}:
            continue
        if attribute not in _ATTRIBUTES.split() and not attribute.startswith(_OWN_PREFIXES):
            yield "chart.attribute", attribute
        elif _FETCHES.search(value) and not attribute.startswith(_OWN_PREFIXES):
            yield "chart.address", attribute
