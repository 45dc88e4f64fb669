"""The opinion of the legal reviewer (法制审核意见): it moves the case, so it stands here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.forms.opinion import OpinionForm
from zhifa.cases.reviewing import Reviewing, reviewing
from zhifa.law.errors import Conflict, Refused


@signed_in
@require_http_methods(["GET", "POST"])
def opinion(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Show the dossier beside the checklist, or record the opinion."""
    page = reviewing(case_id, actor=request.actor, on=clock.today())
    form = OpinionForm(request.POST or None, seen=page.shown.case.version, today=clock.today())
    if request.method != "POST":
        return _shown(request, page, form)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    try:
        services.give_opinion(
            case_id=case_id,
            value=form.cleaned_data["value"],
            checks=form.checks(),
            text=form.cleaned_data["text"],
            actor=request.actor,
            on=form.cleaned_data["happened_on"],
            at=clock.now(),
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        return _shown(request, page, form, status=409, refused=refused)
    except Conflict:
        return _shown(request, page, form, status=409, changed=True)
    messages.success(request, "已出具法制审核意见")
    return redirect("cases:detail", case_id)


def _shown(
    request: OfficerRequest,
    page: Reviewing,
    form: OpinionForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
    changed: bool = False,
) -> HttpResponse:
    values = {
        "page": page, "form": form, "refused": refused, "changed": changed,
        "crumbs": [("法制审核", reverse("review:queue"))],
    }  # fmt: skip
    return render(request, "cases/opinion.html", values, status=status)
