"""From the editor's draft to the page everybody reads, and back to a tombstone."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from urllib.parse import quote

import pypdf
import pytest
from django.test import Client
from tests import build
from tests.rooms.cases.work import small

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors as cases
from zhifa.disclosure import (
    case_record,
    last_look,
    outgoing,
    packages,
    public_version,
    selectors,
    services,
)
from zhifa.disclosure.models import Parcel, Publication, Turn
from zhifa.disclosure.packages import NotReached, NotTaken
from zhifa.disclosure.rules import Act, Ground, State, Treatment, WithdrawalGround
from zhifa.disclosure.services import Masking
from zhifa.journal import selectors as journal
from zhifa.journal import services as sequencer
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused
from zhifa.procedures.values import PartyKind

PRIVATE = ("王演示", "13800000001")


def as_(actor):
    return acting(actor, on=clock.today())


def begin(case_id, city):
    with as_(city.editor):
        return services.draft(case_id=case_id, actor=city.editor, on=clock.today(), at=clock.now())


def turn(publication_id, act, actor, reason="", seen=None):
    with as_(actor):
        seen = seen or Publication.objects.get(pk=publication_id).version
        services.take_turn(
            publication_id=publication_id, act=act, actor=actor, on=clock.today(),
            at=clock.now(), seen=seen, reason=reason,
        )  # fmt: skip


def mask(publication_id, city, **masking):
    with as_(city.editor):
        services.mask(
            publication_id=publication_id, masking=Masking(**masking), actor=city.editor,
            on=clock.today(), at=clock.now(),
            seen=Publication.objects.get(pk=publication_id).version,
        )  # fmt: skip


def release(case_id, city):
    """Take a decision to its release, by four people."""
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)
    turn(made, Act.CLEAR, city.reviewer)
    turn(made, Act.RELEASE, city.publisher)
    return made


def deliver(actor):
    """Do what the worker would with everything that has to go out."""
    with as_(actor):
        sequencer.integrate(clock.now())
        for parcel in selectors.unsent():
            outgoing.send(parcel, at=clock.now())
            case_record.record(parcel, at=clock.now())


def shown(publication_id, actor):
    with as_(actor):
        return selectors.publication(publication_id, actor=actor, on=clock.today())


def codes(refused) -> list[str]:
    return [violation.code for violation in refused.value.violations]


def page_of(found) -> tuple[int, str]:
    answer = Client().get(f"/decisions/{quote(found.number)}/")
    return answer.status_code, answer.content.decode()


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_a_decision_is_published_without_what_is_private_and_taken_back(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)

    found = shown(made, city.publisher)
    assert found.state is State.PUBLISHED
    assert [one.received_at is not None for one in found.parcels] == [True]
    status, page = page_of(found)
    assert status == 200
    assert "演示便利店" in page
    assert [value for value in PRIVATE if value in page] == []
    pdf = b"".join(Client().get(f"/decisions/{quote(found.number)}/document.pdf").streaming_content)
    assert [value for value in PRIVATE if value in text_of(pdf).replace("\n", "")] == []
    assert "公开版本" in text_of(pdf)
    with as_(city.publisher):
        facts = cases.case(case_id).facts
        assert facts.published_on == clock.today()
        assert facts.term("T39").ended_on is not None
        assert list(selectors.differences()) == []
        kinds = [entry.kind for entry in journal.entries(f"publication:{made}")]
        assert all(entry.body for entry in journal.entries(f"publication:{made}"))
    with as_(build.person()):  # what the record says of it is for whoever sees it
        assert not any(entry.body for entry in journal.entries(f"publication:{made}"))
    assert kinds == [
        "publication.drafted", "publication.submitted", "publication.agreed",
        "publication.cleared", "publication.released", "publication.parcel_released",
        "publication.parcel_received",
    ]  # fmt: skip

    withdraw(made, city, WithdrawalGround.REVOKED, "处罚决定被依法撤销")
    deliver(city.publisher)

    assert shown(made, city.publisher).state is State.WITHDRAWN
    status, page = page_of(found)
    assert (status, "处罚决定被依法撤销" in page, "演示便利店" in page) == (410, True, False)
    with as_(city.publisher):
        assert cases.case(case_id).facts.published_on is None
        assert list(selectors.differences()) == []


def withdraw(publication_id, city, ground, reason):
    with as_(city.publisher):
        services.withdraw(
            publication_id=publication_id, ground=ground, reason=reason, actor=city.publisher,
            on=clock.today(), at=clock.now(),
            seen=Publication.objects.get(pk=publication_id).version,
        )  # fmt: skip


def test_what_was_withdrawn_for_wrong_content_begins_again_under_its_address(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)
    withdraw(made, city, WithdrawalGround.WRONG_CONTENT, "金额写错，更正后重新公示")
    deliver(city.publisher)

    assert release(case_id, city) == made
    deliver(city.publisher)

    found = shown(made, city.publisher)
    assert [one.sequence for one in found.parcels] == [1, 2, 3]
    assert page_of(found)[0] == 200


def test_nobody_passes_on_their_own_work_and_nobody_acts_without_the_role(case_id, city):

    from zhifa.registry.rules import Role

    build.appointed(Role.DISCLOSURE_REVIEWER, city.body, who=city.editor)
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    with pytest.raises(Denied):
        turn(made, Act.AGREE, city.publisher)
    turn(made, Act.AGREE, city.unit_head)

    with pytest.raises(Refused) as refused:
        turn(made, Act.CLEAR, city.editor)
    assert codes(refused) == ["disclosure.own_work"]
    with pytest.raises(Denied):
        turn(made, Act.CLEAR, city.unit_head)
    with pytest.raises(Conflict):
        turn(made, Act.RELEASE, city.publisher)
    assert Turn.objects.count() == 0  # the web login sees none of it, as nobody
    with as_(city.publisher):
        assert Turn.objects.count() == 3


def test_a_person_out_of_scope_finds_nothing(case_id, city):
    made = begin(case_id, city)

    with pytest.raises(NotFound):
        shown(made, city.administrator)
    with as_(city.administrator):
        assert selectors.queue(city.administrator, on=clock.today()).under_way == ()
        with pytest.raises(NotFound):
            selectors.public_pdf(made, actor=city.administrator, on=clock.today())


def test_who_has_seen_an_older_version_is_late(case_id, city):
    made = begin(case_id, city)
    mask(made, city)

    with pytest.raises(Conflict, match="seen"):
        turn(made, Act.SUBMIT, city.editor, seen=1)


def test_what_is_returned_is_edited_again(case_id, city):
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    with pytest.raises(Refused) as refused:
        turn(made, Act.RETURN, city.unit_head)
    assert codes(refused) == ["disclosure.reason_missing"]
    turn(made, Act.RETURN, city.unit_head, reason="把配方隐去")

    found = shown(made, city.editor)
    assert (found.state, found.reason, found.may_edit) == (State.DRAFT, "把配方隐去", True)
    mask(made, city, hidden=(("演示便利店", ""),))
    turn(made, Act.SUBMIT, city.editor)
    with as_(city.editor):
        pdf = selectors.public_pdf(made, actor=city.editor, on=clock.today())
        row = Publication.objects.get()
    assert "演示便利店" not in text_of(pdf)
    assert row.public["party"] == "×××"
    with pytest.raises(Conflict):
        mask(made, city)


@pytest.mark.parametrize(
    ("masking", "code"),
    [
        ({"hidden": (("没有这几个字", ""),)}, "disclosure.hidden_is_absent"),
        ({"hidden": (("罚", ""),)}, "disclosure.hidden_is_absent"),
        ({"kept": (("王演示", "公众人物"),)}, "disclosure.kept_is_certain"),
        ({"kept": (("王演示", " "),)}, "disclosure.kept_without_reason"),
    ],
)
def test_an_editor_is_told_what_cannot_be_masked_or_kept(case_id, city, masking, code):
    made = begin(case_id, city)

    with pytest.raises(BadValue) as refused:
        mask(made, city, **masking)
    assert refused.value.code == code
    assert (
        refused.value.about == next(iter(masking.values()))[0][0]
    )  # whole: it has to be found again


def test_a_document_that_still_names_somebody_is_not_released(case_id, city, monkeypatch):
    made = begin(case_id, city)
    with as_(city.editor):
        content = services.source(case_id).content
    plain = public_version.render(
        content.type_key, content.values, frame=replace(content.frame, redacted=True),
        timestamp=content.at,
    ).pdf  # fmt: skip
    monkeypatch.setattr(services, "public_document", lambda source, secrets: plain)

    with pytest.raises(Refused) as refused:
        turn(made, Act.SUBMIT, city.editor)

    assert {"leak.name", "leak.phone"} <= set(codes(refused))
    assert {one.about for one in refused.value.violations} == {"page.1"}
    assert shown(made, city.editor).state is State.DRAFT
    assert "王演示" not in str(refused.value)


def somebody_more(monkeypatch):
    """Let the case know of somebody whose name stands in the public version."""
    known = last_look.secrets_of

    def more(source, **masking):
        found = known(source, **masking)
        return replace(found, masks=(*found.masks, public_version.redaction.Mask(
            "演示便利店", "某店", public_version.redaction.Why.THIRD_PARTY)), public=())  # fmt: skip

    monkeypatch.setattr(last_look, "secrets_of", more)


def test_who_was_heard_since_is_looked_for_again_before_release(case_id, city, monkeypatch):
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)
    somebody_more(monkeypatch)
    with pytest.raises(Refused) as refused:
        turn(made, Act.CLEAR, city.reviewer)
    assert "leak.third_party" in codes(refused)


def test_a_reason_of_withdrawal_names_nobody(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)

    with pytest.raises(Refused) as refused:
        withdraw(made, city, WithdrawalGround.REVOKED, "王演示胜诉")
    assert codes(refused) == ["leak.name"]


def person_matter(born_on=date(1980, 5, 1)):
    matter = small()
    (shop,) = matter.parties
    party = replace(
        shop, kind=PartyKind.PERSON, name="欧阳演示", identifier="", representative="",
        born_on=born_on, address="南通市海门区演示街道文汇路18号2幢301室",
        guardian="" if born_on.year < 2008 else "欧阳大演",
    )  # fmt: skip
    return replace(matter, parties=(party,), title="欧阳演示经营超过保质期的食品案")


def test_a_natural_person_is_published_without_name_and_home(serve, city):
    case_id = serve(person_matter())
    made = release(case_id, city)
    deliver(city.publisher)

    found = shown(made, city.publisher)
    assert found.treatment is Treatment.ANONYMISE
    status, page = page_of(found)
    assert (status, "欧阳某" in page, "欧阳演示" in page, "文汇路" in page) == (
        200,
        True,
        False,
        False,
    )
    with as_(city.publisher):
        pdf = selectors.public_pdf(made, actor=city.publisher, on=clock.today())
    text = text_of(pdf)
    assert ("欧阳某" in text, "欧阳演示" in text, "文汇路" in text) == (True, False, False)


def test_what_concerns_a_minor_is_not_published_whoever_wants_it(serve, city):
    case_id = serve(person_matter(born_on=date(2010, 5, 1)))
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)

    with pytest.raises(Refused) as refused:
        turn(made, Act.CLEAR, city.reviewer)
    assert codes(refused) == ["withhold.minor"]
    turn(made, Act.WITHHOLD, city.reviewer, reason="当事人是未成年人")
    assert shown(made, city.reviewer).state is State.WITHHELD
    assert selectors.unsent() == []


def test_a_ground_that_people_find_is_a_ban(case_id, city):
    made = begin(case_id, city)
    mask(made, city, found=(Ground.TRADE_SECRET,))
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)

    with pytest.raises(Refused) as refused:
        turn(made, Act.CLEAR, city.reviewer)
    assert codes(refused) == ["withhold.trade_secret"]


class Down:
    def send(self, package):
        raise NotReached("portal.database")


class Deaf:
    def send(self, package):
        raise NotTaken(("uscc.check_digit",))


def test_a_portal_that_is_down_gets_the_same_package_later(case_id, city, monkeypatch):
    made = release(case_id, city)
    sent = []
    for channel, problem in ((Down, NotReached), (Deaf, NotTaken)):
        monkeypatch.setattr(packages, "channel", channel)
        with pytest.raises(problem):
            deliver(city.publisher)
        with as_(city.publisher):
            sent.append(Parcel.objects.get().package_sha256)
    (parcel,) = shown(made, city.publisher).parcels
    assert (parcel.problem, parcel.attempts, parcel.received_at) == ("uscc.check_digit", 2, None)
    monkeypatch.undo()

    deliver(city.publisher)
    deliver(city.publisher)  # a job that runs twice

    (parcel,) = shown(made, city.publisher).parcels
    assert {*sent, parcel.package_sha256} == {parcel.package_sha256}
    assert (parcel.problem, parcel.attempts) == ("", 3)


def test_a_proof_that_is_not_in_the_log_yet_is_waited_for(case_id, city, monkeypatch):
    release(case_id, city)
    monkeypatch.setattr(outgoing.record, "receipt", lambda entry, **_: None)

    with as_(city.publisher), pytest.raises(outgoing.NotInLogYet):
        outgoing.send(selectors.unsent()[0], at=clock.now())


def test_a_sealed_document_can_be_checked_though_it_is_not_published(case_id, city):
    with as_(city.agency_heads[0]):
        document = services.source(case_id).content
        decision = services.source(case_id).decision
    for _ in range(2):  # a job that runs twice
        with as_(city.agency_heads[0]):
            outgoing.release_document_receipt(decision.document_id, at=clock.now())
    deliver(city.publisher)

    page = Client().get(f"/verify/{decision.token}/").content.decode()

    assert document.frame.qr_url.endswith(f"/verify/{decision.token}")
    assert (decision.number in page, decision.document_sha256 in page) == (True, True)
    assert "演示便利店" not in page
    with as_(city.publisher):
        assert Parcel.objects.count() == 1


def test_a_decision_that_is_not_there_yet_is_not_begun(city):
    from tests.rooms.cases.work import casework, told

    from zhifa.config.demo import stories

    work = told(casework(city, small()), stories.to_decided)
    with pytest.raises(Conflict, match="not_served"):
        begin(work.case_id, city)
    told(casework(city, small()), stories.to_filed)
    with pytest.raises(NotFound):
        begin(work.desk.body, city)


def test_the_queue_says_what_is_due_and_whose_turn_it_is(case_id, city):
    def tasks(person):
        with as_(person):
            return [
                (task.kind, task.href_args) for task in selectors.tasks_for(person, clock.today())
            ]

    with as_(city.editor):
        (waiting,) = selectors.queue(city.editor, on=clock.today()).to_begin
    assert (waiting.case_id, waiting.mine, waiting.late, waiting.left) == (case_id, True, False, 7)
    assert tasks(city.editor) == [("disclosure.begin", ())]
    made = begin(case_id, city)
    assert tasks(city.editor) == [("disclosure.draft", (made,))]
    with pytest.raises(Conflict, match="begun"):
        begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    assert tasks(city.editor) == []
    assert tasks(city.unit_head) == [("disclosure.submitted", (made,))]
    turn(made, Act.AGREE, city.unit_head)
    assert tasks(city.reviewer) == [("disclosure.agreed", (made,))]
    with as_(city.leader):
        queue = selectors.queue(city.leader, on=clock.today())
    assert [(line.state, line.mine) for line in queue.under_way] == [(State.AGREED, False)]


def test_what_lies_in_the_store_is_compared_with_what_was_recorded(case_id, city):
    release(case_id, city)
    deliver(city.publisher)
    with as_(city.publisher):
        parcel = Parcel.objects.get()
        place = outgoing.store().path / parcel.file_sha256[:2] / parcel.file_sha256[2:4]
        file = place / parcel.file_sha256
        file.chmod(0o600)
        file.write_bytes(b"%PDF another")
        assert [one.code for one in selectors.differences()] == ["parcel.file_damaged"]
        file.unlink()
        assert [one.code for one in selectors.differences()] == ["parcel.file_missing"]
