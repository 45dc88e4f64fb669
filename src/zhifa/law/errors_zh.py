"""What is wrong with a value, in Chinese, and what to do about it (错误提示)."""

from zhifa.law.errors import BadValue

_WORDS = {
    "rule.not_in_force": "该规定在起算日尚未施行或者平台没有收录当时的文本，请核对起算日期",
    "calendar.out_of_range": "日期超出平台日历的范围（2008年至2200年），请核对日期",
    "term.unknown": "没有这个期限编号，请用 zhifa deadline list 查看",
    "term.unknown_field": "没有这个领域，请用 zhifa deadline list 查看可用的 --field",
    "term.unknown_variant": "该期限没有这种情形，请用 zhifa deadline list 查看可用的 --variant",
    "term.variant_needed": "该期限分几种情形，请用 --variant 指明，可用 zhifa deadline list 查看",
    "term.not_before": "该期限不是在某事之前的期限，请去掉 --before",
    "term.before_alone": "倒推期限时不能有扣除或者延长，请去掉 --stop 和 --extend",
    "term.remedy_shortened": "救济期限只能由法律改变，不得缩短",
    "start.format": "起算时间应写成 2026-02-14 或者 2026-02-14T09:30",
    "start.time_needed": "该期限按小时计算，起算时间须精确到分，例如 2026-02-14T09:30",
    "start.end_unknown": "前一期限尚未确定，无法接着起算",
    "stop.format": "扣除的时间应写成 2026-03-01:2026-03-10，未结束的写成 2026-03-01:",
    "stop.ends_before_it_begins": "扣除的时间止于起始之前，请核对两个日期",
    "stop.not_allowed": "该期限没有可以扣除的情形；部门程序规定允许的，请用 --field 指明领域",
    "stop.wrong_kind": "该期限不能因这种情形扣除",
    "extension.format": "延长的长度应是正整数，例如 --extend 30",
    "extension.nothing": "延长的长度应大于零",
    "extension.not_allowed": "该期限不能延长；部门程序规定允许的，请用 --field 指明领域",
    "extension.too_many": "延长的次数超过规定",
    "extension.too_long": "延长的长度超过规定的上限",
    "extension.wrong_approver": "批准人不符合规定",
    "extension.too_late": "延长须在期限届满前批准",
    "amount.negative": "金额、天数不能为负",
    "amount.too_large": "金额过大",
    "amount.format": "金额应写成 5,000.00 或者 5000，最多两位小数",
    "uscc.old_registration_number": "这是旧的注册号，不是统一社会信用代码，请填写18位代码",
    "uscc.length": "统一社会信用代码应为18位",
    "uscc.letter_case": "统一社会信用代码的字母应为大写，也可能是数字误写成了字母",
    "uscc.character": "统一社会信用代码有不允许的字符（不用字母I、O、S、V、Z）",
    "uscc.region": "统一社会信用代码第3至8位（登记管理机关行政区划码）应为数字",
    "uscc.subject_code": "统一社会信用代码中的组织机构代码校验不符，请核对第9至17位",
    "uscc.check_digit": "统一社会信用代码校验不符，请逐位核对",
    "id.length": "公民身份号码应为18位",
    "id.letter_case": "公民身份号码末位的X应为大写",
    "id.character": "公民身份号码有不允许的字符",
    "id.birth_date": "公民身份号码中的出生日期不存在，请核对第7至14位",
    "id.birth_after_today": "公民身份号码中的出生日期在今天之后，请核对第7至14位",
    "id.check_digit": "公民身份号码校验不符，请逐位核对",
    "division.length": "行政区划代码应为6位、9位或者12位",
    "division.character": "行政区划代码只能是数字",
    "division.province": "行政区划代码的前两位不是省级代码",
    "name.empty": "名称不能为空",
    "name.too_long": "名称过长，超过允许的字数",
    "name.surrogate": "名称中有残缺的字符，请重新输入",
    "name.control": "名称中有看不见的控制字符，请重新输入",
    "name.private_use": "名称中有自造字，请改用标准汉字",
    "name.edge_space": "名称首尾不能有空格",
    "name.no_letter": "名称中至少要有一个文字",
}
CODES = frozenset(_WORDS)


def error_words(error: BadValue) -> str:
    """Return what is wrong and what to do; in brackets what is meant, if the error names it."""
    text = _WORDS[error.code]
    return f"{text}（{error.about}）" if error.about else text
