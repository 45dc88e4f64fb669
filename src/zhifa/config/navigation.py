"""The main navigation (主导航): what this person's roles have a use for."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from zhifa import clock
from zhifa.registry.rules import ADMINISTRATORS, STAFF, Role
from zhifa.registry.selectors import scope
from zhifa.registry.wording import ROLES


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry leads, and for whom it is of use."""

    label: str
    name: str  # of the page's address
    below: str  # where it and the pages below it lie, under /desk/
    roles: frozenset[Role]


_CASEWORK = STAFF - {Role.DISCLOSURE_EDITOR, Role.DISCLOSURE_PUBLISHER}
_PLACES = (
    Place("待办", "site:work_list", "", frozenset(Role)),
    Place("案件", "cases:list", "cases/", _CASEWORK),
    Place(
        "法制审核", "review:queue", "review/", frozenset({Role.LEGAL_REVIEWER}),
    ),
    Place(
        "公示", "disclosure:queue", "disclosure/",
        frozenset({
            Role.DISCLOSURE_EDITOR, Role.DISCLOSURE_REVIEWER, Role.DISCLOSURE_PUBLISHER,
            Role.HANDLING_UNIT_HEAD, Role.AGENCY_HEAD, Role.SUPERVISOR, Role.LEADER,
        }),
    ),
    Place("主体与人员", "registry:bodies", "registry/", frozenset(Role)),
    Place("权力事项", "registry:items", "registry/items/", frozenset(Role)),
    Place("用户", "registry:people", "registry/people/", ADMINISTRATORS),
    Place(
        "管理日志", "site:administration", "administration/",
        frozenset({Role.AUDIT_ADMINISTRATOR}),
    ),
)  # fmt: skip


def entries(request: HttpRequest) -> list[Entry]:
    """Return the entries this person has a use for, the place of the present page marked.

    The first entry is for everybody, also without an office. Asks once a request.
    """
    held = set(_roles(request))
    found: list[tuple[Place, str]] = []
    for place in _PLACES:
        if place.below and not held & place.roles:
            continue
        found.append((place, reverse(place.name)))
    here = _current(request.path, [place for place, _ in found])
    return [Entry(place.label, href, place is here) for place, href in found]


def _current(path: str, places: list[Place]) -> Place | None:
    """Return the place of a page: the one that lies deepest above it."""
    if path == "/desk/":
        return places[0]
    above = [place for place in places if place.below and path.startswith(f"/desk/{place.below}")]
    return max(above, key=lambda place: len(place.below), default=None)


def search_href() -> str:
    """Return where the search box of the header leads."""
    return reverse("cases:search")


def role_names(request: HttpRequest) -> list[str]:
    """Return the roles of the person signed in, in words, each once."""
    return [ROLES[role] for role in _roles(request)]


def _roles(request: HttpRequest) -> list[Role]:
    """Return the roles held today, each once, in the order of `Role`; asked once a request."""
    if not hasattr(request, "_zhifa_roles"):
        actor = getattr(request, "actor", None)
        held = {one.role for one in scope(actor, on=clock.today()).held} if actor else set()
        request._zhifa_roles = [role for role in Role if role in held]  # type: ignore[attr-defined]
    roles: list[Role] = request._zhifa_roles  # type: ignore[attr-defined]
    return roles
