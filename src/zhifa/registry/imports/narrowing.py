"""Exports of lists that are narrowed (导出筛选后的列表): which rows of a table a list would show."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from zhifa.registry import listing
from zhifa.registry.wording import ACT_TYPES, BODY_KINDS

Asked = Mapping[str, str]  # the query of the list's page
Row = Mapping[str, str]  # a row of the export


def kept(kind: str, asked: Asked, on: date, row: Row) -> bool:
    """Whether the list of that kind, narrowed so, shows what stands in a row of its export."""
    judge = _JUDGES.get(kind)
    return judge is None or judge(asked, on, row)


def _body(asked: Asked, on: date, row: Row) -> bool:
    text, kind = asked.get("q", "").strip(), asked.get("kind", "")
    named = text in row["name"] or text in row["code"] or text == row["credit_code"]
    return (not text or named) and (not kind or row["kind"] == _words(BODY_KINDS, kind))


def _officer(asked: Asked, on: date, row: Row) -> bool:
    if asked.get("only") == "soon":
        until = (on + timedelta(days=listing.EXPIRES_SOON_DAYS)).isoformat()
        if not row.get("expires_on") or row["expires_on"] > until:
            return False
    return _found(asked, row["name"], row.get("number", ""))


def _item(asked: Asked, on: date, row: Row) -> bool:
    act_type = asked.get("act_type", "")
    if act_type and row["act_type"] != _words(ACT_TYPES, act_type):
        return False
    return _found(asked, row["name"], row["code"])


def _found(asked: Asked, *texts: str) -> bool:
    """Whether what is looked for stands in a text, as the list looks for it."""
    text = asked.get("q", "").strip().casefold()
    return not text or any(text in one.casefold() for one in texts)


def _words(words: Mapping[Any, str], code: str) -> str:
    return {str(one): text for one, text in words.items()}.get(code, "")


_JUDGES: Mapping[str, Callable[[Asked, date, Row], bool]] = {
    "bodies": _body,
    "officers": _officer,
    "power-items": _item,
}
