"""Root URLs: the portal at `/`, the workbench under `/desk/` (design.md section 5)."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from zhifa.config.environment import Role

handler400 = "zhifa.config.views.bad_request"
handler403 = "zhifa.config.views.forbidden"
handler404 = "zhifa.config.views.not_found"
handler500 = "zhifa.config.views.fault"

_ROOMS = ("cases", "review", "documents", "evidence", "registry", "disclosure", "accounts")
_ROLE = settings.ENVIRONMENT.role


def _there(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:  # a room not built yet; goes with the last room
        return False
    return True


urlpatterns: list[URLPattern | URLResolver] = []
if _ROLE is not Role.PORTAL:
    urlpatterns.append(path("accounts/", include("zhifa.accounts.sign_in_urls")))
    if _there("zhifa.accounts.access"):
        urlpatterns += [
            path("desk/", include("zhifa.config.site_urls")),
            *(
                path("desk/", include(f"zhifa.{room}.urls"))
                for room in _ROOMS
                if _there(f"zhifa.{room}.urls")
            ),
        ]
if _ROLE in {Role.ALL, Role.PORTAL} and _there("zhifa.portal.urls"):
    urlpatterns.append(path("", include("zhifa.portal.urls")))
