"""Whether everything is as it was recorded (`zhifa verify`)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from zhifa.cases import selectors as cases
from zhifa.disclosure import outgoing
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.rules import State
from zhifa.store import StoreProblem


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was recorded (`zhifa verify`)."""

    code: str
    about: str
    harmless: bool = False


def differences() -> Iterator[Difference]:
    """Yield what is not as it was recorded; reads everything, for the auditor."""
    for parcel in Parcel.objects.order_by("released_at").iterator():
        if outgoing.digest_of(msgspec.json.decode(parcel.data)) != parcel.data_sha256:
            yield Difference("parcel.data", f"{parcel.subject_kind} {parcel.key}")
        for sha256 in filter(None, (parcel.package_sha256, parcel.file_sha256)):
            if code := _store_fault(sha256):
                yield Difference(code, f"{parcel.subject_kind} {parcel.key}")
    for row in Publication.objects.filter(state__in=(State.PUBLISHED, State.WITHDRAWN)):
        recorded = cases.case(row.case_id).facts.published_on is not None
        if recorded != (row.state == State.PUBLISHED):
            yield Difference("publication.not_in_case", row.number)


def _store_fault(sha256: str) -> str:
    try:
        return "" if outgoing.store().verify(sha256) else "parcel.file_damaged"
    except StoreProblem:
        return "parcel.file_missing"
