"""Codes of procedures in Chinese (程序用语): states, steps, roles, and what to do when a rule says no."""

from collections.abc import Mapping
from types import MappingProxyType

from zhifa.law.citations import Article
from zhifa.law.errors import Violation
from zhifa.procedures.values import GateQuestion, Outcome, PenaltyKind, ReviewContent

STATES: Mapping[str, str] = MappingProxyType(
    {
        "clue": "案源已登记",
        "verified": "已核查",
        "not_filed": "不予立案",
        "filed": "已立案",
        "investigating": "调查中",
        "suspended": "中止调查",
        "terminated": "终止调查",
        "transferred": "已移送",
        "investigated": "调查终结",
        "case_reviewed": "案件审核通过",
        "noticed": "已事先告知",
        "hearing": "听证中",
        "heard": "听证结束",
        "in_review": "法制审核中",
        "reviewed": "法制审核完成",
        "discussed": "已集体讨论",
        "decided": "已作出决定",
        "served": "已送达",
        "performing": "履行中",
        "closed": "已结案",
        "archived": "已归档",
    }
)

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "register_clue": "登记案源",
        "verify": "核查",
        "file": "批准立案",
        "refuse_filing": "不予立案",
        "investigate": "开始调查",
        "inspect_on_site": "现场检查",
        "interview": "询问",
        "collect_evidence": "收集证据",
        "register_preservation": "先行登记保存",
        "dispose_preservation": "处理登记保存的证据",
        "send_for_testing": "送检测、检验、检疫、鉴定",
        "receive_result": "收到检测、鉴定结果",
        "suspend": "中止调查",
        "resume": "恢复调查",
        "terminate": "终止调查",
        "answer_gate": "回答是否属于重大决定",
        "report": "提交调查终结报告",
        "revise_draft": "修改拟处理意见",
        "pass_case_review": "案件审核通过",
        "return_case_review": "案件审核退回",
        "notify": "送达事先告知书",
        "renotify": "重新告知",
        "record_defence": "记录陈述申辩并复核",
        "waive_defence": "记录放弃陈述申辩",
        "request_hearing": "登记听证申请",
        "appoint_host": "指定听证主持人",
        "hand_papers_to_host": "向主持人移交材料",
        "fix_hearing_day": "确定听证时间、地点",
        "notify_hearing": "送达听证通知书",
        "announce_hearing": "发布听证公告",
        "open_hearing": "听证开始",
        "close_hearing": "听证结束",
        "report_hearing": "提交听证报告",
        "end_hearing": "终止听证",
        "submit_review": "送法制审核",
        "give_opinion": "出具法制审核意见",
        "reinvestigate": "退回补充调查",
        "discuss": "集体讨论",
        "decide": "作出决定",
        "publish_service_notice": "发布送达公告",
        "serve": "送达决定书",
        "record_publication": "登记公示",
        "record_withholding": "登记不予公示",
        "record_withdrawal": "登记撤回公示",
        "record_payment": "登记缴款",
        "perform": "登记履行情况",
        "grant_instalments": "批准暂缓或者分期缴纳",
        "record_reconsideration": "登记行政复议",
        "record_suit": "登记行政诉讼",
        "record_decision_change": "登记决定变更、撤销",
        "hand_over": "移送",
        "return_from_transfer": "移送退回，继续调查",
        "extend_term": "批准延长期限",
        "reassign": "变更承办人",
        "decide_recusal": "决定回避",
        "link_case": "登记关联案件",
        "ask_correction": "申请更正录入错误",
        "correct": "批准更正录入错误",
        "refuse_correction": "不同意更正",
        "close": "批准结案",
        "archive": "归档",
    }
)

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "case_handler": "承办人",
        "handling_unit_head": "承办机构负责人",
        "agency_head": "机关负责人",
        "case_reviewer": "案件审核人员",
        "legal_reviewer": "法制审核人员",
        "hearing_host": "听证主持人",
        "disclosure_reviewer": "公示信息审核员",
        "disclosure_publisher": "公示信息发布员",
        "archivist": "档案管理员",
    }
)

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PENALTY: "行政处罚",
        Outcome.NO_PENALTY_MINOR: "不予处罚（轻微并及时改正）",
        Outcome.NO_PENALTY_FIRST: "不予处罚（首次违法、后果轻微并及时改正）",
        Outcome.NO_PENALTY_NO_FAULT: "不予处罚（没有主观过错）",
        Outcome.NO_PENALTY_NOT_RESPONSIBLE: "不予处罚（不承担责任）",
        Outcome.NO_PENALTY_TIME_BARRED: "不予处罚（超过时效）",
        Outcome.NO_VIOLATION: "违法事实不成立",
    }
)

