"""A case in a browser: every page light and dark, on desk and phone, and one case clicked through."""

import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import Page, expect

from tests.rooms.cases.desk import DRAFT, FIRST, PARTY, PROVISION, SERVED, SPELL, Desk, fine

PASSWORD = "demo-Zhifa-2026"


def day(count: int) -> date:
    return FIRST + timedelta(days=count)


def photo(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def known_passwords(desk: Desk) -> dict[str, str]:
    """Give everybody of the city a password and return their login names by what they do."""
    from zhifa.accounts.models import Person

    city = desk.city
    people = {
        "handler": city.handlers[0], "second": city.handlers[1], "unit_head": city.unit_head,
        "head": city.agency_heads[0], "case_reviewer": city.case_reviewer,
        "legal_reviewer": city.legal_reviewer, "leader": city.leader,
    }  # fmt: skip
    Person.objects.filter(pk__in=people.values()).update(
        password=make_password(PASSWORD), must_change_password=False
    )
    return {role: Person.objects.get(pk=person).login_name for role, person in people.items()}


def under_investigation(desk: Desk) -> None:
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    shop = PARTY | {"identifier": "92320684MA1XYZ123A"}
    child = PARTY | {
        "kind": "person", "name": "张演示", "representative": "", "born_on": "2010-05-01",
        "guardian": "张父演示（父亲）",
    }  # fmt: skip
    desk.register(parties=[shop | {"identifier": ""}, child])
    desk.done("verify", handler, day(1), findings="当事人店内广告使用国家机关名义。", facts_suspected="yes")
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
    answer = desk.opinion(day(26), value="correct", text="裁量理由不充分，建议降低罚款数额。", failing={"law": "裁量说理不足"})
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
    return known_passwords(desks["investigating"])


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
