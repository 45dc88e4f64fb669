"""Sign-ins: made, reset, closed and opened by others, changed by oneself; each in the journal."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import authenticate
from django.db import connection
from tests import build

from zhifa.accounts import selectors, services
from zhifa.accounts.access import acting
from zhifa.accounts.models import Person
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound
from zhifa.registry import services as registry
from zhifa.registry.rules import Role

pytestmark = pytest.mark.django_db
AT = build.AT
GOOD = "海门-guess-this-7"


def entries(person: ActorId) -> list[str]:
    return [entry.kind for entry in journal.entries(f"person:{person}")]


def test_a_person_gets_a_temporary_password_that_no_record_keeps():
    made = registry.create_person(login_name="gu.wei", name="顾𬭎", actor=SYSTEM, at=AT)
    account = selectors.person(made.id)

    assert (account.login_name, account.name, account.must_change_password) == (
        "gu.wei",
        "顾𬭎",
        True,
    )
    assert Person.objects.get(pk=made.id).check_password(made.temporary_password)
    assert len(made.temporary_password) == 14
    (entry,) = journal.entries(f"person:{made.id}")
    assert entry.body == {
        "is_demo": False, "login_name": "gu.wei", "name": "顾𬭎", "person": str(made.id),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("login", "name", "code"),
    [
        pytest.param("A", "甲", "login_name.format", id="capital"),
        pytest.param("a", "甲", "login_name.format", id="one character"),
        pytest.param("a" * 61, "甲", "login_name.format", id="overlong"),
        pytest.param("a b", "甲", "login_name.format", id="blank"),
        pytest.param("ab", "", "name.empty", id="no name"),
        pytest.param("ab", "甲" * 51, "name.too_long", id="overlong name"),
    ],
)
def test_what_no_person_can_be_called(login, name, code):
    with pytest.raises(BadValue, match=code):
        registry.create_person(login_name=login, name=name, actor=SYSTEM, at=AT)


def test_a_login_name_is_taken_once():
    registry.create_person(login_name="twice", name="甲", actor=SYSTEM, at=AT)
    with pytest.raises(Conflict, match=r"login_name\.taken"):
        registry.create_person(login_name="twice", name="乙", actor=SYSTEM, at=AT)
    assert selectors.find_by_login("twice").name == "甲"


def test_only_demo_people_have_a_password_that_others_know():
    made = registry.create_person(
        login_name="demo", name="演示甲", is_demo=True, demo_password="demo", actor=SYSTEM, at=AT
    )
    assert not selectors.person(made.id).must_change_password
    with pytest.raises(ValueError, match="only demo people"):
        registry.create_person(
            login_name="real", name="甲", demo_password="demo", actor=SYSTEM, at=AT
        )


def test_a_password_is_changed_by_its_owner_who_knows_the_old_one():
    made = registry.create_person(login_name="owner", name="甲乙丙", actor=SYSTEM, at=AT)
    services.change_own_password(actor=made.id, old=made.temporary_password, new=GOOD, at=AT)

    assert not selectors.person(made.id).must_change_password
    assert Person.objects.get(pk=made.id).check_password(GOOD)
    assert entries(made.id) == ["person.created", "person.password_changed"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("wrong", GOOD, "password.wrong", id="another old one"),
        pytest.param(None, None, "password.same", id="the same again"),
        pytest.param(None, "short", "password.too_short", id="short"),
        pytest.param(None, "1357924680135", "password.entirely_numeric", id="figures only"),
        pytest.param(None, "1q2w3e4r5t", "password.too_common", id="everybody's"),
        pytest.param(None, "gu.weimin1", "password.too_similar", id="the login name"),
    ],
)
def test_a_bad_password_changes_nothing(old, new, code):
    made = registry.create_person(login_name="gu.weimin", name="甲乙丙", actor=SYSTEM, at=AT)
    temporary = made.temporary_password
    with pytest.raises(BadValue, match=code):
        services.change_own_password(
            actor=made.id, old=old or temporary, new=new or temporary, at=AT
        )
    assert Person.objects.get(pk=made.id).check_password(temporary)


def test_a_reset_gives_a_new_temporary_password():
    city = build.city()
    person = city.handlers[0]
    password = registry.reset_password(
        person_id=person, reason="忘记密码", actor=city.administrator, at=AT
    )

    assert selectors.person(person).must_change_password
    assert Person.objects.get(pk=person).check_password(password)
    assert entries(person) == ["person.created", "person.password_reset"]


def with_second_factor(person: ActorId) -> ActorId:
    """Switch it on as the library does, with spare codes."""
    with services.second_factor_noted(actor=person, at=AT):
        row = Person.objects.get(pk=person)
        TOTP.activate(row, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(row)
    return person


def gone_half_way(person: ActorId) -> None:
    with services.second_factor_noted(actor=person, at=AT):
        Authenticator.objects.filter(user=person).delete()
        raise NotFound


def test_what_one_does_to_ones_own_second_factor_is_journalled_with_it():
    person = with_second_factor(build.person())
    assert selectors.has_second_factor(person)
    with services.second_factor_noted(actor=person, at=AT):
        pass  # a wrong code: nothing happened, nothing is said
    with services.second_factor_noted(actor=person, at=AT):
        Authenticator.objects.filter(user=person, type="recovery_codes").delete()
        RecoveryCodes.activate(Person.objects.get(pk=person))
    with pytest.raises(NotFound):
        gone_half_way(person)
    assert selectors.has_second_factor(person)
    with services.second_factor_noted(actor=person, at=AT):
        Authenticator.objects.filter(user=person, type="totp").delete()

    told = [(entry.kind, entry.body.get("factor")) for entry in journal.entries(f"person:{person}")]
    assert told[1:] == [
        ("person.second_factor_added", "recovery_codes"),
        ("person.second_factor_added", "totp"),
        ("person.second_factor_renewed", "recovery_codes"),
        ("person.second_factor_removed", "totp"),
    ]
    assert "JBSWY3DPEHPK3PXP" not in str(journal.entries(f"person:{person}"))


def test_a_lost_second_factor_is_taken_off_by_the_security_administrator():
    city = build.city()
    security = build.appointed(Role.SECURITY_ADMINISTRATOR, city.supervision)
    person = with_second_factor(city.handlers[0])
    before = Person.objects.get(pk=person).get_session_auth_hash()
    with pytest.raises(BadValue, match=r"reason\.missing"):
        registry.remove_second_factor(person_id=person, reason=" ", actor=security, at=AT)
    registry.remove_second_factor(person_id=person, reason="手机丢失", actor=security, at=AT)

    assert not selectors.has_second_factor(person)
    assert Person.objects.get(pk=person).get_session_auth_hash() != before
    last = journal.entries(f"person:{person}")[-1]
    assert (last.kind, last.actor) == ("person.second_factor_reset", security)
    assert last.body == {"person": str(person), "reason": "手机丢失"}
    with pytest.raises(Conflict, match=r"second_factor\.none"):
        registry.remove_second_factor(person_id=person, reason="x", actor=security, at=AT)


def test_only_the_security_administrator_above_takes_it_off_and_never_his_own():
    city = build.city()
    person = with_second_factor(city.handlers[0])
    security = with_second_factor(build.appointed(Role.SECURITY_ADMINISTRATOR, city.supervision))
    elsewhere = build.appointed(Role.SECURITY_ADMINISTRATOR, build.body("别的局"))
    audit = build.appointed(Role.AUDIT_ADMINISTRATOR, city.supervision)
    for actor in (city.administrator, audit, city.supervisor, elsewhere, city.handlers[1]):
        with pytest.raises(Denied, match=r"role\.missing"):
            registry.remove_second_factor(person_id=person, reason="x", actor=actor, at=AT)
    with pytest.raises(Denied, match="own_work"):
        registry.remove_second_factor(person_id=security, reason="x", actor=security, at=AT)
    with pytest.raises(NotFound):
        registry.remove_second_factor(person_id=uuid4(), reason="x", actor=security, at=AT)
    assert selectors.has_second_factor(person)
    assert selectors.has_second_factor(security)


def test_who_gives_passwords_does_not_get_past_the_second_factor():
    city = build.city()
    person = with_second_factor(city.handlers[0])
    registry.reset_password(person_id=person, reason="忘记密码", actor=city.administrator, at=AT)
    assert selectors.has_second_factor(person)


def test_who_is_closed_cannot_sign_in_until_opened_again(rf):
    city = build.city()
    person = city.handlers[0]
    password = registry.reset_password(
        person_id=person, reason="忘记密码", actor=city.administrator, at=AT
    )
    login = selectors.person(person).login_name

    def enters() -> bool:
        request = rf.post("/accounts/login/")
        return authenticate(request, username=login, password=password) is not None

    assert enters()
    registry.deactivate_person(person_id=person, reason="调离", actor=city.administrator, at=AT)
    assert not enters()
    with pytest.raises(Conflict, match=r"person\.inactive_already"):
        registry.deactivate_person(person_id=person, reason="x", actor=city.administrator, at=AT)
    with pytest.raises(BadValue, match=r"reason\.missing"):
        registry.activate_person(person_id=person, reason=" ", actor=city.administrator, at=AT)
    registry.activate_person(person_id=person, reason="调回", actor=city.administrator, at=AT)
    with pytest.raises(Conflict, match=r"person\.active_already"):
        registry.activate_person(person_id=person, reason="x", actor=city.administrator, at=AT)
    assert enters()
    assert entries(person)[2:] == ["person.deactivated", "person.activated"]


def test_only_the_system_administrator_above_keeps_sign_ins_and_never_his_own():
    city = build.city()
    elsewhere = build.appointed(Role.SYSTEM_ADMINISTRATOR, build.body("别的局"))
    for actor in (city.handlers[1], city.supervisor, elsewhere):
        with pytest.raises(Denied, match=r"role\.missing"):
            registry.reset_password(
                person_id=city.handlers[0], reason="忘记密码", actor=actor, at=AT
            )
    with pytest.raises(Denied, match="own_work"):
        registry.reset_password(
            person_id=city.administrator, reason="忘记密码", actor=city.administrator, at=AT
        )
    with pytest.raises(Denied, match=r"role\.missing"):
        registry.create_person(login_name="no", name="甲", actor=city.supervisor, at=AT)
    registry.create_person(login_name="yes", name="甲", actor=elsewhere, at=AT)
    free = build.person()  # works nowhere yet: any administrator may
    registry.reset_password(person_id=free, reason="忘记密码", actor=elsewhere, at=AT)
    with pytest.raises(NotFound):
        registry.reset_password(person_id=uuid4(), reason="忘记密码", actor=elsewhere, at=AT)


def test_who_appoints_somebody_of_another_body_does_not_get_his_sign_in():
    city = build.city()
    other = build.body("别的局")
    administrator = build.appointed(Role.SYSTEM_ADMINISTRATOR, other)
    head = city.agency_heads[0]
    registry.appoint(
        person_id=head, body_id=other, role=Role.ARCHIVIST, valid_from=build.SINCE,
        actor=administrator, at=AT,
    )  # fmt: skip

    with pytest.raises(Denied, match=r"role\.missing"):
        registry.reset_password(person_id=head, reason="忘记密码", actor=administrator, at=AT)
    with pytest.raises(Denied, match=r"role\.missing"):
        registry.deactivate_person(person_id=head, reason="x", actor=administrator, at=AT)


def test_names_and_people_are_read_in_one_query(django_assert_num_queries):
    first, second = build.person("甲"), build.person("乙")
    with django_assert_num_queries(1):
        assert selectors.names([first, second, uuid4()]) == {first: "甲", second: "乙"}
    with django_assert_num_queries(0):
        assert selectors.names([]) == {}
    with django_assert_num_queries(1):
        assert [one.name for one in selectors.people()] == ["甲", "乙"]
    with pytest.raises(NotFound):
        selectors.person(uuid4())


def test_who_acts_is_told_to_the_database_and_taken_back():
    actor = build.person()

    def told() -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('zhifa.actor', true), current_setting('zhifa.today', true)"
            )
            return cursor.fetchone()

    before = told()
    with acting(actor, on=build.ON):
        assert told() == (str(actor), "2026-03-02")
        with acting(None, on=build.SINCE):
            assert told() == ("", "2024-01-01")
        assert told() == (str(actor), "2026-03-02")
    assert [value or "" for value in told()] == [value or "" for value in before]


def test_the_web_login_cannot_say_that_it_sees_everything():
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_login_kind SET kind = 'worker'")