KINDS: Mapping[PenaltyKind, str] = MappingProxyType(
    {
        PenaltyKind.WARNING: "警告",
        PenaltyKind.PUBLIC_CRITICISM: "通报批评",
        PenaltyKind.FINE: "罚款",
        PenaltyKind.CONFISCATE_ILLEGAL_GAINS: "没收违法所得",
        PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY: "没收非法财物",
        PenaltyKind.SUSPEND_LICENCE: "暂扣许可证件",
        PenaltyKind.LOWER_QUALIFICATION: "降低资质等级",
        PenaltyKind.REVOKE_LICENCE: "吊销许可证件",
        PenaltyKind.RESTRICT_BUSINESS: "限制开展生产经营活动",
        PenaltyKind.ORDER_SUSPENSION: "责令停产停业",
        PenaltyKind.ORDER_CLOSURE: "责令关闭",
        PenaltyKind.RESTRICT_EMPLOYMENT: "限制从业",
        PenaltyKind.ADMINISTRATIVE_DETENTION: "行政拘留",
        PenaltyKind.OTHER: "其他行政处罚",
    }
)

QUESTIONS: Mapping[GateQuestion, str] = MappingProxyType(
    {
        GateQuestion.PUBLIC_INTEREST: "是否涉及重大公共利益",
        GateQuestion.COMPLEX: "是否疑难复杂、涉及多个法律关系",
    }
)

REVIEW_CONTENTS: Mapping[ReviewContent, str] = MappingProxyType(
    {
        ReviewContent.SUBJECT: "执法主体合法，执法人员具备执法资格",
        ReviewContent.PROCEDURE: "执法程序合法",
        ReviewContent.FACTS: "案件事实清楚，证据合法充分",
        ReviewContent.LAW: "适用法律、法规、规章准确，裁量基准运用适当",
        ReviewContent.POWER: "没有超越本机关法定权限",
        ReviewContent.DOCUMENTS: "执法文书完备、规范",
        ReviewContent.CRIME: "违法行为不涉嫌犯罪，无需移送司法机关",
    }
)

