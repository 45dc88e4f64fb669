"""The note of the last backup is read as it was written, by this release and the one before."""

from datetime import UTC, datetime

from zhifa.config.backup import Root
from zhifa.config.last_backup import LastBackup, last_backup, note_backup

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_the_note_says_when_and_how_far_the_log_reached(tmp_path):
    assert last_backup(tmp_path) is None
    note_backup(tmp_path, at=AT, journal=Root(7, "ab"))
    assert last_backup(tmp_path) == LastBackup(AT, Root(7, "ab"))


def test_a_note_without_the_log_is_read_too(tmp_path):
    (tmp_path / "last-backup").write_text(AT.isoformat())
    assert last_backup(tmp_path) == LastBackup(AT, None)
