"""One complete, invented set of values for every document type (演示数据): nobody here exists."""

from datetime import date, datetime, time
from typing import Any

from zhifa.clock import BEIJING
from zhifa.documents.rendering import Frame
from zhifa.documents.values import TYPES
from zhifa.documents.values.codes import (
    CaseReviewContent,
    ClosingKind,
    Endorser,
    Gender,
    NoPenaltyGround,
)
from zhifa.documents.values.decisions import (
    CaseTransferLetter,
    ClosingReport,
    Correction,
    CorrectionNotice,
    CriminalTransferLetter,
    Material,
    NoPenaltyDecision,
    PenaltyDecision,
    ServedDocument,
    ServiceReceipt,
)
from zhifa.documents.values.filing import (
    CaseSourceRegister,
    FilingApproval,
    FilingRefusalApproval,
    Resumption,
    Suspension,
    Termination,
)
from zhifa.documents.values.investigation import (
    CaseReviewCheck,
    CaseReviewOpinion,
    DisposedGoods,
    GateAnswer,
    Interviewee,
    InterviewRecord,
    InvestigationReport,
    LegalReviewOpinion,
    OnsiteInspectionRecord,
    PreservationDisposition,
    PreservationInventory,
    PreservationNotice,
    ReviewCheck,
)
from zhifa.documents.values.parts import (
    CaseRef,
    Contact,
    Endorsement,
    EvidenceLine,
    Goods,
    Guardian,
    Officer,
    Official,
    Party,
    Payment,
    PenaltyItem,
    Provision,
    Question,
    Remedies,
    Spell,
    Utterance,
)
from zhifa.documents.values.rights import (
    Claim,
    CollectiveDiscussionRecord,
    HearingNotice,
    HearingRecord,
    HearingReport,
    PenaltyPriorNotice,
    ReexaminationOpinion,
    StatementDefenceRecord,
    Vote,
)
from zhifa.procedures.values import (
    CaseSource,
    PartyKind,
    PenaltyKind,
    PreservationDisposal,
    ReviewContent,
    ReviewOpinion,
    ServiceMethod,
)

BODY = "海门区演示市场监督管理局"
MADE_AT = datetime(2026, 5, 8, 9, 30, tzinfo=BEIJING)

FOOD_SAFETY = "中华人民共和国食品安全法"
FORBIDDEN = Provision(
    FOOD_SAFETY, 34, item=10,
    text="禁止生产经营下列食品、食品添加剂、食品相关产品：……（十）标注虚假生产日期、保质期或者超过保质期的食品、食品添加剂；",
)  # fmt: skip
LIABILITY = Provision(FOOD_SAFETY, 124, paragraph=1, item=5)
MITIGATION = Provision("中华人民共和国行政处罚法", 32, item=1)

BUSINESS = Party(
    PartyKind.INDIVIDUAL_BUSINESS,
    "海门区演示好又鲜食品经营部",
    address="海门区演示街道文汇路18号1层",
    phone="13800000000",
    id_number="320684199001010019",
    credit_code="92320614MA00000X0A",
    representative="王䶮",
)
COMPANY = Party(
    PartyKind.ORGANISATION,
    "南通演示鲜香坊食品有限公司",
    address="海门区演示开发区演示大道1号",
    phone="0513-80000000",
    credit_code="91320614MA00000Y1B",
    representative="赵𬭎",
)
MINOR = Party(
    PartyKind.PERSON,
    "周演",
    address="海门区演示街道演示新村3幢402室",
    id_number="320684201203040021",
    gender=Gender.FEMALE,
    born_on=date(2012, 3, 4),
    guardian=Guardian("周演父", "父亲", "320684198505060035", "13900000000"),
)

