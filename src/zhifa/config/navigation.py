"""The main navigation (主导航): what this person's roles have a use for."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation."""

    label: str
    href: str
    current: bool


# label, name of the page, where it and the pages below it lie
_PLACES = (
    ("待办", "site:work_list", ""),
    ("案件", "cases:list", "cases/"),
    ("法制审核", "review:queue", "review/"),
    ("公示", "disclosure:queue", "disclosure/"),
    ("机关与人员", "registry:bodies", "registry/"),
)


def entries(request: HttpRequest) -> list[Entry]:
    """Return the entries of the navigation, the place of the present page marked."""
    found = []
    for label, name, below in _PLACES:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue  # a room that this role does not run
        at = f"/desk/{below}"
        current = request.path.startswith(at) if below else request.path == at
        found.append(Entry(label, href, current))
    return found


def search_href() -> str:
    """Return where the search box of the header leads; empty where there are no cases."""
    try:
        return reverse("cases:search")
    except NoReverseMatch:
        return ""


def role_names(request: HttpRequest) -> list[str]:
    """Return the roles of the person signed in, in words."""
    return []
