"""Jobs of this room (后台任务): the sequencer, every few seconds."""

from procrastinate.contrib.django import app

from zhifa import clock
from zhifa.journal import services


@app.periodic(cron="* * * * * */2")  # the sixth field is seconds
@app.task(
    name="journal.integrate",
    queue="journal",
    lock="journal.integrate",  # one runs ...
    queueing_lock="journal.integrate",  # ... and at most one waits, however many workers there are
)
def integrate(timestamp: int) -> None:
    """Bring what was committed into the log and sign it."""
    services.integrate(clock.now())
