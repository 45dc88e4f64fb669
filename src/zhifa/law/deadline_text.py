"""What `zhifa deadline explain` and `deadline list` print: values in, text or JSON out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from zhifa.law.calendar import Calendar
from zhifa.law.errors import BadValue
from zhifa.law.legal_time import BEIJING, Due, Extension, Reason, Stop, due
from zhifa.law.reasons_zh import APPROVER_WORDS, day_words, length_words, minute_words, words
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import FIELDS, BadTerm, Kind, Mark, Rule, Term

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_COUNT = re.compile(r"[1-9][0-9]{0,4}")
_MARK_WORDS = {Mark.POLICY: "平台默认", Mark.UNVERIFIED: "未核对原文"}


class BadRequest(BadValue):
    """The command line says something that is no date, no spell or no number."""


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """The arguments of `deadline explain` as they were typed."""

    term: str
    start: str  # 2026-02-14 or 2026-02-14T09:30, Beijing time
    stops: tuple[str, ...] = ()  # A:B, both included; A: for one that is still open
    extend: tuple[str, ...] = ()  # each a number in the unit of the extension
    field: str = ""
    variant: str = ""
    before: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date as it is shown."""

    term: Term
    due: Due

    def text(self) -> str:
        """Return the lines for the terminal, the answer first."""
        lines = [f"{self.term.key} {self.term.name}：{self.term.trigger} → {self.term.end}"]
        lines.append(f"{_kind_words(self.due)}：{self._answer()}{self._doubt()}")
        if self.due.warn_on:
            lines.append(f"提醒日：{day_words(self.due.warn_on)}")
        lines.append("理由：")
        lines.extend(
            f"  {number}. {words(reason)}" for number, reason in enumerate(self.due.reasons, 1)
        )
        return "\n".join(lines)

    def as_json(self) -> dict[str, Json]:
        """Return the value that `--json` prints: `due_on`, or `due_at` for a term in hours."""
        answer: dict[str, Json] = {"term": self.term.key, "name": self.term.name}
        if self.due.due_at:
            answer["due_at"] = self.due.due_at.isoformat(timespec="minutes")
        else:
            answer["due_on"] = _iso(self.due.due_on)
        answer["kind"] = self.due.kind.value
        answer["warn_on"] = _iso(self.due.warn_on)
        answer["provisional"] = self.due.provisional
        answer["reasons"] = [_reason_json(reason) for reason in self.due.reasons]
        return answer

    def _answer(self) -> str:
        if self.due.due_at:
            return minute_words(self.due.due_at)
        return day_words(self.due.due_on) or "尚不能确定（扣除的时间没有结束）"

    def _doubt(self) -> str:
        return "（暂定）" if self.due.provisional else ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `deadline list`: one rule of a term, as it holds on the day asked for."""

    term: Term
    field: str
    variant: str
    variant_name: str
    since: date
    rule: Rule

    def text(self) -> str:
        """Return the line for the terminal."""
        at_least = "至少" if self.rule.kind is Kind.EARLIEST else ""
        parts = [
            self.term.key,
            self.term.name,
            f"{self.term.trigger} → {self.term.end}",
            at_least + length_words(self.rule.length.count, self.rule.length.unit),
        ]
        if self.field:
            parts.append(f"--field {self.field}（{FIELDS[self.field]}）")
        if self.variant:
            parts.append(f"--variant {self.variant}（{self.variant_name}）")
        for step in self.rule.extensions:
            longest = f"至多{length_words(step.at_most, step.unit)}" if step.at_most else ""
            parts.append(f"可延长{longest}（{APPROVER_WORDS[step.approver]}批准）")
        parts.append("、".join(article.words for article in self.rule.basis))
        parts.extend(_MARK_WORDS[mark] for mark in sorted(self.rule.marks))
        return "  ".join(parts)

    def as_json(self) -> dict[str, Json]:
        """Return the line as a JSON object."""
        return {
            "term": self.term.key,
            "name": self.term.name,
            "act": self.term.act,
            "trigger": self.term.trigger,
            "end": self.term.end,
            "field": self.field,
            "variant": self.variant,
            "count": self.rule.length.count,
            "unit": self.rule.length.unit.value,
            "kind": self.rule.kind.value,
            "rolls": self.rule.rolls.value,
            "stops": [kind.value for kind in sorted(self.rule.stops)],
            "extensions": [
                {"approver": step.approver.value, "at_most": step.at_most, "unit": step.unit.value}
                for step in self.rule.extensions
            ],
            "basis": [str(article) for article in self.rule.basis],
            "marks": [mark.value for mark in sorted(self.rule.marks)],
            "in_force_from": self.since.isoformat(),
        }


def explain(
    request: ExplainRequest,
    *,
    calendar: Calendar,
    catalogue: Mapping[str, Term] = CATALOGUE,
) -> Explanation:
    """Return the due date that was asked for, with its reasons.

    Raises BadRequest (start.format, stop.format, extension.format), BadTerm and whatever
    `legal_time.due` raises; `errors_zh.error_words` says each in Chinese.
    """
    term = catalogue.get(request.term.upper())
    if term is None:
        raise BadTerm("term.unknown", request.term)
    found = due(
        term,
        start=_start(request.start),
        calendar=calendar,
        stops=tuple(_stop(text) for text in request.stops),
        extensions=tuple(_extension(text) for text in request.extend),
        field=request.field,
        variant=request.variant,
        before=request.before,
    )
    return Explanation(term, found)


def listing(*, on: date, catalogue: Mapping[str, Term] = CATALOGUE) -> tuple[Listed, ...]:
    """Return every rule in force on a day, by term, the common rule before the special ones."""
    return tuple(
        Listed(term, branch.field, branch.variant, branch.name, since, rule)
        for _, term in sorted(catalogue.items())
        for branch in term.branches
        for since, rule in [version for version in branch.rules.versions if version[0] <= on][-1:]
    )


def _kind_words(found: Due) -> str:
    return "最早可进行之日" if found.kind is Kind.EARLIEST else "届满日"


def _start(text: str) -> date | datetime:
    if _MINUTE.fullmatch(text):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
        except ValueError:
            raise BadRequest("start.format", text) from None
    return _day(text, code="start.format")


def _stop(text: str) -> Stop:
    first, colon, last = text.partition(":")
    if not colon:
        raise BadRequest("stop.format", text)
    return Stop(_day(first, code="stop.format"), _day(last, code="stop.format") if last else None)


def _extension(text: str) -> Extension:
    if not _COUNT.fullmatch(text):
        raise BadRequest("extension.format", text)
    return Extension(int(text))


def _day(text: str, *, code: str) -> date:
    if not _DAY.fullmatch(text):
        raise BadRequest(code, text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(code, text) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reason_json(reason: Reason) -> dict[str, Json]:
    """Return the reason with its values and its words; what it does not carry is left out."""
    values: dict[str, Json] = {
        "basis": str(reason.basis) if reason.basis else None,
        "first": _iso(reason.first),
        "last": _iso(reason.last),
        "at": reason.at.isoformat(timespec="minutes") if reason.at else None,
        "count": reason.count,
        "unit": reason.unit.value if reason.unit else None,
        "about": reason.about or None,
    }
    carried = {key: value for key, value in values.items() if value is not None}
    return {"code": reason.code, "text": words(reason), **carried}
