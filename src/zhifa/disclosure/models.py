"""Publications on their way and the parcels that carry them to the portal (公示办理与公示包)."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhifa.disclosure.rules import State


class Publication(models.Model):
    """The publication of one decision (决定公示), from the editor's draft to its withdrawal.

    What the public will read is frozen when it is submitted; as a draft it is drawn anew from the
    record and the editor's masks each time it is looked at.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField("案件")
    document_id = models.UUIDField("决定书")
    body_id = models.UUIDField("机关", db_index=True)
    unit_id = models.UUIDField("承办机构", null=True)
    number = models.CharField("文号", max_length=200)
    title = models.CharField("案名", max_length=500)
    state = models.CharField("环节", max_length=20, default=State.DRAFT.value)
    version = models.PositiveIntegerField("版本", default=1)
    round = models.PositiveSmallIntegerField("第几次公示", default=1)
    authors = ArrayField(models.UUIDField(), verbose_name="编辑人", default=list)
    found = ArrayField(
        models.CharField(max_length=40), verbose_name="发现的不予公开情形", default=list
    )
    treatment = models.CharField("公示方式", max_length=20)
    rules_version = models.CharField("规则版本", max_length=20)
    hidden = models.JSONField("另行隐去", default=list)  # [[text, what stands for it], ...]
    kept = models.JSONField("确认保留", default=list)  # [[text, reason], ...]
    public = models.JSONField("公开内容", default=dict)  # rules.PublicText, once submitted
    file_sha256 = models.CharField("公开版本摘要值", max_length=64, default="")
    file_size = models.IntegerField("公开版本大小", default=0)
    due_on = models.DateField("公示期限", null=True)
    published_until = models.DateField("公示截止日")
    reason = models.CharField("退回或者不予公开理由", max_length=500, default="")
    withdrawal_ground = models.CharField("撤回情形", max_length=40, default="")
    changed_at = models.DateTimeField("最近办理")
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        verbose_name = "决定公示"
        constraints = [
            models.UniqueConstraint(fields=["document_id"], name="one_publication_a_document"),
            models.CheckConstraint(
                name="publication_state",
                condition=models.Q(state__in=sorted(state.value for state in State)),
            ),
            # What has left the editor's hands is frozen, with a document.
            models.CheckConstraint(
                name="submitted_is_frozen",
                condition=models.Q(state__in=[State.DRAFT.value, State.WITHHELD.value])
                | ~models.Q(file_sha256=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["body_id", "state"],
                condition=~models.Q(state__in=["published", "withdrawn", "withheld"]),
                name="open_publications",
            )
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]


class PolicyChoice(models.Model):
    """What a body, or the city for all, has chosen to publish or not (公示范围); written once.

    The latest choice that fits counts; the bans of the law come before all of them.
    """

    id = models.BigAutoField(primary_key=True)
    body_id = models.UUIDField("机关", null=True, db_index=True)  # none: for all bodies
    act_type = models.CharField("行为种类", max_length=30, default="", blank=True)
    party = models.CharField("当事人种类", max_length=30, default="", blank=True)
    only_kinds = ArrayField(
        models.CharField(max_length=40), verbose_name="只有这些处罚", default=list
    )
    treatment = models.CharField("公示方式", max_length=20)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    chosen_by = models.UUIDField("决定人")
    chosen_at = models.DateTimeField("登记时间")
    entry = models.BigIntegerField("记录编号")

    class Meta:
        verbose_name = "公示范围"
        triggers = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Delete | pgtrigger.Update)
        ]


class Turn(models.Model):
    """One act of one person on a publication (公示办理记录); written once."""

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="turns")
    act = models.CharField("办理", max_length=20)
    actor = models.UUIDField("办理人")
    at = models.DateTimeField("办理时间")
    reason = models.CharField("理由", max_length=500, default="")
    entry = models.BigIntegerField("记录编号")

    class Meta:
        verbose_name = "公示办理记录"
        triggers = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Delete | pgtrigger.Update)
        ]


class Parcel(models.Model):
    """One package for the portal (待发公示包): what it says, whether it was built, and the receipt.

    Once built it never changes: sent again, it is the same bytes. It holds nothing but what everybody
    may read, and its subjects are numbered across bodies: so it has no row security.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body_id = models.UUIDField("机关", db_index=True)
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, related_name="parcels", verbose_name="决定公示"
    )
    kind = models.CharField("种类", max_length=30)
    subject_kind = models.CharField("对象种类", max_length=30)
    key = models.CharField("标识", max_length=200)
    title = models.CharField("名称", max_length=500)
    sequence = models.BigIntegerField("序号")
    data = models.TextField("内容")  # canonical JSON
    data_sha256 = models.CharField("内容摘要值", max_length=64)
    sealed_entry = models.BigIntegerField("盖章记录编号", null=True)  # whose receipt it carries
    document_sha256 = models.CharField("文书摘要值", max_length=64, default="")
    file_sha256 = models.CharField("文件摘要值", max_length=64, default="")
    file_name = models.CharField("文件名", max_length=200, default="")
    released_by = models.UUIDField("发布人")
    released_at = models.DateTimeField("发布时间")
    package_sha256 = models.CharField("公示包摘要值", max_length=64, default="")
    attempts = models.PositiveIntegerField("发送次数", default=0)
    problem = models.CharField("未送达原因", max_length=200, default="")
    receipt = models.TextField("门户回执", default="")  # canonical JSON
    received_at = models.DateTimeField("门户收到时间", null=True)
    recalled_at = models.DateTimeField("收回时间", null=True)  # before it was sent

    class Meta:
        verbose_name = "公示包"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "key", "sequence"], name="one_parcel_a_sequence"
            ),
            models.CheckConstraint(
                name="received_with_receipt",
                condition=models.Q(received_at=None, receipt="")
                | models.Q(received_at__isnull=False) & ~models.Q(receipt="", package_sha256=""),
            ),
            models.CheckConstraint(
                name="recalled_is_not_received",
                condition=models.Q(recalled_at=None) | models.Q(received_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["released_at"], condition=models.Q(received_at=None), name="parcels_to_send"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="content_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=[
                        "package_sha256",
                        "attempts",
                        "problem",
                        "receipt",
                        "received_at",
                        "recalled_at",
                    ]
                ),
            ),
            pgtrigger.Protect(
                name="built_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.package_sha256 <> '' AND NEW.package_sha256 <> OLD.package_sha256"
                ),
            ),
            pgtrigger.Protect(
                name="received_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__received_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="recalled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__recalled_at__isnull=False),
            ),
        ]
