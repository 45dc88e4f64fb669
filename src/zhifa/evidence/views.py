"""Looking at a file of evidence (调阅证据); every look is journalled."""

from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_GET

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.evidence import services

# What browsers show by themselves without running anything in it.
_SHOWN = {
    "image/jpeg", "image/png", "image/webp", "image/bmp", "application/pdf", "video/mp4",
    "video/webm", "audio/mp4", "audio/webm", "audio/mpeg", "audio/wav",
}  # fmt: skip
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self';"
    " style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@signed_in
@require_GET
def file(request: OfficerRequest, item_id: UUID) -> FileResponse:
    """Send the content of an item in pieces, under the name it was brought with."""
    opened = services.view(item_id=item_id, actor=request.actor, at=clock.now())
    response = FileResponse(
        opened.file,
        as_attachment=opened.media_type not in _SHOWN,
        filename=opened.file_name,
        content_type=opened.media_type,
    )
    response["Content-Length"] = opened.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "private, no-store"  # a second look is journalled too
    return response
