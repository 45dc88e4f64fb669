"""Two cities side by side, each with everything an address of the workbench can lead to (越权测试).

Alike in everything but names and numbers, so that what one of them sees of the other is a leak.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime

from tests import build
from tests.rooms.cases.work import LAST, casework, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors
from zhifa.cases import services as cases
from zhifa.config.demo import city as demo
from zhifa.config.demo import matters, stories
from zhifa.config.demo.casework import Casework
from zhifa.disclosure import services as disclosure
from zhifa.documents import selectors as documents
from zhifa.documents import services as printing
from zhifa.documents.values.decisions import Correction
from zhifa.evidence import selectors as evidence
from zhifa.journal import services as journal
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.procedures.actions import AskCorrection
from zhifa.registry import selectors as registry
from zhifa.registry import services
from zhifa.registry.imports import runs
from zhifa.registry.rules import BodyKind, Role
from zhifa_verify.canonical import canonical_json

KEEPER_ROLES = (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One city: its people by what they are, its objects by what addresses call them, its secrets."""

    people: dict[str, ActorId]
    objects: dict[str, object]
    secrets: tuple[str, ...]  # texts that nobody of the other city may ever read
    now: datetime  # when everything was done


def world(place: str, word: str, number: int) -> World:
    """Return a city with one case served and being published, and one before the legal reviewer."""
    city = build.city(place, office_word=word, number=number)
    people = people_of(city)
    served = _case(city, place, number * 10 + 1, large=False)
    reviewed = _case(city, place, number * 10 + 2, large=True)
    with acting(city.agency_heads[0], on=clock.today()):
        papers = documents.documents_of(served.case_id)
        for one in papers:
            if one.type_key in {"penalty_decision"}:
                printing.render_document(one.id, at=clock.now())
        signable = next(one.id for one in papers if one.type_key == "onsite_inspection_record")
        proof = evidence.items(served.case_id)[0]
    handler = city.handlers[0]
    with acting(handler, on=clock.today()):
        clue = selectors.timeline(served.case_id)[0]
        right = canonical_json(clue.data | {"summary": f"{place}另一线索"}).decode()
        wanted = AskCorrection(sequence=clue.sequence, reason="录错", data_json=right)
        asked = cases.ask_correction(
            case_id=served.case_id, data=wanted, actor=handler, on=clock.today(), at=clock.now(),
            seen=selectors.case(served.case_id).version,
        )  # fmt: skip
    journal.integrate(clock.now())
    with acting(city.editor, on=clock.today()):
        publication = disclosure.draft(
            case_id=served.case_id, actor=city.editor, on=clock.today(), at=clock.now()
        )
    head, decision = city.agency_heads[0], "penalty_decision"
    with acting(head, on=clock.today()):
        notice = cases.correct_paper(
            case_id=served.case_id, corrections=(Correction("正文", "元年", "年"),), reasons="笔误",
            document_id=next(one.id for one in papers if one.type_key == decision),
            actor=head, on=clock.today(), at=clock.now(), seen=0,
        )  # fmt: skip
    objects = _registry(city, place, number) | {
        "case_id": served.case_id,
        "subject": served.case_id,
        "document_id": signable,
        "publication_id": publication,
        "reviewed_case": reviewed.case_id,
        "decision": next(one.id for one in papers if one.type_key == "penalty_decision"),
        "evidence_id": proof.id,
        "notice": notice,
        "action": "record_payment",
        "position": 0,
        "sequence": 2,
        "asked": asked.version,
        "kind": "power-items",
        "key": "penalty.review_first",
    }
    secrets = tuple(
        text
        for work in (served, reviewed)
        for text in (work.number, work.party.name, work.party.identifier, work.party.representative)
    )
    return World(people=people, objects=objects, secrets=secrets, now=LAST)


def people_of(city: build.City) -> dict[str, ActorId]:
    """Return whoever may sign in, by what they are; the first of those who come in pairs."""
    found = {}
    for field in fields(city):
        value = getattr(city, field.name)
        if field.name not in {"supervision", "body", "unit", "item"}:
            found[field.name] = value[0] if isinstance(value, tuple) else value
    other_unit = build.unit(city.body, "食品科")
    found["stranger"] = build.officer(city.body, unit_id=other_unit)
    found["other_unit_head"] = build.appointed(
        Role.HANDLING_UNIT_HEAD, city.body, unit_id=other_unit
    )
    found["office_leader"] = build.appointed(Role.LEADER, city.supervision)
    for role in KEEPER_ROLES:
        found[role.value] = build.appointed(role, city.supervision)
    found["past_head"] = build.appointed(Role.AGENCY_HEAD, city.body, valid_until=date(2026, 3, 1))
    return found


def _case(city: build.City, place: str, number: int, *, large: bool) -> Casework:
    keeper = f"王{place[:1]}{number}（演示）"
    if large:
        code = demo.credit_code(number, kind="91")
        matter = matters.adulterated_goods(
            matters.company(f"演示{place}电器有限公司", code, keeper)
        )
        return told(casework(city, matter), stories.in_review)
    code = demo.credit_code(number, kind="92")
    matter = matters.expired_food(matters.shop(f"演示{place}便利店", code, keeper))
    return told(casework(city, matter), stories.to_served)


def _registry(city: build.City, place: str, number: int) -> dict[str, object]:
    """Return the objects of the registry; a draft of a power and a brought table are not for everybody."""
    handler = city.handlers[0]
    draft = services.define_item(
        body_id=city.body,
        content=build.item_content(f"DRAFT-{number}", name=f"{place}尚未批准的事项"),
        actor=handler,
        at=clock.now(),
    )
    entrusted = build.body(f"{place}执法辅助中心", kind=BodyKind.ENTRUSTED_ORGANIZATION)
    deed = services.add_deed(
        entrusting=city.body, entrusted=entrusted, number=f"委{number}号", matters="市容巡查",
        scope="全区", valid_from=date(2026, 1, 1), valid_until=date(2028, 12, 31), actor=SYSTEM,
        at=clock.now(),
    )  # fmt: skip
    with acting(city.administrator, on=clock.today()):
        run = runs.bring(
            kind="officers", file_name=f"{place}人员.csv", content="姓名,证号\n".encode(),
            body_code="", actor=city.administrator, at=clock.now(),
        )  # fmt: skip
    card = registry.certificates_of(handler, on=clock.today())[0]
    held = registry.appointments(handler)[0]
    return {
        "body_id": city.body, "unit_id": city.unit, "deed_id": deed, "item_id": city.item,
        "draft_item": draft, "person_id": handler, "certificate_id": card.id,
        "appointment_id": held.id, "run_id": run, "state": "approved",
    }  # fmt: skip
