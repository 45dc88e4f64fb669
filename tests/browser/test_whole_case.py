"""One major case from the clue to the public portal, clicked through by the people it needs (三项制度全过程).

Everybody finds the work by clicking: 待办, the list of cases, the case, the step. Days lie in the past and are
entered on the forms, as they are when a paper is brought in from the field.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests import build
from tests.browser.clicking import (
    PASSWORD,
    from_case_list,
    from_work_list,
    photo,
    send,
    sign_ins,
)

from zhifa import clock
from zhifa.config.demo.city import id_number

NAME = "钱演示"
PHONE = "13905130513"
ID_NUMBER = id_number(date(1980, 5, 1), 7)
HOME = "海门区演示新村3幢201室"
FACTS = f"{NAME}（身份证号{ID_NUMBER}，电话{PHONE}）在店内以国家机关名义发布广告。"
_ON_A_PHONE = {"handler"}  # who is out of the office half of the day
_BACKGROUND_MS = 60_000  # what the worker prints, seals and sends


@dataclass
class Walk:
    """The case on its way: who sits at which page, and how the case is found."""

    as_person: Callable[..., Page]
    logins: dict[str, str]
    number: str = ""
    desks: dict[str, Page] = field(default_factory=dict)

    def desk(self, who: str) -> Page:
        """Return the page of a person, signed in once."""
        if who not in self.desks:
            phone = who in _ON_A_PHONE
            self.desks[who] = self.as_person(self.logins[who], PASSWORD, phone=phone)
        return self.desks[who]

    def waiting(self, who: str, step: str, *, ago: int) -> Page:
        """Open the step that waits for a person: 待办, the case, its button; fill in the day."""
        page = self.desk(who)
        from_work_list(page, f"{self.number} 待{step}")
        return self.opened(page, step, ago=ago)

    def other(self, who: str, step: str, *, ago: int) -> Page:
        """Open a step that may be taken besides: the list of cases, the case, the step."""
        page = self.desk(who)
        from_case_list(page, self.number)
        return self.opened(page, step, ago=ago)

    def opened(self, page: Page, step: str, *, ago: int) -> Page:
        """Press the button of a step on the page of the case."""
        page.get_by_role("link", name=re.compile(f"^{step}(（缺 \\d+ 项）)?$")).first.click()
        page.get_by_label(re.compile("^(办理|审核)日期$")).fill(day(ago).isoformat())
        return page

    def done(self, page: Page, button: str, *, confirm: bool = False) -> None:
        """Send a form; where the act is final, look at it once more and confirm."""
        if confirm:
            send(page, "下一步：核对")
            expect(page.get_by_role("heading", name="将要发生")).to_be_visible()
        send(page, f"确认：{button}" if confirm else button)
        expect(page.locator("[data-done]")).to_be_visible()


def day(ago: int) -> date:
    return clock.today() - timedelta(days=ago)


@pytest.fixture(scope="module")
def logins(site) -> dict[str, str]:
    return sign_ins(build.city())


def test_a_major_case_from_the_clue_to_the_public_by_the_people_it_needs(
    as_person, visitor, site, logins
):
    walk = Walk(as_person, logins)
    _clue_and_filing(walk)
    _investigation(walk)
    _gate_questions_and_report(walk)
    _notice_and_defence(walk)
    _the_gate_refuses(walk)
    _review_and_decision(walk)
    _service_to_archive(walk)
    path = _publication(walk, site)
    _the_public_reads_it(visitor, path)


def _clue_and_filing(walk: Walk) -> None:
    page = walk.desk("handler")
    page.get_by_role("link", name="案件", exact=True).click()
    page.get_by_role("link", name="登记案源").first.click()
    page.get_by_label("按名称或者编码查找").press_sequentially("广告")
    page.get_by_label("对使用国家机关名义发布广告的处罚").check()
    page.get_by_label("线索内容").fill("店内广告使用国家机关名义。")
    page.get_by_label("违法行为发生地").fill("海门区演示路7号")
    page.get_by_label("发现或者收到线索日期").fill(day(40).isoformat())
    page.get_by_label("类型").select_option("自然人")
    page.get_by_label("姓名或者名称").fill(NAME)
    page.get_by_label("证件号码").fill(ID_NUMBER)
    page.get_by_label("住址或者住所").fill(HOME)
    page.get_by_label("联系电话").fill(PHONE)
    page.get_by_label("登记日期").fill(day(40).isoformat())
    send(page, "登记")
    page.wait_for_url("**/desk/cases/*-*/")
    walk.number = page.locator(".zf-crumbs [aria-current]").inner_text()

    page = walk.waiting("handler", "核查", ago=39)
    page.get_by_label("核查情况").fill("属实，涉嫌违法。")
    page.get_by_label("是", exact=True).check()
    walk.done(page, "核查")

    page = walk.waiting("head", "批准立案", ago=38)
    for box in page.get_by_role("group", name="承办人").get_by_role("checkbox").all():
        box.check()
    walk.done(page, "批准立案")


def _investigation(walk: Walk) -> None:
    walk.done(walk.waiting("unit_head", "开始调查", ago=37), "开始调查")

    page = walk.other("handler", "现场检查", ago=37)
    page.get_by_label("开始时间").fill("10:20")
    page.get_by_label("结束时间").fill("11:00")
    page.get_by_label("已出示执法证件").check()
    page.get_by_label("已告知陈述、申辩和申请回避等权利").check()
    page.get_by_label("现场情况").fill("货架旁张贴广告一幅，使用国家机关名义。")
    page.get_by_label("选择文件").set_input_files(picture("现场照片.jpg", "teal"))
    walk.done(page, "现场检查")

    page = walk.other("handler", "询问", ago=36)
    page.get_by_label("地点").fill("本机关询问室")
    page.get_by_label("开始时间").fill("14:00")
    page.get_by_label("结束时间").fill("14:40")
    page.get_by_label("已出示执法证件").check()
    page.get_by_label("已告知陈述、申辩和申请回避等权利").check()
    questions = page.locator("#rows-questions")
    questions.get_by_label("问", exact=True).first.fill("广告是谁制作的？")
    questions.get_by_label("答", exact=True).first.fill("我自己制作的。")
    walk.done(page, "询问")

    page = walk.other("second", "收集证据", ago=36)
    page.get_by_label("证据名称").fill("广告照片")
    page.get_by_label("证据来源").fill("本机关拍摄")
    page.get_by_label("证明什么").fill("广告的内容")
    page.get_by_label("选择文件").set_input_files(picture("广告.jpg", "olive"))
    walk.done(page, "收集证据")
    expect(page.get_by_role("cell", name="广告照片 证明：广告的内容")).to_be_visible()


def _gate_questions_and_report(walk: Walk) -> None:
    for who in ("handler", "unit_head"):
        for question, answer in (
            ("是否涉及重大公共利益", "否"),
            ("是否疑难复杂、涉及多个法律关系", "是" if who == "unit_head" else "否"),
        ):
            find = walk.waiting if who == "unit_head" else walk.other
            page = find(who, "回答是否属于重大决定", ago=35)
            page.get_by_label(question).check()
            page.get_by_label(answer, exact=True).check()
            page.get_by_label("理由").fill("影响限于个案。" if answer == "否" else "法律关系复杂。")
            walk.done(page, "回答是否属于重大决定")
    expect(
        page.get_by_text("调查终结报告一经提交即属重大执法决定")
    ).to_be_visible()  # one yes is enough

    page = walk.waiting("handler", "提交调查终结报告", ago=34)
    page.get_by_label("调查经过").fill("检查、询问、收集证据。")
    page.get_by_label("认定的事实").fill(FACTS)
    page.get_by_label("裁量理由").fill("初次违法，主动撤除。")
    page.get_by_label("处理理由").fill("依法应予处罚。")
    penalties = page.locator("#rows-penalties")
    penalties.get_by_label("种类").select_option("罚款")
    penalties.get_by_label("金额（元）").fill("3,000.00")
    walk.done(page, "提交调查终结报告")
    expect(page.get_by_text("决定前须经法制审核通过")).to_be_visible()


def _notice_and_defence(walk: Walk) -> None:
    page = walk.waiting("head", "送达事先告知书", ago=33)
    page.get_by_label("送达时间").fill("10:00")
    walk.done(page, "送达事先告知书", confirm=True)

    page = walk.other("handler", "记录陈述申辩并复核", ago=31)
    page.get_by_label("陈述申辩的内容").fill("已经撤除，请求从轻。")
    page.get_by_label("复核情况").fill("撤除属实，拟处理意见已经考虑。")
    page.get_by_label("不采纳", exact=True).check()
    walk.done(page, "记录陈述申辩并复核")


def _the_gate_refuses(walk: Walk) -> None:
    """A major decision before the review is refused, beforehand and when it is sent, with its article."""
    page = walk.other("head", "作出决定", ago=20)
    refusal = page.get_by_role("listitem").filter(has_text="法制审核")
    expect(page.locator("#checks")).to_contain_text("行政处罚法第五十八条第一款")
    send(page, "下一步：核对")
    expect(page.get_by_text("现在不能办理，什么都没有改动")).to_be_visible()
    expect(refusal.first).to_contain_text("行政处罚法第五十八条第一款")


def _review_and_decision(walk: Walk) -> None:
    walk.done(walk.waiting("handler", "送法制审核", ago=15), "送法制审核")

    page = walk.waiting("legal_reviewer", "出具法制审核意见", ago=13)
    findings = page.get_by_role("group").filter(has=page.get_by_label("符合", exact=True))
    expect(findings).to_have_count(7)
    for finding in findings.all():
        finding.get_by_label("符合", exact=True).check()
    page.get_by_label("同意", exact=True).check()
    page.get_by_label("理由和建议").fill("事实清楚，程序合法，同意。")
    walk.done(page, "出具意见")
    page.get_by_role("link", name="审核", exact=True).click()
    expect(page.get_by_text("通过，现在有效")).to_be_visible()

    page = walk.waiting("head", "集体讨论", ago=11)
    page.get_by_label("地点").fill("本机关会议室")
    page.get_by_label("开始时间").fill("15:00")
    page.get_by_label("结束时间").fill("15:40")
    votes = page.locator("#rows-votes [data-row]")
    for vote, post in zip(votes.all(), ("局长", "副局长"), strict=False):
        vote.get_by_label("职务").fill(post)  # the two are namesakes here
        vote.get_by_label("是否同意拟处理意见").select_option("同意")
        vote.get_by_label("意见", exact=True).fill("同意。")
    page.get_by_label("讨论结论").fill("按拟处理意见作出决定。")
    walk.done(page, "集体讨论")

    walk.done(walk.waiting("head", "作出决定", ago=10), "作出决定", confirm=True)
    page = walk.desk("head")
    page.get_by_role("link", name=re.compile("^文书")).click()
    expect(page.get_by_role("link", name="行政处罚决定书", exact=True)).to_be_visible()


def _service_to_archive(walk: Walk) -> None:
    page = walk.waiting("handler", "送达决定书", ago=8)
    page.get_by_label("送达时间").fill("09:30")
    walk.done(page, "送达决定书", confirm=True)

    page = walk.waiting("handler", "登记缴款", ago=5)
    page.get_by_label("凭证号码").fill("YS0001")
    page.get_by_label("是", exact=True).check()
    walk.done(page, "登记缴款")

    page = walk.waiting("head", "批准结案", ago=3)
    page.get_by_label("办理和执行情况").fill("罚款已经缴清，建议结案。")
    walk.done(page, "批准结案", confirm=True)

    page = walk.waiting("archivist", "归档", ago=1)
    page.get_by_label("档案号").fill("2026-7")
    page.get_by_label("页数").fill("36")
    walk.done(page, "归档")
    expect(page.locator(".zf-page-actions").get_by_text("已归档")).to_be_visible()


def _publication(walk: Walk, site) -> str:
    """Four people bring the decision to the public; return where it is then read."""
    page = walk.desk("editor")
    from_work_list(page, "待编辑公示")
    row = page.get_by_role("row").filter(has_text=walk.number)
    row.get_by_role("button", name=re.compile("^编辑公示")).click()
    expect(page.get_by_role("heading", name="公开内容")).to_be_visible()
    public = page.locator(".ds-side:nth-child(2)")
    assert PHONE not in "".join(public.all_inner_texts())
    number = page.locator(".zf-crumbs [aria-current]").inner_text()
    send(page, "提交")
    expect(page.get_by_text("待承办机构负责人同意").first).to_be_visible()
    for who, waits, button in (
        ("unit_head", "待承办机构负责人同意", "同意公示"),
        ("reviewer", "待公示审核", "审核通过"),
        ("publisher", "待发布", "发布"),
    ):
        page = walk.desk(who)
        from_work_list(page, f"{number} {waits}")
        send(page, button)
        expect(page.locator("[data-done]")).to_be_visible()

    link = page.get_by_role("link", name="门户页面")
    for _ in range(_BACKGROUND_MS // 1000):  # the page of a publication does not move by itself
        if link.count() and page.get_by_text("已公示").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(link).to_be_visible()
    return number


def _the_public_reads_it(visitor: Callable[..., Page], number: str) -> None:
    """Whoever comes finds the decision, its document and its proof, and nothing private."""
    page = visitor("/")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="执法决定").click()
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.get_by_text("重大决定，已经法制审核")).to_be_visible()
    expect(page.get_by_text(f"{day(13)} 通过")).to_be_visible()  # the day of the opinion
    expect(page.get_by_role("heading", name="没有改动过的证明")).to_be_visible()
    text = page.locator("body").inner_text()
    assert [secret for secret in (PHONE, ID_NUMBER, NAME, HOME) if secret in text] == []

    address = page.get_by_role("link", name="单独打开").get_attribute("href")
    answer = page.request.get(address_of(page, address))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="文书核验").click()
    page.get_by_role("textbox", name="文号、核验码或文件摘要值").fill(number)
    send(page, "核验")
    expect(page.get_by_text("有这份文书，已盖章并写入执法记录")).to_be_visible()
    page.get_by_role("link", name=number).first.click()
    expect(page.get_by_text("这份决定已经公示，查看")).to_be_visible()
    assert NAME not in page.locator("body").inner_text()


def address_of(page: Page, path: str) -> str:
    return page.evaluate("path => new URL(path, document.baseURI).href", path)


def picture(name: str, colour: str) -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(colour)}
