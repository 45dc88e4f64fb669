"""The page of a case, its terms, and the scan of a signed paper (案件页)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import explaining, selectors, services
from zhifa.cases.correction import day_of
from zhifa.cases.dossier import dossier
from zhifa.cases.forms.papers import SignedPaperForm
from zhifa.cases.selectors import CaseView
from zhifa.cases.views import uploads
from zhifa.cases.views.trail import crumbs
from zhifa.cases.wording import bad_words
from zhifa.documents import selectors as documents
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, NotFound, Refused

TABS = {"evidence": "证据", "papers": "文书", "draft": "拟处理意见", "review": "审核"}


@signed_in
@require_GET
def detail(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Show a case: what is next, what is missing and why, and everything that was done."""
    shown = dossier(case_id, actor=request.actor, on=clock.today())
    counts = {"evidence": len(shown.evidence), "papers": len(shown.papers)}
    tab = request.GET.get("tab", "evidence")
    values = {
        "page": shown,
        "tab": tab if tab in TABS else "evidence",
        "tabs": [
            (key, f"{words}（{counts[key]}）" if key in counts else words)
            for key, words in TABS.items()
        ],
    }
    return render(request, "cases/detail.html", values)


@signed_in
@require_GET
def term(request: OfficerRequest, case_id: UUID, position: int) -> HttpResponse:
    """Show how a term was computed, with every reason."""
    today = clock.today()
    found = selectors.case_for(case_id, actor=request.actor, on=today)
    stand = selectors.case_standing(found, actor=request.actor, on=today)
    terms = explaining.shown(found.facts, stand.context, on=today)
    shown = next((one for one in terms if one.position == position), None)
    if shown is None:
        raise NotFound
    values = {"case": found, "term": shown, "crumbs": crumbs(found)}
    return render(request, "cases/term.html", values)


@signed_in
@require_http_methods(["GET", "POST"])
def sign_paper(request: OfficerRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Tie the scan of a signed paper to its document."""
    found = selectors.case_for(case_id, actor=request.actor, on=clock.today())
    paper = documents.document(document_id)
    if paper is None or paper.subject != case_id:
        raise NotFound
    files = uploads.received(request, request.actor)
    since = paper.made_on
    if paper.step_sequence in found.facts.corrected:  # the signed paper says the right day
        since = min(since, day_of(case_id, paper.step_sequence))
    form = SignedPaperForm(
        request.POST or None, facts=found.facts, paper=paper, since=since, today=clock.today()
    )
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if not files.deposits and not files.errors:
            problem = "请选择签名件的扫描件或者照片"
        elif form.is_valid() and not files.errors:
            try:
                _attach(request, found, form, files)
            except (Refused, BadValue, Conflict) as wrong:
                problem = _words(wrong)
            else:
                messages.success(request, f"已上传签名件：{paper.title}")
                return redirect(f"{reverse('cases:detail', args=(case_id,))}?tab=papers")
    values = {
        "case": found, "paper": paper, "form": form, "files": files, "problem": problem,
        "crumbs": crumbs(found), "title": f"上传签名件：{paper.title}",
    }  # fmt: skip
    return render(request, "cases/sign_paper.html", values, status=status)


def _attach(
    request: OfficerRequest, found: CaseView, form: SignedPaperForm, files: uploads.Uploads
) -> None:
    by = tuple(map(ActorId, found.facts.handlers)) or (request.actor,)
    (attached,) = uploads.attachments(
        files.deposits[-1:], obtained_on=form.cleaned_data["signed_on"], obtained_by=by,
        name=form.name(), source="当事人签名",
    )  # fmt: skip
    services.attach_signed_paper(
        case_id=found.id,
        document_id=form.paper.id,
        attachment=form.signed(attached),
        actor=request.actor,
        at=clock.now(),
    )


def _words(wrong: Refused | BadValue | Conflict) -> str:
    if isinstance(wrong, Refused):
        return "；".join(bad_words(BadValue(one.code, one.about)) for one in wrong.violations)
    return bad_words(wrong if isinstance(wrong, BadValue) else BadValue(wrong.code))
