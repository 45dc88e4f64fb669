"""Bodies, their parts, deeds and how one followed another (执法主体页面)."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.law.errors import Denied, NotFound
from zhifa.registry import listing, selectors, services
from zhifa.registry.forms import bodies as forms
from zhifa.registry.rules import BodyKind, Role
from zhifa.registry.views.base import (
    administered,
    administrator,
    answered,
    bound,
    shown,
    viewer_of,
)
from zhifa.registry.wording import BODY_KINDS

_UP = ("执法主体", "/desk/registry/bodies/")


@signed_in
@require_GET
def bodies(request: OfficerRequest) -> HttpResponse:
    """Show the bodies of today, or those of the past too."""
    viewer, past = viewer_of(request), bool(request.GET.get("past"))
    found = selectors.every_body() if past else selectors.bodies(viewer.on)
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    rows = [
        one
        for one in found
        if (
            not text
            or text in one.name
            or text in one.identity.code
            or text == one.identity.credit_code
        )
        and (not kind or one.identity.kind == kind)
    ]
    return shown(
        request, "bodies", viewer, bodies=rows, past=past, q=text, kind=kind,
        kinds=BODY_KINDS.items(),
    )  # fmt: skip


@signed_in
@require_GET
def body(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Show everything about one body."""
    viewer, found = viewer_of(request), selectors.body(body_id)
    names = listing.body_names()
    identity = found.identity
    return shown(
        request,
        "body",
        viewer,
        body=found,
        ended=found.valid_until is not None and found.valid_until < viewer.on,
        above=names.get(identity.supervised_by) if identity.supervised_by else None,
        superior=names.get(identity.superior) if identity.superior else None,
        units=selectors.units(body_id),
        deeds=[
            (deed, names[deed.entrusting], names[deed.entrusted])
            for deed in selectors.deeds(body_id)
        ],
        lineage=selectors.lineage(body_id),
        staff=selectors.staff(body_id, on=viewer.on),
        items=len(selectors.power_items(body_id, on=viewer.on)),
        may_keep=viewer.administers(found),
        may_confirm=viewer.supervises(found)
        and identity.kind is not BodyKind.ENTRUSTED_ORGANIZATION
        and found.capacity_confirmed_on is None,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def register(request: OfficerRequest) -> HttpResponse:
    """Register a new body."""
    viewer = administrator(request)
    kept = sorted(map(str, viewer.scope.bodies(Role.SYSTEM_ADMINISTRATOR)))
    form = forms.IdentityForm(
        bound(request),
        bodies=_choices(),
        initial={"valid_from": viewer.on, "supervised_by": kept[0]},
    )
    return answered(
        request, viewer, form,
        lambda said: services.register_body(
            identity=form.identity(), actor=viewer.actor, at=clock.now()
        ),
        title="登记执法主体", up=_wanted_for(request), done="已登记。主体资格确认并公告以后才能以自己的名义执法",
        note="只能登记由您任系统管理员的机关监督或者领导的主体：监督机构或者上级机关要选那个机关。",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def contact(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Change where a body is found, paid and appealed against."""
    viewer, found = administered(request, body_id)
    form = forms.ContactForm(bound(request), initial=forms.ContactForm.of(found.contact))
    return answered(
        request, viewer, form,
        lambda said: services.change_contact(
            body_id=body_id, contact=form.contact(), actor=viewer.actor, at=clock.now(),
            seen=said["seen"],
        ),
        title="修改联系、缴款与救济途径", up=_page(found), done="已修改",
        current=lambda: forms.ContactForm.of(selectors.body(body_id).contact),
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def confirm_capacity(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Confirm that a body may enforce in its own name."""
    viewer, found = viewer_of(request), selectors.body(body_id)
    if not viewer.supervises(found):
        raise Denied("role.missing")
    form = forms.CapacityForm(bound(request))
    return answered(
        request, viewer, form,
        lambda said: services.confirm_capacity(
            body_id=body_id, confirmed_on=said["confirmed_on"], published_on=said["published_on"],
            actor=viewer.actor, at=clock.now(),
        ),
        title="确认执法主体资格", up=_page(found), done="已确认并登记公告", submit="确认资格",
        note="确认以后该主体可以以自己的名义执法（行政执法监督条例第十七条）。",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def add_unit(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Set up a part of a body."""
    viewer, found = administered(request, body_id)
    form = forms.UnitForm(bound(request), entrusted=_entrusted(), initial={"valid_from": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.add_unit(
            body_id=body_id, actor=viewer.actor, at=clock.now(), **form.values()
        ),
        title="增加内设机构", up=_page(found), done="已增加",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def end_unit(request: OfficerRequest, body_id: UUID, unit_id: UUID) -> HttpResponse:
    """Close a part of a body."""
    viewer, found = administered(request, body_id)
    form = forms.EndForm(bound(request), initial={"valid_until": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.end_unit(
            unit_id=unit_id, valid_until=said["valid_until"], reason=said["reason"],
            actor=viewer.actor, at=clock.now(),
        ),
        title="撤销内设机构", up=_page(found), done="已撤销", submit="撤销",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def add_deed(request: OfficerRequest, body_id: UUID) -> HttpResponse:
    """Record an entrustment deed."""
    viewer, found = administered(request, body_id)
    form = forms.DeedForm(bound(request), entrusted=_entrusted())
    return answered(
        request, viewer, form,
        lambda said: services.add_deed(
            entrusting=body_id, entrusted=UUID(said["entrusted"]), number=said["number"],
            matters=said["matters"], scope=said["scope"], valid_from=said["valid_from"],
            valid_until=said["valid_until"], actor=viewer.actor, at=clock.now(),
        ),
        title="登记委托书", up=_page(found), done="已登记。向社会公布以后委托才生效",
        note="委托书要载明受委托组织、事项、权限和期限，并向社会公布（行政处罚法第二十条）。",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def publish_deed(request: OfficerRequest, body_id: UUID, deed_id: UUID) -> HttpResponse:
    """Record that a deed was published."""
    viewer, found = administered(request, body_id)
    form = forms.PublishedForm(bound(request), initial={"published_on": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.publish_deed(
            deed_id=deed_id, published_on=said["published_on"], actor=viewer.actor, at=clock.now()
        ),
        title="登记委托书公布", up=_page(found), done="已登记公布",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def end_deed(request: OfficerRequest, body_id: UUID, deed_id: UUID) -> HttpResponse:
    """End an entrustment before its term."""
    viewer, found = administered(request, body_id)
    form = forms.EndForm(bound(request), initial={"valid_until": viewer.on})
    return answered(
        request, viewer, form,
        lambda said: services.end_deed(
            deed_id=deed_id, valid_until=said["valid_until"], reason=said["reason"],
            actor=viewer.actor, at=clock.now(),
        ),
        title="提前终止委托", up=_page(found), done="已终止", submit="终止委托",
    )  # fmt: skip


def _wanted_for(request: OfficerRequest) -> tuple[str, str]:
    """Return where the new body is wanted: in a merger or split that is being entered, else in the list."""
    for name, label in (("merge", "合并"), ("split", "分立")):
        if name in request.GET:
            try:
                return label, reverse(f"registry:{name}", args=[UUID(request.GET[name])])
            except ValueError:
                raise NotFound from None
    return _UP


def _page(found: selectors.Body) -> tuple[str, str]:
    return found.short_name, reverse("registry:body", args=[found.id])


def _choices() -> list[tuple[str, str]]:
    return [(str(one.id), one.short_name) for one in selectors.bodies(clock.today())]


def _entrusted() -> list[tuple[str, str]]:
    return [
        (str(one.id), one.short_name)
        for one in selectors.bodies(clock.today())
        if one.identity.kind is BodyKind.ENTRUSTED_ORGANIZATION
    ]
