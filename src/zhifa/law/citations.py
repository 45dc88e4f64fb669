"""Acts and their articles as values (法律依据), so that every rule can name what it rests on."""

from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"


def chinese_number(value: int) -> str:
    """Return 1 to 999 the way statutes write it: 12 is 十二, 105 is 一百零五."""
    if not 1 <= value <= 999:
        raise ValueError(f"statutes number their articles from 1 to 999, not {value}")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        words += "零"
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    return words + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """One place in an act: article, and if need be paragraph 款 and item 项.

    Without an article it stands for the act as a whole, as a policy document is cited.
    """

    act: str  # the key of the act in ACTS
    article: int = 0
    paragraph: int = 0
    item: int = 0

    def __str__(self) -> str:
        """Return the stable, language-free form that the journal keeps: `APL 64(1)1`."""
        text = self.act
        if self.article:
            text += f" {self.article}"
        if self.paragraph:
            text += f"({self.paragraph})"
        if self.item:
            text += f".{self.item}"
        return text

    @property
    def words(self) -> str:
        """Return the citation as a Chinese reader expects it: 行政处罚法第六十四条第一项."""
        text = ACTS[self.act].short
        if self.article:
            text += f"第{chinese_number(self.article)}条"
        if self.paragraph:
            text += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            text += f"第{chinese_number(self.item)}项"
        return text


@dataclass(frozen=True, slots=True)
class Act:
    """A law, regulation, rule or policy document (法律、法规、规章、文件)."""

    key: str
    title: str  # as published
    short: str  # as cited in a sentence
    edition: str  # day on which the text read was adopted or issued
    verified: bool = True  # False: the text was not read, only restatements of it

    def art(self, article: int, paragraph: int = 0, item: int = 0) -> Article:
        """Return one of its articles as a value."""
        return Article(self.key, article, paragraph, item)

    @property
    def whole(self) -> Article:
        """Return the act cited as a whole."""
        return Article(self.key)


# Laws (法律) and their interpretation by the courts
APL = Act("APL", "中华人民共和国行政处罚法", "行政处罚法", "2021-01-22")
APL_1996 = Act(
    "APL_1996", "中华人民共和国行政处罚法", "行政处罚法（1996年）", "1996-03-17", verified=False
)
ACL = Act("ACL", "中华人民共和国行政强制法", "行政强制法", "2011-06-30")
CPL = Act("CPL", "中华人民共和国民事诉讼法", "民事诉讼法", "2023-09-01")
CIVIL_CODE = Act("CIVIL_CODE", "中华人民共和国民法典", "民法典", "2020-05-28")
ARL = Act("ARL", "中华人民共和国行政复议法", "行政复议法", "2023-09-01")
ARL_2017 = Act("ARL_2017", "中华人民共和国行政复议法", "行政复议法（2017年）", "2017-09-01")
ALL = Act("ALL", "中华人民共和国行政诉讼法", "行政诉讼法", "2017-06-27")
ALL_INTERPRETATION = Act(
    "ALL_INTERPRETATION",
    "最高人民法院关于适用《中华人民共和国行政诉讼法》的解释",
    "行政诉讼法司法解释",
    "2018-02-06",
)
PSL = Act("PSL", "中华人民共和国治安管理处罚法", "治安管理处罚法", "2025-06-27")
PSL_2012 = Act("PSL_2012", "中华人民共和国治安管理处罚法", "治安管理处罚法（2012年）", "2012-10-26")
TAX = Act("TAX", "中华人民共和国税收征收管理法", "税收征收管理法", "2015-04-24")
LAND = Act("LAND", "中华人民共和国土地管理法", "土地管理法", "2019-08-26")
PIPL = Act("PIPL", "中华人民共和国个人信息保护法", "个人信息保护法", "2021-08-20")

