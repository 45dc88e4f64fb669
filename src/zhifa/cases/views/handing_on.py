"""Handing on the work of a person who leaves (移交在办案件)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.forms.handing_on import HandingOnForm
from zhifa.cases.handing_on import HandingOn, handing_on, may_hand_on
from zhifa.cases.services import HandingOnRefused
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict


@signed_in
@require_http_methods(["GET", "POST"])
def hand_on(request: OfficerRequest) -> HttpResponse:
    """Choose who leaves, see the open cases, hand them to another officer, all or none."""
    today = clock.today()
    bodies = may_hand_on(request.actor, on=today)
    if not bodies:
        return render(request, "cases/handing_on_not_possible.html", status=403)
    leaving = _uuid(request.POST.get("leaving") or request.GET.get("leaving", ""))
    page = handing_on(leaving, actor=request.actor, bodies=bodies, on=today)
    sent = request.POST if request.method == "POST" else None
    form = HandingOnForm(sent, rows=page.cases, takers=page.takers, today=today)
    if sent is None or leaving is None:
        return _shown(request, page, form)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    try:
        done = services.reassign_work(
            case_ids=form.chosen(),
            leaving=ActorId(leaving),
            taking_over=ActorId(form.cleaned_data["taking_over"]),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            on=form.cleaned_data["happened_on"],
            at=clock.now(),
        )
    except HandingOnRefused as refused:
        return _shown(request, page, form, status=409, refused=refused)
    except Conflict:
        return _shown(request, page, form, status=409, changed=True)
    messages.success(request, f"已移交 {len(done)} 件案件")
    return redirect("cases:list")


def _shown(
    request: OfficerRequest,
    page: HandingOn,
    form: HandingOnForm,
    *,
    status: int = 200,
    refused: HandingOnRefused | None = None,
    changed: bool = False,
) -> HttpResponse:
    values = {"page": page, "form": form, "refused": refused, "changed": changed}
    return render(request, "cases/handing_on.html", values, status=status)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
