"""The scope matrix (三项制度实施范围): read by a day, who must do what; set from a day on; R-06."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.law.errors import Denied
from zhifa.registry import selectors, services
from zhifa.registry.forms.fields import Day, FilterForm, choice, picked
from zhifa.registry.forms.matrix import BY_SUPERIOR, EVERYBODY, Lines, MatrixForm
from zhifa.registry.rules import ActType, Coverage
from zhifa.registry.scope_matrix import COLUMNS, MATRICES, SIGNS, Cell
from zhifa.registry.views.base import Viewer, attempted, bound, shown, viewer_of
from zhifa.registry.wording import ACT_TYPES, COVERAGES


class _MatrixForm(FilterForm):
    on = Day("日期", required=False)
    act_type = choice(
        "谁必须做", {one: ACT_TYPES[one] for one in COLUMNS}, empty="不查", required=False
    )


@dataclass(frozen=True, slots=True)
class _Sign:
    """A cell of the matrix as it is drawn and as it is read out."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    agency: str
    body: UUID | None
    cells: tuple[_Sign, ...]


@signed_in
@require_GET
def matrix(request: OfficerRequest) -> HttpResponse:
    """Show the scope matrix of a day, who must do an act, and every matrix there was."""
    viewer = viewer_of(request)
    form = _MatrixForm(request.GET or {"on": viewer.on.isoformat()})
    said = form.cleaned_data if form.is_valid() else {}
    on = said.get("on") or viewer.on
    asked = picked(ActType, said.get("act_type", ""))
    found = selectors.scope_matrix(on)
    return shown(
        request,
        "matrix",
        viewer,
        form=form,
        on=on,
        heads=[ACT_TYPES[one] for one in COLUMNS],
        lines=[_line(row) for row in found],
        basis=found[0].basis if found else "",
        asked=asked,
        obliged=selectors.who_must(asked, on=on) if asked else [],
        history=selectors.scope_matrices(),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def set_matrix(request: OfficerRequest) -> HttpResponse:
    """Say which agencies must do what from a day on; begun from what holds, or from a notice shipped here."""
    viewer = viewer_of(request)
    if not viewer.is_supervisor:
        raise Denied("role.missing")
    first, form = _begun(request, viewer)
    lines = Lines(bound(request), first=first, more="add_row" in request.POST)
    if request.method == "POST" and "add_row" not in request.POST:
        right = form.is_valid()  # both are asked, so that everything wrong is said at once
        if lines.is_valid() and right and attempted(form, lambda: _set(viewer, form, lines)):
            messages.success(request, "已登记实施范围")
            day = form.cleaned_data["valid_from"].isoformat()
            return redirect(f"{reverse('registry:matrix')}?on={day}")
    status = 422 if form.is_bound and "add_row" not in request.POST else 200
    return shown(
        request,
        "matrix_form",
        viewer,
        status=status,
        form=form,
        lines=lines,
        everybody=EVERYBODY,
        heads=[ACT_TYPES[one] for one in COLUMNS],
        agencies=[one.short_name for one in selectors.bodies(viewer.on)],
        notices=list(enumerate(MATRICES)),
        crumbs=[("实施范围", reverse("registry:matrix"))],
    )


def _set(viewer: Viewer, form: MatrixForm, lines: Lines) -> None:
    said = form.cleaned_data
    wanted = lines.matrix(valid_from=said["valid_from"], basis=said["basis"])
    services.set_scope_matrix(
        matrix=wanted, bodies=_called(said["valid_from"]), actor=viewer.actor, at=clock.now(),
        replaces=said["replaces"],
    )  # fmt: skip


def _begun(request: OfficerRequest, viewer: Viewer) -> tuple[Sequence[Cell], MatrixForm]:
    """Return the cells to begin with and the form: of the notice that is asked for, or what holds today."""
    text = request.GET.get("notice", "")
    if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(MATRICES):
        notice = MATRICES[int(text)]
        initial = {"valid_from": notice.valid_from, "basis": notice.basis}
        return notice.cells, MatrixForm(bound(request), initial=initial)
    cells = [
        Cell(row.agency, cell.act_type, cell.coverage, cell.by_superior)
        for row in selectors.scope_matrix(viewer.on)
        for cell in row.cells
    ]
    return cells, MatrixForm(bound(request), initial={"valid_from": viewer.on})


def _called(on: date) -> dict[str, UUID]:
    """Return the bodies of the day by what they are called, as far as only one is."""
    found: dict[str, UUID | None] = {}
    for body in selectors.bodies(on):
        for name in {body.name, body.short_name}:
            found[name] = None if name in found else body.id
    return {name: body for name, body in found.items() if body is not None}


def _line(row: selectors.MatrixRow) -> _Line:
    by_type = {cell.act_type: cell for cell in row.cells}
    cells = tuple(_sign(by_type.get(act_type)) for act_type in COLUMNS)
    return _Line(row.agency or EVERYBODY, row.body, cells)


def _sign(cell: selectors.MatrixCell | None) -> _Sign:
    if cell is None:
        return _Sign(SIGNS[Coverage.NONE], COVERAGES[Coverage.NONE])
    sign = SIGNS[cell.coverage].replace("–", "") if cell.by_superior else SIGNS[cell.coverage]
    words = COVERAGES[cell.coverage]
    if cell.by_superior:
        sign, words = f"{sign}◇", f"{words}；{BY_SUPERIOR}"
    return _Sign(sign, words)
