"""A served decision, gathered from the rooms that know parts of it (待公示决定)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from zhifa.cases import selectors as cases
from zhifa.disclosure.rules import Counterparty, DecisionToPublish
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import Content
from zhifa.documents.values.investigation import InterviewRecord, OnsiteInspectionRecord
from zhifa.documents.values.parts import Party as PartyOnPaper
from zhifa.law.errors import Conflict
from zhifa.procedures.facts import Facts
from zhifa.procedures.values import Party, PartyKind
from zhifa.registry import selectors as registry
from zhifa.registry.rules import UnitKind
from zhifa.registry.selectors import Body
from zhifa.review import selectors as reviews

DECISION = "penalty_decision"
_CUT = re.compile("[（(].*?[）)]|[、，,；;]")  # 王演示（经营者）、李演示
_HEARD = (
    "interview_record", "onsite_inspection_record", "statement_defence_record", "hearing_record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A decision to publish, what its document says, and the body that made it."""

    decision: DecisionToPublish
    content: Content
    body: Body
    statements: tuple[Any, ...]  # the records of what was said in the case: values of documents


def source(case_id: UUID) -> Source:
    """Return the served decision of a case; nine queries.

    Raises NotFound (also out of scope), and Conflict: disclosure.no_decision (there is none, or
    it does not punish), .not_served (to every party), .not_printed.
    """
    case = cases.case(case_id)
    facts = case.facts
    document = documents.latest(case_id, DECISION)
    if facts.decision is None or facts.draft is None or document is None:
        raise Conflict("disclosure.no_decision")
    if not facts.all_served():
        raise Conflict("disclosure.not_served")
    if not document.ready or document.sealed_entry is None:
        raise Conflict("disclosure.not_printed")
    body = registry.body(document.body)  # the one that handles the case now may be another
    decided_on = facts.decision.on
    passed = reviews.valid_pass(case_id) if facts.review_pass else None
    content = documents.content(document.id)
    heard = tuple(values for _, values in documents.said_in(case_id, _HEARD))
    former = tuple(_former(case_id, facts, content.values.parties, decided_on))
    decision = DecisionToPublish(
        case_id=case_id,
        case_version=case.version,
        case_number=case.number,
        title=facts.title,
        body_id=case.body_id,
        unit_id=case.unit_id,
        handlers=facts.handlers,
        act_type="penalty",
        field=str(registry.settings(body.id, on=decided_on).get("penalty.field", "")),
        parties=tuple(_party(one, decided_on) for one in facts.parties),
        others=tuple(_others(heard, facts, former)),
        kinds=facts.draft.kinds,
        amount_fen=facts.draft.amount_fen,
        decided_on=decided_on,
        served_on=max(one.on for one in facts.served),
        is_major=facts.is_major,
        reviewed_on=passed.given_on if passed else None,
        review_unit=_review_unit(body.id, decided_on) if passed else "",
        document_id=document.id,
        document_type=document.type_key,
        document_sha256=document.sha256,
        token=document.token,
        number=document.number,
        sealed_entry=document.sealed_entry,
        is_demo=case.is_demo,
        changed_on=facts.decision_changed_on,
        former=former,
    )
    return Source(decision, content, body, heard)


def _party(party: Party, on: date) -> Counterparty:
    return Counterparty(
        kind=party.kind, name=party.name, identifier=party.identifier, address=party.address,
        phone=party.phone, representative=party.representative, guardian=party.guardian,
        born_on=party.born_on, minor=party.is_minor(on),
    )  # fmt: skip


def _former(
    case_id: UUID, facts: Facts, on_paper: Sequence[PartyOnPaper], on: date
) -> Iterator[Counterparty]:
    """Yield the parties as the frozen document names them, and as steps did before a correction.

    Who is a natural person now was one before, whatever was written (PIPL art. 28).
    """
    people = {party.id for party in facts.parties if party.kind is PartyKind.PERSON}
    for party in _written(case_id):
        kind = PartyKind.PERSON if party.id in people else party.kind
        yield _party(replace(party, kind=kind), on)
    for place, one in enumerate(on_paper):
        now = facts.parties[place].kind if place < len(facts.parties) else one.kind
        yield Counterparty(
            kind=PartyKind.PERSON if now is PartyKind.PERSON else one.kind, name=one.name,
            identifier=one.id_number or one.credit_code, address=one.address, phone=one.phone,
            representative=one.representative, born_on=one.born_on,
            guardian=one.guardian.name if one.guardian else "",
        )  # fmt: skip


def _written(case_id: UUID) -> Iterator[Party]:
    """Yield every party that a step or its correction ever named, as it did."""
    for entry in cases.timeline(case_id):
        data = entry.data
        if entry.action == "correct":  # of the day alone: no data
            data = msgspec.json.decode(data["data_json"] or "{}")
        yield from msgspec.convert(data.get("parties", []), tuple[Party, ...])


def _others(
    heard: Iterable[Any], facts: Facts, former: Sequence[Counterparty]
) -> Iterator[Counterparty]:
    """Yield the people who were heard or stood by, so that they can be told from the party.

    A party is no other, under whatever name, but lives where any record says: then without the name.
    """
    firms = {party.name for party in facts.parties if party.kind is not PartyKind.PERSON}
    known = {one.name for one in facts.parties} | {one.name for one in former}
    for values in heard:
        for person in _people(values):
            if person.name and person.name not in firms:
                yield replace(person, name="") if person.name in known else person


def _people(values: Any) -> Iterator[Counterparty]:
    match values:
        case InterviewRecord():
            one = values.interviewee
            yield Counterparty(
                kind=PartyKind.PERSON, name=one.name, identifier=one.id_number,
                address=one.address, phone=one.phone,
            )  # fmt: skip
        case OnsiteInspectionRecord():
            for names in (*(one.name for one in values.on_site), values.witness):
                for name in _CUT.split(names):
                    yield Counterparty(kind=PartyKind.PERSON, name=name.strip())


def _review_unit(body_id: UUID, on: date) -> str:
    units = registry.units(body_id, on)
    return next((unit.name for unit in units if unit.kind is UnitKind.LEGAL), "法制审核机构")
