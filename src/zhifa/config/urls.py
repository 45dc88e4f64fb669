"""Root URLs: the portal at `/`, the workbench under `/desk/` (design.md section 5)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from zhifa.config.environment import Role

handler400 = "zhifa.config.views.bad_request"
handler403 = "zhifa.config.views.forbidden"
handler404 = "zhifa.config.views.not_found"
handler500 = "zhifa.config.views.fault"

_ROOMS = ("cases", "review", "documents", "evidence", "registry", "disclosure", "accounts")
_ROLE = settings.ENVIRONMENT.role

urlpatterns: list[URLPattern | URLResolver] = []
if _ROLE is not Role.PORTAL:
    urlpatterns += [
        path("accounts/", include("zhifa.accounts.sign_in_urls")),
        path("desk/", include("zhifa.config.site_urls")),
        *(path("desk/", include(f"zhifa.{room}.urls")) for room in _ROOMS),
    ]
if _ROLE in {Role.ALL, Role.PORTAL}:
    urlpatterns.append(path("", include("zhifa.portal.urls")))
else:
    urlpatterns.append(path("", RedirectView.as_view(url="/desk/"), name="home"))
