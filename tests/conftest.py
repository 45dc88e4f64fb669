"""Tests run against a real PostgreSQL under the web login, as the product does.

One embedded cluster serves a test run, started by the controlling process when tests outside
`tests/core` are wanted. Its databases are migrated once and cloned for each worker; a test that needs real
commits takes a clone of its own (`own_database`).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _IS_WORKER:
    for name in [name for name in os.environ if name.startswith("ZHIFA_")]:
        del os.environ[name]
    os.environ["ZHIFA_DATA_DIR"] = tempfile.mkdtemp(prefix="zhifa-test-")
    os.chmod(os.environ["ZHIFA_DATA_DIR"], 0o755)  # noqa: PTH101  (the server's user walks through)
DATA_DIR = Path(os.environ["ZHIFA_DATA_DIR"])
os.environ["DJANGO_SETTINGS_MODULE"] = "zhifa.config.settings"

import django  # noqa: E402  (the environment comes first)
from django.conf import settings  # noqa: E402
from tests.clones import Clone  # noqa: E402

from zhifa.config.postgres import cluster as postgres  # noqa: E402

django.setup()
settings.PASSWORD_HASHERS = ["tests.fast_passwords.Fast"]
# How long an example takes says more about the machine than about us.
# New examples are for whoever works on the code; what lands is judged by the same ones each time.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "ours")

_resources = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster and migrate it, once a run, before any worker starts."""
    core_only = config.args and all("core" in Path(arg).parts for arg in config.args)
    if _IS_WORKER or core_only or config.option.collectonly:
        return
    _resources.enter_context(postgres.Cluster.at(DATA_DIR).running())
    subprocess.run([sys.executable, "-m", "zhifa", "migrate"], check=True)


@pytest.hookimpl(trylast=True)  # pytest-django has an order of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last: Playwright's loop stays in its process, and no other can start after it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_unconfigure() -> None:
    _resources.close()
    if not _IS_WORKER:
        shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: object) -> Iterator[Clone]:
    """Give this worker its own copy of the migrated databases."""
    clone = Clone(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    clone.create()
    clone.use()
    yield clone
    clone.drop()


@pytest.fixture
def own_database(
    django_db_setup: Clone, django_db_blocker, request: pytest.FixtureRequest
) -> Iterator[Clone]:
    """A fresh copy for one test: its commits are real, and other processes may join in."""
    clone = Clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_own")
    clone.create()
    clone.use()
    with django_db_blocker.unblock():
        yield clone
    django_db_setup.use()
    clone.drop()


@pytest.fixture(autouse=True)
def _clock_shows_real_time() -> Iterator[None]:
    from zhifa import clock

    clock.allow_moving()
    yield
    clock.release()
