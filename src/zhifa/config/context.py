"""What every page shows around its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the names of the site; no query is made here."""
    return {"public_url": settings.ENVIRONMENT.public_url}
