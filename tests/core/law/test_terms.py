import re
from datetime import date

import pytest
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.law.citations import ACTS, APL, APL_1996, SAMR, Article, chinese_number
from zhifa.law.dated import Dated
from zhifa.law.reasons_zh import APPROVER_WORDS, STOP_WORDS, UNIT_WORDS
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import (
    FIELDS,
    Approver,
    Back,
    BadTerm,
    Branch,
    Kind,
    Length,
    Mark,
    Rolls,
    Rule,
    StopKind,
    Term,
    Unit,
)

KEYS = [
    "T01", "T02", "T03", "T04", "T05", "T06", "T09", "T10", "T35", "T36", "T37", "T39", "T43",
    "T44", "T45", "T47", "T48", "T49", "T50", "T51",
]  # fmt: skip
TODAY = date(2026, 11, 23)
# Where the text of an act lies in the public test data; the others were not published there.
TEXTS = {
    "APL": "行政处罚法(2021-01-22).md",
    "ACL": "行政强制法(2011-06-30).md",
    "CPL": "民事诉讼法(2023-09-01).md",
    "ARL": "行政复议法(2023-09-01).md",
    "ARL_2017": "行政复议法(2017-09-01).md",
    "ALL": "行政诉讼法(2017-06-27).md",
    "ALL_INTERPRETATION": "最高人民法院关于适用《行政诉讼法》的解释(2018-02-06).md",
    "PSL": "治安管理处罚法(2025-06-27).md",
    "PSL_2012": "治安管理处罚法(2012-10-26).md",
    "TAX": "税收征收管理法(2015-04-24).md",
    "LAND": "土地管理法(2019-08-26).md",
    "PIPL": "个人信息保护法(2021-08-20).md",
    "ARL_REGULATION": "行政复议法实施条例(2026-04-29).md",
    "OPEN_INFORMATION": "政府信息公开条例(2019-04-03).md",
    "BUSINESS_ENVIRONMENT": "优化营商环境条例(2019-10-22).md",
    "SUPERVISION": "行政执法监督条例(2025-12-17).md",
    "TRANSFER": "行政执法机关移送涉嫌犯罪案件的规定(2020-08-07).md",
    "FINE_COLLECTION": "罚款决定与罚款收缴分离实施办法(1997-11-17).md",
    "HOLIDAYS": "全国年节及纪念日放假办法(2024-11-10).md",
    "SAMR": "ministry/市场监督管理行政处罚程序规定(2022-09-29).md",
    "SAMR_PUBLICITY": "市场监督管理行政处罚信息公示规定(2021-07-30).md",
    "POLICE_PROCEDURE": "公安机关办理行政案件程序规定(2019-04-27).md",
    "TRAFFIC": "道路交通安全违法行为处理程序规定(2020-04-30).md",
    "GUANGDONG_REVIEW": "../three-systems/广东省重大行政执法决定法制审核办法.txt",
}


def text_of(act):
    raw = (SHARED_DATA / "laws" / TEXTS[act]).read_text("utf-8")
    return re.sub(r"&emsp;|<[^>]*>|\*\*|[\u3000 ]", "", raw)


def article_text(article):
    """Return the words of one article of an act whose text we have."""
    head = f"第{chinese_number(article.article)}条"
    found = re.split(r"(?m)^(第[一二三四五六七八九十百零]+条)", text_of(article.act))
    bodies = [body for title, body in zip(found[1::2], found[2::2], strict=True) if title == head]
    assert bodies, f"{article} is not in the text"
    return bodies[0]


def every_rule():
    for term in CATALOGUE.values():
        for branch in term.branches:
            for since, rule in branch.rules.versions:
                name = f"{term.key}-{branch.field}-{branch.variant}-{since}"
                yield pytest.param(term, branch, rule, id=name)


def lengths_in_words(length):
    number = chinese_number(length.count)
    return {
        Unit.CALENDAR_DAY: (f"{number}日", f"{number}个日"),
        Unit.WORKING_DAY: (f"{number}日", f"{number}个工作日", f"{length.count}个工作日"),
        Unit.MONTH: (f"{number}个月",),
        Unit.YEAR: (f"{number}年",),
    }[length.unit]


def test_the_catalogue_of_this_release():
    assert sorted(CATALOGUE) == KEYS
    assert all(key == term.key for key, term in CATALOGUE.items())


@needs_shared_data
@pytest.mark.parametrize(("term", "branch", "rule"), list(every_rule()))
def test_the_figure_stands_in_the_article_cited(term, branch, rule):
    readable = [basis for basis in rule.basis if basis.act in TEXTS]
    if not readable or term.key in ("T05", "T51"):  # 七日前 below; SAMR 78 has no figure
        return
    found = "".join(article_text(basis) for basis in readable)
    assert any(words in found for words in lengths_in_words(rule.length)), found


@needs_shared_data
def test_the_hearing_notice_comes_seven_days_before():
    assert "七日前" in article_text(APL.art(64))


