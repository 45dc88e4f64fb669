"""What the portal's database says, where it is at hand (公示门户所存); for `zhifa verify`.

A workbench on a machine of its own does not have the portal's tables: nothing of it is imported then.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings


def portal_is_here() -> bool:
    """Whether this process can read the portal's database."""
    return apps.is_installed("zhifa.portal") and "portal" in settings.DATABASES


def checkpoints(origins: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the states of these logs that the portal has seen: size and root; one query, read in pieces."""
    if portal_is_here():
        yield from _portal("selectors").checkpoints_seen(origins)


def _portal(module: str) -> Any:
    return import_module(f"zhifa.portal.{module}")
