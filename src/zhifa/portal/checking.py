"""Checking a document (文书核验): by its token, its number, a digest or the file itself.

It answers for documents that are not published too: that they exist and were sealed, and nothing
about whom they concern.
"""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from zhifa import clock
from zhifa.portal import files, proofs, selectors
from zhifa.portal.forms import CheckForm, FileForm
from zhifa.portal.pages import public
from zhifa.portal.rules import as_printed
from zhifa.portal.views import to_keep

MAX_FILE_BYTES = 50 * 1024 * 1024
_FORM_BYTES = 64 * 1024  # what a form adds around its file


@public
@csrf_exempt  # nothing is changed, and without a session there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Look up a number, a token or a digest; or compare a file with what was published."""
    if request.method == "POST":
        return _check_file(request)
    form = CheckForm(request.GET)
    asked = as_printed((form.asked()["asked_for"] or "").strip())
    around = {"form": form, "file_form": FileForm(), "asked": asked}
    if asked:
        around |= _found(asked)
    return render(request, "portal/verify.html", around)


@public
@require_safe
def document(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR code of a document leads to: number, digest, receipt."""
    record = selectors.document_receipt(token)
    today = clock.today()
    published = selectors.decisions_for(record.data.document_sha256, on=today)
    number = record.data.number
    withdrawn = None if published else selectors.withdrawn_decision(number, on=today)
    around = {
        "record": record,
        "document": record.data,
        "proof": proofs.shown(record.receipt),
        "keys": files.trusted_keys(),
        "receipt_url": reverse("portal:document_receipt", args=[token]),
        "published": published[0] if published else None,
        "withdrawn": withdrawn,
        "file_form": FileForm(),
    }
    return render(request, "portal/document.html", around)


@public
@require_safe
def document_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The log's receipt for a document, to check offline."""
    return to_keep(selectors.document_receipt(token).receipt, f"{token}.receipt.json")


def _check_file(request: HttpRequest) -> HttpResponse:
    """Compare an uploaded file by its digest; it is read once and not kept."""
    around = {"form": CheckForm(), "asked": ""}
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_FILE_BYTES + _FORM_BYTES:
        around |= {"file_form": FileForm(), "too_large": True}
        return render(request, "portal/verify.html", around, status=413)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "portal/verify.html", around | {"file_form": form}, status=422)
    digest = _digest(form.cleaned_data["file"])
    around |= {"file_form": FileForm(), "digest": digest, "asked": digest}
    return render(request, "portal/verify.html", around | _found(digest))


def _digest(file: "UploadedFile[bytes]") -> str:
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    return found.hexdigest()


def _found(asked: str) -> dict[str, object]:
    receipts = selectors.receipts_for(asked)
    decisions = selectors.decisions_for(asked, on=clock.today())
    return {"receipts": receipts, "decisions": decisions}
