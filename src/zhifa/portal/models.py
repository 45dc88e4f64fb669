"""What was received, for ever, and what is shown now (公示门户的表), in the portal's own database."""

import pgtrigger
from django.db import models


class Package(models.Model):
    """One package taken in (公示包): who signed what, when; its content lies in the store.

    Written once. A withdrawal erases contents, never this line: what was published, and that it
    was taken back, stays on record as digests.
    """

    sha256 = models.CharField("公示包摘要值", max_length=64, unique=True)
    kind = models.CharField("种类", max_length=30)
    subject_kind = models.CharField("对象种类", max_length=30)
    key = models.CharField("标识", max_length=200)
    sequence = models.BigIntegerField("序号")
    payload_sha256 = models.CharField("内容摘要值", max_length=64)
    file_sha256 = models.CharField(
        "文件摘要值", max_length=64, db_index=True
    )  # empty without a file
    signer = models.CharField("签名者", max_length=200)
    size = models.IntegerField("大小（字节）")
    published_at = models.DateTimeField("公示时间")
    received_at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "公示包"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "key", "sequence"], name="one_package_a_sequence"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Delete | pgtrigger.Update)
        ]


class Item(models.Model):
    """What is shown now under one permanent address (公示记录), or that it was withdrawn.

    The columns beside `data` are drawn from it, for lists and search.
    """

    kind = models.CharField("种类", max_length=30)
    key = models.CharField("标识", max_length=200)
    sequence = models.BigIntegerField("序号")
    package = models.OneToOneField(Package, models.PROTECT, verbose_name="公示包")
    first_published_at = models.DateTimeField("首次公示时间")
    data = models.TextField("内容")  # canonical JSON; empty once withdrawn
    receipt = models.TextField("回执")  # canonical JSON; empty where there is none
    title = models.CharField("名称", max_length=500)
    party = models.CharField("当事人", max_length=500)
    body = models.CharField("主体", max_length=200, db_index=True)
    act_type = models.CharField("行为种类", max_length=30)
    dated_on = models.DateField("日期", null=True)
    published_until = models.DateField("公示截止日", null=True)
    document_sha256 = models.CharField("文书摘要值", max_length=64)
    file_sha256 = models.CharField("文件摘要值", max_length=64, db_index=True)
    file_name = models.CharField("文件名", max_length=200)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=500)

    class Meta:
        verbose_name = "公示记录"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_item_an_address"),
            models.CheckConstraint(
                name="withdrawn_is_empty",
                condition=models.Q(withdrawn_at=None)
                | models.Q(data="", receipt="", title="", party="", file_sha256="", file_name=""),
            ),
        ]
        indexes = [models.Index(fields=["kind", "-dated_on", "key"], name="portal_latest")]


class Checkpoint(models.Model):
    """A state of the enforcement log that a package carried (日志检查点); written once."""

    origin = models.CharField("日志", max_length=200)
    size = models.BigIntegerField("条目数")
    root = models.CharField("根", max_length=64)  # hexadecimal
    note = models.TextField("检查点")
    seen_at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "检查点"
        constraints = [
            # One size, one root: two would mean that the log shows different people different pasts.
            models.UniqueConstraint(fields=["origin", "size"], name="one_root_a_size")
        ]
        triggers = [
            pgtrigger.Protect(name="checkpoint_kept", operation=pgtrigger.Delete | pgtrigger.Update)
        ]
