"""Pages that belong to no room: the work list, one's own page, the log of administration (待办、我的、管理日志)."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases.exporting import sent, workbook
from zhifa.config import administration as administrative
from zhifa.config import work_list as tasks
from zhifa.config.wording import ENTRIES
from zhifa.law.calendar import EARLIEST, LAST_DAY


@signed_in
def work_list(request: OfficerRequest) -> HttpResponse:
    """Show what waits for this person, most urgent first."""
    today = clock.today()
    found = tasks.tasks_for(request.actor, on=today)
    late = sum(task.late for task in found)
    summary = f"共 {len(found)} 件" + (f"，其中 {late} 件已逾期" if late else "") if found else ""
    return render(request, "site/work_list.html", {"tasks": found, "summary": summary})


@signed_in
@require_GET
def work_list_export(request: OfficerRequest) -> HttpResponse:
    """Send what waits for this person as a workbook."""
    today = clock.today()
    rows = (
        (task.why, task.title, task.due_on, "是" if task.late else "")
        for task in tasks.tasks_for(request.actor, on=today)
    )
    content = workbook("待办", ("要办的事", "事项", "期限", "逾期"), rows)
    return sent(content, f"待办-{today.isoformat()}.xlsx")


@signed_in
def me(request: OfficerRequest) -> HttpResponse:
    """Show one's own account, offices and means of signing in."""
    return render(request, "site/me.html")


class _LogFilter(forms.Form):
    """What the log of administration is narrowed to."""

    who = forms.CharField(
        label="办理人", required=False, max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "姓名或者登录名"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="事项", required=False, choices=[("", "全部"), *ENTRIES.items()],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip
    day = forms.DateField(
        label="日期", required=False,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LAST_DAY)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
    )  # fmt: skip

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read narrows nothing."""
        self.is_valid()
        return self.cleaned_data


@signed_in
@require_GET
def administration(request: OfficerRequest) -> HttpResponse:
    """Show the audit administrator what was done outside of cases, newest first."""
    form = _LogFilter(request.GET)
    number = request.GET.get("page", "1")
    page = administrative.log(
        request.actor,
        on=clock.today(),
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        **form.wanted(),
    )
    return render(request, "site/administration.html", {"form": form, "page": page})


@signed_in
@require_GET
def administration_export(request: OfficerRequest) -> HttpResponse:
    """Send the log as it is narrowed, as a workbook."""
    today = clock.today()
    lines = administrative.every_line(request.actor, on=today, **_LogFilter(request.GET).wanted())
    rows = ((line.at, line.who, line.what, line.about, line.details) for line in lines)
    content = workbook("管理日志", ("登记时间", "办理人", "事项", "对象", "内容"), rows)
    return sent(content, f"管理日志-{today.isoformat()}.xlsx")