# What is wrong and what to do next; {about} is whom or what it concerns.
VIOLATIONS: Mapping[str, str] = MappingProxyType(
    {
        # people
        "role.missing": "这一步由{about}办理，您在本机关没有这个岗位",
        "handler.is_reviewer": "审核过本案的人不能承办本案，请指定其他执法人员",
        "handler.is_host": "本案的听证主持人、记录员不能承办本案，请指定其他执法人员",
        "handler.not_assigned": "您不是本案承办人，请由承办人办理，或者先变更承办人",
        "approval.own_work": "不能审批自己经办、起草或者送审的案件，请由其他负责人审批",
        "actor.recused": "您已在本案中回避，不能再参与办理",
        "officer.certificate_invalid": "执法人员{about}的执法证件在当日无效，请更换承办人",
        "officers.none": "没有持有效执法证件的承办人，请另行指派",
        "officer.recused": "{about}已在本案中回避，请另行指派",
        "officers.too_few": "持有效证件的执法人员不足两人，请指派至少两名承办人",
        "body.without_capacity": "本机关在当日没有执法主体资格，不能实施处罚",
        "power_item.not_in_force": "本案的权力事项在当日没有生效，请核对权力清单",
        "certificate.not_shown": "没有出示执法证件，当事人有权拒绝；请先出示并记录",
        "rights.not_told": "还没有告知当事人权利，请在首次接触时告知并记录",
        "reviewer.is_handler": "审核人员不能是本案的承办人，请由其他人员审核",
        "reviewer.not_qualified": "初次从事处罚法制审核的人员须取得国家统一法律职业资格，请由有资格的人员审核",
        # dates
        "step.not_in_state": "案件现在的环节不能办理这一步（{about}）",
        "step.in_future": "日期不能晚于今天（{about}）",
        "step.before_previous": "日期不能早于它所承接的一步（{about}），请核对日期",
        # clue and filing
        "clue.discovered_later": "发现或者收到线索的日期不能晚于登记日期",
        "clue.offence_ends_later": "违法行为终了日期不能晚于登记日期；违法行为还没有终了的，请留空",
        "party.unknown": "还没有登记当事人，请先查明当事人",
        "party.entered_twice": "同一当事人登记了两次，请删除重复的一条",
        "party.not_of_this_case": "所选的人不是本案当事人，请重新选择",
        "party.guardian_unknown": "{about}未满十八周岁，还没有登记监护人，请先更正当事人信息",
        "party.under_fourteen": "{about}行为时未满十四周岁，依法不予处罚，请修改拟处理意见",
        "filing.no_facts": "核查没有发现涉嫌违法的事实，不能立案",
        "limitation.over": "违法行为已超过追究时效，不得给予处罚",
        "transfer.incomplete": "请写明移送给哪个机关以及理由",
        "reason.missing": "请写明理由",
        # investigation
        "preservation.none_open": "没有待处理的先行登记保存",
        "preservation.still_open": "先行登记保存的证据还没有处理，请先作出处理决定",
        "testing.none_open": "没有正在进行的检测、检验、检疫或者鉴定",
        "testing.still_open": "检测、鉴定结果还没有收到，请等结果收到后再终结调查",
        "evidence.none": "还没有收集证据，请先收集证据",
        "monitor.not_audited": "监控设备没有经过法制和技术审核，记录不能作为证据，请先审核",
        "monitor.place_not_published": "监控设备的设置地点没有向社会公布，请先公布",
        "monitor.record_not_audited": "监控记录的内容没有经过审核，不能作为证据，请先审核",
        "monitor.party_not_told": "请写明怎样及时告知当事人、怎样供其查询和陈述申辩",
        "investigation.nothing_recorded": "还没有现场检查或者询问的记录，请先补充",
        "investigation.no_inspection": "本机关要求先做现场检查，请先完成现场检查",
        "investigation.no_interview": "本机关要求先做询问，请先完成询问",
        "gate.unanswered": "还没有回答“{about}”，请先回答并写明理由",
        "gate.yes_turned_back": "已经认定属于重大决定，不能改回",
        # proposal
        "draft.facts_missing": "拟处理意见还没有写明违法事实",
        "draft.evidence_missing": "拟处理意见还没有列明证据",
        "draft.reasons_missing": "拟处理意见还没有写明理由",
        "draft.violated_missing": "拟处理意见还没有写明违反的条款",
        "draft.basis_missing": "拟处理意见还没有写明处罚依据",
        "draft.penalties_missing": "拟处理意见还没有写明处罚种类和数额",
        "draft.discretion_missing": "拟处理意见还没有写明裁量理由",
        "draft.penalties_without_penalty": "不予处罚的意见不能列出处罚内容，请删除或者改为给予处罚",
        "draft.penalty_of_nobody": "有一项处罚所写的当事人不是本案当事人，请重新选择",
        "draft.partly_apart": "罚款和没收违法所得要么都写明是哪个当事人的，要么都由全体当事人共同承担，请改为一致",
        "draft.party_without_penalty": "{about}没有拟作出的处罚，请写明；不予处罚或者另案处理的，请先更正当事人",
        "draft.amount_negative": "金额不能为负数",
        "draft.heavier_for_defence": "不得因当事人陈述、申辩或者要求听证而加重处罚",
        "draft.unchanged": "拟处理意见没有变化，无须修改",
        # reviews
        "case_review.major_needs_legal_review": "本案属于重大处罚，请送法制审核",
        "case_review.done_already": "这一稿已经审核通过，无须再审",
        "case_review.not_passed": "还没有通过案件审核，请先送审核人员审核",
        "review.not_major": "本案不属于重大处罚决定，不需要法制审核",
        "review.already_passed": "这一稿已经通过法制审核，无须再送",
        "review.not_passed": "还没有进行法制审核或者审核后又有改动，请先送审",
        "review.passed_something_else": "法制审核意见与拟处理意见不一致，请先按审核意见修改",
        "opinion.text_missing": "除同意外，请写明审核意见和理由",
        # notice, defence, hearing
        "notice.no_penalty_proposed": "拟处理意见不是给予处罚，不需要事先告知",
        "notice.not_given": "还没有向当事人送达事先告知书，请先告知",
        "notice.outdated": "事实、依据或者处罚有变化，请重新告知当事人",
        "notice.given_already": "已经告知该当事人，且内容没有变化，无须重新告知",
        "defence.period_running": "{about}的陈述申辩期限还没有届满，请等期满或者记录其明示放弃",
        "hearing.period_running": "{about}要求听证的期限还没有届满，请等期满",
        "hearing.not_over": "当事人要求听证，听证还没有完成，请先办结听证",
        "hearing.no_right": "拟作出的处罚不属于可以要求听证的情形",
        "hearing.requested_already": "该当事人已经要求听证",
        "hearing.requested_late": "要求听证的期限已于{about}届满；在期限内提出、现在补录的，办理日期请填提出申请的那一天",
        "hearing.not_requested": "没有正在办理的听证",
        "hearing.ended_already": "本案的听证已经结束，不再办理听证的环节",
        "hearing.host_is_handler": "听证主持人、记录员不能是本案承办人，请另行指定",
        "hearing.host_recused": "指定的人员已在本案中回避，请另行指定",
        "hearing.host_is_clerk": "听证主持人和记录员不能是同一人",
        "hearing.no_host": "还没有指定听证主持人，请先指定",
        "hearing.another_host": "听证由指定的主持人主持，您不是本次听证的主持人",
        "hearing.no_day": "还没有确定听证的时间、地点，请先确定",
        "hearing.day_not_ahead": "听证日期应在今后，请另选日期",
        "hearing.notified_already": "已经通知该当事人本次听证的时间、地点",
        "hearing.not_notified": "还没有通知{about}听证的时间、地点，请先送达听证通知书",
        "hearing.notified_late": "举行听证的七个工作日前应当通知当事人，现在通知最早只能于{about}举行，请先另定听证日期",
        "hearing.too_early": "举行听证的七个工作日前应当通知当事人，最早可于{about}举行，请另定日期",
        "hearing.not_announced": "公开听证还没有发布公告，请先公告",
        "hearing.announced_late": "公开听证应提前公告，最早可于{about}举行，请另定日期",
        "hearing.another_day": "今天不是确定的听证日期，请按期举行或者另定日期",
        "hearing.reported_already": "听证报告已经提交",
        # decision
        "discussion.missing": "还没有经负责人集体讨论，或者讨论后又有改动，请先集体讨论",
        "discussion.too_few": "集体讨论至少要有两名负责人发表意见",
        "decision.by_reviewer": "审核本案的人员不能再作决定，请由其他负责人决定",
        "decision.differs_from_draft": "决定与拟处理意见不一致，请先修改拟处理意见",
        # terms
        "term.overdue": "办理期限已经届满（{about}），现在办理属于逾期，逾期将留在案件的期限记录里",
        "term.not_running": "没有正在计算的该项期限",
        "term.no_extension": "该期限依法不能（再）延长",
        "term.extension_too_long": "延长的长度不符合规定（上限{about}）",
        "term.extension_late": "延长应在期限届满前（{about}）批准",
        # service, performance, end
        "service.not_yet": "决定书还没有送达该当事人，送达后再登记",
        "service.done_already": "决定书已经送达该当事人",
        "service.no_confirmation": "电子送达须有当事人签署的确认书，请先取得或者改用其他方式",
        "service.lien_unproved": "留置送达须有见证人或者拍照、录像等记录，请补充",
        "service.not_announced": "还没有发布送达公告，请先公告",
        "service.announced_late": "公告期未满，{about}起视为送达",
        "service.announced_already": "送达公告已经发布，请等公告期满",
        "payment.nothing_due": "没有待缴的款项",
        "payment.no_amount": "缴款金额应大于零",
        "payment.incomplete": "尚未缴足，不能登记为全部缴清",
        "payment.too_much": "缴款超过应缴的数额，还应缴 {about} 元，请核对",
        "payment.too_much_added": "加处罚款不得超出罚款的数额，最多还可缴 {about} 元，请核对",
        "payment.nothing_added": "没有逾期，不产生加处罚款",
        "remedy.none_running": "没有登记过该当事人正在进行的这项复议或者诉讼，请先登记",
        "payment.deferral_too_short": "暂缓或者分期的最后期限应晚于原期限（{about}）",
        "publication.none": "没有已公示的信息可以撤回",
        "publication.done_already": "已经公示，无须重复登记",
        "publication.withheld": "已经决定不予公示",
        "closing.no_event": "还没有可以结案的情形（履行完毕、终止、移送等），暂不能结案",
        # corrections
        "correction.self_approved": "更正由申请人以外的负责人批准，自己申请的更正自己不能批准",
        "correction.no_such_step": "没有第{about}步可以更正",
        "correction.is_an_act": "“{about}”是执法行为，内容不能更正，只能更正日期；内容有误请重新作出",
        "correction.nothing_changed": "更正前后没有变化",
        "correction.data_invalid": "更正后的内容不完整或者格式不对，请核对",
        "correction.breaks_the_course": "更正后，后面的“{about}”就不可能发生，请先更正后面的步骤",
        "correction.handlers_changed": "承办人不能用更正来增减，请用“变更承办人”",
        "correction.in_review": "案件正在法制审核或者已经审核通过，审核过的内容不能更正；请先修改拟处理意见，更正后重新送审",
        "correction.host_changed": "听证已经举行，主持人和记录人不能更正",
        "correction.served_another": "送达的是哪个当事人不能更正，请如实登记对该当事人的送达",
        "correction.another_file": "证据文件不能用更正替换，请另行收集",
        "correction.asked_already": "第{about}步已经有一项更正等待批准，请等负责人办理后再申请",
        "correction.waits": "第{about}步的更正还在等待批准，请负责人先办理",
        "correction.parties_decided": "决定已经作出，当事人不能用更正增减",
        "correction.none_asked": "没有等待批准的更正",
        "correction.before_previous": "更正后，后面的“{about}”就早于它所依据的步骤，请先更正后面步骤的日期",
        "correction.another_party": "{about}已经收到告知，不能更正成别人；名称有误而号码不变的可以更正，当事人认定错误的须另行立案",
        "correction.days_contradict": "更正后日期前后矛盾，请核对",
        # overlays
        "overlay.unknown_term": "没有期限{about}",
        "overlay.not_an_own_term": "期限{about}不是本机关自己的办案期限，不能缩短",
        "overlay.term_longer": "期限{about}只能缩短，不能比法定的更长",
        "overlay.unknown_action": "程序中没有“{about}”这一步",
        "overlay.unknown_rule": "没有可以附加的要求“{about}”",
        "overlay.threshold_raised": "标准只能降低，不能提高（{about}）",
        "overlay.discussion_dropped": "重大处罚的集体讨论不能取消",
        # cautions
        "party.lighter_for_minors": "{about}行为时已满十四周岁不满十八周岁，应当从轻或者减轻处罚，请核对裁量",
    }
)  # fmt: skip


