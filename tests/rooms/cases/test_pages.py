"""The pages of a case, opened and sent as a browser would: forms, refusals, lists, reviews."""

import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook
from tests import build
from tests.rooms.cases.desk import (
    DRAFT,
    FIRST,
    PARTY,
    PROVISION,
    SERVED,
    SPELL,
    Desk,
    fine,
    flat,
    said,
)

from zhifa.cases import selectors
from zhifa.cases.forms import OWN_PAGES
from zhifa.documents import selectors as documents
from zhifa.evidence import blobs
from zhifa.law.identifiers import id_check
from zhifa.procedures import definitions

pytestmark = pytest.mark.django_db
NUMBER = "11010519900101002" + id_check("11010519900101002")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def day(count: int) -> date:
    return FIRST + timedelta(days=count)


def registered(desk: Desk, **more) -> Desk:
    answer = desk.register(**more)
    assert answer.status_code == 302, said(answer)
    return desk


def investigating(desk: Desk, **more) -> Desk:
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    registered(desk, **more)
    desk.done("verify", handler, day(1), findings="属实", facts_suspected="yes")
    desk.done(
        "file", head, day(2), {"violated": [PROVISION]}, reason="涉嫌违法",
        handlers=[str(one) for one in desk.city.handlers],
    )  # fmt: skip
    desk.done("investigate", desk.city.unit_head, day(3), plan="")
    return desk


def inspect(desk: Desk, **more) -> None:
    fields = {
        "party": desk.party(), **SPELL, "certificate_shown": "on", "rights_told": "on",
        "findings": "货架旁有广告", "present": "王演示", "witness": "", "recording": "", "remark": "",
        "refusal": "",
    }  # fmt: skip
    desk.done("inspect_on_site", desk.city.handlers[0], day(3), **fields | more)


def collect(desk: Desk, **more) -> None:
    fields = {
        "name": "广告照片", "kind": "documentary", "source": "本机关拍摄", "proves": "内容", "pages": "2",
    }  # fmt: skip
    desk.done("collect_evidence", desk.city.handlers[0], day(4), **fields | more)


def reported(desk: Desk, *, yuan: str = "5,000.00", major: bool = False, **more) -> Desk:
    handler, unit_head = desk.city.handlers[0], desk.city.unit_head
    investigating(desk, **more)
    inspect(desk)
    collect(desk)
    for question in ("public_interest", "complex"):
        yes = "yes" if major and question == "complex" else "no"
        for person in (handler, unit_head):
            desk.done("answer_gate", person, day(4), question=question, yes=yes, reason="理由")
    desk.done("report", handler, day(5), fine(yuan), course="检查", evidence=["0"], **DRAFT)
    return desk


def told(desk: Desk) -> Desk:
    """Serve the notice and record that the party waives its defence."""
    party = desk.party()
    desk.done("notify", desk.city.agency_heads[0], day(7), party=party, **SERVED)
    desk.done("waive_defence", desk.city.handlers[0], day(8), party=party, statement="放弃陈述申辩")
    return desk


def photo(colour: str = "navy") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", buffer.getvalue())


# --- a whole case --------------------------------------------------------------------------


def test_a_case_is_clicked_from_clue_to_archive(desk):
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    reported(desk)
    party = desk.party()
    desk.done("pass_case_review", desk.city.case_reviewer, day(6), text="同意")
    told(desk)
    desk.done("decide", head, day(20), outcome="penalty", remark="")
    desk.done("serve", handler, day(21), party=party, **SERVED)
    desk.done(
        "record_payment", handler, day(22), party=party, amount_fen="5,000.00", receipt_number="1",
        complete="yes",
    )  # fmt: skip
    desk.done("close", head, day(23), event="执行完毕", summary="已缴清")
    desk.done("archive", desk.city.archivist, day(24), volume="2026-1", pages="80")

    page = desk.client(handler).get(desk.url("detail")).content.decode()
    assert "案件已经归档" in page
    assert (
        "行政处罚决定书"
        in desk.client(handler).get(desk.url("detail") + "?tab=papers").content.decode()
    )


