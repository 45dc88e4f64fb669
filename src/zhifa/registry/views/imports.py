"""Tables brought and taken out on pages (导入导出): checked row by row, confirmed, found again."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.law.errors import BadValue, Denied, NotFound
from zhifa.registry import listing, selectors
from zhifa.registry.forms.fields import put_choices
from zhifa.registry.forms.imports import BringForm
from zhifa.registry.imports import narrowing, running, runs, telling
from zhifa.registry.imports.report import Outcome
from zhifa.registry.imports.running import KINDS, Kind
from zhifa.registry.imports.states import RunState
from zhifa.registry.sheets.model import BadSheet
from zhifa.registry.views.base import page_number, sent_file, shown, viewer_of
from zhifa.registry.wording import words


@signed_in
@require_http_methods(["GET", "POST"])
def imports(request: OfficerRequest) -> HttpResponse:
    """Bring a table, and find one's earlier ones again."""
    viewer = viewer_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BringForm(sent[0], sent[1], initial={"kind": request.GET.get("kind", "")})
    bodies = [(one.identity.code, one.short_name) for one in selectors.bodies(viewer.on)]
    put_choices(form.fields["body"], bodies, empty="表里已经写明")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        run_id = runs.bring(
            kind=said["kind"], file_name=said["file"].name, content=said["file"].read(),
            body_code=said["body"], actor=viewer.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("registry:import", run_id)
    found = [(one, KINDS[one.kind].title) for one in runs.own_runs(viewer.actor)]
    return shown(
        request, "imports", viewer, form=form, runs=[(one, title, telling.STATES[one.state]) for one, title in found], kinds=KINDS.items(),
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@signed_in
@require_GET
def one_import(request: OfficerRequest, run_id: UUID) -> HttpResponse:
    """Show how far an import has come, and its report row by row."""
    viewer, found = viewer_of(request), runs.run(run_id, actor=request.actor)
    asked_again = request.headers.get("HX-Request") == "true"
    if asked_again and not found.works:
        return HttpResponseClientRefresh()  # the report is there now
    kind, report = KINDS[found.kind], found.report
    only = request.GET.get("only", "")
    told = list(telling.lines(kind, report)) if report else []
    if report and only in {outcome.value for outcome in Outcome}:
        told = [one for one in told if one.outcome == telling.label(Outcome(only), report)]
    counts = [
        (
            outcome.value,
            telling.label(outcome, report),
            telling.TONES[outcome],
            report.count(outcome),
        )
        for outcome in Outcome
        if report and report.count(outcome)
    ]
    return shown(
        request,
        "_import_state" if asked_again else "import",
        viewer,
        run=found,
        kind=kind,
        report=report,
        counts=counts,
        only=only,
        page=listing.paged(told, page_number(request)),
        notes=telling.notes(report) if report else [],
        waits=found.state is RunState.CHECKED,
        body=found.body_code,
        ended=telling.STATES[found.state],
    )


@signed_in
@require_POST
def confirm(request: OfficerRequest, run_id: UUID) -> HttpResponse:
    """Have a checked table written, whole or without its bad rows."""
    try:
        runs.confirm(
            run_id=run_id,
            keep_good="keep_good" in request.POST,
            actor=request.actor,
            at=clock.now(),
        )
    except BadValue as problem:
        messages.error(request, words(problem.code, problem.about))
    return redirect("registry:import", run_id)


@signed_in
@require_POST
def give_up(request: OfficerRequest, run_id: UUID) -> HttpResponse:
    """Drop a checked table."""
    runs.give_up(run_id=run_id, actor=request.actor, at=clock.now())
    messages.success(request, "已放弃，没有写入任何内容")
    return redirect("registry:imports")


@signed_in
@require_GET
def report(request: OfficerRequest, run_id: UUID) -> HttpResponse:
    """Send the report of an import as a workbook."""
    found = runs.run(run_id, actor=request.actor)
    if found.report is None:
        raise NotFound
    return sent_file(telling.as_file(found.report), f"导入报告-{KINDS[found.kind].title}.xlsx")


@signed_in
@require_GET
def template(request: OfficerRequest, kind: str) -> HttpResponse:
    """Send an empty table of a kind, with how to fill it in."""
    found = _kind(kind)
    return sent_file(running.template(found), f"{found.title}-导入模板.xlsx")


@signed_in
@require_GET
def export(request: OfficerRequest, kind: str) -> HttpResponse:
    """Send what is registered of a kind as a workbook, in the columns that can be imported."""
    viewer, found = viewer_of(request), _kind(kind)
    if found.key == "officers" and not (viewer.is_administrator or viewer.is_supervisor):
        raise Denied("role.missing")  # login names stand in it
    asked = request.GET
    try:
        data = running.export(
            found, on=viewer.on, body=_code(asked.get("body", "")), scope=viewer.scope,
            state=asked.get("state", ""), keep=partial(narrowing.kept, found.key, asked, viewer.on),
        )  # fmt: skip
    except BadSheet as problem:
        messages.error(request, words(problem.code, problem.about))
        return redirect("registry:imports")
    return sent_file(data, f"{found.title}-{viewer.on.isoformat()}.xlsx")


def _code(body: str) -> str:
    """Return the code of a body that a list names by its id."""
    known = {str(one.id): one.identity.code for one in selectors.every_body()}
    return known.get(body, body)


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise NotFound
    return KINDS[key]
