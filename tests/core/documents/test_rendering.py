"""Every document type is printed whole, and nothing that is put into it can do harm."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import pypdf
import pytest
import segno
import typst
from PIL import Image, ImageChops
from tests.core.documents import samples

from zhifa.documents import canonical, rendering, wording
from zhifa.documents.fonts import font_set
from zhifa.documents.rendering import Frame, TemplateFault
from zhifa.documents.seals import DIAMETER_PT
from zhifa.documents.values import TYPES
from zhifa.documents.values.parts import Party, PenaltyItem, Provision, Spell
from zhifa.law.errors import BadValue
from zhifa.law.money import capital
from zhifa.procedures.values import PenaltyKind

KEYS = sorted(TYPES)
OUTWARD = [key for key in KEYS if TYPES[key].outward]

PAGES = {
    "case_transfer_letter": 2,
    "closing_report": 2,
    "collective_discussion_record": 2,
    "criminal_transfer_letter": 3,
    "hearing_notice": 2,
    "hearing_report": 2,
    "interview_record": 2,
    "investigation_report": 2,
    "legal_review_opinion": 2,
    "no_penalty_decision": 3,
    "onsite_inspection_record": 2,
    "penalty_decision": 5,
    "penalty_prior_notice": 4,
    "preservation_disposition": 2,
    "preservation_notice": 3,
}  # the others fit on one

# Letters to a party name it and leave its particulars to the decision; forms of address and of
# things do not repeat the maker, and codes are never shown.
NAMED_ONLY = {
    "penalty_prior_notice", "hearing_notice", "correction_notice", "preservation_notice",
    "preservation_disposition", "statement_defence_record", "hearing_record",
    "collective_discussion_record",
}  # fmt: skip


def rendered(key: str, values: Any = None, **changes: Any) -> rendering.Rendered:
    return rendering.render(
        key,
        samples.SAMPLES[key] if values is None else values,
        frame=samples.frame(key, **changes),
        timestamp=samples.MADE_AT,
    )


def bare(text: str) -> str:
    """Return the text without blanks and the breaks put into long runs."""
    return re.sub(r"[\s\u200b]", "", text)


def text_of(pdf: bytes) -> str:
    return bare("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def pieces(key: str, value: Any) -> list[str]:
    """Return what of a value must be read in print, line by line."""
    match value:
        case Provision():
            return [wording.provision_words(value)]
        case Spell():
            return [wording.spell_words(value)]
        case Party():
            if key in NAMED_ONLY:
                return [value.name]
            return [words for _, words in wording.party_lines(value)]
        case PenaltyItem():
            return [wording.penalty_words(value)]
        case StrEnum():
            return [wording.code_words(value)]
        case date():
            return [wording.dressed(value)]
        case str():
            return [line for line in value.splitlines() if line]
        case tuple():
            return [piece for item in value for piece in pieces(key, item)]
    if is_dataclass(value):
        return [
            piece
            for field in fields(value)
            for piece in pieces(key, getattr(value, field.name))
            if not (key == "preservation_disposition" and field.name in ("producer", "note"))
        ]
    return []


@pytest.mark.parametrize("key", KEYS)
def test_every_type_is_printed_whole(key: str) -> None:
    made = rendered(key)
    reader = pypdf.PdfReader(io.BytesIO(made.pdf))
    text = text_of(made.pdf)
    frame = samples.frame(key)

    assert made.pages == len(reader.pages) == PAGES.get(key, 1)
    assert bare(frame.body_name) in text
    assert bare(frame.number) in text
    # a page number or a footer may part a paragraph that runs on to the next page
    seamless = re.sub(r"第\d+页共\d+页|—\d+—|演示数据|演示文书不具法律效力", "", text)
    missing = [
        piece for piece in pieces(key, samples.SAMPLES[key])
        if not all(bare(half) in seamless for half in _halves(bare(piece), seamless))
    ]  # fmt: skip
    assert missing == []


def _halves(piece: str, text: str) -> tuple[str, ...]:
    """Part a piece that a page break may have parted, where its longest beginning ends."""
    if piece in text:
        return (piece,)
    cut = next(end for end in range(len(piece), -1, -1) if piece[:end] in text)
    return (piece[cut:],) if len(piece[cut:]) > 3 else (piece,)


@pytest.mark.parametrize("key", KEYS)
def test_the_same_input_gives_the_same_bytes(key: str) -> None:
    first, second = rendered(key), rendered(key)
    assert first == second
    assert canonical.encode(samples.SAMPLES[key]) in first.data


@pytest.mark.parametrize("key", KEYS)
def test_the_stored_data_make_the_same_file_again(key: str) -> None:
    first = rendered(key)
    stored = json.loads(first.data)
    again = rendering.render(
        stored["type"],
        canonical.decode(key, json.dumps(stored["values"])),
        frame=msgspec.convert(stored["frame"], Frame),
        timestamp=datetime.fromisoformat(stored["timestamp"]),
    )
    assert again == first
    assert stored["template_version"] == TYPES[key].template_version


@pytest.mark.parametrize("key", KEYS)
def test_a_file_is_pdf_a_with_every_font_inside(key: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(rendered(key).pdf))
    metadata = reader.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert reader.root_object["/Lang"] == "zh-CN"
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in descendant["/FontDescriptor"].get_object()


@pytest.mark.parametrize("key", OUTWARD)
def test_outward_documents_have_a_place_for_the_seal_over_the_date(key: str) -> None:
    made = rendered(key)
    assert made.seal is not None
    pages = rendering.preview_png(
        key, samples.SAMPLES[key], frame=samples.frame(key, demo=False), ppi=72
    )
    page = Image.open(io.BytesIO(pages[made.seal.page - 1])).convert("L")

    def darkest(top: float, bottom: float, half_width: float) -> Any:
        left, right = made.seal.x_pt - half_width, made.seal.x_pt + half_width
        box = (left, made.seal.y_pt + top, right, made.seal.y_pt + bottom)
        return page.crop(tuple(map(round, box))).getextrema()[0]

    radius = DIAMETER_PT / 2
    assert darkest(15, 38, 40) < 100, "the day stands under the seal"
    assert darkest(-12, 8, 40) < 100, "the body's name stands under the seal"
    assert darkest(-radius - 2, -14, radius) > 240, "nothing else does, above the name"
    assert darkest(42, radius + 2, radius) > 240, "nor below the day"


@pytest.mark.parametrize("key", sorted(set(KEYS) - set(OUTWARD)))
def test_internal_forms_have_no_seal(key: str) -> None:
    assert rendered(key).seal is None


def test_a_decision_says_what_the_law_wants_in_it() -> None:
    """APL art. 59; with a fine: 罚款决定与罚款收缴分离实施办法 art. 7."""
    text = text_of(rendered("penalty_decision").pdf)
    for words in (
        samples.BUSINESS.name, samples.BUSINESS.address,  # item 1
        "已超过标签标示的保质期", "检验报告（No.SP2026-03-0127）",  # item 2
        "第一百二十四条第一款第五项", f"罚款人民币{capital(500000)}（¥5,000.00）",  # item 3
        "十五日内", "演示银行海门支行", "金融路6号", "百分之三加处罚款",  # item 4
        f"共计人民币{capital(531250)}（¥5,312.50）",
        "六十日内向南通市海门区人民政府申请行政复议", "六个月内依法向海门区人民法院（演示）提起行政诉讼",  # item 5
        samples.BODY, "2026年5月8日",  # item 6
        "已经法制审核通过，并经本机关负责人集体讨论决定",
    ):  # fmt: skip
        assert bare(words) in text


def test_a_decision_without_an_additional_fine_says_so() -> None:
    decision = samples.SAMPLES["penalty_decision"]
    plain = replace(decision, payment=replace(decision.payment, additional_fine=False))
    text = text_of(rendered("penalty_decision", plain).pdf)
    assert "本决定不适用加处罚款" in text
    assert "百分之三" not in text


def test_a_decision_without_money_says_nothing_of_payment() -> None:
    decision = samples.SAMPLES["penalty_decision"]
    warning = replace(
        decision,
        penalties=(PenaltyItem(PenaltyKind.WARNING),),
        payment=None,
        performance="警告自本决定书送达之日起生效。",
        hearing_on=None,
        legally_reviewed=False,
        discussed=False,
        orders=(),
        confiscated=(),
    )
    text = text_of(rendered("penalty_decision", warning).pdf)
    assert "警告自本决定书送达之日起生效" in text
    assert "缴纳" not in text
    assert "举行了听证" not in text
    assert "法制审核通过" not in text


@pytest.mark.parametrize(
    ("hearing_days", "title"), [(None, "行政处罚事先告知书"), (5, "行政处罚听证事先告知书")]
)
def test_a_prior_notice_with_and_without_the_right_to_a_hearing(
    hearing_days: int | None, title: str
) -> None:
    notice = replace(samples.SAMPLES["penalty_prior_notice"], hearing_days=hearing_days)
    text = text_of(rendered("penalty_prior_notice", notice).pdf)
    assert title in text
    assert ("有权要求听证" in text) == (hearing_days is not None)
    assert ("第六十三条" in text) == (hearing_days is not None)
    assert "你单位可以自收到本告知书之日起五个工作日内" in text


def test_silence_is_a_waiver_only_where_the_field_rule_says_so() -> None:
    notice = samples.SAMPLES["penalty_prior_notice"]
    assert "视为放弃" in text_of(rendered("penalty_prior_notice", notice).pdf)
    strict = replace(notice, silence_waives=False)
    assert "视为放弃" not in text_of(rendered("penalty_prior_notice", strict).pdf)


def test_a_minor_is_printed_with_the_guardian() -> None:
    text = text_of(rendered("no_penalty_decision").pdf)
    assert "监护人：周演父（父亲，身份证号：320684198505060035，联系电话：13900000000）" in text


def test_marks_of_draft_demonstration_and_public_version() -> None:
    plain = text_of(rendered("penalty_decision", demo=False).pdf)
    for word in ("草稿", "演示数据", "公开版本"):
        assert word not in plain
    marked = text_of(rendered("penalty_decision", draft=True, redacted=True).pdf)
    for word in ("草稿", "演示数据", "演示文书不具法律效力", "公开版本"):
        assert word in marked


def test_a_draft_needs_neither_number_nor_date() -> None:
    text = text_of(rendered("penalty_decision", draft=True, number="", sealed_on=None).pdf)
    assert "（文号待编）" in text
    with pytest.raises(BadValue, match=r"frame\.number_missing"):
        rendered("penalty_decision", number="")
    with pytest.raises(BadValue, match=r"frame\.date_missing"):
        rendered("penalty_decision", sealed_on=None)


def test_values_of_another_type_are_refused() -> None:
    with pytest.raises(TypeError, match="PenaltyDecision"):
        rendered("penalty_decision", samples.SAMPLES["closing_report"])
    with pytest.raises(KeyError):
        rendering.render("no_such_type", None, frame=Frame(samples.BODY), timestamp=samples.MADE_AT)


HOSTILE = (
    '#import "base.typ": * #panic() #read("/etc/passwd")',
    "$ x^2 $ @label <seal> <pages> *bold* _under_ `raw` ~ -- --- ...",
    "\\ \\n \\u{41} // comment /* block */ = Heading - list + enum / term: x",
    "'single' \"double\" “中文” &amp; <script>alert(1)</script> %s {0} {{ x }}",
    "]]] }}} ))) ;;; [[[ {{{ (((",
)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("key", ["penalty_decision", "legal_review_opinion", "interview_record"])
def test_data_is_never_markup(key: str, hostile: str) -> None:
    values = _with_every_text(samples.SAMPLES[key], hostile)
    made = rendered(
        key, values, body_name=hostile, number=hostile if TYPES[key].number_word else ""
    )
    assert bare(hostile)[:14] in text_of(made.pdf)
    assert (made.seal is not None) == TYPES[key].outward


def _with_every_text(value: Any, text: str) -> Any:
    """Return the value with every free text in it replaced."""
    if isinstance(value, tuple):
        return tuple(_with_every_text(item, text) for item in value)
    if isinstance(value, str) and type(value) is str:
        return text if value else ""
    if is_dataclass(value):
        changes = {
            field.name: _with_every_text(getattr(value, field.name), text)
            for field in fields(value)
        }
        return replace(value, **changes)
    return value


@pytest.mark.parametrize("key", KEYS)
def test_endless_words_wrap_and_stay_on_the_page(key: str) -> None:
    """Runs without a place to break, in every field at once: nothing leaves the page."""
    values = _with_every_text(samples.SAMPLES[key], "W" * 150 + "很长的名称" * 12)
    frame = samples.frame(key, body_name="海门区演示综合行政执法局" * 4)
    pages = rendering.preview_png(key, values, frame=frame, ppi=40)
    for page in pages:
        picture = Image.open(io.BytesIO(page)).convert("L")
        edge = round(12 / 25.4 * 40)  # 12 mm: half the narrowest margin
        right = picture.crop((picture.width - edge, 0, picture.width, picture.height))
        assert right.getextrema()[0] > 200, f"print in the right margin of {key}"


def test_long_text_runs_on_over_pages_with_repeated_heads() -> None:
    report = samples.SAMPLES["investigation_report"]
    made = rendered("investigation_report", replace(report, evidence=samples.EVIDENCE * 40))
    reader = pypdf.PdfReader(io.BytesIO(made.pdf))
    heads = [bare(page.extract_text()).count("证据名称") for page in reader.pages]
    assert made.pages > 8
    assert sum(heads) >= made.pages - 2
    text = text_of(made.pdf)
    assert text.count("检验报告（No.SP2026-03-0127）") == 40

    decision = samples.SAMPLES["penalty_decision"]
    long = rendered("penalty_decision", replace(decision, facts=samples.FACTS * 60))
    assert long.pages > 15
    assert text_of(long.pdf).count("违法所得人民币312.50元") >= 59


@pytest.mark.parametrize("key", KEYS)
def test_what_is_left_empty_is_printed_empty(key: str) -> None:
    sample = samples.SAMPLES[key]
    required = {
        field.name: getattr(sample, field.name)
        for field in fields(sample)
        if field.default is field.default_factory  # both MISSING
    }
    if key == "penalty_decision":
        required["payment"] = sample.payment
    made = rendered(key, type(sample)(**required), qr_url="")
    assert made.pages >= 1
    assert "none" not in text_of(made.pdf)


def test_the_qr_code_on_the_page_is_the_address_module_by_module() -> None:
    key, ppi = "hearing_notice", 288
    frame = samples.frame(key, demo=False)
    made = rendered(key, demo=False)
    assert made.seal is not None
    pages = rendering.preview_png(key, samples.SAMPLES[key], frame=frame, ppi=ppi)
    page = Image.open(io.BytesIO(pages[made.seal.page - 1])).convert("L")
    scale = ppi / 72
    corner = (75 * scale, (made.seal.y_pt - 60) * scale)
    area = page.crop(tuple(map(round, (*corner, 160 * scale, (made.seal.y_pt + 28) * scale))))
    left, top, right, _ = ImageChops.invert(area).point(lambda ink: ink > 128 and 255).getbbox()
    matrix = segno.make_qr(frame.qr_url, error="m").matrix
    module = (right - left) / len(matrix)
    printed = tuple(
        bytearray(
            int(area.getpixel((left + (x + 0.5) * module, top + (y + 0.5) * module)) < 128)
            for x in range(len(matrix))
        )
        for y in range(len(matrix))
    )
    assert printed == tuple(matrix)
    assert module / scale / 72 * 25.4 > 0.5, "millimetres a module"


def test_rare_characters_are_printed_and_can_be_searched() -> None:
    text = text_of(rendered("penalty_decision").pdf)
    assert "王䶮" in text
    assert "赵𬭎" in text_of(rendered("criminal_transfer_letter").pdf)


@pytest.mark.parametrize("character", ["😀", "\U0001f9ff", "\ue000", "\x07", "\u202e", "\ufeff"])
def test_what_no_font_has_is_refused_not_left_out(character: str) -> None:
    decision = replace(samples.SAMPLES["penalty_decision"], facts=f"前{character}后")
    with pytest.raises(BadValue, match=r"text\.unprintable"):
        rendered("penalty_decision", decision)
    assert rendered("penalty_decision").pages == 5  # the compiler is as good as before


def test_blank_lines_and_foreign_line_ends() -> None:
    decision = replace(
        samples.SAMPLES["penalty_decision"], facts="\r\n\r\n第一段。\r第二段。\t\n\n\n"
    )
    text = text_of(rendered("penalty_decision", decision).pdf)
    assert "第一段。第二段。上述事实有下列证据证明" in text


def test_several_parties_are_told_apart() -> None:
    decision = replace(
        samples.SAMPLES["penalty_decision"], parties=(samples.BUSINESS, samples.MINOR)
    )
    text = text_of(rendered("penalty_decision", decision).pdf)
    assert "当事人（一）：海门区演示好又鲜食品经营部" in text
    assert "当事人（二）：周演" in text


def test_a_later_time_changes_the_file_and_nothing_else() -> None:
    key = "hearing_notice"
    later = rendering.render(
        key, samples.SAMPLES[key], frame=samples.frame(key),
        timestamp=samples.MADE_AT + timedelta(days=1),
    )  # fmt: skip
    assert later.sha256 != rendered(key).sha256
    assert text_of(later.pdf) == text_of(rendered(key).pdf)


def test_threads_share_the_compilers() -> None:
    keys = ["service_receipt", "correction_notice", "hearing_notice"] * 4
    alone = {key: rendered(key) for key in set(keys)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(rendered, keys))
    assert together == [alone[key] for key in keys]


def test_a_template_that_warns_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = font_set(None)
    broken = replace_families(fonts, fangsong=("No Such Family", "Noto Serif SC"))
    monkeypatch.setattr(rendering, "font_set", lambda folder: broken)
    with pytest.raises(TemplateFault, match="no such family"):
        rendered("service_receipt")


def replace_families(fonts: Any, **roles: tuple[str, ...]) -> Any:
    return replace(fonts, families=dict(fonts.families) | roles)


def test_a_broken_template_is_not_taken_for_an_unprintable_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "_input", lambda *_: "{}")
    with pytest.raises(typst.TypstError):
        rendered("service_receipt")
