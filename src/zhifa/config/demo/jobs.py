"""Doing at once what the worker does in the background (演示中立即完成后台任务).

The demo's clock is this process's own, so its jobs run here: documents are printed and sealed, the record is
signed, packages are sent.
"""

import time

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from zhifa import clock
from zhifa.journal import services as journal

# What one queue makes, the next one needs: a package carries the proof of a sealed document.
_ORDER = ("documents", "disclosure")
_PATIENCE_SECONDS = 60


def run() -> None:
    """Run every job that is waiting, to the last; acts under the worker's login.

    A worker that serves at the same time may have taken some, and a package that came before its proof is
    tried again a moment later: both are waited for, but not for ever.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    _run_waiting()
    while _left() and time.monotonic() < deadline:
        time.sleep(0.2)
        _run_waiting()


def _left() -> bool:
    jobs = ProcrastinateJob.objects.filter(queue_name__in=_ORDER, status__in=("todo", "doing"))
    return bool(jobs.exists())


def _run_waiting() -> None:
    for queue in _ORDER:
        worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        worker.run_worker(
            queues=[queue],
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
            name="zhifa-demo",
        )
        journal.integrate(clock.now())
