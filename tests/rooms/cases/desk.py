"""A case clicked through its pages by Django's client: what a browser would send, without one."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse
from tests import build
from tests.build import City
from tests.signing_in import sign_in

from zhifa.cases import selectors
from zhifa.procedures.values import ReviewContent

FIRST = date(2026, 3, 2)
PARTY = {
    "party_id": "", "kind": "individual_business", "name": "海门区演示好又鲜食品店", "identifier": "",
    "representative": "王演示", "address": "海门区演示路1号", "phone": "13900000000", "born_on": "",
    "guardian": "",
}  # fmt: skip
PROVISION = {
    "act": "中华人民共和国广告法",
    "article": "9",
    "paragraph": "",
    "item": "2",
    "text": "",
}
SPELL = {"place": "店内", "began_at": "10:20", "ended_at": "11:00"}
DRAFT = {
    "outcome": "penalty", "facts_found": "以国家机关名义发布广告。", "discretion_grade": "从轻",
    "discretion_reasons": "初次违法。", "reasons": "依法应予处罚。", "defence_answer": "",
    "order_correction": "",
}  # fmt: skip
SERVED = {
    "method": "direct", "receiver": "王演示", "relation": "", "place": "店内", "time": "10:00",
    "witness": "", "note": "",
}  # fmt: skip


def fine(yuan: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a draft that fines so many yuan."""
    return {
        "violated": [PROVISION],
        "basis": [PROVISION | {"article": "57", "item": ""}],
        "penalties": [{"kind": "fine", "amount_fen": yuan, "detail": ""}],
    }


def flat(fields: dict[str, Any], rows: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    """Return fields and rows as a form sends them."""
    data: dict[str, Any] = dict(fields)
    for name, many in rows.items():
        for key in many[0]:
            data[f"{name}-{key}"] = [row[key] for row in many]
    return data


@dataclass
class Desk:
    """One city, one case, and everybody who works on it."""

    city: City = field(default_factory=build.city)
    case_id: UUID = field(default_factory=uuid4)
    clients: dict[UUID, Client] = field(default_factory=dict)

    def client(self, person: UUID) -> Client:
        if person not in self.clients:
            self.clients[person] = sign_in(person)
        return self.clients[person]

    def url(self, name: str, *args: object) -> str:
        return reverse(f"cases:{name}", args=(self.case_id, *args))

    def version(self, person: UUID) -> int:
        with build.acting(person, on=date(2026, 11, 1)):
            return selectors.case(self.case_id).version

    def state(self, person: UUID | None = None) -> str:
        person = person or self.city.agency_heads[0]
        with build.acting(person, on=date(2026, 11, 1)):
            return selectors.case(self.case_id).state

    def register(self, *, on: date = FIRST, parties: list[dict[str, str]] | None = None, **more):
        fields = {
            "case_id": self.case_id, "seen": "0", "power_item": self.city.item, "title": "",
            "source": "inspection", "summary": "检查发现店内广告使用国家机关名义。",
            "place": "海门区演示路1号", "discovered_on": on.isoformat(), "offence_ended_on": "",
            "happened_on": on.isoformat(),
        }  # fmt: skip
        data = flat(fields | more, {"parties": parties or [PARTY]})
        return self.client(self.city.handlers[0]).post(reverse("cases:new"), data)

    def take(
        self,
        action: str,
        person: UUID,
        on: date,
        rows: dict[str, list[dict[str, str]]] | None = None,
        **fields: Any,
    ):
        """Open the form, send it, confirmed; return the answer."""
        opened = self.client(person).get(self.url("step", action))
        assert opened.status_code == 200, (action, opened.content.decode()[:2000])
        if "evidence" in fields:  # places among what is offered
            offered = re.findall(r'name="evidence" value="([^"]+)"', opened.content.decode())
            fields["evidence"] = [offered[int(place)] for place in fields["evidence"]]
        given = {"seen": self.version(person), "happened_on": on.isoformat(), "confirmed": "1"}
        return self.client(person).post(self.url("step", action), flat(given | fields, rows or {}))

    def done(self, action: str, person: UUID, on: date, rows=None, **fields: Any) -> None:
        """Take a step that has to succeed."""
        answer = self.take(action, person, on, rows, **fields)
        assert answer.status_code == 302, (action, said(answer))

    def party(self) -> str:
        return self.parties()[0]

    def parties(self) -> list[str]:
        with build.acting(self.city.agency_heads[0], on=date(2026, 11, 1)):
            return [str(one.id) for one in selectors.case(self.case_id).facts.parties]

    def opinion(self, on: date, *, value: str, text: str, failing: dict[str, str] | None = None):
        """Send the opinion of the legal reviewer; what is failing carries its note."""
        failing = failing or {}
        reviewer = self.city.legal_reviewer
        fields = {"seen": self.version(reviewer), "happened_on": on.isoformat(), "value": value,
                  "text": text}  # fmt: skip
        for content in ReviewContent:
            fields[f"{content}_holds"] = "no" if content in failing else "yes"
            fields[f"{content}_note"] = failing.get(content, "")
        return self.client(reviewer).post(self.url("opinion"), fields)


def said(answer: Any) -> str:
    """Return what a page says is wrong, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)[:3000]
