"""A case as tables: the folded facts, and what lists, terms and the gate need beside them (案件)."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

# States in which a decision must exist (procedures.md 3.2).
_DECIDED = "'decided', 'served', 'performing'"


class Case(models.Model):
    """One case. `facts` is the fold of its journal stream; the other columns repeat parts of it to
    be searched, sorted and guarded, and are compared with the fold by `zhifa verify`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body_id = models.UUIDField("机关", db_index=True)
    unit_id = models.UUIDField("承办机构", null=True)
    number = models.CharField("案号", max_length=100)
    title = models.CharField("案名", max_length=300)
    procedure = models.CharField("程序", max_length=60)
    procedure_version = models.CharField("程序版本", max_length=20)
    overlay_version = models.CharField("加严版本", max_length=60, default="")
    state = models.CharField("环节", max_length=40)
    version = models.PositiveIntegerField("版本", default=0)
    facts = models.JSONField("事实")
    is_major = models.BooleanField("重大", default=False)
    handlers = ArrayField(models.UUIDField(), verbose_name="承办人", default=list)
    opened_on = models.DateField("登记日期")
    power_item = models.UUIDField("权力事项", null=True)
    filed_on = models.DateField("立案日期", null=True)
    closed_on = models.DateField("结案日期", null=True)
    awaits_action = models.CharField("下一步", max_length=40, default="")
    awaits_role = models.CharField("待谁办理", max_length=40, default="")
    awaits_from = models.DateField("最早可办", null=True)
    correction_asked = models.BooleanField("有待批准的更正", default=False)
    is_demo = models.BooleanField("演示", default=False)
    changed_at = models.DateTimeField("最近办理")

    class Meta:
        verbose_name = "案件"
        constraints = [
            models.UniqueConstraint(fields=["body_id", "number"], name="one_case_number")
        ]
        indexes = [
            models.Index(fields=["body_id", "-changed_at"]),
            GinIndex(fields=["handlers"], fastupdate=False, name="case_handlers"),
            # Work lists do not slow down as closed cases grow.
            models.Index(
                fields=["body_id", "awaits_role"],
                condition=~models.Q(state="archived"),
                name="open_cases",
            ),
            models.Index(
                fields=["body_id"],
                condition=models.Q(correction_asked=True),
                name="corrections_asked",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            # design.md section 4, Gate: a yes is never turned back into a no.
            pgtrigger.Trigger(
                name="major_stays_major",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_major=True, new__is_major=False),
                func="RAISE EXCEPTION 'gate.major_lowered' USING ERRCODE = 'check_violation';",
            ),
            # Otherwise a case is moved away, and a copy that is not major decided in its place.
            pgtrigger.Trigger(
                name="identity_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("id", "number", "procedure"),
                func="RAISE EXCEPTION 'gate.identity_changed' USING ERRCODE = 'check_violation';",
            ),
            pgtrigger.Trigger(
                name="decided_needs_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NEW.state IN ({_DECIDED})
                   AND NOT EXISTS (SELECT FROM public.cases_decision WHERE case_id = NEW.id) THEN
                    RAISE EXCEPTION 'gate.no_decision' USING ERRCODE = 'check_violation';
                END IF;
                IF NEW.state IN ({_DECIDED}) AND NEW.is_major
                   AND (TG_OP = 'INSERT' OR OLD.state NOT IN ({_DECIDED}))
                   AND NOT (SELECT is_major FROM public.cases_decision WHERE case_id = NEW.id) THEN
                    RAISE EXCEPTION 'gate.major_differs' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,  # noqa: S608  (made of the constant above)
            ),
        ]


class CaseParty(models.Model):
    """A party of a case (当事人), as search and documents need it."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField("序号", default=0)
    kind = models.CharField("类别", max_length=30)
    name = models.CharField("名称", max_length=200)
    identifier = models.CharField("证件号码", max_length=40, default="")
    dropped = models.BooleanField("已更正", default=False)  # named by an entry that was corrected

    class Meta:
        verbose_name = "当事人"
        indexes = [
            models.Index(fields=["identifier"]),
            models.Index(fields=["name"], name="party_name", opclasses=["text_pattern_ops"]),
        ]


class CaseTerm(models.Model):
    """A term of a case (期限), running or ended; its place in the facts is its `position`."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="terms")
    position = models.PositiveSmallIntegerField("序号")
    key = models.CharField("期限", max_length=10)
    about = models.CharField("对象", max_length=60, default="")
    variant = models.CharField("情形", max_length=30, default="")
    started_on = models.DateField("起算日")
    due_on = models.DateField("届满日", null=True)  # none while a stop is open
    warn_on = models.DateField("提醒日", null=True)
    provisional = models.BooleanField("暂定", default=False)
    earliest = models.BooleanField("最早日", default=False)
    ended_on = models.DateField("结束日", null=True)

    class Meta:
        verbose_name = "期限"
        indexes = [
            models.Index(
                fields=["due_on"], condition=models.Q(ended_on=None), name="running_terms"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="one_term_a_place")
        ]


class Decision(models.Model):
    """The decision of a case (处罚决定), and what the gate compares."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    outcome = models.CharField("结论", max_length=40)
    draft_sha256 = models.CharField("草案摘要值", max_length=64)
    is_major = models.BooleanField("重大")
    review_pass = models.UUIDField("审核通过", null=True)
    decided_on = models.DateField("决定日期")
    decided_by = models.UUIDField("决定人")

    class Meta:
        verbose_name = "决定"
        triggers = [
            pgtrigger.Protect(name="final", operation=pgtrigger.Delete | pgtrigger.Update),
            # APL art. 58: no major decision before a passed review of exactly this text, whoever asks.
            pgtrigger.Trigger(
                name="gate",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("subject", "public.cases_case%ROWTYPE"),
                    ("granted", "public.review_reviewpass%ROWTYPE"),
                ],
                func="""
                SELECT * INTO subject FROM public.cases_case WHERE id = NEW.case_id FOR UPDATE;
                IF NEW.is_major IS DISTINCT FROM subject.is_major THEN
                    RAISE EXCEPTION 'gate.major_differs' USING ERRCODE = 'check_violation';
                END IF;
                IF NOT NEW.is_major AND NEW.review_pass IS NULL THEN
                    RETURN NEW;
                END IF;
                IF NEW.review_pass IS NULL THEN
                    RAISE EXCEPTION 'gate.no_pass' USING ERRCODE = 'check_violation';
                END IF;
                SELECT * INTO granted FROM public.review_reviewpass WHERE id = NEW.review_pass FOR UPDATE;
                IF NOT FOUND OR granted.subject <> NEW.case_id THEN
                    RAISE EXCEPTION 'gate.pass_of_another_case' USING ERRCODE = 'check_violation';
                END IF;
                IF granted.voided_at IS NOT NULL THEN
                    RAISE EXCEPTION 'gate.pass_voided' USING ERRCODE = 'check_violation';
                END IF;
                IF granted.draft_sha256 <> NEW.draft_sha256 THEN
                    RAISE EXCEPTION 'gate.another_text' USING ERRCODE = 'check_violation';
                END IF;
                IF granted.outcome <> 'approve' AND NEW.outcome = 'penalty' THEN
                    RAISE EXCEPTION 'gate.another_outcome' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
