"""The documents of a step are gathered, composed and made, in its transaction (办案文书的制作)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from zhifa.accounts import selectors as accounts
from zhifa.cases import papers
from zhifa.cases.models import Case
from zhifa.cases.papers import BodyParticulars, Earlier, Matter, Paper, PersonParticulars
from zhifa.cases.selectors import CaseView
from zhifa.documents import selectors as documents
from zhifa.documents import services
from zhifa.documents.values import TYPES
from zhifa.law.actors import ActorId
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Transition
from zhifa.registry import selectors as registry
from zhifa.registry.selectors import Body, Standing
from zhifa.review.rules import Check


def make(
    case: Case,
    transition: Transition,
    data: Any,
    found: Standing,
    *,
    checks: tuple[Check, ...],
    actor: ActorId,
    at: datetime,
) -> tuple[UUID, ...]:
    """Make the documents of a step and return their ids; their files follow in a job (decision 0005).

    Joins the step's transaction. Raises BadValue for what a document cannot say.
    """
    if not transition.documents:
        return ()
    body = registry.body(case.body_id)
    composed = composed_of(case, transition, data, found, body=body, checks=checks, actor=actor)
    made: dict[str, services.Made] = {}
    for paper in composed:
        made[paper.type_key] = services.make(
            type_key=paper.type_key,
            values=_values(paper, made),
            subject=case.id,
            body_id=case.body_id,
            body_name=body.name,
            office_word=body.identity.office_word,
            party=paper.party,
            step_sequence=transition.facts.sequence,
            draft_sha256=paper.draft_sha256,
            made_on=transition.on,
            actor=actor,
            at=at,
            demo=case.is_demo,
        )
    return tuple(one.id for one in made.values())


def composed_of(
    case: Case | CaseView,
    transition: Transition,
    data: Any,
    found: Standing,
    *,
    body: Body,
    checks: tuple[Check, ...] = (),
    actor: ActorId,
) -> tuple[Paper, ...]:
    """Return what the step puts on paper, nothing made yet; raises as `make`."""
    matter = _matter(case, transition, data, found, body, checks, actor)
    return papers.compose(transition.action, matter)


def _values(paper: Paper, made: dict[str, services.Made]) -> Any:
    if not paper.follows:
        return paper.values
    return papers.numbered(paper, made[paper.follows].number)


def _matter(
    case: Case | CaseView,
    transition: Transition,
    data: Any,
    found: Standing,
    body: Body,
    checks: tuple[Check, ...],
    actor: ActorId,
) -> Matter:
    facts = transition.facts
    return Matter(
        data=data,
        facts=facts,
        case_number=case.number,
        body=particulars(body),
        people=people_of(facts, actor, found),
        context=found.context,
        actor=actor,
        on=transition.on,
        unit_name=_unit_name(case),
        earlier=_earlier(case.id, papers.READS.get(transition.action, ())),
        checks=checks,
    )


def particulars(body: Body) -> BodyParticulars:
    """Return what documents say of a body."""
    contact = body.contact
    return BodyParticulars(
        name=body.name,
        address=contact.address,
        phone=contact.phone,
        payment_bank=contact.payment_bank,
        payment_account=contact.payment_account,
        payment_address=contact.payment_address,
        reconsideration_body=contact.reconsideration_body,
        court=contact.court,
    )


def people_of(facts: Facts, actor: ActorId, found: Standing) -> dict[UUID, PersonParticulars]:
    """Return names and certificates; the certificates are those the step was judged by."""
    cards = {officer.id: officer for officer in found.officers}
    names = accounts.names(papers.people_of(facts, actor) - set(cards))
    qualification = registry.qualification(actor) if found.reviewer_qualified else None
    people = {
        person: PersonParticulars(
            name=name,
            qualification_number=qualification.number if qualification and person == actor else "",
        )
        for person, name in names.items()
    }
    return people | {
        officer.id: PersonParticulars(
            name=officer.name, certificate_number=officer.certificate_number
        )
        for officer in cards.values()
    }


def _unit_name(case: Case | CaseView) -> str:
    return next((one.name for one in registry.units(case.body_id) if one.id == case.unit_id), "")


def _earlier(case_id: UUID, type_keys: Iterable[str]) -> tuple[Earlier, ...]:
    wanted = tuple(type_keys)
    if not wanted:
        return ()
    return tuple(
        Earlier(
            type_key=one.type_key,
            title=TYPES[one.type_key].title,
            number=one.number,
            on=one.made_on,
            sequence=one.step_sequence,
            party=one.party,
            values=values,
            pages=one.pages,
        )
        for one, values in documents.said_in(case_id, wanted)
    )
