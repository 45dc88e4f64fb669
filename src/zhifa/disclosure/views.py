"""Pages of disclosure (公示办理): the queue, one publication, and what the registry shows the public."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.disclosure import policy as chosen
from zhifa.disclosure import selectors, services
from zhifa.disclosure.authority import authority
from zhifa.disclosure.forms import MaskForm, PolicyForm, TurnForm, WithdrawForm
from zhifa.disclosure.rules import BANS, Act, WithdrawalGround
from zhifa.disclosure.wording import ACTS
from zhifa.law.errors import NotFound, Refused
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role


@signed_in
@require_GET
def queue(request: OfficerRequest) -> HttpResponse:
    """What must be published by when, what is under way, what has to be taken back."""
    on = clock.today()
    scope = registry.scope(request.actor, on=on)
    bodies = scope.bodies(Role.DISCLOSURE_PUBLISHER)
    around = {
        "queue": selectors.queue(request.actor, on=on),
        "publishes_for": [one for one in registry.bodies(on) if one.id in bodies],
        "left_shown": selectors.left_shown(request.actor, on=on),
        "works_in": [one for one in registry.bodies(on) if one.id in scope.member_bodies],
    }
    return render(request, "disclosure/queue.html", around)


@signed_in
@require_POST
def begin(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Begin the publication of a decision."""
    publication_id = services.draft(
        case_id=case_id, actor=request.actor, on=clock.today(), at=clock.now()
    )
    messages.success(request, "已开始编辑公示内容")
    return redirect("disclosure:publication", publication_id)


@signed_in
@require_GET
def publication(request: OfficerRequest, publication_id: UUID) -> HttpResponse:
    """One publication: original and public version side by side, who did what, what is next."""
    return _page(request, publication_id)


@signed_in
@require_POST
def mask(request: OfficerRequest, publication_id: UUID) -> HttpResponse:
    """Keep what the editor takes out besides the automatic redaction."""
    form = MaskForm(request.POST)
    if not form.is_valid():
        return _page(request, publication_id, mask_form=form, status=422)
    services.mask(
        publication_id=publication_id,
        masking=form.masking(),
        actor=request.actor,
        on=clock.today(),
        at=clock.now(),
        seen=form.cleaned_data["seen"],
    )
    messages.success(request, "已保存，下面是新的公开版本")
    return redirect("disclosure:publication", publication_id)


@signed_in
@require_POST
def turn(request: OfficerRequest, publication_id: UUID) -> HttpResponse:
    """Take a publication one step on; what forbids it is shown on its own page."""
    form = TurnForm(request.POST)
    if not form.is_valid():
        return _page(request, publication_id, status=422)
    act = Act(form.cleaned_data["act"])
    try:
        services.take_turn(
            publication_id=publication_id,
            act=act,
            actor=request.actor,
            on=clock.today(),
            at=clock.now(),
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
        )
    except Refused as refused:
        return _page(request, publication_id, refused=refused, reason=form.cleaned_data["reason"],
                     status=409)  # fmt: skip
    messages.success(request, f"已{ACTS[act]}")
    return redirect("disclosure:publication", publication_id)


@signed_in
@require_POST
def withdraw(request: OfficerRequest, publication_id: UUID) -> HttpResponse:
    """Take a published decision back."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, publication_id, withdraw_form=form, status=422)
    try:
        services.withdraw(
            publication_id=publication_id,
            ground=WithdrawalGround(form.cleaned_data["ground"]),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            on=clock.today(),
            at=clock.now(),
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        return _page(request, publication_id, refused=refused, withdraw_form=form, status=409)
    messages.success(request, "已撤回，门户收到后原网址只显示撤回时间和原因")
    return redirect("disclosure:publication", publication_id)


@signed_in
@xframe_options_sameorigin
@require_GET
def document(request: OfficerRequest, publication_id: UUID) -> HttpResponse:
    """The public version of the document as it is now."""
    pdf = selectors.public_pdf(publication_id, actor=request.actor, on=clock.today())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="public-version.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def records(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """What the registry says of a body beside what the public reads; publish what changed."""
    on = clock.today()
    if not authority(request.actor, on=on).keeps_records(body_id, on):
        raise NotFound
    if request.method == "POST":
        pairs = (one.partition("|")[::2] for one in request.POST.getlist("record"))
        number = services.publish_records(
            body_id=body_id, wanted=frozenset(pairs), actor=request.actor, on=on, at=clock.now()
        )
        messages.success(request, f"已发布 {number} 项，正在送往门户")
        return redirect("disclosure:records", body_id)
    changes = selectors.record_changes(body_id, on=on)
    around = {
        "body": registry.body(body_id),
        "after": [one for one in registry.succession(body_id) if one.predecessor == body_id],
        "changes": changes,
        "to_publish": [one for one in changes if one.status != "same"],
        "published": [one for one in changes if one.status == "same"],
    }
    return render(request, "disclosure/records.html", around)


@signed_in
@require_http_methods(["GET", "POST"])
def policy(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """What a body publishes: bans of the law, its choices, the defaults; and a new choice."""
    on = clock.today()
    scope = registry.scope(request.actor, on=on)
    if not scope.sees_body(body_id):
        raise NotFound
    form = PolicyForm(request.POST if request.method == "POST" else None)
    refused = None
    if form.is_bound and form.is_valid():
        try:
            chosen.choose(
                body_id=None if form.cleaned_data["for_all"] else body_id,
                line=form.line(),
                valid_from=form.cleaned_data["valid_from"],
                actor=request.actor,
                on=on,
                at=clock.now(),
            )
        except Refused as fault:
            refused = fault
        else:
            messages.success(request, "已登记，施行日以后送达的决定按此办理")
            return redirect("disclosure:policy", body_id)
    around = {
        "body": registry.body(body_id),
        "lines": chosen.table(body_id, on=on),
        "bans": BANS,
        "form": form,
        "refused": refused,
        "may_choose": scope.may(Role.DISCLOSURE_REVIEWER, body_id) or scope.bodies(Role.SUPERVISOR),
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "disclosure/policy.html", around, status=status)


def _page(
    request: OfficerRequest,
    publication_id: UUID,
    *,
    refused: Refused | None = None,
    mask_form: MaskForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the page of a publication, with what was typed if a form comes back."""
    found = selectors.publication(publication_id, actor=request.actor, on=clock.today())
    start: dict[str, Any] = {"seen": found.version}
    around = {
        "found": found,
        "refused": refused,
        "reason": reason,
        "mask_form": mask_form or MaskForm(initial=start | {"found": found.found}),
        "withdraw_form": withdraw_form or WithdrawForm(initial=start),
        "portal_url": selectors.portal_url(found.portal_path) if found.portal_path else "",
    }
    return render(request, "disclosure/publication.html", around, status=status)
