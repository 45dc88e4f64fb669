"""From which numbers a body goes on this year (起始号)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases.forms.numbers import NumbersForm
from zhifa.cases.numbers import NumberLine, number_lines, seen_of, start_numbers
from zhifa.law.errors import Conflict, Denied
from zhifa.registry import selectors as registry


@signed_in
@require_http_methods(["GET", "POST"])
def numbers(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Show how far each series has come, and let those without a number begin elsewhere than at one."""
    body, today = registry.body(body_id), clock.today()
    if not body.kept_by(registry.scope(request.actor, on=today)):
        raise Denied("role.missing")
    lines = number_lines(body_id, today.year)
    form = NumbersForm(request.POST if request.method == "POST" else None, lines=lines)
    status, changed = 422 if form.is_bound else 200, None
    if form.is_bound and form.is_valid():
        try:
            start_numbers(
                body_id=body_id, firsts=form.firsts(), actor=request.actor, at=clock.now(),
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except Conflict:  # someone else was first, or a number was given meanwhile
            lines = number_lines(body_id, today.year)
            status, changed = 409, _changed(request.POST, lines)
            again = request.POST.copy()
            again["seen"] = seen_of(lines)
            form = NumbersForm(again, lines=lines)
        else:
            messages.success(request, "已登记起始号")
            return redirect("registry:body", body_id)
    values = {
        "form": form, "begun": [line for line in lines if line.begun], "body": body, "year": today.year,
        "changed": changed,
        "crumbs": [(body.short_name, reverse("registry:body", args=[body_id]))],
    }  # fmt: skip
    return render(request, "cases/numbers.html", values, status=status)


def _changed(sent: QueryDict, lines: list[NumberLine]) -> list[NumberLine]:
    """Return what stands there now and is not what was filled in."""
    found = []
    for place, line in enumerate(lines):
        said = sent.get(f"first_{place}")
        if said is not None and (line.begun or said.strip() != str(line.first)):
            found.append(line)
    return found
