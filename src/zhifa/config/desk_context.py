"""What `desk.html` shows around every page of the workbench; not in the portal's process."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhifa.config import navigation


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation and who is signed in; asked for only where it is shown."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation.entries(request)),
        "search_href": SimpleLazyObject(navigation.search_href),
        "role_names": SimpleLazyObject(lambda: navigation.role_names(request)),
    }
