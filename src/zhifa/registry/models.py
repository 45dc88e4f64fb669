"""Who enforces, with what powers, through whom, since when and until when (主体、人员、事项).

Nothing is deleted. People are plain ids: their rows stand in `accounts`.
"""

import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from zhifa.registry.imports.states import RunState
from zhifa.registry.rules import (
    ADMINISTRATORS,
    ActType,
    BodyKind,
    Coverage,
    ItemState,
    Mark,
    Role,
    SuccessionKind,
    UnitKind,
)
from zhifa.registry.spells import Spell

_NOWHERE = Value(uuid.UUID(int=0), output_field=models.UUIDField())
# An end on the day before the start: taken back before it began.
_ENDS_AFTER_START = Q(valid_until=None) | Q(valid_until__gte=F("valid_from") - 1)


def _kept() -> pgtrigger.Protect:
    return pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)


def _written_once() -> pgtrigger.Protect:
    return pgtrigger.Protect(name="written_once", operation=pgtrigger.Delete | pgtrigger.Update)


def _frozen_but(*fields: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(
        name="frozen",
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=list(fields)),
    )


def _one_of(field: str, values: object, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": sorted(map(str, values))}),  # type: ignore[call-overload]
    )


class Body(models.Model):
    """An enforcement body (执法主体) from its first day to its last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("主体编码", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=40)
    name = models.CharField("名称", max_length=200)
    short_name = models.CharField("简称", max_length=60)
    credit_code = models.CharField("统一社会信用代码", max_length=18, default="", blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, default="", blank=True)
    office_word = models.CharField("机关代字", max_length=20, default="", blank=True)
    supervised_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="supervises", verbose_name="监督机构"
    )
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="subordinates", verbose_name="上级机关"
    )
    valid_from = models.DateField("成立日期")
    valid_until = models.DateField("终止日期", null=True)
    capacity_confirmed_on = models.DateField("主体资格确认日期", null=True)
    capacity_published_on = models.DateField("主体资格公告日期", null=True)
    is_demo = models.BooleanField("演示", default=False)

    address = models.CharField("地址", max_length=200, default="", blank=True)
    phone = models.CharField("电话", max_length=60, default="", blank=True)
    hours = models.CharField("办公时间", max_length=200, default="", blank=True)
    website = models.CharField("网址", max_length=200, default="", blank=True)
    supervision_phone = models.CharField("监督电话", max_length=60, default="", blank=True)
    supervision_address = models.CharField("监督地址", max_length=200, default="", blank=True)
    supervision_url = models.CharField("网上投诉", max_length=200, default="", blank=True)
    payment_bank = models.CharField("代收银行", max_length=200, default="", blank=True)
    payment_account = models.CharField("缴款账号", max_length=60, default="", blank=True)
    payment_address = models.CharField("缴款地点", max_length=200, default="", blank=True)
    reconsideration_body = models.CharField("复议机关", max_length=200, default="", blank=True)
    court = models.CharField("管辖法院", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "执法主体"
        constraints = [
            _one_of("kind", BodyKind, "body_kind"),
            models.CheckConstraint(name="body_ends_after_start", condition=_ENDS_AFTER_START),
            models.CheckConstraint(
                name="capacity_confirmed_before_published",
                condition=Q(capacity_published_on=None)
                | Q(
                    capacity_confirmed_on__isnull=False,
                    capacity_published_on__gte=F("capacity_confirmed_on"),
                ),
            ),
            ExclusionConstraint(
                name="one_body_a_credit_code",
                expressions=[
                    (F("credit_code"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(credit_code=""),
            ),
            ExclusionConstraint(
                name="one_body_an_office_word",  # a document number names one body: 机关代字
                expressions=[
                    (F("office_word"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(office_word=""),
            ),
        ]
        triggers = [_kept()]


class Succession(models.Model):
    """One body followed another (主体承继); several rows make a merger or a split."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("方式", max_length=20)
    predecessor = models.ForeignKey(Body, models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(Body, models.PROTECT, related_name="follows")
    on = models.DateField("承继日期")
    basis = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "主体承继"
        constraints = [
            _one_of("kind", SuccessionKind, "succession_kind"),
            models.UniqueConstraint(fields=["predecessor", "successor"], name="followed_once"),
            models.CheckConstraint(
                name="followed_by_another", condition=~Q(predecessor=F("successor"))
            ),
        ]
        triggers = [_written_once()]


class Unit(models.Model):
    """A part of a body that handles cases or reviews them (承办机构、法制机构)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="units")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20)
    entrusted_body = models.ForeignKey(
        Body, models.PROTECT, null=True, related_name="entrusted_units", verbose_name="受委托组织"
    )
    valid_from = models.DateField("设立日期")
    valid_until = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "机构"
        constraints = [
            _one_of("kind", UnitKind, "unit_kind"),
            models.CheckConstraint(name="unit_ends_after_start", condition=_ENDS_AFTER_START),
            ExclusionConstraint(
                name="one_unit_a_name",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("name"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [_kept()]


class EntrustmentDeed(models.Model):
    """A written entrustment with matters, scope and term (委托书): APL art. 20."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entrusting = models.ForeignKey(Body, models.PROTECT, related_name="deeds_given")
    entrusted = models.ForeignKey(Body, models.PROTECT, related_name="deeds_held")
    number = models.CharField("文号", max_length=100)
    matters = models.TextField("委托事项")
    scope = models.TextField("委托权限")
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("终止日期")
    published_on = models.DateField("公布日期", null=True)

    class Meta:
        verbose_name = "委托书"
        constraints = [
            models.CheckConstraint(
                name="deed_ends_after_start", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="deed_states_its_matter", condition=~Q(matters="") & ~Q(scope="")
            ),
            models.CheckConstraint(
                name="deed_between_two", condition=~Q(entrusting=F("entrusted"))
            ),
        ]
        triggers = [_kept(), _frozen_but("published_on", "valid_until")]


class Appointment(models.Model):
    """A person holds a role in a body, perhaps in one unit, from a day to a day (任职)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField("人员")
    body = models.ForeignKey(Body, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="appointments")
    role = models.CharField("职务", max_length=40)
    valid_from = models.DateField("任职日期")
    valid_until = models.DateField("免职日期", null=True)  # the last day it counts
    appointed_by = models.UUIDField("任命登记人")

    class Meta:
        verbose_name = "任职"
        indexes = [
            models.Index(fields=["person_id", "role"]),
            models.Index(fields=["body", "role"]),
        ]
        constraints = [
            _one_of("role", Role, "appointment_role"),
            models.CheckConstraint(
                name="appointment_ends_after_start", condition=_ENDS_AFTER_START
            ),
            models.CheckConstraint(
                name="unit_head_of_a_unit",
                condition=~Q(role=Role.HANDLING_UNIT_HEAD.value) | Q(unit__isnull=False),
            ),
            ExclusionConstraint(
                name="appointed_once_at_a_time",
                expressions=[
                    (F("person_id"), RangeOperators.EQUAL),
                    (F("body"), RangeOperators.EQUAL),
                    (Coalesce("unit", _NOWHERE), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="three_administrators",  # 三员分立
                expressions=[
                    (F("person_id"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.NOT_EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=sorted(role.value for role in ADMINISTRATORS)),
            ),
        ]
        triggers = [_kept(), _frozen_but("valid_until")]


class Certificate(models.Model):
    """An enforcement certificate (行政执法证): APL art. 42, 55."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField("人员", db_index=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="certificates")
    number = models.CharField("证号", max_length=40)
    holder_name = models.CharField("证件姓名", max_length=60)
    fields = models.CharField("执法领域", max_length=200)
    valid_from = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    revoked_on = models.DateField("注销日期", null=True)

    class Meta:
        verbose_name = "执法证件"
        constraints = [
            models.CheckConstraint(
                name="certificate_ends_after_start", condition=Q(valid_until__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="one_certificate_a_number",
                expressions=[
                    (F("number"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_on=None),
            ),
            ExclusionConstraint(
                name="one_certificate_a_person_and_body",
                expressions=[
                    (F("person_id"), RangeOperators.EQUAL),
                    (F("body"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_on=None),
            ),
        ]
        triggers = [_kept(), _frozen_but("revoked_on")]


class CertificateSuspension(models.Model):
    """A certificate does not count from a day to a day (暂扣)."""

    id = models.BigAutoField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="suspensions")
    valid_from = models.DateField("暂扣日期")
    valid_until = models.DateField("暂扣至", null=True)
    reason = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = "证件暂扣"
        constraints = [
            models.CheckConstraint(name="suspension_ends_after_start", condition=_ENDS_AFTER_START),
            ExclusionConstraint(
                name="suspended_once_at_a_time",
                expressions=[
                    (F("certificate"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [_kept(), _frozen_but("valid_until")]


class ReviewerQualification(models.Model):
    """What entitles a person to review penalties (法制审核人员资格): APL art. 58(2)."""

    person_id = models.UUIDField("人员", primary_key=True)
    number = models.CharField("法律职业资格证书号", max_length=40, default="")
    since = models.DateField("取得日期", null=True)
    first_review_on = models.DateField("首次从事审核日期", null=True)

    class Meta:
        verbose_name = "审核人员资格"
        constraints = [
            models.CheckConstraint(
                name="qualification_number_with_date",
                condition=Q(number="", since=None) | ~Q(number="") & Q(since__isnull=False),
            )
        ]
        triggers = [_kept()]


class PowerItem(models.Model):
    """One power of a body (行政权力事项) in one version; R-18."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="items")
    code = models.CharField("事项编码", max_length=60)
    name = models.CharField("事项名称", max_length=500)
    act_type = models.CharField("执法行为种类", max_length=30)
    scope = models.TextField("执法范围", default="")
    content = models.TextField("执法内容", default="")
    procedure = models.TextField("执法程序", default="")
    supervision = models.TextField("监督方式", default="")
    bases = models.JSONField("依据", default=list)
    time_limit = models.CharField("办理时限", max_length=200, default="")
    fee = models.CharField("收费", max_length=200, default="")
    state = models.CharField("状态", max_length=20, default=ItemState.DRAFT.value)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("停止日期", null=True)
    defined_by = models.UUIDField("起草人")
    submitted_by = models.UUIDField("报送人", null=True)
    approved_by = models.UUIDField("审核人", null=True)
    approved_on = models.DateField("审核日期", null=True)
    remark = models.CharField("审核意见", max_length=500, default="")
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        verbose_name = "行政权力事项"
        indexes = [models.Index(fields=["body", "act_type", "code"])]
        constraints = [
            _one_of("act_type", ActType, "item_act_type"),
            _one_of("state", ItemState, "item_state"),
            models.CheckConstraint(name="item_ends_after_start", condition=_ENDS_AFTER_START),
            models.CheckConstraint(
                name="item_complete_when_submitted",
                condition=Q(state=ItemState.DRAFT.value)
                | ~(
                    Q(scope="")
                    | Q(content="")
                    | Q(procedure="")
                    | Q(supervision="")
                    | Q(bases=[])
                    | Q(time_limit="")
                    | Q(fee="")
                )
                & Q(submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="item_approved_by_another",
                condition=~Q(state=ItemState.APPROVED.value)
                | Q(approved_by__isnull=False, approved_on__isnull=False)
                & ~Q(approved_by=F("submitted_by"))
                & ~Q(approved_by=F("defined_by")),
            ),
            ExclusionConstraint(
                name="one_approved_item_a_code",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("code"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=ItemState.APPROVED.value),
            ),
            models.UniqueConstraint(
                name="one_open_version_a_code",
                fields=["body", "code"],
                condition=~Q(state=ItemState.APPROVED.value),
            ),
        ]
        triggers = [
            _kept(),
            pgtrigger.Protect(
                name="approved_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'approved' AND to_jsonb(OLD) - 'valid_until'"
                    " IS DISTINCT FROM to_jsonb(NEW) - 'valid_until'"
                ),
            ),
        ]


class ScopeCell(models.Model):
    """Whether an agency's acts of one kind are under the three systems, by date (试点范围): R-06."""

    id = models.BigAutoField(primary_key=True)
    agency = models.CharField("机关", max_length=60)  # empty: the row for all of them
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="scope_cells")
    act_type = models.CharField("执法行为种类", max_length=30)
    coverage = models.CharField("范围", max_length=20)
    by_superior = models.BooleanField("由上级部门确定领域", default=False)  # ◇
    position = models.PositiveSmallIntegerField("行次")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "试点范围"
        constraints = [
            _one_of("act_type", ActType, "scope_act_type"),
            _one_of("coverage", Coverage, "scope_coverage"),
            models.CheckConstraint(name="scope_ends_after_start", condition=_ENDS_AFTER_START),
            ExclusionConstraint(
                name="one_scope_at_a_time",
                expressions=[
                    (F("agency"), RangeOperators.EQUAL),
                    (F("act_type"), RangeOperators.EQUAL),
                    (Spell("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [_kept(), _frozen_but("valid_until")]


class Setting(models.Model):
    """One value of a `[policy]` setting from a day on, for a body or for all (可配置的规定).

    Written once: a new value is a new row, and of two for the same day the later one holds.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField("设置", max_length=60)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="settings")
    valid_from = models.DateField("起始日期")
    value = models.JSONField("值")
    basis = models.CharField("依据", max_length=300)
    mark = models.CharField("核对情况", max_length=20)
    set_by = models.UUIDField("设置人")
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "设置"
        indexes = [models.Index(fields=["body", "key", "-valid_from"])]
        constraints = [_one_of("mark", Mark, "setting_mark")]
        triggers = [_written_once()]


class HolidayNotice(models.Model):
    """A yearly notice on days off that came after this release (节假日安排)."""

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField("年份")
    number = models.CharField("文号", max_length=60)
    title = models.CharField("标题", max_length=200)
    issued_on = models.DateField("成文日期")
    source = models.CharField("来源", max_length=300)
    holidays = models.JSONField("安排")

    class Meta:
        verbose_name = "节假日安排"
        constraints = [
            models.UniqueConstraint(fields=["year", "issued_on"], name="one_notice_a_day")
        ]
        triggers = [_written_once()]


class ImportRun(models.Model):
    """A table someone brought, what was found in it, and what became of it (导入)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField("导入人")
    kind = models.CharField("表格", max_length=20)
    body_code = models.CharField("执法主体", max_length=40, default="", blank=True)
    file_name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("文件", null=True)  # until it is written or given up
    state = models.CharField("状态", max_length=20, default=RunState.CHECKING.value)
    keep_good = models.BooleanField("只导入没有错的行", default=False)
    done_rows = models.PositiveIntegerField("已处理", default=0)
    all_rows = models.PositiveIntegerField("共", default=0)
    report = models.JSONField("结果", null=True)
    problem = models.CharField("不能读取的原因", max_length=300, default="", blank=True)
    made_at = models.DateTimeField("时间")
    ended_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "导入"
        indexes = [models.Index(fields=["person_id", "-made_at"])]
        constraints = [_one_of("state", RunState, "import_run_state")]
        triggers = [_kept()]
