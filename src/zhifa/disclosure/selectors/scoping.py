"""What of disclosure a person may see (公示范围); row security says the same."""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhifa.disclosure.models import Publication
from zhifa.registry.rules import Scope


def visible(scope: Scope) -> "QuerySet[Publication]":
    """Return the publications of the bodies and units in scope."""
    return Publication.objects.filter(
        Q(body_id__in=scope.case_bodies) | Q(unit_id__in=scope.case_units)
    )


def sees(scope: Scope, body_id: UUID, unit_id: UUID | None) -> bool:
    """Whether a publication of that body and unit is in scope."""
    return scope.sees_case(body=body_id, unit=unit_id, handlers=frozenset())
