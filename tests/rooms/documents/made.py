"""Making documents the short way, with the samples of the core's tests."""

from typing import Any
from uuid import UUID

from django.db import transaction
from tests.core.documents import samples

from zhifa.documents import services
from zhifa.documents.services import Made
from zhifa.law.actors import ActorId

OFFICER = ActorId(UUID(int=1))
CASE, BODY = UUID(int=100), UUID(int=200)
AT = samples.MADE_AT


def make(type_key: str = "penalty_prior_notice", values: Any = None, **change: Any) -> Made:
    """Make one document in a transaction of its own."""
    given: dict[str, Any] = {
        "type_key": type_key,
        "values": samples.SAMPLES[type_key] if values is None else values,
        "subject": CASE,
        "body_id": BODY,
        "body_name": samples.BODY,
        "office_word": "海市监",
        "made_on": AT.date(),
        "actor": OFFICER,
        "at": AT,
        "demo": True,
    }
    with transaction.atomic():
        return services.make(**(given | change))
