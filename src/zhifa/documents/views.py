"""Looking at documents (查看文书); what is out of scope is not found, for row security hides it."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.documents import selectors
from zhifa.law.errors import NotFound

_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@signed_in
@require_GET
def listing(request: OfficerRequest, subject: UUID) -> HttpResponse:
    """Show the documents of a case; unknown, out of scope or without any is not found."""
    made = selectors.documents_of(subject)
    if not made:
        raise NotFound
    values = {"documents": made, "subject": subject, "crumbs": _crumbs(subject)}
    return render(request, "documents/listing.html", values)


@signed_in
@require_GET
def show(request: OfficerRequest, document_id: UUID) -> HttpResponse:
    """Show one document with its particulars; the page looks again while the file is made."""
    found = selectors.document(document_id)
    if found is None:
        raise NotFound
    page = (
        "documents/_document.html" if request.headers.get("HX-Request") else "documents/show.html"
    )
    return render(request, page, {"document": found, "crumbs": _crumbs(found.subject)})


def _crumbs(subject: UUID) -> list[tuple[str, str]]:
    """Return the way back to the case; that room lies above, so its page is known by name alone."""
    return [("案件", reverse("cases:detail", args=(subject,)))]


@signed_in
@require_GET
@xframe_options_sameorigin
def file(request: OfficerRequest, document_id: UUID) -> FileResponse:
    """Send the finished file, to be shown or, with ?download=1, to be saved."""
    found = selectors.document(document_id)
    if found is None or not found.ready:
        raise NotFound
    response = FileResponse(
        selectors.file(document_id),
        as_attachment=request.GET.get("download") == "1",
        filename=found.file_name,
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{found.sha256}"'
    return response
