"""The page of an item of evidence: its chain, what is noted there, who may set it aside."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests import build
from tests.rooms.cases.desk import Desk, said
from tests.rooms.cases.work import casework, small, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import custody
from zhifa.config.demo import stories
from zhifa.evidence import selectors as evidence
from zhifa.evidence.rules import CustodyAction
from zhifa.law.errors import Denied, NotFound
from zhifa.registry.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings, tmp_path) -> Desk:
    """Return a case with one file of evidence."""
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    return Desk(city=city, case_id=told(casework(city, small()), stories.to_investigating).case_id)


def item(desk: Desk):
    with acting(desk.city.agency_heads[0], on=clock.today()):
        return evidence.items(desk.case_id)[0]


def chain(desk: Desk) -> list[tuple[str, str, str]]:
    with acting(desk.city.agency_heads[0], on=clock.today()):
        return [
            (one.action, one.counterpart, one.purpose) for one in evidence.custody(item(desk).id)
        ]


def noted(desk: Desk, person, **fields):
    data = {"action": "handed_over", "counterpart": "演示检测中心", "purpose": "送检"} | fields
    return desk.client(person).post(desk.url("note_custody", item(desk).id), data)


def excluded(desk: Desk, person, reason: str = "搜查没有批准手续"):
    return desk.client(person).post(desk.url("exclude_evidence", item(desk).id), {"reason": reason})


def page(desk: Desk, person) -> str:
    return said(desk.client(person).get(desk.url("evidence", item(desk).id)))


def test_the_page_is_reached_from_the_case_and_shows_both_digests_and_the_chain(desk):
    handler, one = desk.city.handlers[0], item(desk)
    address = desk.url("evidence", one.id)
    assert f'href="{address}"' in desk.client(handler).get(desk.url("detail")).content.decode()

    text = page(desk, handler)

    assert one.sha256 in text
    assert one.sm3 in text
    assert one.name in text
    assert "接收" in text
    b"".join(desk.client(handler).get(reverse("evidence:file", args=(one.id,))).streaming_content)
    assert "调阅" in page(desk, handler)


def test_an_original_goes_out_to_be_tested_and_comes_back(desk):
    handler = desk.city.handlers[0]
    assert noted(desk, handler).status_code == 302
    assert "已移交：演示检测中心" in page(desk, desk.city.agency_heads[0])
    again = noted(desk, handler)
    assert again.status_code == 422
    assert "已移交（原件）" not in said(again)
    assert noted(desk, handler, action="exported", purpose="复议答复").status_code == 302
    assert noted(desk, handler, action="returned", purpose="").status_code == 302

    assert chain(desk) == [
        ("received", "", ""),
        ("handed_over", "演示检测中心", "送检"),
        ("exported", "演示检测中心", "复议答复"),
        ("returned", "演示检测中心", ""),
    ]
    assert item(desk).handed_to == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"purpose": ""}, "请写明用途，例如送检"),
        ({"counterpart": ""}, "请填写"),
        ({"counterpart": "某" * 201}, "200"),
        ({"counterpart": "检测\u200b中心"}, "不能印制"),
        ({"action": "received"}, "没有这个选项"),
        ({"action": "returned"}, "没有这个选项"),
    ],
)
def test_what_cannot_be_noted_comes_back_in_words(desk, fields, words):
    answer = noted(desk, desk.city.handlers[0], **fields)

    assert answer.status_code == 422
    assert words in said(answer)
    assert len(chain(desk)) == 1


def test_a_race_for_the_original_is_refused_with_its_article(desk, monkeypatch):
    handler = desk.city.handlers[0]
    monkeypatch.setattr("zhifa.evidence.rules.notable", lambda handed_to: tuple(CustodyAction))
    answer = noted(desk, handler, action="returned")

    assert answer.status_code == 409
    assert "原件没有移交出去，无须归还 依据：行政处罚法第四十七条" in said(answer)


def test_who_leads_or_investigates_sets_an_item_aside_for_a_reason(desk):
    head, handler = desk.city.unit_head, desk.city.handlers[0]
    assert "排除这件证据" in page(desk, head)
    assert excluded(desk, head, "").status_code == 422
    assert excluded(desk, head).status_code == 302

    text = page(desk, handler)
    assert "不得作为认定案件事实的根据（行政处罚法第四十六条第三款）" in text
    assert "排除这件证据" not in text
    assert chain(desk)[-1] == ("excluded", "", "搜查没有批准手续")
    assert "已排除" in said(desk.client(handler).get(desk.url("detail")))
    twice = excluded(desk, head)
    assert twice.status_code == 409
    assert "该证据已被排除" in said(twice)


@pytest.mark.parametrize(
    ("story", "words"),
    [
        pytest.param(stories.to_investigated, "请先修改拟处理意见", id="proposed"),
        pytest.param(stories.to_served, "决定以这件证据为依据", id="decided"),
    ],
)
def test_what_a_proposal_or_decision_rests_on_is_not_set_aside(settings, tmp_path, story, words):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    desk = Desk(city=city, case_id=told(casework(city, small()), story).case_id)

    answer = excluded(desk, city.agency_heads[0])

    assert answer.status_code == 409
    assert words in said(answer)
    assert item(desk).excluded_at is None


def test_who_only_reads_notes_nothing_and_a_reviewer_excludes_nothing(desk):
    leader, reviewer = desk.city.leader, desk.city.case_reviewer
    assert "登记保管" not in page(desk, leader)
    assert noted(desk, leader).status_code == excluded(desk, leader).status_code == 403
    assert "登记保管" in page(desk, reviewer)
    assert excluded(desk, reviewer).status_code == 403
    one, now = item(desk), clock.now()
    with acting(leader, on=clock.today()), pytest.raises(Denied):
        custody.note_custody(
            case_id=desk.case_id, item_id=one.id, action=CustodyAction.EXPORTED,
            counterpart="甲", purpose="乙", actor=leader, at=now,
        )  # fmt: skip
    with acting(reviewer, on=clock.today()), pytest.raises(Denied):
        custody.exclude(case_id=desk.case_id, item_id=one.id, reason="理由", actor=reviewer, at=now)
    assert len(chain(desk)) == 1


def test_what_is_out_of_scope_or_of_another_case_is_not_found(desk):
    elsewhere = build.unit(desk.city.body, "执法二大队")
    other_head = build.appointed(Role.HANDLING_UNIT_HEAD, desk.city.body, unit_id=elsewhere)
    other = told(casework(desk.city, small()), stories.to_clue)
    one, head = item(desk), desk.city.agency_heads[0]
    address = desk.url("evidence", one.id)

    assert desk.client(other_head).get(address).status_code == 404
    assert noted(desk, other_head).status_code == excluded(desk, other_head).status_code == 404
    for case_id, item_id in ((other.case_id, one.id), (desk.case_id, uuid4())):
        address = reverse("cases:evidence", args=(case_id, item_id))
        assert desk.client(head).get(address).status_code == 404
    with acting(other_head, on=clock.today()):
        assert [said.purpose for said in evidence.custody(one.id)] == [""]
        with pytest.raises(NotFound):
            custody.item_shown(desk.case_id, one.id, actor=other_head, on=clock.today())
