"""Documents of enforcement and the numbers they carry (执法文书与文号)."""

import uuid

import pgtrigger
from django.db import models


class NumberSeries(models.Model):
    """The last number given in one series: one body, one kind of document, one year."""

    id = models.BigAutoField(primary_key=True)
    body_id = models.UUIDField("机关")
    word = models.CharField("文种字", max_length=20)
    year = models.PositiveSmallIntegerField("年")
    first = models.PositiveIntegerField("起始号", default=1)
    last = models.PositiveIntegerField("已用到")

    class Meta:
        verbose_name = "文号序列"
        constraints = [
            models.UniqueConstraint(fields=["body_id", "word", "year"], name="one_series"),
            models.CheckConstraint(
                name="begins_before_it_goes_on",
                condition=models.Q(first__gte=1, last__gte=models.F("first") - 1),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            # A number given is never given again, and none is left out. Before the first number the
            # start may still be put right.
            pgtrigger.Protect(
                name="gapless",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.body_id <> OLD.body_id OR NEW.word <> OLD.word OR NEW.year <> OLD.year"
                    " OR (NEW.last <> OLD.last + 1 OR NEW.first <> OLD.first)"
                    " AND (OLD.last <> OLD.first - 1 OR NEW.last <> NEW.first - 1)"
                ),
            ),
        ]


class Document(models.Model):
    """One document: its input data, frozen; its output, named by digest (文书).

    `data` is the exact canonical JSON of everything the print depends on but templates and fonts
    (type, template version, frame, values, time), so that anybody can print the same bytes again;
    `press` says which template, fonts and program printed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField("案件")
    body_id = models.UUIDField("机关", db_index=True)
    type_key = models.CharField("文书种类", max_length=60)
    template_version = models.CharField("模板版本", max_length=30)
    number = models.CharField("文号", max_length=100, null=True)
    party = models.UUIDField("当事人", null=True)
    step_sequence = models.PositiveIntegerField("案件记录序号", null=True)
    data = models.TextField("文书数据")
    draft_sha256 = models.CharField("草案摘要值", max_length=64, default="")
    made_on = models.DateField("文书日期")
    made_by = models.UUIDField("制作人")
    made_at = models.DateTimeField("制作时间")
    token = models.CharField("核验码", max_length=32, unique=True)
    made_entry = models.BigIntegerField("制作记录编号")
    sha256 = models.CharField("文件摘要值", max_length=64, default="")
    pages = models.PositiveSmallIntegerField("页数", default=0)
    press = models.TextField("印制环境", default="")
    rendered_at = models.DateTimeField("生成时间", null=True)
    sealed_entry = models.BigIntegerField("用印记录编号", null=True)

    class Meta:
        verbose_name = "文书"
        indexes = [
            models.Index(fields=["subject", "made_at"]),
            # Looked through by the worker and by `zhifa verify`; almost always empty.
            models.Index(
                fields=["made_at"],
                condition=models.Q(rendered_at=None),
                name="documents_not_printed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["body_id", "number"], name="one_number"),
            models.CheckConstraint(
                name="printed_whole_or_not_at_all",
                condition=models.Q(
                    sha256="", pages=0, press="", rendered_at=None, sealed_entry=None
                )
                | models.Q(
                    sha256__regex="^[0-9a-f]{64}$",
                    pages__gt=0,
                    rendered_at__isnull=False,
                    sealed_entry__isnull=False,
                )
                & ~models.Q(press=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="data_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["sha256", "pages", "press", "rendered_at", "sealed_entry"]
                ),
            ),
            pgtrigger.Protect(
                name="rendered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__rendered_at__isnull=False),
            ),
        ]
