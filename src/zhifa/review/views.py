"""What waits for legal review (审核队列). The opinion itself moves a case and stands in `cases`."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.registry import selectors as registry
from zhifa.review import selectors
from zhifa.review.selectors import QueuedReview
from zhifa.review.wording import GROUNDS, KINDS


@dataclass(frozen=True, slots=True)
class Queued:
    """One line of the queue in words."""

    review: QueuedReview
    grounds: tuple[str, ...]
    kinds: tuple[str, ...]
    left: int  # working days; negative once late
    late: bool


@signed_in
@require_GET
def queue(request: OfficerRequest) -> HttpResponse:
    """Show what this person may review, most urgent first; own cases are left out."""
    today = clock.today()
    bodies = registry.scope(request.actor, on=today).review_bodies
    calendar = registry.calendar()
    found = selectors.open_reviews(bodies=bodies, excluding_handler=request.actor)
    lines = []
    for one in found:
        left = calendar.working_days(today, one.due_on)
        lines.append(
            Queued(
                one,
                tuple(GROUNDS.get(ground, ground) for ground in one.grounds),
                tuple(KINDS.get(kind, kind) for kind in one.kinds),
                left,
                left < 0,
            )
        )
    late = sum(line.late for line in lines)
    summary = f"等待审核 {len(lines)} 件" + (f"，逾期 {late} 件" if late else "")
    values = {"lines": lines, "is_reviewer": bool(bodies), "summary": summary if lines else ""}
    return render(request, "review/queue.html", values)
