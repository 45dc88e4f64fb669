"""A browser of Django's, signed in without the page (the page has tests of its own)."""

from uuid import UUID

from django.test import Client

from zhifa.accounts.models import Person


def sign_in(person: UUID, client: Client | None = None) -> Client:
    """Return a client in which somebody who has a password of his own is signed in; yours or a new one."""
    client = client or Client()
    Person.objects.filter(pk=person).update(must_change_password=False)
    client.force_login(Person.objects.get(pk=person), "django.contrib.auth.backends.ModelBackend")
    return client
