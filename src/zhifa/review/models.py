"""What is under review, what was answered, and the passes that bind a text (法制审核)."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhifa.procedures.values import PASSING

_PASSING = ", ".join(f"'{value}'" for value in sorted(PASSING))


class Submission(models.Model):
    """One request for a review (送审): a draft frozen at its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField("案件", db_index=True)
    body_id = models.UUIDField("机关", db_index=True)
    title = models.CharField("案名", max_length=300)
    draft_sha256 = models.CharField("草案摘要值", max_length=64)
    draft_json = models.TextField("草案数据")
    template_key = models.CharField("文书模板", max_length=60)
    template_version = models.CharField("模板版本", max_length=30)
    grounds = ArrayField(models.CharField(max_length=60), verbose_name="重大理由")
    kinds = ArrayField(models.CharField(max_length=60), verbose_name="处罚种类")
    amount_fen = models.BigIntegerField("金额（分）")
    handlers = ArrayField(models.UUIDField(), verbose_name="承办人")
    submitted_by = models.UUIDField("送审人")
    submitted_at = models.DateTimeField("送审时间")
    submitted_on = models.DateField("送审日期")
    due_on = models.DateField("审核期限")
    answered_at = models.DateTimeField("审结时间", null=True)

    class Meta:
        verbose_name = "送审"
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(answered_at=None), name="one_open_submission"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["answered_at"]),
            ),
        ]


class Opinion(models.Model):
    """The written answer of one reviewer (审核意见); written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(Submission, models.PROTECT, verbose_name="送审")
    reviewer = models.UUIDField("审核人")
    value = models.CharField("意见", max_length=30)
    checks = models.JSONField("七项内容")
    text = models.TextField("理由")
    given_on = models.DateField("审核日期")
    given_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "审核意见"
        triggers = [
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Delete | pgtrigger.Update),
            # APL art. 58, SAMR art. 49: refused for raw SQL too.
            pgtrigger.Trigger(
                name="handler_does_not_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF EXISTS (SELECT FROM public.review_submission
                           WHERE id = NEW.submission_id AND NEW.reviewer = ANY(handlers)) THEN
                    RAISE EXCEPTION 'reviewer.is_handler' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class ReviewPass(models.Model):
    """A passed review (审核通过): binds exactly one text of one case until it is voided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opinion = models.OneToOneField(Opinion, models.PROTECT, verbose_name="意见")
    subject = models.UUIDField("案件", db_index=True)
    draft_sha256 = models.CharField("草案摘要值", max_length=64)
    outcome = models.CharField("放行的结论", max_length=30)
    granted_at = models.DateTimeField("通过时间")
    voided_at = models.DateTimeField("失效时间", null=True)
    void_reason = models.CharField("失效原因", max_length=60, default="")

    class Meta:
        verbose_name = "审核通过"
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(voided_at=None), name="one_valid_pass"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="bound",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["voided_at", "void_reason"]),
            ),
            pgtrigger.Protect(
                name="void_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="rests_on_an_opinion",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NOT EXISTS (
                    SELECT FROM public.review_opinion o JOIN public.review_submission s ON s.id = o.submission_id
                    WHERE o.id = NEW.opinion_id AND o.value IN ({_PASSING})
                      AND o.value = NEW.outcome AND s.subject = NEW.subject
                      AND s.draft_sha256 = NEW.draft_sha256) THEN
                    RAISE EXCEPTION 'review.pass_without_opinion' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
