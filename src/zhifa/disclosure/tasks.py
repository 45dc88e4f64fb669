"""Jobs of this room (后台任务), deferred by name in the transaction that causes them."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhifa import clock
from zhifa.disclosure import case_record, outgoing, services
from zhifa.disclosure.packages import NotReached
from zhifa.law.errors import Conflict
from zhifa.store import StoreProblem

# The log takes seconds, a portal that is down perhaps a day; a package it refuses stays refused.
_AGAIN = RetryStrategy(
    max_attempts=16,
    exponential_wait=2,  # seconds: 2, 4, 8, ... up to a day in all
    retry_exceptions=[outgoing.NotInLogYet, NotReached, StoreProblem],
)
_SOON = RetryStrategy(max_attempts=20, linear_wait=5, retry_exceptions=[Conflict])


@app.task(name=outgoing.SEND, queue="disclosure", retry=_AGAIN)
def send(parcel_id: str) -> None:
    """Send one parcel; a second run finds it received."""
    outgoing.send(UUID(parcel_id), at=clock.now())


@app.task(name="disclosure.send_document_receipt", queue="disclosure", retry=_AGAIN)
def send_document_receipt(document_id: str) -> None:
    """Have the portal know that a sealed document exists; deferred by documents when it is sealed."""
    outgoing.release_document_receipt(UUID(document_id), at=clock.now())


@app.task(name=services.RECORD_WITHHOLDING, queue="disclosure", retry=_SOON)
def record_withholding(publication_id: str) -> None:
    """Write into the case's own record that its decision is not published (P13)."""
    case_record.record_withholding(UUID(publication_id), at=clock.now())


@app.task(name="disclosure.follow_case", queue="disclosure")
def follow_case(case_id: str) -> None:
    """Put a publication where its case is handled now; deferred by cases when a body goes on with it."""
    case_record.follow(UUID(case_id))


@app.task(name=outgoing.RECORD_IN_CASE, queue="disclosure", retry=_SOON)
def record_in_case(parcel_id: str) -> None:
    """Write the publication or its withdrawal into the case's own record (P13)."""
    case_record.record(UUID(parcel_id), at=clock.now())
