"""What is taken out of a public version, what stays, and what the leak test finds."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.disclosure.redaction import Secrets, Why, leaks, marks, masked_name, redacted, secrets
from zhifa.disclosure.rules import Counterparty
from zhifa.procedures.values import PartyKind

ID, NEAR, OLD = "32068419900307881X", "320684199003078811", "320684900307881"
PERSON = Counterparty(
    kind=PartyKind.PERSON,
    name="欧阳小明",
    identifier=ID,
    address="南通市海门区演示街道文汇路18号2幢301室",
    phone="13812345678",
    guardian="欧阳大山",
    born_on=date(1990, 3, 7),
)
FIRM = Counterparty(
    kind=PartyKind.ORGANISATION,
    name="海门区王小明食品有限公司",
    identifier="91320684MA1XXXXX0A",
    address="海门区解放路1号",
    phone="0513-82201234",
    representative="王小明",
)
WITNESS = Counterparty(kind=PartyKind.PERSON, name="王大力", phone="13900001111")
KNOWN = secrets((PERSON, FIRM), others=(WITNESS,), public=("0513-82212315", "32001647336052501234"))


def test_what_a_party_was_called_before_a_correction_is_taken_out_and_looked_for():
    now = replace(PERSON, name="欧阳小明", guardian="")
    before = replace(now, name="欧阳晓鸣", address="南通市海门区演示街道旧居路2号301室")
    hidden = secrets((now,), former=(before,))
    text = "欧阳晓鸣住旧居路2号301室，即欧阳小明"

    assert redacted(text, hidden) == "欧阳某住（住址略），即欧阳某"
    assert [one.why for one in leaks([("facts", text)], hidden)] == [Why.NAME, Why.ADDRESS]


def test_a_name_is_taken_out_without_what_stands_in_brackets_behind_it():
    noted = secrets((replace(PERSON, name="钱小六（个体户）", guardian=""),))
    assert redacted("钱小六（个体户）到场，钱小六签字", noted) == "钱某到场，钱某签字"


def id_number() -> str:
    from zhifa.law.identifiers import id_check

    return ID[:17] + id_check(ID[:17])


VALID = id_number()


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("欧阳小明到场", "欧阳某甲到场"),
        ("欧阳 小明、欧阳大山", "欧阳某甲、欧阳某乙"),
        ("欧阳\n小明签名", "欧阳某甲签名"),
        ("王小明、王大力", "王某甲、王某乙"),
        ("海门区王小明食品有限公司", "海门区王小明食品有限公司"),
        ("海门区王小明食品有限公司的王小明", "海门区王小明食品有限公司的王某甲"),
        ("住南通市海门区演示街道文汇路18号2幢301室。", "住（住址略）。"),
        ("在文汇路18号2幢301室查获", "在（住址略）查获"),
        ("海门区解放路1号", "海门区解放路1号"),  # a firm's place of business
        ("电话138-1234-5678", "电话（电话略）"),
        ("电话１３８１２３４５６７８", "电话（电话略）"),
        ("另一个手机 +86 15012345678", "另一个手机 （电话略）"),
        ("固话0513-82201234", "固话（电话略）"),
        ("固话0513-88887777", "固话（电话略）"),
        ("监督电话0513-82212315", "监督电话0513-82212315"),
        (f"身份证{VALID}号", "身份证（身份证号略）号"),
        (f"身份证{VALID[:6]} {VALID[6:14]} {VALID[14:]}", "身份证（身份证号略）"),
        ("生于1990年3月7日", "生于（出生日期略）"),
        ("生于1990年03月07日", "生于（出生日期略）"),
        ("账号6222021602010000001", "账号（号码略）"),
        ("缴至32001647336052501234", "缴至32001647336052501234"),
        ("信箱a.b@example.org。", "信箱（邮箱略）。"),
        ("车牌苏F12345和苏F·A1234学", "车牌（车牌略）和（车牌略）"),
        ("2026年3月2日查获11袋，罚款5,000.00元", "2026年3月2日查获11袋，罚款5,000.00元"),
        ("海市监罚〔2026〕12号", "海市监罚〔2026〕12号"),
        ("统一社会信用代码91320684MA1XXXXX0A", "统一社会信用代码91320684MA1XXXXX0A"),
        ("", ""),
    ],
)
def test_what_is_taken_out_and_what_stays(text, public):
    assert redacted(text, KNOWN) == public


def test_an_account_number_that_checks_is_no_mere_suspicion():
    (checked,) = marks("卡4111111111111111", KNOWN)  # its last figure checks the others
    (other,) = marks("卡4111111111111112", KNOWN)

    assert (checked.why, checked.suggestion) == (Why.ACCOUNT, False)
    assert (other.why, other.suggestion) == (Why.LONG_NUMBER, True)


def test_a_credit_code_of_figures_only_is_no_account():
    from tests.core.disclosure.numbers import figures_only_credit_code

    code = figures_only_credit_code()

    assert [mark.why for mark in marks(f"代码{code}", KNOWN) if mark.why is Why.LONG_NUMBER] == []


def test_a_mistyped_identity_number_is_flagged_and_may_be_kept_by_a_person():
    wrong = VALID[:-2] + ("0" if VALID[-2] != "0" else "1") + VALID[-1]
    text = f"编号{wrong}"
    (mark,) = marks(text, KNOWN)
    assert (mark.why, mark.suggestion) == (Why.NEAR_ID_NUMBER, True)

    kept = secrets((PERSON,), kept=(wrong,))
    assert redacted(text, kept) == text
    assert leaks([("facts", text)], kept) == ()
    assert [leak.where for leak in leaks([("facts", text)], KNOWN)] == ["facts"]


def test_what_is_certain_is_not_kept_whatever_is_asked():
    kept = secrets((PERSON,), kept=(VALID, "欧阳小明"))

    assert redacted(f"欧阳小明{VALID}", kept) == "欧阳某甲（身份证号略）"


def test_a_short_number_is_not_seen_in_longer_ones():
    room = secrets((replace(PERSON, phone="8812"),))

    assert redacted("分机8812，编号188123", room) == "分机（电话略），编号188123"


def test_the_editor_takes_out_more():
    more = secrets((PERSON,), hidden=(("秘制配方", ""), ("李工程师", "李某")))

    assert redacted("按秘制配方，李工程师操作", more) == "按×××，李某操作"
    assert (
        redacted("欧阳食品公司", secrets((FIRM,), hidden=(("欧阳食品公司", "某公司"),))) == "某公司"
    )


def test_the_editor_may_take_out_what_is_public():
    more = secrets((FIRM,), hidden=((FIRM.name, "某公司"),))

    assert redacted(f"{FIRM.name}的货架", more) == "某公司的货架"


def test_what_typesetting_puts_between_figures_hides_nothing():
    assert leaks([("page.1", "138\u200b1234\u200b5678")], KNOWN) != ()
    assert leaks([("page.1", "欧阳\u2060小明")], KNOWN) != ()


def test_a_mask_says_no_more_than_it_must():
    nobody = Counterparty(kind=PartyKind.PERSON, name=" ", address="村", phone="")
    same = Counterparty(kind=PartyKind.PERSON, name="李某")

    assert secrets((nobody, same)).masks == ()
    assert masked_name("诸葛亮") == "诸葛某"
    assert masked_name("李四") == "李某"


def test_many_of_one_name_run_out_of_stems_without_a_fault():
    people = tuple(
        Counterparty(kind=PartyKind.PERSON, name=f"李演示{number}号") for number in range(12)
    )

    texts = {mask.replacement for mask in secrets(people).masks}

    assert {"李某甲", "李某癸", "李某"} <= texts


def test_overlapping_finds_leave_nothing_between_them():
    odd = secrets((PERSON,), hidden=(("文汇路18号2幢301室的", "X"),))

    assert redacted("在文汇路18号2幢301室的店里", odd) == "在X店里"
    run = f"{VALID}13812345678"  # two numbers without anything between them
    assert "13812345678" not in redacted(run, KNOWN)


def test_the_surer_of_two_finds_speaks():
    phone = "0513-82201234"  # known from the case, and a pattern besides
    (mark,) = marks(f"致电{phone}", KNOWN)

    assert (mark.why, mark.suggestion) == (Why.PHONE, False)
    late = Secrets(masks=(*KNOWN.masks,), public=(), kept=frozenset())
    assert [one.why for one in marks("05 0513-82201234", late)] == [Why.PHONE]


def test_a_leak_names_the_place_and_never_the_value():
    (leak,) = leaks([("page.1", "欧阳小明"), ("page.1", "又是欧阳小明"), ("facts", "无")], KNOWN)

    assert (leak.why, leak.where) == (Why.NAME, "page.1")


_PIECES = st.sampled_from(
    ["欧阳小明", "欧阳大山", "王小明", "王大力", VALID, OLD, "13812345678", "文汇路18号2幢301室",
     "1990年3月7日", "a@b.cn", "苏F12345", "当事人", "。", "2026年", " ", "5,000元", "11袋", "\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30))
def test_nothing_private_is_left_in_what_was_redacted(pieces):
    text = "，".join(pieces)

    assert leaks([("text", redacted(text, KNOWN))], KNOWN) == ()


@given(st.text(alphabet="欧阳小明1358X年月日路号-— \n王大力", max_size=60))
def test_marks_are_in_order_and_do_not_overlap(text):
    found = marks(text, KNOWN)

    assert all(a.last <= b.first for a, b in pairwise(found))
    assert all(0 <= mark.first < mark.last <= len(text) for mark in found)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("你现在住在哪里？\n南通市海门区三星镇星辰花园9幢303室，两年。", "你现在住在哪里？\n（住址略），两年。"),
        ("家住三星镇星辰花园1号楼5-301。", "家住（住址略）。"),
        ("户籍所在地：海门区三星镇红星村十二组3号", "户籍所在地：（住址略）"),
        ("经常居住地为海门区演示路18号", "经常居住地为（住址略）"),
        ("住所：海门区演示路18号", "住所：海门区演示路18号"),
        ("住在海门区", "住在海门区"),
        ("常住海门区商会路1号，即店内", "常住海门区商会路1号，即店内"),
    ],
)  # fmt: skip
def test_where_somebody_says_to_live_is_suggested(said, read):
    firm = Counterparty(
        kind=PartyKind.ORGANISATION, name="演示公司", address="南通市海门区商会路1号"
    )
    assert redacted(said, secrets([firm], stated=[said])) == read


def test_what_is_kept_stays_whole_though_a_part_of_it_is_suspected_too():
    said = "常住三星镇星辰花园9幢303室"
    place = "三星镇星辰花园9幢303室"
    found = secrets([], stated=[said], kept=[place])
    assert redacted(f"在{place[:5]}\n{place[5:]}存货", found) == f"在{place[:5]}\n{place[5:]}存货"
    assert redacted(said, secrets([], stated=[said])) == "常住（住址略）"


@pytest.mark.parametrize(
    "written",
    ["阿卜杜拉·买买提", "阿卜杜拉•买买提", "阿卜杜拉・买买提", "阿卜杜拉‧买买提", "阿卜杜拉买买提"],
)
def test_a_name_in_parts_is_taken_out_whatever_dot_stands_in_it(written):
    hidden = secrets((replace(PERSON, name="阿卜杜拉·买买提", guardian=""),))
    assert redacted(f"当事人{written}承认", hidden) == "当事人阿某承认"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1990/3/7", Why.BIRTH_DATE),
        ("1990.03.07", Why.BIRTH_DATE),
        ("19900307", Why.BIRTH_DATE),
        ("1990年03月7日", Why.BIRTH_DATE),
        ("（0513）82212345", Why.LANDLINE),
        ("138.1234.9999", Why.PHONE),
        ("苏F-12345", Why.PLATE),
        ("苏ｆ１２３４５", Why.PLATE),
        ("a＠b.com", Why.EMAIL),
        ("护照E12345678", Why.NEAR_ID_NUMBER),
        ("3205 0164 8636 0000 1234 5679", Why.LONG_NUMBER),
    ],
)
def test_what_is_written_in_another_way_is_seen_too(text, why):
    assert {one.why for one in leaks([("facts", f"另有{text}。")], KNOWN)} == {why}


def test_a_business_without_a_name_of_its_own_is_the_person():
    firm = replace(
        FIRM, kind=PartyKind.INDIVIDUAL_BUSINESS, name="王小明", address="演示街道住宅楼3幢502室"
    )
    assert (
        redacted("王小明在演示街道住宅楼3幢502室经营", secrets((firm,))) == "王某在（住址略）经营"
    )
