"""Does the log still hold what others have seen of it (日志与外面所见核对)?

Whoever owns the database can cut entries and checkpoints off the end of the log, so that what is left agrees
with itself. The portal has kept every checkpoint that came with a package, the last backup its root.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from zhifa.config import witnesses
from zhifa.config.last_backup import last_backup
from zhifa.journal import selectors as journal
from zhifa_verify.note import Verifier


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of the log that is not as it was seen outside; `config.wording` has the words."""

    code: str
    about: str
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A state of the log that was seen outside the workbench's database."""

    whence: str
    size: int
    root: str  # hexadecimal


def differences(data_dir: Path) -> Iterator[Difference]:
    """Yield where the log is not what was seen of it; two queries."""
    if not witnesses.portal_is_here():
        yield Difference("log.no_witness", "", harmless=True)
    yield from compared(seen(data_dir), journal.signed_roots())


def seen(data_dir: Path) -> Iterator[Seen]:
    """Yield the states that the portal and the last backup know, the smallest of each first."""
    origins = frozenset(Verifier.parse(key).name for key in settings.JOURNAL["log_keys"])
    for size, root in witnesses.checkpoints(origins):
        yield Seen("公示门户", size, root)
    backup = last_backup(data_dir)
    if backup and backup.journal and backup.journal.size:
        yield Seen("最近一次备份", backup.journal.size, backup.journal.root)


def compared(states: Iterable[Seen], signed: dict[int, str]) -> Iterator[Difference]:
    """Yield what differs from the signed states of the log, size -> root.

    Of a log that was cut only the largest state that was seen is named, for each who saw it.
    """
    size = max(signed, default=0)
    beyond: dict[str, Seen] = {}
    for one in states:
        if one.size > size:
            beyond[one.whence] = one
        elif one.size not in signed:
            yield Difference("log.checkpoint_lost", f"{one.whence}：{one.size}")
        elif signed[one.size] != one.root:
            yield Difference("log.other_root", f"{one.whence}：{one.size}")
    for one in beyond.values():
        yield Difference("log.cut", f"{one.whence}见过 {one.size} 条，现在 {size} 条")