CASE = CaseRef("海市监立〔2026〕37号", "涉嫌经营超过保质期的食品")
LI, QIAN = Officer("李演示", "10060320260011"), Officer("钱演示", "10060320260012")
OFFICERS = (LI, QIAN)
RECORDER = "孙演示"
HEAD = Official("吴演示", "局长")
CONTACT = Contact(LI.name, "0513-80000012", "海门区演示街道行政路2号演示办公楼305室", "226100")
FACTS = (
    "2026年3月2日，本机关执法人员在对当事人经营场所进行监督检查时，发现其货架上待售的“鲜香坊”牌酱牛肉"
    "（规格：250克/袋，生产日期：2025年11月2日，保质期：90天）共计11袋，已超过标签标示的保质期。\n"
    "经查明，当事人自2026年2月1日起销售上述食品，货值金额人民币1,286.00元，违法所得人民币312.50元。"
)
DISCRETION = (
    "当事人属于初次违法，货值金额较小，主动召回已售食品、消除危害后果，符合《中华人民共和国行政处罚法》"
    "第三十二条第一项规定的减轻行政处罚情形。参照《江苏省市场监督管理行政处罚裁量基准（演示）》，"
    "决定减轻处罚。"
)
EVIDENCE = (
    EvidenceLine("现场检查笔录", "本局制作", 3, "货架上有超过保质期的食品"),
    EvidenceLine("询问笔录（王䶮）", "本局制作", 5, "销售的起止时间、数量和价格"),
    EvidenceLine("现场照片及执法记录仪视频（光盘1张，校验值见附页）", "本局提取", 8, "现场情况"),
    EvidenceLine("进货票据复印件", "当事人提供", 4, "进货来源和价格"),
    EvidenceLine(
        "检验报告（No.SP2026-03-0127）", "演示食品检验院", 6, "标签标示的生产日期和保质期"
    ),
)
PENALTIES = (
    PenaltyItem(PenaltyKind.CONFISCATE_ILLEGAL_GAINS, 31250),
    PenaltyItem(PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY, detail="超过保质期的酱牛肉11袋"),
    PenaltyItem(PenaltyKind.FINE, 500000),
)
GOODS = (
    Goods("“鲜香坊”牌酱牛肉", "11袋", "250克/袋", COMPANY.name, "2025年11月2日", 3800, "包装完好"),
    Goods("进货台账", "1本", note="2026年1月至3月"),
)
REMEDIES = Remedies("南通市海门区人民政府", 60, "海门区人民法院（演示）", 6)
ORDERS = ("立即停止销售超过保质期的食品",)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a Beijing time of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


def spell(month: int, day: int, first: int, last: int) -> Spell:
    """Return a spell of that day, from hour to hour."""
    return Spell(at(month, day, first, 5), at(month, day, last, 40))


def endorsed(*steps: tuple[Endorser, str, str, date]) -> tuple[Endorsement, ...]:
    """Return signed boxes, and one more box to be signed."""
    return (*(Endorsement(*step) for step in steps), Endorsement(Endorser.AGENCY_HEAD))


HANDLERS_AND_HEAD = endorsed(
    (Endorser.CASE_HANDLER, "请领导审批。", "李演示、钱演示", date(2026, 3, 3)),
    (Endorser.HANDLING_UNIT_HEAD, "情况属实，同意，报局领导审批。", "郑演示", date(2026, 3, 3)),
)
HOST, CLERK = Official("冯演示", "法规科副科长"), Official("陈演示", "法规科科员")
ATTENDEES = (Official("王䶮", "当事人经营者"), Official("褚演示", "委托代理人，演示律师事务所律师"))

