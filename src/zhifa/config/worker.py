"""The background worker (后台任务): jobs deferred in the transaction that causes them."""

from procrastinate.contrib.django import app

from zhifa.config.checks import refuse_a_movable_clock
from zhifa.config.environment import read

_POLL_SECONDS = 0.5  # a job that waits for a lock is looked for again, not announced


def run() -> int:
    """Run jobs until told to stop; ends with the database, and is then started again."""
    refuse_a_movable_clock(read())
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.run_worker(
        concurrency=2,
        fetch_job_polling_interval=_POLL_SECONDS,
        delete_jobs="successful",  # the sequencer alone makes forty thousand a day
        name="zhifa",
    )
    return 0