def test_a_clue_registered_later_keeps_the_day_it_came_in_apart(desk):
    registered(desk, discovered_on=FIRST.isoformat(), happened_on=day(4).isoformat())

    with build.acting(desk.city.agency_heads[0], on=day(5)):
        (paper,) = documents.documents_of(desk.case_id)
        said_there = documents.content(paper.id).values
        (term,) = selectors.case(desk.case_id).facts.running()
    assert (said_there.received_on, said_there.registered_on) == (FIRST, day(4))
    assert (term.key, term.started_on) == ("T44", FIRST)


def test_filing_after_the_last_day_is_called_late_before_and_after(desk):
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    registered(desk, discovered_on=FIRST.isoformat(), happened_on=day(20).isoformat())
    desk.done("verify", handler, day(20), findings="属实", facts_suspected="yes")
    form = {"seen": "2", "reason": "涉嫌违法", "handlers": [str(one) for one in desk.city.handlers]}

    def checked(on: date) -> str:
        sent = flat(form | {"happened_on": on.isoformat()}, {"violated": [PROVISION]})
        return desk.client(head).post(desk.url("check", "file"), sent).content.decode()

    assert "现在办理属于逾期" not in checked(day(20))
    assert "2026-03-23），现在办理属于逾期" in checked(day(22))  # 2 March and fifteen working days
    desk.done("file", head, day(22), {"violated": [PROVISION]}, **form)

    shown = desk.client(handler).get(desk.url("detail")).content.decode()
    assert re.search(r"2026-03-24 已办结 <span class=\"badge zf-late\">逾期", shown)


def test_who_pays_late_pays_more_and_not_for_the_days_of_a_suit(desk):
    handler = desk.city.handlers[0]
    reported(desk)
    party = desk.party()
    desk.done("pass_case_review", desk.city.case_reviewer, day(6), text="同意")
    told(desk)
    desk.done("decide", desk.city.agency_heads[0], day(20), outcome="penalty", remark="")
    desk.done("serve", handler, day(21), party=party, **SERVED)

    def shown() -> str:
        return desk.client(handler).get(desk.url("detail")).content.decode()

    # Served on 23 March: the last day for payment is 7 April, T06.
    assert "自 2026-04-08 起每日百分之三，已计 34 日，共 5,000.00 元，已达上限" in shown()
    suit = {"party": party, "authority": "演示法院", "note": "已受理"}
    desk.done("record_suit", handler, day(40), **suit)
    assert "已计 3 日，共 450.00 元，上限 5,000.00 元，复议、诉讼期间" in shown()
    form = desk.client(handler).get(desk.url("step", "record_suit")).content.decode()
    assert re.search(r'name="concluded"[^>]*checked', form)
    desk.done("record_suit", handler, day(50), **suit, concluded="on")
    desk.done(
        "record_payment", handler, day(52), party=party, amount_fen="5,000.00", receipt_number="1",
        complete="yes", additional_fen="750.00",
    )  # fmt: skip
    assert "已计 5 日，共 750.00 元" in shown()
    assert "已缴 750.00 元" in shown()
    desk.done(
        "link_case", handler, day(53), kind="court_enforcement", reference="（2026）苏0614行审1号",
        authority="演示法院", note="",
    )  # fmt: skip
    assert "（2026）苏0614行审1号" in shown()


def test_a_record_of_a_device_proves_only_after_its_audits(desk):
    investigating(desk)
    device = {
        "device": "演示探头1号", "legal_audit": "法制科 2026-01-05", "technical_audit": "",
        "published": "本机关网站", "party_told": "短信",
    }  # fmt: skip
    fields = {
        "name": "抓拍",
        "kind": "electronic_data",
        "source": "监控",
        "proves": "时间",
        "pages": "1",
    }
    refused = desk.take("collect_evidence", desk.city.handlers[0], day(4), **fields, **device)
    assert refused.status_code == 409
    assert "监控设备没有经过法制和技术审核" in said(refused)
    assert "监控记录的内容没有经过审核" in said(refused)
    collect(desk, **device | {"technical_audit": "计量所 2026-01-06", "record_audited": "on"})