@needs_shared_data
def test_two_three_five_and_seven_days_of_the_penalty_law_are_working_days():
    assert "工作日" in article_text(APL.art(85))
    for key in ("T02", "T03", "T04", "T05", "T09"):
        rule = CATALOGUE[key].rule(TODAY)
        assert (rule.length.unit, rule.unit_basis) == (Unit.WORKING_DAY, APL.art(85))


@needs_shared_data
@pytest.mark.parametrize(("term", "branch", "rule"), list(every_rule()))
def test_an_end_that_moves_by_an_article_moves_by_its_words(term, branch, rule):
    assert (rule.roll_basis is not None) == (rule.rolls in (Rolls.TEXT, Rolls.FIELD))
    if rule.roll_basis is not None and rule.roll_basis.act not in ("ARL", "ARL_2017"):
        assert re.search("节假日后的?第一日|第一日为期满", article_text(rule.roll_basis))
    elif rule.roll_basis is not None:
        assert "依照" in article_text(rule.roll_basis)  # refers to the CPL


@needs_shared_data
@pytest.mark.parametrize(("term", "branch", "rule"), list(every_rule()))
def test_the_stops_and_extensions_stand_in_the_field_rule(term, branch, rule):
    words = {
        StopKind.SUSPENSION: "中止",
        StopKind.HEARING: "听证",
        StopKind.PUBLIC_NOTICE: "公告",
        StopKind.TESTING: "鉴定",
        StopKind.IDENTIFICATION: "权利人辨认",
        StopKind.REFUND: "退还多收价款",
    }
    if rule.basis[-1].act not in TEXTS:
        return
    text = article_text(rule.basis[-1])
    for stop in rule.stops & words.keys():
        assert words[stop] in text
    for step in rule.extensions:
        if step.at_most is not None:
            length = Length(step.at_most, step.unit)
            assert any(found in text for found in lengths_in_words(length))


@pytest.mark.parametrize(("term", "branch", "rule"), list(every_rule()))
def test_every_rule_is_complete(term, branch, rule):
    assert rule.basis
    assert all(basis.act in ACTS for basis in rule.basis)
    assert branch.field in {"", *FIELDS}
    assert bool(branch.variant) == bool(branch.name)
    unread = any(not ACTS[basis.act].verified for basis in rule.basis)
    assert not unread or Mark.UNVERIFIED in rule.marks
    assert (rule.kind is Kind.EARLIEST) == (rule.back is Back.CLEAR)


@pytest.mark.parametrize(
    ("key", "rolls"),
    [("T01", Rolls.NO), ("T06", Rolls.PARTY), ("T10", Rolls.NO), ("T35", Rolls.NO),
     ("T36", Rolls.TEXT), ("T37", Rolls.TEXT), ("T51", Rolls.NO), ("T02", Rolls.COUNTED)],
)  # fmt: skip
def test_the_column_rolls(key, rolls):
    assert CATALOGUE[key].rule(TODAY).rolls is rolls


@pytest.mark.parametrize(
    ("key", "marks"),
    [
        ("T01", set()),
        ("T39", {Mark.POLICY, Mark.UNVERIFIED}),
        ("T43", {Mark.POLICY}),
        ("T44", {Mark.POLICY}),
        ("T45", {Mark.POLICY}),
        ("T47", {Mark.POLICY}),
        ("T50", {Mark.POLICY, Mark.UNVERIFIED}),
        ("T51", {Mark.POLICY}),
    ],
)
def test_what_is_a_setting_is_marked(key, marks):
    assert CATALOGUE[key].rule(TODAY).marks == marks
    if key in ("T43", "T44", "T45", "T47"):
        assert not CATALOGUE[key].rule(TODAY, field="samr").marks


def test_a_field_without_a_rule_of_its_own_follows_the_common_one():
    assert CATALOGUE["T01"].branch(field="tax").field == ""
    assert CATALOGUE["T01"].branch(field="samr").field == "samr"
    assert CATALOGUE["T10"].branch(field="samr", variant="life_safety").variant == "life_safety"


def test_a_variant_of_one_field_only_is_unknown_elsewhere():
    rule = Rule(Length(1, Unit.YEAR), (APL.art(36),), Rolls.NO)
    only = Branch(Dated({date(2022, 1, 1): rule}), field="samr", variant="case", name="某种情形")
    term = Term("T00", "例", "penalty", "始", "终", (only,))
    assert term.rule(TODAY, field="samr", variant="case") == rule
    with pytest.raises(BadTerm) as caught:
        term.rule(TODAY, variant="case")
    assert caught.value.code == "term.unknown_variant"


FIVE = Rule(Length(5, Unit.CALENDAR_DAY), (SAMR.art(78),), Rolls.NO, marks=frozenset({Mark.POLICY}))


