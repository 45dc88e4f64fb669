"""Jobs about jobs (后台任务的照看): what a killed worker was at is taken up again."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

# A worker says every ten seconds that it is alive.
_SILENT_SECONDS = 30.0
_MOST_ATTEMPTS = 10  # a job that kills whoever runs it is left for a person to look at


@app.periodic(cron="* * * * * */15")  # the sixth field is seconds
@app.task(
    name="config.take_up_again",
    queue="config",
    queueing_lock="config.take_up_again",  # at most one waits, however many workers there are
    pass_context=True,
)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Let the jobs of workers that have died run again; every job of ours may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS):
        if job.attempts >= _MOST_ATTEMPTS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)
