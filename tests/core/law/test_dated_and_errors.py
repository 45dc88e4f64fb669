import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhifa.law
from zhifa.law import errors_zh
from zhifa.law.actors import SYSTEM
from zhifa.law.citations import APL
from zhifa.law.dated import Dated, NotInForce
from zhifa.law.errors import BadValue, Conflict, Denied, Refused, Violation

VERSIONS = Dated({date(2025, 1, 1): "new", date(2008, 1, 1): "old"})


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(date(2008, 1, 1), "old", id="first day"),
        pytest.param(date(2024, 12, 31), "old", id="last day of the old text"),
        pytest.param(date(2025, 1, 1), "new", id="first day of the new text"),
        pytest.param(date(2099, 1, 1), "new", id="still"),
    ],
)
def test_the_version_of_the_day_holds(day, value):
    assert VERSIONS.on(day) == value


def test_before_the_first_version_nothing_is_in_force():
    with pytest.raises(NotInForce) as caught:
        VERSIONS.on(date(2007, 12, 31))
    assert (caught.value.code, caught.value.first) == ("rule.not_in_force", date(2008, 1, 1))


def test_a_dated_value_is_never_empty():
    with pytest.raises(ValueError, match="at least one"):
        Dated({})


def test_a_further_version_leaves_the_old_value_alone():
    later = VERSIONS.with_version(date(2027, 1, 1), "newest")
    assert later.latest == "newest"
    assert later.on(date(2026, 12, 31)) == "new"
    assert VERSIONS.latest == "new"


@given(st.dictionaries(st.dates(), st.integers(), min_size=1), st.dates())
def test_the_value_is_that_of_the_latest_day_reached(versions, day):
    reached = [since for since in versions if since <= day]
    if reached:
        assert Dated(versions).on(day) == versions[max(reached)]
    else:
        with pytest.raises(NotInForce):
            Dated(versions).on(day)


def test_a_refusal_names_every_broken_rule_and_its_article():
    broken = (
        Violation("party.not_heard", APL.art(45)),
        Violation("review.not_passed", APL.art(58)),
    )
    refusal = Refused("decide", broken)
    assert refusal.violations == broken
    assert str(refusal) == "decide: party.not_heard [APL 45]; review.not_passed [APL 58]"


@pytest.mark.parametrize("kind", [Denied, Conflict, BadValue])
def test_errors_carry_their_code(kind):
    assert kind("some.code").code == "some.code"


def test_a_bad_value_says_what_it_is_about():
    assert str(BadValue("stop.format", "x")) == "stop.format: x"


def test_the_system_acts_under_one_id():
    assert SYSTEM.int == 0


@pytest.mark.parametrize("code", sorted(errors_zh.CODES))
def test_every_error_has_words(code):
    bare = errors_zh.error_words(BadValue(code))
    assert bare
    assert errors_zh.error_words(BadValue(code, "此处")) == f"{bare}（此处）"


def test_every_code_raised_in_the_law_room_has_words():
    source = "".join(path.read_text("utf-8") for path in Path(zhifa.law.__path__[0]).glob("*.py"))
    raised = set(
        re.findall(
            r'"((?:amount|calendar|division|extension|id|name|rule|start|stop|term|uscc)\.[a-z_]+)"',
            source,
        )
    )
    reasons = {"start.not_counted", "start.minute", "start.chained", "start.provisional"}
    reasons |= {"stop.spell", "stop.open", "stop.left_out", "extension.added", "extension.told"}
    assert raised - reasons == errors_zh.CODES
