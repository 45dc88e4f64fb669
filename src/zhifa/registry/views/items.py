"""Powers (权力事项): the list, a version with what it still lacks, handed in, judged by the office."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhifa import clock
from zhifa.accounts import selectors as accounts
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.law.errors import Denied, NotFound
from zhifa.registry import listing, rules, selectors, services
from zhifa.registry.forms import items as forms
from zhifa.registry.forms.bodies import EndForm
from zhifa.registry.forms.fields import picked, put_choices
from zhifa.registry.listing import ItemFilter
from zhifa.registry.rules import ActType, ItemState
from zhifa.registry.seen import NOTHING, seen_of
from zhifa.registry.selectors import Body, PowerItem
from zhifa.registry.views.base import (
    Viewer,
    answered,
    bound,
    filtered,
    page_number,
    query_of,
    shown,
    viewer_of,
)

_form = require_http_methods(["GET", "POST"])


@signed_in
@require_GET
def items(request: OfficerRequest, body_id: UUID | None = None, state: str = "") -> HttpResponse:
    """Show the powers this person may see; the work list leads to those of one body in one state."""
    viewer = viewer_of(request)
    preset = {"body": str(body_id or ""), "state": state}
    form = forms.ItemFilterForm()
    bodies = selectors.bodies(viewer.on)
    put_choices(
        form.fields["body"], [(str(one.id), one.short_name) for one in bodies], empty="全部"
    )
    said = filtered(form, request, preset)
    wanted = ItemFilter(
        body=UUID(said["body"]) if said.get("body") else None,
        act_type=picked(ActType, said.get("act_type", "")),
        state=picked(ItemState, said.get("state", "")),
        text=said.get("q", ""),
    )
    page = listing.item_page(viewer.scope, wanted, page=page_number(request))
    writes = [one for one in bodies if viewer.writes(one.id)]
    return shown(
        request, "items", viewer, form=form, page=page, writes=writes, export_query=query_of(form)
    )


@signed_in
@require_GET
def item(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """Show one version: its columns, what is missing and why, and what this person may do."""
    viewer, found, body = _item(request, item_id)
    people = accounts.names(
        one for one in (found.defined_by, found.submitted_by, found.approved_by) if one
    )
    return shown(
        request,
        "item",
        viewer,
        item=found,
        body=body,
        seen=seen_of(found.content),
        missing=rules.item_complete(found.content),
        versions=[
            one for one in selectors.every_item(found.body)
            if one.content.code == found.content.code and one.id != found.id
            and _visible(viewer, one, body)
        ],
        defined_by=people.get(found.defined_by, "平台"),
        submitted_by=people.get(found.submitted_by, "平台") if found.submitted_by else "",
        approved_by=people.get(found.approved_by, "平台") if found.approved_by else "",
        may_write=viewer.writes(body.id) and found.state is not ItemState.SUBMITTED,
        may_judge=viewer.supervises(body) and found.state is ItemState.SUBMITTED
        and viewer.actor not in {found.defined_by, found.submitted_by},
        may_end=viewer.supervises(body) and found.in_force(viewer.on),
    )  # fmt: skip


@signed_in
@_form
def new_item(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Write a new power of a body as a draft."""
    viewer, body = viewer_of(request), selectors.body(body_id)
    _require_writer(viewer, body)
    form = forms.ItemForm(bound(request), initial={"valid_from": viewer.on, "seen": NOTHING})
    return _written(request, viewer, form, body, title="新增权力事项", up=_list())


