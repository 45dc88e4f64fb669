"""What is no longer as it was made and journalled is found by name, without reading it wrong."""

import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.types.json import Jsonb
from tests import build, rows
from tests.core.documents import samples
from tests.rooms.documents.made import AT, BODY, CASE, OFFICER, make

from zhifa.config.postgres import cluster as postgres
from zhifa.documents import entries, press, selectors, services, tasks, verification
from zhifa.documents.models import Document
from zhifa.documents.verification import Difference
from zhifa.journal import services as journal

PRINTED_AT = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    return press.store()


def printed(type_key: str = "penalty_prior_notice", subject: UUID = CASE) -> UUID:
    made = make(type_key, subject=subject)
    services.render_document(made.id, at=PRINTED_AT)
    return made.id


def found(**options: bool) -> list[Difference]:
    return list(selectors.differences(**options))


def place(store, document_id: UUID):
    sha256 = selectors.document(document_id).sha256
    return store.path / sha256[:2] / sha256[2:4] / sha256


def as_owner(clone, statement: str) -> None:
    """Change a table as nobody may but who owns the server: past every trigger."""
    login = clone.cluster.login("postgres", name=clone.names[postgres.WORKBENCH])
    with postgres.connect(login, autocommit=True) as connected:
        connected.execute("SET session_replication_role = replica")
        connected.execute(statement)


@pytest.mark.django_db
def test_nothing_differs_in_what_was_made_and_printed():
    rows.decided(CASE)
    rows.another_case(other := UUID(int=101), BODY)
    rows.decided(other, "no_penalty")
    for type_key in sorted(samples.SAMPLES):
        printed(type_key, other if type_key == "no_penalty_decision" else CASE)
    assert found() == []
    assert found(full=True) == []


@pytest.mark.django_db
def test_a_document_not_printed_yet_is_worth_knowing_and_no_fault():
    made = make()
    assert found() == [Difference("document.not_printed", made.number, harmless=True)]


@pytest.mark.django_db
def test_a_missing_and_a_changed_file_are_found(store):
    first, second = printed(), printed("hearing_notice")
    place(store, first).unlink()
    changed = place(store, second)
    changed.chmod(0o600)
    changed.write_bytes(changed.read_bytes() + b"%")

    assert {(one.code, one.about) for one in found() if not one.harmless} == {
        ("document.file_missing", "海市监罚告〔2026〕1号"),
        ("document.file_changed", "海市监听通〔2026〕1号"),
    }
    assert verification.of_document(first) == (
        Difference("document.file_missing", "海市监罚告〔2026〕1号"),
    )
    assert verification.of_document(UUID(int=5)) == ()


@pytest.mark.django_db
def test_a_file_without_a_row_is_harmless(store):
    printed()
    store.put(io.BytesIO(b"left behind"))
    (left,) = found()
    assert (left.code, left.harmless) == ("document.file_orphan", True)


@pytest.mark.django_db
def test_other_fonts_or_templates_are_said_and_not_taken_for_a_fault(monkeypatch):
    printed()
    monkeypatch.setattr(verification, "font_set", lambda folder: _OtherFonts())
    assert found(full=True) == [
        Difference("document.other_press", "海市监罚告〔2026〕1号", harmless=True)
    ]


class _OtherFonts:
    used = {"fangsong": "仿宋_GB2312"}


def forged(document_id: UUID, **change: object) -> UUID:
    """Insert a copy of a document's row past `make`, as the web login can, and ask for its print."""
    columns = {"id": str(uuid4())} | change
    new = UUID(columns["id"])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_document SELECT (jsonb_populate_record(d, %s)).*"
            " FROM documents_document d WHERE id = %s",
            [Jsonb(columns), document_id],
        )
    services.ask_for_print(new)
    return new


def copy(document_id: UUID) -> dict[str, str]:
    """Return columns of a copy that agree with each other: another number, token and sum."""
    row = Document.objects.get(id=document_id)
    token, number = "a" * 26, "海市监罚告〔2026〕99号"
    data = row.data.replace(row.token, token).replace(row.number, number)
    return {"token": token, "number": number, "data": data.replace("500000", "600000")}


@pytest.mark.django_db
def test_a_row_that_nobody_journalled_is_not_sealed(store):
    made = make()
    false = forged(made.id, **copy(made.id))

    with pytest.raises(services.NotAsMade, match=r"document\.not_journalled"):
        tasks.render(str(false))

    assert not selectors.document(false).ready
    assert list(store.contents()) == []
    assert not ProcrastinateJob.objects.filter(task_name=services.SEND_RECEIPT).exists()
    assert [one.code for one in verification.of_document(false)] == [
        "document.not_journalled",
        "document.not_printed",
    ]
    tasks.render(str(made.id))  # the document that was made is printed all the same
    assert selectors.document(made.id).ready


@pytest.mark.django_db
def test_a_row_is_not_sealed_under_an_entry_that_says_otherwise():
    made = make()
    row, new = Document.objects.get(id=made.id), uuid4()
    with transaction.atomic():
        entry = journal.append(
            entries.MADE, entries.stream(new), actor=OFFICER, at=AT, body=entries.made(row)
        )
    forged(made.id, **copy(made.id), id=str(new), made_entry=entry.id)

    with pytest.raises(services.NotAsMade, match=r"document\.differs_from_journal"):
        services.render_document(new, at=PRINTED_AT)

    assert not selectors.document(new).ready


