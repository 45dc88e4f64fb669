"""The people who sign in, for their administrator (用户管理)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhifa import clock
from zhifa.accounts import selectors as accounts
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.accounts.wording import WORDS
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Denied
from zhifa.registry import listing, selectors, services
from zhifa.registry.people_forms import PersonForm, ReasonForm, ResetForm
from zhifa.registry.rules import ADMINISTRATORS, Role, Scope
from zhifa.registry.selectors import Appointed
from zhifa.registry.views import shown_once

_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page of a person offers whoever looks at it; the services judge again."""

    sign_in: bool  # the password, closing and opening
    second_factor: bool
    appoint: bool
    appointments: frozenset[UUID]  # those of these bodies may be ended
    cards: frozenset[UUID]  # those of these bodies may be changed
    new_card: bool
    qualification: bool


@signed_in
@require_GET
def people(request: OfficerRequest) -> HttpResponse:
    """List everybody with their offices; the search box looks at name and login name."""
    scope = _only_administrators(request)
    query = request.GET.get("name", "").strip()
    found = selectors.everybody(on=clock.today(), name=query)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    makes = bool(scope.bodies(Role.SYSTEM_ADMINISTRATOR))
    return render(request, "registry/people.html", {"page": page, "name": query, "makes": makes})


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def new_person(request: OfficerRequest) -> HttpResponse:
    """Make a sign-in; its temporary password is shown by the next page, once."""
    _only_administrators(request, Role.SYSTEM_ADMINISTRATOR)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.create_person(
                login_name=form.cleaned_data["login_name"],
                name=form.cleaned_data["name"],
                actor=request.actor,
                at=clock.now(),
            )
        except (BadValue, Conflict) as problem:
            form.add_problem(problem)
        else:
            shown_once.keep(request, made.id, made.temporary_password)
            return redirect("registry:new_password", made.id)
    status = 422 if form.is_bound else 200
    return render(request, "registry/person_new.html", {"form": form}, status=status)


@signed_in
@require_GET
def person(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Show a person: sign-in, offices held and once held, what the administrator may do."""
    scope = _only_administrators(request)
    account, appointments = accounts.person(person_id), selectors.appointments(person_id)
    return render(
        request,
        "registry/person.html",
        {
            "account": account,
            "second_factor": accounts.has_second_factor(person_id),
            "appointments": appointments,
            "certificates": selectors.certificates_of(person_id, on=scope.on),
            "form": ReasonForm(),
            "reset": ResetForm(
                auto_id="id_reset_%s", initial={"seen": accounts.password_mark(person_id)}
            ),
            "offered": _offered(scope, account.id, appointments),
        },
    )


@signed_in
@require_POST
def reset_password(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Give a person a temporary password, with the reason; the next page shows it, once.

    The same form sent twice leads to the same page, with the one password.
    """
    _only_administrators(request, Role.SYSTEM_ADMINISTRATOR)
    form = ResetForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有重置密码：请写明理由")
        return redirect("registry:person", person_id)
    said = form.cleaned_data
    try:
        password = services.reset_password(
            person_id=person_id, reason=said["reason"], seen=said["seen"], actor=request.actor,
            at=clock.now(),
        )  # fmt: skip
    except Conflict as again:
        messages.warning(request, WORDS[again.code])
    else:
        shown_once.keep(request, person_id, password)
    return redirect("registry:new_password", person_id)


@signed_in
@never_cache
@require_GET
def new_password(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Show the temporary password that was just issued, this once."""
    _only_administrators(request, Role.SYSTEM_ADMINISTRATOR)
    account = accounts.person(person_id)
    password = shown_once.taken(request, person_id)
    if not password:
        messages.warning(request, "临时密码只显示一次，已经显示过了；没有记下来的，请重新重置")
        return redirect("registry:person", person_id)
    return render(
        request, "registry/person_password.html", {"account": account, "password": password}
    )


@signed_in
@require_POST
def remove_second_factor(request: OfficerRequest, person_id: UUID) -> HttpResponse:
    """Take off a person's second factor, with the reason."""
    _only_administrators(request, Role.SECURITY_ADMINISTRATOR)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明理由")
        return redirect("registry:person", person_id)
    services.remove_second_factor(
        person_id=person_id, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
    )
    messages.success(request, "已解除第二道验证，该用户的登录全部退出；请提醒本人登录后重新开启")
    return redirect("registry:person", person_id)


@signed_in
@require_POST
def switch(request: OfficerRequest, person_id: UUID, active: bool) -> HttpResponse:
    """Close a sign-in, or open it again, with the reason."""
    _only_administrators(request, Role.SYSTEM_ADMINISTRATOR)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明理由")
        return redirect("registry:person", person_id)
    service = services.activate_person if active else services.deactivate_person
    service(
        person_id=person_id, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
    )
    messages.success(request, "已恢复登录" if active else "已停用，该用户不能再登录")
    return redirect("registry:person", person_id)


def _offered(scope: Scope, person: ActorId, appointments: list[Appointed]) -> Offered:
    """Return what may be offered: over every body the person works in, and never about oneself."""
    works_in = {
        one.body
        for one in appointments
        if one.valid_from <= scope.on and (one.valid_until is None or scope.on <= one.valid_until)
    }

    def over(role: Role) -> bool:
        return (
            person != scope.actor
            and bool(scope.bodies(role))
            and works_in <= listing.administered_by(scope, role)
        )

    other = person != scope.actor
    administered, kept = listing.administered_by(scope), listing.kept_by(scope)
    return Offered(
        sign_in=over(Role.SYSTEM_ADMINISTRATOR),
        second_factor=over(Role.SECURITY_ADMINISTRATOR),
        appoint=other and bool(administered),
        appointments=administered if other else frozenset(),
        cards=kept if other else frozenset(),
        new_card=other and bool(kept),
        qualification=other and bool(kept and (not works_in or works_in & kept)),
    )


def _only_administrators(request: OfficerRequest, *roles: Role) -> Scope:
    """Return who looks: sign-ins are for the three administrators, and what is done about them for one.

    Raises Denied.
    """
    scope = selectors.scope(request.actor, on=clock.today())
    if not scope.bodies(*(roles or ADMINISTRATORS)):
        raise Denied("role.missing")
    return scope