@signed_in
@_form
def edit_item(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """Write a draft anew, or a new version of what is approved."""
    viewer, found, body = _item(request, item_id)
    _require_writer(viewer, body)
    content, seen = found.content, seen_of(found.content)
    if found.state is ItemState.APPROVED:
        if waiting := selectors.open_version(body.id, content.code):
            return redirect(
                "registry:edit_item", waiting.id
            )  # it is written anew, not written over
        content, seen = replace(content, valid_from=max(viewer.on, content.valid_from)), NOTHING
    form = forms.ItemForm(bound(request), initial=forms.ItemForm.of(content) | {"seen": seen})
    form.fields["code"].disabled = True
    title = "新版本" if found.state is ItemState.APPROVED else "修改草稿"
    return _written(
        request, viewer, form, body, title=f"{title}：{content.name[:40]}", up=_page(found),
        code=content.code,
    )  # fmt: skip


@signed_in
@require_POST
def submit_item(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """Hand a draft in to the legal affairs office."""
    _item(request, item_id)
    services.submit_item(item_id=item_id, actor=request.actor, at=clock.now())
    messages.success(request, "已报送，等待审核")
    return redirect("registry:item", item_id)


@signed_in
@_form
def approve_item(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """Approve what was handed in."""
    viewer, found = _judged(request, item_id)
    read = request.GET.get("seen") or seen_of(found.content)  # on the page that led here
    form = forms.ApproveForm(bound(request), initial={"seen": read})
    return answered(
        request, viewer, form,
        lambda said: services.approve_item(
            item_id=item_id, remark=said["remark"], actor=viewer.actor, at=clock.now(),
            seen=said["seen"],
        ),
        title=f"审核通过：{found.content.name[:40]}", up=_page(found), done="已审核通过",
        submit="审核通过",
        note=f"通过以后自 {found.content.valid_from.isoformat()} 起施行并向社会公示；同一编码的前一版本到前一天为止。",
    )  # fmt: skip


@signed_in
@_form
def return_item(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """Send back what was handed in, with a remark."""
    viewer, found = _judged(request, item_id)
    form = forms.RemarkForm(bound(request))
    return answered(
        request, viewer, form,
        lambda said: services.return_item(
            item_id=item_id, remark=said["remark"], actor=viewer.actor, at=clock.now()
        ),
        title=f"退回：{found.content.name[:40]}", up=_page(found), done="已退回，起草人会看到意见", submit="退回",
    )  # fmt: skip


@signed_in
@_form
def end_item(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """End an approved power."""
    viewer, found = _judged(request, item_id)
    form = EndForm(bound(request), initial={"valid_until": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.end_item(
            item_id=item_id, valid_until=said["valid_until"], reason=said["reason"],
            actor=viewer.actor, at=clock.now(),
        ),
        title=f"取消事项：{found.content.name[:40]}", up=_page(found), done="已登记取消", submit="取消事项",
        note="取消以后不能再以这一事项立案。",
    )  # fmt: skip


def _written(
    request: OfficerRequest,
    viewer: Viewer,
    form: forms.ItemForm,
    body: Body,
    *,
    title: str,
    up: tuple[str, str],
    code: str = "",
) -> HttpResponse:
    """Show or save a draft; `code` is of the power that is written anew."""

    def current() -> dict[str, Any]:
        waiting = selectors.open_version(body.id, code)
        content = waiting.content if waiting else form.item(is_demo=body.identity.is_demo)
        return forms.ItemForm.of(content) | {"seen": seen_of(waiting.content if waiting else None)}

    return answered(
        request, viewer, form,
        lambda said: services.define_item(
            body_id=body.id, content=form.item(is_demo=body.identity.is_demo), actor=viewer.actor,
            at=clock.now(), seen=said["seen"],
        ),
        title=title, up=up, done="已保存为草稿", submit="保存草稿", current=current,
        note="空着的列可以以后再补，补齐才能报送审核。",
    )  # fmt: skip


def _item(request: OfficerRequest, item_id: UUID) -> tuple[Viewer, PowerItem, Body]:
    """Return who looks, the version and its body. Raises NotFound, also if it is not for them."""
    viewer, found = viewer_of(request), selectors.power_item(item_id)
    body = selectors.body(found.body)
    if not _visible(viewer, found, body):
        raise NotFound
    return viewer, found, body


def _judged(request: OfficerRequest, item_id: UUID) -> tuple[Viewer, PowerItem]:
    """Return who looks and the version, if the office is over it. Raises NotFound, Denied."""
    viewer, found, body = _item(request, item_id)
    if not viewer.supervises(body):
        raise Denied("role.missing")
    return viewer, found


def _visible(viewer: Viewer, found: PowerItem, body: Body) -> bool:
    return (
        found.state is ItemState.APPROVED
        or viewer.scope.sees_body(body.id)
        or viewer.supervises(body)
    )


def _require_writer(viewer: Viewer, body: Body) -> None:
    if not viewer.writes(body.id):
        raise Denied("role.missing")


def _page(found: PowerItem) -> tuple[str, str]:
    return found.content.code, reverse("registry:item", args=[found.id])


def _list() -> tuple[str, str]:
    return "权力事项", reverse("registry:items")
