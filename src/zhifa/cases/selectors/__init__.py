"""Reading cases: frozen values, stated order, known number of queries. Row security keeps out what is out
of scope; nothing here widens it."""

from zhifa.cases.selectors.lists import (
    PAGE_ROWS,
    CasePage,
    CaseRow,
    Filter,
    case_list,
    every_row,
    open_work,
    visible,
)
from zhifa.cases.selectors.one import (
    CaseView,
    StepChoice,
    TimelineEntry,
    case,
    case_for,
    case_standing,
    choices,
    timeline,
)
from zhifa.cases.selectors.tasks import CaseTitle, Task, tasks_for, unsigned_papers

__all__ = [
    "PAGE_ROWS",
    "CasePage",
    "CaseRow",
    "CaseTitle",
    "CaseView",
    "Filter",
    "StepChoice",
    "Task",
    "TimelineEntry",
    "case",
    "case_for",
    "case_list",
    "case_standing",
    "choices",
    "every_row",
    "open_work",
    "tasks_for",
    "timeline",
    "unsigned_papers",
    "visible",
]
