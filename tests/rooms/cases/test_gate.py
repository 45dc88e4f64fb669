"""The gate in the database (design.md section 4): raw SQL under the web login is refused as the engine would.

APL art. 58: no major decision before a passed review of exactly this text.
"""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests import rows

from zhifa.cases.models import Case
from zhifa.review.models import Opinion, ReviewPass, Submission

pytestmark = pytest.mark.django_db

CASE, OTHER_CASE, BODY = UUID(int=100), UUID(int=101), UUID(int=200)
REVIEWER, HANDLER = UUID(int=31), UUID(int=11)
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TEXT, OTHER_TEXT = "a" * 64, "b" * 64


@pytest.fixture(autouse=True)
def major_case():
    rows.case_in_sight(CASE, BODY)
    rows.another_case(OTHER_CASE, BODY)
    Case.objects.update(is_major=True)


def a_pass(subject: UUID = CASE, *, text: str = TEXT, value: str = "approve", voided=None) -> UUID:
    submission = Submission.objects.create(
        subject=subject, body_id=BODY, title="演示", draft_sha256=text, draft_json="{}",
        template_key="penalty_decision", template_version="1", grounds=["complex"], kinds=["fine"],
        amount_fen=1, handlers=[HANDLER], submitted_by=HANDLER, submitted_at=AT,
        submitted_on=AT.date(), due_on=AT.date(), answered_at=AT,
    )  # fmt: skip
    opinion = Opinion.objects.create(
        submission=submission, reviewer=REVIEWER, value=value, checks=[], text="理由",
        given_on=AT.date(), given_at=AT,
    )  # fmt: skip
    granted = ReviewPass.objects.create(
        opinion=opinion, subject=subject, draft_sha256=text, outcome=value, granted_at=AT,
        voided_at=voided,
    )  # fmt: skip
    return granted.id


def decide(
    *, review_pass: UUID | None, text: str = TEXT, is_major: bool = True, outcome: str = "penalty"
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_decision (id, case_id, outcome, draft_sha256, is_major, review_pass,"
            " decided_on, decided_by) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [uuid4(), CASE, outcome, text, is_major, review_pass, date(2026, 11, 20), rows.HEAD],
        )


def run(statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements.split(";"):
            cursor.execute(statement)


def test_with_a_pass_of_exactly_this_text_the_decision_stands():
    decide(review_pass=a_pass())

    Case.objects.filter(id=CASE).update(state="decided")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(lambda: {"review_pass": None}, "gate.no_pass", id="no pass"),
        pytest.param(
            lambda: {"review_pass": uuid4()}, "gate.pass_of_another_case", id="a pass nobody gave"
        ),
        pytest.param(
            lambda: {"review_pass": a_pass(OTHER_CASE)},
            "gate.pass_of_another_case",
            id="the pass of another case",
        ),
        pytest.param(
            lambda: {"review_pass": a_pass(text=OTHER_TEXT)}, "gate.another_text", id="another text"
        ),
        pytest.param(
            lambda: {"review_pass": a_pass(voided=AT)}, "gate.pass_voided", id="a voided pass"
        ),
        pytest.param(
            lambda: {"review_pass": a_pass(value="no_penalty")},
            "gate.another_outcome",
            id="passed for no penalty only",
        ),
        pytest.param(
            lambda: {"review_pass": None, "is_major": False},
            "gate.major_differs",
            id="called not major",
        ),
    ],
)
def test_a_major_decision_is_refused(given, code):
    with pytest.raises(DatabaseError, match=code):
        decide(**given())


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        pytest.param(
            f"UPDATE cases_case SET is_major = false WHERE id = '{CASE}'",
            "gate.major_lowered",
            id="major made ordinary",
        ),
        pytest.param(
            f"UPDATE cases_case SET state = 'decided' WHERE id = '{CASE}'",
            "gate.no_decision",
            id="decided without a decision",
        ),
        pytest.param(
            f"DELETE FROM cases_case WHERE id = '{CASE}'", "permission denied", id="deleted"
        ),
        pytest.param(
            f"UPDATE cases_case SET id = '{UUID(int=103)}' WHERE id = '{CASE}'",
            "gate.identity_changed",
            id="moved away, to make place for a copy that is not major",
        ),
        pytest.param(
            f"UPDATE cases_case SET number = '另号' WHERE id = '{CASE}'",
            "gate.identity_changed",
            id="under another number",
        ),
        pytest.param(
            f"UPDATE cases_case SET procedure = 'another' WHERE id = '{CASE}'",
            "gate.identity_changed",
            id="under another procedure",
        ),
        pytest.param(
            "SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger%'), true);"
            f"UPDATE cases_case SET is_major = false WHERE id = '{CASE}'",
            "gate.major_lowered",
            id="by the variable that lets pgtrigger skip triggers",
        ),
        pytest.param(
            "ALTER TABLE cases_case DISABLE TRIGGER ALL", "must be owner", id="triggers disabled"
        ),
        pytest.param(
            "SET session_replication_role = replica", "permission denied", id="as a replica"
        ),
        pytest.param(
            "SET row_security = off; SELECT * FROM cases_case",
            "row-level security",
            id="without row security",
        ),
    ],
)
def test_there_is_no_way_around(statement, code):
    with pytest.raises(DatabaseError, match=code):
        run(statement)


