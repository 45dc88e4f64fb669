"""How far the import of a file has come (导入进度)."""

from enum import StrEnum


class RunState(StrEnum):
    """Checked first, then confirmed by the person who brought it, then written."""

    CHECKING = "checking"
    CHECKED = "checked"  # waits for the person
    WRITING = "writing"
    DONE = "done"
    REFUSED = "refused"  # rows turned out bad while writing: nothing was written
    UNREADABLE = "unreadable"
    GIVEN_UP = "given_up"


OPEN = frozenset({RunState.CHECKING, RunState.CHECKED, RunState.WRITING})
