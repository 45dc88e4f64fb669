"""The one way this package says no: it was not shown (未能证明)."""


class NotVerified(Exception):
    """What was to be shown was not shown; `code` is stable, `wording` has the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