def test_a_setting_replaces_the_default_from_its_day():
    changed = CATALOGUE["T51"].amended(date(2026, 7, 1), FIVE)
    assert changed.rule(date(2026, 6, 30)).length.count == 30
    assert changed.rule(date(2026, 7, 1)) == FIVE
    assert CATALOGUE["T51"].rule(date(2026, 7, 1)).length.count == 30


def test_a_setting_for_a_field_leaves_the_others_alone():
    changed = CATALOGUE["T51"].amended(date(2026, 7, 1), FIVE, field="mot")
    assert changed.rule(TODAY, field="mot") == FIVE
    assert changed.rule(date(2026, 1, 1), field="mot").length.count == 30
    assert changed.rule(TODAY).length.count == 30
    again = changed.amended(date(2027, 1, 1), FIVE, field="mot")
    assert len(again.branches) == len(changed.branches) == 2


@pytest.mark.parametrize(
    ("key", "length", "allowed"),
    [
        pytest.param("T36", Length(15, Unit.CALENDAR_DAY), False, id="a regulation's 15 days"),
        pytest.param("T36", Length(2, Unit.MONTH), False, id="another unit"),
        pytest.param("T36", Length(90, Unit.CALENDAR_DAY), True, id="longer"),
        pytest.param("T37", Length(3, Unit.MONTH), False, id="a shorter suit"),
    ],
)
def test_no_setting_shortens_a_remedy(key, length, allowed):
    rule = Rule(length, (APL.art(1),), Rolls.NO)
    if allowed:
        assert CATALOGUE[key].amended(TODAY, rule).rule(TODAY) == rule
    else:
        with pytest.raises(BadTerm) as caught:
            CATALOGUE[key].amended(TODAY, rule)
        assert caught.value.code == "term.remedy_shortened"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Length(0, Unit.YEAR),
        lambda: Rule(Length(5, Unit.WORKING_DAY), (), Rolls.NO),
        lambda: Rule(Length(5, Unit.CALENDAR_DAY), (), Rolls.COUNTED),
        lambda: Rule(Length(5, Unit.HOUR), (), Rolls.COUNTED, stops=frozenset(StopKind)),
        lambda: Rule(Length(5, Unit.MONTH), (), Rolls.NO, back=Back.OWN),
    ],
)
def test_rules_that_make_no_sense_cannot_be_written(make):
    with pytest.raises(ValueError, match=r"a term lasts|need no rule|no stops|counted back"):
        make()


def test_every_code_of_a_rule_has_words():
    assert set(UNIT_WORDS) == set(Unit)
    assert set(STOP_WORDS) == set(StopKind)
    assert set(APPROVER_WORDS) == set(Approver)


# Citations


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (85, "八十五"), (100, "一百"),
     (105, "一百零五"), (110, "一百一十"), (118, "一百一十八"), (999, "九百九十九")],
)  # fmt: skip
def test_numbers_of_articles(number, words):
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_statutes_have_no_such_article(number):
    with pytest.raises(ValueError, match="999"):
        chinese_number(number)


@pytest.mark.parametrize(
    ("article", "stable", "words"),
    [
        (APL.art(58), "APL 58", "行政处罚法第五十八条"),
        (APL.art(72, 1, 1), "APL 72(1).1", "行政处罚法第七十二条第一款第一项"),
        (APL.art(64, item=2), "APL 64.2", "行政处罚法第六十四条第二项"),
        (APL.whole, "APL", "行政处罚法"),
        (APL_1996.art(29), "APL_1996 29", "行政处罚法（1996年）第二十九条"),
    ],
)
def test_citations_in_both_forms(article, stable, words):
    assert (str(article), article.words) == (stable, words)


def test_articles_are_values_in_order():
    assert APL.art(58) == Article("APL", 58)
    assert sorted([APL.art(60), APL.art(58, 1), APL.art(58)])[0] == APL.art(58)


@needs_shared_data
@pytest.mark.parametrize("key", sorted(TEXTS))
def test_the_title_is_that_of_the_published_text(key):
    act = ACTS[key]
    raw = (SHARED_DATA / "laws" / TEXTS[key]).read_text("utf-8")
    assert raw.lstrip("# ").split("\n")[0].strip() == act.title
    assert act.verified


@needs_shared_data
@pytest.mark.parametrize("key", sorted(TEXTS))
def test_the_edition_is_named_in_the_published_text(key):
    edition = date.fromisoformat(ACTS[key].edition)
    head = (SHARED_DATA / "laws" / TEXTS[key]).read_text("utf-8")[:2_000]
    plain = re.sub("[０-９]", lambda found: str(int(found.group())), head)
    dated = f"{edition.year}年{edition.month}月{edition.day}日"
    assert dated in plain or edition.isoformat() in plain or edition.isoformat() in TEXTS[key]


def test_acts_are_keyed_by_their_own_key():
    assert all(key == act.key for key, act in ACTS.items())
    assert {key for key, act in ACTS.items() if not act.verified} == {
        "APL_1996", "SAMR_HEARING", "NOTICE_118", "NOTICE_424",
    }  # fmt: skip
