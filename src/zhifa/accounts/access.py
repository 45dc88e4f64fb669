"""Who may open a page at all, and as whom the database sees a person (登录要求).

Signing in is checked here, at the edge; what a signed-in person may do is a rule, checked in services.
No models here: the portal's process, which has none of ours, reads the middleware that reads this.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from psycopg.pq import TransactionStatus

from zhifa.law.actors import ActorId

P = ParamSpec("P")

_DESK = "/desk/"
_ENDED = (
    "登录已经过期，刚才的内容没有提交。请重新登录，登录后回到原来的页面，填写的内容会自动填回；"
    "请核对以后再提交，文件需要重新选择。"
)


class OfficerRequest(HttpRequest):
    """A request of someone who has signed in; the middleware `Scope` says who."""

    actor: ActorId


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
SignedInView = Callable[Concatenate[OfficerRequest, P], HttpResponseBase]


def signed_in(view: SignedInView[P]) -> View[P]:
    """Open the page to people who have signed in and chosen a password of their own."""
    return _guarded(view, temporary_password_will_do=False)


def signed_in_at_first(view: SignedInView[P]) -> View[P]:
    """Open the page also to those who still have the password an administrator gave them."""
    return _guarded(view, temporary_password_will_do=True)


def _guarded(view: SignedInView[P], *, temporary_password_will_do: bool) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = request.user
        if not person.is_authenticated:
            return _elsewhere(request, _sign_in(request))
        if person.must_change_password and not temporary_password_will_do:
            return _elsewhere(request, redirect("accounts:password"))
        return view(cast("OfficerRequest", request), *args, **kwargs)

    guarded.signed_in_only = True  # type: ignore[attr-defined]  # read by the test of all routes
    return guarded


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page, and back to where the person was.

    A form that was sent is not sent again after it: its page is opened again, and gives back what was typed.
    """
    part = "HX-Request" in request.headers
    if request.method not in {"GET", "HEAD"} or part:
        messages.warning(request, _ENDED)
        back = _page_of(request)
    else:
        back = request.get_full_path()
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


def _page_of(request: HttpRequest) -> str:
    """Return the page on which a form or a part of it was asked for; the work list if none of ours."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    found = urlsplit(page)
    if not url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    ) or not found.path.startswith(_DESK):
        return _DESK
    return urlunsplit(("", "", found.path, found.query, ""))


def _elsewhere(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Move the whole page, not the part that htmx asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(answer["Location"])
    return answer


@contextmanager
def acting(actor: ActorId | None, *, on: date) -> Iterator[None]:
    """Let the database judge the block's queries as those of `actor` on that day (行级权限).

    actor  None: nobody, who sees nothing
    on     the local date by which appointments count; not the database's, so that a moved clock works

    Sets `zhifa.actor` and `zhifa.today` of the web login's connection, and puts back what stood there.
    """
    before = _set("" if actor is None else str(actor), on.isoformat())
    try:
        yield
    finally:
        if not _failed():  # a rollback puts the settings back by itself
            _set(*before)


def _failed() -> bool:
    """Whether the transaction can only be rolled back."""
    status = connection.connection.info.transaction_status
    return connection.needs_rollback or status == TransactionStatus.INERROR


def _set(actor: str, today: str) -> tuple[str, str]:
    """Set both settings and return what stood there; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED ("
            " SELECT coalesce(current_setting('zhifa.actor', true), '') AS actor,"
            " coalesce(current_setting('zhifa.today', true), '') AS today)"
            " SELECT actor, today, set_config('zhifa.actor', %s, false),"
            " set_config('zhifa.today', %s, false) FROM before",
            [actor, today],
        )
        actor, today, *_ = cursor.fetchone()
    return actor, today
