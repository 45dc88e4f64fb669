"""Going on with the cases of a body that this one followed (承继办理)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.forms.succession import SuccessionForm
from zhifa.cases.going_on import left_behind
from zhifa.cases.wording import WORDS
from zhifa.law.errors import Conflict, NotFound
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role, UnitKind


@signed_in
@require_http_methods(["GET", "POST"])
def go_on(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Show what the former bodies left open, and take over what is chosen, all of it or none."""
    today = clock.today()
    if body_id not in registry.scope(request.actor, on=today).bodies(Role.AGENCY_HEAD):
        raise NotFound
    rows = left_behind(body_id, today)
    units = [
        (str(one.id), one.name)
        for one in registry.units(body_id, today)
        if one.kind is UnitKind.HANDLING
    ]
    form = SuccessionForm(_sent(request), rows=rows, units=units)
    if form.is_bound and form.is_valid():
        try:
            done = services.go_on_with(
                body_id=body_id,
                unit_id=UUID(form.cleaned_data["unit"]),
                case_ids=form.chosen(),
                actor=request.actor,
                on=today,
                at=clock.now(),
            )
        except (Conflict, NotFound):  # another successor was first
            form.add_error(None, WORDS["case.not_followed"])
        else:
            messages.success(request, f"已接办 {done} 件案件")
            return redirect("cases:list")
    values = {
        "form": form, "rows": rows, "units": units, "body": registry.body(body_id),
        "shared": any(row.shared for row in rows),
    }  # fmt: skip
    return render(request, "cases/succession.html", values, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None
