"""Lists of cases (案件列表): filtered, sorted, page by page, printed, exported, searched."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import selectors
from zhifa.cases.exporting import sent, workbook
from zhifa.cases.selectors import PAGE_ROWS, CasePage, CaseRow, Filter
from zhifa.cases.wording import action_words, role_words, state_words
from zhifa.procedures import definitions
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role

_STATES = definitions.latest("penalty.ordinary").states()


class CaseFilterForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(
        label="案号、案名、当事人", required=False, max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )  # fmt: skip
    state = forms.ChoiceField(
        label="环节", required=False, widget=forms.Select(attrs={"class": "form-select"}),
        choices=[("", "全部"), *((state, state_words(state)) for state in _STATES)],
    )  # fmt: skip
    only = forms.ChoiceField(
        label="范围", required=False, widget=forms.Select(attrs={"class": "form-select"}),
        choices=(("", "全部"), ("mine", "我承办的"), ("late", "逾期的"), ("major", "重大案件")),
    )  # fmt: skip
    sort = forms.ChoiceField(
        label="排序", required=False, widget=forms.Select(attrs={"class": "form-select"}),
        choices=(("changed", "最近办理"), ("due", "最近的期限"), ("number", "案号")),
    )  # fmt: skip

    def wanted(self) -> Filter:
        """Return the filter; what cannot be read narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        state = said.get("state", "")
        return Filter(
            text=said.get("q", ""),
            states=(state,) if state else (),
            mine=said.get("only") == "mine",
            late=said.get("only") == "late",
            major=said.get("only") == "major",
            order=said.get("sort") or "changed",
        )


@signed_in
@require_GET
def cases(request: OfficerRequest) -> HttpResponse:
    """Show the cases in scope."""
    form = CaseFilterForm(request.GET)
    found = selectors.case_list(
        actor=request.actor, on=clock.today(), wanted=form.wanted(), page=_page(request)
    )
    scope = registry.scope(request.actor, on=clock.today())
    values = {
        "form": form,
        "rows": found.rows,
        "page": _paged(found),
        "query": "",
        "may_register": bool(scope.bodies(Role.CASE_HANDLER)),
        "may_hand_on": bool(scope.bodies(Role.HANDLING_UNIT_HEAD, Role.AGENCY_HEAD)),
    }
    return render(request, "cases/list.html", values)


@signed_in
@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    """Find cases by number, name, party or number of a party; a single hit by its number is opened."""
    text = request.GET.get("q", "").replace("\0", "").strip()  # no column holds a NUL
    if not text:
        return redirect("cases:list")
    found = selectors.case_list(
        actor=request.actor, on=clock.today(), wanted=Filter(text=text), page=_page(request)
    )
    if found.total == 1 and found.rows[0].number == text:
        return redirect("cases:detail", found.rows[0].id)
    values = {"rows": found.rows, "page": _paged(found), "query": text, "form": None}
    return render(request, "cases/list.html", values)


@signed_in
@require_GET
def export(request: OfficerRequest) -> HttpResponse:
    """Send the list as it is filtered, as a workbook."""
    wanted = CaseFilterForm(request.GET).wanted()
    rows = selectors.every_row(actor=request.actor, on=clock.today(), wanted=wanted)
    return sent(workbook("案件", _HEADS, _cells(rows)), f"案件-{clock.today().isoformat()}.xlsx")


_HEADS = (
    "案号", "案件名称", "当事人", "承办人", "环节", "重大", "下一步", "待谁办理", "登记日期", "最近的期限", "逾期",
)  # fmt: skip


def _cells(rows: Iterator[CaseRow]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.number, row.title, "、".join(row.parties), "、".join(row.handlers),
            state_words(row.state), "是" if row.is_major else "",
            action_words(row.awaits_action), role_words(row.awaits_role), row.opened_on,
            row.due_on, "是" if row.late else "",
        )  # fmt: skip


def _page(request: OfficerRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _paged(found: CasePage) -> "Page[int]":
    """Return the page as the pagination part draws it."""
    return Paginator(range(found.total), PAGE_ROWS).get_page(found.page)
