"""What the demo cases are about (演示案情): invented firms and people, real articles.

A matter is everything that is written in a case apart from when and by whom.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from zhifa.config.demo import provisions as law
from zhifa.config.demo.items import ITEMS
from zhifa.config.demo.provisions import Published
from zhifa.procedures import actions as a
from zhifa.procedures.values import (
    CaseSource,
    DecisionDraft,
    Outcome,
    Party,
    PartyKind,
    PenaltyItem,
    PenaltyKind,
    Provision,
)

HEADS = ("汤正则（演示）", "梁佐之（演示）", "穆佑之（演示）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One story's facts and texts."""

    item: str  # key of the power item
    title: str
    summary: str
    place: str
    parties: tuple[Party, ...]
    draft: DecisionDraft  # its evidence comes from the case
    seen: str  # what the inspection found
    present: str
    questions: tuple[tuple[str, str], ...]
    paper: tuple[str, str, str]  # name, source, what it proves
    source: CaseSource = CaseSource.INSPECTION
    verified: str = "经核查，线索所述情况属实，涉嫌违法。"
    course: str = "立案后进行了现场检查、询问并调取了单据，现已调查终结。"
    gate_reason: str = "案情单一，影响限于个案"
    defence: str = "认识到错误，已经整改，请求从轻处理。"
    defence_answer: str = "当事人陈述的整改情况属实，拟处理意见已经考虑，不再减轻。"
    hearing: str = (
        "主持人：现在开始听证，先核对参加人身份，告知权利义务。\n"
        "调查人员：当事人的违法事实有现场检查笔录、询问笔录和销售单据证明，拟处理意见如告知书。\n"
        "当事人：对事实没有异议，认为罚款数额偏高，已经召回全部产品。\n"
        "调查人员：召回情况已在裁量时考虑。\n"
        "主持人：双方最后陈述完毕，听证结束。"
    )
    heads: tuple[str, str, str] = HEADS
    days_before: int = 3  # between the act and its discovery
    office: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Find the office by the item."""
        office = next(one.office for one in ITEMS if one.key == self.item)
        object.__setattr__(self, "office", office)

    @property
    def violated(self) -> Provision:
        """Return the provision that was broken."""
        return self.draft.violated[0]

    def clue(self, on: date, item: UUID) -> a.RegisterClue:
        """Return the clue as it is registered on that day."""
        return a.RegisterClue(
            title=self.title,
            source=self.source,
            summary=self.summary,
            place=self.place,
            discovered_on=on,
            offence_ended_on=on - timedelta(days=self.days_before),
            parties=self.parties,
            power_item=item,
        )


def provision(place: Published) -> Provision:
    """Return a published place as a draft cites it."""
    return Provision(
        act=place.act,
        article=place.article,
        paragraph=place.paragraph,
        item=place.item,
        text=place.text,
    )


def _draft(
    violated: Published,
    basis: Published,
    penalties: tuple[PenaltyItem, ...],
    *,
    facts: str,
    grade: str,
    discretion: str,
    reasons: str,
    order: str,
    outcome: Outcome = Outcome.PENALTY,
) -> DecisionDraft:
    return DecisionDraft(
        outcome=outcome,
        facts_found=facts,
        evidence=(),
        violated=(provision(violated),),
        basis=(provision(basis),),
        discretion_grade=grade,
        discretion_reasons=discretion,
        penalties=penalties,
        reasons=reasons,
        order_correction=order,
        template_key="penalty_decision" if outcome is Outcome.PENALTY else "no_penalty_decision",
    )


def _fine(fen: int) -> PenaltyItem:
    return PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fen)


def _gains(fen: int) -> PenaltyItem:
    return PenaltyItem(kind=PenaltyKind.CONFISCATE_ILLEGAL_GAINS, amount_fen=fen)


def shop(name: str, code: str, keeper: str) -> Party:
    """Return an individual business."""
    return Party(
        id=uuid4(),
        kind=PartyKind.INDIVIDUAL_BUSINESS,
        name=name,
        identifier=code,
        address="南通市海门区演示街8号",
        phone="13800000001",
        representative=keeper,
    )


def company(name: str, code: str, head: str) -> Party:
    """Return a company."""
    return Party(
        id=uuid4(),
        kind=PartyKind.ORGANISATION,
        name=name,
        identifier=code,
        address="南通市海门区演示工业园3号",
        phone="13800000002",
        representative=head,
    )


def person(name: str, identifier: str, born_on: date, guardian: str = "") -> Party:
    """Return a natural person."""
    return Party(
        id=uuid4(),
        kind=PartyKind.PERSON,
        name=name,
        identifier=identifier,
        address="南通市海门区演示新村1幢101室",
        phone="13800000003",
        born_on=born_on,
        guardian=guardian,
    )


def expired_food(party: Party, place: str = "南通市海门区演示街8号") -> Matter:
    """A shop with food past its date: a small fine, mitigated; the ordinary way of a case."""
    return Matter(
        item="food",
        title=f"{party.name}经营超过保质期食品案",
        summary="日常检查发现货架上有超过保质期的饼干12袋",
        place=place,
        parties=(party,),
        present=f"{party.representative}（经营者）",
        seen="货架第二层有某牌饼干12袋，标注保质期至检查日前三日，标价26.00元；已售出12袋。现场拍照固定。",
        questions=(
            ("这批饼干何时购进，购进多少？", "上月购进24袋，有进货单据。"),
            ("销售了多少，什么价格？", "卖了12袋，每袋26元，没有注意日期。"),
            ("对检查发现的情况有什么意见？", "没有意见，以后每天检查日期。"),
        ),
        paper=("进货单据复印件（演示）", "当事人提供", "购进数量、价格与日期"),
        draft=_draft(
            law.FOOD_34_10,
            law.FOOD_124_1_5,
            (_fine(500_000), _gains(31_200)),
            facts="当事人经营超过保质期的饼干24袋，货值金额624.00元，已售12袋，违法所得312.00元。",
            grade="减轻",
            discretion="货值金额不足一千元，初次违法，主动召回并整改，没有造成危害后果，决定减轻处罚。",
            reasons="其行为构成经营超过保质期食品，应当依法处罚。",
            order="责令立即停止经营超过保质期食品",
        ),
    )


def adulterated_goods(party: Party) -> Matter:
    """A company that sells goods below standard as good ones: a large fine, and so major."""
    return Matter(
        item="quality",
        title=f"{party.name}销售不合格产品案",
        source=CaseSource.TRANSFER,
        summary="上级转来监督抽查不合格报告，涉及电动自行车充电器一批",
        place="南通市海门区演示工业园3号",
        parties=(party,),
        present=f"{party.representative}（法定代表人）",
        seen="成品库有同批次充电器420只；销售台账载明已销售2580只，单价100元。现场拍照固定。",
        questions=(
            ("该批产品是否经过检验？", "出厂时做过抽检，没有做温升项目。"),
            ("销售情况如何？", "销售了2580只，销售款二十五万八千元。"),
            ("得知不合格后采取了什么措施？", "停止销售，发出召回通知，已经召回三百多只。"),
        ),
        paper=("销售台账复印件（演示）", "当事人提供", "销售数量、单价与货款"),
        draft=_draft(
            law.QUALITY_39,
            law.QUALITY_50,
            (
                _fine(30_000_000),
                _gains(4_128_000),
                PenaltyItem(
                    kind=PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY,
                    detail="没收库存不合格充电器420只",
                ),
            ),
            facts="当事人以不合格产品冒充合格产品销售充电器2580只，库存420只，货值金额300000.00元，违法所得41280.00元。",
            grade="一般",
            discretion="货值较大，但能主动召回，按货值金额一倍处以罚款，属一般档次。",
            reasons="其行为违反产品质量法，应当责令停止销售并处罚。",
            order="责令停止销售不合格产品",
        ),
    )


def unmarked_price(party: Party) -> Matter:
    """A slight first offence, put right at once: no penalty (APL art. 33)."""
    return Matter(
        item="price",
        title=f"{party.name}未按规定明码标价案",
        source=CaseSource.COMPLAINT,
        summary="消费者反映水果摊部分商品没有标价",
        place="南通市海门区演示农贸市场12号摊位",
        parties=(party,),
        present=f"{party.representative}（经营者）",
        seen="摊位有水果9种，其中3种没有标价签；经营者当场补齐。现场拍照固定。",
        questions=(
            ("为什么没有标价？", "刚到的货，还没来得及写价签。"),
            ("以前因此被处理过吗？", "没有，第一次。"),
        ),
        paper=("补齐标价后的照片说明（演示）", "现场制作", "当场改正"),
        draft=_draft(
            law.PRICE_13_1,
            law.PRICE_42,
            (),
            facts="当事人3种水果未按规定明码标价，检查当场已经改正，没有多收价款。",
            grade="不予处罚",
            discretion="",
            reasons="违法行为轻微并及时改正，没有造成危害后果，依照行政处罚法第三十三条第一款不予处罚。",
            order="",
            outcome=Outcome.NO_PENALTY_MINOR,
        ),
    )


def heap_on_street(party: Party) -> Matter:
    """Building material on the pavement: a small fine by the urban management office."""
    return Matter(
        item="street",
        title=f"{party.name}擅自占用人行道堆放物料案",
        summary="巡查发现人行道上堆放装修材料约六平方米",
        place="南通市海门区演示大道88号门前",
        parties=(party,),
        present=f"{party.representative or party.name}（负责人）",
        seen="门前人行道堆放瓷砖、黄沙，占用约六平方米，妨碍通行。现场拍照固定。",
        questions=(
            ("堆放物料是否经过批准？", "没有，想着两三天就用完。"),
            ("何时能清理？", "今天就清。"),
        ),
        paper=("装修合同复印件（演示）", "当事人提供", "物料归属"),
        draft=_draft(
            law.CITY_14,
            law.CITY_36_2,
            (_fine(80_000),),
            facts="当事人未经批准在人行道堆放装修物料约六平方米，影响市容。",
            grade="从轻",
            discretion="占用面积较小，当日清理，从轻处罚。",
            reasons="其行为构成擅自在公共场地堆放物料，应当处罚。",
            order="责令限期清理",
        ),
    )


def two_in_the_street(first: Party, second: Party) -> Matter:
    """Two parties of one case: who let the place and who used it, each punished for his own part."""
    alone = heap_on_street(first)
    own = (replace(_fine(50_000), party=first.id), replace(_fine(30_000), party=second.id))
    return replace(
        alone,
        title=f"{first.name}等二人擅自占用公共场地案",
        summary="商场外广场堆放装修物料，场地由商业管理公司出租",
        parties=(first, second),
        draft=replace(alone.draft, penalties=own),
    )


def graffiti(party: Party) -> Matter:
    """A minor of sixteen: lighter, and the guardian is heard (APL art. 30)."""
    return Matter(
        item="graffiti",
        title="某未成年人在城市设施上涂写案（演示）",
        summary="监控发现有人在桥墩上喷涂文字",
        place="南通市海门区演示桥",
        parties=(party,),
        present=f"{party.name}（当事人）",
        seen="桥墩东侧有喷涂文字约两平方米。现场拍照固定。",
        questions=(
            ("是你喷涂的吗？", "是的，觉得好玩。"),
            ("监护人有什么意见？", "会加强管教，愿意清洗。"),
        ),
        paper=("监控截图（演示）", "本局制作", "行为人与时间"),
        draft=_draft(
            law.CITY_17_1,
            law.CITY_34_2,
            (PenaltyItem(kind=PenaltyKind.WARNING),),
            facts="当事人在桥墩上喷涂文字约两平方米，行为时年满十六周岁不满十八周岁。",
            grade="从轻",
            discretion="已满十四周岁不满十八周岁，依照行政处罚法第三十条从轻处罚；已经清洗。",
            reasons="其行为构成在城市设施上涂写，应当处罚。",
            order="责令清洗恢复",
        ),
    )


def pesticide_ledger(party: Party) -> Matter:
    """A pesticide dealer without a ledger."""
    return Matter(
        item="pesticide",
        title=f"{party.name}未执行农药销售台账制度案",
        summary="执法检查发现近两个月没有销售台账",
        place="南通市海门区演示镇农资路5号",
        parties=(party,),
        present=f"{party.representative}（负责人）",
        seen="店内经营农药27种，销售台账停留在两个月前；上月已责令改正，到期没有改正。现场拍照固定。",
        questions=(
            ("为什么没有登记？", "人手不够，一直拖着。"),
            ("上月收到责令改正通知了吗？", "收到了，没有重视。"),
        ),
        paper=("责令改正通知书存根（演示）", "本局制作", "拒不改正"),
        draft=_draft(
            law.PESTICIDE_27_1,
            law.PESTICIDE_58_1,
            (_fine(600_000),),
            facts="当事人不执行农药销售台账制度，责令改正后拒不改正。",
            grade="一般",
            discretion="拒不改正，但没有造成危害后果，按一般档次处罚。",
            reasons="其行为违反农药管理条例，应当处罚。",
            order="责令改正",
        ),
    )
