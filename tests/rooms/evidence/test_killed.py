"""A process killed while it takes evidence in, against a database with real commits."""

import io
import signal
import subprocess
import sys
from uuid import UUID

from PIL import Image

from zhifa.evidence import selectors, services


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (8, 8)).save(file, "PNG")
    return file.getvalue()


PICTURE = _picture()


RECEIVES_AND_WAITS = """
import io, sys, uuid, datetime
import django
django.setup()
from django.conf import settings
from django.db import connections, transaction
database, settings.STORE_URL, data = sys.argv[1], sys.argv[2], sys.stdin.buffer.read(int(sys.argv[3]))
for alias in connections:
    connections[alias].settings_dict["NAME"] = database
from zhifa.evidence import rules, services
deposited = services.deposit(io.BytesIO(data), file_name="照片.png")
day = datetime.date(2026, 11, 24)
actor = uuid.UUID(int=1)
with transaction.atomic():
    services.receive(
        deposited, subject=uuid.UUID(int=100), body_id=uuid.UUID(int=200), actor=actor,
        said=rules.Particulars(rules.EvidenceKind.PHYSICAL, "照片", "现场", day, (actor,)),
        at=datetime.datetime(2026, 11, 24, 2, tzinfo=datetime.UTC),
    )
    print("received", flush=True)
    sys.stdin.buffer.read()
    sys.exit("not killed")
"""


def test_a_process_killed_between_content_and_row_leaves_a_content_nobody_misses(
    own_database, settings, tmp_path
):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    name = own_database.names["zhifa"]
    with subprocess.Popen(
        [sys.executable, "-c", RECEIVES_AND_WAITS, name, settings.STORE_URL, str(len(PICTURE))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        process.stdin.write(PICTURE)
        process.stdin.flush()
        assert process.stdout.readline() == b"received\n"
        process.send_signal(signal.SIGKILL)

    assert selectors.items(UUID(int=100)) == []
    (left,) = selectors.differences()
    assert (left.code, left.harmless) == ("blob.orphan", True)
    again = services.deposit(io.BytesIO(PICTURE), file_name="照片.png")
    assert again.stored.sha256 == left.about
