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
    edition: str  # the text the articles were checked against
    verified: bool = True  # False: cited from a restatement, see domain/procedures.md

    def art(self, article: int, paragraph: int = 0, item: int = 0) -> Article:
        """Return one of its articles as a value."""
        return Article(self.key, article, paragraph, item)

    @property
    def whole(self) -> Article:
        """Return the act cited as a whole."""
        return Article(self.key)


APL = Act("APL", "中华人民共和国行政处罚法", "行政处罚法", "2021-01-22")
ACL = Act("ACL", "中华人民共和国行政强制法", "行政强制法", "2011-06-30")
CPL = Act("CPL", "中华人民共和国民事诉讼法", "民事诉讼法", "2023-09-01")
CIVIL_CODE = Act("CIVIL_CODE", "中华人民共和国民法典", "民法典", "2020-05-28")
ARL = Act("ARL", "中华人民共和国行政复议法", "行政复议法", "2023-09-01")
ALL = Act("ALL", "中华人民共和国行政诉讼法", "行政诉讼法", "2017-06-27")
ALL_INTERPRETATION = Act(
    "ALL_INTERPRETATION",
    "最高人民法院关于适用《中华人民共和国行政诉讼法》的解释",
    "行政诉讼法司法解释",
    "2018-02-06",
)
PSL = Act("PSL", "中华人民共和国治安管理处罚法", "治安管理处罚法", "2025-06-27")
OPEN_INFORMATION = Act(
    "OPEN_INFORMATION", "中华人民共和国政府信息公开条例", "政府信息公开条例", "2019-04-03"
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
PIPL = Act("PIPL", "中华人民共和国个人信息保护法", "个人信息保护法", "2021-08-20")
SAMR = Act(
    "SAMR", "市场监督管理行政处罚程序规定", "市场监督管理行政处罚程序规定", "2022-09-29"
)
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
MARA = Act("MARA", "农业行政处罚程序规定", "农业行政处罚程序规定", "2022-02-01", verified=False)
NOTICE_118 = Act(
    "NOTICE_118",
    "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
    "国办发〔2018〕118号",
    "2018-12-05",
    verified=False,
)
SEED = Act(
    "SEED",
    "江苏省人民政府办公厅关于组织实施海门市三项制度试点工作的通知",
    "海门试点通知",
    "2017-05-25",
)

ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        APL, ACL, CPL, CIVIL_CODE, ARL, ALL, ALL_INTERPRETATION, PSL, OPEN_INFORMATION,
        SUPERVISION, TRANSFER, FINE_COLLECTION, PIPL, SAMR, SAMR_HEARING, SAMR_PUBLICITY,
        MARA, NOTICE_118, SEED,
    )
}  # fmt: skip
