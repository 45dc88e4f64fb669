"""Packages are taken in whole, once, and only from whom the portal trusts."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, connections, transaction
from tests.rooms.portal import packages
from tests.rooms.portal.packages import (
    CODE,
    DOCUMENT,
    LOG,
    OTHER_CODE,
    PDF,
    STRANGER,
    TOKEN,
    a_body,
    a_chart,
    a_decision,
    a_document_receipt,
    a_withdrawal,
    an_item,
    an_officer,
)

from zhifa.portal import selectors, services
from zhifa.portal.contents import Kind
from zhifa.portal.models import Checkpoint, Item, Package
from zhifa.portal.rules import PackageRefused
from zhifa.portal.selectors import Gone

pytestmark = pytest.mark.django_db(databases=["portal"])

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NUMBER = "海市监罚〔2026〕12号"
FILE = sha256(PDF).hexdigest()


def take(draft, at=AT):
    return services.take_in(draft.to_bytes(), at=at)


def codes(data: bytes) -> list[str]:
    with pytest.raises(PackageRefused) as refused:
        services.take_in(data, at=AT)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (a_body, CODE),
        (an_officer, "10061299001"),
        (an_item, f"{CODE}:320614131001"),
        (a_chart, "penalty.ordinary"),
        (a_decision, NUMBER),
        (a_document_receipt, TOKEN),
    ],
)
def test_every_kind_is_taken_in_and_shown_under_its_address(make, key, store):
    draft = make()

    receipt = take(draft)

    item = Item.objects.get()
    assert (item.kind, item.key, item.sequence) == (draft.kind, key, 1)
    assert (receipt.kind, receipt.key, receipt.sequence) == (draft.kind, key, 1)
    assert receipt.package_sha256 == sha256(draft.to_bytes()).hexdigest()
    assert store.exists(receipt.package_sha256)


def test_the_same_package_again_changes_nothing_and_gives_the_same_receipt():
    draft = a_decision()

    assert take(draft, at=AT) == take(draft, at=LATER)
    assert (Package.objects.count(), Item.objects.count()) == (1, 1)


def test_a_newer_version_replaces_the_older_and_erases_it(store):
    first = take(a_decision(1))
    other = packages.PDF + b"2"
    newer = a_decision(
        2, file={"name": "二.pdf", "sha256": sha256(other).hexdigest(), "size": len(other)}
    )
    newer.files = [packages.pdf(other, "二.pdf")]
    take(newer, at=LATER)

    assert selectors.decision(NUMBER, on=AT.date()).data.file.name == "二.pdf"
    assert sorted(store.contents()) == sorted(
        [sha256(newer.to_bytes()).hexdigest(), sha256(other).hexdigest()]
    )
    # The old one, sent again by a sender that never heard: its receipt, and nothing comes back.
    assert take(a_decision(1), at=LATER) == first
    assert len(list(store.contents())) == 2


@pytest.mark.parametrize("sequence", [1, 2])
def test_an_older_or_other_package_of_the_same_number_is_refused_and_leaves_nothing(
    sequence, store
):
    take(a_body(2))
    before = sorted(store.contents())

    assert codes(a_body(sequence, phone="0513-1").to_bytes()) == ["sequence.not_newer"]
    assert sorted(store.contents()) == before


def test_a_withdrawal_erases_the_content_and_leaves_reason_and_time(store):
    take(a_decision())
    receipt = take(a_withdrawal("decision", NUMBER), at=LATER)

    with pytest.raises(Gone) as gone:
        selectors.decision(NUMBER, on=AT.date())
    stone = gone.value.tombstone
    assert (stone.reason[:4], stone.withdrawn_at) == (
        "行政处罚",
        datetime(2026, 11, 20, 2, tzinfo=UTC),
    )
    assert list(store.contents()) == [receipt.package_sha256]
    row = Item.objects.get()
    assert (row.data, row.receipt, row.title, row.party, row.file_sha256) == ("",) * 5
    assert "好又鲜" not in json.dumps(
        list(Package.objects.values()), default=str, ensure_ascii=False
    )


def test_a_sender_that_got_no_receipt_finishes_an_erasure_by_sending_again(store, monkeypatch):
    take(a_decision())
    draft = a_withdrawal("decision", NUMBER)
    monkeypatch.setattr(services, "_erase_what_is_not_shown", _killed)
    with pytest.raises(InterruptedError):
        take(draft)
    assert store.exists(FILE)

    monkeypatch.undo()
    take(draft)

    assert not store.exists(FILE)


def _killed(package):
    raise InterruptedError


def test_a_file_that_another_decision_shows_stays(store):
    take(a_decision())
    other = a_decision(number="海市监罚〔2026〕13号", document_sha256="a" * 64)
    take(other)

    take(a_withdrawal("decision", NUMBER))

    assert store.exists(FILE)
    assert selectors.decision("海市监罚〔2026〕13号", on=AT.date()).data.file.sha256 == FILE


def test_what_was_withdrawn_may_be_published_again():
    take(a_decision())
    take(a_withdrawal("decision", NUMBER, 2))
    take(a_decision(3), at=LATER)

    assert selectors.decision(NUMBER, on=AT.date()).sequence == 3


@pytest.mark.parametrize("prepared", [(), ("published", "withdrawn")])
def test_only_what_is_shown_can_be_withdrawn(prepared):
    if prepared:
        take(a_body())
        take(a_withdrawal("body", CODE))

    assert codes(a_withdrawal("body", CODE, 3).to_bytes()) == ["withdrawal.nothing_to_withdraw"]


def bent(draft, **parts) -> bytes:
    return json.dumps(draft.parts() | parts, ensure_ascii=False).encode()


def test_a_tampered_package_is_refused():
    draft = a_decision()
    parts = draft.parts()

    assert codes(bent(draft, payload=parts["payload"].replace("500000", "50000"))) == [
        "package.digest"
    ]
    assert codes(bent(draft, receipt=parts["receipt"].replace("1", "2"))) == ["package.digest"]
    assert codes(bent(draft, receipt="")) == ["package.digest"]
    signature = parts["signature"].replace("zhifa-publication/1", "zhifa-publication/2")
    assert codes(bent(draft, signature=signature)) == ["package.signature"]
    file = packages.pdf(PDF + b"!")
    assert codes(bent(draft, files=[file])) == ["files.not_those_named"]
    assert codes(bent(draft, files=[packages.pdf() | {"content": file["content"]}])) == [
        "file.size",
        "file.digest",
    ]
    assert codes(bent(draft, files=[])) == ["files.not_those_named"]
    assert (Package.objects.count(), Item.objects.count()) == (0, 0)


def test_a_stranger_is_not_listened_to():
    draft = a_body()
    draft.signer = STRANGER

    assert codes(draft.to_bytes()) == ["package.signature"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"format":"zhifa-publication/2"}',
        b"[" * 100_000,
        b'{"format":"zhifa-publication/1","payload":"\\ud800","signature":"","receipt":"","files":[]}',
    ],
    ids=["empty", "no text", "null", "list", "another format", "deep", "half a character"],
)
def test_what_is_no_package_is_refused(data):
    assert codes(data)[0] in {"package.form", "package.signature"}


def test_an_extra_field_anywhere_is_refused():
    assert codes(bent(a_body(), extra=1)) == ["package.form"]
    assert codes(a_body(inner={"x": 1}).to_bytes()) == ["package.form"]
    assert codes(a_body(supervision={"phone": "", "address": ""}).to_bytes()) == ["package.form"]


def test_a_payload_that_can_be_read_two_ways_is_refused():
    draft = a_body()
    draft.payload = lambda: json.dumps(  # type: ignore[method-assign]
        {
            "kind": "body",
            "key": CODE,
            "sequence": 1,
            "published_at": packages.AT,
            "data": draft.data,
        }
    )

    assert codes(draft.to_bytes()) == ["package.not_canonical"]


@pytest.mark.parametrize(
    "change",
    [{"kind": "rumour"}, {"sequence": 0}, {"sequence": 2**53}, {"published_at": "yesterday"},
     {"key": "a/b"}, {"key": "a\n"}, {"key": ""}],
    ids=str,
)  # fmt: skip
def test_a_payload_of_another_form_is_refused_though_it_is_signed(change):
    draft = a_body()
    whole = json.loads(draft.payload()) | change
    draft.payload = lambda: packages.written(whole)  # type: ignore[method-assign]

    assert codes(draft.to_bytes()) == ["package.form"]


def test_text_that_has_no_canonical_form_is_refused_though_it_is_signed():
    draft = a_body()
    draft.payload = lambda: '{"x":1.5}'  # type: ignore[method-assign]

    assert codes(draft.to_bytes()) == ["package.form"]


def test_a_refused_package_leaves_a_file_that_another_one_shows(store):
    take(a_decision())
    other = a_decision(number="海市监罚〔2026〕13号", document_sha256="a" * 64)
    take(other)
    again = a_decision(1, number="海市监罚〔2026〕13号", document_sha256="a" * 64, amount_fen=1)

    assert codes(again.to_bytes()) == ["sequence.not_newer"]
    assert store.exists(FILE)


def test_a_refused_package_takes_its_own_file_along(store):
    take(a_decision(2))
    other = packages.PDF + b"2"
    late = a_decision(
        1, file={"name": "二.pdf", "sha256": sha256(other).hexdigest(), "size": len(other)}
    )
    late.files = [packages.pdf(other, "二.pdf")]

    assert codes(late.to_bytes()) == ["sequence.not_newer"]
    assert not store.exists(sha256(other).hexdigest())


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        (packages.SVG.replace("<svg ", "<x ").replace("</svg>", "</x>"), "chart.not_svg"),
        (packages.SVG.replace("<rect", "<style>@import 'x';</style><rect", 1), "chart.address"),
        (packages.SVG.replace('fill="none"', 'fill="url(https://example.org)"'), "chart.address"),
    ],
)
def test_a_picture_that_fetches_is_refused(svg, code):
    assert codes(a_chart(svg=svg).to_bytes()) == [code]


def test_a_picture_may_say_its_language():
    take(a_chart(svg=packages.SVG.replace("<text", '<text xml:lang="zh" aria-label="@"', 1)))


def test_a_key_is_never_a_way_up(monkeypatch):
    draft = a_chart(procedure="..")

    assert codes(draft.to_bytes()) == ["key.not_an_address"]


def test_what_is_no_pdf_is_refused():
    draft = a_decision(file={"name": "x.pdf", "sha256": sha256(b"GIF").hexdigest(), "size": 3})
    draft.files = [packages.pdf(b"GIF", "x.pdf")]

    assert codes(draft.to_bytes()) == ["file.not_pdf"]


def test_a_receipt_that_hides_what_the_entry_says_proves_nothing():
    hidden = json.loads(packages.log_receipt(DOCUMENT, NUMBER, TOKEN))
    for name in ("body", "salt", "document"):
        del hidden[name]

    assert codes(with_receipt(a_decision(), json.dumps(hidden))) == ["receipt.invalid"]


def test_a_package_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("zhifa.portal.intake.MAX_BYTES", 100)

    assert codes(a_body().to_bytes()) == ["package.too_large"]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (a_body(name="身份证 11010519491231002x"), "text.identity_number"),
        (a_decision(facts="当事人11010519491231002X到场"), "text.identity_number"),
        (a_body(name="甲\u0007"), "text.control"),
        (a_body(credit_code=CODE[:-1] + ("0" if CODE[-1] != "0" else "1")), "uscc.check_digit"),
        (a_body(kind="entrusted_organization"), "body.deed_missing"),
        (a_body(deed="委托书"), "body.deed_of_other_kind"),
        (a_body(successors=[{"name": "甲局", "credit_code": ""}]), "body.followed_alive"),
        (a_body(ended_on="2020-06-30"), "body.ended_before_it_began"),
        (a_chart(svg=packages.SVG.replace("<rect", "<script/><rect", 1)), "chart.element"),
        (a_chart(svg=packages.SVG.replace("<rect", '<rect onclick="x()"', 1)), "chart.attribute"),
        (a_chart(svg="<!DOCTYPE svg>" + packages.SVG), "chart.document_type"),
        (a_chart(svg="<?xml version='1.0'?>" + packages.SVG), "chart.instruction"),
        (a_chart(svg="svg"), "chart.not_svg"),
        (a_chart(steps=[{"n": 2, "label": "立案", "role": "", "limit": "", "basis": ""}]), "chart.step_numbers"),
        (a_decision(served_on="2026-11-09"), "decision.served_before_decided"),
        (a_decision(published_until="2026-11-01"), "decision.published_until_too_early"),
        (a_decision(review=None), "decision.review_missing"),
        (a_decision(review={"unit": "科", "passed_on": "2026-11-11"}), "decision.review_after_decision"),
        (a_withdrawal("body", CODE, at="2026-11-20T03:00:00Z"), "withdrawal.after_publication"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_contents_that_break_a_rule_are_refused(draft, code):
    assert codes(draft.to_bytes()) == [code]


def test_a_key_says_what_stands_under_it():
    draft = a_body()
    draft.key = OTHER_CODE

    assert codes(draft.to_bytes()) == ["key.mismatch"]


def with_receipt(draft, receipt: str) -> bytes:
    draft.receipt = receipt
    return draft.to_bytes()


def test_the_log_has_to_prove_this_very_document():
    assert codes(with_receipt(a_decision(), "")) == ["receipt.missing"]
    assert codes(with_receipt(a_body(), "x")) == ["receipt.not_wanted"]
    assert codes(with_receipt(a_decision(), "x")) == ["receipt.invalid"]
    other = packages.log_receipt("b" * 64, NUMBER, TOKEN)
    assert codes(with_receipt(a_decision(), other)) == ["receipt.other_document"]
    renumbered = packages.log_receipt(DOCUMENT, "海市监罚〔2026〕99号", TOKEN)
    assert codes(with_receipt(a_decision(), renumbered)) == ["receipt.other_document"]
    stranger = packages.log_receipt(DOCUMENT, NUMBER, TOKEN, log=STRANGER)
    assert codes(with_receipt(a_decision(), stranger)) == ["receipt.invalid"]
    viewed = packages.log_receipt(DOCUMENT, NUMBER, TOKEN, kind="document.viewed")
    assert codes(with_receipt(a_decision(), viewed)) == ["receipt.invalid"]
    mine = packages.log_receipt(DOCUMENT, NUMBER, "another-token-of-26-chars0")
    assert codes(with_receipt(a_document_receipt(), mine)) == ["receipt.other_document"]


def test_a_log_that_shows_two_pasts_is_found_out():
    take(a_decision())
    other = a_document_receipt()
    other.receipt = packages.log_receipt(DOCUMENT, NUMBER, TOKEN, neighbour=b"a rewritten entry")

    assert codes(other.to_bytes()) == ["receipt.fork"]
    assert selectors.checkpoint().origin == LOG.verifier.name


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE portal_package SET sha256 = repeat('0', 64)",
        "DELETE FROM portal_package",
        "DELETE FROM portal_checkpoint",
        "UPDATE portal_item SET withdrawn_at = now()",
    ],
)
def test_the_database_keeps_what_was_received(statement):
    take(a_decision())

    with pytest.raises(DatabaseError), transaction.atomic(using="portal"):
        connections["portal"].cursor().execute(statement)


def test_figures_and_lists_count_what_is_shown(django_assert_num_queries):
    for draft in (a_body(), an_officer(), an_item(), a_chart(), a_decision(), a_document_receipt()):
        take(draft)
    take(a_withdrawal("officer", "10061299001"))
    on = AT.date()

    with django_assert_num_queries(1, using="portal"):
        figures = selectors.figures(on=on)
    assert (figures.bodies, figures.officers, figures.items) == (1, 0, 1)
    assert (figures.charts, figures.decisions) == (1, 1)
    assert dict(figures.decisions_by_act)["penalty"] == 1
    with django_assert_num_queries(2, using="portal"):
        assert selectors.decisions(on=on, q="好又鲜").total == 1
    assert selectors.decisions(on=on, q="没有的").total == 0
    assert selectors.decisions(on=on, since=datetime(2026, 11, 11, tzinfo=UTC).date()).total == 0
    assert (
        selectors.package_of(Kind.DECISION, NUMBER, on=on)
        == sha256(a_decision().to_bytes()).hexdigest()
    )
    assert Checkpoint.objects.count() == 1
