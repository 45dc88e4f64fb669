"""What a statutory or policy term is made of (法定期限、办案时限): shapes, no figures.

A term counts from a trigger to an end. How long, in what unit, what stops it and who may extend
it is a `Rule`, dated, with branches for the bodies under a field rule and for named cases. The
figures stand in `term_catalogue`.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhifa.law.citations import Article
from zhifa.law.dated import Dated
from zhifa.law.errors import BadValue


class Unit(StrEnum):
    """What a term is counted in (单位)."""

    WORKING_DAY = "working_day"  # 工作日
    CALENDAR_DAY = "calendar_day"  # 日
    MONTH = "month"  # 月
    YEAR = "year"  # 年
    HOUR = "hour"  # 小时


COUNTED_UNITS = frozenset({Unit.WORKING_DAY, Unit.HOUR})  # these never end on a rest day


class Rolls(StrEnum):
    """What an end on a rest day does (期限届满遇休息日), procedures.md section 1 rule 3."""

    TEXT = "text"  # moves to the next working day, by an article
    PARTY = "party"  # moves by policy, because that favours the party
    FIELD = "field"  # moves for bodies under the field rule named
    NO = "no"  # stays; the warning comes on the last working day before
    COUNTED = "counted"  # cannot happen: working days, or hours


class Kind(StrEnum):
    """What the computed day means."""

    DEADLINE = "deadline"  # 最后一日: the act is in time until then
    EARLIEST = "earliest"  # 最早之日: the next act may come from then on


class Back(StrEnum):
    """How a term is counted back from a later event (“……日前”), section 1 rule 5."""

    NONE = ""  # it is not
    CLEAR = "clear"  # so many full units lie between (the agency's duties)
    OWN = "own"  # in time on the day so many units before (an applicant's own acts)


class StopKind(StrEnum):
    """What takes days out of a term (不计入期限的情形)."""

    SUSPENSION = "suspension"  # 中止调查: from approval to resumption
    HEARING = "hearing"  # 听证: from the request to the closed record
    PUBLIC_NOTICE = "public_notice"  # 公告: from publication to the deemed day of service
    TESTING = "testing"  # 检测、检验、检疫、鉴定: from handing over to the result
    IDENTIFICATION = "identification"  # 权利人辨认或者鉴别
    REFUND = "refund"  # 责令退还多收价款
    SUPPLEMENT = "supplement"  # 退回补正: from the return to the complete papers
    OBSTACLE = "obstacle"  # 不可抗力等障碍: as long as it lasts
    WRONG_SUIT = "wrong_suit"  # 未经复议径行起诉, 行政复议法实施条例 art. 26
    SELF_CORRECTION = "self_correction"  # 自行纠正, 行政复议法实施条例 art. 38


class Approver(StrEnum):
    """Who approves an extension (批准人); role codes where the glossary has one."""

    AGENCY_HEAD = "agency_head"  # 行政机关负责人
    HEADS_TOGETHER = "heads_together"  # 行政机关负责人集体讨论
    SUPERIOR = "superior"  # 上一级机关
    AGENCY = "agency"  # 作出决定的行政机关, on the party's request
    COURT = "court"  # 人民法院


class Told(StrEnum):
    """Who has to be told of an extension (告知)."""

    NOBODY = ""
    PARTY = "party"  # 书面告知当事人
    PARTY_WITH_REASON = "party_with_reason"  # 书面告知当事人并说明理由


class Mark(StrEnum):
    """Why a figure is a setting with a default, not a constant."""

    POLICY = "policy"  # national law does not fix it
    UNVERIFIED = "unverified"  # not checked against the primary text


class BadTerm(BadValue):
    """No such term, field or variant, or the term cannot be counted that way."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a term is."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a term lasts at least one unit")


@dataclass(frozen=True, slots=True)
class ExtensionStep:
    """One extension the law allows; a rule lists its steps in their order."""

    approver: Approver
    at_most: int | None  # in `unit`; None: as long as the approver sets
    unit: Unit
    told: Told = Told.NOBODY
    basis: Article | None = None  # None: the last article of the rule's own basis


