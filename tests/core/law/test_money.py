import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.law.money import (
    FEN_LIMIT,
    BadAmount,
    additional_fine_fen,
    capital,
    parse_yuan,
    yuan,
)

FIGURES = {character: figure for figure, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (5_0, "伍角"),
        (1_05, "壹元零伍分"),
        (10_00, "壹拾元整"),
        (10_50, "壹拾元伍角"),
        (312_50, "叁佰壹拾贰元伍角"),
        (325_04, "叁佰贰拾伍元零肆分"),
        (1005_00, "壹仟零伍元整"),
        (1050_00, "壹仟零伍拾元整"),
        (5000_00, "伍仟元整"),
        (6007_14, "陆仟零柒元壹角肆分"),
        (16409_02, "壹万陆仟肆佰零玖元零贰分"),
        (10_0000_00, "壹拾万元整"),
        (10_7000_53, "壹拾万柒仟元伍角叁分"),
        (10_0700_00, "壹拾万零柒佰元整"),
        (20_0000_05, "贰拾万元零伍分"),
        (1_0000_1000_00, "壹亿零壹仟元整"),
        (1_0001_0000_00, "壹亿零壹万元整"),
        (1_1000_0000_00, "壹亿壹仟万元整"),
        (1_0000_0000_0000_00, "壹万亿元整"),
        (1_0000_0000_0001_00, "壹万亿零壹元整"),
        (1_0001_0000_0000_00, "壹万零壹亿元整"),
        (FEN_LIMIT - 1, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(fen, words):
    assert capital(fen) == words


def read(words: str) -> int:
    """Read an amount in capitals back: the plain reference."""
    whole, yuan_found, rest = words.rpartition("元")
    if not yuan_found:
        whole, rest = "", words
    total = 0
    for group in [whole.partition("亿")] if "亿" in whole else [("", "", whole)]:
        for part, weight in ((group[0], 10**8), (group[2], 1)):
            high, found, low = part.partition("万")
            if not found:
                high, low = "", part
            total += weight * (10**4 * read_small(high) + read_small(low))
    figures = {"角": 0, "分": 0}
    for place in figures:
        before, found, _ = rest.partition(place)
        figures[place] = FIGURES[before[-1]] if found else 0
    return total * 100 + figures["角"] * 10 + figures["分"]


def read_small(words: str) -> int:
    total = figure = 0
    for character in words:
        if character in FIGURES:
            figure = FIGURES[character]
        else:
            total, figure = total + figure * PLACES[character], 0
    return total + figure


@given(st.one_of(st.integers(0, FEN_LIMIT - 1), st.integers(0, 10**9)))
def test_capitals_can_be_read_back(fen):
    words = capital(fen)
    assert read(words) == fen
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)


@pytest.mark.parametrize(
    ("fen", "code"), [(-1, "amount.negative"), (FEN_LIMIT, "amount.too_large")]
)
def test_no_capitals_for(fen, code):
    with pytest.raises(BadAmount) as caught:
        capital(fen)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "fen"),
    [("5,000.00", 500_000), ("5000", 500_000), ("0.5", 50), ("0", 0), ("1,234,567.8", 123_456_780)],
)
def test_amounts_in_figures_are_read(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "5,00", "50,00.00", "05", "5.", ".5", "5.000", "-5", "+5", " 5", "5 ", "5\n", "５", "5元",
     "1e3", "1,2345", "٥", "nan"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(BadAmount) as caught:
        parse_yuan(text)
    assert caught.value.code == "amount.format"


@pytest.mark.parametrize("text", ["1" + "0" * 16, "9" * 100_000])
def test_amounts_too_large_are_refused(text):
    with pytest.raises(BadAmount) as caught:
        parse_yuan(text)
    assert caught.value.code == "amount.too_large"


@given(st.integers(0, FEN_LIMIT - 1))
def test_figures_round_trip(fen):
    assert parse_yuan(yuan(fen)) == fen


def test_a_difference_may_be_negative():
    assert yuan(-5) == "-0.05"


@pytest.mark.parametrize(
    ("fine", "days", "fen"),
    [
        pytest.param(500_000, 0, 0, id="paid in time"),
        pytest.param(500_000, 1, 15_000, id="three per cent"),
        pytest.param(500_000, 33, 495_000, id="99 per cent"),
        pytest.param(500_000, 34, 500_000, id="the cap is reached on day 34"),
        pytest.param(500_000, 4_000, 500_000, id="and never passed"),
        pytest.param(33, 1, 0, id="a fraction of a fen is dropped"),
        pytest.param(33, 2, 1, id="from the sum, not from each day"),
    ],
)
def test_additional_fine(fine, days, fen):
    assert additional_fine_fen(fine, days) == fen  # APL art. 72(1) item 1


@given(fine_fen=st.integers(0, 10**10), days=st.integers(0, 5_000))
def test_additional_fine_grows_but_never_above_the_fine(fine_fen, days):
    today, tomorrow = (additional_fine_fen(fine_fen, d) for d in (days, days + 1))
    assert 0 <= today <= tomorrow <= fine_fen


@pytest.mark.parametrize(("fine", "days"), [(-1, 1), (1, -1)])
def test_no_additional_fine_of_less_than_nothing(fine, days):
    with pytest.raises(BadAmount) as caught:
        additional_fine_fen(fine, days)
    assert caught.value.code == "amount.negative"
