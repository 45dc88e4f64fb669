"""Telling all stories at once, in the order of their days (演示时间线)."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime

from zhifa import clock

Story = Iterator[datetime]


def run(stories: Iterable[tuple[datetime, Story]], *, until: datetime) -> int:
    """Run the stories to their ends, each from its instant on; the clock only moves forward.

    until  now by the real clock: what a story would do after it, it leaves undone

    An instant that has passed means "go on at once". Returns how many stories were left undone.
    Raises ClockFixed outside demo and test mode.
    """
    waiting = [(start, number, story) for number, (start, story) in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting and waiting[0][0] <= until:
        instant, number, story = heapq.heappop(waiting)
        if instant > clock.now():
            clock.move_to(instant)
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, story))
    return len(waiting)
