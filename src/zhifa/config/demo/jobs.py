"""Doing at once what the worker does in the background (演示中立即完成后台任务).

The demo's clock is this process's own, so its jobs run here: documents are printed and sealed, the record is
signed, packages are sent.
"""

from procrastinate.contrib.django import app

from zhifa import clock
from zhifa.journal import services as journal

# What one queue makes, the next one needs: a package carries the proof of a sealed document.
_ORDER = ("documents", "disclosure")


def run() -> None:
    """Run every job that is waiting; acts under the worker's login."""
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