def test_a_major_case_goes_through_review_and_its_pass_is_bound_to_the_text(desk):
    handler, head, reviewer = (
        desk.city.handlers[0],
        desk.city.agency_heads[0],
        desk.city.legal_reviewer,
    )
    told(reported(desk, yuan="20,000.00", major=True))
    desk.done("submit_review", handler, day(20), note="")

    queue = desk.client(reviewer).get(reverse("review:queue")).content.decode()
    assert "20,000.00" in queue
    assert desk.client(handler).get(desk.url("opinion")).status_code == 404
    refused = desk.opinion(day(21), value="approve", text="同意", failing={"law": "理由不足"})
    assert refused.status_code == 422
    assert "不能同意" in said(refused)
    desk.opinion(day(21), value="correct", text="建议降低罚款数额", failing={"law": "理由不足"})
    desk.done(
        "revise_draft",
        handler,
        day(22),
        fine("12,000.00"),
        evidence=["0"],
        reason="按意见修改",
        **DRAFT,
    )
    desk.done("submit_review", handler, day(22), note="")
    again = desk.client(reviewer).get(desk.url("opinion")).content.decode()
    assert "<del>罚款 20,000.00 元</del><ins>罚款 12,000.00 元</ins>" in again
    assert desk.opinion(day(23), value="approve", text="同意").status_code == 302

    tab = desk.client(head).get(desk.url("detail") + "?tab=review").content.decode()
    assert "通过，现在有效" in tab
    votes = [
        {"person": "赵演示", "post": "局长", "agrees": "yes", "opinion": "同意"},
        {"person": "钱演示", "post": "副局长", "agrees": "yes", "opinion": "同意"},
    ]
    desk.done(
        "discuss", head, day(24), {"votes": votes}, place="会议室", began_at="09:00", ended_at="10:00",
        chair="", absent="", conclusion="同意处罚",
    )  # fmt: skip
    desk.done("decide", head, day(24), outcome="penalty", remark="")
    assert desk.state() == "decided"


# --- forms of every step -------------------------------------------------------------------


def test_every_step_of_every_state_opens_for_whoever_sees_the_case(desk):
    reported(desk)
    procedure = definitions.latest("penalty.ordinary")
    opened = set()
    for person in (desk.city.handlers[0], desk.city.agency_heads[0]):
        for step in procedure.from_state(desk.state()):
            if step.data not in OWN_PAGES:
                page = desk.client(person).get(desk.url("step", step.action))
                assert page.status_code == 200, step.action
                opened.add(step.action)
    assert {"pass_case_review", "revise_draft", "hand_over", "reassign"} <= opened


@pytest.mark.parametrize(
    ("action", "status"), [("no_such_step", 404), ("give_opinion", 404), ("decide", 409)]
)
def test_a_step_that_is_not_there_is_not_found_or_gone(desk, action, status):
    registered(desk)
    assert desk.client(desk.city.handlers[0]).get(desk.url("step", action)).status_code == status


def test_what_is_missing_is_named_with_its_article_before_anything_is_clicked(desk):
    page = desk.client(investigating(desk).city.handlers[0]).get(desk.url("detail"))

    text = said(page)
    assert (
        "还没有收集证据，请先收集证据 依据：行政处罚法第四十六条"
        in page.content.decode().replace('</strong>\n    <div class="basis">', " ")
    )
    assert "去办理：收集证据" in text


