"""What seldom happens to a publication, and is right all the same."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from uuid import uuid4

import pypdf
import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from psycopg.types.json import Jsonb
from tests import build
from tests.rooms.cases.work import casework, large, told
from tests.rooms.disclosure.conftest import print_and_log
from tests.rooms.disclosure.test_pages import url
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    deliver,
    page_of,
    release,
    shown,
    turn,
    withdraw,
)
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.config import channels
from zhifa.config.demo import stories
from zhifa.config.demo.city import credit_code
from zhifa.disclosure import (
    case_record,
    outgoing,
    packages,
    public_version,
    selectors,
    services,
    sources,
    tasks,
)
from zhifa.disclosure import records as public_records
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.packages import NotReached, NotTaken, Said
from zhifa.disclosure.rules import Act, State, WithdrawalGround
from zhifa.disclosure.wording import DIFFERENCES
from zhifa.law.errors import BadValue, Conflict, NotFound
from zhifa.portal import services as portal
from zhifa.registry import services as registry
from zhifa.registry.rules import BodyKind, Identity, SuccessionKind, UnitKind
from zhifa.store import StoreFull


def major(work):
    yield from stories.major_decided(work)
    yield work.on_working_day(1)
    work.serve()


def test_a_major_decision_says_who_reviewed_it_and_when(city):
    build.unit(city.body, "法规科", UnitKind.LEGAL)
    work = told(casework(city, large()), major)
    print_and_log(city, work.case_id)
    made = release(work.case_id, city)
    deliver(city.publisher)

    status, page = page_of(shown(made, city.publisher))
    assert (status, "重大决定，已经法制审核" in page, "法规科" in page) == (200, True, True)


def test_a_body_that_took_another_over_answers_for_its_publications(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)
    heir = registry.follow_on(
        kind=SuccessionKind.RENAME,
        body_id=city.body,
        identity=Identity(
            code="B-HEIR", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="海门区综合执法局（演示）",
            short_name="海门综合执法", valid_from=clock.today(), credit_code=credit_code(7),
            region_code="320614", office_word="海综执", supervised_by=city.supervision, is_demo=True,
        ),
        basis="机构改革方案（演示）",
        actor=build.SYSTEM,
        at=clock.now(),
    )  # fmt: skip
    clock.move_to(clock.now() + timedelta(days=1))
    with as_(city.publisher):
        body = next(
            one.data for one in public_records.records(heir, on=clock.today()) if one.kind == "body"
        )
    assert [one["name"] for one in body["predecessors"]] == ["海门区市场监督管理局"]
    assert sign_in(city.publisher).get(url("records", city.body)).status_code == 200

    withdraw(made, city, WithdrawalGround.REVOKED, "决定被撤销")
    assert shown(made, city.publisher).state is State.WITHDRAWING


def test_what_is_not_published_is_not_withdrawn(case_id, city):
    made = begin(case_id, city)

    with pytest.raises(Conflict, match="moved_on"):
        withdraw(made, city, WithdrawalGround.REVOKED, "决定被撤销")
    with pytest.raises(NotFound), as_(city.publisher):
        services.take_turn(
            publication_id=uuid4(), act=Act.SUBMIT, actor=city.editor, on=clock.today(),
            at=clock.now(), seen=1,
        )  # fmt: skip
    with as_(city.editor):
        assert selectors.publication_of(case_id) == made
        assert selectors.publication_of(uuid4()) is None


def test_a_second_editor_is_an_author_too(case_id, city):
    from zhifa.registry.rules import Role

    other = build.appointed(Role.DISCLOSURE_EDITOR, city.body)
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, other)

    with as_(other):
        assert set(Publication.objects.get().authors) == {city.editor, other}


def test_a_decision_that_is_not_printed_or_not_a_penalty_is_not_begun(city, monkeypatch):
    work = told(casework(city, large()), major)
    with pytest.raises(Conflict, match="not_printed"):
        begin(work.case_id, city)
    monkeypatch.setattr(sources.documents, "latest", lambda *_: None)
    with pytest.raises(Conflict, match="no_decision"):
        begin(work.case_id, city)


def test_a_field_that_no_package_carries_is_refused(case_id, city):
    with as_(city.editor):
        found = sources.source(case_id)
        long = replace(found, decision=replace(found.decision, title="长" * 501))
        secrets = public_version.secrets_of(long, hidden=(), kept=())
        with pytest.raises(BadValue) as refused:
            public_version.public_text(public_version.public_fields(long, secrets))
    assert (refused.value.code, refused.value.about) == ("disclosure.field_too_long", "case_name")


def test_a_document_whose_text_cannot_be_read_proves_nothing(case_id, city, monkeypatch, tmp_path):
    made = begin(case_id, city)
    blank = pypdf.PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(tmp_path / "blank.pdf")
    pdf = (tmp_path / "blank.pdf").read_bytes()
    monkeypatch.setattr(services, "public_document", lambda *_: pdf)

    with pytest.raises(BadValue) as refused:
        turn(made, Act.SUBMIT, city.editor)
    assert refused.value.code == "disclosure.not_readable"


def test_of_two_runs_that_build_at_once_one_package_counts(case_id, city, monkeypatch):
    release(case_id, city)
    built = packages.build

    def raced(said: Said, signer):
        monkeypatch.undo()  # another run comes in between, with a later proof
        first = built(replace(said, published_at=said.published_at), signer) + b" "
        kept = outgoing.store().put(BytesIO(first))
        Parcel.objects.update(package_sha256=kept.sha256)
        return built(said, signer)

    monkeypatch.setattr(packages, "build", raced)
    deliver(city.publisher)

    with as_(city.publisher):
        parcel = Parcel.objects.get()
    assert parcel.received_at is not None
    assert json.loads(parcel.receipt)["package_sha256"] == parcel.package_sha256


def test_of_two_editors_who_begin_at_once_one_is_first(
    case_id, city, monkeypatch, django_db_blocker
):
    both, counted = Barrier(2, timeout=20), services.rules.published_until

    def counted_together(*given):
        both.wait()
        return counted(*given)

    monkeypatch.setattr(services.rules, "published_until", counted_together)

    def begins(_):
        try:
            with django_db_blocker.unblock():
                begin(case_id, city)
        except Conflict as lost:
            return lost.code
        finally:
            connections.close_all()
        return "begun"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(begins, range(2))) == ["begun", "disclosure.begun_already"]


def test_a_receipt_that_comes_twice_is_kept_once(case_id, city):
    release(case_id, city)
    deliver(city.publisher)
    with as_(city.publisher):
        parcel = Parcel.objects.get()
        again = packages.Receipt("", "decision", parcel.key, 1, clock.now(), "")
        with transaction.atomic():
            outgoing._received(parcel.id, again, at=clock.now())
        assert Parcel.objects.get().receipt == parcel.receipt


def test_nothing_is_sent_of_what_is_not_there(case_id, city):
    with as_(city.publisher):
        with pytest.raises(NotFound):
            outgoing.send(uuid4(), at=clock.now())
        with pytest.raises(NotFound):
            outgoing.release_document_receipt(uuid4(), at=clock.now())


def test_the_portal_is_not_told_of_a_document_that_the_record_does_not_bear_out(case_id, city):
    false = uuid4()
    with as_(city.publisher):
        notice = sources.documents.latest(case_id, "penalty_prior_notice")
        with connection.cursor() as cursor:  # past every service, as the web login can
            cursor.execute(
                "INSERT INTO documents_document SELECT (jsonb_populate_record(d, %s)).*"
                " FROM documents_document d WHERE id = %s",
                [Jsonb({"id": str(false), "token": "a" * 26, "number": "99"}), notice.id],
            )
        with pytest.raises(outgoing.NotAsRecorded, match=r"document\.not_journalled"):
            tasks.send_document_receipt(document_id=str(false))
        assert not Parcel.objects.filter(subject_kind="document_receipt").exists()


def test_the_jobs_do_what_the_transaction_asked_for(case_id, city):
    made = release(case_id, city)
    with as_(city.publisher):
        decision = sources.source(case_id).decision
        tasks.send_document_receipt(document_id=str(decision.document_id))
        for parcel in selectors.unsent():
            tasks.send(parcel_id=str(parcel))
            tasks.record_in_case(parcel_id=str(parcel))
    assert shown(made, city.publisher).state is State.PUBLISHED
    assert Client().get(f"/verify/{decision.token}/").status_code == 200


@pytest.mark.parametrize("fault", [StoreFull("full"), OperationalError("down")])
def test_a_portal_that_cannot_now_may_be_asked_again(fault, monkeypatch):
    def fails(package, *, at):
        raise fault

    monkeypatch.setattr(portal, "take_in", fails)
    with pytest.raises(NotReached):
        channels.Local().send(b"")


def test_a_portal_that_refuses_says_why():
    with pytest.raises(NotTaken) as refused:
        channels.Local().send(b"no package")
    assert refused.value.codes == ("package.form",)


def test_what_was_changed_by_force_or_not_written_into_the_case_is_found(case_id, city):
    release(case_id, city)
    with as_(city.publisher):
        outgoing.send(selectors.unsent()[0], at=clock.now())
        assert [one.code for one in selectors.differences()] == ["publication.not_in_case"]
        (parcel,) = Parcel.objects.all()
        case_record.record(parcel.id, at=clock.now())
        case_record.record(parcel.id, at=clock.now())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE disclosure_parcel DISABLE TRIGGER USER")
        cursor.execute("UPDATE disclosure_parcel SET data = replace(data, '5,000', '50')")
    with as_(city.publisher):
        assert [one.code for one in selectors.differences()] == ["parcel.data"]


def test_what_cannot_be_read_is_named_and_the_rest_is_looked_at(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE disclosure_parcel DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE disclosure_parcel SET data = 'x' || substr(data, 2), file_sha256 = 'x'"
        )
        cursor.execute("UPDATE disclosure_publication SET case_id = gen_random_uuid()")
    with as_(city.publisher):
        parcel, publication = Parcel.objects.get(), Publication.objects.get(pk=made)
        assert [(one.code, one.about) for one in selectors.differences()] == [
            ("publication.column", f"{publication.number}：case_id"),
            ("parcel.released_differs", f"decision {parcel.key}：file_sha256"),
            ("parcel.data_unreadable", f"decision {parcel.key}"),
            ("parcel.file_misnamed", f"decision {parcel.key}"),
            ("publication.case_missing", publication.number),
        ]
    assert {"parcel.data_unreadable", "parcel.file_misnamed", "publication.case_missing"} <= set(
        DIFFERENCES
    )


def test_what_was_known_when_it_was_submitted_stays_what_is_shown(case_id, city):
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    with as_(city.editor):
        Publication.objects.update(
            public=Publication.objects.get().public | {"facts": "冻结的事实"}
        )
    facts = next(one for one in shown(made, city.unit_head).fields if one.key == "facts")

    assert [part.text for part in facts.public] == ["冻结的事实"]
