"""What the platform knows already when a form is opened (已知信息): nothing of it is asked again.

Plain values, so that forms can be tried without a database; `prefill` reads them. What earlier steps
said is read only when a form asks for it: a record may be long.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.procedures.facts import Facts
from zhifa.procedures.values import EvidenceRef, Provision


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person who can be named in a form: an officer, a host, a head."""

    id: UUID
    name: str
    note: str = ""  # certificate, post
    barred: str = ""  # why this person cannot be named; empty: can be


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """Something begun by an earlier step, named by its sequence."""

    sequence: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerm:
    """A running term that its rule lets be extended."""

    key: str
    about: str
    words: str
    at_most: int | None
    unit: str
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerItemOption:
    """A power item that can be picked when a clue is registered."""

    id: UUID
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All of it, for one case and one person on one day."""

    today: date
    facts: Facts = field(default_factory=Facts)
    said: Callable[[], Mapping[str, Mapping[str, Any]]] = dict  # last data of each action
    officers: tuple[KnownPerson, ...] = ()
    hosts: tuple[KnownPerson, ...] = ()
    clerks: tuple[KnownPerson, ...] = ()
    heads: tuple[KnownPerson, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    preservations: tuple[KnownItem, ...] = ()
    testings: tuple[KnownItem, ...] = ()
    terms: tuple[KnownTerm, ...] = ()
    violated: tuple[Provision, ...] = ()  # what the power item's offence breaks
    basis: tuple[Provision, ...] = ()  # what it is punished by
    grades: tuple[str, ...] = ()  # of the discretion benchmark
    earliest_hearing: date | None = None  # if the notice is served today
    hearing_reasons: tuple[str, ...] = ()
    template_versions: Mapping[str, str] = field(default_factory=dict)

    def earlier(self, action: str, name: str) -> Any:
        """Return what was said under that name at the last such step, or an empty text."""
        return self.said().get(action, {}).get(name, "")
