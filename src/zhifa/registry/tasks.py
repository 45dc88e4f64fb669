"""Jobs of this room (后台任务): long imports."""

from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.registry.imports import runs

_OTHER_CONNECTION = "worker"  # progress is noted beside the transaction that writes the rows


@app.task(name=runs.WORK, queue="registry")
def work(run_id: str) -> None:
    """Check or write one import; a second run finds it done."""
    run = UUID(run_id)
    with acting(runs.person_of(run), on=clock.today()):
        runs.work(
            run, at=clock.now(),
            progress=partial(runs.note_progress, run, using=_OTHER_CONNECTION),
        )  # fmt: skip
