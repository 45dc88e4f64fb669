"""Taking out what is nobody's business (隐去个人信息), and the test that nothing was left (泄露检查); pure.

A text is redacted by known values of the case and by patterns. Known values are found through blanks,
dashes, line breaks and full-width figures. Patterns that may be wrong are suggestions: they are taken
out unless a person keeps them, by name and with a reason.

Source: three-systems.md 2.4 (PIPL art. 28, 31; SAMR_PUBLICITY art. 7; Guangdong as restated).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from zhifa.disclosure.rules import Counterparty
from zhifa.law.identifiers import BadIdentifier, check_uscc
from zhifa.law.near_miss import SuspectKind, suspect_id_numbers
from zhifa.procedures.values import PartyKind


class Why(StrEnum):
    """Why a stretch is taken out (隐去理由)."""

    NAME = "name"
    THIRD_PARTY = "third_party"
    ID_NUMBER = "id_number"
    NEAR_ID_NUMBER = "near_id_number"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    STATED_ADDRESS = "stated_address"
    PHONE = "phone"
    LANDLINE = "landline"
    ACCOUNT = "account"
    LONG_NUMBER = "long_number"
    EMAIL = "email"
    PLATE = "plate"
    EDITOR = "editor"


_SUGGESTIONS = frozenset({Why.NEAR_ID_NUMBER, Why.LANDLINE, Why.LONG_NUMBER, Why.STATED_ADDRESS})
_STANDS_FOR = {
    Why.ID_NUMBER: "（身份证号略）",
    Why.NEAR_ID_NUMBER: "（号码略）",
    Why.BIRTH_DATE: "（出生日期略）",
    Why.ADDRESS: "（住址略）",
    Why.STATED_ADDRESS: "（住址略）",
    Why.PHONE: "（电话略）",
    Why.LANDLINE: "（电话略）",
    Why.ACCOUNT: "（账号略）",
    Why.LONG_NUMBER: "（号码略）",
    Why.EMAIL: "（邮箱略）",
    Why.PLATE: "（车牌略）",
}
_EDITED = "×××"
_COMPOUND = frozenset(
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政"
    "濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐"[at : at + 2]
    for at in range(0, 64, 2)
)
_REMARK = re.compile(r"[（(][^（()）]*[)）]\s*$")
_ORDER = "甲乙丙丁戊己庚辛壬癸"
# Wide forms of figures, letters and signs, one for one, so that places stay the same.
_FIGURES = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code) not in "(),:;?!"}
_DOTS = "·•・‧⋅∙"  # between the parts of a name: few keyboards have the right one
_BETWEEN = rf"[\s\-－—.{_DOTS}]*"  # how people and line breaks cut numbers and names apart
# What typesetting puts between figures so that lines may break there; nobody sees it.
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_SHORTEST = 2  # characters: one alone says nothing, and stands everywhere

_PATTERNS: tuple[tuple[Why, re.Pattern[str]], ...] = (
    (Why.EMAIL, re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)),
    (
        Why.PHONE,
        re.compile(r"(?<![0-9])(?:\+?86[ \-]?)?1[3-9][0-9](?:[ \-.·]?[0-9]{4}){2}(?![0-9])"),
    ),
    (
        Why.LANDLINE,
        re.compile(r"(?<![0-9])[（(]?0[1-9][0-9]{1,2}[)）]?[ \-－—/]?[2-9][0-9]{6,7}(?![0-9])"),
    ),
    # Passports, and permits for Hong Kong, Macao and Taiwan: some are numbers of goods, so a person looks.
    (
        Why.NEAR_ID_NUMBER,
        re.compile(
            r"(?<![0-9A-Za-z])(?:[DEGKPS][0-9]{8}|[HM][0-9]{8}(?:[0-9]{2})?)(?![0-9A-Za-z])"
        ),
    ),
    (
        Why.PLATE,
        re.compile(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
            "[A-HJ-NP-Z][·•\\s\\-]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]",
            re.IGNORECASE,
        ),
    ),
)
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ \-]?[0-9]){14,29}(?![0-9A-Za-z])")
_DIVISION = re.compile("^.*(?:[省市县旗镇乡]|街道|(?<![小社园])区)")  # all but the street and house
# Somebody lives, or lived, there; 住所 is the word for the seat of a firm, which is public.
_PART = "号|幢|栋|座|室|组|弄|单元|楼|层"
_HOME = re.compile(
    r"(?:住(?!所)|户籍)(?:[^，,。；;\s]{0,6}[？?]\s*|[址处地在于过的是为所]{0,4}[：:，,\s]*)"
    r"(?P<place>[^，,。；;、！？!?\s]{2,40}?[0-9０-９一二三四五六七八九十百]+"
    rf"(?:{_PART})(?:[0-9０-９A-Za-z\-－]{{0,6}}(?:{_PART})|[0-9０-９A-Za-z\-－]{{1,6}})*)"
)


@dataclass(frozen=True, slots=True)
class Mask:
    """A value that must not be read, and what stands in its place."""

    text: str
    replacement: str
    why: Why


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that is taken out: `text[first:last]`."""

    first: int
    last: int
    replacement: str
    why: Why

    @property
    def suggestion(self) -> bool:
        """Whether a person may keep it, as no personal number after all."""
        return self.why in _SUGGESTIONS


