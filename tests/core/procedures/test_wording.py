"""Every code has words, every word has a code, and what is said is whole."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.core.procedures import walk as w

from zhifa import procedures
from zhifa.law.citations import APL, SAMR
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures import proofs
from zhifa.procedures.cautions import cautions, overdue
from zhifa.procedures.definitions import ALL
from zhifa.procedures.values import GateQuestion, Outcome, PenaltyKind, ReviewContent
from zhifa.procedures.wording import (
    ACTIONS,
    KINDS,
    OUTCOMES,
    QUESTIONS,
    REVIEW_CONTENTS,
    ROLES,
    STATES,
    VIOLATIONS,
    code_words,
    violation_words,
)

ROOM = Path(procedures.__file__).parent
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
ELSEWHERE = {"penalty.ordinary", "event.malformed", "event.unknown_calendar"} | proofs.CODES


def raised() -> Iterator[str]:
    """Yield every text of the room that looks like a code, but for the words themselves."""
    for path in ROOM.rglob("*.py"):
        if path.name == "wording.py" or path.parent.name == "charts":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value):
                yield value


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert set(raised()) - ELSEWHERE == set(VIOLATIONS)


@pytest.mark.parametrize("code", VIOLATIONS)
def test_words_are_whole_with_and_without_whom_they_concern(code: str) -> None:
    about = {
        "role.missing": "agency_head,case_handler",
        "gate.unanswered": "complex:case_handler",
        "correction.is_an_act": "decide",
        "step.not_in_state": "reassign:closed",
    }.get(code, "演示")
    with_about = violation_words(Violation(code, APL.art(1), about))
    for words in (with_about, violation_words(Violation(code, APL.art(1))), code_words(code)):
        assert "{" not in words
        assert "“”" not in words
        assert "（）" not in words
        assert not words.endswith("。")


def test_codes_of_the_law_become_words() -> None:
    said = violation_words(Violation("role.missing", APL.art(1), "agency_head,case_handler"))
    assert "机关负责人或者承办人" in said
    said = violation_words(Violation("gate.unanswered", APL.art(58), "complex:handling_unit_head"))
    assert "疑难复杂" in said
    assert "承办机构负责人" in said
    said = violation_words(Violation("correction.breaks_the_course", APL.art(47), "file"))
    assert "批准立案" in said


@pytest.mark.parametrize("procedure", ALL, ids=lambda one: one.key)
def test_states_actions_and_roles_have_names(procedure: object) -> None:
    assert procedure is w.PROCEDURE
    assert set(w.PROCEDURE.states()) == set(STATES)
    assert {step.action for step in w.PROCEDURE.steps} == set(ACTIONS)
    assert {role for step in w.PROCEDURE.steps for role in step.roles} == set(ROLES)


def test_lists_have_names() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(KINDS) == set(PenaltyKind)
    assert set(QUESTIONS) == set(GateQuestion)
    assert set(REVIEW_CONTENTS) == set(ReviewContent)


def test_documents_are_of_known_types() -> None:
    from zhifa.documents.values import TYPES

    named = {document for step in w.PROCEDURE.steps for document in step.documents}
    assert named <= set(TYPES)


def test_a_step_after_the_last_day_is_called_late_with_the_articles_of_its_term() -> None:
    walk = w.Walk().take("register_clue", w.clue(), "case_handler")
    walk.take("verify", a.Verify(findings="属实", facts_suspected=True), "case_handler")
    last = walk.facts.terms[0].due_on
    assert last is not None
    late = overdue(walk.facts, "file", on=last + timedelta(days=1), context=walk.context)
    assert [(one.code, one.basis) for one in late] == [("term.overdue", SAMR.art(18))]
    assert last.isoformat() in late[0].about
    assert overdue(walk.facts, "file", on=last, context=walk.context) == ()
    assert overdue(walk.facts, "verify", on=last + timedelta(days=1), context=walk.context) == ()


def test_a_minor_is_punished_more_lightly() -> None:
    walk = w.reported(None, None, w.YOUTH, w.SHOPKEEPER)
    found = cautions(walk.facts)
    assert [(one.code, one.about) for one in found] == [("party.lighter_for_minors", "演示乙")]
    assert cautions(walk.facts, w.NO_PENALTY) == ()
    assert cautions(w.Walk().facts) == ()
