"""Whether everything is still what was recorded (核对), joined from every room for `zhifa verify`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.db import connections, transaction

from zhifa.cases import replay as cases
from zhifa.config import log_reach, witnesses, wording
from zhifa.disclosure import selectors as disclosure
from zhifa.documents import verification as documents
from zhifa.evidence import selectors as evidence
from zhifa.journal import verification as journal


class Difference(Protocol):
    """What a room's `differences()` yields for each thing that is not as it was recorded."""

    @property
    def code(self) -> str: ...  # what differs; words by the room
    @property
    def about(self) -> str: ...  # the name a person knows it by: a number, a title
    @property
    def harmless(self) -> bool: ...  # worth knowing, nothing to repair


# Reading evidence from end to end takes hours, and the database must not lose patience.
_ONE_MOMENT = """
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SELECT
"""


@dataclass(frozen=True, slots=True)
class Room:
    """One room's part of the verification; `full` reads and prints everything again."""

    name: str
    differences: Callable[[bool], Iterable[Difference]]


@dataclass(frozen=True, slots=True)
class Found:
    """One difference, ready to be read."""

    room: str
    words: str
    harmless: bool


ROOMS: tuple[Room, ...] = (
    Room("记录", lambda full: journal.differences()),
    Room("日志", lambda full: log_reach.differences(settings.ENVIRONMENT.data_dir)),
    Room("案件", lambda full: cases.differences()),
    Room("文书", lambda full: documents.differences(full=full)),
    Room("证据", lambda full: evidence.differences()),
    Room("公示", lambda full: disclosure.differences()),
    Room("门户", lambda full: witnesses.portal_differences()),
)


def differences(*, full: bool) -> Iterator[Found]:
    """Yield every difference of every room, in the order of `ROOMS` and then the room's own.

    Everything is read as it stood at one moment, so that what people do meanwhile is no difference.
    """
    with _of_one_moment("portal"), _of_one_moment("default"):
        yield from _differences(full=full)


@contextmanager
def _of_one_moment(alias: str) -> Iterator[None]:
    """Read this database as it stands now. The portal first: what it has, the workbench has sent before."""
    if alias == "portal" and not witnesses.portal_is_here():
        yield
        return
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(_ONE_MOMENT)
        yield


def _differences(*, full: bool) -> Iterator[Found]:
    for room in ROOMS:
        for one in room.differences(full):
            yield Found(room.name, wording.words(one.code, one.about), one.harmless)
