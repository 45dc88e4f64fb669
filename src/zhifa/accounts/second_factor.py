"""The sign-in library's own pages, where they change a second factor: what they do is journalled."""

from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhifa import clock
from zhifa.accounts import services
from zhifa.accounts.access import View
from zhifa.law.actors import ActorId


def journalled(view: View[[]]) -> View[[]]:
    """Let a page that changes one's own second factor do so only together with its entry."""

    @wraps(view)
    def noted(request: HttpRequest, /) -> HttpResponseBase:
        person = request.user
        if request.method != "POST" or not person.is_authenticated:
            return view(request)  # shows a form, or the way to the sign-in
        with services.second_factor_noted(actor=ActorId(person.pk), at=clock.now()):
            return view(request)

    return noted
