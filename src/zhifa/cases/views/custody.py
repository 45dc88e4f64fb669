"""The page of an item of evidence, and what is noted there (证据页)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import custody
from zhifa.cases.custody import ItemShown, item_shown
from zhifa.cases.forms.custody import CustodyForm, ExclusionForm
from zhifa.cases.views.trail import crumbs
from zhifa.evidence.wording import KINDS
from zhifa.law.errors import Denied, Refused

# Browsers draw these by themselves without running anything in them.
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/bmp"})


@signed_in
@require_GET
def item(request: OfficerRequest, case_id: UUID, item_id: UUID) -> HttpResponse:
    """Show an item: particulars, digests, chain of custody, what may be noted."""
    return _shown(request, item_shown(case_id, item_id, actor=request.actor, on=clock.today()))


@signed_in
@require_POST
def note(request: OfficerRequest, case_id: UUID, item_id: UUID) -> HttpResponse:
    """Note that an item left, came back or was copied."""
    page = item_shown(case_id, item_id, actor=request.actor, on=clock.today())
    if not page.may_note:
        raise Denied("role.missing")
    form = CustodyForm(request.POST, item=page.item)
    if not form.is_valid():
        return _shown(request, page, noting=form, status=422)
    try:
        custody.note_custody(
            case_id=case_id,
            item_id=item_id,
            action=form.noted(),
            counterpart=form.cleaned_data["counterpart"],
            purpose=form.cleaned_data["purpose"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refused:
        return _shown(request, page, noting=form, status=409, refused=refused)
    messages.success(request, "已登记到保管记录")
    return redirect("cases:evidence", case_id, item_id)


@signed_in
@require_POST
def exclude(request: OfficerRequest, case_id: UUID, item_id: UUID) -> HttpResponse:
    """Set an item aside as obtained illegally."""
    form = ExclusionForm(request.POST)
    page = item_shown(case_id, item_id, actor=request.actor, on=clock.today())
    if not page.may_exclude and page.item.excluded_at is None:
        raise Denied("role.missing")
    if not form.is_valid():
        return _shown(request, page, excluding=form, status=422)
    try:
        custody.exclude(
            case_id=case_id,
            item_id=item_id,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refused:
        return _shown(request, page, excluding=form, status=409, refused=refused)
    messages.success(request, f"已排除证据：{page.item.name}")
    return redirect("cases:evidence", case_id, item_id)


def _shown(
    request: OfficerRequest,
    page: ItemShown,
    *,
    noting: CustodyForm | None = None,
    excluding: ExclusionForm | None = None,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    values = {
        "page": page,
        "kind": KINDS[page.item.kind],
        "is_picture": page.item.media_type in _PICTURES,
        "noting": noting or CustodyForm(item=page.item),
        "excluding": excluding or ExclusionForm(),
        "refused": refused,
        "crumbs": crumbs(page.case),
    }
    return render(request, "cases/evidence_item.html", values, status=status)
