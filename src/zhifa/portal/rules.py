"""What must hold inside one package (公示包规则), beyond the form of each field; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from zhifa.law.identifiers import BadIdentifier, check_uscc, is_id_number
from zhifa.portal.charts import chart_faults
from zhifa.portal.contents import (
    Body,
    BodyKind,
    Chart,
    Content,
    Decision,
    DocumentReceipt,
    File,
    Officer,
    Payload,
    PowerItem,
    Withdrawal,
)

_PDF = b"%PDF-"
_YEAR = re.compile(r"[\[［【(（〔]\s*([0-9]{4})\s*[\]］】)）〕]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # all but tab and line feed
_EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a package; `about` says where, never with private data."""

    code: str  # stable and language-free; wording.py has the words
    about: str = ""


class PackageRefused(ValueError):
    """The package cannot be taken in; nothing was changed. Carries every problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.code} {p.about}".strip() for p in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """Whose signatures count (信任的公钥), as note verifier keys (C2SP signed-note)."""

    publishers: tuple[str, ...]
    logs: tuple[str, ...]


def problems(
    payload: Payload, data: Content, files: Sequence[File], *, has_receipt: bool
) -> tuple[Problem, ...]:
    """Return everything that is wrong with values that have the right form; empty means take it."""
    return (
        *_key_problems(payload, data),
        *_content_problems(data),
        *_file_problems(data, files),
        *_receipt_problems(data, has_receipt=has_receipt),
    )


def text_problems(value: object, path: str) -> Iterator[Problem]:
    """Yield what no text of a payload may hold, wherever it stands: `path` and below.

    An identity number is never published, whatever the workbench let pass (PIPL art. 28,
    three-systems.md 2.4).
    """
    match value:
        case str():
            if _CONTROL.search(value):
                yield Problem("text.control", path)
            if any(_identity_number(found) for found in _EIGHTEEN.findall(value)):
                yield Problem("text.identity_number", path)
        case Mapping():
            for name, item in value.items():
                yield from text_problems(item, f"{path}.{name}")
        case list():
            for number, item in enumerate(value):
                yield from text_problems(item, f"{path}[{number}]")


def _identity_number(text: str) -> bool:
    """Whether it is one, and not an organisation's code that happens to look alike."""
    try:
        check_uscc(text)
    except BadIdentifier:
        return is_id_number(text.upper())
    return False


def expected_key(data: Content) -> str:
    """Return the key a content must stand under, so that an address always says what it is."""
    match data:
        case Body():
            return data.credit_code
        case Officer():
            return data.certificate_number
        case PowerItem():
            return f"{data.body}:{data.code}"
        case Chart():
            return data.procedure
        case Decision():
            return data.number
        case DocumentReceipt():
            return data.token
    return data.key


def _key_problems(payload: Payload, data: Content) -> Iterator[Problem]:
    if payload.key != expected_key(data):
        yield Problem("key.mismatch", payload.key)
    if payload.key in {".", ".."}:
        yield Problem("key.not_an_address", payload.key)
    if isinstance(data, Withdrawal) and data.at > payload.published_at:
        yield Problem("withdrawal.after_publication")


def _content_problems(data: Content) -> Iterator[Problem]:
    match data:
        case Body():
            yield from _credit_code_problems(data.credit_code)
            yield from _entrustment_problems(data)
            yield from _end_problems(data)
        case Officer() | PowerItem():
            yield from _credit_code_problems(data.body)
        case Chart():
            yield from (Problem(code, about) for code, about in chart_faults(data.svg))
            if [step.n for step in data.steps] != list(range(1, len(data.steps) + 1)):
                yield Problem("chart.step_numbers")
        case Decision():
            yield from _credit_code_problems(data.body)
            yield from _decision_problems(data)
        case _:  # a receipt of a document, a withdrawal: their form says all
            pass


def _credit_code_problems(code: str) -> Iterator[Problem]:
    try:
        check_uscc(code)
    except BadIdentifier as fault:
        yield Problem(fault.code, code)


def _entrustment_problems(body: Body) -> Iterator[Problem]:
    """An entrusted organisation acts by a deed that is published: APL art. 20."""
    entrusted = body.kind is BodyKind.ENTRUSTED_ORGANIZATION
    if entrusted and not body.ended_on and not (body.entrusting_body and body.deed):
        yield Problem("body.deed_missing", body.name)
    if not entrusted and (body.entrusting_body or body.deed):
        yield Problem("body.deed_of_other_kind", body.name)


def _end_problems(body: Body) -> Iterator[Problem]:
    """Only what has ended is followed, and nothing ends before it begins."""
    if body.successors and body.ended_on is None:
        yield Problem("body.followed_alive", body.name)
    if body.ended_on is not None and body.ended_on < body.valid_from:
        yield Problem("body.ended_before_it_began", body.name)


def _decision_problems(decision: Decision) -> Iterator[Problem]:
    if decision.served_on < decision.decided_on:
        yield Problem("decision.served_before_decided", decision.number)
    if decision.published_until and decision.published_until < decision.served_on:
        yield Problem("decision.published_until_too_early", decision.number)
    if decision.is_major and decision.review is None:
        yield Problem("decision.review_missing", decision.number)  # APL art. 58
    if decision.review and decision.review.passed_on > decision.decided_on:
        yield Problem("decision.review_after_decision", decision.number)


def _file_problems(data: Content, files: Sequence[File]) -> Iterator[Problem]:
    """The files are those the signed payload names, byte for byte."""
    reference = data.file if isinstance(data, Decision) else None
    wanted = [(reference.name, reference.sha256, reference.size)] if reference else []
    if [(file.name, file.sha256, file.size) for file in files] != wanted:
        yield Problem("files.not_those_named", "、".join(file.name for file in files))
    for file in files:
        if len(file.content) != file.size:
            yield Problem("file.size", file.name)
        if sha256(file.content).hexdigest() != file.sha256:
            yield Problem("file.digest", file.name)
        if not file.content.startswith(_PDF):
            yield Problem("file.not_pdf", file.name)


def _receipt_problems(data: Content, *, has_receipt: bool) -> Iterator[Problem]:
    wanted = isinstance(data, Decision | DocumentReceipt)
    if wanted and not has_receipt:
        yield Problem("receipt.missing")
    if has_receipt and not wanted:
        yield Problem("receipt.not_wanted")


def as_printed(number: str) -> str:
    """Return a number of a document with the brackets it is printed with: few keyboards have 〔2026〕."""
    return _YEAR.sub(r"〔\1〕", number)
