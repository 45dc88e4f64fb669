"""The pages every signed-in person has: the work list and one's own page (待办、我的)."""

from django.http import HttpResponse
from django.shortcuts import render

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.config import work_list as tasks


@signed_in
def work_list(request: OfficerRequest) -> HttpResponse:
    """Show what waits for this person, most urgent first."""
    today = clock.today()
    found = tasks.tasks_for(request.actor, on=today)
    late = sum(task.late for task in found)
    summary = f"共 {len(found)} 件" + (f"，其中 {late} 件已逾期" if late else "") if found else ""
    return render(request, "site/work_list.html", {"tasks": found, "summary": summary})


@signed_in
def me(request: OfficerRequest) -> HttpResponse:
    """Show one's own account, offices and means of signing in."""
    return render(request, "site/me.html")
