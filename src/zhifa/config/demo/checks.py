"""Saying what is checked, and whether it held (演示中的检查): the demo ends 0 only if all of it did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from zhifa.law.errors import Refused
from zhifa.procedures.wording import violation_words


class NotHeld(Exception):
    """Something the demo promises did not hold; the message names it."""


class Teller:
    """Prints the story; raises NotHeld at the first thing that does not hold."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._chapter = say, 0

    def chapter(self, title: str) -> None:
        """Begin the next chapter."""
        self._chapter += 1
        self._say(f"\n【{self._chapter}】{title}")

    def tell(self, text: str) -> None:
        """Say what happens."""
        self._say(f"    {text}")

    def held(self, what: str, truth: object) -> None:
        """Say that something holds, or stop."""
        if not truth:
            raise NotHeld(what)
        self._say(f"  ✓ {what}")

    @contextmanager
    def refused(self, what: str, code: str) -> Iterator[None]:
        """Expect the block to be refused for that reason, and show every reason with its article."""
        try:
            yield
        except Refused as refusal:
            codes = [violation.code for violation in refusal.violations]
            self.held(what, code in codes)
            for violation in refusal.violations:
                self.tell(f"× {violation_words(violation)} —— {violation.basis.words}")
        else:
            raise NotHeld(what)
