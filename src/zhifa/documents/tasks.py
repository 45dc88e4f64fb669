"""Jobs of this room (后台任务), deferred by name in the transaction that causes them."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhifa import clock
from zhifa.documents import services
from zhifa.store import StoreProblem

# A full or unreachable store comes back; a text that cannot be printed does not.
_AGAIN = RetryStrategy(max_attempts=12, exponential_wait=2, retry_exceptions=[StoreProblem])


@app.task(name=services.RENDER, queue="documents", retry=_AGAIN)
def render(document_id: str) -> None:
    """Print one document; a second run finds it printed."""
    services.render_document(UUID(document_id), at=clock.now())
