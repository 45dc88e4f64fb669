"""Correcting a clerical error in a served document (补正文书)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import record, selectors, services
from zhifa.cases.forms.paper_correction import PaperCorrectionForm
from zhifa.cases.views.trail import crumbs
from zhifa.cases.wording import bad_words
from zhifa.documents import selectors as documents
from zhifa.law.errors import BadValue, Conflict, NotFound


@signed_in
@require_http_methods(["GET", "POST"])
def correct_paper(request: OfficerRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Ask for the errors of an outward document and make the notice that corrects them."""
    found = selectors.case_for(case_id, actor=request.actor, on=clock.today())
    paper = documents.document(document_id)
    if paper is None or paper.subject != case_id or not paper.outward:
        raise NotFound
    sent = request.POST if request.method == "POST" else None
    made = record.paper_corrections(case_id, document_id)
    form = PaperCorrectionForm(sent, paper=paper, today=clock.today(), seen=len(made))
    values: dict[str, Any] = {
        "case": found, "paper": paper, "form": form, "crumbs": crumbs(found),
        "title": f"补正：{paper.title}",
    }  # fmt: skip
    if sent is not None and "add_row" not in sent and form.is_valid():
        try:
            services.correct_paper(
                case_id=case_id,
                document_id=document_id,
                corrections=form.corrections(),
                reasons=form.cleaned_data["reasons"],
                actor=request.actor,
                on=form.cleaned_data["happened_on"],
                at=clock.now(),
                seen=form.cleaned_data["seen"],
            )
        except BadValue as wrong:
            values["problem"] = bad_words(wrong)
        except Conflict:
            made = record.paper_corrections(case_id, document_id)
            again = sent.copy()
            again["seen"] = str(len(made))
            values["changed"] = made[form.cleaned_data["seen"] :] or made
            values["form"] = PaperCorrectionForm(
                again, paper=paper, today=clock.today(), seen=len(made)
            )
            return render(request, "cases/correct_paper.html", values, status=409)
        else:
            messages.success(request, f"已制作补正通知书：{paper.title}")
            return redirect(f"{reverse('cases:detail', args=(case_id,))}?tab=papers")
    refused = sent is not None and "add_row" not in sent
    return render(request, "cases/correct_paper.html", values, status=422 if refused else 200)
