"""How a body may be stricter with itself than the law (本机关从严规定), as data.

An overlay adds to the policy that is journalled with every step, so a replay judges by what held
then. It may shorten the body's own terms, widen legal review and the right to a hearing, and ask
for more before a step. What would loosen the law is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from zhifa.law.citations import APL
from zhifa.law.errors import Refused, Violation
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import BadTerm
from zhifa.procedures.facts import OwnTerm, Policy
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.guards.reviews import penal
from zhifa.procedures.model import Guard, Judged, Procedure
from zhifa.procedures.values import PenaltyKind

# Deadlines of the agency's own acts; the others are rights of the party or the limitation.
OWN_TERMS = frozenset({"T01", "T02", "T03", "T09", "T39", "T43", "T44", "T45", "T48", "T50", "T51"})


def _always_discussed(judged: Judged) -> Found:
    facts = judged.facts
    if penal(facts) and facts.discussion_sha256 != facts.draft_sha256:
        yield Violation("discussion.missing", APL.art(57, 2))


def _inspected(judged: Judged) -> Found:
    if not judged.facts.inspections:
        yield Violation("investigation.no_inspection", APL.art(54))


def _interviewed(judged: Judged) -> Found:
    if not judged.facts.interviews:
        yield Violation("investigation.no_interview", APL.art(54))


# What a body may ask for before a step, by the name that stands in the data.
RULES: Mapping[str, Guard] = MappingProxyType(
    {
        "always_discussed": _always_discussed,
        "inspected": _inspected,
        "interviewed": _interviewed,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What one body asks of itself beyond the law."""

    name: str
    own_terms: tuple[OwnTerm, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()  # action, name of one of RULES
    major_kinds: tuple[PenaltyKind, ...] = ()  # added to the catalogue
    major_person_fen: int | None = None  # None: as it was
    major_organisation_fen: int | None = None
    hearing_person_fen: int | None = None
    hearing_organisation_fen: int | None = None
    discuss_major: bool | None = None


class Loosens(Refused):
    """The overlay would ask for less than the law, or for something unknown."""


def tightened(procedure: Procedure, policy: Policy, overlay: Overlay) -> Policy:
    """Return the policy with the overlay added.

    Raises Loosens with every reason: overlay.unknown_term, overlay.not_an_own_term,
    overlay.term_longer, overlay.unknown_action, overlay.unknown_rule, overlay.threshold_raised,
    overlay.discussion_dropped.
    """
    if violations := (*_terms(overlay), *_rules(procedure, overlay), *_settings(policy, overlay)):
        raise Loosens(overlay.name, violations)
    given = {
        name: getattr(overlay, name)
        for name in (*_THRESHOLDS, "discuss_major")
        if getattr(overlay, name) is not None
    }
    return replace(
        policy,
        own_terms=(*policy.own_terms, *overlay.own_terms),
        requires=tuple(dict.fromkeys((*policy.requires, *overlay.requires))),
        major_kinds=tuple(
            kind for kind in PenaltyKind if kind in {*policy.major_kinds, *overlay.major_kinds}
        ),
        **given,
    )


_THRESHOLDS = (
    "major_person_fen",
    "major_organisation_fen",
    "hearing_person_fen",
    "hearing_organisation_fen",
)


def _terms(overlay: Overlay) -> Iterator[Violation]:
    for own in overlay.own_terms:
        term = CATALOGUE.get(own.key)
        if term is None:
            yield Violation("overlay.unknown_term", APL.art(85), own.key)
            continue
        if own.key not in OWN_TERMS:
            yield Violation("overlay.not_an_own_term", APL.art(85), own.key)
            continue
        try:
            branch = term.branch(field=own.field, variant=own.variant)
        except BadTerm:
            yield Violation("overlay.unknown_term", APL.art(85), own.key)
            continue
        shortest = min(rule.length.count for _, rule in branch.rules.versions)
        if not 1 <= own.count <= shortest:
            yield Violation("overlay.term_longer", branch.rules.latest.basis[0], own.key)


def _rules(procedure: Procedure, overlay: Overlay) -> Iterator[Violation]:
    known = {step.action for step in procedure.steps}
    for action, name in overlay.requires:
        if action not in known:
            yield Violation("overlay.unknown_action", APL.art(5), action)
        if name not in RULES:
            yield Violation("overlay.unknown_rule", APL.art(5), name)


def _settings(policy: Policy, overlay: Overlay) -> Iterator[Violation]:
    for name in _THRESHOLDS:
        new = getattr(overlay, name)
        if new is not None and not 0 < new <= getattr(policy, name):
            yield Violation("overlay.threshold_raised", APL.art(58, 1), name)
    if overlay.discuss_major is False:
        yield Violation("overlay.discussion_dropped", APL.art(57, 2))
