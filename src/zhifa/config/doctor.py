"""What an installation needs to be well, checked and said in words (体检)."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import OperationalError, connections

from zhifa import clock
from zhifa.config.environment import VARIABLES, Environment

_LOW_DISK_BYTES = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: well, or not and what to do."""

    subject: str
    well: bool
    words: str


def examine(environment: Environment) -> list[Finding]:
    """Return a finding for everything looked at, in a stated order; changes nothing."""
    findings = [_keys(environment), _disk(environment), _clock(environment)]
    for alias in ("web", "worker", "owner", "auditor", "portal"):
        if alias in connections.databases:
            findings += _guarded(alias, _LOGIN_CHECKS)
    if "web" in connections.databases:
        findings += _guarded("web", _DATABASE_CHECKS)
    return findings


def variables(environment: Environment) -> Iterator[tuple[str, str]]:
    """Return every variable and what it is for; values are not shown, some are secrets."""
    del environment
    yield from VARIABLES.items()


def _keys(environment: Environment) -> Finding:
    folder = environment.data_dir / "keys"
    names = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    open_files = [
        name for name in names if stat.S_IMODE((folder / name).stat().st_mode) & 0o077
    ]  # fmt: skip
    if open_files:
        return Finding(
            "密钥", False, f"{folder} 里的 {'、'.join(open_files)} 别人也能读，请 chmod 600"
        )
    return Finding("密钥", True, f"{folder}：{'、'.join(names) or '尚未生成'}")


def _disk(environment: Environment) -> Finding:
    free = shutil.disk_usage(environment.data_dir).free
    words = f"{environment.data_dir} 还有 {free / 2**30:.1f} GB"
    if free < _LOW_DISK_BYTES:
        return Finding("磁盘", False, words + "，少于 2 GB，请清理或扩容")
    return Finding("磁盘", True, words)


def _clock(environment: Environment) -> Finding:
    if clock.moved() and environment.production:
        return Finding("时钟", False, "正式环境的时钟被拨动，请重新启动")
    return Finding(
        "时钟", True, clock.now().astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M 北京时间")
    )


_Check = tuple[str, str, Callable[[object], bool], str]

# (subject, one value by SQL, when it is well, what to do)
_LOGIN_CHECKS: tuple[_Check, ...] = (
    (
        "登录",
        "SELECT current_user || CASE WHEN rolsuper OR rolbypassrls THEN ' !' ELSE '' END"
        " FROM pg_roles WHERE rolname = current_user",
        lambda value: "!" not in str(value),
        "这个登录是超级用户或能绕过行级权限，请换成普通登录",
    ),
)
_DATABASE_CHECKS: tuple[_Check, ...] = (
    (
        "数据库版本",
        "SELECT current_setting('server_version_num')::int / 10000",
        lambda value: int(str(value)) >= 15,
        "需要 PostgreSQL 15 或更新",
    ),
    (
        "中文排序与匹配",
        r"SELECT '执' ~ '\w'",
        lambda value: value is True,
        "数据库要用 C.UTF-8 建立，否则中文检索查不到内容",
    ),
    ("落盘", "SELECT current_setting('fsync')", lambda value: value == "on", "fsync 必须为 on"),
    (
        "工作台登录不拥有表",
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user",
        lambda value: value == 0,
        "工作台登录不得拥有表，否则只增不改的保护可被关闭；请用单独的登录做 migrate",
    ),
)


def _guarded(alias: str, checks: tuple[_Check, ...]) -> list[Finding]:
    try:
        with connections[alias].cursor() as cursor:
            found = []
            for subject, question, is_well, advice in checks:
                cursor.execute(question)
                value = cursor.fetchone()[0]
                well = is_well(value)
                words = str(value) if well else f"{value}：{advice}"
                found.append(Finding(f"{subject}（{alias}）", well, words))
            return found
    except OperationalError as problem:
        return [Finding(f"登录（{alias}）", False, f"连不上数据库：{str(problem).splitlines()[0]}")]
