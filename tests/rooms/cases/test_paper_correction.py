"""A clerical error in a served document is corrected by a notice; the document stays as it is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests import build
from tests.rooms.cases.desk import FIRST, PROVISION, SERVED, Desk
from tests.rooms.cases.desk import said as read

from zhifa import clock
from zhifa.cases import replay, services
from zhifa.documents import selectors as documents
from zhifa.documents.values.decisions import Correction
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import Denied
from zhifa.registry import selectors as registry
from zhifa.registry.services import end_appointment

pytestmark = pytest.mark.django_db

RIGHT = {"place": "保存地点", "wrong": "店内", "right": "店内冷柜"}


def day(count: int) -> date:
    return FIRST + timedelta(days=count)


@pytest.fixture
def desk() -> Desk:
    """Return a case with a served document: a notice of preservation."""
    made = Desk()
    handler, head = made.city.handlers[0], made.city.agency_heads[0]
    made.register()
    made.done("verify", handler, day(1), findings="属实", facts_suspected="yes")
    handlers = [str(one) for one in made.city.handlers]
    made.done("file", head, day(2), {"violated": [PROVISION]}, reason="涉嫌违法", handlers=handlers)
    made.done("investigate", made.city.unit_head, day(3), plan="")
    items = {"name": "广告牌", "quantity": "1块", "specification": "", "producer": "", "batch": "",
             "note": ""}  # fmt: skip
    made.done(
        "register_preservation", head, day(3), {"items": [items]}, party=made.party(),
        place="店内", keeper="", conditions="", reason="可能灭失",
    )  # fmt: skip
    return made


def paper(desk: Desk, type_key: str = "preservation_notice"):
    with build.acting(desk.city.agency_heads[0], on=day(3)):
        return documents.latest(desk.case_id, type_key)


def address(desk: Desk, type_key: str = "preservation_notice") -> str:
    return reverse("cases:correct_paper", args=(desk.case_id, paper(desk, type_key).id))


def sent(rows: list[dict[str, str]] | None = None, **fields: str) -> dict[str, object]:
    given = [RIGHT] if rows is None else rows
    columns = {f"errors-{name}": [row[name] for row in given] for name in RIGHT}
    return {"reasons": "笔误", "happened_on": day(4).isoformat(), "seen": "0"} | columns | fields


def test_the_head_corrects_a_served_document(desk):
    head, before = desk.city.agency_heads[0], paper(desk)
    opened = desk.client(head).get(address(desk))
    assert "补正" in opened.content.decode()
    assert desk.client(head).post(address(desk), sent()).status_code == 302

    notice = paper(desk, "correction_notice")
    assert notice.number.endswith("补正〔2026〕1号")
    assert paper(desk) == before
    with build.acting(head, on=day(4)):
        said = documents.content(notice.id).values
        entry = journal.entries(f"case:{desk.case_id}")[-1]
    assert said.document_number == before.number
    assert said.corrections == (Correction(**RIGHT),)
    assert (entry.kind, entry.body["notice"]) == ("case.paper_corrected", str(notice.id))


def test_the_page_of_a_case_offers_it_to_the_head_alone(desk):
    page = reverse("cases:detail", args=(desk.case_id,)) + "?tab=papers"
    shown = {
        person: address(desk) in desk.client(person).get(page).content.decode()
        for person in (desk.city.agency_heads[0], desk.city.handlers[0])
    }
    assert list(shown.values()) == [True, False]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (sent([]), "请至少写明一处差错"),
        (sent([RIGHT | {"right": "店内"}]), "更正后的文字与原文相同"),
        (sent(reasons=""), "理由"),
        (sent(happened_on=day(-30).isoformat()), "补正日期不能早于文书日期"),
        (sent(happened_on="2199-01-04"), "补正日期不能晚于今天"),
        (sent([RIGHT | {"right": "店\u200b内"}]), "不能印制"),
    ],
)
def test_what_corrects_nothing_comes_back_filled(desk, data, words):
    answer = desk.client(desk.city.agency_heads[0]).post(address(desk), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert paper(desk, "correction_notice") is None


def test_another_row_is_asked_for_without_sending(desk):
    answer = desk.client(desk.city.agency_heads[0]).post(
        address(desk), sent() | {"add_row": "errors"}
    )
    assert answer.status_code == 200
    assert answer.content.decode().count('name="errors-place"') == 2


def test_only_the_head_issues_it_and_only_outward_documents_are_corrected(desk):
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    assert desk.client(handler).post(address(desk), sent()).status_code == 403
    internal = address(desk, "preservation_inventory")
    assert desk.client(head).get(internal).status_code == 404
    with build.acting(handler, on=day(4)), pytest.raises(Denied):
        services.correct_paper(
            case_id=desk.case_id, document_id=paper(desk).id, corrections=(Correction(**RIGHT),),
            reasons="笔误", actor=handler, on=day(4), at=clock.now(), seen=0,
        )  # fmt: skip


def test_who_is_head_no_longer_dates_none_back(desk):
    head = desk.city.agency_heads[0]
    with build.acting(head, on=day(5)):
        (office,) = registry.appointments(head)
    end_appointment(
        appointment_id=office.id, valid_until=day(4), reason="免职", actor=SYSTEM, at=clock.now()
    )
    with build.acting(head, on=day(4)), pytest.raises(Denied, match="agency_head_only"):
        services.correct_paper(
            case_id=desk.case_id, document_id=paper(desk).id, corrections=(Correction(**RIGHT),),
            reasons="笔误", actor=head, on=day(4), at=clock.now(), seen=0,
        )  # fmt: skip


def test_a_second_click_makes_no_second_notice_and_says_so(desk):
    client = desk.client(desk.city.agency_heads[0])
    assert 'name="seen" value="0"' in client.get(address(desk)).content.decode()
    assert client.post(address(desk), sent()).status_code == 302
    first = paper(desk, "correction_notice")

    again = client.post(address(desk), sent())
    text = again.content.decode()
    assert (again.status_code, paper(desk, "correction_notice")) == (409, first)
    assert first.number in text
    assert "您已经点过一次" in text
    assert 'value="店内冷柜"' in text
    assert 'name="seen" value="1"' in text
    assert client.post(address(desk), sent(seen="1")).status_code == 302  # meant, having seen it
    assert paper(desk, "correction_notice").number.endswith("补正〔2026〕2号")


# --- its service --------------------------------------------------------------------------------


@pytest.fixture
def corrected(desk) -> Desk:
    assert desk.client(desk.city.agency_heads[0]).post(address(desk), sent()).status_code == 302
    return desk


def service(desk: Desk) -> str:
    return desk.url("serve_notice", paper(desk, "correction_notice").id)


def serve(desk: Desk, who=None, **fields: str):
    who = who or desk.city.handlers[0]
    given = {"party": desk.party(), "happened_on": day(5).isoformat(), "seen": desk.version(who)}
    return desk.client(who).post(service(desk), given | SERVED | fields)


def test_its_service_is_recorded_with_a_receipt_and_an_entry(corrected):
    desk, handler = corrected, corrected.city.handlers[0]
    papers = desk.url("detail") + "?tab=papers"
    assert f'href="{service(desk)}"' in desk.client(handler).get(papers).content.decode()
    opened = desk.client(handler).get(service(desk))
    assert "海门区演示好又鲜食品店" in read(opened)

    assert serve(desk).status_code == 302

    notice, receipt = paper(desk, "correction_notice"), paper(desk, "service_receipt")
    with build.acting(handler, on=day(6)):
        said = documents.content(receipt.id).values
        entry = journal.entries(f"case:{desk.case_id}")[-1]
        assert list(replay.differences()) == []
    assert [(one.title, one.number) for one in said.documents] == [(notice.title, notice.number)]
    assert (said.served_on, said.received_by, str(said.method)) == (day(5), "王演示", "direct")
    assert (entry.kind, entry.body["receipt"]) == ("case.paper_served", str(receipt.id))
    page = desk.client(handler).get(papers)
    assert "<strong>制作补正通知书</strong>" in page.content.decode()
    assert f'href="{service(desk)}"' not in page.content.decode()
    assert (
        '<strong>送达补正通知书</strong><time datetime="2026-03-07">'
        in page.content.decode().replace("</strong> ", "</strong>")
    )


@pytest.mark.parametrize(
    ("who", "fields", "words"),
    [
        ("handler", {"happened_on": day(1).isoformat()}, "送达日期不能早于补正通知书的日期"),
        ("handler", {"method": "electronic"}, "电子送达须有当事人签署的确认书"),
        ("handler", {"method": "lien"}, "留置送达须有见证人"),
        ("head", {}, "您在本机关没有这个岗位"),
    ],
)
def test_what_is_no_service_is_refused_with_its_article(corrected, who, fields, words):
    city = corrected.city
    person = city.handlers[0] if who == "handler" else city.agency_heads[0]
    answer = serve(corrected, person, **fields)

    assert answer.status_code == 409
    assert words in read(answer)
    assert "依据：" in read(answer)
    assert paper(corrected, "service_receipt") is None


def test_bad_input_comes_back_in_words_and_the_second_service_is_refused(corrected):
    assert serve(corrected, receiver="").status_code == 422
    assert "办理日期不能晚于今天" in read(serve(corrected, happened_on="2199-01-04"))
    changed = serve(corrected, seen="1")
    assert (changed.status_code, "案件刚刚有了变动" in read(changed)) == (409, True)
    assert serve(corrected).status_code == 302
    twice = serve(corrected)
    assert twice.status_code == 409
    assert "补正通知书已经送达这个当事人 依据：民事诉讼法第八十七条" in read(twice)


def test_only_a_notice_of_the_case_is_served_this_way(corrected):
    handler = corrected.city.handlers[0]
    other = corrected.url("serve_notice", paper(corrected).id)
    assert corrected.client(handler).get(other).status_code == 404
    elsewhere = reverse(
        "cases:serve_notice", args=(corrected.city.body, paper(corrected, "correction_notice").id)
    )
    assert corrected.client(handler).get(elsewhere).status_code == 404