# Regulations of the State Council (行政法规)
ARL_REGULATION = Act(
    "ARL_REGULATION", "中华人民共和国行政复议法实施条例", "行政复议法实施条例", "2026-04-29"
)
OPEN_INFORMATION = Act(
    "OPEN_INFORMATION", "中华人民共和国政府信息公开条例", "政府信息公开条例", "2019-04-03"
)
BUSINESS_ENVIRONMENT = Act(
    "BUSINESS_ENVIRONMENT", "优化营商环境条例", "优化营商环境条例", "2019-10-22"
)
SUPERVISION = Act("SUPERVISION", "行政执法监督条例", "行政执法监督条例", "2025-12-17")
TRANSFER = Act(
    "TRANSFER", "行政执法机关移送涉嫌犯罪案件的规定", "移送涉嫌犯罪案件规定", "2020-08-07"
)
FINE_COLLECTION = Act(
    "FINE_COLLECTION",
    "罚款决定与罚款收缴分离实施办法",
    "罚款决定与罚款收缴分离实施办法",
    "1997-11-17",
)
HOLIDAYS = Act("HOLIDAYS", "全国年节及纪念日放假办法", "全国年节及纪念日放假办法", "2024-11-10")

# Rules of departments and of provinces (规章): each binds its own field or place only
SAMR = Act("SAMR", "市场监督管理行政处罚程序规定", "市场监督管理行政处罚程序规定", "2022-09-29")
SAMR_HEARING = Act(
    "SAMR_HEARING",
    "市场监督管理行政处罚听证办法",
    "市场监督管理行政处罚听证办法",
    "2021-07-02",
    verified=False,
)
SAMR_PUBLICITY = Act(
    "SAMR_PUBLICITY",
    "市场监督管理行政处罚信息公示规定",
    "市场监督管理行政处罚信息公示规定",
    "2021-07-30",
)
# MARA and MOT: the domain notes checked the articles in a library of rules, without a mark.
MARA = Act("MARA", "农业行政处罚程序规定", "农业行政处罚程序规定", "2021-12-21")
MOT = Act("MOT", "交通运输行政执法程序规定", "交通运输行政执法程序规定", "2021-06-30")
POLICE_PROCEDURE = Act(
    "POLICE_PROCEDURE",
    "公安机关办理行政案件程序规定",
    "公安机关办理行政案件程序规定",
    "2018-11-25",
)
TRAFFIC = Act(
    "TRAFFIC",
    "道路交通安全违法行为处理程序规定",
    "道路交通安全违法行为处理程序规定",
    "2020-04-30",
)
GUANGDONG_REVIEW = Act(
    "GUANGDONG_REVIEW",
    "广东省重大行政执法决定法制审核办法",
    "广东省重大行政执法决定法制审核办法",
    "2021-05-21",
)

# Policy documents (文件)
NOTICE_118 = Act(
    "NOTICE_118",
    "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "国办发〔2018〕118号",
    "2018-12-05",
    verified=False,
)
NOTICE_424 = Act(
    "NOTICE_424",
    "国家发展改革委办公厅关于进一步完善行政许可和行政处罚等信用信息公示工作的指导意见",
    "发改办财金〔2018〕424号",
    "2018",
    verified=False,
)
SEED = Act(
    "SEED",
    "江苏省人民政府办公厅关于组织实施海门市行政执法公示制度执法全过程记录制度"
    "重大执法决定法制审核制度试点工作的通知",
    "海门试点通知",
    "2017-05-25",
)

ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        APL, APL_1996, ACL, CPL, CIVIL_CODE, ARL, ARL_2017, ALL, ALL_INTERPRETATION, PSL,
        PSL_2012, TAX, LAND, PIPL, ARL_REGULATION, OPEN_INFORMATION, BUSINESS_ENVIRONMENT,
        SUPERVISION, TRANSFER, FINE_COLLECTION, HOLIDAYS, SAMR, SAMR_HEARING, SAMR_PUBLICITY,
        MARA, MOT, POLICE_PROCEDURE, TRAFFIC, GUANGDONG_REVIEW, NOTICE_118,
        NOTICE_424, SEED,
    )
}  # fmt: skip
