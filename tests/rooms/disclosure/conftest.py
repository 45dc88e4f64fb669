"""A served decision, and a portal of its own that takes it in.

The city and its first served case are made once; each test works on a copy of those databases.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.test import override_settings
from tests import build
from tests.rooms.cases.work import casework, small, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.config.demo import stories
from zhifa.config.postgres import cluster as postgres
from zhifa.documents import selectors as documents
from zhifa.documents import services as printing
from zhifa.journal import services as journal

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def copied(source, name):
    """Return a copy of databases that hold something already."""
    copy = type(source)(f"{WORKER}_{name}")
    with postgres.connect(
        copy.cluster.login("postgres", name="postgres"), autocommit=True
    ) as connection:
        for template, wanted in copy.names.items():
            owner = "zhifa_owner" if template == postgres.WORKBENCH else "zhifa_portal"
            connection.execute(f"DROP DATABASE IF EXISTS {wanted} WITH (FORCE)")
            connection.execute(
                f"CREATE DATABASE {wanted} TEMPLATE {source.names[template]} OWNER {owner}"
                " STRATEGY file_copy"
            )
    return copy


@dataclass(frozen=True)
class Prepared:
    """Databases and files with one served case."""

    clone: Any  # tests.conftest.Clone
    store: Path
    city: build.City
    case_id: UUID
    now: datetime


@pytest.fixture(scope="session")
def prepared(django_db_setup, django_db_blocker, tmp_path_factory):
    """Make the city and a shop's served decision, once."""
    store = tmp_path_factory.mktemp("served")
    clone = type(django_db_setup)(f"{WORKER}_served")
    clone.create()
    clone.use()
    clock.allow_moving()
    with django_db_blocker.unblock(), override_settings(STORE_URL=store.as_uri()):
        city = build.city()
        case_id = serve_one(city, small())
        made = Prepared(clone, store, city, case_id, clock.now())
    django_db_setup.use()
    clock.release()
    yield made
    clone.drop()


@pytest.fixture(autouse=True)
def folders(prepared, settings, tmp_path, django_db_setup, django_db_blocker):
    """Give every test databases and files of its own."""
    shutil.copytree(prepared.store, tmp_path / "store")
    settings.STORE_URL = (tmp_path / "store").as_uri()
    settings.PORTAL = configured.PORTAL | {"folder": str(tmp_path / "portal")}
    copy = copied(prepared.clone, "copy")
    copy.use()
    clock.move_to(prepared.now)
    with django_db_blocker.unblock():
        yield copy
    django_db_setup.use()
    copy.drop()


@pytest.fixture
def city(prepared):
    """Return a city whose people may publish."""
    return prepared.city


@pytest.fixture
def case_id(prepared):
    """Return a case whose decision was served: a shop, fined."""
    return prepared.case_id


@pytest.fixture
def serve(city):
    """Return what takes another matter to its served, printed decision and returns the case."""
    return lambda matter: serve_one(city, matter)


def serve_one(city, matter):
    """Take a matter to its served decision, and do what the worker would."""
    work = told(casework(city, matter), stories.to_served)
    print_and_log(city, work.case_id)
    return work.case_id


def print_and_log(city, case_id):
    """Print every document of a case, and bring the record into the log."""
    with acting(city.agency_heads[0], on=clock.today()):
        for one in documents.documents_of(case_id):
            printing.render_document(one.id, at=clock.now())
    journal.integrate(clock.now())
