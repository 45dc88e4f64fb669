"""Several processes at once, and processes that are killed: against a database with real commits."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app as jobs
from tests.core.documents import samples
from tests.rooms.documents.made import AT, BODY, CASE, OFFICER, make

from zhifa.documents import press, selectors, services
from zhifa.documents.models import NumberSeries

CONNECTIONS, EACH = 8, 12


def _make_some(worker: int) -> list[str]:
    """Make documents, every third of which is rolled back; return the numbers that stand."""
    numbers = []
    for nth in range(EACH):
        with transaction.atomic():
            made = services.make(
                type_key="hearing_notice",
                values=samples.SAMPLES["hearing_notice"],
                subject=CASE, body_id=BODY, body_name=samples.BODY, office_word="海市监",
                made_on=AT.date(), actor=OFFICER, at=AT,
            )  # fmt: skip
            if (worker + nth) % 3 == 0:
                transaction.set_rollback(True)
            else:
                numbers.append(made.number)
    connections.close_all()
    return numbers


def test_numbers_have_no_gap_whoever_comes_together_and_whatever_is_rolled_back(own_database):
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        given = [number for some in pool.map(_make_some, range(CONNECTIONS)) for number in some]

    count = CONNECTIONS * EACH * 2 // 3
    assert sorted(given) == sorted(f"海市监听通〔2026〕{nth}号" for nth in range(1, count + 1))
    assert NumberSeries.objects.get().last == count
    assert len(selectors.documents_of(CASE)) == count


RENDERS_AND_WAITS = """
import sys
import django
django.setup()
from django.conf import settings
import pytest
from django.db import connections
from uuid import UUID
database, settings.STORE_URL, document, stage = sys.argv[1:]
for alias in connections:
    connections[alias].settings_dict["NAME"] = database
from zhifa import clock
from zhifa.documents import press, services
def wait(*args, **kwargs):
    print("there", flush=True)
    sys.stdin.read()
    sys.exit("not killed")
if stage == "printing":
    press.print_whole = wait
elif stage == "kept":
    services._keep = wait
else:
    save = services.Document.save
    def slow(self, *args, **kwargs):
        save(self, *args, **kwargs)
        wait()
    services.Document.save = slow
services.render_document(UUID(document), at=clock.now())
"""


def _killed(stage: str, database: str, store: str, document: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RENDERS_AND_WAITS, database, store, document, stage],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    ) as process:
        assert process.stdout.readline() == b"there\n"
        process.send_signal(signal.SIGKILL)


def test_a_worker_killed_while_rendering_loses_nothing_and_makes_nothing_twice(
    own_database, settings, tmp_path
):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    document = make().id
    for stage in ("printing", "kept", "recorded"):
        _killed(stage, own_database.names["zhifa"], settings.STORE_URL, str(document))
        assert not selectors.document(document).ready

    services.render_document(document, at=AT + timedelta(minutes=1))
    found = selectors.document(document)
    assert list(press.store().contents()) == [found.sha256]


def test_a_document_is_made_in_its_steps_transaction_only(own_database):
    with pytest.raises(transaction.TransactionManagementError):
        services.make(
            type_key="penalty_prior_notice",
            values=samples.SAMPLES["penalty_prior_notice"],
            subject=CASE, body_id=BODY, body_name=samples.BODY, office_word="海市监",
            made_on=AT.date(), actor=OFFICER, at=AT,
        )  # fmt: skip


WORKS_AND_WAITS = """
import sys
import django
django.setup()
from django.conf import settings
from django.db import connections
database, settings.STORE_URL, waits = sys.argv[1:]
for alias in connections:
    connections[alias].settings_dict["NAME"] = database
from procrastinate.contrib.django import app
from zhifa.documents import press
def wait(*args, **kwargs):
    print("there", flush=True)
    sys.stdin.read()
    sys.exit("not killed")
if waits == "yes":
    press.print_whole = wait
worker = app.with_connector(app.connector.get_worker_connector())
worker.run_worker(wait=False, install_signal_handlers=False)
"""


def _work(database: str, store: str, *, waits: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKS_AND_WAITS, database, store, "yes" if waits else "no"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_the_next_worker_takes_up_what_a_killed_one_was_at(own_database, settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    database = own_database.names["zhifa"]
    document = make().id
    with _work(database, settings.STORE_URL, waits=True) as killed:
        assert killed.stdout.readline() == b"there\n"
        killed.send_signal(signal.SIGKILL)

    with _work(database, settings.STORE_URL, waits=False) as other:
        other.communicate(timeout=60)
    assert not selectors.document(document).ready  # it still counts as being done

    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    jobs.configure_task("config.take_up_again").defer(timestamp=0)
    for _ in range(2):  # one run finds it, the next does it
        with _work(database, settings.STORE_URL, waits=False) as other:
            other.communicate(timeout=60)
    found = selectors.document(document)
    assert found.ready
    assert list(press.store().contents()) == [found.sha256]
