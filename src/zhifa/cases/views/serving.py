"""Recording that a notice of correction was served (登记补正通知书的送达)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import selectors, serving
from zhifa.cases.forms.serving import NoticeServiceForm
from zhifa.cases.views.trail import crumbs
from zhifa.cases.wording import bad_words
from zhifa.documents import selectors as documents
from zhifa.law.errors import BadValue, Conflict, NotFound, Refused


@signed_in
@require_http_methods(["GET", "POST"])
def serve_notice(request: OfficerRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Ask to whom, how and when the notice was served, and make the receipt."""
    today = clock.today()
    found = selectors.case_for(case_id, actor=request.actor, on=today)
    notice = documents.document(document_id)
    if notice is None or notice.subject != case_id or notice.type_key != serving.NOTICE:
        raise NotFound
    left = serving.to_serve(notice, found.facts, serving.receivers(case_id, document_id))
    sent = request.POST if request.method == "POST" else None
    form = NoticeServiceForm(sent, facts=found.facts, to_serve=left, today=today)
    values = {
        "case": found, "notice": notice, "form": form, "crumbs": crumbs(found), "left": left,
        "title": f"登记送达：{notice.title}",
    }  # fmt: skip
    if sent is None or not form.is_valid():
        status = 200 if sent is None else 422
        return render(request, "cases/serve_notice.html", values, status=status)
    try:
        serving.serve_notice(
            case_id=case_id,
            notice_id=document_id,
            data=form.said(),
            actor=request.actor,
            on=form.cleaned_data["happened_on"],
            at=clock.now(),
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        return render(request, "cases/serve_notice.html", values | {"refused": refused}, status=409)
    except BadValue as wrong:
        values["problem"] = bad_words(wrong)
        return render(request, "cases/serve_notice.html", values, status=422)
    except Conflict:
        values["problem"] = "案件刚刚有了变动，请看过最新的情况再办"
        return render(request, "cases/serve_notice.html", values, status=409)
    messages.success(request, f"已登记送达：{notice.title}{notice.number}")
    return redirect(f"{reverse('cases:detail', args=(case_id,))}?tab=papers")
