"""Items of evidence and the contents they rest on (证据与证据文件).

Neither is ever deleted; a content never changes, and of an item only where its original is and
whether it was set aside.
"""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhifa.evidence.rules import EvidenceKind


class Blob(models.Model):
    """One content in the store, by its digests (证据文件). Written once."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    sm3 = models.CharField("SM3", max_length=64)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)

    class Meta:
        verbose_name = "证据文件"
        triggers = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Delete | pgtrigger.Update)
        ]
        constraints = [
            models.CheckConstraint(
                name="digests_are_hexadecimal",
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$", sm3__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="not_empty", condition=models.Q(size__gt=0)),
        ]


class EvidenceItem(models.Model):
    """One item of evidence of a case (证据)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField("案件", db_index=True)
    body_id = models.UUIDField("机关", db_index=True)
    kind = models.CharField("证据种类", max_length=30)
    name = models.CharField("证据名称", max_length=200)
    source = models.CharField("证据来源", max_length=200)
    obtained_on = models.DateField("取证日期")
    obtained_at = models.DateTimeField("取证时间", null=True)
    obtained_by = ArrayField(models.UUIDField(), verbose_name="取证人")
    place = models.CharField("取证地点", max_length=200, default="")
    pages = models.PositiveIntegerField("页数", null=True)
    note = models.TextField("说明", default="")
    signs_document = models.UUIDField("签名文书", null=True)
    signer = models.CharField("签名人", max_length=200, default="")

    blob = models.ForeignKey(Blob, models.PROTECT, db_column="sha256", verbose_name="证据文件")
    file_name = models.CharField("原文件名", max_length=200)
    photo_width = models.PositiveIntegerField("宽（像素）", null=True)
    photo_height = models.PositiveIntegerField("高（像素）", null=True)
    photo_taken_at = models.DateTimeField("拍摄时间（相机所记）", null=True)
    photo_latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True)
    photo_longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    photo_camera = models.CharField("相机", max_length=120, default="")

    received_at = models.DateTimeField("接收时间")
    received_by = models.UUIDField("接收人")
    handed_to = models.CharField("原件现在何处", max_length=200, default="")  # empty: here
    excluded_at = models.DateTimeField("排除时间", null=True)
    excluded_by = models.UUIDField("排除人", null=True)
    exclusion_reason = models.TextField("排除理由", default="")

    class Meta:
        verbose_name = "证据"
        db_table = "evidence_item"
        indexes = [models.Index(fields=["subject", "received_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_item_a_content",
                fields=["subject", "blob"],
                condition=models.Q(excluded_at=None),
            ),
            models.CheckConstraint(
                name="kind_of_art_46", condition=models.Q(kind__in=[*map(str, EvidenceKind)])
            ),
            models.CheckConstraint(
                name="excluded_by_someone_for_a_reason",
                condition=models.Q(excluded_at=None, excluded_by=None, exclusion_reason="")
                | models.Q(excluded_at__isnull=False, excluded_by__isnull=False)
                & ~models.Q(exclusion_reason=""),
            ),
            models.CheckConstraint(
                name="signer_with_document",
                condition=models.Q(signs_document=None, signer="")
                | models.Q(signs_document__isnull=False) & ~models.Q(signer=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["handed_to", "excluded_at", "excluded_by", "exclusion_reason"]
                ),
            ),
            pgtrigger.Protect(
                name="excluded_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.excluded_at IS NOT NULL AND"
                    " (OLD.excluded_at, OLD.excluded_by, OLD.exclusion_reason) IS DISTINCT FROM"
                    " (NEW.excluded_at, NEW.excluded_by, NEW.exclusion_reason)"
                ),
            ),
        ]
