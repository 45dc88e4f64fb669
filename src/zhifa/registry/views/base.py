"""What the pages of this room share: who looks, forms that answer, files that are sent (页面共用)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from zhifa import clock
from zhifa.accounts.access import OfficerRequest
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound
from zhifa.registry import selectors
from zhifa.registry.rules import ADMINISTRATORS, STAFF, Role, Scope
from zhifa.registry.seen import OUTDATED
from zhifa.registry.selectors import Body
from zhifa.registry.wording import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS = STAFF - {Role.SUPERVISOR, Role.LEADER}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, on which day, and what the buttons may offer; the services judge again."""

    actor: ActorId
    on: date
    scope: Scope

    @property
    def is_administrator(self) -> bool:
        """Whether the person keeps sign-ins and appointments anywhere."""
        return bool(self.scope.bodies(Role.SYSTEM_ADMINISTRATOR))

    @property
    def opens_people(self) -> bool:
        """Whether the list of people is for the person: any of the three administrators."""
        return bool(self.scope.bodies(*ADMINISTRATORS))

    @property
    def is_supervisor(self) -> bool:
        """Whether the person supervises enforcement anywhere."""
        return bool(self.scope.bodies(Role.SUPERVISOR))

    def administers(self, body: Body) -> bool:
        """Whether the person keeps this body."""
        return body.kept_by(self.scope)

    def supervises(self, body: Body) -> bool:
        """Whether the person judges this body's powers and capacity."""
        return self.scope.may(Role.SUPERVISOR, body.identity.supervised_by or body.id)

    def writes(self, body_id: UUID) -> bool:
        """Whether the person writes this body's list of powers."""
        return bool(_WRITERS & set(self.scope.roles(body_id)))


def viewer_of(request: OfficerRequest) -> Viewer:
    """Return who looks, as of today; two or three queries."""
    on = clock.today()
    return Viewer(request.actor, on, selectors.scope(request.actor, on=on))


def administrator(request: OfficerRequest) -> Viewer:
    """Return who looks, if an administrator. Raises Denied."""
    viewer = viewer_of(request)
    if not viewer.is_administrator:
        raise Denied("role.missing")
    return viewer


def administered(request: OfficerRequest, body_id: UUID) -> tuple[Viewer, Body]:
    """Return who looks and the body, if they keep it. Raises NotFound, Denied."""
    viewer, body = viewer_of(request), selectors.body(body_id)
    if not viewer.administers(body):
        raise Denied("role.missing")
    return viewer, body


def shown(
    request: OfficerRequest, template: str, viewer: Viewer, *, status: int = 200, **values: Any
) -> HttpResponse:
    """Return a page of this room."""
    return render(request, f"registry/{template}.html", {"viewer": viewer, **values}, status=status)


def attempted(form: Form, act: Callable[[], object]) -> bool:
    """Do what a form asks; what is wrong with it is said on the form. Return whether it was done.

    Raises Conflict (edit.outdated) only.
    """
    try:
        act()
    except BadValue as problem:
        form.add_error(None, words(problem.code, problem.about))
    except Conflict as problem:
        if problem.code == OUTDATED:
            raise  # said with what stands there now
        form.add_error(None, words(problem.code))
    except NotFound:
        form.add_error(None, words("import.not_found"))
    else:
        return True
    return False


def answered(
    request: OfficerRequest,
    viewer: Viewer,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    up: tuple[str, str],
    done: str,
    submit: str = "保存",
    note: str = "",
    current: Callable[[], dict[str, Any]] | None = None,
) -> HttpResponse:
    """Show a form, or do what it asks and go back to where it belongs.

    up       label and address of the page it belongs to
    note     exactly what will happen, where the act is final
    current  what the form would show if it was opened now: if someone else was first, it comes back
             filled, with what differs, and is then judged by that
    """
    changed: list[tuple[str, str]] | None = None
    try:
        if (
            request.method == "POST"
            and form.is_valid()
            and attempted(form, lambda: act(form.cleaned_data))
        ):
            messages.success(request, done)
            return redirect(up[1])
    except Conflict:
        if current is None:
            raise
        changed = _given_back(form, current())
    status = 409 if changed is not None else 422 if form.is_bound else 200
    values = {"form": form, "title": title, "crumbs": [up], "submit": submit, "note": note}
    return shown(request, "form", viewer, status=status, changed=changed, **values)


def _given_back(form: Form, now: dict[str, Any]) -> list[tuple[str, str]]:
    """Let a form that was filled go by what stands there now; return how that differs, by field."""
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    sent["seen"] = now["seen"]
    form.data = sent
    found = []
    for bound_field in form.visible_fields():
        there = now.get(bound_field.name)
        there = there.isoformat() if isinstance(there, date) else str(there or "")
        said = str(bound_field.value() or "").replace("\r\n", "\n").strip()
        if said != there:
            offered = dict(getattr(bound_field.field, "choices", ()))
            found.append((str(bound_field.label), str(offered.get(there, there)) or "没有填写"))
    return found


def sent_file(data: bytes, name: str, *, content_type: str = XLSX) -> HttpResponse:
    """Return a file to be kept, under a Chinese name."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def page_number(request: OfficerRequest) -> int:
    """Return which page of a list is asked for; the first if it cannot be read."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def filtered(form: Form, request: OfficerRequest, preset: Mapping[str, str]) -> dict[str, Any]:
    """Return what a list is narrowed to: what was chosen, and where nothing was, what the address says.

    The next page of a list, and its export, are of the same list. What cannot be read narrows nothing.
    """
    form.data = QueryDict(urlencode({**preset, **request.GET.dict()}))
    form.is_bound = True
    form.is_valid()
    return form.cleaned_data


def query_of(form: Form) -> str:
    """Return what a list is narrowed to, for the address of its export."""
    asked = {name: form.data[name] for name in form.fields if form.data.get(name)}
    return f"?{urlencode(asked)}" if asked else ""


def bound(request: OfficerRequest) -> Any:
    """Return what was sent with a form, None if it is only looked at."""
    return request.POST if request.method == "POST" else None
