"""Going on with the cases of a body that this one followed (承继办理)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import selectors, services
from zhifa.cases.forms.succession import SuccessionForm
from zhifa.law.errors import NotFound
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role


@signed_in
@require_http_methods(["GET", "POST"])
def go_on(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Show what the former bodies left open, and take it over, all of it or none."""
    today = clock.today()
    if body_id not in registry.scope(request.actor, on=today).bodies(Role.AGENCY_HEAD):
        raise NotFound
    rows = selectors.left_behind(body_id, today)
    units = [(str(one.id), one.name) for one in registry.units(body_id, today)]
    form = SuccessionForm(_sent(request), units=units)
    if not form.is_bound or not form.is_valid():
        values = {"form": form, "rows": rows, "body": registry.body(body_id)}
        return render(
            request, "cases/succession.html", values, status=422 if form.is_bound else 200
        )
    done = services.go_on_with(
        body_id=body_id,
        unit_id=UUID(form.cleaned_data["unit"]),
        case_ids=[row.id for row in rows],
        actor=request.actor,
        on=today,
        at=clock.now(),
    )
    messages.success(request, f"已承继 {done} 件案件")
    return redirect("cases:list")


def _sent(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None