@dataclass(frozen=True, slots=True)
class Rule:
    """How one version of a term is counted."""

    length: Length
    basis: tuple[Article, ...]
    rolls: Rolls
    roll_basis: Article | None = None  # the article by which an end moves
    unit_basis: Article | None = None  # the article that says which days count
    counting_basis: Article | None = None  # the article on start and end; None: default [policy]
    stops: frozenset[StopKind] = frozenset()
    extensions: tuple[ExtensionStep, ...] = ()
    kind: Kind = Kind.DEADLINE
    back: Back = Back.NONE
    marks: frozenset[Mark] = frozenset()

    def __post_init__(self) -> None:
        if (self.rolls is Rolls.COUNTED) != (self.length.unit in COUNTED_UNITS):
            raise ValueError("working days and hours, and only they, need no rule for rest days")
        if self.length.unit is Unit.HOUR and (self.stops or self.extensions):
            raise ValueError("a term in hours knows no stops and no extensions")
        if self.back and self.length.unit not in (Unit.WORKING_DAY, Unit.CALENDAR_DAY):
            raise ValueError("only days are counted back from an event")


@dataclass(frozen=True, slots=True)
class Branch:
    """The rule for bodies under one field rule, or for one named case, or both."""

    rules: Dated[Rule]
    field: str = ""  # a key of FIELDS
    variant: str = ""  # a key of the term's own
    name: str = ""  # what the variant means, in Chinese


# Bodies under a field rule (适用部门程序规定的机关), by the key that `--field` takes.
FIELDS: dict[str, str] = {
    "samr": "市场监督管理",
    "mara": "农业农村",
    "mot": "交通运输",
    "police": "公安",
    "traffic_police": "公安交通管理",
    "tax": "税务",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the deadline catalogue (procedures.md section 11)."""

    key: str
    name: str
    act: str
    trigger: str  # the event it runs from, in Chinese
    end: str  # what has to be done by its end, in Chinese
    branches: tuple[Branch, ...]
    only_law_shortens: bool = False  # a remedy: no overlay and no setting may shorten it

    def rule(self, on: date, *, field: str = "", variant: str = "") -> Rule:
        """Return the rule in force on `on` for a body under `field`, in the case `variant`.

        A field without a rule of its own follows the common one.
        Raises BadTerm (term.unknown_field, term.unknown_variant, term.variant_needed) and
        NotInForce.
        """
        return self.branch(field=field, variant=variant).rules.on(on)

    def branch(self, *, field: str = "", variant: str = "") -> Branch:
        """Return the branch that applies: the field's own, else the common one. Raises BadTerm."""
        if field and field not in FIELDS:
            raise BadTerm("term.unknown_field", field)
        fitting = [branch for branch in self.branches if branch.variant == variant]
        if not fitting:
            if variant:
                raise BadTerm("term.unknown_variant", f"{self.key} {variant}")
            raise BadTerm("term.variant_needed", self.key)
        for branch in fitting:
            if branch.field == field:
                return branch
        for branch in fitting:
            if not branch.field:
                return branch
        raise BadTerm("term.unknown_variant", f"{self.key} {variant}")

    def amended(self, day: date, rule: Rule, *, field: str = "", variant: str = "") -> "Term":
        """Return the term with another rule from `day` on: a setting or an overlay [policy].

        Raises BadTerm: term.remedy_shortened where only a law may shorten the term, and as
        `branch` does.
        """
        old = self.branch(field=field, variant=variant)
        length = old.rules.on(day).length
        longer = rule.length.unit is length.unit and rule.length.count >= length.count
        if self.only_law_shortens and not longer:
            raise BadTerm("term.remedy_shortened", self.key)
        new = replace(old, rules=old.rules.with_version(day, rule), field=field)
        if old.field != field:
            return replace(self, branches=(*self.branches, new))
        return replace(
            self, branches=tuple(new if branch == old else branch for branch in self.branches)
        )