# Rules of a department, and the field they bind; other bodies follow them by default ([policy]).
_FIELD_OF = {"SAMR": "samr", "SAMR_HEARING": "samr", "MARA": "mara", "MOT": "mot"}


def basis_words(basis: Article, field: str = "") -> str:
    """Return an article in words; a department's rule that does not bind this body is only followed (参照).

    field  the field rule the body is under; empty: none, or a text for every body
    """
    bound = _FIELD_OF.get(basis.act)
    return f"参照{basis.words}" if bound and bound != field else basis.words


def violation_words(violation: Violation) -> str:
    """Return what is wrong and what to do next; the article stands beside it in `basis.words`."""
    text = VIOLATIONS[violation.code]
    return text.format(about=_about(violation)) if violation.about else _without(text)


def code_words(code: str) -> str:
    """Return a code without anybody it concerns: for findings, that keep only the code."""
    return _without(VIOLATIONS[code])


def _without(text: str) -> str:
    for bracketed in ("（{about}）", "（上限{about}）", "“{about}”"):
        text = text.replace(bracketed, "")
    return text.replace("{about}", "")


def finding_words(finding: str) -> str:
    """Return what a correction showed to have been broken, in words: `facts.findings`."""
    sequence, _, code = finding.partition(":")
    return f"第{sequence}步：{code_words(code)}"


def _about(violation: Violation) -> str:
    match violation.code:
        case "role.missing":
            return "或者".join(ROLES.get(role, role) for role in violation.about.split(","))
        case "gate.unanswered":
            question, role = violation.about.split(":")
            return f"{QUESTIONS[GateQuestion(question)]}（{ROLES[role]}）"
        case "step.not_in_state":
            action, state = violation.about.split(":")
            return f"{ACTIONS[action]}：{STATES.get(state, '尚未登记')}"
        case "correction.is_an_act" | "correction.breaks_the_course" | "correction.before_previous":
            return ACTIONS.get(violation.about, violation.about)
        case _:
            return violation.about
