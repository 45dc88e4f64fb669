"""Both cities are made once; each request is undone after it was answered."""

import os
from collections.abc import Iterator

import pytest
from django.test import override_settings
from tests.rooms.access.world import World, world

from zhifa import clock


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[World, World]]:
    """Return two cities, with real rows in databases of their own."""
    store = tmp_path_factory.mktemp("access")
    clone = type(django_db_setup)(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_access")
    clone.create()
    clone.use()
    clock.allow_moving()
    with django_db_blocker.unblock(), override_settings(STORE_URL=store.as_uri()):
        made = world("海门区", "海市监", 1), world("通州区", "通市监", 2)
        yield made
    clock.release()
    django_db_setup.use()
    clone.drop()
