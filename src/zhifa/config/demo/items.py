"""The power items of the demo city (演示权力事项), complete, from real articles."""

from dataclasses import dataclass

from zhifa.config.demo import provisions as law
from zhifa.config.demo.provisions import Published


@dataclass(frozen=True, slots=True)
class DemoItem:
    """One power of one office."""

    key: str
    office: str
    code: str
    name: str
    scope: str
    content: str
    violated: Published
    penalised: Published


ITEMS = (
    DemoItem(
        "food", "market", "YS-0201", "对经营超过保质期食品的处罚",
        "本行政区域内的食品生产经营者",
        "没收违法所得和违法经营的食品，并处罚款；情节严重的，吊销许可证",
        law.FOOD_34_10, law.FOOD_124_1_5,
    ),
    DemoItem(
        "quality", "market", "YS-0202", "对销售掺杂掺假、以不合格产品冒充合格产品的处罚",
        "本行政区域内的产品销售者",
        "责令停止销售，没收违法销售的产品，并处货值金额百分之五十以上三倍以下罚款；没收违法所得",
        law.QUALITY_39, law.QUALITY_50,
    ),
    DemoItem(
        "price", "market", "YS-0203", "对违反明码标价规定的处罚",
        "本行政区域内的经营者",
        "责令改正，没收违法所得，可以并处五千元以下罚款",
        law.PRICE_13_1, law.PRICE_42,
    ),
    DemoItem(
        "street", "urban", "YS-0301", "对擅自在街道两侧和公共场地堆放物料、搭建设施的处罚",
        "本行政区域内的单位和个人",
        "责令停止违法行为，限期清理、拆除或者采取其他补救措施，并可处以罚款",
        law.CITY_14, law.CITY_36_2,
    ),
    DemoItem(
        "graffiti", "urban", "YS-0302", "对在城市建筑物、设施以及树木上涂写、刻画的处罚",
        "本行政区域内的单位和个人",
        "责令纠正违法行为、采取补救措施，可以并处警告、罚款",
        law.CITY_17_1, law.CITY_34_2,
    ),
    DemoItem(
        "pesticide", "farm", "YS-0401", "对农药经营者不执行采购台账、销售台账制度的处罚",
        "本行政区域内的农药经营者",
        "责令改正；拒不改正或者情节严重的，处二千元以上二万元以下罚款，并由发证机关吊销农药经营许可证",
        law.PESTICIDE_27_1, law.PESTICIDE_58_1,
    ),
)  # fmt: skip

PROCEDURE = (
    "立案；由两名以上执法人员调查取证；案件审核或者法制审核；告知并听取陈述、申辩，符合条件的组织听证；"
    "作出决定；送达；公示；执行；结案归档"
)
TIME_LIMIT = "自立案之日起九十日内作出决定（行政处罚法第六十条）"
FEE = "不收费"
SUPERVISION = "向本机关或者区司法局投诉举报；电话见机关公示信息"
