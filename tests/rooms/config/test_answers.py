"""What a person is told when a service says no, and what to do next (409, 403, 422, 404)."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zhifa.config.middleware import Answers
from zhifa.law.citations import APL
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused, Violation
from zhifa.store import Missing, StoreFull


def _answer(problem: Exception) -> HttpResponse | None:
    request: HttpRequest = RequestFactory().post("/desk/cases/1/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    return Answers(lambda _: HttpResponse()).process_exception(request, problem)


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        pytest.param(
            Refused("decide", (Violation("review.not_passed", APL.art(58)),)), 409,
            "行政处罚法第五十八条", id="the law",
        ),
        pytest.param(Denied("role.missing"), 403, "什么都没有改动", id="this person"),
        pytest.param(Conflict("seen.outdated"), 409, "重新打开", id="someone was first"),
        pytest.param(BadValue("uscc.check_digit"), 422, "校验不符", id="a wrong value"),
        pytest.param(NotFound(), 404, "核对网址", id="unknown or out of scope"),
        pytest.param(StoreFull("no room"), 507, "清理磁盘", id="no room for a file"),
        pytest.param(Missing("gone"), 507, "取不出来", id="a file is gone"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_page_that_says_what_to_do(problem, status, said):
    answer = _answer(problem)

    assert answer is not None
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_a_fault_is_nobodys_refusal():
    assert _answer(RuntimeError("x")) is None
