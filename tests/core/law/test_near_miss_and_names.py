from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhifa.law.identifiers import BadIdentifier, check_uscc, id_check
from zhifa.law.names import (
    ORGANISATION_NAME_LONGEST,
    PERSON_NAME_LONGEST,
    BadName,
    check_name,
)
from zhifa.law.near_miss import SuspectKind, suspect_id_numbers

ID = "360426199101010071"
X = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(f"身份证号{ID}。", ["id"], id="right"),
        pytest.param(f"{ID}，{X}", ["id", "id"], id="two"),
        pytest.param("11010519491231002x", ["id"], id="small x"),
        pytest.param("３６０４２６１９９１０１０１００７１", ["id"], id="full width"),
        pytest.param("360426 19910101 0071", ["id"], id="with blanks"),
        pytest.param("360426-1991-0101-0071", ["id"], id="with dashes"),
        pytest.param("36O426l99101010071", ["id"], id="letters for figures"),
        pytest.param("360426199101010072", ["near"], id="wrong check digit"),
        pytest.param("360426199121010071", ["near"], id="impossible month"),
        pytest.param("360426199101100071", ["near"], id="figures swapped"),
        pytest.param("36042619910101071", ["near"], id="a figure lost"),
        pytest.param("3604261991010100711", ["near"], id="a figure doubled"),
        pytest.param("360426910101007", ["old"], id="15 figures of old"),
        pytest.param("330181000040494", [], id="an old registration number"),
        pytest.param("990426910101007", [], id="15 figures of no province"),
        pytest.param("913305005517544822", [], id="a credit code of figures only"),
        pytest.param("622202003456789012", [], id="18 figures without a birth date"),
        pytest.param("62220200345678901", [], id="17 figures of something else"),
        pytest.param("6222020034567890123", [], id="19 figures, a bank card"),
        pytest.param("9133060656618470701X", [], id="20 characters"),
        pytest.param("3604261991010", [], id="too short"),
        pytest.param("36042619910101", [], id="14 figures"),
        pytest.param("360426199101010071360426199101010071", [], id="a longer run is no number"),
        pytest.param("金额5,000.00元，电话13812345678", [], id="amount and telephone"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_suspects(text, kinds):
    assert [suspect.kind for suspect in suspect_id_numbers(text)] == [SuspectKind(k) for k in kinds]


def test_a_suspect_says_where_it_stands():
    text = f"当事人（{ID}）"
    (suspect,) = suspect_id_numbers(text)
    assert text[suspect.first : suspect.last] == ID


def _is_credit_code(text):
    try:
        return bool(check_uscc(text))
    except BadIdentifier:
        return False


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(0, 999),
    st.integers(0, 17),
    st.sampled_from("0123456789"),
)
def test_one_wrong_figure_never_hides_a_number(born, sequence, place, wrong):
    body = f"320684{born:%Y%m%d}{sequence:03}"
    number = body + id_check(body)
    mistyped = number[:place] + wrong + number[place + 1 :]
    assume(not _is_credit_code(mistyped))  # rarely, a figure 9 in front makes it one
    assert suspect_id_numbers(f"号码：{mistyped}，") != ()


@pytest.mark.parametrize(
    "name",
    ["张三", "丁𬭎", "䶮某", "阿卜杜拉·买买提", "58同城信息技术有限公司", "O'Neil", "𰻝面馆"],
)
def test_names_that_are_names(name):
    assert check_name(name, longest=PERSON_NAME_LONGEST) == name


def test_a_character_newer_than_our_tables_is_let_through():
    assert check_name("\U000323b0", longest=PERSON_NAME_LONGEST)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name.empty"),
        (" \u3000", "name.empty"),
        ("张" * 51, "name.too_long"),
        ("张\x00三", "name.control"),
        ("张\n三", "name.control"),
        ("张\u200b三", "name.control"),
        ("张\u202e三", "name.control"),
        ("张\u2028三", "name.control"),
        ("张\u2029三", "name.control"),
        ("张\ufffe", "name.control"),
        ("张\ufdd0", "name.control"),
        ("张\ud842", "name.surrogate"),
        ("张\ue000", "name.private_use"),
        (" 张三", "name.edge_space"),
        ("张三\u3000", "name.edge_space"),
        ("12345", "name.no_letter"),
        ("……", "name.no_letter"),
    ],
)
def test_names_that_are_none(name, code):
    with pytest.raises(BadName) as caught:
        check_name(name, longest=PERSON_NAME_LONGEST)
    assert caught.value.code == code


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=200))
def test_letters_and_figures_make_a_name_as_soon_as_there_is_a_letter(text):
    assume(not text.isdecimal())
    assert check_name(text, longest=ORGANISATION_NAME_LONGEST) == text
