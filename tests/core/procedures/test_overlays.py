"""A body may be stricter with itself than the law, never looser."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.procedures import walk as w
from tests.core.procedures.test_guards import after_all

from zhifa.procedures import proofs
from zhifa.procedures.facts import OwnTerm, Policy
from zhifa.procedures.overlays import Loosens, Overlay, tightened
from zhifa.procedures.values import PenaltyKind

STRICT = Overlay(
    name="演示局从严规定",
    own_terms=(OwnTerm(key="T01", count=60),),
    requires=(("decide", "always_discussed"), ("report", "inspected"), ("report", "interviewed")),
    major_kinds=(PenaltyKind.SUSPEND_LICENCE,),
    major_organisation_fen=1_000_000,
    discuss_major=True,
)


def tight(overlay: Overlay = STRICT) -> Policy:
    return tightened(w.PROCEDURE, Policy(), overlay)


def test_a_shorter_term_runs_out_sooner() -> None:
    walk = w.filed(w.Walk(policy=tight()))
    term = walk.facts.term("T01")
    assert term is not None
    assert term.due_on == walk.day + timedelta(days=60)
    assert walk.replayed() == walk.facts


def test_the_catalogue_is_widened() -> None:
    walk = w.reported(w.draft(2_000_000), w.Walk(policy=tight()))
    assert walk.facts.is_major
    assert PenaltyKind.SUSPEND_LICENCE in walk.policy.major_kinds


def test_more_is_asked_before_a_step() -> None:
    policy = tight(Overlay(name="", requires=STRICT.requires))
    walk = after_all(w.noticed(None, w.Walk(policy=policy)))
    assert walk.refused("decide", None, "agency_head") == {"discussion.missing"}
    walk.take("discuss", w.DISCUSSION, "agency_head")
    assert walk.refused("decide", None, "agency_head") == set()
    walk = w.investigating(w.Walk(policy=policy))
    assert walk.refused("report", None, "case_handler") >= {
        "investigation.no_inspection",
        "investigation.no_interview",
    }


@pytest.mark.parametrize(
    ("overlay", "code"),
    [
        (Overlay(name="", own_terms=(OwnTerm(key="T01", count=91),)), "overlay.term_longer"),
        (Overlay(name="", own_terms=(OwnTerm(key="T01", count=0),)), "overlay.term_longer"),
        (Overlay(name="", own_terms=(OwnTerm(key="T99", count=1),)), "overlay.unknown_term"),
        (
            Overlay(name="", own_terms=(OwnTerm(key="T48", count=1, variant="nope"),)),
            "overlay.unknown_term",
        ),
        (Overlay(name="", own_terms=(OwnTerm(key="T36", count=15),)), "overlay.not_an_own_term"),
        (Overlay(name="", own_terms=(OwnTerm(key="T04", count=3),)), "overlay.not_an_own_term"),
        (Overlay(name="", requires=(("fly", "inspected"),)), "overlay.unknown_action"),
        (Overlay(name="", requires=(("report", "sung"),)), "overlay.unknown_rule"),
        (Overlay(name="", major_person_fen=2_000_000), "overlay.threshold_raised"),
        (Overlay(name="", hearing_organisation_fen=0), "overlay.threshold_raised"),
        (Overlay(name="", discuss_major=False), "overlay.discussion_dropped"),
    ],
)
def test_what_loosens_is_refused(overlay: Overlay, code: str) -> None:
    with pytest.raises(Loosens) as refusal:
        tight(overlay)
    assert [violation.code for violation in refusal.value.violations] == [code]


def test_an_overlay_is_proved_with_the_definition() -> None:
    assert proofs.check(w.PROCEDURE, (("从严", tight()),)) == ()


def test_an_overlay_that_leaves_a_step_impossible_is_found() -> None:
    """Nothing is discussed before the first notice, so nobody would ever be told that way."""
    policy = replace(Policy(), requires=(("notify", "always_discussed"),))
    found = proofs.check(w.PROCEDURE, (("过严", policy),))
    assert ("step.never_possible", "notify") in {(one.code, one.about) for one in found}
