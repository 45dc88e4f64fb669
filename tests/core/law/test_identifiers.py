import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.law.identifiers import (
    BadIdentifier,
    check_division_code,
    check_id_number,
    check_uscc,
    id_check,
    is_id_number,
    masked,
)

USCC = [
    "91110000600037341L", "91320105780688132K", "91230500MA1B3N1N2M", "11230500001755309F",
    "11420000MB15291767", "91350100M000100Y43",
]  # fmt: skip
ID_NUMBERS = ["360426199101010071", "11010519491231002X"]
TODAY = date(2026, 11, 23)


def rows(name):
    with (SHARED_DATA / "uscc" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code_of(check, *args, **kwargs):
    with pytest.raises(BadIdentifier) as caught:
        check(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("number", USCC)
def test_published_codes_pass(number):
    assert check_uscc(number) == number


@pytest.mark.parametrize("number", USCC)
def test_any_changed_character_fails(number):
    for place in range(18):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if other != number[place]:
                with pytest.raises(BadIdentifier):
                    check_uscc(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize(
    ("number", "code", "position"),
    [
        ("330181000040494", "uscc.old_registration_number", 0),
        ("3301810000404", "uscc.old_registration_number", 0),
        ("", "uscc.length", 0),
        ("91110000600037341", "uscc.length", 0),
        (" 91110000600037341L", "uscc.length", 0),
        ("91330302l19373061U", "uscc.letter_case", 9),
        ("91330302I19373061U", "uscc.character", 9),
        ("9111000060003734１L", "uscc.character", 17),
        ("91A10000600037341L", "uscc.region", 0),
        ("91110000600037342L", "uscc.subject_code", 17),
        ("91110000600037341M", "uscc.check_digit", 18),
    ],
)
def test_what_is_wrong_with_a_code_is_said(number, code, position):
    with pytest.raises(BadIdentifier) as caught:
        check_uscc(number)
    assert (caught.value.code, caught.value.position) == (code, position)


@needs_shared_data
def test_the_codes_of_the_public_lists():
    sample = rows("统一社会信用代码-有效样本.csv")
    assert len(sample) == 600
    for row in sample:
        assert check_uscc(row["统一社会信用代码"])


@needs_shared_data
def test_the_real_exceptions_of_the_public_lists():
    for row in rows("机关和真实例外.csv"):
        if row["校验位"] == "对":
            assert check_uscc(row["统一社会信用代码"])
        else:
            assert code_of(check_uscc, row["统一社会信用代码"]).startswith("uscc.")


@needs_shared_data
def test_old_registration_numbers_are_no_credit_codes():
    sample = rows("旧注册号-15位和13位样本.csv")
    assert len(sample) == 200
    for row in sample:
        assert code_of(check_uscc, row["注册号"]) == "uscc.old_registration_number"


@pytest.mark.parametrize("number", ID_NUMBERS)
def test_identity_numbers_pass(number):
    assert check_id_number(number, on=TODAY) == number
    assert is_id_number(number)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("36042619910101007", "id.length"),
        ("360426910101007", "id.length"),
        ("11010519491231002x", "id.letter_case"),
        ("36042619910101007A", "id.character"),
        ("X60426199101010071", "id.character"),
        ("３60426199101010071", "id.character"),
        ("360426199102300071", "id.birth_date"),
        ("360426199113010071", "id.birth_date"),
        ("360426000001010071", "id.birth_date"),
        ("360426150001010071", "id.birth_date"),
        ("360426202611240071", "id.birth_after_today"),
        ("360426199101010072", "id.check_digit"),
    ],
)
def test_what_is_wrong_with_an_identity_number_is_said(number, code):
    assert code_of(check_id_number, number, on=TODAY) == code
    assert not is_id_number(number) or code == "id.birth_after_today"


def test_an_error_never_repeats_a_personal_number():
    with pytest.raises(BadIdentifier) as caught:
        check_id_number("360426199101010072", on=TODAY)
    assert "1991" not in str(caught.value)


def test_29_february_exists_in_leap_years_only():
    for day, ok in (("20000229", True), ("20010229", False)):
        body = "320684" + day + "001"
        assert is_id_number(body + id_check(body)) is ok


def test_an_unknown_region_passes_the_check_but_is_not_sought_in_texts():
    body = "99999919910101007"
    assert check_id_number(body + id_check(body), on=TODAY)
    assert not is_id_number(body + id_check(body))


@given(st.sampled_from(ID_NUMBERS), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_changed_character_of_an_identity_number_fails(number, place, other):
    if other != number[place]:
        with pytest.raises(BadIdentifier):
            check_id_number(number[:place] + other + number[place + 1 :], on=TODAY)


@pytest.mark.parametrize("text", ["320684", "320614", "320614001", "320614001001", "810000"])
def test_division_codes_pass(text):
    assert check_division_code(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("32068", "division.length"),
        ("3206840", "division.length"),
        ("32068A", "division.character"),
        ("32068４", "division.character"),
        ("990000", "division.province"),
    ],
)
def test_what_is_wrong_with_a_division_code_is_said(text, code):
    assert code_of(check_division_code, text) == code


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "column", "delimiter"),
    [("gb2260-mca-201712.tsv", "Code", "\t"), ("areas.csv", "code", ","),
     ("streets-jiangsu.csv", "code", ",")],
)  # fmt: skip
def test_every_published_division_has_a_code_of_that_form(name, column, delimiter):
    with (SHARED_DATA / "divisions" / name).open(encoding="utf-8") as file:
        codes = [row[column] for row in csv.DictReader(file, delimiter=delimiter)]
    assert len(codes) > 1_000
    for code in codes:
        assert check_division_code(code)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("360426199101010071", "360***********0071"),
        ("1234567", "*******"),
        ("12345678", "123*5678"),
        ("", ""),
    ],
)
def test_masking_an_identity_number(text, shown):
    assert masked(text) == shown


@given(st.text(max_size=30), st.integers(0, 10), st.integers(0, 10))
def test_masking_keeps_the_length_and_shows_no_more_than_asked(text, head, tail):
    shown = masked(text, head=head, tail=tail)
    assert len(shown) == len(text)
    assert sum(new == old != "*" for new, old in zip(shown, text, strict=True)) <= head + tail
