"""Bodies that merge, split and change their name (合并、分立、更名): entered, shown as what will happen, confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.registry import selectors, services
from zhifa.registry.forms.bodies import FollowOnForm
from zhifa.registry.forms.succession import MergeForm, SplitForm, SuccessionForm
from zhifa.registry.rules import BodyKind, SuccessionKind
from zhifa.registry.selectors import Body, OpenAffairs
from zhifa.registry.views.base import Viewer, administered, attempted, bound, shown
from zhifa.registry.wording import SUCCESSIONS

_FORMS: dict[SuccessionKind, type[MergeForm] | type[SplitForm]] = {
    SuccessionKind.MERGE: MergeForm,
    SuccessionKind.SPLIT: SplitForm,
}


@dataclass(frozen=True, slots=True)
class _Ending:
    """A body that is followed, with what is open in it and what becomes of that."""

    body: Body
    ends: bool
    open: OpenAffairs
    cases: int  # not archived yet


@signed_in
@require_http_methods(["GET", "POST"])
def merge(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Let bodies become one."""
    return _recorded(request, body_id, SuccessionKind.MERGE)


@signed_in
@require_http_methods(["GET", "POST"])
def split(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Let a body become several, or let others come out of it."""
    return _recorded(request, body_id, SuccessionKind.SPLIT)


@signed_in
@require_http_methods(["GET", "POST"])
def follow_on(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Let a body go on under another name or region code."""
    viewer, body = administered(request, body_id)
    identity = body.identity
    initial = {
        name: getattr(identity, name) or ""
        for name in ("name", "short_name", "kind", "region_code", "office_word")
    }
    form = FollowOnForm(bound(request), initial=initial)
    if not form.is_bound or not form.is_valid() or "back" in request.POST:
        status = 422 if form.is_bound and not form.is_valid() else 200
        return _renaming_shown(request, viewer, body, form, status=status)
    confirmed = "confirmed" in request.POST
    kind = SuccessionKind(form.cleaned_data["change"])
    before = None if confirmed else _renaming_to_confirm(body, form, kind)
    possible = attempted(
        form,
        lambda: services.follow_on(
            kind=kind, body_id=body_id, identity=form.follower(identity),
            basis=form.cleaned_data["basis"], actor=viewer.actor, at=clock.now(),
            rehearsed=not confirmed,
        ),
    )  # fmt: skip
    if not possible:
        return _renaming_shown(request, viewer, body, form, status=422)
    if before is not None:
        return shown(request, "succession_confirm", viewer, **before)
    messages.success(request, "已登记变更")
    return redirect("registry:body", body_id)


def _renaming_shown(
    request: OfficerRequest, viewer: Viewer, body: Body, form: FollowOnForm, *, status: int
) -> HttpResponse:
    return shown(
        request, "form", viewer, status=status, form=form, crumbs=[_page(body)],
        title="更名或者变更行政区划代码", submit="下一步：核对",
        note="原主体到变更前一天为止；联系方式、主体资格、内设机构、任职、有效的权力事项和本主体的设置转到新主体，原来的案件由新主体继续办理。监督机构和上级机关不变。主体编码须换新的。下一步先列出将要发生的事，确认以后才登记。",
    )  # fmt: skip


def _renaming_to_confirm(body: Body, form: FollowOnForm, kind: SuccessionKind) -> dict[str, Any]:
    """Return what will happen: what reads otherwise, and what goes over."""
    new = form.follower(body.identity)
    cases: dict[UUID, int] = import_string(settings.OPEN_CASES_OF)((body.id,))
    affairs = selectors.open_affairs(body.id, on=new.valid_from)
    return {
        "title": f"核对{SUCCESSIONS[kind]}", "kind": kind, "crumbs": [_page(body)],
        "basis": form.cleaned_data["basis"], "sent": list(form.sent()),
        "followed": [_Ending(body, True, affairs, cases.get(body.id, 0))],
        "changes": form.changes(body.identity), "new": new, "on": new.valid_from,
        "last": _day_before(new.valid_from),
        "same_word": new.office_word == body.identity.office_word,
        "unable": [body] if body.capacity_published_on is None else [],
    }  # fmt: skip


def _day_before(on: date) -> date:
    return date.fromordinal(on.toordinal() - 1)


def _recorded(request: OfficerRequest, body_id: UUID, kind: SuccessionKind) -> HttpResponse:
    """Show the form; what will happen, if it is possible; and, once that is confirmed, record it."""
    viewer, body = administered(request, body_id)
    form = _FORMS[kind](bound(request), offered=_offered(viewer, body, kind), body=body_id)
    if not form.is_bound or not form.is_valid() or "back" in request.POST:
        status = 422 if form.is_bound and not form.is_valid() else 200
        return _shown(request, viewer, body, form, status=status)
    confirmed = "confirmed" in request.POST
    before = None if confirmed else _to_confirm(form)
    possible = attempted(
        form,
        lambda: services.succeed(
            **form.values(), actor=viewer.actor, at=clock.now(), rehearsed=not confirmed
        ),
    )
    if not possible:
        return _shown(request, viewer, body, form, status=422)
    if before is not None:
        values = {
            "title": f"核对{SUCCESSIONS[kind]}",
            "kind": kind,
            "crumbs": [_page(body)],
            **before,
        }
        return shown(request, "succession_confirm", viewer, **values)
    messages.success(request, f"已登记{SUCCESSIONS[kind]}")
    return redirect("registry:body", body_id)


def _shown(
    request: OfficerRequest, viewer: Viewer, body: Body, form: SuccessionForm, *, status: int
) -> HttpResponse:
    return shown(
        request, "succession", viewer, status=status, form=form, body=body, kind=form.kind,
        crumbs=[_page(body)],
        new_body=f"{reverse('registry:new_body')}?{form.kind.value}={body.id}",
    )  # fmt: skip


def _to_confirm(form: SuccessionForm) -> dict[str, Any]:
    """Return what will happen, body by body."""
    said = form.values()
    on: date = said["on"]
    known = {one.id: one for one in selectors.every_body()}
    counted: dict[UUID, int] = import_string(settings.OPEN_CASES_OF)(said["predecessors"])
    followed = [
        _Ending(
            known[key],
            said["predecessors_end"],
            selectors.open_affairs(key, on=on),
            counted.get(key, 0),
        )
        for key in said["predecessors"]
    ]
    successors = [known[key] for key in said["successors"]]
    unable = [
        one
        for one in successors
        if one.capacity_published_on is None
        and one.identity.kind in {BodyKind.ADMINISTRATIVE_ORGAN, BodyKind.AUTHORIZED_ORGANIZATION}
    ]
    return {
        "followed": followed, "successors": successors, "unable": unable, "on": on,
        "last": _day_before(on), "basis": said["basis"],
        "sent": list(form.sent()),
    }  # fmt: skip


def _offered(viewer: Viewer, body: Body, kind: SuccessionKind) -> list[tuple[str, str]]:
    """Return the bodies this person keeps that exist, or will; a split body does not become itself."""
    return [
        (str(one.id), one.name if one.identity.valid_from <= viewer.on else f"{one.name}（{one.identity.valid_from.isoformat()} 起）")
        for one in selectors.every_body()
        if (one.valid_until is None or one.valid_until >= viewer.on)
        and viewer.administers(one)
        and (kind is SuccessionKind.MERGE or one.id != body.id)
    ]  # fmt: skip


def _page(found: Body) -> tuple[str, str]:
    return found.short_name, reverse("registry:body", args=[found.id])
