"""The columns of each kind of table, with the names other systems give them (表格各列)."""

from zhifa.registry.sheets.tables import Column
from zhifa.registry.wording import ACT_TYPES, BODY_KINDS, FORCE_LEVELS, ROLES

BODY = Column(
    "body", "执法主体", ("主体", "执法主体名称", "所属单位", "单位", "行使主体", "pkorgName", "实施机构", "实施主体", "机关"),
    help="主体编码、统一社会信用代码或者名称；整张表属于同一主体时可以不写，导入时选择", width=26,
)  # fmt: skip

BODIES = (
    Column("code", "主体编码", ("编码",), help="不写时用统一社会信用代码", width=22),
    Column("kind", "类别", ("主体类别", "主体性质", "执法主体类别"), needed=True,
           choices=tuple(BODY_KINDS.values()), width=22),
    Column("name", "名称", ("主体名称", "执法主体名称", "单位名称", "机关名称", "主体"), needed=True,
           width=32),
    Column("short_name", "简称", ("单位简称",), help="不写时用全称"),
    Column("credit_code", "统一社会信用代码", ("社会信用代码", "信用代码", "统一信用代码"), width=22),
    Column("region_code", "行政区划代码", ("区划代码", "行政区划")),
    Column("office_word", "机关代字", ("代字",), help="用于文书字号，如 海市监"),
    Column("supervised_by", "监督机构", ("执法监督机构",), help="主体编码或者名称", width=22),
    Column("superior", "上级机关", ("上级主管部门", "主管部门"), help="主体编码或者名称", width=22),
    Column("valid_from", "成立日期", ("设立日期", "起始日期"), needed=True),
    Column("handling_units", "承办机构", ("执法机构",), help="几个之间用顿号分开", width=26),
    Column("legal_units", "法制机构", ("法制科室",), help="几个之间用顿号分开", width=18),
    Column("address", "地址", ("办公地址",), width=28),
    Column("phone", "电话", ("联系电话", "办公电话"), width=18),
    Column("hours", "办公时间", width=24),
    Column("website", "网址", width=24),
    Column("supervision_phone", "监督电话", ("投诉电话",), width=18),
    Column("supervision_address", "监督地址", width=24),
    Column("supervision_url", "网上投诉", ("网上投诉地址",), width=24),
    Column("payment_bank", "代收银行", width=20),
    Column("payment_account", "缴款账号", width=24),
    Column("payment_address", "缴款地点", width=24),
    Column("reconsideration_body", "复议机关", width=24),
    Column("court", "管辖法院", width=24),
)  # fmt: skip

OFFICERS = (
    BODY,
    Column("name", "姓名", ("人员姓名", "执法人员姓名", "执法人员"), needed=True),
    Column("login_name", "登录名", ("账号", "用户名"),
           help="小写字母、数字、点、横线；不写时用证号；已有的登录名按已有人员登记"),
    Column("unit", "内设机构", ("所在机构", "科室", "部门", "承办机构"), width=22),
    Column("roles", "职务", ("岗位", "角色"), help="几项之间用顿号分开；不写时为执法人员",
           choices=tuple(ROLES.values()), width=26),
    Column("appointed_from", "任职日期", ("任职起始日期",), help="不写时用发证日期"),
    Column("number", "证号", ("执法证号", "执法证件号", "行政执法证号", "执法证编号", "证件号码"), width=20),
    Column("fields", "执法领域", ("执法类别", "执法范围"), width=26),
    Column("issued_on", "发证日期", ("有效期起", "签发日期")),
    Column("expires_on", "有效期至", ("有效期止", "到期日期", "证件有效期")),
    Column("qualification", "法律职业资格证书号", ("法律职业资格", "资格证书号"), width=22),
    Column("qualified_on", "资格取得日期", ("取得日期",)),
)  # fmt: skip

POWER_ITEMS = (
    BODY,
    Column("code", "事项编码", ("职权编码", "权力编码", "编码", "目录编号", "catalogId", "实施编码", "项目编码"), needed=True,
           width=22),
    Column("name", "事项名称", ("职权名称", "权力名称", "标题", "title", "名称", "项目名称"), needed=True, width=40),
    Column("act_type", "执法行为种类", ("事项类型", "职权类型", "权力类型", "篇扩类别", "pkitemType", "类型", "权力类别"),
           needed=True, choices=tuple(ACT_TYPES.values()), help="也可以写两位代码，如 02"),
    Column("scope", "执法范围", ("适用范围", "pkserviceObjects"), help="对谁、在哪里", width=32),
    Column("content", "执法内容", ("行使内容", "pkexerciseContent"), width=40),
    Column("procedure", "执法程序", ("办理流程", "pkprocedures", "办理程序"), width=40),
    Column("supervision", "监督方式", ("pkmonitorWays",), width=28),
    Column("bases", "依据", ("设定依据", "实施依据", "法律依据", "执法依据", "pkbasis"), width=60,
           help=f"每条一段：【{'／'.join(FORCE_LEVELS.values())}】《名称》第几条，下一行写原文"),
    Column("time_limit", "办理时限", ("法定办结时限", "pklegalTime", "时限")),
    Column("fee", "收费情况", ("收费", "收费标准及依据", "pkChargeStandard"), help="不收费的写“不收费”", width=20),
    Column("valid_from", "施行日期", ("生效日期", "实施日期"), help="不写时为导入当天"),
)  # fmt: skip

HOLIDAYS = (
    Column("year", "年份", ("年度",), needed=True, width=8),
    Column("number", "文号", ("发文字号",), needed=True, width=24),
    Column("issued_on", "成文日期", ("发文日期", "印发日期"), needed=True),
    Column("title", "标题", ("通知标题",), width=40),
    Column("source", "来源", ("网址", "公布网址"), needed=True, help="通知公布的网址或者出处", width=50),
    Column("name", "节日", ("节假日", "名称"), needed=True),
    Column("first", "放假起", ("放假第一天", "开始日期", "放假开始"), needed=True),
    Column("last", "放假止", ("放假最后一天", "结束日期", "放假结束"), needed=True),
    Column("make_up", "调休上班", ("上班日", "补班", "调休上班日"), help="几天之间用顿号分开", width=26),
)  # fmt: skip
