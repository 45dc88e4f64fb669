"""What every page shows around its own content, the portal's too: no query is made for it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what `site.html` shows."""
    return {
        "public_url": settings.ENVIRONMENT.public_url,
        "is_demo": settings.DEMO,
        "query": request.GET.get("q", ""),
    }
