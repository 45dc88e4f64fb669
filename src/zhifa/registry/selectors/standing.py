"""Everything a step of a case must know from the registry, in one question (办案资格)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zhifa.accounts import selectors as accounts
from zhifa.law.actors import ActorId
from zhifa.law.calendar import Calendar
from zhifa.law.errors import NotFound
from zhifa.procedures.facts import Circumstances, Context, OfficerOnDuty, Policy
from zhifa.registry import policy, rules
from zhifa.registry.policy import Value
from zhifa.registry.rules import Role
from zhifa.registry.selectors.dated import calendar_of, effective


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the registry stood on the day of an act."""

    body: UUID
    on: date
    actor: ActorId
    roles: tuple[
        str, ...
    ]  # of the actor in this body, on that day and on the day of entry; see _PUBLISHING
    units: tuple[UUID, ...]  # in which the actor holds a role
    officers: tuple[OfficerOnDuty, ...]  # as asked for, in that order
    reviewer_qualified: bool  # the actor: APL art. 58(2)
    body_has_capacity: bool  # APL art. 17 to 20
    power_item_valid: bool
    settings: Mapping[str, Value]
    calendar: Calendar

    @property
    def policy(self) -> Policy:
        """Return what the settings mean for penalty cases."""
        return policy.policy(self.settings)

    @property
    def circumstances(self) -> Circumstances:
        """Return what guards judge of it."""
        return Circumstances(
            actor=self.actor,
            roles=self.roles,
            officers=self.officers,
            reviewer_qualified=self.reviewer_qualified,
            body_has_capacity=self.body_has_capacity,
            power_item_valid=self.power_item_valid,
        )

    @property
    def context(self) -> Context:
        """Return by what a step is judged."""
        return Context(calendar=self.calendar, policy=self.policy)


# Who publishes what a body decided, or takes it back, answers for those that ended and that it followed, also
# while nobody has taken the case over: an archived one stays where it is.
_PUBLISHING = (Role.DISCLOSURE_REVIEWER.value, Role.DISCLOSURE_PUBLISHER.value)
_SQL = """
SELECT
    b.valid_from <= %(on)s AND (b.valid_until IS NULL OR b.valid_until >= %(on)s)
        AND b.kind <> 'entrusted_organization'
        AND b.capacity_confirmed_on <= %(on)s AND b.capacity_published_on <= %(on)s,
    (SELECT u.body_id = b.id
            AND u.valid_from <= %(on)s AND (u.valid_until IS NULL OR u.valid_until >= %(on)s)
            AND (u.entrusted_body_id IS NULL OR EXISTS (
                SELECT FROM registry_entrustmentdeed d
                WHERE d.entrusting_id = b.id AND d.entrusted_id = u.entrusted_body_id
                  AND d.valid_from <= %(on)s AND d.valid_until >= %(on)s
                  AND d.published_on <= %(on)s))
     FROM registry_unit u WHERE u.id = %(unit)s),
    (SELECT i.state = 'approved' AND EXISTS (
            SELECT FROM registry_poweritem n
            WHERE n.body_id = b.id AND n.code = i.code AND n.state = 'approved'
              AND n.valid_from <= %(on)s AND (n.valid_until IS NULL OR n.valid_until >= %(on)s)
              AND (n.id = i.id OR i.body_id <> b.id
                   AND i.body_id = ANY(zhifa_lineage(ARRAY[b.id], %(on)s))))
     FROM registry_poweritem i WHERE i.id = %(item)s),
    (SELECT json_agg(json_build_array(a.role, a.unit_id)) FROM registry_appointment a
     WHERE a.person_id = %(actor)s AND a.valid_from <= %(on)s
       AND (a.body_id = b.id
            OR b.valid_until < %(on)s AND a.role = ANY(%(publishing)s)
               AND b.id = ANY(zhifa_lineage(ARRAY[a.body_id], %(on)s)))
       AND (a.valid_until IS NULL OR a.valid_until >= %(on)s)
       AND (a.role <> 'handling_unit_head' OR a.unit_id = coalesce(%(unit)s, a.unit_id))
       AND EXISTS (
           SELECT FROM registry_appointment n
           WHERE n.person_id = a.person_id AND n.body_id = a.body_id AND n.role = a.role
             AND n.valid_from <= %(entered_on)s
             AND (n.valid_until IS NULL OR n.valid_until >= %(entered_on)s))),
    (SELECT json_build_array(q.number, q.since, q.first_review_on)
     FROM registry_reviewerqualification q WHERE q.person_id = %(actor)s),
    (SELECT json_object_agg(c.person_id, json_build_array(
            c.holder_name, c.number, c.valid_from, c.valid_until, c.barred))
     FROM (SELECT DISTINCT ON (c.person_id) c.*,
                  coalesce(c.revoked_on <= %(on)s, false) OR EXISTS (
                      SELECT FROM registry_certificatesuspension s
                      WHERE s.certificate_id = c.id AND s.valid_from <= %(on)s
                        AND (s.valid_until IS NULL OR s.valid_until >= %(on)s)) AS barred
           FROM registry_certificate c
           WHERE c.person_id = ANY(%(officers)s)
             AND c.body_id = ANY(zhifa_lineage(ARRAY[b.id], %(on)s))
           ORDER BY c.person_id, coalesce(c.revoked_on <= %(on)s, false),
                    c.valid_from <= %(on)s AND c.valid_until >= %(on)s DESC,
                    c.valid_from DESC) c),
    (SELECT json_agg(json_build_array(s.key, s.body_id IS NOT NULL, s.value))
     FROM (SELECT DISTINCT ON (s.key, s.body_id) s.key, s.body_id, s.value FROM registry_setting s
           WHERE (s.body_id = b.id OR s.body_id IS NULL) AND s.valid_from <= %(on)s
             AND s.key = ANY(%(keys)s)
           ORDER BY s.key, s.body_id, s.valid_from DESC, s.id DESC) s),
    (SELECT coalesce(max(n.id), 0) FROM registry_holidaynotice n)
FROM registry_body b WHERE b.id = %(body)s
"""


