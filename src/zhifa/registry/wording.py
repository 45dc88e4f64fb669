"""Codes of this room in Chinese (登记用语), and what to do about each."""

from zhifa.accounts.wording import WORDS as ACCOUNT_WORDS
from zhifa.law.errors import BadValue
from zhifa.law.errors_zh import CODES, error_words
from zhifa.law.money import yuan
from zhifa.law.terms import FIELDS
from zhifa.procedures.wording import KINDS
from zhifa.registry.policy import Value
from zhifa.registry.rules import (
    ActType,
    BodyKind,
    Coverage,
    ForceLevel,
    ItemState,
    Mark,
    Role,
    SuccessionKind,
    UnitKind,
)
from zhifa.registry.sheets.wording import WORDS as SHEET_WORDS

BODY_KINDS: dict[BodyKind, str] = {
    BodyKind.ADMINISTRATIVE_ORGAN: "行政机关",
    BodyKind.AUTHORIZED_ORGANIZATION: "法律、法规授权的组织",
    BodyKind.ENTRUSTED_ORGANIZATION: "受委托组织",
    BodyKind.SUPERVISION_BODY: "行政执法监督机构",
}

UNIT_KINDS: dict[UnitKind, str] = {UnitKind.HANDLING: "承办机构", UnitKind.LEGAL: "法制机构"}

SUCCESSIONS: dict[SuccessionKind, str] = {
    SuccessionKind.MERGE: "合并",
    SuccessionKind.SPLIT: "分立",
    SuccessionKind.RENAME: "更名",
    SuccessionKind.REGION_CODE: "行政区划变更",
}

ROLES: dict[Role, str] = {
    Role.CASE_HANDLER: "执法人员",
    Role.HANDLING_UNIT_HEAD: "承办机构负责人",
    Role.AGENCY_HEAD: "机关负责人",
    Role.CASE_REVIEWER: "案件审核人员",
    Role.HEARING_HOST: "听证主持人",
    Role.HEARING_CLERK: "听证记录员",
    Role.LEGAL_REVIEWER: "法制审核人员",
    Role.DISCLOSURE_EDITOR: "公示编辑",
    Role.DISCLOSURE_REVIEWER: "公示审核",
    Role.DISCLOSURE_PUBLISHER: "公示发布",
    Role.ARCHIVIST: "档案管理员",
    Role.SUPERVISOR: "执法监督人员",
    Role.LEADER: "领导",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
}

ACT_TYPES: dict[ActType, str] = {
    ActType.PERMIT: "行政许可",
    ActType.PENALTY: "行政处罚",
    ActType.COERCION: "行政强制",
    ActType.COLLECTION: "行政征收",
    ActType.FEE: "行政收费",
    ActType.INSPECTION: "行政检查",
    ActType.REQUISITION: "行政征用",
    ActType.BENEFIT: "行政给付",
    ActType.CONFIRMATION: "行政确认",
    ActType.ADJUDICATION: "行政裁决",
    ActType.REWARD: "行政奖励",
}

FORCE_LEVELS: dict[ForceLevel, str] = {
    ForceLevel.LAW: "法律",
    ForceLevel.ADMINISTRATIVE_REGULATION: "行政法规",
    ForceLevel.LOCAL_REGULATION: "地方性法规",
    ForceLevel.DEPARTMENT_RULE: "部门规章",
    ForceLevel.LOCAL_RULE: "地方政府规章",
    ForceLevel.NORMATIVE_DOCUMENT: "规范性文件",
}

ITEM_STATES: dict[ItemState, str] = {
    ItemState.DRAFT: "草稿",
    ItemState.SUBMITTED: "已报送，待审核",
    ItemState.APPROVED: "审核通过",
}

COVERAGES: dict[Coverage, str] = {
    Coverage.REQUIRED: "全面开展",
    Coverage.CONNECTED: "与行政处罚相关联的部分开展",
    Coverage.NONE: "未列入",
}

MARKS: dict[Mark, str] = {
    Mark.POLICY: "本地自定",
    Mark.UNVERIFIED: "依据原文待核对",
    Mark.VERIFIED: "已核对原文",
}

SETTINGS: dict[str, str] = {
    "penalty.field": "适用的部门程序规定",
    "penalty.review_first": "先法制审核、后告知",
    "penalty.discuss_major": "重大案件须集体讨论",
    "penalty.hearing_person_fen": "听证标准：公民罚款金额",
    "penalty.hearing_organisation_fen": "听证标准：法人和其他组织罚款金额",
    "penalty.major_kinds": "属于重大处罚的种类",
    "penalty.major_person_fen": "重大处罚标准：公民罚款金额",
    "penalty.major_organisation_fen": "重大处罚标准：法人和其他组织罚款金额",
}