def paper(type_key: str = "penalty_decision", *, text: str = TEXT, case: UUID = CASE) -> None:
    """Insert the row of a decision's paper, as the web login can."""
    run(
        "INSERT INTO documents_document (id, subject, body_id, type_key, template_version, data,"
        " draft_sha256, made_on, made_by, made_at, token, made_entry, sha256, pages, press) VALUES"
        f" ('{uuid4()}', '{case}', '{BODY}', '{type_key}', '1', '{{}}', '{text}', '2026-11-20',"
        f" '{rows.HEAD}', now(), '{uuid4().hex}', 1, '', 0, '')"
    )


def test_no_paper_of_a_decision_without_the_decision_itself():
    with pytest.raises(DatabaseError, match=r"gate\.paper_without_decision"):
        paper()
    with pytest.raises(DatabaseError, match=r"gate\.paper_without_decision"):
        paper(case=uuid4())  # of no case at all
    decide(review_pass=a_pass())
    for given in ({"text": OTHER_TEXT}, {"type_key": "no_penalty_decision"}):
        with pytest.raises(DatabaseError, match=r"gate\.paper_without_decision"):
            paper(**given)
    paper()
    with pytest.raises(DatabaseError, match=r"gate\.second_decision_paper"):
        paper()


def test_a_case_that_became_major_is_not_decided_by_a_decision_made_before():
    rows.another_case(third := UUID(int=102), BODY)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_decision (id, case_id, outcome, draft_sha256, is_major, decided_on,"
            " decided_by) VALUES (%s, %s, 'penalty', %s, false, '2026-11-20', %s)",
            [uuid4(), third, TEXT, rows.HEAD],
        )
    run(f"UPDATE cases_case SET is_major = true WHERE id = '{third}'")

    with pytest.raises(DatabaseError, match=r"gate\.major_differs"):
        run(f"UPDATE cases_case SET state = 'decided' WHERE id = '{third}'")


def test_what_turns_out_major_after_the_decision_stays_decided():
    rows.another_case(third := UUID(int=102), BODY)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_decision (id, case_id, outcome, draft_sha256, is_major, decided_on,"
            " decided_by) VALUES (%s, %s, 'penalty', %s, false, '2026-11-20', %s)",
            [uuid4(), third, TEXT, rows.HEAD],
        )
    run(f"UPDATE cases_case SET state = 'decided' WHERE id = '{third}'")

    run(f"UPDATE cases_case SET is_major = true, state = 'served' WHERE id = '{third}'")


def test_a_review_that_leaves_out_a_handler_is_refused():
    """Otherwise the handler would be the reviewer: the opinion is checked against the submission."""
    Case.objects.filter(id=CASE).update(handlers=[HANDLER, uuid4()])

    with pytest.raises(DatabaseError, match=r"gate\.handlers_not_named"), transaction.atomic():
        a_pass()


def test_a_temporary_table_of_the_same_name_does_not_give_a_pass():
    with transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    "CREATE TEMPORARY TABLE review_reviewpass AS SELECT * FROM review_reviewpass"
                )
        except DatabaseError:
            return  # the web login may not make one: refused even earlier
        forged = uuid4()
        cursor.execute(
            "INSERT INTO pg_temp.review_reviewpass (id, subject, draft_sha256, outcome, granted_at)"
            " VALUES (%s, %s, %s, 'approve', now())",
            [forged, CASE, TEXT],
        )

    with pytest.raises(DatabaseError, match=r"gate\.pass_of_another_case"):
        decide(review_pass=forged)


def test_a_handler_s_own_opinion_is_refused():
    submission = Submission.objects.create(
        subject=CASE, body_id=BODY, title="演示", draft_sha256=TEXT, draft_json="{}",
        template_key="penalty_decision", template_version="1", grounds=[], kinds=[], amount_fen=1,
        handlers=[HANDLER], submitted_by=HANDLER, submitted_at=AT, submitted_on=AT.date(),
        due_on=AT.date(),
    )  # fmt: skip

    with pytest.raises(DatabaseError, match=r"reviewer\.is_handler"), transaction.atomic():
        Opinion.objects.create(
            submission=submission, reviewer=HANDLER, value="approve", checks=[], text="理由",
            given_on=AT.date(), given_at=AT,
        )  # fmt: skip
