"""The proofs hold for what is shipped, and each gap made on purpose is found with its path."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.core.procedures import walk as w

from zhifa.law.citations import Article
from zhifa.procedures import proofs
from zhifa.procedures.definitions import ALL
from zhifa.procedures.facts import Policy
from zhifa.procedures.guards import deciding, investigation, reviews
from zhifa.procedures.model import Guard, Procedure, Step

DEFAULT = (("", Policy()),)


def without(guard: Guard, *actions: str, procedure: Procedure = w.PROCEDURE) -> Procedure:
    """Return the procedure as if somebody had forgotten a rule."""

    def changed(step: Step) -> Step:
        if step.action not in actions:
            return step
        return replace(step, guards=tuple(one for one in step.guards if one is not guard))

    return replace(procedure, steps=tuple(changed(step) for step in procedure.steps))


def lacking(action: str) -> Procedure:
    steps = tuple(step for step in w.PROCEDURE.steps if step.action != action)
    return replace(w.PROCEDURE, steps=steps)


def without_review() -> Procedure:
    return without(reviews.checked, "discuss", "decide")


@pytest.mark.parametrize("procedure", ALL, ids=lambda one: one.key)
def test_what_is_shipped_has_no_gap(procedure: Procedure) -> None:
    findings = proofs.check(procedure)
    assert findings == ()
    assert proofs.report(findings).startswith("✓")


BROKEN: dict[str, tuple[Callable[[], Procedure], str, str, tuple[str, ...]]] = {
    "notice forgotten": (
        lambda: without(deciding.heard_before_penalty, "discuss", "decide"),
        "penalty.without_notice", "decide",
        ("report=small", "pass_case_review", "decide=penalty"),
    ),
    "party not heard": (
        lambda: without(deciding.heard_before_penalty, "decide"),
        "penalty.without_hearing_the_party", "decide", ("notify", "decide=penalty"),
    ),
    "review forgotten": (
        without_review, "penalty.major_without_review", "decide", ("notify", "discuss", "decide=penalty"),
    ),
    "case review forgotten": (
        lambda: without(reviews.reviewed_before_notice, "notify",
                        procedure=without(reviews.checked, "discuss", "decide")),
        "penalty.without_case_review", "decide",
        ("report=small", "notify", "decide=penalty"),
    ),
    "nobody serves": (
        lambda: lacking("serve"), "state.dead_end", "decided", ("decide=no_penalty_minor",),
    ),
    "nobody answers": (lambda: lacking("give_opinion"), "state.dead_end", "in_review", ("submit_review",)),
    "nobody archives": (lambda: lacking("archive"), "state.dead_end", "closed", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_gap_is_found_with_its_path(name: str) -> None:
    build, code, about, end = BROKEN[name]
    findings = proofs.check(build(), DEFAULT)
    found = next(one for one in findings if (one.code, one.about) == (code, about))
    assert found.path[0] == "register_clue"
    if end:
        assert found.path[-len(end) :] == end
    assert " → " in proofs.report(findings)


def test_the_gate_forgotten_under_review_first() -> None:
    policy = (("review_first", Policy(review_first=True)),)
    found = proofs.check(without_review(), policy)
    assert any(one.code == "penalty.major_without_review" for one in found)
    assert "（review_first）" in proofs.report(found)


def test_a_defence_that_does_not_void_the_first_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under "review first" a recorded defence voids the pass; a recorder that forgets is found."""
    from zhifa.procedures import recording

    monkeypatch.setattr(recording, "_void_first_review", lambda facts, step: facts)
    policy = (("review_first", Policy(review_first=True)),)
    found = proofs.check(w.PROCEDURE, policy)
    assert [one.code for one in found if "penalty" in one.code] == ["penalty.major_without_review"]


def test_a_revision_that_keeps_the_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """New facts void the notice: a program that forgets it is found out."""
    from zhifa.procedures import recording
    from zhifa.procedures.guards import hearings

    monkeypatch.setattr(recording, "needs_new_notice", lambda new, old: False)
    monkeypatch.setattr(hearings, "needs_new_notice", lambda new, old: False)
    found = proofs.check(w.PROCEDURE, DEFAULT)
    assert "penalty.without_notice" in {one.code for one in found}


def test_states_and_steps_that_cannot_be() -> None:
    steps = (
        *w.PROCEDURE.steps,
        replace(w.PROCEDURE.steps[1], action="verify", sources=("nowhere",), target="elsewhere"),
    )
    codes = {
        (one.code, one.about) for one in proofs.check(replace(w.PROCEDURE, steps=steps), DEFAULT)
    }
    assert codes == {
        ("state.unreachable", "nowhere"),
        ("state.unreachable", "elsewhere"),
        ("step.never_possible", "verify"),
    }


def test_a_step_without_basis_or_without_a_recorder() -> None:
    first, *rest = w.PROCEDURE.steps
    for wrong, code in (
        (replace(first, basis=Article("APL")), "step.without_basis"),
        (replace(first, basis=Article("XYZ", 1)), "step.without_basis"),
        (replace(first, action="sing"), "step.without_recorder"),
    ):
        changed = replace(w.PROCEDURE, steps=(wrong, *rest))
        assert code in {one.code for one in proofs.check(changed, DEFAULT)}


def test_a_move_that_breaks_off() -> None:
    """Without interviews an inspection alone is no whole investigation for the walker."""
    found = proofs.check(lacking("interview"), DEFAULT)
    assert ("state.dead_end", "investigating") not in {(one.code, one.about) for one in found}
    assert ("state.unreachable", "decided") in {(one.code, one.about) for one in found}


def test_too_many_situations_are_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "_MOST", 10)
    with pytest.raises(RuntimeError, match="too many"):
        proofs.check(w.PROCEDURE)


def test_a_rule_that_holds_up_everything_is_a_dead_end() -> None:
    def never(judged: object):  # type: ignore[no-untyped-def]
        yield from investigation.preservation_disposed(judged)  # type: ignore[arg-type]
        from zhifa.law.citations import APL
        from zhifa.law.errors import Violation

        yield Violation("closing.no_event", APL.art(57))

    steps = tuple(
        replace(step, guards=(never,)) if step.action == "decide" else step
        for step in w.PROCEDURE.steps
    )
    found = proofs.check(replace(w.PROCEDURE, steps=steps), DEFAULT)
    assert ("step.never_possible", "decide") in {(one.code, one.about) for one in found}
