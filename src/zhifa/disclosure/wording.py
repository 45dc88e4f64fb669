"""Codes of disclosure in Chinese (公示用语)."""

STATES = {
    "draft": "编辑中",
    "submitted": "待承办机构负责人同意",
    "agreed": "待公示审核",
    "cleared": "待发布",
    "released": "正在送往门户",
    "published": "已公示",
    "withdrawing": "正在撤回",
    "withdrawn": "已撤回",
    "withheld": "不予公示",
}
TONES = {
    "draft": "quiet", "submitted": "info", "agreed": "info", "cleared": "info",
    "released": "warn", "published": "ok", "withdrawing": "warn", "withdrawn": "quiet",
    "withheld": "quiet",
}  # fmt: skip
ACTS = {
    "draft": "开始编辑",
    "mask": "修改隐去内容",
    "submit": "提交",
    "agree": "同意公示",
    "clear": "审核通过",
    "release": "发布",
    "return": "退回编辑",
    "withhold": "决定不予公示",
    "withdraw": "撤回公示",
    "recall": "发送前收回",
}
NOTES = {
    "submit": "提交后公开内容冻结，交承办机构负责人；有任何个人信息没有隐去都不能提交。",
    "agree": "同意后交公示审核人员。",
    "clear": "通过后交发布人员；审核保密、隐私和合法性。",
    "release": "发布后立即送往门户向社会公开，不能修改，只能撤回。",
    "return": "退回后由编辑修改，再次提交。",
    "withhold": "决定后不再公示，理由存入记录。",
}
TREATMENTS = {"publish": "公示", "anonymise": "隐去姓名后公示", "withhold": "不予公示"}
GROUNDS = {
    "state_secret": "涉及国家秘密",
    "law_forbids": "法律、行政法规禁止公开",
    "endangers_security_stability": "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
    "trade_secret": "涉及商业秘密，公开会损害第三方合法权益",
    "privacy": "涉及个人隐私，公开会损害第三方合法权益",
    "minor": "当事人是未成年人",
    "series_case": "公开会妨碍关联案件的调查",
    "internal_process": "属于内部事务信息或者过程性信息",
    "case_file_information": "属于行政执法案卷信息",
    "public_security_record": "治安管理违法记录应当封存",
    "decision_changed": "决定已被变更、撤销、确认违法或者确认无效",
    "warning_only": "只有警告，按规定不公示",
    "body_policy": "本机关的公示范围规定不公示",
    "no_social_impact": "不具有一定社会影响",
}
PARTIES = {
    "person": "自然人",
    "organisation": "法人、其他组织",
    "individual_business": "个体工商户",
}
PENALTIES = {
    "warning": "警告",
    "public_criticism": "通报批评",
    "fine": "罚款",
    "confiscate_illegal_gains": "没收违法所得",
    "confiscate_illegal_property": "没收非法财物",
    "suspend_licence": "暂扣许可证件",
    "lower_qualification": "降低资质等级",
    "revoke_licence": "吊销许可证件",
    "restrict_business": "限制开展生产经营活动",
    "order_suspension": "责令停产停业",
    "order_closure": "责令关闭",
    "restrict_employment": "限制从业",
    "administrative_detention": "行政拘留",
    "other": "其他行政处罚",
}
WITHDRAWALS = {
    "varied": "决定被依法变更",
    "revoked": "决定被依法撤销",
    "confirmed_illegal": "决定被确认违法",
    "confirmed_void": "决定被确认无效",
    "should_not_be_published": "不应当公示而公示",
    "wrong_content": "公示内容有错误",
    "credit_repaired": "已完成信用修复",
}
WHY = {
    "name": "自然人姓名",
    "third_party": "其他人姓名",
    "id_number": "公民身份号码",
    "near_id_number": "疑似公民身份号码",
    "birth_date": "出生日期",
    "address": "住址",
    "stated_address": "疑似住址",
    "phone": "电话",
    "landline": "疑似电话",
    "account": "银行账号",
    "long_number": "疑似账号",
    "email": "电子邮箱",
    "plate": "车牌号",
    "editor": "编辑隐去",
}
FIELDS = {
    "case_name": "案名",
    "party": "当事人",
    "facts": "主要事实",
    "legal_basis": "法律依据",
    "decision": "决定内容",
    "reason": "撤回原因",
    "metadata": "文件属性",
}
KINDS = {
    "body": "执法主体",
    "officer": "执法人员",
    "power_item": "权责事项",
    "chart": "流程图",
    "decision": "决定",
    "document_receipt": "文书回执",
    "withdrawal": "撤回",
}
CHANGES = {"new": "新增", "changed": "有变动", "gone": "已不在登记", "same": "与公示一致"}
# What is left to do after a body ended: of itself, and by who follows it.
LEFT_SHOWN = {
    False: "该主体已终止，门户上还有 {} 项要更新或者撤下",
    True: "从已终止的主体转来 {} 项，门户上还在原主体名下，要由本主体发布",
}
# Why the portal refuses a package, as far as the workbench can do something about it.
REFUSALS = {
    "portal.database": "门户数据库暂时连不上，系统会自动重发",
    "store.full": "门户的磁盘满了，请管理员清理后系统会自动重发",
    "package.signature": "门户不认识发布者的签名，请管理员核对密钥",
    "receipt.fork": "日志出现了两个不同的过去，请立即报告系统管理员",
    "sequence.not_newer": "门户上已有更新的一次公示",
    "withdrawal.nothing_to_withdraw": "门户上没有这项公示",
    "uscc.check_digit": "机关的统一社会信用代码不对，请先在登记中更正",
    "package.form": "登记的内容不完整，请补齐后再发布",
    "text.identity_number": "内容里有公民身份号码，门户拒收",
}
_CODES = {
    "parcel.data": "发给门户的内容与记录不一致",
    "parcel.file_damaged": "发给门户的文件被改动过",
    "parcel.file_missing": "发给门户的文件不见了",
    "publication.not_in_case": "公示的情况没有写入案件",
    "policy.names_persons": "自然人姓名不能因规定而公开，请选择隐去姓名后公示",
    "policy.basis_missing": "请写明依据的文件",
    "disclosure.no_decision": "这个案件还没有处罚决定。",
    "disclosure.not_served": "决定还没有送达全部当事人，送达生效后才能公示。",
    "disclosure.not_printed": "决定书正在生成，请稍后再试。",
    "disclosure.begun_already": "这份决定已经开始办理公示。",
    "disclosure.moved_on": "这项公示已经进入下一环节。",
    "disclosure.decision_changed": (
        "决定已被变更、撤销、确认违法或者确认无效，撤回的公示不能重新办理；"
        "如果是案件登记有误，请先在案件中更正"
    ),
    "disclosure.own_work": "自己编辑的公示内容不能由自己同意、审核或者发布，请换一人办理",
    "disclosure.reason_missing": "请写明理由",
    "disclosure.reason_too_short": "撤回要向社会公开说明理由，请写清楚（不少于五个字）",
    "disclosure.no_ground_to_withhold": "没有不予公示的法定情形；请先在编辑页勾选情形再提交",
    "disclosure.kept_without_reason": "保留疑似号码、住址要写明理由",
    "disclosure.kept_is_certain": "这是确定的个人信息，不能保留",
    "disclosure.hidden_is_absent": "要隐去的文字在决定书里没有找到，请照原文填写（至少两个字）",
    "disclosure.field_too_long": "内容太长，门户放不下",
    "disclosure.not_readable": "公开版本的文字读不出来，不能检查泄露",
}
# What verification finds (核对).
DIFFERENCES = {
    "parcel.data": "待发送的公示内容与放行时的摘要不符",
    "parcel.data_unreadable": "待发送的公示内容已被改动，读不出来",
    "parcel.file_damaged": "公示附件的内容被改动",
    "parcel.file_misnamed": "公示附件的摘要值已被改动，找不到附件",
    "parcel.file_missing": "公示附件不见了",
    "parcel.released_differs": "公示包的登记与放行时的记录不符",
    "parcel.received_differs": "公示包的送达登记与记录不符",
    "parcel.erased": "公示包的记录内容已依法删除，不能逐项核对",
    "parcel.not_journalled": "公示包没有放行的记录",
    "parcel.missing": "记录里有这个公示包，公示包表里没有",
    "publication.column": "公示的登记与记录不符",
    "publication.erased": "公示的记录内容已依法删除，不能逐项核对",
    "publication.missing": "记录里有这项公示，公示表里没有",
    "publication.not_journalled": "公示没有办理记录",
    "publication.turns": "公示办理记录表与记录不符",
    "publication.unreadable": "公示的登记已被改动，读不出来",
    "policy.differs": "公示范围的选择与记录不符",
    "publication.case_missing": "公示对应的案件不存在",
    "publication.not_in_case": "公示的状态与案件记录不符",
}
# What the journal keeps about what is published at all, as what happened.
ENTRIES: dict[str, str] = {"publication.policy_chosen": "选择公示范围"}
WORDS: dict[str, str] = {
    **_CODES,
    **DIFFERENCES,
    **{f"withhold.{code}": f"不得公示：{words}" for code, words in GROUNDS.items()},
    "withhold.decision_changed": (
        "决定已被变更、撤销、确认违法或者确认无效，原决定书不得公示；"
        "请由公示审核人员或者发布人员决定不予公示，如果是案件登记有误，请先在案件中更正"
    ),
    **{f"leak.{code}": f"公开版本里还有{words}" for code, words in WHY.items()},
}


def place(where: str) -> str:
    """Return where something was found: a field by its name, a page by its number."""
    if where.startswith("page."):
        return f"决定书第 {where.removeprefix('page.')} 页"
    return FIELDS.get(where, where)


def refusal(problem: str) -> str:
    """Return why a package did not arrive, as a sentence."""
    return "；".join(REFUSALS.get(code, f"门户拒收（{code}）") for code in problem.split(", "))
