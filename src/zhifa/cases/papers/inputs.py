"""What the documents of a step are composed from, and what comes of it (文书素材). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.procedures.facts import Context, Facts
from zhifa.review.rules import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyParticulars:
    """What a document says of the body that makes it, as it stood on that day (机关)."""

    name: str
    address: str = ""
    phone: str = ""
    postcode: str = ""
    payment_bank: str = ""
    payment_account: str = ""
    payment_address: str = ""
    reconsideration_body: str = ""
    court: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParticulars:
    """What a document says of a person of the body (人员)."""

    name: str
    post: str = ""
    certificate_number: str = ""  # of enforcement, APL art. 42
    qualification_number: str = ""  # of the national legal professional qualification, art. 58(2)


UNKNOWN = PersonParticulars(name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A document the case has already (已有文书); `values` of the class of its type."""

    type_key: str
    title: str
    number: str
    on: date
    sequence: int | None
    party: UUID | None
    values: Any
    pages: int = 0  # 0: not printed yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document to be made; `follows` names the paper of the same step whose number it quotes."""

    type_key: str
    values: Any
    party: UUID | None = None
    draft_sha256: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One step with all that its documents may speak of."""

    data: Any  # of the step's action
    facts: Facts  # after the step
    case_number: str
    body: BodyParticulars
    people: Mapping[UUID, PersonParticulars]
    context: Context
    actor: UUID
    on: date
    unit_name: str = ""  # of the handling unit (办案机构)
    earlier: tuple[Earlier, ...] = ()  # in the order they were made
    checks: tuple[Check, ...] = ()  # of the seven contents of a legal review

    def person(self, person_id: UUID | None) -> PersonParticulars:
        """Return a person's particulars; empty for one who is unknown."""
        return self.people.get(person_id, UNKNOWN) if person_id else UNKNOWN

    def last(self, *type_keys: str, party: UUID | None = None) -> Earlier | None:
        """Return the latest earlier document of these types, for that party or for all."""
        found = [
            one
            for one in self.earlier
            if one.type_key in type_keys and (party is None or one.party in (None, party))
        ]
        return found[-1] if found else None