# What the journal keeps about the registry, as what happened.
ENTRIES: dict[str, str] = {
    "body.registered": "登记主体",
    "body.contact_changed": "修改主体的联系方式",
    "body.capacity_confirmed": "确认主体资格",
    "body.succeeded": "登记主体变更",
    "body.unit_added": "登记内设机构",
    "body.unit_ended": "终止内设机构",
    "body.deed_added": "登记委托书",
    "body.deed_published": "公布委托书",
    "body.deed_ended": "终止委托",
    "officer.appointed": "登记任职",
    "officer.appointment_ended": "免去职务",
    "officer.certificate_issued": "登记执法证件",
    "officer.certificate_suspended": "暂扣执法证件",
    "officer.suspension_lifted": "解除暂扣",
    "officer.certificate_revoked": "注销执法证件",
    "officer.qualification_recorded": "登记法制审核人员资格",
    "item.defined": "编写权力事项",
    "item.submitted": "报送权力事项",
    "item.returned": "退回权力事项",
    "item.approved": "批准权力事项",
    "item.ended": "终止权力事项",
    "item.carried_over": "权力事项转入承继的主体",
    "setting.chosen": "选择设置",
    "setting.scope_matrix_set": "设定试点范围",
    "setting.holidays_added": "登记放假通知",
}

NO_FIELD = "没有（只按行政处罚法）"


def setting_words(value: Value) -> str:
    """Return a setting's value in words."""
    match value:
        case bool():
            return "是" if value else "否"
        case int():
            return f"{yuan(value)} 元"
        case tuple():
            names = {str(kind): text for kind, text in KINDS.items()}
            return "、".join(names[one] for one in value)
        case _:
            return FIELDS.get(value, NO_FIELD)


ITEM_COLUMNS: dict[str, str] = {
    "scope": "执法范围",
    "content": "执法内容",
    "procedure": "执法程序",
    "supervision": "监督方式",
    "bases": "依据",
    "bases_incomplete": "依据的名称、条款和原文",
    "time_limit": "办理时限",
    "fee": "收费情况",
}

_IMPORT_WORDS = {
    "import.body_unknown": "没有这个执法主体，请填写主体编码、统一社会信用代码或者全称，先导入主体再导入本表",
    "import.body_ambiguous": "有几个执法主体叫这个名字，请填写主体编码",
    "import.body_missing": "没有写明执法主体，请增加“执法主体”列，或者导入时选择主体",
    "import.twice_in_file": "与本表前面的行重复",
    "import.exists_otherwise": "平台上已有这一条，内容不同；请到页面上修改，或者改正本行",
    "import.same": "与平台上的内容相同，不必导入",
    "import.draft_anew": "平台上的草稿将按本行改写，改动的列",
    "import.new_version": "已审核的事项保持不变，本行作为新版本的草稿，改动的列",
    "import.item_waits": "这一事项已报送待审核，不能用表格改写",
    "import.item_approved": "这一事项已审核通过；要改动，请在“施行日期”填写新的日期，作为新版本导入",
    "import.draft": "缺少必填内容，导入为草稿，补齐后才能报送",
    "import.needed_of": "填了证号就要同时填写这一项",
    "import.person_matched": "登录名已有，按已有人员登记",
    "import.person_other_name": "这个登录名已经属于另一个姓名的人，请核对",
    "import.person_made": "新建登录账号；请在人员页面重置密码后交给本人",
    "import.refers_in_circle": "监督机构、上级机关互相指向，请核对",
    "import.end_before_start": "终止日期早于起始日期",
    "import.unit_unknown": "该主体没有这个内设机构，请先在主体中登记",
    "import.unit_needed": "承办机构负责人要写明是哪个机构的负责人",
    "import.certificate_elsewhere": "这个证号已经登记在别人名下",
    "import.bases_unread": "依据没有写成“《名称》第几条”，请逐条补上名称、条款和原文",
    "import.act_type_other": "这个种类不是行政执法行为（如公共服务、其他权力），不在本清单登记",
    "import.holiday_order": "放假的起止日期颠倒",
    "import.holiday_year": "日期与年份不符",
    "import.make_up_weekday": "调休上班的日子应是星期六或者星期日",
    "import.make_up_off": "这一天既放假又上班",
    "import.notice_differs": "同一年份的文号、标题、成文日期或者来源前后不一致",
    "import.notice_known": "这份通知平台已有",
    "import.notice_has_bad_rows": "同一份通知的其他行有问题，整份通知不能导入",
    "import.not_found": "所指的主体、机构或者人员不存在，或者您无权登记",
    "import.not_waiting": "这次导入已经确认、放弃或者正在处理",
    "import.has_bad_rows": "有错的行没有改正，不能全部导入；可以只导入没有错的行",
    "import.kind_unknown": "没有这种表格",
}

