"""What the registry has to show the public (登记公示): bodies, officers, items and charts as packages say it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.procedures import definitions
from zhifa.procedures.charts import chart_steps, chart_svg
from zhifa.procedures.charts.flow import chart_of
from zhifa.procedures.model import Procedure
from zhifa.procedures.wording import basis_words
from zhifa.registry import selectors as registry
from zhifa.registry.rules import BodyKind
from zhifa.registry.selectors import Body, Certificate, PowerItem

# A justice department that supervises is an organ too; the packages know the kinds of APL arts. 17 to 21.
_KINDS = {BodyKind.SUPERVISION_BODY: BodyKind.ADMINISTRATIVE_ORGAN}
_WEB = re.compile(r"https?://\S+")
_FIELDS = re.compile("[、,，;；/ ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """One record as the public is to read it now."""

    kind: str
    key: str
    title: str
    data: dict[str, Any]


def records(body_id: UUID, *, on: date) -> list[PublicRecord]:
    """Return everything of a body that is public before it acts (事前公开), in the order of the site.

    Eight queries. A body without a credit code has no permanent address and shows nothing: the page
    says so. Officers whose certificate does not count on that day are not shown. Of a body that ended the
    public reads when it did and who followed it, nothing else.
    """
    body = registry.body(body_id)
    if not body.identity.credit_code or body.identity.valid_from > on:
        return []
    if not body.exists(on):
        return [_ended(body, on=on)]
    return [
        _body(body, on=on),
        *(
            _officer(one.certificate, body)
            for one in registry.officers(body_id, on=on)
            if one.may_enforce and one.certificate
        ),
        *(_item(one, body) for one in registry.power_items(body_id, on=on)),
        *_charts(),
    ]


def charts(*, on: date) -> list[PublicRecord]:
    """Return the city's flow charts as long as any body uses them, whichever published them; one query."""
    used = any(one.identity.credit_code for one in registry.bodies(on))
    return list(_charts()) if used else []


def _charts() -> Iterator[PublicRecord]:
    return (_chart(one) for one in definitions.ALL if definitions.latest(one.key) is one)


def _ended(body: Body, *, on: date) -> PublicRecord:
    """Return a body as one that ended, with who goes on instead; how it was reached is no use any more."""
    record = _body(body, on=on)
    assert body.valid_until is not None  # noqa: S101  (it ended)
    nowhere = {"phone": "", "address": "", "url": ""}
    after = {
        "address": "", "hours": "", "phone": "", "website": "", "supervision": nowhere,
        "ended_on": body.valid_until.isoformat(), "successors": list(_successors(body.id)),
    }  # fmt: skip
    return replace(record, data=record.data | after)


def _successors(body_id: UUID) -> Iterator[dict[str, str]]:
    for link in registry.succession(body_id):
        if link.predecessor == body_id:
            after = registry.body(link.successor)
            yield {"name": after.name, "credit_code": after.identity.credit_code}


def _body(body: Body, *, on: date) -> PublicRecord:
    identity, contact = body.identity, body.contact
    deed = next(
        (one for one in registry.deeds(body.id)
         if one.entrusted == body.id and one.published_on and one.valid_from <= on <= one.valid_until),
        None,
    )  # fmt: skip
    entrusted = identity.kind is BodyKind.ENTRUSTED_ORGANIZATION
    return PublicRecord(
        kind="body",
        key=identity.credit_code,
        title=identity.name,
        data={
            "name": identity.name,
            "credit_code": identity.credit_code,
            "kind": _KINDS.get(identity.kind, identity.kind).value,
            "address": contact.address,
            "hours": contact.hours,
            "phone": contact.phone,
            "website": _address(contact.website),
            "supervision": {
                "phone": contact.supervision_phone,
                "address": contact.supervision_address,
                "url": _address(contact.supervision_url),
            },
            "entrusting_body": registry.body(deed.entrusting).name if entrusted and deed else "",
            "deed": (
                f"{deed.number} {deed.matters}；{deed.scope}；"
                f"{deed.valid_from.isoformat()} 至 {deed.valid_until.isoformat()}"
                if entrusted and deed
                else ""
            ),
            "valid_from": identity.valid_from.isoformat(),
            "region": identity.region_code,
            "predecessors": list(_predecessors(body.id)),
        },
    )


def _predecessors(body_id: UUID) -> Iterator[dict[str, str]]:
    for link in registry.succession(body_id):
        if link.successor == body_id:
            before = registry.body(link.predecessor)
            ended = before.valid_until or link.on
            yield {
                "name": before.name,
                "credit_code": before.identity.credit_code,
                "until": ended.isoformat(),
            }


def _officer(card: Certificate, body: Body) -> PublicRecord:
    return PublicRecord(
        kind="officer",
        key=card.number,
        title=card.holder_name,
        data={
            "name": card.holder_name,
            "certificate_number": card.number,
            "body": body.identity.credit_code,
            "fields": [name for name in _FIELDS.split(card.fields) if name],
            "valid_until": card.valid_until.isoformat(),
        },
    )


def _item(item: PowerItem, body: Body) -> PublicRecord:
    content = item.content
    return PublicRecord(
        kind="power_item",
        key=f"{body.identity.credit_code}:{content.code}",
        title=content.name,
        data={
            "code": content.code,
            "name": content.name,
            "act_type": content.act_type.value,
            "body": body.identity.credit_code,
            "scope": content.scope,
            "content": content.content,
            "procedure": content.procedure,
            "supervision": content.supervision,
            "legal_bases": [
                {"act": basis.act, "article": basis.article, "text": basis.text}
                for basis in content.bases
            ],
            "time_limit": content.time_limit,
            "fee": content.fee,
            "version_on": content.valid_from.isoformat(),
        },
    )


def _chart(procedure: Procedure) -> PublicRecord:
    """Return the flow chart of a procedure as it runs; the city's, whichever body publishes it."""
    chart = chart_of(procedure)
    return PublicRecord(
        kind="chart",
        key=procedure.key,
        title=chart.title,
        data={
            "procedure": procedure.key,
            "version": procedure.version,
            "title": chart.title,
            "svg": chart_svg(procedure),
            "steps": [
                {
                    "n": step.number,
                    "label": step.name,
                    "role": step.role,
                    "limit": step.limit,
                    "basis": basis_words(step.basis),
                }
                for step in chart_steps(procedure)
            ],
        },
    )


def _address(text: str) -> str:
    return text if _WEB.fullmatch(text) else ""
