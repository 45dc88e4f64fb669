"""What every page shows around its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhifa.config import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what `site.html` and `desk.html` show; queries are made only where it is shown."""
    return {
        "public_url": settings.ENVIRONMENT.public_url,
        "is_demo": settings.DEMO,
        "query": request.GET.get("q", ""),
        "navigation": SimpleLazyObject(lambda: navigation.entries(request)),
        "search_href": SimpleLazyObject(navigation.search_href),
        "role_names": SimpleLazyObject(lambda: navigation.role_names(request)),
    }
