"""Pages that belong to no room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token no longer holds: sign in again, nothing was changed."""
    return render(request, "form_expired.html", status=403)
