"""What every page of the public site has in common: no session, short caching, honest absence."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from zhifa.law.errors import NotFound
from zhifa.portal.selectors import Gone

P = ParamSpec("P")
_SECONDS = 60  # how long a copy may live on after a withdrawal


def public(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer what is unknown with 404 and what was taken back with 410; let copies be kept briefly."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except NotFound:
            response = missing(request)
        except Gone as gone:
            around = {"tombstone": gone.tombstone}
            response = render(request, "portal/tombstone.html", around, status=410)
        if request.method in {"GET", "HEAD"}:
            patch_cache_control(response, public=True, max_age=_SECONDS)
        else:
            patch_cache_control(response, no_store=True)
        return response

    return answered


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address under which nothing was ever published; also the site's handler of 404."""
    return render(request, "portal/missing.html", status=404)


def page_query(request: HttpRequest) -> str:
    """Return what was asked, without the number of the page, to be followed by `page=`."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"{asked.urlencode()}&" if asked else ""


def listing(request: HttpRequest, found: Any, **around: Any) -> Mapping[str, Any]:
    """Return what a list page shows: the records, where we are in them, and how to go on."""
    return {"found": found, "page_query": page_query(request), **around}
