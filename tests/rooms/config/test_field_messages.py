"""What forms say about fields (栏目提示): every form of every room speaks in our words."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MinValueValidator
from django.test import Client
from django.urls import get_resolver
from django.utils.functional import Promise
from tests import build
from tests.signing_in import sign_in

# Ours, and those of the sign-in library that have a page.
_SHOWN = ("zhifa.", "allauth.account.forms", "allauth.mfa.base.forms", "allauth.mfa.totp.forms")


def _classes(of: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in of.__subclasses__():
        yield one
        yield from _classes(one)


def test_no_field_of_any_form_has_a_sentence_of_the_framework():
    assert get_resolver().url_patterns  # loads every room's forms, the sign-in's too
    found = {
        f"{form.__module__}.{form.__name__}.{name}: {code}"
        for form in _classes(forms.BaseForm)
        if form.__module__.startswith(_SHOWN)
        for name, field in getattr(form, "base_fields", {}).items()
        for code, words in field.error_messages.items()
        if isinstance(words, Promise)
    }
    assert found == set()


class _Every(forms.Form):
    text = forms.CharField(max_length=3, min_length=2)
    number = forms.IntegerField(max_value=9, min_value=1)
    amount = forms.DecimalField(max_digits=4, decimal_places=2)
    day = forms.DateField()
    early = forms.DateField(validators=[MinValueValidator(date(2008, 1, 1), "太早")])
    time = forms.TimeField()
    one = forms.ChoiceField(choices=[("a", "甲")])
    many = forms.MultipleChoiceField(choices=[("a", "甲")])
    sure = forms.BooleanField()
    file = forms.FileField()
    own = forms.CharField(error_messages={"required": "请写明理由"})


def _said(data: dict[str, object], **files: SimpleUploadedFile) -> dict[str, str]:
    form = _Every(data, files)
    return {name: "".join(map(str, errors)) for name, errors in form.errors.items()}


def test_what_is_left_out_is_asked_for():
    assert _said({}) == {
        "text": "请填写", "number": "请填写", "amount": "请填写", "day": "请填写",
        "early": "请填写", "time": "请填写", "one": "请选择", "many": "请至少选择一项",
        "sure": "请勾选", "file": "请选择文件", "own": "请写明理由",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "甲乙丙丁", "太长了：最多 3 个字，现在有 4 个"),
        ("text", "甲", "太短了：至少 2 个字，现在有 1 个"),
        ("text", "甲\0", "有看不见的字符，请删除后重新输入"),
        ("number", "x", "请填写整数"),
        ("number", "10", "不能大于 9"),
        ("number", "0", "不能小于 1"),
        ("amount", "x", "请填写数字"),
        ("amount", "1.234", "小数最多 2 位"),
        ("amount", "123", "整数部分最多 2 位"),
        ("day", "25/11/2026", "日期写成 2026-11-25 这样"),
        ("early", "2001-01-01", "太早"),
        ("time", "25:00", "时间写成 14:05 这样"),
        ("one", "b", "没有这个选项，请重新选择"),
        ("many", ["b"], "没有这个选项，请重新选择"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write(field, value, said):
    assert _said({field: value})[field] == said


def test_an_empty_file_is_told():
    assert _said({}, file=SimpleUploadedFile("a.pdf", b""))["file"] == "文件是空的，请重新选择"


# What is spelled in Latin letters on purpose: names of files, keys, placeholders.
_SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def _text(page: str) -> str:
    return re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{}, {"login": "x" * 999, "password": "x"}, {"login": "\0"}])
def test_the_sign_in_says_nothing_in_english(data):
    page = Client().post("/accounts/login/", data).content.decode()
    assert "errorlist" in page or "alert-danger" in page
    assert not _SENTENCE.search(_text(page))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["reauthenticate/", "2fa/totp/activate/"])
@pytest.mark.parametrize("data", [{}, {"password": "x", "code": "x"}, {"code": "\0"}])
def test_the_second_factor_says_nothing_in_english(path, data):
    desk = sign_in(build.person())
    page = desk.post(f"/accounts/{path}", data, follow=True).content.decode()
    assert not _SENTENCE.search(_text(page))
