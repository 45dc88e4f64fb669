"""A case in a browser: every page light and dark, on desk and phone, and one case clicked through."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect
from tests.browser.clicking import PASSWORD, photo, send, sign_ins
from tests.rooms.cases.desk import DRAFT, FIRST, PARTY, PROVISION, SERVED, SPELL, Desk, fine


def day(count: int) -> date:
    return FIRST + timedelta(days=count)


def under_investigation(desk: Desk) -> None:
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    shop = PARTY | {"identifier": "92320684MA1XYZ123A"}
    child = PARTY | {
        "kind": "person", "name": "张演示", "representative": "", "born_on": "2010-05-01",
        "guardian": "张父演示（父亲）",
    }  # fmt: skip
    desk.register(parties=[shop | {"identifier": ""}, child])
    desk.done(
        "verify",
        handler,
        day(1),
        findings="当事人店内广告使用国家机关名义。",
        facts_suspected="yes",
    )
    desk.done(
        "file", head, day(2), {"violated": [PROVISION]}, reason="涉嫌违反广告法第九条第二项。",
        handlers=[str(one) for one in desk.city.handlers],
    )  # fmt: skip
    desk.done("investigate", desk.city.unit_head, day(3), plan="")
    party = desk.party()
    desk.done(
        "inspect_on_site", handler, day(3), party=party, **SPELL, certificate_shown="on",
        rights_told="on", findings="货架旁张贴广告一幅，内容使用国家机关名义。", present="王演示", witness="",
        recording="执法记录仪录像8分31秒", remark="", refusal="",
        files=SimpleUploadedFile("现场照片.jpg", photo("navy")),
    )  # fmt: skip
    desk.done(
        "interview", handler, day(4),
        {"questions": [{"question": "广告是谁制作的？", "answer": "我自己制作的。"}]},
        interviewee="王演示", relation="经营者", **SPELL, certificate_shown="on", rights_told="on",
        certificate_answer="看清楚了。", recusal_answer="不申请回避。",
    )  # fmt: skip
    desk.done(
        "collect_evidence", handler, day(4), name="广告照片", kind="documentary", source="本机关拍摄",
        proves="广告的内容", pages="2", files=SimpleUploadedFile("广告.jpg", photo("red")),
    )  # fmt: skip
    desk.done(
        "collect_evidence", handler, day(5), name="广告牌", kind="physical", source="当事人提供",
        proves="广告的存在", pages="1",
    )  # fmt: skip


def before_second_review(desk: Desk) -> None:
    """A major case whose first review asked for a correction, sent again after a change."""
    handler, unit_head = desk.city.handlers[0], desk.city.unit_head
    head = desk.city.agency_heads[0]
    for question, yes in (("public_interest", "no"), ("complex", "yes")):
        for person in (handler, unit_head):
            desk.done(
                "answer_gate", person, day(6), question=question, yes=yes, reason="涉及多个法律关系"
            )
    desk.done(
        "report", handler, day(8), fine("50,000.00"), course="检查、询问、收集证据", evidence=["0", "1"],
        **DRAFT,
    )  # fmt: skip
    for party in desk.parties():
        desk.done("notify", head, day(10), party=party, **SERVED)
    for party in desk.parties():
        desk.done("waive_defence", handler, day(12), party=party, statement="放弃陈述申辩")
    desk.done("submit_review", handler, day(25), note="")
    answer = desk.opinion(
        day(26),
        value="correct",
        text="裁量理由不充分，建议降低罚款数额。",
        failing={"law": "裁量说理不足"},
    )
    assert answer.status_code == 302
    desk.done(
        "revise_draft", handler, day(27), fine("30,000.00"), evidence=["0", "1"], reason="按审核意见修改",
        **DRAFT | {"discretion_reasons": "初次违法，已主动撤除广告，危害后果轻微。"},
    )  # fmt: skip
    desk.done("submit_review", handler, day(28), note="已修改")


@pytest.fixture(scope="module")
def desks(site) -> dict[str, Desk]:
    """Return a case under investigation and one before its second review, in one city."""
    first = Desk()
    under_investigation(first)
    second = Desk(city=first.city)
    under_investigation(second)
    before_second_review(second)
    return {"investigating": first, "in_review": second}


@pytest.fixture(scope="module")
def logins(desks) -> dict[str, str]:
    return sign_ins(desks["investigating"].city)


CASE_PAGES = [
    ("investigating", "handler", "/desk/cases/"),
    ("investigating", "handler", "/desk/cases/new/"),
    ("investigating", "handler", "/desk/cases/{case}/"),
    ("investigating", "leader", "/desk/cases/{case}/?tab=papers"),
    ("in_review", "head", "/desk/cases/{case}/?tab=draft"),
    ("in_review", "handler", "/desk/cases/{case}/?tab=review"),
    ("investigating", "handler", "/desk/cases/{case}/terms/1/"),
    ("investigating", "handler", "/desk/cases/{case}/step/report/"),
    ("investigating", "handler", "/desk/cases/{case}/step/interview/"),
    ("investigating", "handler", "/desk/cases/{case}/step/collect_evidence/"),
    ("investigating", "handler", "/desk/cases/{case}/correct/1/"),
    ("in_review", "legal_reviewer", "/desk/review/"),
    ("in_review", "legal_reviewer", "/desk/cases/{case}/opinion/"),
    ("investigating", "handler", "/desk/search/?q=演示"),
    ("investigating", "unit_head", "/desk/cases/{case}/step/reassign/"),
    ("investigating", "unit_head", "/desk/cases/handing-on/"),
    ("in_review", "head", "/desk/cases/{case}/step/extend_term/"),
]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize(("case", "who", "path"), CASE_PAGES, ids=[page[2] for page in CASE_PAGES])
def test_every_page_of_a_case(as_person, site, desks, logins, check_page, case, who, path, phone):
    page = as_person(logins[who], PASSWORD, phone=phone)
    page.goto(site.path(path.format(case=desks[case].case_id)))

    check_page(page)


# --- one case, clicked through by the people it needs ----------------------------------------


def open_step(page: Page, case: str, action: str) -> None:
    page.goto(f"{case}step/{action}/")


def done(page: Page, case: str) -> None:
    expect(page).to_have_url(case)
    expect(page.locator("[data-done]")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_case_from_clue_to_decision_by_the_people_it_needs(as_person, site, logins, phone):
    handler = as_person(logins["handler"], PASSWORD, phone=phone)
    unit_head = as_person(logins["unit_head"], PASSWORD, phone=phone)
    head = as_person(logins["head"], PASSWORD, phone=phone)
    reviewer = as_person(logins["case_reviewer"], PASSWORD, phone=phone)

    # a clue: the power item is found by a word, the case is named by itself
    handler.goto(site.path("/desk/cases/new/"))
    handler.get_by_label("按名称或者编码查找").press_sequentially("广告")
    handler.get_by_label("对使用国家机关名义发布广告的处罚").check()
    handler.get_by_label("线索内容").fill("店内广告使用国家机关名义。")
    handler.get_by_label("违法行为发生地").fill("海门区演示路2号")
    handler.get_by_label("类型").select_option("个体工商户")
    handler.get_by_label("姓名或者名称").fill("海门区演示点击店")
    handler.get_by_label("法定代表人、负责人或者经营者").fill("赵演示")
    handler.get_by_label("住址或者住所").fill("海门区演示路2号")
    send(handler, "登记")
    handler.wait_for_url("**/desk/cases/*-*/")
    case = handler.url
    expect(handler.get_by_role("heading", level=1)).to_contain_text(
        "海门区演示点击店涉嫌使用国家机关名义发布广告案"
    )

    handler.get_by_role("link", name="核查", exact=True).click()
    handler.get_by_label("核查情况").fill("属实。")
    handler.get_by_label("是", exact=True).check()
    send(handler, "核查")
    done(handler, case)

    # filing needs another person, and two officers
    expect(handler.get_by_text("等待机关负责人办理")).to_be_visible()
    open_step(head, case, "file")
    boxes = head.get_by_role("group", name="承办人").get_by_role("checkbox")
    boxes.nth(1).uncheck()
    boxes.nth(0).check()
    send(head, "批准立案")
    expect(head.get_by_text("至少选两名执法人员", exact=True)).to_be_visible()
    boxes.nth(1).check()
    send(head, "批准立案")
    done(head, case)
    open_step(unit_head, case, "investigate")
    send(unit_head, "开始调查")
    done(unit_head, case)

    # an inspection: what is missing shows while the form is filled in, a preview before it is sent
    open_step(handler, case, "inspect_on_site")
    handler.get_by_label("开始时间").fill("10:20")
    handler.get_by_label("结束时间").fill("11:00")
    handler.get_by_label("现场情况").fill("货架旁张贴广告一幅。")
    handler.get_by_label("已告知陈述、申辩和申请回避等权利").check()
    expect(handler.locator("#checks")).to_contain_text("没有出示执法证件")
    handler.get_by_label("已出示执法证件").check()
    expect(handler.locator("#checks")).to_contain_text("可以办理")
    send(handler, "预览文书")
    expect(handler.get_by_role("heading", name="预览：现场检查笔录")).to_be_visible()
    # what was changed last is checked while the button holds the focus, and not previewed once more
    handler.get_by_label("现场情况").fill("货架旁张贴广告两幅。")
    with handler.expect_response("**/check/"):
        handler.get_by_role("button", name="预览文书").click()
    expect(handler.locator("#checks")).to_contain_text("可以办理")
    expect(handler.get_by_role("heading", name="预览：现场检查笔录")).to_have_count(1)
    send(handler, "现场检查")
    done(handler, case)

    open_step(handler, case, "collect_evidence")
    handler.get_by_label("证据名称").fill("广告照片")
    handler.get_by_label("证据来源").fill("本机关拍摄")
    handler.get_by_label("证明什么").fill("广告的内容")
    colour = "purple" if phone else "orange"
    handler.get_by_label("选择文件").set_input_files(
        {"name": "广告.jpg", "mimeType": "image/jpeg", "buffer": photo(colour)}
    )
    send(handler, "收集证据")
    done(handler, case)

    # both questions of the gate, by both people
    for page in (handler, unit_head):
        for question in ("是否涉及重大公共利益", "是否疑难复杂、涉及多个法律关系"):
            open_step(page, case, "answer_gate")
            page.get_by_label(question).check()
            page.get_by_label("否", exact=True).check()
            page.get_by_label("理由").fill("事实清楚，关系简单。")
            send(page, "回答是否属于重大决定")
            done(page, case)

    # the report: two articles are known already, one penalty more by the button
    open_step(handler, case, "report")
    handler.get_by_label("调查经过").fill("检查、收集证据。")
    handler.get_by_label("认定的事实").fill("以国家机关名义发布广告。")
    handler.get_by_label("裁量理由").fill("初次违法。")
    handler.get_by_label("处理理由").fill("依法应予处罚。")
    penalties = handler.locator("#rows-penalties")
    penalties.get_by_label("种类").select_option("罚款")
    penalties.get_by_label("金额（元）").fill("5,000.00")
    send(handler, "加一项处罚")
    penalties.get_by_label("种类").nth(1).select_option("警告")
    send(handler, "提交调查终结报告")
    done(handler, case)

    # nobody approves his own work: the handler has no button, the reviewer has
    expect(handler.get_by_text("等待案件审核人员办理")).to_be_visible()
    open_step(reviewer, case, "pass_case_review")
    reviewer.get_by_label("审核意见").fill("事实清楚，同意。")
    send(reviewer, "案件审核通过")
    done(reviewer, case)

    # the notice is final: it is shown and asked again; a decision now is refused with its article
    open_step(head, case, "notify")
    head.get_by_label("送达时间").fill("10:00")
    send(head, "下一步：核对")
    expect(head.get_by_text("罚款 5,000.00 元")).to_be_visible()
    send(head, "确认：送达事先告知书")
    done(head, case)
    expect(head.get_by_text("陈述申辩期限还没有届满").first).to_be_visible()

    open_step(handler, case, "waive_defence")
    handler.get_by_label("当事人的声明").fill("放弃陈述申辩。")
    send(handler, "记录放弃陈述申辩")
    done(handler, case)
    open_step(head, case, "decide")
    send(head, "下一步：核对")
    send(head, "确认：作出决定")
    done(head, case)
    expect(head.get_by_text("已作出决定").first).to_be_visible()
    head.goto(f"{case}?tab=papers")
    expect(head.get_by_role("link", name="行政处罚决定书", exact=True)).to_be_visible()


def test_a_form_survives_a_lost_connection(as_person, site, desks, logins):
    page = as_person(logins["handler"], PASSWORD)
    address = site.path(f"/desk/cases/{desks['investigating'].case_id}/step/interview/")
    page.goto(address)
    page.get_by_label("被询问人").fill("丢线演示")
    page.locator("#rows-questions").get_by_label("问", exact=True).first.fill("何时张贴？")
    page.context.set_offline(True)
    send(page, "询问")
    page.context.set_offline(False)
    page.goto(address)

    expect(page.get_by_label("被询问人")).to_have_value("丢线演示")
    expect(page.locator("#rows-questions").get_by_label("问", exact=True).first).to_have_value(
        "何时张贴？"
    )
    expect(page.get_by_text("已填回上次没有提交的内容；文件需要重新选择。")).to_be_visible()

    # a form that takes no files does not speak of them
    address = site.path(f"/desk/cases/{desks['investigating'].case_id}/step/answer_gate/")
    page.goto(address)
    page.get_by_label("理由").fill("案情单一")
    page.goto(address)
    expect(page.get_by_text("已填回上次没有提交的内容。")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_pages_that_answer_a_form(as_person, site, desks, logins, check_page, phone):
    """What is asked again, what is refused, what is wrong beside its field, a list to hand on."""
    desk = desks["investigating"]
    case = site.path(f"/desk/cases/{desk.case_id}/")
    head = as_person(logins["head"], PASSWORD, phone=phone)
    open_step(head, case, "hand_over")
    head.get_by_label("移送到").fill("海门区演示公安局")
    head.get_by_label("移送理由").fill("涉嫌犯罪。")
    head.get_by_label("否", exact=True).check()
    send(head, "下一步：核对")
    expect(head.get_by_role("heading", name="将要发生")).to_be_visible()
    check_page(head)

    handler = as_person(logins["handler"], PASSWORD, phone=phone)
    open_step(handler, case, "suspend")
    handler.get_by_label("中止调查的理由").fill("等待检验。")
    send(handler, "中止调查")
    expect(handler.get_by_text("现在不能办理，什么都没有改动")).to_be_visible()
    check_page(handler)
    open_step(handler, case, "inspect_on_site")
    send(handler, "现场检查")
    expect(handler.get_by_role("alert").first).to_contain_text("需要改正")
    check_page(handler)
    handler.goto(f"{case}?tab=papers")
    handler.get_by_role("link", name="上传签名件").first.click()
    check_page(handler)

    unit_head = as_person(logins["unit_head"], PASSWORD, phone=phone)
    unit_head.goto(site.path("/desk/cases/handing-on/"))
    unit_head.get_by_label("谁的案件").select_option(index=0)
    send(unit_head, "列出在办案件")
    check_page(unit_head)
