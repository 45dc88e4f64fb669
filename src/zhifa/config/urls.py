"""Root URLs: the portal at `/`, the workbench under `/desk/` (design.md section 5)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
]
