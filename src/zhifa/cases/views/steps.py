"""Taking a step (办理一步): the form prefilled, checked while it is filled in, refused with every reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.dossier import paper_titles
from zhifa.cases.drafts import Line, lines
from zhifa.cases.forms.base import StepForm
from zhifa.cases.previewing import previews
from zhifa.cases.services import Attachment
from zhifa.cases.stepping import Stepping, forbidding, stepping
from zhifa.cases.views import uploads
from zhifa.cases.views.trail import crumbs
from zhifa.cases.views.uploads import Uploads
from zhifa.cases.wording import action_words, bad_words
from zhifa.evidence.rules import EvidenceKind
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Refused
from zhifa.procedures import actions as a
from zhifa.procedures.model import NoSuchStep, StepRefused

_SHOWS_DRAFT = frozenset({"decide", "notify", "renotify"})


@signed_in
@require_http_methods(["GET", "POST"])
def step(request: OfficerRequest, case_id: UUID, action: str) -> HttpResponse:
    """Show the form of a step, or take it."""
    try:
        page = stepping(case_id, action, actor=request.actor, on=clock.today())
    except NoSuchStep as gone:
        return render(request, "cases/step_gone.html", {"gone": gone, "id": case_id}, status=409)
    if request.method != "POST":
        return _shown(request, page, page.form())
    form = page.form(request.POST)
    files = uploads.received(request, request.actor) if form.files_label else Uploads()
    if {"add_row", "back", "drop_uploads"} & set(request.POST):
        return _shown(request, page, form, files)
    if not form.is_valid() or files.errors:
        return _shown(request, page, form, files, status=422)
    if page.final and "confirmed" not in request.POST:
        return _asked(request, page, form, files)
    return _taken(request, page, form, files)


def _asked(request: OfficerRequest, page: Stepping, form: StepForm, files: Uploads) -> HttpResponse:
    """Ask once more, of what the rules allow now and nobody overtook: a yes is not refused afterwards."""
    if form.cleaned_data["seen"] != page.case.version:
        return _conflict(request, page, files, Conflict("case.changed_meanwhile"))
    broken = forbidding(
        page.case, page.action, form.said(), actor=request.actor,
        on=form.cleaned_data["happened_on"], today=page.on,
    )  # fmt: skip
    if broken:
        refused = StepRefused(page.action, broken)
        return _shown(request, page, form, files, status=409, refused=refused)
    return _to_confirm(request, page, form, files)


def _taken(request: OfficerRequest, page: Stepping, form: StepForm, files: Uploads) -> HttpResponse:
    """Take the step; what forbids it is shown beside the form as it was filled in."""
    try:
        services.take_step(
            case_id=page.case.id,
            action=page.action,
            data=form.said(),
            actor=request.actor,
            on=form.cleaned_data["happened_on"],
            at=clock.now(),
            seen=form.cleaned_data["seen"],
            attachments=_attachments(page, form, files, request.actor),
        )
    except Refused as refused:
        return _shown(request, page, form, files, status=409, refused=refused)
    except BadValue as wrong:
        return _shown(request, page, form, files, status=422, problem=bad_words(wrong))
    except Conflict as conflict:
        return _conflict(request, page, files, conflict)
    messages.success(request, f"已办理：{action_words(page.action)}")
    return redirect("cases:detail", page.case.id)


@signed_in
@require_POST
def check(request: OfficerRequest, case_id: UUID, action: str) -> HttpResponse:
    """Say what would forbid the step as it is filled in so far; changes nothing."""
    today = clock.today()
    page = stepping(case_id, action, actor=request.actor, on=today)
    values = _checked(page, page.form(request.POST)) | {"case_id": case_id}
    return render(request, "cases/_checks.html", values)


def _checked(page: Stepping, form: StepForm) -> dict[str, Any]:
    """Return what would forbid the step as a form that was sent says it, and what should not be overlooked."""
    data = form.said() if form.is_valid() else None
    on = form.cleaned_data.get("happened_on", page.on)
    found = forbidding(page.case, page.action, data, actor=page.actor, on=on, today=page.on)
    cautions = page.cautions(form) if data else ()
    return {"missing": page.missing(found), "is_whole": data, "cautions": cautions}


@signed_in
@require_POST
def preview(request: OfficerRequest, case_id: UUID, action: str) -> HttpResponse:
    """Show the documents the step would make, as it is filled in so far; changes nothing."""
    today = clock.today()
    page = stepping(case_id, action, actor=request.actor, on=today)
    form = page.form(request.POST)
    values: dict[str, Any] = {"page": page, "problem": ""}
    if form.is_valid():
        on = form.cleaned_data["happened_on"]
        try:
            found = previews(page.case, action, form.said(), actor=request.actor, on=on)
            values["previews"] = found
        except BadValue as wrong:
            values["problem"] = bad_words(wrong)
    else:
        values["problem"] = "填写完整后才能预览"
    part = "cases/_preview.html" if request.headers.get("HX-Request") else "cases/preview.html"
    return render(request, part, values)


def _shown(
    request: HttpRequest,
    page: Stepping,
    form: StepForm,
    files: Uploads | None = None,
    *,
    status: int = 200,
    refused: Refused | None = None,
    problem: str = "",
    changed: Any = (),
) -> HttpResponse:
    values = {
        "page": page,
        "form": form,
        "files": files or Uploads(),
        "refused": page.missing(refused.violations) if refused else (),
        "case_id": page.case.id,
        "problem": problem,
        "changed": changed,
        "papers": paper_titles(page.choice.documents),
        "crumbs": crumbs(page.case),
    }
    if form.is_bound:
        values |= _checked(page, form)
    else:
        missing, cautions = page.missing(page.choice.violations), page.cautions(form)
        values |= {"missing": missing, "is_whole": False, "cautions": cautions}
    return render(request, "cases/step.html", values, status=status)


def _to_confirm(
    request: HttpRequest, page: Stepping, form: StepForm, files: Uploads
) -> HttpResponse:
    """Show exactly what will happen, and ask once more."""
    left_out = {"csrfmiddlewaretoken", "uploads", "preview"}
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
    values = {
        "page": page,
        "title": f"核对：{action_words(page.action)}",
        "crumbs": crumbs(page.case),
        "summary": form.look_over(),
        "draft": _draft(page),
        "cautions": page.cautions(form),
        "files": files,
        "sent": sent,
        "papers": paper_titles(page.case.procedure.step(page.case.state, page.action)
                               .documents_for(form.said())),
    }  # fmt: skip
    return render(request, "cases/step_confirm.html", values)


def _draft(page: Stepping) -> list[Line]:
    """Return the proposal where the step makes it final."""
    facts = page.case.facts
    draft = facts.draft
    return lines(draft, facts.parties) if draft is not None and page.action in _SHOWS_DRAFT else []


def _conflict(
    request: HttpRequest, page: Stepping, files: Uploads, conflict: Conflict
) -> HttpResponse:
    """Give the form back as it was filled in, with what happened in the meantime."""
    if conflict.code != "case.changed_meanwhile":
        problem = bad_words(BadValue(conflict.code))
        return _shown(request, page, page.form(request.POST), files, status=409, problem=problem)
    seen = page.form(request.POST)
    seen.is_valid()
    changed = page.since(seen.cleaned_data.get("seen", 0))
    again: QueryDict = request.POST.copy()
    again["seen"] = str(page.case.version)
    form = page.form(again)
    return _shown(request, page, form, files, status=409, changed=changed or (None,))


def _attachments(
    page: Stepping, form: StepForm, files: Uploads, actor: ActorId
) -> tuple[Attachment, ...]:
    """Return the files with what the step says of them."""
    on = form.cleaned_data["happened_on"]
    by = tuple(map(ActorId, page.case.facts.handlers)) or (actor,)
    said = form.said()
    if isinstance(said, a.CollectEvidence):
        return uploads.attachments(
            files.deposits, obtained_on=on, obtained_by=by, name=said.name,
            kind=EvidenceKind(said.kind), source=said.source, pages=said.pages,
        )  # fmt: skip
    return uploads.attachments(
        files.deposits, obtained_on=on, obtained_by=by, place=getattr(said, "place", "")
    )
