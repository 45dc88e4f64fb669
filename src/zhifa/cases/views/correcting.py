"""Correcting a wrong entry (更正记录): the step is named, filled in anew, with a reason and an approver."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.correction import Correcting, correcting
from zhifa.cases.forms.correction import CorrectionForm
from zhifa.cases.views.trail import crumbs
from zhifa.cases.wording import action_words
from zhifa.law.errors import Conflict, Denied, Refused


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: OfficerRequest, case_id: UUID, sequence: int) -> HttpResponse:
    """Show a wrong entry as it stands, or put it right."""
    page = correcting(case_id, sequence, actor=request.actor, on=clock.today())
    sent = request.POST if request.method == "POST" else None
    form, step = page.form(sent), page.step_form(sent)
    if sent is None or "add_row" in sent:
        return _shown(request, page, form, step)
    if not form.is_valid() or not step.is_valid():
        return _shown(request, page, form, step, status=422)
    try:
        services.correct_step(
            case_id=case_id,
            data=page.said(form, step),
            actor=request.actor,
            on=clock.today(),
            at=clock.now(),
            seen=form.cleaned_data["case_version"],
        )
    except Refused as refused:
        return _shown(request, page, form, step, status=409, refused=refused)
    except Conflict:
        return _shown(request, page, form, step, status=409, changed=True)
    except Denied:
        form.add_error("approver", "批准人现在不是承办机构或者机关的负责人")
        return _shown(request, page, form, step, status=422)
    messages.success(request, f"已更正第 {sequence} 步，期限已重新计算")
    return redirect("cases:detail", case_id)


def _shown(
    request: OfficerRequest,
    page: Correcting,
    form: CorrectionForm,
    step: object,
    *,
    status: int = 200,
    refused: Refused | None = None,
    changed: bool = False,
) -> HttpResponse:
    values = {
        "page": page, "form": form, "step": step, "refused": refused, "changed": changed,
        "crumbs": crumbs(page.case), "title": f"更正：{action_words(page.entry.action)}",
    }  # fmt: skip
    return render(request, "cases/correct.html", values, status=status)