@dataclass(frozen=True, slots=True)
class Secrets:
    """All that is known about what a publication may and may not say."""

    masks: tuple[Mask, ...]
    public: tuple[str, ...] = ()  # names, numbers and addresses that may stand: of bodies and firms
    kept: frozenset[str] = field(default_factory=frozenset)  # suggestions a person has looked at


@dataclass(frozen=True, slots=True)
class Leak:
    """Something private was left; `where` names the field or the page, never the value."""

    why: Why
    where: str


def secrets(
    parties: Sequence[Counterparty],
    *,
    others: Sequence[Counterparty] = (),
    former: Sequence[Counterparty] = (),
    stated: Iterable[str] = (),
    public: Iterable[str] = (),
    hidden: Iterable[tuple[str, str]] = (),
    kept: Iterable[str] = (),
) -> Secrets:
    """Return what to take out of everything that is published about these parties.

    others  witnesses and others who were heard
    former  the parties as they were written before a correction; frozen papers still say so
    stated  what was said and written in the case: where somebody says to live there is a suggestion
    public  what may stand although it looks private: the body's own telephone and account
    hidden  further texts to take out, public or not, and what stands for them (empty: ×××)
    kept    suggestions that a person has found to be no personal numbers
    """
    firms = [one for one in parties if not _is_person(one)]
    people = _people(parties, others)
    names = {name for name, _ in people}
    before = [(name, why) for name, why in _people(former, ()) if name not in names]
    masks = [
        *(Mask(text, replacement or _EDITED, Why.EDITOR) for text, replacement in hidden),
        *_names(people),
        *(Mask(name, masked_name(name), why) for name, why in before),
        *(mask for one in (*parties, *former, *others) for mask in _particulars(one)),
        *_homes(stated, seats=[firm.address for firm in firms]),
    ]
    known = {
        mask.text: mask
        for mask in reversed(masks)
        if len(mask.text.strip()) >= _SHORTEST and mask.replacement != mask.text
    }
    allowed = [*(firm.name for firm in firms), *(firm.identifier for firm in firms), *public]
    longest_first = sorted(known.values(), key=lambda mask: (-len(mask.text), mask.text))
    return Secrets(tuple(longest_first), tuple(filter(None, allowed)), frozenset(kept))


def marks(text: str, hidden: Secrets) -> tuple[Mark, ...]:
    """Return what is taken out of a text, in order and without overlaps."""
    plain = text.translate(_FIGURES)
    allowed = [span for one in hidden.public for span in _spans(plain, one)]
    kept = [span for one in hidden.kept for span in _spans(plain, one)]
    found = [
        mark
        for mark in (*_known(plain, hidden.masks), *_patterns(plain))
        if mark.why is Why.EDITOR
        or (not _within(mark, allowed) and not (mark.suggestion and _within(mark, kept)))
    ]
    return tuple(_merged(found))


def redacted(text: str, hidden: Secrets) -> str:
    """Return the text as everybody may read it."""
    parts, at = [], 0
    for mark in marks(text, hidden):
        parts += [text[at : mark.first], mark.replacement]
        at = mark.last
    return "".join([*parts, text[at:]])


def leaks(texts: Iterable[tuple[str, str]], hidden: Secrets) -> tuple[Leak, ...]:
    """Return what private values are left in texts that are to be published; empty means none.

    texts  where it stands and what it says: each field, each page of the document
    """
    found = (
        Leak(mark.why, where)
        for where, text in texts
        for mark in marks(text.translate(_UNSEEN), hidden)
    )
    return tuple(dict.fromkeys(found))


def masked_name(name: str) -> str:
    """Return a person's name as it is published: surname and 某 [policy]."""
    surname = name[:2] if name[:2] in _COMPOUND else name[:1]
    return f"{surname}某"


def _is_person(party: Counterparty) -> bool:
    """Whether the party is a natural person; so is a business without a name of its own [policy]."""
    nameless = party.kind is PartyKind.INDIVIDUAL_BUSINESS and party.name == party.representative
    return party.kind is PartyKind.PERSON or nameless


def _people(
    parties: Sequence[Counterparty], others: Sequence[Counterparty]
) -> list[tuple[str, Why]]:
    """Return every natural person once, the parties first."""
    named = [
        *((one.name, Why.NAME) for one in parties if _is_person(one)),
        *((one.representative, Why.NAME) for one in parties),
        *((one.guardian, Why.THIRD_PARTY) for one in parties),
        *((one.name, Why.THIRD_PARTY) for one in others),
    ]
    people: dict[str, Why] = {}
    for name, why in named:
        people.setdefault(name.strip(), why)
    people.pop("", None)
    return list(people.items())


