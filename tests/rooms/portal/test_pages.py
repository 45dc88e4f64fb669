"""The public pages: what they show, how they answer, and that they ask nobody else."""

import io
from datetime import UTC, date, datetime
from hashlib import sha256
from urllib.parse import quote

import pytest
from django.test import Client
from tests.rooms.portal import packages
from tests.rooms.portal.packages import (
    CODE,
    DOCUMENT,
    PDF,
    TOKEN,
    a_body,
    a_chart,
    a_decision,
    a_document_receipt,
    a_withdrawal,
    an_item,
    an_officer,
)

from zhifa import clock
from zhifa.portal import checking, services
from zhifa_verify import receipt
from zhifa_verify.note import Verifier

pytestmark = pytest.mark.django_db(databases=["portal"])  # any other database is an error

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NUMBER = "海市监罚〔2026〕12号"
DECISION = f"/decisions/{quote(NUMBER)}/"
SUPERVISION = "0513-00012315"


@pytest.fixture(autouse=True)
def published():
    clock.move_to(datetime(2026, 11, 21, 2, tzinfo=UTC))
    for draft in (a_body(), an_officer(), an_item(), a_chart(), a_decision(), a_document_receipt()):
        services.take_in(draft.to_bytes(), at=AT)


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True)


def read(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_a_body_that_ended_stands_apart_with_who_follows(visitor):
    draft = a_body(
        kind="entrusted_organization",  # its deed has ended with it
        ended_on="2026-10-31", successors=[{"name": "演示综合局", "credit_code": ""}],
    )  # fmt: skip
    draft.sequence = 2
    services.take_in(draft.to_bytes(), at=AT)
    page = read(visitor.get(f"/bodies/{CODE}/"))
    assert "2026-10-31" in page
    assert "演示综合局" in page
    assert NUMBER in page  # what it decided stays
    listed = read(visitor.get("/bodies/"))
    assert (
        listed.index("还没有公示执法主体")
        < listed.index("已终止的主体")
        < listed.index("演示综合局")
    )
    assert "<b>0</b> 个执法主体" in read(visitor.get("/"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ["六类行政执法", NUMBER, "怎样监督和投诉", SUPERVISION]),
        ("/bodies/", ["南通市海门区市场监督管理局（演示）", SUPERVISION]),
        (f"/bodies/{CODE}/", ["海门市市场监督管理局", "行政机关", SUPERVISION, NUMBER, "李演示"]),
        ("/officers/", ["李演示", "10061299001", "共 1 人"]),
        ("/officers/10061299001/", ["证件有效", SUPERVISION]),
        ("/items/?act=penalty", ["320614131001", "第一百二十四条第一款第五项"]),
        (f"/items/{CODE}:320614131001/", ["违反本法规定，有下列情形之一", SUPERVISION]),
        ("/charts/", ["行政处罚普通程序"]),
        ("/charts/penalty.ordinary/", ["/charts/penalty.ordinary/chart.svg", "调查取证"]),
        ("/decisions/", [NUMBER, "5,000.00 元", "共 1 件"]),
        (DECISION, ["伍仟元整", "法制审核科", DOCUMENT, SUPERVISION, "zhifa-verify"]),
        ("/verify/", ["按文号或核验码", "按文件"]),
        (f"/verify/{TOKEN}/", [NUMBER, DOCUMENT, "这份决定已经公示"]),
        (f"/verify/{TOKEN}", [NUMBER]),
        (f"/search/?q={quote('食品')}", [NUMBER, "320614131001"]),
        ("/log/checkpoint", ["desk.example/log"]),
    ],
)
def test_a_page_shows_what_was_published_and_may_be_kept_for_a_minute(visitor, address, words):
    answer = visitor.get(address)

    page = read(answer)
    assert answer.status_code == 200
    assert [word for word in words if word not in page] == []
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.has_header("Vary") or "Cookie" not in answer["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("q=好又鲜", 1),
        ("q=海市监罚〔2026〕", 1),
        ("q=保质期", 1),
        ("q=没有", 0),
        (f"body={CODE}", 1),
        ("body=nobody", 1),  # not a body that is there: not asked
        ("act=permit", 0),
        ("since=2026-11-10&until=2026-11-10", 1),
        ("since=2026-11-11", 0),
        ("until=2026-11-09", 0),
        ("since=yesterday&page=x&q=%00", 1),
    ],
)
def test_decisions_are_found_by_what_people_know(visitor, query, found):
    assert f"共 {found} 件" in read(visitor.get(f"/decisions/?{query}"))


