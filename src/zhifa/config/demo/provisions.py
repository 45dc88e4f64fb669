"""The articles the demo city enforces (演示事项的依据), as published.

Source: the acts themselves, in the editions named; a test compares each text with the published one.
"""

from dataclasses import dataclass

from zhifa.law.citations import chinese_number


@dataclass(frozen=True, slots=True)
class Published:
    """One place in an act with its words."""

    act: str
    edition: str  # the day this text was adopted or last amended
    force_level: str
    article: int
    paragraph: int
    item: int
    text: str

    @property
    def words(self) -> str:
        """Return the place as a reader expects it: 第一百二十四条第一款第五项."""
        words = f"第{chinese_number(self.article)}条"
        if self.paragraph:
            words += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            words += f"第{chinese_number(self.item)}项"
        return words


FOOD_34_10 = Published(
    "中华人民共和国食品安全法",
    "2025-09-12",
    "law",
    34,
    0,
    10,
    "禁止生产经营下列食品、食品添加剂、食品相关产品：（十）标注虚假生产日期、保质期或者超过保质期的食品、食品添加剂；",
)
FOOD_124_1_5 = Published(
    "中华人民共和国食品安全法",
    "2025-09-12",
    "law",
    124,
    1,
    5,
    "违反本法规定，有下列情形之一，尚不构成犯罪的，由县级以上人民政府食品安全监督管理部门没收违法所得和违法生产经营的食品、食品添加剂，并可以没收用于违法生产经营的工具、设备、原料等物品；违法生产经营的食品、食品添加剂货值金额不足一万元的，并处五万元以上十万元以下罚款；货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款；情节严重的，吊销许可证：（五）生产经营标注虚假生产日期、保质期或者超过保质期的食品、食品添加剂；",
)
QUALITY_39 = Published(
    "中华人民共和国产品质量法",
    "2018-12-29",
    "law",
    39,
    0,
    0,
    "销售者销售产品，不得掺杂、掺假，不得以假充真、以次充好，不得以不合格产品冒充合格产品。",
)
QUALITY_50 = Published(
    "中华人民共和国产品质量法",
    "2018-12-29",
    "law",
    50,
    0,
    0,
    "在产品中掺杂、掺假，以假充真，以次充好，或者以不合格产品冒充合格产品的，责令停止生产、销售，没收违法生产、销售的产品，并处违法生产、销售产品货值金额百分之五十以上三倍以下的罚款；有违法所得的，并处没收违法所得；情节严重的，吊销营业执照；构成犯罪的，依法追究刑事责任。",
)
PRICE_13_1 = Published(
    "中华人民共和国价格法",
    "1997-12-29",
    "law",
    13,
    1,
    0,
    "经营者销售、收购商品和提供服务，应当按照政府价格主管部门的规定明码标价，注明商品的品名、产地、规格、等级、计价单位、价格或者服务的项目、收费标准等有关情况。",
)
PRICE_42 = Published(
    "中华人民共和国价格法",
    "1997-12-29",
    "law",
    42,
    0,
    0,
    "经营者违反明码标价规定的，责令改正，没收违法所得，可以并处五千元以下的罚款。",
)
CITY_14 = Published(
    "城市市容和环境卫生管理条例",
    "2017-03-01",
    "administrative_regulation",
    14,
    0,
    0,
    "任何单位和个人都不得在街道两侧和公共场地堆放物料，搭建建筑物、构筑物或者其他设施。因建设等特殊需要，在街道两侧和公共场地临时堆放物料，搭建非永久性建筑物、构筑物或者其他设施的，必须征得城市人民政府市容环境卫生行政主管部门同意后，按照有关规定办理审批手续。",
)
CITY_36_2 = Published(
    "城市市容和环境卫生管理条例",
    "2017-03-01",
    "administrative_regulation",
    36,
    0,
    2,
    "有下列行为之一者，由城市人民政府市容环境卫生行政主管部门或者其委托的单位责令其停止违法行为，限期清理、拆除或者采取其他补救措施，并可处以罚款：(二)未经城市人民政府市容环境卫生行政主管部门批准，擅自在街道两侧和公共场地堆放物料，搭建建筑物、构筑物或者其他设施，影响市容的；",
)
CITY_17_1 = Published(
    "城市市容和环境卫生管理条例",
    "2017-03-01",
    "administrative_regulation",
    17,
    1,
    0,
    "一切单位和个人，都不得在城市建筑物、设施以及树木上涂写、刻画。",
)
CITY_34_2 = Published(
    "城市市容和环境卫生管理条例",
    "2017-03-01",
    "administrative_regulation",
    34,
    0,
    2,
    "有下列行为之一者，城市人民政府市容环境卫生行政主管部门或者其委托的单位除责令其纠正违法行为、采取补救措施外，可以并处警告、罚款：(二)在城市建筑物、设施以及树木上涂写、刻画或者未经批准张挂、张贴宣传品等的；",
)
PESTICIDE_27_1 = Published(
    "农药管理条例",
    "2022-03-29",
    "administrative_regulation",
    27,
    1,
    0,
    "农药经营者应当建立销售台账，如实记录销售农药的名称、规格、数量、生产企业、购买人、销售日期等内容。销售台账应当保存2年以上。",
)
PESTICIDE_58_1 = Published(
    "农药管理条例",
    "2022-03-29",
    "administrative_regulation",
    58,
    0,
    1,
    "农药经营者有下列行为之一的，由县级以上地方人民政府农业主管部门责令改正；拒不改正或者情节严重的，处2000元以上2万元以下罚款，并由发证机关吊销农药经营许可证：（一）不执行农药采购台账、销售台账制度；",
)
SAFETY_28_4 = Published(
    "中华人民共和国安全生产法",
    "2021-06-10",
    "law",
    28,
    4,
    0,
    "生产经营单位应当建立安全生产教育和培训档案，如实记录安全生产教育和培训的时间、内容、参加人员以及考核结果等情况。",
)
SAFETY_97_4 = Published(
    "中华人民共和国安全生产法",
    "2021-06-10",
    "law",
    97,
    0,
    4,
    "生产经营单位有下列行为之一的，责令限期改正，处十万元以下的罚款；逾期未改正的，责令停产停业整顿，并处十万元以上二十万元以下的罚款，对其直接负责的主管人员和其他直接责任人员处二万元以上五万元以下的罚款:（四）未如实记录安全生产教育和培训情况的；",
)
ALL = (
    FOOD_34_10,
    FOOD_124_1_5,
    QUALITY_39,
    QUALITY_50,
    PRICE_13_1,
    PRICE_42,
    CITY_14,
    CITY_36_2,
    CITY_17_1,
    CITY_34_2,
    PESTICIDE_27_1,
    PESTICIDE_58_1,
    SAFETY_28_4,
    SAFETY_97_4,
)
