"""Correcting a wrong entry (更正记录): one person asks and says what should stand there, a head answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.correction import Correcting, correcting
from zhifa.cases.forms.correction import AnswerForm, CorrectionForm
from zhifa.cases.granting import Granting, granting
from zhifa.cases.views.trail import crumbs
from zhifa.cases.wording import action_words
from zhifa.law.errors import Conflict, Refused
from zhifa.procedures import actions as a


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: OfficerRequest, case_id: UUID, sequence: int) -> HttpResponse:
    """Show an entry as it stands, or ask for it to be put right."""
    page = correcting(case_id, sequence, actor=request.actor, on=clock.today())
    sent = request.POST if request.method == "POST" else None
    form, step = page.form(sent), page.step_form(sent)
    if sent is None or "add_row" in sent:
        return _shown(request, page, form, step)
    if not form.is_valid() or not step.is_valid():
        return _shown(request, page, form, step, status=422)
    try:
        services.ask_correction(
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
    messages.success(request, f"已申请更正第 {sequence} 步，等承办机构或者机关的负责人批准")
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
        "crumbs": crumbs(page.case), "title": f"申请更正：{action_words(page.entry.action)}",
    }  # fmt: skip
    return render(request, "cases/correct.html", values, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: OfficerRequest, case_id: UUID, asked: int) -> HttpResponse:
    """Show what a correction would change, and grant or refuse it."""
    page = granting(case_id, asked, actor=request.actor, on=clock.today())
    form = page.form(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _to_answer(request, page, form)
    if not form.is_valid():
        return _to_answer(request, page, form, status=422)
    try:
        _answered(request, page, form)
    except Refused as refused:
        return _to_answer(request, page, form, status=409, refused=refused)
    except Conflict:
        return _to_answer(request, page, form, status=409, changed=True)
    step = page.wrong.entry.sequence
    messages.success(
        request,
        f"已更正第 {step} 步，期限已重新计算"
        if form.cleaned_data["grant"]
        else f"第 {step} 步没有更正",
    )
    return redirect("cases:detail", case_id)


def _answered(request: OfficerRequest, page: Granting, form: AnswerForm) -> None:
    said, asked = form.cleaned_data, page.entry.sequence
    who = {
        "case_id": page.case.id, "actor": request.actor, "on": clock.today(), "at": clock.now(),
        "seen": said["case_version"],
    }  # fmt: skip
    if said["grant"]:
        services.grant_correction(data=a.Correct(asked=asked), **who)
    else:
        services.refuse_correction(
            data=a.RefuseCorrection(asked=asked, reason=said["reason"]), **who
        )


def _to_answer(
    request: OfficerRequest,
    page: Granting,
    form: AnswerForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
    changed: bool = False,
) -> HttpResponse:
    values = {
        "page": page, "form": form, "refused": refused, "changed": changed,
        "crumbs": crumbs(page.case),
        "title": f"审批更正：第 {page.wrong.entry.sequence} 步 {action_words(page.wrong.entry.action)}",
    }  # fmt: skip
    return render(request, "cases/answer_correction.html", values, status=status)
