"""What a person is and holds (任职、证件、审核资格): appointed, ended, issued, renewed, suspended."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhifa import clock
from zhifa.accounts import selectors as accounts
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.law.errors import Denied, NotFound
from zhifa.registry import listing, selectors, services
from zhifa.registry.forms import people as forms
from zhifa.registry.views.base import Viewer, administrator, answered, bound, viewer_of

_form = require_http_methods(["GET", "POST"])


@signed_in
@_form
def appoint(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Give a person a role in a body."""
    viewer, up = _administrator(request, person_id)
    form = forms.AppointForm(
        bound(request), places=_places(viewer), initial={"valid_from": viewer.on}
    )
    return answered(
        request, viewer, form,
        lambda said: services.appoint(
            person_id=person_id, actor=viewer.actor, at=clock.now(), **form.values()
        ),
        title="登记任职", up=up, done="已登记任职",
    )  # fmt: skip


@signed_in
@_form
def end_appointment(request: OfficerRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """End a person's role with a day."""
    viewer, up = _administrator(request, person_id)
    form = forms.EndForm(bound(request), initial={"valid_until": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.end_appointment(
            appointment_id=appointment_id, valid_until=said["valid_until"], reason=said["reason"],
            actor=viewer.actor, at=clock.now(),
        ),
        title="免去职务", up=up, done="已登记免职。在办的案件请另行改派", submit="免职",
        note="从最后一天的次日起，本人不能再以这项职务办理；经手的记录保留，在办的案件要改派他人。",
    )  # fmt: skip


@signed_in
@_form
def issue(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Enter an enforcement certificate."""
    viewer, up = _keeper(request, person_id)
    form = forms.CertificateForm(bound(request), bodies=_bodies(viewer))
    return answered(
        request, viewer, form,
        lambda said: services.issue_certificate(
            person_id=person_id, body_id=UUID(said["body"]), number=said["number"],
            fields=said["fields_"], valid_from=said["valid_from"], valid_until=said["valid_until"],
            actor=viewer.actor, at=clock.now(),
        ),
        title="登记执法证件", up=up, done="已登记证件",
    )  # fmt: skip


@signed_in
@_form
def renew(request: OfficerRequest, person_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Replace a card by a new one."""
    viewer, up = _keeper(request, person_id)
    held = _card(person_id, certificate_id, viewer)
    start = (
        max(viewer.on, held.valid_until + timedelta(days=1))
        if held.counts(viewer.on)
        else viewer.on
    )
    form = forms.RenewForm(bound(request), initial={"valid_from": start})
    return answered(
        request, viewer, form,
        lambda said: services.renew_certificate(
            certificate_id=certificate_id, number=said["number"], valid_from=said["valid_from"],
            valid_until=said["valid_until"], actor=viewer.actor, at=clock.now(),
        ),
        title=f"换证：{held.holder_name} {held.number}", up=up, done="已换证", submit="换证",
        note=f"旧证有效期至 {held.valid_until.isoformat()}；新证从发证日期起有效，旧证同时作废。",
    )  # fmt: skip


@signed_in
@_form
def suspend(request: OfficerRequest, person_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Let a card not count for a while."""
    viewer, up = _keeper(request, person_id)
    held = _card(person_id, certificate_id, viewer)
    form = forms.SuspendForm(bound(request), initial={"valid_from": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.suspend_certificate(
            certificate_id=certificate_id, valid_from=said["valid_from"],
            valid_until=said["valid_until"], reason=said["reason"], actor=viewer.actor,
            at=clock.now(),
        ),
        title=f"暂扣证件：{held.holder_name} {held.number}", up=up, done="已登记暂扣", submit="暂扣",
        note="暂扣期间本人不能办案，已承办的案件要由其他持证人员办理。",
    )  # fmt: skip


@signed_in
@_form
def lift(request: OfficerRequest, person_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Let a suspended card count again."""
    viewer, up = _keeper(request, person_id)
    held = _card(person_id, certificate_id, viewer)
    form = forms.DayReasonForm(bound(request), initial={"on": viewer.on})
    form.fields["on"].label = "暂扣的最后一天"
    return answered(
        request, viewer, form,
        lambda said: services.lift_suspension(
            certificate_id=certificate_id, last=said["on"], reason=said["reason"],
            actor=viewer.actor, at=clock.now(),
        ),
        title=f"解除暂扣：{held.holder_name} {held.number}", up=up, done="已解除暂扣", submit="解除暂扣",
    )  # fmt: skip


@signed_in
@_form
def revoke(request: OfficerRequest, person_id: UUID, certificate_id: UUID) -> HttpResponse:
    """End a card for good."""
    viewer, up = _keeper(request, person_id)
    held = _card(person_id, certificate_id, viewer)
    form = forms.DayReasonForm(bound(request), initial={"on": viewer.on})
    form.fields["on"].label = "注销日期"
    return answered(
        request, viewer, form,
        lambda said: services.revoke_certificate(
            certificate_id=certificate_id, revoked_on=said["on"], reason=said["reason"],
            actor=viewer.actor, at=clock.now(),
        ),
        title=f"注销证件：{held.holder_name} {held.number}", up=up, done="已注销", submit="注销证件",
        note="注销以后这张证件不能恢复；需要时登记新证。",
    )  # fmt: skip


@signed_in
@_form
def qualify(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Record what entitles a person to review penalties."""
    viewer, up = _keeper(request, person_id)
    held = selectors.qualification(person_id)
    initial: dict[str, Any] = (
        {"number": held.number, "since": held.since, "first_review_on": held.first_review_on}
        if held
        else {}
    )
    form = forms.QualificationForm(bound(request), initial=initial)
    return answered(
        request, viewer, form,
        lambda said: services.record_qualification(
            person_id=person_id, actor=viewer.actor, at=clock.now(), **said
        ),
        title="登记法制审核人员资格", up=up, done="已登记资格",
        note="初次从事行政处罚决定法制审核的人员，应当取得法律职业资格（行政处罚法第五十八条第二款）。",
    )  # fmt: skip


def _administrator(request: OfficerRequest, person_id: UUID) -> tuple[Viewer, tuple[str, str]]:
    """Return who looks, if administrator: appointments are entered by nobody else."""
    viewer = administrator(request)
    name = accounts.person(person_id).name
    return viewer, (name, reverse("registry:person", args=[person_id]))


def _keeper(request: OfficerRequest, person_id: UUID) -> tuple[Viewer, tuple[str, str]]:
    """Return who looks, if administrator or supervisor, and the page to go back to."""
    viewer = viewer_of(request)
    if not (viewer.is_administrator or viewer.is_supervisor):
        raise Denied("role.missing")
    name = accounts.person(person_id).name
    if viewer.is_administrator:
        return viewer, (name, reverse("registry:person", args=[person_id]))
    return viewer, ("执法人员与证件", reverse("registry:officers"))


def _card(person_id: UUID, certificate_id: UUID, viewer: Viewer) -> selectors.Certificate:
    for one in selectors.certificates_of(person_id, on=viewer.on):
        if one.id == certificate_id:
            return one
    raise NotFound


def _bodies(viewer: Viewer) -> list[tuple[str, str]]:
    return _named(listing.kept_by(viewer.scope), viewer)


def _named(bodies: frozenset[UUID], viewer: Viewer) -> list[tuple[str, str]]:
    found = selectors.bodies(viewer.on)
    return [(str(one.id), one.short_name) for one in found if one.id in bodies]


def _places(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the bodies the person administers, and below each its units."""
    found = []
    for body, name in _named(listing.administered_by(viewer.scope), viewer):
        found.append((body, name))
        for unit in selectors.units(UUID(body), viewer.on):
            found.append((f"{body}:{unit.id}", f"{name} · {unit.name}"))
    return found