SAMPLES: dict[str, Any] = {
    "case_source_register": CaseSourceRegister(
        CaseSource.REPORT,
        date(2026, 2, 27),
        date(2026, 3, 1),
        "举报人反映海门区演示好又鲜食品经营部销售超过保质期的酱牛肉，并提供购物小票和照片。",
        RECORDER,
        (BUSINESS,),
        "卫演示",
        "13700000000",
        ("购物小票照片1张", "商品照片3张"),
        endorsed((Endorser.HANDLING_UNIT_HEAD, "请李演示、钱演示核查。", "郑演示", date(2026, 3, 1))),
    ),
    "filing_approval": FilingApproval(
        CASE, CaseSource.REPORT, date(2026, 3, 1), (BUSINESS,), FACTS, (FORBIDDEN,), OFFICERS,
        HANDLERS_AND_HEAD,
    ),
    "filing_refusal_approval": FilingRefusalApproval(
        "涉嫌销售超过保质期的食品",
        CaseSource.COMPLAINT,
        date(2026, 3, 5),
        (COMPANY,),
        "经现场核查，投诉人所称的食品系其家中存放后过期，当事人货架及仓库内未发现超过保质期的食品。",
        "没有证据证明有违反法律、法规、规章的行为，依据《市场监督管理行政处罚程序规定》第二十条的规定，建议不予立案。",
        HANDLERS_AND_HEAD,
        "自决定之日起五个工作日内书面告知投诉人。",
    ),
    "onsite_inspection_record": OnsiteInspectionRecord(
        "核查销售超过保质期食品的举报",
        BUSINESS,
        "海门区演示街道文汇路18号1层",
        spell(3, 2, 9, 10),
        OFFICERS,
        RECORDER,
        (Official("王䶮", "经营者"),),
        False,
        "当事人正在营业，悬挂有营业执照和食品经营许可证。\n"
        "入口右侧货架第二层陈列“鲜香坊”牌酱牛肉11袋，标示规格250克/袋，生产日期2025年11月2日，"
        "保质期90天，检查当日已超过保质期。货架标价38.00元/袋。\n"
        "执法人员对上述食品拍照，并调取收银系统自2026年2月1日起的销售记录。",
        ("“鲜香坊”牌酱牛肉11袋（先行登记保存）", "收银系统销售记录打印件4页"),
        "执法记录仪（编号DEMO-0007）全程录像，35分钟",
        "以上情况属实，没有意见。",
        "蒋演示",
    ),
    "interview_record": InterviewRecord(
        CASE, 1, spell(3, 4, 14, 15), "海门区演示市场监督管理局第一询问室",
        Interviewee(
            "王䶮", "当事人经营者", "320684199001010019", Gender.MALE, date(1990, 1, 1),
            BUSINESS.name, "经营者", "13800000000", "海门区演示街道演示路1号",
        ),
        OFFICERS, RECORDER, "看清楚了。", "听清楚了，不申请回避。",
        (
            Question("请说明你店经营“鲜香坊”牌酱牛肉的情况。", "我店2025年11月从南通演示鲜香坊食品有限公司进货40袋，进价28元，卖38元。"),
            Question("上述食品何时超过保质期？", "标签写保质期90天，2026年1月31日到期。\n到期后没有及时下架，是我疏忽了。"),
            Question("到期后卖出多少？", "收银系统里查得到，2月1日以后卖出22袋，有几袋退了。"),
            Question("你还有什么要补充？", "我已经在店门口张贴召回告示，愿意接受处理。"),
        ),
    ),
    "preservation_notice": PreservationNotice(
        CASE, BUSINESS, (FORBIDDEN,), GOODS, "当事人经营场所内单独存放", "王䶮（当事人经营者）",
        "加贴封条，冷藏保存，不得移动", date(2026, 3, 2), date(2026, 3, 11), OFFICERS,
    ),
    "preservation_inventory": PreservationInventory(
        "海市监登存〔2026〕5号", BUSINESS, "当事人经营场所内单独存放", GOODS, OFFICERS, date(2026, 3, 2)
    ),
    "preservation_disposition": PreservationDisposition(
        CASE, BUSINESS, "海市监登存〔2026〕5号", date(2026, 3, 2),
        "经调查，上述酱牛肉已超过保质期，违法事实成立；进货台账已复制并经当事人确认。",
        (
            DisposedGoods(GOODS[0], PreservationDisposal.CONFISCATE),
            DisposedGoods(GOODS[1], PreservationDisposal.RELEASE),
        ),
    ),
    "suspension": Suspension(
        CASE, date(2026, 3, 4), (BUSINESS,), FACTS,
        "本案须以生产者所在地市场监督管理部门的协查结果为依据，协查结果尚未作出。", date(2026, 3, 20),
        HANDLERS_AND_HEAD,
    ),
    "resumption": Resumption(
        CASE, date(2026, 3, 4), (BUSINESS,), date(2026, 3, 20), "等待协查结果。",
        "协查结果已于2026年3月28日收到，中止调查的原因消除。", date(2026, 3, 30), HANDLERS_AND_HEAD,
    ),
    "termination": Termination(
        CASE, date(2026, 3, 4), (MINOR,), "经调查，当事人为未满十四周岁的未成年人，无其他涉案人。",
        "涉嫌违法的公民死亡或者依法不承担责任，调查无法继续进行（演示）。", "先行登记保存的物品已返还监护人。",
        HANDLERS_AND_HEAD,
    ),
    "investigation_report": InvestigationReport(
        CASE, CaseSource.REPORT, date(2026, 3, 4), (BUSINESS,), OFFICERS,
        "本案来源于举报。2026年3月2日核查，3月4日立案，3月4日询问当事人经营者，3月2日先行登记保存证据并于3月11日作出处理决定。未采取行政强制措施。",
        FACTS, EVIDENCE, (FORBIDDEN,), (LIABILITY, MITIGATION), DISCRETION, PENALTIES,
        GateAnswer(False, "涉案数量少，已召回，未造成社会影响。"),
        GateAnswer(False, "事实清楚，只涉及一个法律关系。"),
        HANDLERS_AND_HEAD,
    ),
    "case_review_opinion": CaseReviewOpinion(
        CASE, (BUSINESS,), OFFICERS, date(2026, 4, 1),
        "没收违法所得312.50元，没收酱牛肉11袋，罚款5,000.00元。",
        tuple(CaseReviewCheck(content, True) for content in CaseReviewContent),
        ReviewOpinion.APPROVE, "事实清楚、证据充分、定性准确、适用依据正确、程序合法、处理适当。",
        endorsed((Endorser.CASE_REVIEWER, "同意案件处理意见。", "沈演示", date(2026, 4, 3))),
    ),
    "legal_review_opinion": LegalReviewOpinion(
        CASE, (BUSINESS,), "演示食品监管科", OFFICERS, date(2026, 4, 20),
        ("直接关系当事人重大权益，经过听证程序", "列入本机关重大执法决定法制审核目录"),
        "没收违法所得312.50元，没收酱牛肉11袋，罚款5,000.00元。",
        tuple(
            ReviewCheck(content, content is not ReviewContent.DOCUMENTS,
                        "送达回证缺少收到时间，已补正" if content is ReviewContent.DOCUMENTS else "")
            for content in ReviewContent
        ),
        ReviewOpinion.SUPPLEMENT_PAPERS, "事实清楚，适用法律正确；文书存在一处遗漏，请补正后重新送审。",
        "韩演示", "A20203206840001", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        (Endorsement(Endorser.LEGAL_REVIEW_UNIT, "同意审核意见。", "冯演示", date(2026, 4, 22)),),
    ),
    "penalty_prior_notice": PenaltyPriorNotice(
        CASE, (BUSINESS,), date(2026, 3, 4), FACTS, EVIDENCE, (FORBIDDEN,), (LIABILITY, MITIGATION),
        DISCRETION, PENALTIES, 5, 5, True, CONTACT, ORDERS,
    ),
    "statement_defence_record": StatementDefenceRecord(
        CASE, (BUSINESS,), "王䶮", "当事人经营者", spell(4, 13, 10, 11), "本局第一询问室", OFFICERS, RECORDER,
        "我对违法事实没有异议。\n店铺经营困难，且已主动召回食品，没有顾客受到损害，请求减轻处罚。",
        ("召回告示照片2张", "退货记录1份"), "320684199001010019", "13800000000",
    ),
    "reexamination_opinion": ReexaminationOpinion(
        CASE, (BUSINESS,), "海市监罚告〔2026〕88号", date(2026, 4, 10),
        (
            Claim("已主动召回食品，请求减轻处罚。", "召回告示、退货记录属实，当事人主动消除危害后果。", True),
            Claim("经营困难，请求免予罚款。", "经营困难不是法定的不予处罚情形；可以依法申请暂缓或者分期缴纳。", False),
        ),
        "部分采纳当事人的意见，拟处罚内容不变，未因陈述申辩加重处罚。", HANDLERS_AND_HEAD,
    ),
    "hearing_notice": HearingNotice(
        CASE, (BUSINESS,), date(2026, 4, 13), date(2026, 4, 27), time(9, 0), "海门区演示市场监督管理局三楼听证室", HOST, CLERK,
        date(2026, 4, 24), CONTACT, (Official("杨演示", "法规科科员"),),
    ),
    "hearing_record": HearingRecord(
        CASE, (BUSINESS,), spell(4, 27, 9, 11), "三楼听证室", HOST, CLERK, OFFICERS, ATTENDEES,
        (
            Utterance("主持人", "现在开始听证。宣布听证纪律，核对参加人身份，告知听证权利和义务。当事人是否申请回避？"),
            Utterance("当事人", "不申请回避。"),
            Utterance("办案人员", "当事人经营超过保质期的食品，事实清楚，证据充分。\n建议没收违法所得312.50元、没收食品，罚款5,000.00元。"),
            Utterance("委托代理人", "对事实没有异议。当事人主动召回，请求进一步减轻。"),
            Utterance("主持人", "双方是否还有新的证据？"),
            Utterance("办案人员", "没有。"),
            Utterance("当事人", "没有。"),
        ),
    ),
    "hearing_report": HearingReport(
        CASE, (BUSINESS,), spell(4, 27, 9, 11), "三楼听证室", HOST, CLERK, ATTENDEES, FACTS,
        "事实清楚，证据充分，建议按告知的内容作出处罚。", "对事实无异议，请求进一步减轻。", EVIDENCE,
        "经质证，办案人员提交的证据真实、合法，与本案有关联，予以采信。", "同意办案机构的处罚建议。", date(2026, 4, 29),
    ),
    "collective_discussion_record": CollectiveDiscussionRecord(
        CASE, (BUSINESS,), spell(5, 6, 14, 15), "局会议室", HEAD, Official("陈演示", "法规科科员"),
        (Official("李演示", "办案人员"), Official("韩演示", "法制审核人员")),
        (Utterance("朱演示（副局长）", "与当事人有亲属关系，回避"),),
        FACTS, "2026年4月30日法制审核通过。",
        (
            Vote("吴演示", "局长", "事实清楚，同意处罚建议。", True),
            Vote("秦演示", "副局长", "同意减轻处罚，理由成立。", True),
            Vote("尤演示", "副局长", "罚款数额偏低，建议一万元。", False),
        ),
        "经集体讨论，多数同意：没收违法所得312.50元，没收酱牛肉11袋，罚款5,000.00元。",
    ),
    "penalty_decision": PenaltyDecision(
        CASE, (BUSINESS,), date(2026, 3, 4), FACTS, EVIDENCE, "海市监罚告〔2026〕88号", date(2026, 4, 10),
        "当事人在法定期限内提出陈述申辩，称其积极配合调查并主动召回已售食品。经复核，本机关对其主动消除危害后果的情节予以采纳。",
        (FORBIDDEN,), (LIABILITY, MITIGATION), DISCRETION, PENALTIES, REMEDIES,
        Payment("演示银行海门支行", "海门区演示街道金融路6号", 15, True, "海门区财政局（演示）",
                "32000000000000000001", "江苏政务服务（演示）电子支付系统"),
        hearing_on=date(2026, 4, 27), legally_reviewed=True, discussed=True, orders=ORDERS,
        confiscated=GOODS[:1],
    ),
    "no_penalty_decision": NoPenaltyDecision(
        CASE, (MINOR,), date(2026, 3, 4), "当事人在网络平台转让自用化妆品时使用了绝对化用语，浏览量12次，未成交。",
        EVIDENCE[:2], NoPenaltyGround.NOT_RESPONSIBLE,
        "当事人行为时不满十四周岁，依法不予行政处罚，责令监护人加以管教。",
        (Provision("中华人民共和国行政处罚法", 30),), REMEDIES,
        violated=(Provision("中华人民共和国广告法", 9, item=3),),
        education="本机关已对当事人及其监护人进行教育。",
    ),
    "criminal_transfer_letter": CriminalTransferLetter(
        CASE, "海门区演示公安局", (COMPANY,),
        "经查，当事人在食品中掺入有毒、有害的非食品原料，货值金额人民币212,000.00元。", "生产、销售有毒、有害食品罪",
        (Provision("中华人民共和国刑法", 144),),
        (
            Material("涉嫌犯罪案件情况的调查报告", 1, 6),
            Material("涉案物品清单", 1, 2, "物品随后移交"),
            Material("检验报告", 2, 8),
        ),
        OFFICERS, CONTACT, "海门区演示人民检察院",
    ),
    "case_transfer_letter": CaseTransferLetter(
        CASE, "江门区演示市场监督管理局", (BUSINESS,),
        "经查，当事人的住所和涉嫌违法行为发生地均在江门区。", "案件不属于本机关管辖。",
        (Material("现场检查笔录", 1, 2), Material("询问笔录", 1, 3)), OFFICERS, CONTACT,
    ),
    "service_receipt": ServiceReceipt(
        CASE, BUSINESS.name,
        (
            ServedDocument("行政处罚决定书", "海市监罚〔2026〕101号", 1),
            ServedDocument("罚款缴款通知（演示）", "", 1),
        ),
        ServiceMethod.DIRECT, "海门区演示街道文汇路18号1层", OFFICERS, date(2026, 5, 9), time(10, 20), "王䶮", "经营者本人",
    ),
    "closing_report": ClosingReport(
        CASE, CaseSource.REPORT, (BUSINESS,), OFFICERS, date(2026, 3, 4), ClosingKind.PERFORMED, FACTS,
        "当事人于2026年5月15日通过电子支付系统缴纳罚没款共计5,312.50元，没收的食品已监督销毁。", date(2026, 5, 15),
        HANDLERS_AND_HEAD, "海市监罚〔2026〕101号", date(2026, 5, 8), date(2026, 5, 9), PENALTIES,
    ),
    "correction_notice": CorrectionNotice(
        CASE, (BUSINESS,), "行政处罚决定书", "海市监罚〔2026〕101号", date(2026, 5, 8),
        (Correction("第1页“经营场所”", "文汇路81号1层", "文汇路18号1层"),),
        "上述差错系打印录入所致，不影响事实认定和处罚内容。",
    ),
}  # fmt: skip


def frame(key: str, **changes: Any) -> Frame:
    """Return the frame a finished, demonstration document of that type would have."""
    kind = TYPES[key]
    number = f"海市监{kind.number_word}〔2026〕101号" if kind.number_word else ""
    outward: dict[str, Any] = {}
    if kind.outward:
        outward = {
            "sealed_on": date(2026, 5, 8),
            "qr_url": "https://portal.example/check/0123456789abcdef0123456789abcdef",
        }
    return Frame(**{"body_name": BODY, "number": number, "demo": True, **outward, **changes})
