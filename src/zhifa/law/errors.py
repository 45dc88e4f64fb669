"""How a rule says no: Refused (the law), Denied (this person), Conflict (someone was first)."""

from dataclasses import dataclass

from zhifa.law.citations import Article


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that forbids an act, and the article it rests on."""

    code: str  # stable and language-free: journalled, put into words at the edge
    basis: Article
    about: str = ""  # whom or what it concerns: an officer's name, a party, a number

    def __str__(self) -> str:
        return f"{self.code} [{self.basis}]"


class Refused(Exception):
    """The law says no; nothing was changed. Carries every broken rule."""

    def __init__(self, what: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(f"{what}: " + "; ".join(map(str, violations)))
        self.what = what
        self.violations = violations


class Denied(Exception):
    """This person may not do this; nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Conflict(Exception):
    """Someone else was first; nothing was changed. Look again, then act."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotFound(Exception):
    """It does not exist, or is out of the actor's scope: the two look the same."""


class BadValue(ValueError):
    """A value cannot be what it claims to be: a wrong check digit, a spell that ends too early.

    It is judged before any rule of law is; `code` is stable and language-free, and `errors_zh`
    puts it into words. `about` names what is meant and never carries a personal number.
    """

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code}: {about}" if about else code)
        self.code = code
        self.about = about
