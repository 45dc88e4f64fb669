"""How the record and the jobs are (记录与后台任务体检); for `zhifa doctor`, not in the portal's process."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from zhifa import clock
from zhifa.config.doctor import Finding, State, judged
from zhifa.config.doctor_database import guarded, value
from zhifa.config.environment import Environment
from zhifa.journal import selectors as journal

_HEARTBEAT = timedelta(seconds=60)  # the worker writes one every ten seconds
_CHECKPOINT_AGE = timedelta(minutes=5)  # entries wait seconds; minutes mean nobody gathers them


def record(environment: Environment) -> Iterator[Finding]:
    """Yield how the log and the jobs are, and whether invented people stand among real ones."""
    yield from guarded("web", _log)
    yield from guarded("web", _jobs)
    yield from guarded("web", lambda: _demo(environment))


def _log() -> Iterator[Finding]:
    """How the log stands: what waits for it, and when it was last signed."""
    state, waiting = journal.log_state(), journal.unintegrated_count()
    words = f"已收入日志 {state.size} 条，等待 {waiting} 条"
    latest = journal.checkpoints(limit=1)
    if latest:
        words += f"，检查点 {latest[0].at.astimezone(clock.BEIJING):%Y-%m-%d %H:%M:%S}"
    oldest = value(
        "web",
        "SELECT min(e.recorded_at) FROM journal_entry e JOIN journal_pending p ON p.entry_id = e.id",
    )
    stuck = isinstance(oldest, datetime) and clock.now() - oldest > _CHECKPOINT_AGE
    yield judged("全过程记录", not stuck, words, "久未收入日志，请看后台任务是否在运行")


def _jobs() -> Iterator[Finding]:
    """Whether somebody works through the jobs, and what failed for good."""
    seen = value("web", "SELECT max(last_heartbeat) FROM procrastinate_workers")
    alive = isinstance(seen, datetime) and clock.now() - seen < _HEARTBEAT
    waiting = value("web", "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
    failed = value("web", "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    words = f"{'在运行' if alive else '没有运行'}，等待 {waiting} 项"
    if alive:
        yield Finding("后台任务", State.WELL, words)
    elif waiting:
        yield Finding("后台任务", State.BAD, words + "；请启动 zhifa serve 或 zhifa worker")
    else:
        yield Finding("后台任务", State.NOTE, words)
    yield judged("失败的任务", failed == 0, f"{failed} 项", "请把 zhifa serve 的日志交给系统管理员")


def _demo(environment: Environment) -> Iterator[Finding]:
    people = value("web", "SELECT count(*) FROM accounts_person WHERE is_demo")
    if people and environment.production:
        words = (
            f"正式环境里有 {people} 个演示用户，他们的密码是公开的；请另建数据库，运行 zhifa init"
        )
        yield Finding("演示数据", State.BAD, words)
