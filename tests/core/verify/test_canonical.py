import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa_verify.canonical import NotCanonical, canonical_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(
            {"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}', id="order"
        ),
        pytest.param(
            '€$\x0f\nA\'B"\\\\"/', r'"€$\u000f\nA' + "'" + r'B\"\\\\\"/"', id="RFC 8785 3.2.2"
        ),
        pytest.param("\x7f\u2028𬭎䶮", '"\x7f\u2028𬭎䶮"', id="not escaped"),
        pytest.param(
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "\xf6": 7},
            '{"\\r":2,"1":4,"\x80":6,"\xf6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}',
            id="RFC 8785 3.2.3: by UTF-16 code units",
        ),
        pytest.param((1, -2, 0), "[1,-2,0]", id="a tuple is a list"),
        pytest.param({}, "{}", id="empty object"),
    ],
)
def test_what_is_written(value, text):
    assert canonical_json(value).decode() == text


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(1.0, id="float"),
        pytest.param(2**53, id="too large"),
        pytest.param(-(2**53), id="too small"),
        pytest.param("\ud800", id="lone surrogate"),
        pytest.param({"\udc00": 1}, id="lone surrogate in a name"),
        pytest.param({1: 1}, id="name that is no string"),
        pytest.param(b"", id="bytes"),
        pytest.param({1, 2}, id="set"),
    ],
)
def test_what_has_no_canonical_form(value):
    with pytest.raises(NotCanonical):
        canonical_json([value])


def test_what_is_nested_too_deeply_is_refused():
    value: object = None
    for _ in range(100_000):
        value = [value]

    with pytest.raises(NotCanonical):
        canonical_json(value)


@given(VALUES)
def test_reading_and_writing_again_changes_nothing(value):
    written = canonical_json(value)

    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.text(st.characters(max_codepoint=0x7F)), VALUES))
def test_the_order_of_members_does_not_matter(value):
    backwards = dict(reversed(value.items()))

    assert canonical_json(backwards) == canonical_json(value)
