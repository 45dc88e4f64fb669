"""Appointments and certificates: who may make them, what may not overlap, what the journal keeps."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests import build

from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound
from zhifa.registry import models, selectors, services
from zhifa.registry.rules import Role

pytestmark = pytest.mark.django_db
ON, AT, SINCE = build.ON, build.AT, build.SINCE
DAY = timedelta(days=1)


def appoint(person, body, role=Role.CASE_HANDLER, *, valid_from=SINCE, actor=SYSTEM, **more):
    return services.appoint(
        person_id=person, body_id=body, role=role, valid_from=valid_from, actor=actor, at=AT, **more
    )


def test_an_appointment_is_made_ended_and_made_again():
    body, person = build.body(), build.person()
    first = appoint(person, body)
    with pytest.raises(Conflict, match=r"appointment\.overlaps"):
        appoint(person, body, valid_from=date(2025, 1, 1))
    services.end_appointment(
        appointment_id=first, valid_until=date(2025, 12, 31), reason="轮岗", actor=SYSTEM, at=AT
    )
    appoint(person, body, valid_from=date(2026, 1, 1))

    held = selectors.appointments(person)
    assert [(one.valid_from, one.valid_until) for one in held] == [
        (date(2026, 1, 1), None), (SINCE, date(2025, 12, 31)),
    ]  # fmt: skip
    assert [entry.kind for entry in journal.entries(f"officer:{person}")] == [
        "officer.appointed", "officer.appointment_ended", "officer.appointed",
    ]  # fmt: skip
    entry = journal.entries(f"officer:{person}")[0]
    assert entry.body["role"] == "case_handler"
    assert entry.body["valid_from"] == "2024-01-01"
    with pytest.raises(Conflict, match=r"spell\.ended_already"):
        services.end_appointment(
            appointment_id=first, valid_until=date(2026, 12, 31), reason="x", actor=SYSTEM, at=AT
        )


def test_one_person_may_hold_several_roles_in_several_bodies_and_units():
    body, other, person = build.body(), build.body("别的局"), build.person()
    first, second = build.unit(body, "一科"), build.unit(body, "二科")
    appoint(person, body, unit_id=first)
    appoint(person, body, unit_id=second)
    appoint(person, body)
    appoint(person, other)
    appoint(person, body, Role.ARCHIVIST)

    scope = selectors.scope(person, on=ON)
    assert scope.bodies() == {body, other}
    assert scope.units() == {first, second}
    assert scope.roles(body) == (Role.CASE_HANDLER, Role.ARCHIVIST)


def test_an_appointment_that_has_not_begun_is_taken_back():
    body, person = build.body(), build.person()
    later = appoint(person, body, valid_from=date(2026, 6, 1))
    services.end_appointment(
        appointment_id=later, valid_until=ON, reason="撤回", actor=SYSTEM, at=AT
    )

    assert selectors.appointments(person)[0].valid_until == date(2026, 5, 31)
    assert not selectors.scope(person, on=date(2026, 6, 1)).held
    with pytest.raises(Conflict, match=r"spell\.ended_already"):
        services.end_appointment(
            appointment_id=later, valid_until=ON, reason="撤回", actor=SYSTEM, at=AT
        )
    appoint(person, body, valid_from=date(2026, 6, 1))  # nothing left that overlaps


@pytest.mark.parametrize(
    ("until", "last", "wrong", "problem"),
    [
        pytest.param(None, date.min, BadValue, r"spell\.end", id="before it began"),
        pytest.param(ON - DAY, ON - 2 * DAY, Conflict, r"spell\.ended_already", id="ended already"),
        pytest.param(ON, ON, Conflict, r"spell\.ended_already", id="ends on that day as it is"),
    ],
)
def test_an_appointment_is_not_ended_before_it_began_nor_twice(until, last, wrong, problem):
    body, person = build.body(), build.person()
    made = appoint(person, body, valid_until=until)
    with pytest.raises(wrong, match=problem):
        services.end_appointment(
            appointment_id=made, valid_until=last, reason="x", actor=SYSTEM, at=AT
        )
    assert selectors.appointments(person)[0].valid_until == until
    assert [entry.kind for entry in journal.entries(f"officer:{person}")] == ["officer.appointed"]


def test_the_three_administrators_are_three_people():
    body, other, person = build.body(), build.body("别的局"), build.person()
    appoint(person, body, Role.SYSTEM_ADMINISTRATOR, valid_until=date(2025, 12, 31))
    for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        with pytest.raises(Conflict, match=r"appointment\.three_administrators"):
            appoint(person, other, role, valid_from=date(2025, 12, 31))
    appoint(person, other, Role.SYSTEM_ADMINISTRATOR)  # the same in two bodies
    appoint(person, build.body("第三局"), Role.CASE_HANDLER)  # and another office beside it


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        pytest.param({"role": Role.HANDLING_UNIT_HEAD}, "unit.missing", id="head of no unit"),
        pytest.param({"valid_until": date(2023, 1, 1)}, "spell.end", id="ends before it begins"),
    ],
)
def test_what_cannot_be_an_appointment(more, problem):
    with pytest.raises(BadValue, match=problem):
        appoint(build.person(), build.body(), **more)


def test_a_unit_of_another_body_and_unknown_people_bodies_and_units():
    body, person = build.body(), build.person()
    with pytest.raises(BadValue, match=r"unit\.other_body"):
        appoint(person, body, unit_id=build.unit(build.body("别的局")))
    for who, where, unit in (
        (uuid4(), body, None),
        (person, uuid4(), None),
        (person, body, uuid4()),
    ):
        with pytest.raises(NotFound):
            appoint(who, where, unit_id=unit)
    with pytest.raises(NotFound):
        services.end_appointment(
            appointment_id=uuid4(), valid_until=ON, reason="x", actor=SYSTEM, at=AT
        )


def test_only_the_administrator_above_appoints_and_nobody_himself():
    city = build.city()
    appoint(build.person(), city.body, actor=city.administrator)
    own = build.appointed(Role.SYSTEM_ADMINISTRATOR, city.body)
    appoint(build.person(), city.body, actor=own)
    for actor in (city.agency_heads[0], city.supervisor, city.leader):
        with pytest.raises(Denied, match=r"role\.missing"):
            appoint(build.person(), city.body, actor=actor)
    with pytest.raises(Denied, match=r"role\.missing"):
        appoint(build.person(), build.body("别的局"), actor=city.administrator)
    with pytest.raises(Denied, match="own_work"):
        appoint(city.administrator, city.body, actor=city.administrator)
    mine = selectors.appointments(own)[0]
    with pytest.raises(Denied, match="own_work"):
        services.end_appointment(
            appointment_id=mine.id, valid_until=ON, reason="x", actor=own, at=AT
        )


def test_the_database_refuses_overlaps_and_changes_by_raw_rows():
    body, person = build.body(), build.person()
    appoint(person, body)

    def raw(**change):
        row = {
            "person_id": person, "body_id": body, "role": "case_handler", "valid_from": SINCE,
            "appointed_by": person,
        }  # fmt: skip
        return models.Appointment(**(row | change))

    for row in (
        raw(),
        raw(role="janitor"),
        raw(role="handling_unit_head"),
        raw(role="leader", valid_until=date(2023, 1, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        models.Appointment.objects.filter(person_id=person).update(role="leader")
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Appointment.objects.filter(person_id=person).delete()


def issue(person, body, number="10061400001", *, actor=SYSTEM, **more):
    wanted = {
        "fields": "市场监督管理", "valid_from": SINCE, "valid_until": date(2028, 12, 31),
    } | more  # fmt: skip
    return services.issue_certificate(
        person_id=person, body_id=body, number=number, actor=actor, at=AT, **wanted
    )


def test_certificates_do_not_overlap_by_number_or_by_person():
    body, person = build.body(), build.person()
    issue(person, body)
    with pytest.raises(Conflict, match=r"certificate\.number_taken"):
        issue(build.person(), body)
    with pytest.raises(Conflict, match=r"certificate\.overlaps"):
        issue(person, body, "10061400002")
    issue(person, build.body("别的局"), "10061400003")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        pytest.param({"number": " "}, "certificate.number", id="no number"),
        pytest.param({"number": "1" * 41}, "certificate.number", id="overlong number"),
        pytest.param({"fields": ""}, "certificate.fields", id="no field"),
        pytest.param({"valid_until": date(2023, 1, 1)}, "spell.end", id="ends before it begins"),
    ],
)
def test_what_cannot_be_a_certificate(more, problem):
    with pytest.raises(BadValue, match=problem):
        issue(build.person(), build.body(), **more)


def test_supervisor_and_administrator_keep_certificates_and_nobody_their_own():
    city = build.city()
    issue(build.person(), city.body, "1", actor=city.supervisor)
    card = issue(build.person(), city.body, "2", actor=city.administrator)
    with pytest.raises(Denied, match=r"role\.missing"):
        issue(build.person(), city.body, "3", actor=city.agency_heads[0])
    with pytest.raises(Denied, match="own_work"):
        issue(city.supervisor, city.body, "4", actor=city.supervisor)
    services.suspend_certificate(
        certificate_id=card, valid_from=ON, reason="调查", actor=city.supervisor, at=AT
    )
    with pytest.raises(Conflict, match=r"certificate\.suspended_already"):
        services.suspend_certificate(
            certificate_id=card, valid_from=ON, reason="调查", actor=city.supervisor, at=AT
        )
    with pytest.raises(BadValue, match=r"reason\.missing"):
        services.revoke_certificate(
            certificate_id=card, revoked_on=ON, reason="", actor=city.supervisor, at=AT
        )
    services.revoke_certificate(
        certificate_id=card, revoked_on=ON, reason="退休", actor=city.supervisor, at=AT
    )
    with pytest.raises(BadValue, match=r"spell\.end"):
        services.revoke_certificate(
            certificate_id=card, revoked_on=ON, reason="退休", actor=city.supervisor, at=AT
        )
    with pytest.raises(BadValue, match=r"spell\.end"):
        services.renew_certificate(
            certificate_id=card, valid_from=SINCE, valid_until=ON, actor=city.supervisor, at=AT
        )
    own = issue(city.supervisor, city.body, "6")
    with pytest.raises(Denied, match="own_work"):
        services.suspend_certificate(
            certificate_id=own, valid_from=ON, reason="x", actor=city.supervisor, at=AT
        )
    with pytest.raises(Denied, match="own_work"):
        services.revoke_certificate(
            certificate_id=own, revoked_on=ON, reason="x", actor=city.supervisor, at=AT
        )
    with pytest.raises(BadValue, match=r"spell\.end"):
        services.revoke_certificate(
            certificate_id=own, revoked_on=date.min, reason="x", actor=SYSTEM, at=AT
        )
    with pytest.raises(BadValue, match=r"spell\.end"):
        services.lift_suspension(
            certificate_id=card, last=date.min, reason="x", actor=city.supervisor, at=AT
        )
    fresh = issue(build.person(), city.body, "5", actor=city.supervisor)
    with pytest.raises(NotFound):
        services.lift_suspension(
            certificate_id=fresh, last=ON, reason="x", actor=city.supervisor, at=AT
        )


def test_a_renewed_certificate_replaces_the_old_one_and_says_so():
    body, person = build.body(), build.person()
    old = issue(person, body, valid_until=date(2026, 6, 30))
    new = services.renew_certificate(
        certificate_id=old, valid_from=date(2026, 7, 1), valid_until=date(2031, 6, 30), actor=SYSTEM,
        at=AT,
    )  # fmt: skip

    entry = journal.entries(f"officer:{person}")[-1]
    assert (entry.kind, entry.body["replaces"]) == ("officer.certificate_issued", str(old))
    cards = selectors.certificates_of(person, on=ON)
    assert [(one.id, one.number, one.revoked_on) for one in cards] == [
        (new, "10061400001", None), (old, "10061400001", None),
    ]  # fmt: skip


def test_a_qualification_has_a_number_with_its_day():
    city = build.city()
    who = build.person()
    with pytest.raises(BadValue, match=r"qualification\.incomplete"):
        services.record_qualification(person_id=who, number="A1", actor=SYSTEM, at=AT)
    with pytest.raises(Denied, match=r"role\.missing"):
        services.record_qualification(person_id=who, actor=city.agency_heads[0], at=AT)
    services.record_qualification(
        person_id=who, first_review_on=date(2015, 1, 1), actor=city.supervisor, at=AT
    )
    services.record_qualification(
        person_id=who, number="A1", since=SINCE, first_review_on=date(2015, 1, 1),
        actor=city.supervisor, at=AT,
    )  # fmt: skip
    assert selectors.qualification(who).number == "A1"
    assert selectors.qualification(uuid4()) is None
    assert len(journal.entries(f"officer:{who}")) == 2


def test_only_who_keeps_one_of_a_reviewer_s_bodies_says_that_he_is_qualified():
    city, other = build.city(), build.city("通州区", office_word="通市监", number=2)
    given = {"person_id": city.legal_reviewer, "first_review_on": date(2015, 1, 1), "at": AT}

    for actor in (other.supervisor, other.administrator):
        with pytest.raises(Denied, match=r"role\.missing"):
            services.record_qualification(actor=actor, **given)
    for actor in (city.supervisor, city.administrator):
        services.record_qualification(actor=actor, **given)


def test_officers_of_a_body_are_listed_by_name_with_their_cards(django_assert_num_queries):
    body = build.body()
    first, second, third = (
        build.appointed(Role.CASE_HANDLER, body, who=build.person(name))
        for name in ("丙", "甲", "乙")
    )
    build.certificate(first, body)
    build.certificate(second, body, valid_until=date(2026, 3, 1))
    unit = build.unit(body)
    build.appointed(Role.CASE_HANDLER, body, who=first, unit_id=unit)

    with django_assert_num_queries(5):
        found = selectors.officers(body, on=ON)
    assert [(one.person, one.may_enforce) for one in found] == [
        (first, True), (third, False), (second, False),
    ]  # fmt: skip
    assert found[0].units == (unit,)
    assert found[1].certificate is None
    with django_assert_num_queries(2):
        handlers = selectors.people_with_role(body, Role.CASE_HANDLER, on=ON)
    assert [one.name for one in handlers] == ["丙", "丙", "乙", "甲"]
    assert selectors.people_with_role(body, Role.AGENCY_HEAD, on=ON) == []
    assert len(selectors.staff(body, on=ON)) == 4
