"""Typed values: what cannot be is refused, what is stored comes back, every code has words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.documents import samples

from zhifa.clock import BEIJING
from zhifa.documents import canonical, wording
from zhifa.documents.values import TEMPLATES, TYPES, codes
from zhifa.documents.values.codes import Gender
from zhifa.documents.values.decisions import PenaltyDecision
from zhifa.documents.values.parts import Party, PenaltyItem, Provision, Spell
from zhifa.law.errors import BadValue
from zhifa.procedures.values import PartyKind, PenaltyKind

DECISION: PenaltyDecision = samples.SAMPLES["penalty_decision"]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=BEIJING)


def test_every_type_has_a_template_a_sample_and_values_that_cannot_change() -> None:
    assert set(samples.SAMPLES) == set(TYPES)
    assert {path.stem for path in TEMPLATES.glob("*.typ")} == set(TYPES) | {"base"}
    for key, kind in TYPES.items():
        assert kind.key == key
        assert is_dataclass(kind.values)
        assert not hasattr(samples.SAMPLES[key], "__dict__")
        with pytest.raises(FrozenInstanceError):
            setattr(samples.SAMPLES[key], fields(kind.values)[0].name, None)


def test_no_two_types_share_title_values_or_number_word() -> None:
    for distinct in (
        [kind.title for kind in TYPES.values()],
        [kind.values for kind in TYPES.values()],
        [kind.number_word for kind in TYPES.values() if kind.number_word],
        [kind.template_version for kind in TYPES.values()],
    ):
        assert len(distinct) == len(set(distinct))
    assert all(kind.number_word for kind in TYPES.values() if kind.outward)


def test_every_code_has_words() -> None:
    lists = [
        item for item in vars(codes).values()
        if isinstance(item, type) and issubclass(item, StrEnum) and item is not StrEnum
    ]  # fmt: skip
    for one in lists:
        assert [wording.code_words(code) for code in one if not wording.code_words(code)] == []
        assert len({wording.code_words(code) for code in one}) == len(one)


@pytest.mark.parametrize("key", sorted(TYPES))
def test_values_come_back_from_their_json(key: str) -> None:
    data = canonical.encode(samples.SAMPLES[key])
    assert canonical.decode(key, data) == samples.SAMPLES[key]
    assert canonical.encode(canonical.decode(key, data)) == data
    assert b"\\u" not in data


def test_equal_instants_have_equal_bytes() -> None:
    record = samples.SAMPLES["onsite_inspection_record"]
    elsewhere = timezone(timedelta(hours=-3))
    moved = replace(
        record,
        spell=Spell(
            record.spell.started_at.astimezone(elsewhere),
            record.spell.ended_at.astimezone(elsewhere),
        ),
    )
    assert canonical.encode(moved) == canonical.encode(record)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"case": 1}', '{"parties": "x"}'])
def test_data_of_another_form_is_refused(data: bytes | str) -> None:
    with pytest.raises(BadValue, match=r"document\.data"):
        canonical.decode("penalty_decision", data)


def test_what_is_no_value_is_a_fault() -> None:
    with pytest.raises(TypeError):
        canonical.encode(1.5)
    with pytest.raises(TypeError):
        wording.dressed(1.5)


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("decision.without_penalty", lambda: replace(DECISION, penalties=())),
        ("decision.fine_without_payment", lambda: replace(DECISION, payment=None)),
        (
            "decision.payment_without_money",
            lambda: replace(DECISION, penalties=(PenaltyItem(PenaltyKind.WARNING),)),
        ),
        ("penalty.amount_missing", lambda: PenaltyItem(PenaltyKind.FINE)),
        ("penalty.amount_not_money", lambda: PenaltyItem(PenaltyKind.WARNING, 100)),
        ("penalty.detail_missing", lambda: PenaltyItem(PenaltyKind.REVOKE_LICENCE)),
        (
            "party.person_with_organisation_parts",
            lambda: Party(PartyKind.PERSON, "周演", credit_code="9132"),
        ),
        (
            "party.organisation_with_personal_parts",
            lambda: Party(PartyKind.ORGANISATION, "演示公司", gender=Gender.FEMALE),
        ),
        ("spell.naive", lambda: Spell(datetime(2026, 3, 2), NOON)),  # noqa: DTZ001
        ("spell.naive", lambda: Spell(NOON, datetime(2026, 3, 2))),  # noqa: DTZ001
        ("spell.ends_before_it_begins", lambda: Spell(NOON, NOON - timedelta(minutes=1))),
    ],
)
def test_what_cannot_be_is_refused(code: str, make: Callable[[], Any]) -> None:
    with pytest.raises(BadValue) as refused:
        make()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("provision", "words"),
    [
        (samples.LIABILITY, "《中华人民共和国食品安全法》第一百二十四条第一款第五项"),
        (Provision("中华人民共和国行政处罚法", 30), "《中华人民共和国行政处罚法》第三十条"),
        (
            Provision("中华人民共和国刑法", 140, inserted=1),
            "《中华人民共和国刑法》第一百四十条之一",
        ),
    ],
)
def test_a_provision_is_cited(provision: Provision, words: str) -> None:
    assert wording.provision_words(provision) == words


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (PenaltyItem(PenaltyKind.FINE, 500000), "罚款人民币伍仟元整（¥5,000.00）"),
        (
            PenaltyItem(PenaltyKind.CONFISCATE_ILLEGAL_GAINS, 31250, "分期"),
            "没收违法所得人民币叁佰壹拾贰元伍角（¥312.50）（分期）",
        ),
        (PenaltyItem(PenaltyKind.WARNING), "警告"),
        (PenaltyItem(PenaltyKind.OTHER, detail="责令公开道歉（演示）"), "责令公开道歉（演示）"),
        (
            PenaltyItem(PenaltyKind.REVOKE_LICENCE, detail="食品经营许可证"),
            "吊销许可证件：食品经营许可证",
        ),
    ],
)
def test_a_penalty_reads(item: PenaltyItem, words: str) -> None:
    assert wording.penalty_words(item) == words


def test_dates_and_spells_read_as_in_beijing() -> None:
    utc = datetime(2026, 11, 22, 16, 5, tzinfo=timezone.utc)  # noqa: UP017  (the zone is the point)
    assert wording.date_words(date(2026, 11, 3)) == "2026年11月3日"
    assert wording.time_words(utc) == "2026年11月23日0时05分"
    assert wording.spell_words(Spell(NOON, NOON + timedelta(minutes=90))) == (
        "2026年3月2日12时00分至13时30分"
    )
    assert wording.spell_words(Spell(NOON, NOON + timedelta(days=1))) == (
        "2026年3月2日12时00分至2026年3月3日12时00分"
    )
    assert wording.spell_words(Spell(NOON, NOON, timed=False)) == "2026年3月2日"
    assert wording.dressed(time(9, 5)) == "9时05分"


def test_a_party_has_lines_only_for_what_is_known() -> None:
    assert wording.party_lines(Party(PartyKind.PERSON, "周演")) == [("姓名", "周演")]
    assert [label for label, _ in wording.party_lines(samples.COMPANY)] == [
        "名称", "统一社会信用代码", "法定代表人（负责人）", "住所", "联系电话",
    ]  # fmt: skip
    assert ("经营者", "王䶮") in wording.party_lines(samples.BUSINESS)
    plain = replace(samples.MINOR.guardian, id_number="", phone="")
    assert wording.guardian_words(plain) == "周演父（父亲）"
    assert wording.guardian_words(replace(plain, relation="")) == "周演父"


def test_amounts_and_periods_are_dressed_by_their_names() -> None:
    dressed = wording.dressed(DECISION)
    assert dressed["penalties"][2]["amount_fen"] == {
        "figures": "5,000.00", "words": "人民币伍仟元整（¥5,000.00）",
    }  # fmt: skip
    assert dressed["remedies"]["reconsideration_days"] == {"number": 60, "words": "六十"}
    assert dressed["remedies"]["suit_months"]["words"] == "六"
    assert dressed["total"] == "人民币伍仟叁佰壹拾贰元伍角（¥5,312.50）"


def _readable(character: str) -> bool:
    return (
        character in "\n\r\t"
        or unicodedata.category(character)[0] not in "CZ"
        or (unicodedata.category(character) == "Zs")
    )


@given(st.text())
def test_any_text_is_either_printable_or_refused(text: str) -> None:
    if all(map(_readable, text)):
        assert not set(wording.dressed(text)) & set("\r\t")
        return
    with pytest.raises(BadValue, match=r"text\.unprintable"):
        wording.dressed(text)


def test_every_problem_of_a_document_has_words() -> None:
    source = Path(wording.__file__).parent
    raised = {
        code
        for file in source.rglob("*.py")
        for code in re.findall(r'(?:BadValue|Conflict)\(\s*"([a-z_.]+)"', file.read_text())
    }
    checks = "".join(
        (source / f"{name}.py").read_text() for name in ("verification", "series_check")
    )
    found = set(re.findall(r'"((?:document|number)\.[a-z_]+)"', checks))
    assert raised | found == set(wording.WORDS)