def test_long_lists_have_pages(visitor):
    for number in range(20):
        services.take_in(an_officer(certificate_number=f"2{number}").to_bytes(), at=AT)

    first, second = (read(visitor.get(f"/officers/?q=演示&page={page}")) for page in (1, 2))

    assert "第 1 页，共 2 页" in first
    assert f"?q={quote('演示')}&amp;page=2" in first
    assert second.count('data-label="姓名"') == 1


@pytest.mark.parametrize(
    "address",
    ["/bodies/x/", "/officers/x/", "/items/x/", "/charts/x/", "/decisions/x/", "/verify/x/",
     "/decisions/%00/", "/decisions/x/document.pdf", "/charts/x/chart.svg", "/bodies/x%0A/"],
)  # fmt: skip
def test_what_was_never_published_is_not_found(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert "没有找到这一页" in read(answer)


def test_the_document_is_shown_and_can_be_saved(visitor):
    shown = visitor.get(f"{DECISION}document.pdf")
    saved = visitor.get(f"{DECISION}document.pdf?download")

    assert b"".join(shown.streaming_content) == PDF
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert saved["Content-Disposition"].startswith("attachment")
    saved.close()


def test_a_decision_without_a_file_shows_its_summary(visitor):
    services.take_in(a_decision(2, file=None).to_bytes(), at=AT)

    assert "公开版本没有印章" not in read(visitor.get(DECISION))
    assert visitor.get(f"{DECISION}document.pdf").status_code == 404


@pytest.mark.parametrize("address", [f"{DECISION}receipt", f"/verify/{TOKEN}/receipt"])
def test_the_receipt_proves_the_document_offline(visitor, address):
    answer = visitor.get(address)

    found = receipt.parse(answer.content)
    found.verify([Verifier.parse(str(packages.LOG.verifier))])
    assert found.document_sha256 == DOCUMENT
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_package_can_be_had_as_it_was_signed(visitor):
    answer = visitor.get(f"{DECISION}package")

    assert b"".join(answer.streaming_content) == a_decision().to_bytes()


def test_a_chart_is_a_picture_in_which_nothing_acts(visitor):
    answer = visitor.get("/charts/penalty.ordinary/chart.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_withdrawn_decision_leaves_its_reason_and_nothing_else(visitor):
    services.take_in(a_withdrawal("decision", NUMBER).to_bytes(), at=AT)

    for address in (
        DECISION,
        f"{DECISION}document.pdf",
        f"{DECISION}receipt",
        f"{DECISION}package",
    ):
        answer = visitor.get(address)
        page = read(answer)
        assert answer.status_code == 410
        assert "被依法撤销" in page
        assert "好又鲜" not in page
    assert "共 0 件" in read(visitor.get("/decisions/"))
    assert "撤回：" in read(visitor.get(f"/verify/{TOKEN}/"))


@pytest.mark.parametrize("address", ["/search/", "/decisions/"])
def test_whoever_looks_for_a_withdrawn_number_is_led_to_its_tombstone(visitor, address):
    def found(words: str) -> str:
        answer = visitor.get(f"{address}?q={quote(words)}")
        assert answer.status_code == 200
        return read(answer)

    assert "已撤下" not in found(NUMBER)
    services.take_in(a_withdrawal("decision", NUMBER).to_bytes(), at=AT)

    page = found(f" {NUMBER} ")
    assert f"{NUMBER} 已撤下" in page
    assert "被依法撤销" in page
    assert f'href="{DECISION}"' in page
    assert "好又鲜" not in page
    for other in (NUMBER[:-2], "海市监罚", "好又鲜", "海市监罚〔2026〕99号", "\x00"):
        assert "已撤下" not in found(other)


def test_whoever_looks_for_a_number_whose_term_is_over_is_told(visitor):
    clock.move_to(datetime(2027, 11, 10, 16, 1, tzinfo=UTC))

    assert f"{NUMBER} 公示期已满" in read(visitor.get(f"/search/?q={quote(NUMBER)}"))


def test_publication_ends_by_itself(visitor):
    clock.move_to(datetime(2027, 11, 10, 2, tzinfo=UTC))
    assert visitor.get(DECISION).status_code == 200
    clock.move_to(datetime(2027, 11, 10, 16, 1, tzinfo=UTC))  # the day after, in Beijing

    answer = visitor.get(DECISION)

    assert answer.status_code == 410
    assert "公示期已满" in read(answer)
    assert "共 0 件" in read(visitor.get("/decisions/"))


def test_an_expired_certificate_says_so(visitor):
    services.take_in(an_officer(2, valid_until="2026-11-20").to_bytes(), at=AT)

    assert "证件已过期" in read(visitor.get("/officers/10061299001/"))


def test_a_document_that_is_not_published_is_known_without_party_or_content(visitor):
    services.take_in(a_withdrawal("decision", NUMBER).to_bytes(), at=AT)

    page = read(visitor.get(f"/verify/{TOKEN}/"))

    assert NUMBER in page
    assert "曾经公示" in page  # and taken back, which is said
    assert "这里不显示当事人和内容" in page
    assert "好又鲜" not in page


TYPED = [NUMBER.replace("〔", left).replace("〕", right) for left, right in ("[]", "（）", "【】")]


@pytest.mark.parametrize("asked", [NUMBER, *TYPED, TOKEN, DOCUMENT, DOCUMENT.upper()])
def test_a_document_is_checked_by_number_token_or_digest(visitor, asked):
    assert "有这份文书" in read(visitor.get(f"/verify/?asked_for={quote(asked)}"))


@pytest.mark.parametrize("asked", ["海市监罚〔2026〕99号", "0" * 64, "x\u0007", "' OR 1=1 --"])
def test_what_is_unknown_is_said_to_be(visitor, asked):
    assert "有这份文书" not in read(visitor.get(f"/verify/?asked_for={quote(asked)}"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PDF, "与公示的文件一致"),
        (b"the sealed original", "有这份文书"),
        (PDF + b" ", "没有找到"),
        (b"", "没有找到"),
    ],
)
def test_a_file_is_compared_and_not_kept(visitor, store, content, words):
    before = sorted(store.contents())
    file = io.BytesIO(content)
    file.name = "文书.pdf"

    answer = visitor.post("/verify/", {"file": file})

    page = read(answer)
    assert words in page
    assert sha256(content).hexdigest() in page
    assert answer["Cache-Control"] == "no-store"
    assert sorted(store.contents()) == before


def test_a_check_without_a_file_or_with_a_huge_one_is_answered_in_words(visitor, monkeypatch):
    assert visitor.post("/verify/", {}).status_code == 422
    monkeypatch.setattr(checking, "MAX_FILE_BYTES", -checking._FORM_BYTES)
    answer = visitor.post("/verify/", {"file": io.BytesIO(b"x")})
    assert (answer.status_code, "超过 50 MB" in read(answer)) == (413, True)


def test_a_visitor_with_a_session_of_the_workbench_asks_its_database_nothing(visitor, settings):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    visitor.cookies["messages"] = "x"

    assert visitor.get("/").status_code == 200  # the mark allows the portal's database only
    assert visitor.get(DECISION).status_code == 200
    assert visitor.get("/decisions/none/").status_code == 404


def test_text_of_a_package_is_text_on_the_page(visitor):
    services.take_in(a_body(2, name="<script>alert(1)</script>").to_bytes(), at=AT)

    assert "<script>alert" not in read(visitor.get(f"/bodies/{CODE}/"))


def test_pages_need_few_queries(visitor, django_assert_num_queries):
    for address, number in {"/": 3, "/decisions/": 3, DECISION: 2, f"/verify/{TOKEN}/": 2}.items():
        with django_assert_num_queries(number, using="portal"):
            visitor.get(address)
    assert clock.today() == date(2026, 11, 21)
