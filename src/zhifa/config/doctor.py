"""What an installation needs to be well, checked and said in words (体检).

Here the machine; `doctor_database` asks the databases. Nothing is changed by looking.
"""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from zhifa import clock
from zhifa.config import running
from zhifa.config.environment import SECRETS, VARIABLES, Environment, Role
from zhifa.config.last_backup import last_backup
from zhifa.documents.fonts import font_set

_LOW_DISK_BYTES = 2 * 2**30
_OLD_BACKUP_DAYS = 7  # [policy]

# file in keys/ -> what it is for; the others there are named as they are
KEYS = {
    "session.key": "登录会话与表单",
    "logins.json": "内置数据库的各登录",
    "log.key": "日志检查点签名",
    "log.vkeys": "信任的日志公钥",
    "publisher.key": "公示包签名",
    "publisher.vkeys": "信任的公示公钥",
}


class State(Enum):
    """How something is: well; worth knowing; or in need of a hand."""

    WELL = "✓"
    NOTE = "·"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and in words how it is and what to do."""

    subject: str
    state: State
    words: str

    def __str__(self) -> str:
        return f"{self.state.value} {self.subject}：{self.words}"


def judged(subject: str, well: bool, words: str, advice: str = "") -> Finding:
    """Return a finding that is well or bad; the advice is given only where it is bad."""
    if well:
        return Finding(subject, State.WELL, words)
    return Finding(subject, State.BAD, f"{words}。{advice}" if advice else words)


def machine(environment: Environment) -> Iterator[Finding]:
    """Yield how the machine and the data folder are, in a stated order."""
    yield Finding("运行角色", State.NOTE, environment.role.value)
    yield _safety(environment)
    yield from _keys(environment.data_dir / "keys")
    yield _disk(environment.data_dir)
    yield Finding(
        "时钟", State.NOTE, f"{clock.now().astimezone(clock.BEIJING):%Y-%m-%d %H:%M:%S} 北京时间"
    )
    if environment.role is not Role.PORTAL:
        yield _fonts(environment.font_dir)
        yield _last_backup(environment.data_dir)
    if environment.role is not Role.WORKER:
        answers = running.accepts(environment.host, environment.port)
        where = f"{environment.host}:{environment.port}"
        yield Finding(
            "网站", State.NOTE, f"{where} {'有应答' if answers else '没有应答（未启动）'}"
        )


def variables(given: Mapping[str, str]) -> Iterator[str]:
    """Yield every variable with its value, its meaning, and nothing that is a secret."""
    for name, meaning in VARIABLES.items():
        value = given.get(name)
        shown = "未设置" if not value else "已设置" if name in SECRETS else value
        yield f"  {name} = {shown}  （{meaning}）"


def _safety(environment: Environment) -> Finding:
    if environment.production:
        return Finding("正式环境", State.WELL, "是；不安全的设置会阻止启动")
    kind = "演示环境" if environment.demo else "试用"
    return Finding("正式环境", State.NOTE, f"否（{kind}）；正式使用请设置 ZHIFA_PRODUCTION=1")


def _keys(folder: Path) -> Iterator[Finding]:
    names = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    if not names:
        yield Finding("密钥", State.NOTE, f"{folder} 里还没有，首次启动时生成")
        return
    yield Finding("密钥", State.NOTE, f"在 {folder}，备份时一并带走；轮换办法见 docs/keys.md")
    for name in names:
        secret = not name.endswith(".vkeys")
        open_to_others = bool(stat.S_IMODE((folder / name).stat().st_mode) & 0o077)
        yield judged(
            f"密钥 {name}",
            not (secret and open_to_others),
            KEYS.get(name, "文书印章等"),
            f"别人也能读，请运行 chmod 600 {folder / name}",
        )


def _disk(folder: Path) -> Finding:
    place = next(place for place in [folder, *folder.parents] if place.exists())
    free = shutil.disk_usage(place).free
    words = f"{folder} 还有 {free / 2**30:.1f} GB"
    if not os.access(place, os.W_OK):
        return Finding("磁盘", State.BAD, f"{folder} 不能写入，请检查文件夹的属主和权限")
    return judged("磁盘", free >= _LOW_DISK_BYTES, words, "少于 2 GB，请清理或扩容")


def _fonts(folder: Path | None) -> Finding:
    try:
        used = font_set(folder).used
    except FileNotFoundError:
        return Finding("公文字体", State.BAD, f"ZHIFA_FONT_DIR 指的文件夹 {folder} 不存在，请核对")
    words = "、".join(f"{_FONT_ROLES.get(role, role)}用 {family}" for role, family in used.items())
    own = not used["fangsong"].startswith("Noto")
    return Finding("公文字体", State.WELL if own else State.NOTE, words)


_FONT_ROLES = {"fangsong": "仿宋", "hei": "黑体", "kai": "楷体", "xiaobiaosong": "小标宋"}


def _last_backup(folder: Path) -> Finding:
    last = last_backup(folder)
    if last is None:
        return Finding("备份", State.NOTE, "还没有做过，请定期运行 zhifa backup 文件名")
    made_at = last.made_at
    days = (clock.today() - clock.beijing_date(made_at)).days
    words = f"上次 {made_at.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
    return judged(
        "备份", days <= _OLD_BACKUP_DAYS, words, f"已过 {days} 天，请运行 zhifa backup 文件名"
    )
