"""Reading people: frozen values, stated order, known number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.crypto import salted_hmac

from zhifa.accounts.models import Person
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound


@dataclass(frozen=True, slots=True)
class Account:
    """A person with a sign-in, as other rooms see one (用户)."""

    id: ActorId
    login_name: str
    name: str
    is_active: bool
    is_demo: bool
    must_change_password: bool


def person(person_id: UUID) -> Account:
    """Return one person; one query. Raises NotFound."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return _account(row)


def find_by_login(login_name: str) -> Account | None:
    """Return the person who signs in under that name, or None; one query."""
    row = Person.objects.filter(login_name=login_name).first()
    return _account(row) if row else None


def names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these people by id; unknown ids are left out. One query, none for nobody."""
    wanted = set(ids)
    if not wanted:
        return {}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def signed_out(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of these people whose sign-in is closed; one query."""
    rows = Person.objects.filter(pk__in=set(ids), is_active=False)
    return frozenset(rows.values_list("pk", flat=True))


def people() -> list[Account]:
    """Return everybody, those who can sign in first, then by login name; one query."""
    return [_account(row) for row in Person.objects.order_by("-is_active", "login_name")]


def ids_named(text: str) -> frozenset[ActorId]:
    """Return the people in whose name or login name the text stands; one query."""
    rows = Person.objects.filter(Q(name__icontains=text) | Q(login_name__icontains=text))
    return frozenset(map(ActorId, rows.values_list("pk", flat=True)))


def has_second_factor(person_id: UUID) -> bool:
    """Whether a person signs in with a second factor besides the password; one query."""
    return Authenticator.objects.filter(user=person_id).exists()


def password_mark(person_id: UUID) -> str:
    """Return what tells a person's present password from the next, and nothing of it; one query.

    Raises NotFound.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return mark_of(row)


def mark_of(row: Person) -> str:
    """Return the mark of the password that stands in a row."""
    return salted_hmac("zhifa.accounts.password_mark", row.password, algorithm="sha256").hexdigest()


def _account(row: Person) -> Account:
    return Account(
        ActorId(row.pk), row.login_name, row.name, row.is_active, row.is_demo,
        row.must_change_password,
    )  # fmt: skip
