"""People named in a form (人员选择): officers with their certificates, hosts, clerks, approvers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from zhifa.cases.known import KnownPerson


def _words(person: KnownPerson) -> str:
    note = f"（{person.note}）" if person.note else ""
    return f"{person.name}{note}" + (f"——{person.barred}" if person.barred else "")


class PeopleField(forms.MultipleChoiceField):
    """Several people; who is barred is shown with the reason and cannot be chosen."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label=label, widget=forms.CheckboxSelectMultiple, **options)
        self.barred: dict[str, str] = {}

    def offer(self, people: Sequence[KnownPerson]) -> None:
        """Set who can be chosen."""
        self.choices = [(str(person.id), _words(person)) for person in people]
        self.barred = {str(person.id): _words(person) for person in people if person.barred}

    def clean(self, value: Any) -> tuple[UUID, ...]:
        """Return the ids in the order of the list."""
        chosen = super().clean(value)
        for one in chosen:
            if one in self.barred:
                raise ValidationError(f"不能选{self.barred[one]}", code="person.barred")
        return tuple(UUID(one) for one in chosen)


class PersonField(forms.ChoiceField):
    """One person."""

    def offer(self, people: Sequence[KnownPerson]) -> None:
        """Set who can be chosen."""
        able = [person for person in people if not person.barred]
        self.choices = [("", "请选择"), *((str(person.id), _words(person)) for person in able)]

    def clean(self, value: Any) -> UUID | None:
        """Return the id."""
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class PartyField(forms.ChoiceField):
    """One party of the case; a single one is chosen already."""

    def offer(self, parties: Sequence[tuple[str, str]]) -> None:
        """Set which parties there are."""
        self.choices = list(parties)

    def clean(self, value: Any) -> UUID:
        """Return the party's id."""
        return UUID(super().clean(value))
