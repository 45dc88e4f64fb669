"""What several lines of the deadline catalogue are made of: dates, marks, lengths, steps."""

from datetime import date

from zhifa.law.citations import APL, Article
from zhifa.law.dated import Dated
from zhifa.law.terms import Approver, Branch, ExtensionStep, Length, Mark, Rolls, Rule, Unit

APL_FROM = date(2021, 7, 15)  # APL art. 86; SAMR and MOT changed their rules with it
MARA_FROM = date(2022, 2, 1)
PSL_FROM = date(2026, 1, 1)
_WORKING_DAYS = APL.art(85)
POLICY = frozenset({Mark.POLICY})
UNVERIFIED = frozenset({Mark.UNVERIFIED})
BOTH_MARKS = POLICY | UNVERIFIED


def days(count: int) -> Length:
    """Return a length in calendar days."""
    return Length(count, Unit.CALENDAR_DAY)


def working(count: int) -> Length:
    """Return a length in working days."""
    return Length(count, Unit.WORKING_DAY)


def by_head(at_most: int | None, unit: Unit) -> ExtensionStep:
    """Return an extension by the head of the agency."""
    return ExtensionStep(Approver.AGENCY_HEAD, at_most, unit)


def by_superior(at_most: int | None) -> ExtensionStep:
    """Return an extension in calendar days by the body one level up."""
    return ExtensionStep(Approver.SUPERIOR, at_most, Unit.CALENDAR_DAY)


def statute(count: int, basis: Article) -> Rule:
    """Return a term of the APL in working days, as its art. 85 counts them."""
    return Rule(working(count), (basis,), Rolls.COUNTED, unit_basis=_WORKING_DAYS)


def common(rule: Rule, *, since: date = APL_FROM) -> tuple[Branch, ...]:
    """Return the only branch of a term that is the same for every body."""
    return (Branch(Dated({since: rule})),)
