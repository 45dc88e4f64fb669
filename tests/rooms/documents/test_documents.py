"""Documents made, printed, kept and corrected: against a real database and a real store."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pypdf
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import rows
from tests.core.documents import samples
from tests.rooms.documents.made import AT, BODY, CASE, OFFICER, make

from zhifa import clock
from zhifa.documents import press, seals, selectors, services, tasks
from zhifa.documents.models import Document, NumberSeries
from zhifa.documents.values import TYPES
from zhifa.documents.values.decisions import Correction
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict, NotFound

pytestmark = pytest.mark.django_db

PRINTED_AT = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    return press.store()


def rendered(type_key: str = "penalty_prior_notice", values=None, **change):
    made = make(type_key, values, **change)
    services.render_document(made.id, at=PRINTED_AT)
    return selectors.document(made.id)


def text_of(document) -> str:
    with selectors.file(document.id) as file:
        reader = pypdf.PdfReader(io.BytesIO(file.read()))
    return re.sub(r"[\s\u200b]", "", "".join(page.extract_text() for page in reader.pages))


def jobs(name: str) -> list:
    return list(ProcrastinateJob.objects.filter(task_name=name).order_by("id"))


def test_a_document_is_made_with_its_number_token_and_job():
    made = make()
    found = selectors.document(made.id)

    assert made.number == found.number == "海市监罚告〔2026〕1号"
    assert (found.subject, found.body, found.made_by) == (CASE, BODY, OFFICER)
    assert len(found.token) == 26
    assert not found.ready
    (job,) = jobs(services.RENDER)
    assert (job.args, job.lock) == ({"document_id": str(made.id)}, f"document:{made.id}")
    with pytest.raises(NotFound):
        selectors.file(made.id)


def test_making_a_document_takes_four_statements(django_assert_num_queries):
    make()
    with django_assert_num_queries(4 + 2):  # number, journal, row, job; and the test's savepoint
        make()


def test_what_is_rolled_back_leaves_neither_number_nor_job():
    with transaction.atomic():
        make()
        transaction.set_rollback(True)
    assert jobs(services.RENDER) == []
    assert make().number.endswith("1号")


DECISIONS = {"penalty_decision": "penalty", "no_penalty_decision": "no_penalty"}


@pytest.mark.parametrize("type_key", sorted(TYPES))
def test_every_type_is_made_printed_and_read_back(type_key):
    if type_key in DECISIONS:
        rows.decided(CASE, DECISIONS[type_key])
    found = rendered(type_key)
    kind = TYPES[type_key]

    assert found.ready
    assert found.pages >= 1
    assert found.title == kind.title
    assert bool(found.number) == bool(kind.number_word)
    assert selectors.content(found.id).values == samples.SAMPLES[type_key]
    assert press.store().verify(found.sha256)
    assert bool(jobs(services.SEND_RECEIPT)) == kind.outward


def test_the_seal_holds_and_an_internal_form_has_none(settings):
    outward, internal = rendered(), rendered("filing_approval")
    provider = press.seal_provider(settings.DOCUMENTS["SEAL_PROVIDER"])
    trusted = (provider.certificate(samples.BODY),)

    with selectors.file(outward.id) as file:
        check = seals.verify(file.read(), trusted=trusted, at=PRINTED_AT)
    assert check == seals.SealCheck(sealed=True, holds=True, signer=samples.BODY, at=AT)
    with selectors.file(internal.id) as file:
        assert not seals.verify(file.read(), trusted=trusted, at=PRINTED_AT).sealed


def test_printing_twice_changes_nothing():
    found = rendered()
    before = list(press.store().contents())
    tasks.render(str(found.id))
    assert selectors.document(found.id) == found
    assert list(press.store().contents()) == before
    assert len(jobs(services.SEND_RECEIPT)) == 1


def test_a_print_cut_off_before_it_was_recorded_is_made_again_byte_for_byte(monkeypatch):
    made = make()

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(services, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            services.render_document(made.id, at=PRINTED_AT)
    (left,) = press.store().contents()
    assert not selectors.document(made.id).ready

    services.render_document(made.id, at=PRINTED_AT + timedelta(hours=1))
    assert selectors.document(made.id).sha256 == left
    assert list(press.store().contents()) == [left]


def test_an_unknown_document_is_not_found():
    with pytest.raises(NotFound):
        services.render_document(uuid4(), at=AT)
    assert selectors.document(uuid4()) is None
    with pytest.raises(NotFound):
        selectors.content(uuid4())


@pytest.mark.parametrize(
    "change",
    [
        "data = replace(data, '5000', '6000')", "number = '海市监罚告〔2026〕99号'", "draft_sha256 = 'x'",
        "token = 'other'", "made_on = made_on - 1", "type_key = 'x'", "body_id = gen_random_uuid()",
    ],
)  # fmt: skip
def test_what_was_made_is_frozen_to_raw_sql(change):
    made = make()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        _sql(f"UPDATE documents_document SET {change} WHERE id = %s", made.id)


def test_a_print_is_recorded_once_and_whole():
    found = rendered()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        _sql("UPDATE documents_document SET pages = 9 WHERE id = %s", found.id)
    other = make()
    with pytest.raises(IntegrityError, match="printed_whole"), transaction.atomic():
        _sql("UPDATE documents_document SET pages = 9 WHERE id = %s", other.id)


def test_documents_and_numbers_are_not_deleted():
    make()
    for table in ("documents_document", "documents_numberseries"):
        with pytest.raises(DatabaseError), transaction.atomic():
            _sql(f"DELETE FROM {table}")


@pytest.mark.parametrize("change", ["last = last - 1", "last = last + 2", "year = 2025"])
def test_a_series_goes_on_by_one_and_no_other_way(change):
    make()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        _sql(f"UPDATE documents_numberseries SET {change}")


def test_series_are_apart_by_body_type_and_year():
    numbers = [
        make().number,
        make().number,
        make("hearing_notice").number,
        make(body_id=uuid4(), office_word="江市监").number,
        make(made_on=date(2027, 1, 4)).number,
        make("interview_record").number,
    ]
    assert numbers == [
        "海市监罚告〔2026〕1号", "海市监罚告〔2026〕2号", "海市监听通〔2026〕1号", "江市监罚告〔2026〕1号",
        "海市监罚告〔2027〕1号", "",
    ]  # fmt: skip


def start(first, *, year=2026):
    services.start_series(
        body_id=BODY, kind_word="罚告", year=year, first=first, actor=SYSTEM, at=clock.now()
    )


def test_a_series_may_begin_later_until_its_first_number_is_given():
    start(83)
    start(38)  # a slip of the pen is put right
    assert selectors.series(BODY, 2026)["罚告"].begun is False
    assert make().number == "海市监罚告〔2026〕38号"
    with pytest.raises(Conflict):
        start(50)
    for first in (0, 1_000_000):
        with pytest.raises(BadValue):
            start(first, year=2025)
    found = selectors.series(BODY, 2026)["罚告"]
    assert (found.first, found.last, found.begun) == (38, 38, True)
    assert [entry.body["first"] for entry in journal.entries(f"numbers:{BODY}")] == [83, 38]


@pytest.mark.parametrize("change", [{"last": 60}, {"first": 60, "last": 59}, {"year": 2025}])
def test_the_database_keeps_a_series_without_gaps(change):
    start(38)
    make()
    with pytest.raises(DatabaseError), transaction.atomic():
        NumberSeries.objects.filter(body_id=BODY, word="罚告").update(**change)


RARE = replace(samples.MINOR, name="欧阳𬭎䶮", address="海门区" + "很长的地址" * 60)


def test_rare_characters_and_overlong_names_are_printed_whole():
    rows.decided(CASE)
    values = replace(samples.SAMPLES["penalty_decision"], parties=(RARE,))
    text = text_of(rendered("penalty_decision", values))
    assert "欧阳𬭎䶮" in text
    assert text.count("址") >= 60  # whole, though a page may end within it
    long = replace(RARE, name="某" * 200)
    rows.another_case(other := uuid4(), BODY)
    rows.decided(other)
    values = replace(values, parties=(long,))
    assert rendered("penalty_decision", values, subject=other).ready


@pytest.mark.parametrize(
    "bad", ["a\x00b", "a\u202eb", "a\ue000b", "a\u2028b", "a\U0003134ab", "a😀b"]
)
def test_text_that_cannot_be_printed_is_refused_when_it_is_entered(bad):
    values = replace(samples.SAMPLES["penalty_prior_notice"], facts=bad)
    with pytest.raises(BadValue) as refused:
        make(values=values)
    assert refused.value.code == "text.unprintable"
    assert make().number.endswith("1号")  # the number was not used up


def test_what_looks_like_an_escape_is_text_like_any_other():
    values = replace(
        samples.SAMPLES["penalty_prior_notice"], facts="路径 C:\\u0000 和\t制表符\r\n换行"
    )
    assert selectors.content(make(values=values).id).values == values


def test_values_of_another_type_and_unknown_types_are_refused():
    with pytest.raises(TypeError):
        make("filing_approval", samples.SAMPLES["penalty_prior_notice"])
    with pytest.raises(KeyError):
        make("no_such_type", object())


def test_a_clerical_error_is_corrected_by_a_notice_of_its_own():
    found = rendered()
    with transaction.atomic():
        made = services.correct(
            document_id=found.id,
            corrections=(Correction("第一页", "11袋", "12袋"),),
            reasons="笔误",
            office_word="海市监",
            made_on=AT.date(),
            actor=OFFICER,
            at=AT,
        )
    assert made.number == "海市监补正〔2026〕1号"
    services.render_document(made.id, at=PRINTED_AT)
    notice = selectors.document(made.id)
    assert (notice.type_key, notice.subject, notice.party) == (
        "correction_notice",
        found.subject,
        found.party,
    )
    assert found.number in text_of(notice)
    assert selectors.document(found.id) == found


RIGHT = Correction("第一页", "11袋", "12袋")


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("correction.nothing", {"corrections": ()}),
        ("correction.no_difference", {"corrections": (replace(RIGHT, right="11袋 "),)}),
        ("correction.no_difference", {"corrections": (replace(RIGHT, place=" "),)}),
        ("correction.no_reason", {"reasons": " "}),
        ("correction.before_the_document", {"made_on": AT.date() - timedelta(days=1)}),
        ("correction.in_future", {"made_on": AT.date() + timedelta(days=1)}),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(code, change):
    given = {"corrections": (RIGHT,), "reasons": "笔误", "made_on": AT.date()} | change
    with pytest.raises(BadValue) as refused:
        _correct(make().id, **given)
    assert refused.value.code == code


def test_only_outward_documents_that_exist_are_corrected():
    given = {"corrections": (RIGHT,), "reasons": "笔误", "made_on": AT.date()}
    with pytest.raises(BadValue) as refused:
        _correct(make("filing_approval").id, **given)
    assert refused.value.code == "correction.not_outward"
    with pytest.raises(NotFound):
        _correct(uuid4(), **given)


def _correct(document_id: UUID, **given):
    with transaction.atomic():
        return services.correct(
            document_id=document_id, office_word="海市监", actor=OFFICER, at=AT, **given
        )


def test_documents_of_a_case_are_listed_in_the_order_of_making(django_assert_num_queries):
    first = make("interview_record", at=AT - timedelta(days=2))
    second = make("penalty_prior_notice")
    other_case = uuid4()
    rows.another_case(other_case, BODY)
    make(subject=other_case)
    with django_assert_num_queries(1):
        listed = selectors.documents_of(CASE)
    assert [one.id for one in listed] == [first.id, second.id]
    with django_assert_num_queries(1):
        assert selectors.by_token(second.token).id == second.id
    assert [one.id for one in selectors.to_be_signed([CASE])] == [first.id]


def test_documents_are_read_with_what_they_say(django_assert_num_queries):
    make("interview_record")
    made = make("hearing_notice")
    with django_assert_num_queries(1):
        ((found, values),) = selectors.said_in(CASE, {"hearing_notice"})
    assert found.number == made.number
    assert values == samples.SAMPLES["hearing_notice"]


def test_the_latest_document_of_a_type_is_that_of_the_party_or_of_all():
    party, other = uuid4(), uuid4()
    common = make()
    own = make(party=party, at=AT + timedelta(minutes=1))
    assert selectors.latest(CASE, "penalty_prior_notice").id == own.id
    assert selectors.latest(CASE, "penalty_prior_notice", party).id == own.id
    assert selectors.latest(CASE, "penalty_prior_notice", other).id == common.id
    assert selectors.latest(CASE, "hearing_notice") is None


def test_a_draft_is_looked_at_without_number_or_row():
    pages = press.preview(
        "penalty_prior_notice", samples.SAMPLES["penalty_prior_notice"], body_name=samples.BODY
    )
    assert pages[0].startswith(b"\x89PNG")
    pdf = press.preview_pdf(
        "penalty_prior_notice",
        samples.SAMPLES["penalty_prior_notice"],
        body_name=samples.BODY,
        on=AT.date(),
        at=AT,
    )
    assert pdf.startswith(b"%PDF")
    assert Document.objects.count() == 0


def _sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
