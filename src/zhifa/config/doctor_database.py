"""How the databases and their logins are (数据库体检); for `zhifa doctor`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from zhifa import clock
from zhifa.config.doctor import Finding, State, judged

ALIASES = {
    "web": "工作台",
    "worker": "后台任务",
    "owner": "表的所有者",
    "auditor": "审计",
    "portal": "门户",
}
_CLOCK_APART = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Question:
    """One value asked of a database, when it is well, and what to do where it is not."""

    subject: str
    asked: str
    is_well: Callable[[object], bool]
    words: Callable[[object], str]
    advice: str


_OF_EVERY_LOGIN = (
    Question(
        "权限",
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user",
        lambda value: value is False,
        lambda value: "过大" if value else "普通",
        "这个登录是超级用户、能绕过行级权限或者能建登录，请换成普通登录",
    ),
)
_OF_THE_SERVER = (
    Question(
        "数据库版本",
        "SELECT current_setting('server_version_num')::int / 10000",
        lambda value: int(str(value)) >= 15,
        lambda value: f"PostgreSQL {value}",
        "需要 15 或更新",
    ),
    Question(
        "中文匹配",
        r"SELECT '执' ~ '\w'",
        lambda value: value is True,
        lambda value: "正常" if value else "不正常",
        "数据库要用 C.UTF-8 建立，否则中文检索查不到内容",
    ),
    Question(
        "落盘",
        "SELECT current_setting('fsync') || current_setting('full_page_writes')",
        lambda value: value == "onon",
        lambda value: "开启" if value == "onon" else "关闭",
        "fsync 和 full_page_writes 必须为 on，否则断电会丢数据",
    ),
)
_OF_THE_WEB_LOGIN = (
    Question(
        "工作台登录拥有的表",
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'MEMBER')",
        lambda value: value == 0,
        str,
        "工作台登录不得拥有表，否则只增不改的保护可被关闭；请用单独的登录做 migrate",
    ),
)


def databases() -> Iterator[Finding]:
    """Yield how each login and database is, in a stated order."""
    reached = set()
    for alias in [alias for alias in ALIASES if alias in connections.databases]:
        subject = f"{ALIASES[alias]}登录"
        try:
            answers = list(_asked(alias, _OF_EVERY_LOGIN))
        except DatabaseError as problem:
            yield Finding(subject, State.BAD, f"连不上数据库：{str(problem).splitlines()[0]}")
            continue
        reached.add(alias)
        yield from (Finding(subject, one.state, one.words) for one in answers)
    if "web" in reached:
        yield from guarded("web", lambda: _asked("web", _OF_THE_SERVER + _OF_THE_WEB_LOGIN))
        yield from guarded("web", lambda: _server_clock("web"))
    for alias in ("owner", "portal"):
        if alias in reached:
            yield from guarded(alias, partial(_migrations, alias))


def guarded(alias: str, ask: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield the findings; a database that cannot answer is itself a finding."""
    try:
        yield from list(ask())
    except DatabaseError as problem:
        words = f"{str(problem).splitlines()[0]}；请运行 zhifa migrate"
        yield Finding(f"{ALIASES[alias]}数据库", State.BAD, words)


def _asked(alias: str, questions: tuple[Question, ...]) -> Iterator[Finding]:
    for one in questions:
        found = value(alias, one.asked)
        yield judged(one.subject, one.is_well(found), one.words(found), one.advice)


def value(alias: str, asked: str) -> object:
    """Return the one value a query answers with."""
    with connections[alias].cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0]


def _server_clock(alias: str) -> Iterator[Finding]:
    theirs = value(alias, "SELECT clock_timestamp()")
    if not isinstance(theirs, datetime) or clock.moved():
        return
    apart = abs(theirs - clock.now())
    words = f"与数据库相差 {apart.total_seconds():.1f} 秒"
    yield judged("时钟", apart < _CLOCK_APART, words, "请在各台机器上启用时间同步（NTP）")


def _migrations(alias: str) -> Iterator[Finding]:
    executor = MigrationExecutor(connections[alias])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = f"{ALIASES[alias]}数据库" + (f"还有 {len(missing)} 步没有做" if missing else "已是最新")
    yield judged("数据库升级", not missing, words, "请运行 zhifa migrate")
