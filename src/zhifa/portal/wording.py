"""Codes become words here (公示用语): what pages show, and why a package was refused."""

from datetime import date, datetime

from zhifa.clock import BEIJING
from zhifa.law.money import yuan

WORDS: dict[str, str] = {
    # kinds of body, APL arts. 17 to 21
    "administrative_organ": "行政机关",
    "authorized_organization": "法律、法规授权的组织",
    "entrusted_organization": "受委托的组织",
    # the kinds of act
    "permit": "行政许可",
    "penalty": "行政处罚",
    "coercion": "行政强制",
    "collection": "行政征收",
    "fee": "行政收费",
    "inspection": "行政检查",
    "requisition": "行政征用",
    "benefit": "行政给付",
    "confirmation": "行政确认",
    "adjudication": "行政裁决",
    "reward": "行政奖励",
    # kinds of party
    "natural_person": "自然人",
    "legal_person": "法人",
    "unincorporated": "非法人组织",
    "individual_business": "个体工商户",
    # kinds of record
    "body": "执法主体",
    "officer": "执法人员",
    "power_item": "权责事项",
    "chart": "执法流程图",
    "decision": "行政执法决定",
    "document_receipt": "文书回执",
    "withdrawal": "撤回",
}

# Why a package was refused, for whoever sent it.
PROBLEMS: dict[str, str] = {
    "package.form": "公示包的格式不符合约定",
    "package.too_large": "公示包太大",
    "package.signature": "公示包没有可信发布者的签名，或者签名后被改动",
    "package.digest": "签名的摘要值与公示内容或者回执不一致",
    "package.not_canonical": "公示内容不是规范的 JSON 写法",
    "receipt.invalid": "回执不能由可信的日志证明",
    "receipt.other_document": "回执证明的不是这份文书",
    "receipt.fork": "同一大小的日志出现了两个不同的根，请立即联系平台管理员",
    "receipt.missing": "缺少日志回执",
    "receipt.not_wanted": "这类公示包不带回执",
    "sequence.not_newer": "已有同一序号或更新的公示包",
    "withdrawal.nothing_to_withdraw": "要撤回的内容没有公示过，或者已经撤回",
    "withdrawal.after_publication": "撤回时间晚于公示包的时间",
    "key.mismatch": "标识与内容不一致",
    "key.not_an_address": "标识不能作为网址",
    "text.control": "文字里有不能显示的字符",
    "text.identity_number": "文字里有公民身份号码",
    "body.followed_alive": "没有终止的主体不能写承继的主体",
    "body.ended_before_it_began": "主体的终止日期早于起始日期",
    "body.deed_missing": "受委托的组织缺少委托机关或委托书",
    "body.deed_of_other_kind": "不是受委托的组织，却写了委托书",
    "chart.step_numbers": "流程步骤的编号不连续",
    "chart.not_svg": "流程图不是 SVG 图形",
    "chart.document_type": "流程图带有文档类型声明",
    "chart.instruction": "流程图带有处理指令",
    "chart.element": "流程图里有不允许的元素",
    "chart.attribute": "流程图里有不允许的属性",
    "chart.address": "流程图引用了外部内容",
    "decision.served_before_decided": "送达日期早于决定日期",
    "decision.published_until_too_early": "公示截止日早于送达日期",
    "decision.review_missing": "重大决定缺少法制审核记录",
    "decision.review_after_decision": "法制审核晚于决定",
    "files.not_those_named": "随附文件与签名内容里写明的不一致",
    "file.size": "文件大小不一致",
    "file.digest": "文件摘要值不一致",
    "file.not_pdf": "文件不是 PDF",
    "uscc.length": "统一社会信用代码不是 18 位",
    "uscc.letter_case": "统一社会信用代码里有小写字母",
    "uscc.character": "统一社会信用代码里有不该有的字符",
    "uscc.region": "统一社会信用代码的行政区划部分不对",
    "uscc.subject_code": "统一社会信用代码的主体识别码不对",
    "uscc.check_digit": "统一社会信用代码的校验码不对",
    "uscc.old_registration_number": "这是旧的注册号，不是统一社会信用代码",
}


def words(code: str) -> str:
    """Return a code of a published content as words. Raises KeyError for an unknown one."""
    return WORDS[code]


def day(value: date | datetime | None) -> str:
    """Return a date as tables show it, Beijing time: 2026-11-23."""
    if value is None:
        return ""
    local = value.astimezone(BEIJING) if isinstance(value, datetime) else value
    return local.strftime("%Y-%m-%d")


def minute(value: datetime | None) -> str:
    """Return an instant as Beijing time: 2026-11-23 14:05."""
    return "" if value is None else value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def money(fen: int) -> str:
    """Return fen as 5,000.00 元."""
    return f"{yuan(fen)} 元"
