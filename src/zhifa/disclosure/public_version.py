"""The public version of a decision (公开版本): fields first, then the document made from the same values."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

import pypdf

from zhifa.disclosure import redaction
from zhifa.disclosure.redaction import Leak, Mark, Secrets
from zhifa.disclosure.rules import DecisionToPublish, PublicText
from zhifa.disclosure.sources import Source
from zhifa.documents import press, wording
from zhifa.documents.rendering import render
from zhifa.documents.values.decisions import PenaltyDecision
from zhifa.documents.values.parts import Party
from zhifa.law.citations import PIPL
from zhifa.law.errors import BadValue, Violation
from zhifa.procedures.values import PartyKind

_MAX_NAME, _MAX_TEXT = 500, 50_000  # what a package carries: docs/publication-package.md


@dataclass(frozen=True, slots=True)
class Field:
    """One field side by side: what it says, what everybody will read, and what was taken out."""

    key: str
    original: str
    public: str
    marks: tuple[Mark, ...]


def secrets_of(
    source: Source, *, hidden: tuple[tuple[str, str], ...], kept: tuple[str, ...]
) -> Secrets:
    """Return what to take out of a decision, and what may stand although it looks private."""
    contact, identity = source.body.contact, source.body.identity
    return redaction.secrets(
        source.decision.parties,
        others=source.decision.others,
        former=source.decision.former,
        stated=(whole_text(source.content.values), *map(whole_text, source.statements)),
        public=(
            identity.name, identity.credit_code, contact.phone, contact.supervision_phone,
            contact.payment_account, contact.address, *_payment(source.content.values),
        ),
        hidden=hidden,
        kept=kept,
    )  # fmt: skip


def public_fields(source: Source, secrets: Secrets) -> tuple[Field, ...]:
    """Return the fields of the summary, original beside public version, in the order of the page."""
    return tuple(
        Field(key, text, redaction.redacted(text, secrets), redaction.marks(text, secrets))
        for key, text in _texts(source)
    )


def public_text(found: tuple[Field, ...]) -> PublicText:
    """Return the public fields as a value. Raises BadValue: disclosure.field_too_long."""
    texts = {one.key: one.public for one in found}
    for key, text in texts.items():
        if len(text) > (_MAX_NAME if key in {"case_name", "party"} else _MAX_TEXT):
            raise BadValue("disclosure.field_too_long", key)
    return PublicText(**texts)


def public_document(source: Source, secrets: Secrets) -> bytes:
    """Return the redacted document as PDF, made from redacted values; the same for the same masks.

    Raises what `rendering.render` raises.
    """
    content = source.content
    frame = replace(content.frame, redacted=True)
    values = _without(content.values, secrets)
    return render(
        content.type_key, values, frame=frame, timestamp=content.at, font_folder=press.font_folder()
    ).pdf


def left_in(text: PublicText, pdf: bytes, secrets: Secrets) -> tuple[Leak, ...]:
    """Return what private values are left in the fields or in the text of the document.

    Raises BadValue (disclosure.not_readable) for a document whose text cannot be read: a test
    that sees nothing proves nothing.
    """
    return redaction.leaks((*_named(text), *_pages(pdf)), secrets)


def penalty_words(decision: DecisionToPublish) -> tuple[str, ...]:
    """Return the kinds of penalty in words, lightest first (APL art. 9)."""
    return tuple(wording.code_words(kind) for kind in decision.kinds)


def leak_violations(leaks: Sequence[Leak]) -> tuple[Violation, ...]:
    """Return leaks as broken rules; they name the place, never the value (PIPL art. 28)."""
    return tuple(Violation(f"leak.{leak.why.value}", PIPL.art(28), leak.where) for leak in leaks)


def whole_text(value: Any) -> str:
    """Return every text of a document's values, one a line."""
    match value:
        case StrEnum():
            return ""
        case str():
            return value
        case tuple():
            return "\n".join(whole_text(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return "\n".join(whole_text(getattr(value, one.name)) for one in fields(value))
    return ""


def is_suggestion(text: str, originals: Sequence[str], secrets: Secrets) -> bool:
    """Whether a text is taken out somewhere on mere suspicion, and nowhere for certain."""
    found = [
        mark
        for original in originals
        for mark in redaction.marks(original, secrets)
        if original[mark.first : mark.last] == text
    ]
    return bool(found) and all(mark.suggestion for mark in found)


def _texts(source: Source) -> Iterator[tuple[str, str]]:
    values: PenaltyDecision = source.content.values
    yield "case_name", source.decision.title
    yield "party", "、".join(one.name for one in source.decision.parties)
    yield "facts", values.facts
    violated = "；".join(wording.provision_words(one) for one in values.violated)
    basis = "；".join(wording.provision_words(one) for one in values.basis)
    yield "legal_basis", f"违反：{violated}\n处罚依据：{basis}"
    lines = [*(wording.penalty_words(one) for one in values.penalties), *values.orders]
    yield "decision", "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _without(value: Any, secrets: Secrets) -> Any:
    """Return a document value with everything private taken out, however deep it stands."""
    match value:
        case Party():
            return _party(value, secrets)
        case StrEnum():
            return value
        case str():
            return redaction.redacted(value, secrets)
        case tuple():
            return tuple(_without(item, secrets) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value,
        **{one.name: _without(getattr(value, one.name), secrets) for one in fields(value)},
    )


def _party(party: Party, secrets: Secrets) -> Party:
    """Return a party as everybody may know it (three-systems.md 2.4)."""
    person = party.kind is PartyKind.PERSON
    return replace(
        party,
        name=redaction.redacted(party.name, secrets),
        address="" if person else redaction.redacted(party.address, secrets),
        phone="",
        id_number="",
        representative=redaction.redacted(party.representative, secrets),
        gender=None,
        born_on=None,
        guardian=None,
    )


def _payment(values: Any) -> tuple[str, ...]:
    payment = getattr(values, "payment", None)
    return (payment.account_number, payment.bank_address) if payment else ()


def _named(text: PublicText) -> Iterator[tuple[str, str]]:
    for one in fields(text):
        yield one.name, getattr(text, one.name)


def _pages(pdf: bytes) -> Iterator[tuple[str, str]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    texts = [page.extract_text() for page in reader.pages]
    if not any(text.strip() for text in texts):
        raise BadValue("disclosure.not_readable")
    for number, text in enumerate(texts, start=1):
        yield f"page.{number}", text
    for name, value in (reader.metadata or {}).items():
        yield "metadata", f"{name} {value}"
