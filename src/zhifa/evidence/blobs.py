"""The part of the store that holds evidence (证据存储)."""

from django.conf import settings

from zhifa.store import Store, from_url


def store() -> Store:
    """Return the area of this installation's store that holds evidence and nothing else."""
    return from_url(settings.STORE_URL, "evidence")
