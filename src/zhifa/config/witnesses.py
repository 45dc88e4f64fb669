"""What the portal's database says, where it is at hand (公示门户所存); for `zhifa verify`.

A workbench on a machine of its own does not have the portal's tables: nothing of it is imported then.
"""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings

from zhifa.disclosure import selectors as disclosure


def portal_is_here() -> bool:
    """Whether this process can read the portal's database."""
    return apps.is_installed("zhifa.portal") and "portal" in settings.DATABASES


def checkpoints(origins: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the states of these logs that the portal has seen: size and root; one query, read in pieces."""
    if portal_is_here():
        yield from _portal("selectors").checkpoints_seen(origins)


def portal_differences() -> Iterator[Any]:
    """Yield what the portal shows otherwise than the workbench sent it (公示门户核对)."""
    if portal_is_here():
        portal = _portal("verification")
        sent = (
            portal.Sent(
                one.subject_kind, one.key, one.sequence, one.sha256,
                partial(disclosure.package_content, one.sha256), one.received_at,
            )
            for one in disclosure.sent_packages()
        )  # fmt: skip
        yield from portal.differences(sent)


def _portal(module: str) -> Any:
    return import_module(f"zhifa.portal.{module}")