def standing(
    body_id: UUID,
    *,
    actor: ActorId,
    officers: Sequence[UUID],
    power_item: UUID | None,
    on: date,
    unit: UUID | None = None,
    known_on: date | None = None,
) -> Standing:
    """Return how the registry stood on that day, as a step of a case must know it.

    officers    assigned, or about to be; their certificates of this body, or of one it followed
    power_item  None: not chosen yet, and so nothing against it; one of a body that this one followed
                counts as long as this one has the same power, by its code (APL art. 38)
    unit        the handling unit: if it is an entrusted organisation its deed must hold: APL art. 20
    known_on    day of entry: holiday notices issued later are left out, and whoever has lost an office
                by then no longer enters what it would have allowed

    One query; a second for the names of officers without any certificate, and one when holiday
    notices were added since this process last looked. Raises NotFound for an unknown body.
    """
    row = _ask(
        body_id, actor=actor, officers=officers, power_item=power_item, on=on, unit=unit,
        entered_on=known_on or on,
    )  # fmt: skip
    capacity, unit_holds, item_valid, held, qualification, cards, stored, notices = row
    held, cards = held or [], cards or {}
    number, since, first = qualification or ("", None, None)
    mine = {role for role, _ in held}
    return Standing(
        body=body_id,
        on=on,
        actor=actor,
        roles=tuple(role.value for role in rules.Role if role.value in mine),
        units=tuple(sorted({UUID(one) for _, one in held if one})),
        officers=_on_duty(officers, cards),
        reviewer_qualified=rules.reviewer_is_qualified(
            number=number, since=_day(since), first_review_on=_day(first), on=on
        ),
        body_has_capacity=bool(capacity) and (unit is None or bool(unit_holds)),
        power_item_valid=power_item is None or bool(item_valid),
        settings=effective(stored or []),
        calendar=calendar_of(notices, as_of=known_on),
    )


def _ask(
    body_id: UUID,
    *,
    actor: ActorId,
    officers: Sequence[UUID],
    power_item: UUID | None,
    on: date,
    unit: UUID | None,
    entered_on: date,
) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "body": body_id,
                "actor": actor,
                "officers": list(officers),
                "item": power_item,
                "on": on,
                "unit": unit,
                "entered_on": entered_on,
                "keys": list(policy.CATALOGUE),
                "publishing": list(_PUBLISHING),
            },
        )
        row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        raise NotFound
    return row


def _on_duty(officers: Sequence[UUID], cards: dict[str, list[Any]]) -> tuple[OfficerOnDuty, ...]:
    names = accounts.names(one for one in officers if str(one) not in cards)
    found = []
    for officer in officers:
        card = cards.get(str(officer))
        if card is None:
            found.append(
                OfficerOnDuty(id=officer, name=names.get(officer, ""), certificate_number="")
            )
            continue
        name, number, start, end, barred = card
        found.append(
            OfficerOnDuty(
                id=officer, name=name, certificate_number=number, valid_from=_day(start),
                valid_until=_day(end), suspended=barred,
            )
        )  # fmt: skip
    return tuple(found)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
