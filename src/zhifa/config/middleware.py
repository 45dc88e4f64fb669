"""What happens to every request: safe headers, who acts, and how a refusal is answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused
from zhifa.store import StoreProblem

GetResponse = Callable[[HttpRequest], HttpResponse]

# Everything a page needs comes from us; inline styles are used by Tabler's components.
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)


class SecurityHeaders:
    """Add the headers that keep a page from loading anything that is not ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", _POLICY)
        response.setdefault(
            "Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)"
        )
        return response


class Scope:
    """Tell the database who acts, so that row security can judge each query.

    What a person is shown stays in no cache, neither a proxy's nor that of a computer the next person
    uses; what was typed into a form is kept by the page itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = getattr(request, "user", None)
        if not request.path.startswith(("/desk/", "/accounts/")):
            return self.get_response(request)  # the portal never opens a session or a connection
        if person is None or not person.is_authenticated:
            return self.get_response(request)
        request.actor = ActorId(person.pk)  # type: ignore[attr-defined]
        with acting(ActorId(person.pk), on=clock.today()):
            response = self.get_response(request)
        response.setdefault("Cache-Control", "private, no-store")
        return response


class Answers:
    """Answer what a service refuses: the law 409, a person 403, a race 409, the unknown 404.

    A value that cannot be what it claims is answered 422, where the page's own form did not catch it;
    a store that is full, or has lost a file, 507.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case Refused():
                return render(request, "refused.html", {"refused": exception}, status=409)
            case Denied():
                return render(request, "denied.html", {"denied": exception}, status=403)
            case Conflict():
                return render(request, "conflict.html", {"conflict": exception}, status=409)
            case BadValue():
                return render(request, "bad_value.html", {"problem": exception}, status=422)
            case NotFound():
                return render(request, "404.html", status=404)
            case StoreProblem():
                return render(request, "store_problem.html", {"problem": exception}, status=507)
        return None
