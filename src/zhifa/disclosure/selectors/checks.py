"""Whether everything is as it was recorded (`zhifa verify`)."""

import re
from collections.abc import Iterator

import msgspec

from zhifa.cases import selectors as cases
from zhifa.disclosure import outgoing
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.rules import State
from zhifa.disclosure.selectors.record_checks import Difference, record_differences
from zhifa.law.errors import NotFound
from zhifa.store import StoreProblem
from zhifa_verify.canonical import NotCanonical

_RECORDED = (State.PUBLISHED, State.WITHDRAWN, State.WITHHELD)  # the case knows of these
_DIGEST = re.compile(r"[0-9a-f]{64}")  # what the store names a content by


def differences() -> Iterator[Difference]:
    """Yield what is not as it was recorded; reads everything, for the auditor.

    Rows against the record first, then contents against their digests, then the cases. A row that cannot be read is a difference like any other: the rest is looked at all the same.
    """
    yield from record_differences()
    for parcel in Parcel.objects.order_by("released_at").iterator():
        if code := _data_fault(parcel):
            yield Difference(code, f"{parcel.subject_kind} {parcel.key}")
        for sha256 in filter(None, (parcel.package_sha256, parcel.file_sha256)):
            if code := _store_fault(sha256):
                yield Difference(code, f"{parcel.subject_kind} {parcel.key}")
    for row in Publication.objects.filter(state__in=_RECORDED):
        if code := _case_fault(row):
            yield Difference(code, row.number)


def _data_fault(parcel: Parcel) -> str:
    try:
        now = outgoing.digest_of(msgspec.json.decode(parcel.data))
    except (msgspec.DecodeError, NotCanonical, RecursionError):
        return "parcel.data_unreadable"
    return "" if now == parcel.data_sha256 else "parcel.data"


def _case_fault(row: Publication) -> str:
    try:
        facts = cases.case(row.case_id).facts
    except NotFound:
        return "publication.case_missing"
    if row.state == State.WITHHELD:
        recorded = facts.withheld_on is not None
    else:
        recorded = (facts.published_on is not None) == (row.state == State.PUBLISHED)
    return "" if recorded else "publication.not_in_case"


def _store_fault(sha256: str) -> str:
    if not _DIGEST.fullmatch(sha256):
        return "parcel.file_misnamed"
    try:
        return "" if outgoing.store().verify(sha256) else "parcel.file_damaged"
    except StoreProblem:
        return "parcel.file_missing"
