"""Jobs of this room (后台任务): the sequencer, every few seconds."""

from procrastinate.contrib.django import app

from zhifa import clock
from zhifa.journal import services


@app.periodic(cron="* * * * * */2")  # the sixth field is seconds
@app.task(
    name="journal.integrate",
    queue="journal",
    # At most one waits, however many workers there are. No `lock`: a worker that was killed would hold
    # it for ever, and the sequencer takes one of the database that dies with its connection.
    queueing_lock="journal.integrate",
)
def integrate(timestamp: int) -> None:
    """Bring what was committed into the log and sign it."""
    services.integrate(clock.now())