def test_a_refused_step_comes_back_filled_with_every_reason(desk):
    handler = investigating(desk).city.handlers[0]
    answer = desk.take(
        "report", handler, day(5), fine("5,000.00"), course="检查经过", evidence=[], **DRAFT
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "检查经过" in page
    assert "5,000.00" in page
    assert page.count('<ul class="zf-blockers">') >= 1
    assert desk.state() == "investigating"


def test_a_day_in_the_future_is_said_beside_the_field(desk):
    handler = registered(desk).city.handlers[0]
    answer = desk.take("verify", handler, date(2027, 1, 1), findings="属实", facts_suspected="yes")

    assert answer.status_code == 422
    assert "办理日期不能晚于今天" in said(answer)


def test_a_day_before_the_last_step_is_refused(desk):
    handler = registered(desk).city.handlers[0]
    answer = desk.take("verify", handler, day(-1), findings="属实", facts_suspected="yes")

    assert answer.status_code == 409
    assert "日期不能早于" in said(answer)


def test_a_second_person_gets_the_form_back_with_what_happened_meanwhile(desk):
    first, second = investigating(desk).city.handlers
    seen = desk.version(first)
    inspect(desk)
    answer = desk.client(second).post(
        desk.url("step", "collect_evidence"),
        {"seen": seen, "happened_on": day(4).isoformat(), "name": "我填的名称", "kind": "documentary",
         "source": "甲", "proves": "乙", "pages": "1"},
    )  # fmt: skip

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "现场检查" in said(answer)
    assert "我填的名称" in page
    assert f'name="seen" value="{desk.version(first)}"' in page


def test_a_form_that_is_sent_in_does_not_read_the_record(desk):
    """A long case costs no more than a short one."""
    investigating(desk)
    handler, asked = desk.city.handlers[0], []
    for _ in range(2):
        fields = {
            "question": "complex", "yes": "no", "reason": "理由", "confirmed": "1",
            "seen": desk.version(handler), "happened_on": day(4).isoformat(),
        }  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            answer = desk.client(handler).post(desk.url("step", "answer_gate"), fields)
        assert answer.status_code == 302
        asked.append([one["sql"] for one in queries])
        for _ in range(5):
            collect(desk)
    assert len(asked[0]) == len(asked[1]) <= 12
    assert not [sql for sql in asked[1] if 'FROM "journal_entry"' in sql]


def test_a_double_click_takes_one_step(desk):
    handler = registered(desk).city.handlers[0]
    fields = {
        "seen": 1,
        "happened_on": day(1).isoformat(),
        "findings": "属实",
        "facts_suspected": "yes",
    }
    first, second = (
        desk.client(handler).post(desk.url("step", "verify"), fields) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (302, 409)
    assert "没有重复记录" in said(second)
    assert desk.version(handler) == 2


def test_the_same_registration_sent_twice_opens_one_case(desk):
    assert desk.register().status_code == 302
    again = desk.register()

    assert again.status_code == 302
    assert again.url == desk.url("detail")


def test_a_final_step_shows_what_will_happen_and_asks_again(desk):
    reported(desk)
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    desk.done("pass_case_review", desk.city.case_reviewer, day(6), text="同意")
    told(desk)
    fields = {"seen": desk.version(head), "happened_on": day(20).isoformat(), "outcome": "penalty",
              "remark": "同意处罚"}  # fmt: skip
    asked = desk.client(head).post(desk.url("step", "decide"), fields)

    text = said(asked)
    assert asked.status_code == 200
    assert "行政处罚决定书" in text
    assert "罚款 5,000.00 元" in text
    assert desk.state(handler) == "noticed"
    back = desk.client(head).post(desk.url("step", "decide"), fields | {"back": "1"})
    assert "同意处罚" in back.content.decode()
    desk.client(head).post(desk.url("step", "decide"), fields | {"confirmed": "1"})
    assert desk.state(handler) == "decided"


def test_a_final_step_that_is_not_allowed_is_refused_before_it_is_asked_about(desk):
    reported(desk)
    head = desk.city.agency_heads[0]
    desk.done("pass_case_review", desk.city.case_reviewer, day(6), text="同意")
    seen = desk.version(head)
    desk.done("notify", head, day(7), party=desk.party(), **SERVED)
    fields = {"happened_on": day(8).isoformat(), "outcome": "penalty", "remark": ""}
    refused = desk.client(head).post(
        desk.url("step", "decide"), fields | {"seen": desk.version(head)}
    )
    overtaken = desk.client(head).post(desk.url("step", "decide"), fields | {"seen": seen})

    assert refused.status_code == 409
    assert "现在不能办理，什么都没有改动" in said(refused)
    assert "确认：" not in said(refused)
    assert overtaken.status_code == 409
    assert "案件已经有了变化" in said(overtaken)
    assert desk.state(head) == "noticed"


def test_checks_answer_while_the_form_is_filled_in_and_change_nothing(desk):
    handler = investigating(desk).city.handlers[0]
    fields = {
        "seen": "4", "happened_on": day(3).isoformat(), "party": desk.party(), **SPELL, "findings": "有",
        "present": "", "witness": "", "recording": "", "remark": "", "refusal": "",
    }  # fmt: skip
    bare = desk.client(handler).post(desk.url("check", "inspect_on_site"), fields)
    whole = desk.client(handler).post(
        desk.url("check", "inspect_on_site"),
        fields | {"certificate_shown": "on", "rights_told": "on"},
    )

    assert "没有出示执法证件" in said(bare)
    assert "可以办理" in said(whole)
    assert desk.version(handler) == 4


def test_the_documents_of_a_step_are_shown_before_it_is_taken(desk):
    handler = investigating(desk).city.handlers[0]
    fields = {
        "seen": "4", "happened_on": day(3).isoformat(), "party": desk.party(), **SPELL, "findings": "有",
        "certificate_shown": "on", "rights_told": "on", "present": "王演示", "witness": "",
        "recording": "", "remark": "", "refusal": "",
    }  # fmt: skip
    answer = desk.client(handler).post(desk.url("preview", "inspect_on_site"), fields)

    assert "预览：现场检查笔录" in said(answer)
    assert "data:image/png;base64," in answer.content.decode()
    assert desk.version(handler) == 4


# --- files ---------------------------------------------------------------------------------


def test_files_become_evidence_and_broken_ones_are_named(desk):
    handler = investigating(desk).city.handlers[0]
    collect(desk, files=photo())
    empty = desk.take(
        "collect_evidence", handler, day(4), name="空", kind="documentary", source="甲", proves="乙",
        pages="1", files=SimpleUploadedFile("空.pdf", b""),
    )  # fmt: skip
    cut = desk.take(
        "collect_evidence", handler, day(4), name="残", kind="documentary", source="甲", proves="乙",
        pages="1", files=SimpleUploadedFile("残.pdf", b"%PDF-1.7\n1 0 obj"),
    )  # fmt: skip
    twice = desk.take(
        "collect_evidence", handler, day(4), name="又", kind="documentary", source="甲", proves="乙",
        pages="1", files=photo(),
    )  # fmt: skip

    assert (empty.status_code, cut.status_code, twice.status_code) == (422, 422, 409)
    assert "文件是空的" in said(empty)
    assert "不完整" in said(cut)
    assert "已有内容相同的证据" in said(twice)
    page = desk.client(handler).get(desk.url("detail")).content.decode()
    assert "广告照片" in page


def test_errors_of_fields_rows_and_files_are_counted_and_linked_at_the_top(desk):
    handler = desk.city.handlers[0]
    parties = [PARTY | {"name": ""}, PARTY | {"identifier": "9232068"}]
    answer = desk.register(parties=parties, summary="", offence_ended_on="2026-13-01")
    top = answer.content.decode().split("</ul>\n</div>")[0]
    linked = re.findall(r"<li><a href=\"#([^\"]+)\">([^<]+)</a>", top)
    page = answer.content.decode()

    assert (answer.status_code, len(linked)) == (422, 4)
    assert "有 4 处需要改正" in top
    assert [label for _, label in linked] == [
        "线索内容", "违法行为终了日期", "当事人第1行 姓名或者名称", "当事人第2行 证件号码",
    ]  # fmt: skip
    assert all(f'id="{anchor}"' in page for anchor, _ in linked)

    investigating(desk)
    upload = desk.take(
        "collect_evidence", handler, day(4), name="", kind="documentary", source="甲", proves="乙",
        pages="1", files=SimpleUploadedFile("空.pdf", b""),
    )  # fmt: skip
    assert "有 2 处需要改正" in said(upload)
    assert re.findall(r"<li><a href=\"#([^\"]+)\">", upload.content.decode()) == [
        "id_name",
        "id_files",
    ]
    choices = desk.take("answer_gate", handler, day(4), question="complex", reason="理由")
    assert 'href="#id_yes_0"' in choices.content.decode()
    assert 'id="id_yes_0"' in choices.content.decode()


def test_rows_alone_that_are_wrong_are_said_at_the_top(desk):
    answer = registered(desk) and desk.take(
        "verify", desk.city.handlers[0], day(1), {"parties": [PARTY | {"name": ""}]}, findings="属实",
        facts_suspected="yes",
    )  # fmt: skip

    assert "有 1 处需要改正" in said(answer)


def test_evidence_keeps_its_number_and_says_what_it_is(desk):
    handler = investigating(desk).city.handlers[0]

    def numbered() -> list[tuple[str, str, str]]:
        page = desk.client(handler).get(desk.url("detail")).content.decode()
        rows = re.findall(r'<td data-label="编号">(\d+)</td>(.*?)</tr>', page, re.S)
        return [
            (number, re.search(r"<span>(?:<a[^>]*>)?([^<]+)", row)[1],
             "".join(re.findall("实物，没有文件|没有上传文件", row)))
            for number, row in rows
        ]  # fmt: skip

    two = [photo("navy"), photo("olive")]
    inspect(desk, files=two)
    assert numbered() == [("01", "navy", ""), ("02", "olive", "")]
    collect(desk, name="进货票据")
    collect(desk, name="广告牌", kind="physical")
    assert numbered() == [
        ("01", "navy", ""), ("02", "olive", ""), ("03", "进货票据", "没有上传文件"),
        ("04", "广告牌", "实物，没有文件"),
    ]  # fmt: skip


def test_a_file_sent_with_a_step_that_takes_none_is_not_kept(desk):
    handler = registered(desk).city.handlers[0]
    kept = set(blobs.store().contents())
    desk.done(
        "verify", handler, day(1), findings="属实", facts_suspected="yes", files=photo("teal")
    )

    assert set(blobs.store().contents()) == kept


def test_a_form_that_is_shown_again_keeps_its_files(desk):
    handler = investigating(desk).city.handlers[0]
    wrong = desk.take(
        "collect_evidence", handler, day(4), name="", kind="documentary", source="甲", proves="乙",
        pages="1", files=photo("green"),
    )  # fmt: skip
    page = wrong.content.decode()
    mark = page.split('name="uploads" value="')[1].split('"')[0]
    assert "已收到：green.jpg" in page
    collect(desk, uploads=mark)

    with build.acting(handler, on=day(30)):
        record = selectors.timeline(desk.case_id)
    assert len(record[-1].attachments) == 1


def test_a_mark_of_files_serves_nobody_else(desk):
    first, second = investigating(desk).city.handlers
    wrong = desk.take(
        "collect_evidence", first, day(4), name="", kind="documentary", source="甲", proves="乙",
        pages="1", files=photo("red"),
    )  # fmt: skip
    mark = wrong.content.decode().split('name="uploads" value="')[1].split('"')[0]
    answer = desk.take(
        "collect_evidence", second, day(4), name="", kind="documentary", source="甲", proves="乙",
        pages="1", uploads=mark,
    )  # fmt: skip

    assert "已收到" not in said(answer)


def test_a_signed_paper_is_tied_to_its_document(desk):
    handler = investigating(desk).city.handlers[0]
    inspect(desk)
    tab = desk.client(handler).get(desk.url("detail") + "?tab=papers").content.decode()
    address = next(part for part in tab.split('"') if part.endswith("/signed/"))
    nothing = desk.client(handler).post(
        address, {"signer": "王演示", "signed_on": day(3).isoformat()}
    )
    early = desk.client(handler).post(
        address, {"signer": "王演示", "signed_on": day(1).isoformat(), "files": photo()}
    )
    done = desk.client(handler).post(
        address, {"signer": "王演示", "signed_on": day(3).isoformat(), "files": photo("red")}
    )

    assert "请选择" in said(nothing)
    assert "不能早于文书日期" in said(early)
    assert done.status_code == 302
    assert "已签名" in desk.client(handler).get(desk.url("detail") + "?tab=papers").content.decode()


# --- corrections, handing on ---------------------------------------------------------------


def test_the_work_of_a_person_who_leaves_is_handed_on(desk):
    leaving, staying = investigating(desk).city.handlers
    third = build.officer(desk.city.body, unit_id=desk.city.unit)
    address = reverse("cases:reassign_work")
    unit_head = desk.client(desk.city.unit_head)
    assert desk.client(leaving).get(address).status_code == 403
    listed = unit_head.get(address, {"leaving": leaving})
    assert "海市监立" in said(listed)
    done = unit_head.post(
        address,
        {"leaving": leaving, "cases": [desk.case_id], "taking_over": third, "reason": "调离",
         "happened_on": day(5).isoformat()},
    )  # fmt: skip

    assert done.status_code == 302, said(done)
    with build.acting(third, on=day(30)):
        assert set(selectors.case(desk.case_id).facts.handlers) == {third, staying}


def test_the_page_names_the_case_that_cannot_be_handed_on(desk):
    leaving, staying = investigating(desk).city.handlers
    with build.acting(staying, on=day(30)):
        number = selectors.case(desk.case_id).number
    answer = desk.client(desk.city.unit_head).post(
        reverse("cases:reassign_work"),
        {"leaving": leaving, "cases": [desk.case_id], "taking_over": staying, "reason": "调离",
         "happened_on": day(5).isoformat()},
    )  # fmt: skip

    assert answer.status_code == 409
    assert f"{number} 不能移交" in said(answer)
    assert "请指派至少两名承办人 依据：行政处罚法第四十二条" in said(answer)


# --- lists, search, who sees what ----------------------------------------------------------


def test_lists_are_filtered_searched_and_exported(desk):
    handler = registered(desk, parties=[PARTY | {"name": "=演示,食品店"}]).city.handlers[0]
    client = desk.client(handler)
    listed = client.get(reverse("cases:list"), {"q": "食品店", "state": "clue", "only": "mine"})
    none = client.get(reverse("cases:list"), {"state": "archived"})
    with build.acting(handler, on=day(30)):
        number = selectors.case(desk.case_id).number
    found = client.get(reverse("cases:search"), {"q": number})
    many = client.get(reverse("cases:search"), {"q": "演示"})
    book = client.get(reverse("cases:export"))

    assert number in said(listed)
    assert "没有符合条件的案件" in said(none)
    assert found.url == desk.url("detail")
    assert number in said(many)
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    )
    assert rows[1][0] == number
    assert rows[1][2] == "=演示,食品店"


def test_whoever_is_out_of_scope_finds_nothing(desk):
    registered(desk)
    stranger = build.officer(build.body("海门区城市管理局"))
    client = desk.client(stranger)

    for address in (
        desk.url("detail"), desk.url("step", "verify"), desk.url("opinion"), desk.url("term", 0),
        desk.url("correct", 1),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert "没有符合条件的案件" in said(client.get(reverse("cases:list")))


def test_identity_numbers_are_masked_for_whoever_does_not_work_on_the_case(desk):
    person = PARTY | {
        "kind": "person",
        "name": "张演示",
        "identifier": NUMBER,
        "representative": "",
    }
    registered(desk, parties=[person])
    inside = desk.client(desk.city.handlers[0]).get(desk.url("detail")).content.decode()
    outside = desk.client(desk.city.leader).get(desk.url("detail")).content.decode()

    assert NUMBER in inside
    assert NUMBER not in outside
    assert "110***********" in outside


def test_a_wrong_number_of_a_party_comes_back_beside_its_field(desk):
    answer = desk.register(parties=[PARTY | {"identifier": "91320684MA1X0T3B4F"}])

    assert answer.status_code == 422
    assert "统一社会信用代码" in said(answer)
    assert PARTY["name"] in answer.content.decode()


def test_power_items_are_found_by_words_and_a_page_says_who_may_register(desk):
    handler = desk.client(desk.city.handlers[0])
    found = handler.get(reverse("cases:items"), {"item_words": "广告"})
    none = handler.get(reverse("cases:items"), {"item_words": "烟花"})
    barred = desk.client(desk.city.leader).get(reverse("cases:new"))

    assert "对使用国家机关名义发布广告的处罚" in said(found)
    assert "没有名称或者编码含" in said(none)
    assert barred.status_code == 403
    assert handler.get(reverse("cases:items"), {"office": str(uuid4())}).status_code == 404


def test_a_term_says_how_it_was_computed(desk):
    handler = investigating(desk).city.handlers[0]
    page = desk.client(handler).get(desk.url("term", 1))

    assert "期限90日（行政处罚法第六十条）" in said(page)
    assert desk.client(handler).get(desk.url("term", 99)).status_code == 404
