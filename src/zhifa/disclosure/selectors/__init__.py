"""Reading publications (公示查询): frozen values, stated order, known number of queries."""

from zhifa.disclosure.selectors.checks import differences
from zhifa.disclosure.selectors.publication import (
    PublicationView,
    portal_url,
    public_pdf,
    publication,
    publication_of,
)
from zhifa.disclosure.selectors.queue import Line, Queue, Task, ToBegin, queue, tasks_for
from zhifa.disclosure.selectors.record_checks import Difference
from zhifa.disclosure.selectors.records import (
    Change,
    LeftShown,
    left_shown,
    record_changes,
    unsent,
)
from zhifa.disclosure.selectors.sent import SentPackage, package_content, sent_packages

__all__ = [
    "Change",
    "Difference",
    "LeftShown",
    "Line",
    "PublicationView",
    "Queue",
    "SentPackage",
    "Task",
    "ToBegin",
    "differences",
    "left_shown",
    "package_content",
    "portal_url",
    "public_pdf",
    "publication",
    "publication_of",
    "queue",
    "record_changes",
    "sent_packages",
    "tasks_for",
    "unsent",
]