def _names(people: Sequence[tuple[str, Why]]) -> Iterator[Mask]:
    """Yield a mask a person; those who would read the same are told apart: 王某甲, 王某乙."""
    masks = [masked_name(name) for name, _ in people]
    seen: dict[str, int] = {}
    for (name, why), short in zip(people, masks, strict=True):
        number = seen[short] = seen.get(short, -1) + 1
        several = masks.count(short) > 1 and number < len(_ORDER)
        shown = short + _ORDER[number] if several else short
        yield Mask(name, shown, why)
        if (bare := _REMARK.sub("", name).strip()) not in {name, ""}:
            yield Mask(bare, shown, why)  # texts leave out what stands in brackets behind a name


def _particulars(party: Counterparty) -> Iterator[Mask]:
    if _is_person(party):
        yield _mask(party.identifier, Why.ID_NUMBER)
        yield _mask(party.address, Why.ADDRESS)
        yield _mask(_DIVISION.sub("", party.address), Why.ADDRESS)  # as the facts shorten it
    yield _mask(party.phone, Why.PHONE)
    if party.born_on:
        yield from (_mask(text, Why.BIRTH_DATE) for text in _ways_to_write(party.born_on))


def _homes(texts: Iterable[str], *, seats: Sequence[str]) -> Iterator[Mask]:
    """Yield where somebody lives as texts say it, whole and as the facts shorten it; not the seat of a firm."""
    for text in texts:
        for found in _HOME.finditer(text):
            place = found["place"]
            short = _DIVISION.sub("", place)
            if not any(short in seat for seat in seats):
                yield _mask(place, Why.STATED_ADDRESS)
                yield _mask(short, Why.STATED_ADDRESS)


def _mask(text: str, why: Why) -> Mask:
    short = (
        why in {Why.ADDRESS, Why.STATED_ADDRESS} and len(text) < 5
    )  # a mere village: too common to take out
    return Mask("" if short else text, _STANDS_FOR[why], why)


def _ways_to_write(day: date) -> tuple[str, ...]:
    months, days = ({f"{number}", f"{number:02}"} for number in (day.month, day.day))
    marks = (("年", "月", "日"), ("/", "/", ""), (".", ".", ""), ("-", "-", ""))
    found = {
        f"{day.year}{after}{month}{between}{number}{last}"
        for after, between, last in marks
        for month in months
        for number in days
    }
    return (*sorted(found), f"{day:%Y%m%d}")


def _known(text: str, masks: Sequence[Mask]) -> Iterator[Mark]:
    for mask in masks:
        for first, last in _spans(text, mask.text):
            yield Mark(first, last, mask.replacement, mask.why)


def _spans(text: str, wanted: str) -> list[tuple[int, int]]:
    return [match.span() for match in _loose(wanted.strip()).finditer(text)]


@cache
def _loose(wanted: str) -> re.Pattern[str]:
    """Return a pattern for a value however it is cut apart by blanks, dashes and line breaks."""
    plain = wanted.translate(_FIGURES)
    letters = [re.escape(one) for one in plain if not one.isspace() and one not in _DOTS]
    # A short number stands inside many longer ones; a long one is itself wherever it stands.
    short = wanted.isdigit() and len(wanted) < 9
    around = (r"(?<![0-9])", r"(?![0-9])") if short else ("", "")
    return re.compile(_BETWEEN.join(letters).join(around), re.IGNORECASE)


def _within(mark: Mark, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= mark.first and mark.last <= last for first, last in spans)


def _patterns(text: str) -> Iterator[Mark]:
    for suspect in suspect_id_numbers(text):
        near = suspect.kind is SuspectKind.NEAR
        why = Why.NEAR_ID_NUMBER if near else Why.ID_NUMBER
        yield Mark(suspect.first, suspect.last, _STANDS_FOR[why], why)
    for why, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Mark(*match.span(), _STANDS_FOR[why], why)
    for match in _LONG_NUMBER.finditer(text):
        figures = re.sub("[^0-9]", "", match.group())
        if not _is_credit_code(figures):
            why = Why.ACCOUNT if _luhn(figures) else Why.LONG_NUMBER
            yield Mark(*match.span(), _STANDS_FOR[why], why)


def _is_credit_code(figures: str) -> bool:
    try:
        check_uscc(figures)
    except BadIdentifier:
        return False
    return True


def _luhn(figures: str) -> bool:
    """Whether the last figure checks the others, as on bank cards (ISO/IEC 7812-1)."""
    doubled = [
        sum(divmod(int(figure) * 2, 10)) if place % 2 else int(figure)
        for place, figure in enumerate(reversed(figures))
    ]
    return sum(doubled) % 10 == 0


def _merged(found: Sequence[Mark]) -> Iterator[Mark]:
    """Yield marks in order; of those that overlap one remains, over all that any of them covers.

    The surest comes first: a known value before a pattern, a pattern before a suggestion.
    """
    ranked = sorted(enumerate(found), key=lambda pair: (pair[1].first, pair[1].suggestion, pair[0]))
    last: Mark | None = None
    for _, mark in ranked:
        if last is not None and mark.first < last.last:
            sure = mark if last.suggestion and not mark.suggestion else last
            last = Mark(last.first, max(last.last, mark.last), sure.replacement, sure.why)
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last