_SERVICE_WORDS = {
    "reason.missing": "请写明理由或者依据",
    "edit.outdated": "在您打开之后，别人已经改过这里的内容，请看过最新的内容再办",
    "spell.end": "终止日期早于起始日期，请核对",
    "spell.ended_already": "已经终止，或者已经登记在这一天或者更早的日期终止，不能再次办理",
    "contact.too_long": "内容过长，请改短",
    "body.office_word": "机关代字不超过20个字，不能有空格，如 海市监",
    "body.code": "主体编码由字母、数字、点、横线组成，不超过40个字符，以字母或数字开头",
    "body.code_taken": "主体编码已被使用，请换一个",
    "body.credit_code_taken": "同一时期已有主体使用这个统一社会信用代码",
    "body.office_word_taken": "同一时期已有主体使用这个机关代字，文号会重复，请换一个",
    "capacity.entrusted": "受委托组织以委托机关的名义执法，不确认主体资格",
    "capacity.before_body": "确认日期早于主体成立日期",
    "capacity.published_before_confirmed": "公告日期早于确认日期",
    "capacity.confirmed_already": "主体资格已经确认",
    "succession.shape": "合并是几个主体并成一个，分立是一个主体分成几个，更名和区划变更只有一个主体",
    "succession.known": "这两个主体的承继关系已经登记",
    "succession.before_body": "承继日期不晚于原主体的成立日期，请核对日期",
    "succession.ended": "这个主体在承继日期以前已经终止，不能再合并、分立，请核对主体和日期",
    "succession.successor_later": "承继的主体在承继日期还没有成立，请核对日期，或者改正它的成立日期",
    "succession.oversees": "原主体下面还有受它监督、领导的机关；承继的主体中要有且只有一个行政执法监督机构来接管",
    "succession.above_changed": "更名和变更区划代码不改变监督机构和上级机关",
    "succession.itself": "承继的主体不能同时是被合并、被分立的主体；吸收合并时只勾选被并入的主体",
    "unit.name_taken": "该主体同一时期已有同名的内设机构",
    "unit.missing": "承办机构负责人要写明是哪个机构的负责人",
    "unit.other_body": "这个内设机构不属于该主体",
    "deed.matters_missing": "委托书要载明委托事项",
    "deed.scope_missing": "委托书要载明委托权限",
    "deed.ends_before_it_begins": "委托期限的终止日期早于起始日期",
    "deed.entrusted_further": "受委托组织不得再委托",
    "deed.not_an_entrusted_organization": "只能委托给登记为受委托组织的单位",
    "deed.published_already": "委托书已经公布",
    "body.ended": "这个主体已经终止（名称和最后一日见括号内），不能再任职、发证，请填承继它的主体",
    "appointment.overlaps": "该人员在这个主体已有相同的职务，任期重叠",
    "appointment.three_administrators": "系统、安全、审计三个管理员须由三个人分别担任",
    "certificate.number": "请填写证号，不超过40个字符",
    "certificate.fields": "请写明执法领域",
    "certificate.number_taken": "这个证号同一时期已经登记在别的证件上",
    "certificate.overlaps": "该人员在这个主体已有有效的证件，请用换证",
    "certificate.suspended_already": "证件在这段时间已经暂扣",
    "qualification.incomplete": "法律职业资格的证书号和取得日期要同时填写，证书号不超过40个字符",
    "item.code": "请填写事项编码",
    "item.name": "请填写事项名称",
    "item.too_long": "内容过长，请改短",
    "item.submitted_already": "这个事项已经报送，正在等待审核，退回后才能修改",
    "item.not_a_draft": "只有草稿可以报送",
    "item.not_submitted": "这个事项没有报送，或者已经审核",
    "item.not_approved": "这个事项没有审核通过",
    "item.overlaps": "同一编码的事项在这段时间已有审核通过的版本，请核对施行日期",
    "item.open_version": "这个编码已有一个没有审核的版本，请在权力事项列表里打开它修改",
    **{f"item.{column}_missing": f"{name}没有填写" for column, name in ITEM_COLUMNS.items()},
    "setting.unknown": "没有这个设置",
    "setting.value": "设置的值不在允许的范围内",
    "setting.loosens_law": "这个值放宽了法律的要求，不能设置",
    "setting.looser_than_city": "本机关的设置只能比全市统一的设置更严",
    "scope.overlaps": "这一天起的实施范围已经登记；要改正，请勾选“改正”",
    "scope.empty": "请至少填写一行",
    "scope.twice": "同一个机关写了两行，请合并",
    "holidays.known": "这份通知已经登记",
    "holidays.incomplete": "请填写文号、来源和放假安排",
    "holidays.spell": "放假的起止日期颠倒或者过长",
    "holidays.other_year": "日期不在通知的年份",
    "holidays.make_up": "调休上班的日子应是不放假的星期六或者星期日",
}

_ROLE_WORDS = {role.value: text for role, text in ROLES.items()}
WORDS: dict[str, str] = SHEET_WORDS | _IMPORT_WORDS | _SERVICE_WORDS | _ROLE_WORDS


# What a person may not do, where a report or a form says it; pages say it by `denied_words`.
_DENIED = {
    "role.missing": "这要由有相应职务的人登记，您没有这项职务",
    "own_work": "不能登记自己的任职、证件和资格，也不能审核自己起草的事项",
}


def words(code: str, about: str = "") -> str:
    """Return what a code says and what to do; in brackets what is meant."""
    if code in _DENIED:
        return _DENIED[code]
    if code in WORDS:
        return f"{WORDS[code]}（{about}）" if about else WORDS[code]
    if code in ACCOUNT_WORDS:
        return f"{ACCOUNT_WORDS[code]}（{about}）" if about else ACCOUNT_WORDS[code]
    if code in CODES:
        return error_words(BadValue(code, about))
    return f"不符合规定（{code}）"