@pytest.mark.django_db
def test_what_is_not_as_printed_is_told_without_reading_the_file(store):
    document = printed()
    assert selectors.unlike_record(document) == ()
    place(store, document).unlink()
    assert selectors.unlike_record(document) == ()

    false = forged(document, **copy(document))  # called printed already, with another's entry

    assert selectors.unlike_record(false) == (
        "document.not_journalled",
        "document.print_not_journalled",
    )


CHANGES = [
    ("replace(data, '500000', '600000')", "data", ["document.differs_from_journal"]),
    ("'海市监罚告〔2026〕7号'", "number", ["document.number_differs", "document.differs_from_journal"]),
    ("made_on + 1", "made_on", ["document.date_differs", "document.differs_from_journal"]),
    ("'elsewhere'", "token", ["document.token_differs", "document.differs_from_journal"]),
    ("'criminal_transfer_letter'", "type_key", ["document.type_differs", "document.differs_from_journal"]),
    ("repeat('0', 64)", "sha256", ["document.print_differs_from_journal", "document.file_missing"]),
    ("pages + 1", "pages", ["document.print_differs_from_journal"]),
    ("'x' || substr(data, 2)", "data", ["document.data_unreadable", "document.differs_from_journal"]),
    ("'{}'", "data", ["document.data_unreadable"]),
    ("'[]'", "data", ["document.data_unreadable"]),
    ("replace(data, '\"timestamp\":\"', '\"timestamp\":\"x')", "data", ["document.data_unreadable"]),
    ("'nothing_known'", "type_key", ["document.type_differs", "document.differs_from_journal"]),
    ("'x' || substr(press, 2)", "press", ["document.press_unreadable"]),
    ("'[]'", "press", ["document.press_unreadable"]),
    ("made_entry + 1", "made_entry", ["document.not_journalled"]),
    ("made_entry", "sealed_entry", ["document.print_not_journalled"]),
    ("gen_random_uuid()", "made_by", ["document.maker_differs"]),
    ("rendered_at + interval '1 day'", "rendered_at", ["document.print_differs_from_journal"]),
    (
        "'', pages = 0, press = '', rendered_at = NULL, sealed_entry = NULL",
        "sha256",
        ["document.print_taken_back"],
    ),
]  # fmt: skip


def test_what_is_changed_past_every_trigger_is_found_by_name(own_database):
    document = printed()
    connection.close()
    for value, column, codes in CHANGES:
        as_owner(own_database, "CREATE TABLE kept AS SELECT * FROM documents_document")
        as_owner(own_database, f"UPDATE documents_document SET {column} = {value}")
        got = [one.code for one in found() if not one.harmless]
        assert set(codes) <= set(got), (column, got)
        as_owner(own_database, "DELETE FROM documents_document")
        as_owner(own_database, "INSERT INTO documents_document SELECT * FROM kept")
        as_owner(own_database, "DROP TABLE kept")
    assert found() == []
    assert selectors.document(document).ready


def test_what_cannot_be_read_is_named_and_the_rest_is_looked_at(own_database, store):
    torn, unprintable, missing = (
        selectors.document(printed(kind))
        for kind in ("penalty_prior_notice", "hearing_notice", "criminal_transfer_letter")
    )
    connection.close()
    as_owner(
        own_database,
        "UPDATE documents_document SET data = 'x' || substr(data, 2), press = 'x', type_key = 'x'"
        f" WHERE id = '{torn.id}'",
    )
    as_owner(
        own_database,
        f"UPDATE documents_document SET data = replace(data, '{unprintable.number}', '')"
        f" WHERE id = '{unprintable.id}'",
    )
    place(store, missing.id).unlink()

    got = {(one.code, one.about) for one in found(full=True) if one.code != "number.gap"}
    assert got == {
        ("document.data_unreadable", torn.number),
        ("document.differs_from_journal", torn.number),
        ("document.press_unreadable", torn.number),
        ("document.print_differs_from_journal", torn.number),
        ("document.number_differs", unprintable.number),
        ("document.differs_from_journal", unprintable.number),
        ("document.not_printable", unprintable.number),
        ("document.file_missing", missing.number),
    }


def test_a_document_taken_out_leaves_a_gap_in_its_series(own_database):
    printed()
    connection.close()
    as_owner(own_database, "DELETE FROM documents_document")
    assert [one.code for one in found()] == [
        "document.missing",
        "number.gap",
        "document.file_orphan",
    ]


SERIES = [
    ("DELETE FROM documents_numberseries", "number.series_missing", "罚告〔2026〕"),
    (
        "UPDATE documents_numberseries SET word = word || 'x'",
        "number.series_missing",
        "罚告〔2026〕",
    ),
    ("UPDATE documents_numberseries SET last = last + 1", "number.gap", "罚告〔2026〕"),
    ("UPDATE documents_numberseries SET first = first - 1", "number.gap", "罚告〔2026〕"),
    (
        "UPDATE documents_numberseries SET first = 3, last = 2",
        "number.series_start",
        "罚〔2026〕",
    ),
    ("DELETE FROM documents_numberseries", "number.series_missing", "罚〔2026〕"),
]


@pytest.mark.parametrize(("statement", "code", "about"), SERIES)
def test_a_series_that_goes_otherwise_than_its_documents_is_named(
    own_database, statement, code, about
):
    body = build.body()
    for word in ("罚", "罚告"):
        with transaction.atomic():
            services.start_series(
                body_id=body, kind_word=word, year=AT.year, first=7, actor=OFFICER, at=AT
            )
    services.render_document(make(body_id=body).id, at=PRINTED_AT)
    assert found() == []
    connection.close()

    as_owner(own_database, statement)

    assert (code, about) in [(one.code, one.about) for one in found()]
