"""The tables of the record (记录). Written by the owner's functions only (migration 0001, decision 0004).

An entry, a leaf and a checkpoint never change; a tile only grows; a body can only be erased, by
`journal_erase`, which writes an entry about it. Triggers say so to the owner as well.
"""

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models


def _kept() -> pgtrigger.Trigger:
    """Return a trigger that refuses to empty the table."""
    return pgtrigger.Trigger(
        name="never_emptied",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'the record is never emptied: %', TG_TABLE_NAME;",
    )


_NEVER_CHANGED = [
    pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete),
    _kept(),
]


class Entry(models.Model):
    """The header of one entry (记录条目): what the digest is taken of, and the digest."""

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField("记录流")
    sequence = models.IntegerField("序号")
    kind = models.TextField("事项")
    actor = models.UUIDField("行为人")
    at = models.DateTimeField("登记时间")
    recorded_at = models.DateTimeField("数据库时间")
    commitment = models.BinaryField("内容承诺")
    previous = models.BinaryField("前一摘要")
    digest = models.BinaryField("摘要")

    class Meta:
        verbose_name = "记录条目"
        constraints = [
            models.UniqueConstraint(name="one_entry_a_sequence", fields=["stream", "sequence"]),
            models.CheckConstraint(
                name="stream_names_a_thing",
                condition=models.Q(stream__regex="^[a-z_]+:[^[:cntrl:][:space:]]{1,200}$"),
            ),
            models.CheckConstraint(
                name="kind_is_a_code",
                condition=models.Q(kind__regex=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$"),
            ),
            models.CheckConstraint(name="counted_from_one", condition=models.Q(sequence__gte=1)),
        ]
        triggers = _NEVER_CHANGED


class Body(models.Model):
    """What an entry says (记录内容), apart from its header so that the law can have it erased."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="content")
    salt = models.BinaryField("盐", null=True)
    text = models.TextField("规范化 JSON", null=True)
    erasure = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="erased", db_index=False
    )

    class Meta:
        verbose_name = "记录内容"
        constraints = [
            models.CheckConstraint(
                name="whole_or_erased",
                condition=models.Q(salt__isnull=False, text__isnull=False, erasure=None)
                | models.Q(salt=None, text=None, erasure__isnull=False),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="erased_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.entry_id <> NEW.entry_id OR OLD.erasure_id IS NOT NULL"
                    " OR NEW.erasure_id IS NULL"
                ),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            _kept(),
        ]


class Stream(models.Model):
    """The head of a stream (记录流): its lock, its last sequence number and digest."""

    stream = models.TextField("记录流", primary_key=True)
    sequence = models.IntegerField("末条序号")
    digest = models.BinaryField("末条摘要")

    class Meta:
        verbose_name = "记录流"


class Pending(models.Model):
    """The mark of an entry that is not in the log yet (待入日志)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="pending")

    class Meta:
        verbose_name = "待入日志"


class Leaf(models.Model):
    """The place of an entry in the Merkle log (叶): the leaf's content is the entry's digest."""

    index = models.BigIntegerField("叶号", primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")

    class Meta:
        verbose_name = "叶"
        triggers = _NEVER_CHANGED


class Tile(models.Model):
    """Up to 256 hashes of one level of the tree, as C2SP tlog-tiles cuts it (瓦片)."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField("层")
    index = models.BigIntegerField("号")
    hashes = models.BinaryField("散列")

    class Meta:
        verbose_name = "瓦片"
        triggers = [
            pgtrigger.Protect(
                name="only_grows",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NOT (OLD.level = NEW.level AND OLD.index = NEW.index"
                    " AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes)"
                ),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            _kept(),
        ]


class Checkpoint(models.Model):
    """The signed state of the log at one size (检查点), a C2SP signed note."""

    size = models.BigIntegerField("条数", primary_key=True)
    root = models.BinaryField("根")
    note = models.TextField("签名文本")
    at = models.DateTimeField("签发时间")
    recorded_at = models.DateTimeField("数据库时间", db_default=TransactionNow())

    class Meta:
        verbose_name = "检查点"
        triggers = _NEVER_CHANGED
