"""Where a party lives, or lived, is nobody's business, whoever said so and wherever it is written."""

from dataclasses import replace
from urllib.parse import quote

from django.test import Client
from tests.rooms.disclosure.test_later_changes import correct_party
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    deliver,
    mask,
    page_of,
    person_matter,
    release,
    shown,
    text_of,
)

from zhifa import clock
from zhifa.config.demo.casework import Casework
from zhifa.disclosure import selectors
from zhifa.procedures import actions as a

EARLIER, STATED = "解放西路77号5幢602室", "三星镇星辰花园9幢303室"


def heard_at_home(work):
    asked = a.Interview(
        interviewee="欧阳演示", relation="当事人", place="本机关询问室", began_at="14:30",
        ended_at="15:20", certificate_shown=True, rights_told=True,
        questions=(
            a.Question(question="你现在住在哪里？", answer=f"南通市海门区{STATED}，住了两年。"),
        ),
    )  # fmt: skip
    return work.step("interview", asked, by=work.desk.officers[0])


def published(case_id, city):
    """Return the page and the document as everybody reads them."""
    made = release(case_id, city)
    deliver(city.publisher)
    found = shown(made, city.publisher)
    answer = Client().get(f"/decisions/{quote(found.number)}/document.pdf")
    pdf = text_of(b"".join(answer.streaming_content)).replace("\n", "")
    return page_of(found)[1], pdf


def matter_that_says(facts, **party):
    matter = person_matter()
    (one,) = matter.parties
    draft = replace(matter.draft, facts_found=facts)
    return replace(matter, parties=(replace(one, **party),), draft=draft)


def test_neither_an_earlier_address_nor_one_that_was_stated_is_published(serve, city, monkeypatch):
    monkeypatch.setattr(Casework, "interview", heard_at_home)
    case_id = serve(matter_that_says(
        f"当事人曾在演示街道{EARLIER}、后来在{STATED}经营，有其陈述证明。",
        address=f"南通市海门区演示街道{EARLIER}",
    ))  # fmt: skip
    number = {"identifier": "320684198005010013"}
    correct_party(case_id, city, **number)
    correct_party(case_id, city, address="南通市海门区演示街道文汇路18号2幢301室", **number)

    page, pdf = published(case_id, city)
    assert pdf.count("（住址略）") == 2
    for place in (EARLIER, STATED, "文汇路"):
        assert place not in page
        assert place not in pdf


def test_an_address_that_only_the_decision_gives_is_not_published(serve, city):
    page, pdf = published(serve(matter_that_says(f"当事人现住南通市海门区{STATED}。")), city)
    assert "当事人现住（住址略）。" in pdf
    assert STATED not in page + pdf


def test_an_address_that_is_no_home_is_kept_with_a_reason(serve, city):
    case_id = serve(matter_that_says(f"当事人把货存在其称常住的{STATED}。"))
    place = f"常住的{STATED}"
    made = begin(case_id, city)
    (suggested,) = shown(made, city.editor).suggestions
    assert (suggested.why, suggested.text in place) == ("stated_address", True)
    mask(made, city, kept=((suggested.text, "是租用的仓库"),))
    assert STATED in pdf_of(made, city)


def pdf_of(made, city):
    with as_(city.editor):
        found = selectors.public_pdf(made, actor=city.editor, on=clock.today())
    return text_of(found).replace("\n", "")
