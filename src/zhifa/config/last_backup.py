"""When the last backup was made, and the root of the log it holds (最近一次备份): a note in the data folder."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhifa.config.backup import Root

_NAME = "last-backup"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """What is known of the last backup."""

    made_at: datetime
    journal: Root | None  # None: noted by a release that did not keep it


def note_backup(data_dir: Path, *, at: datetime, journal: Root) -> None:
    """Note that a backup was made."""
    root = json.dumps({"size": journal.size, "root": journal.root})
    (data_dir / _NAME).write_text(f"{at.isoformat()}\n{root}\n")


def last_backup(data_dir: Path) -> LastBackup | None:
    """Return the last backup, or None before the first. Raises ValueError for a note that cannot be read."""
    note = data_dir / _NAME
    if not note.exists():
        return None
    made_at, _, rest = note.read_text().strip().partition("\n")
    return LastBackup(datetime.fromisoformat(made_at), Root(**json.loads(rest)) if rest else None)
