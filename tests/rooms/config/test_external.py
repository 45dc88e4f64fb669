"""A server of one's own instead of the embedded one: the oldest that serves, set up as docs say."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from zhifa.config.postgres.binaries import server_account

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
pytestmark = [
    pytest.mark.xdist_group("keeping"),
    pytest.mark.skipif(not _PROGRAMS, reason="no PostgreSQL of the distribution is installed"),
]

_LOGINS = ("owner", "web", "worker", "auditor", "portal")
_SET_UP = (
    *(f"CREATE ROLE city_{kind} LOGIN PASSWORD 'a{kind}'" for kind in _LOGINS),
    *(
        f"CREATE DATABASE {name} OWNER city_{owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        for name, owner in (
            ("city", "owner"), ("city_portal", "portal"), ("again", "owner"),
            ("again_portal", "portal"),
        )
    ),
)  # fmt: skip
# Asked of the portal's own process, which holds nothing but its own login.
_ASK_PORTAL = """
import django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(headers={"host": "127.0.0.1"})
print(sorted(settings.DATABASES), settings.DISCLOSURE["signer"] == settings.JOURNAL["signer"] == "")
print([client.get(path).status_code for path in ("/", "/decisions/", "/desk/", "/accounts/login/")])
"""


_ASK_ROLE = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("check")
print(sorted(settings.DATABASES))
print(bool(settings.JOURNAL["signer"] and settings.DISCLOSURE["signer"]))
print(Client(headers={"host": "127.0.0.1"}).get("/desk/").status_code)
"""


@pytest.fixture(scope="module")
def server(open_folder) -> Iterator[Path]:
    """Start the distribution's server over a socket in a folder of its own."""
    place = open_folder()
    programs = _PROGRAMS[0].parent
    account = server_account()
    as_server = {"user": account.uid, "group": account.gid} if account else {}
    if account:
        os.chown(place, account.uid, account.gid)

    def run(*arguments: str, **extra: object) -> None:
        subprocess.run(
            arguments, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **as_server, **extra,
        )  # fmt: skip

    run(str(programs / "initdb"), "-D", str(place / "pg"), "-A", "trust", "-U", "admin")
    options = f"-h '' -k {place}"
    run(
        str(programs / "pg_ctl"), "-D", str(place / "pg"), "-w", "-o", options, "-l",
        str(place / "log"), "start",
    )  # fmt: skip
    for statement in _SET_UP:
        run(
            str(programs / "psql"), "-h", str(place), "-U", "admin", "-d", "postgres", "-q",
            "-v", "ON_ERROR_STOP=1", "-c", statement,
        )  # fmt: skip
    yield place
    run(str(programs / "pg_ctl"), "-D", str(place / "pg"), "-m", "fast", "-w", "stop")


def _environment(server: Path, folder: Path, name: str) -> dict[str, str]:
    host = quote(str(server), safe="")
    variables = {
        "ZHIFA_DATABASE_URL": ("web", name),
        "ZHIFA_WORKER_DATABASE_URL": ("worker", name),
        "ZHIFA_OWNER_DATABASE_URL": ("owner", name),
        "ZHIFA_AUDITOR_DATABASE_URL": ("auditor", name),
        "ZHIFA_PORTAL_DATABASE_URL": ("portal", f"{name}_portal"),
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIFA_")}
    urls = {
        variable: f"postgresql://city_{kind}:a{kind}@{host}:5432/{database}"
        for variable, (kind, database) in variables.items()
    }
    return kept | urls | {"ZHIFA_DATA_DIR": str(folder)}


def _zhifa(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "zhifa", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_city_starts_is_backed_up_and_restored_on_a_server_of_ones_own(server, open_folder):
    folder = open_folder()
    city = _environment(server, folder / "city", "city")
    example = folder / "city.toml"

    example.write_text(_zhifa(city, "init", "--example"))
    assert "已开通" in _zhifa(city, "init", "--file", str(example))
    assert "一切正常" in _zhifa(city, "doctor")
    assert "相符" in _zhifa(city, "verify")
    _zhifa(city, "backup", str(folder / "city.tar"))
    again = _environment(server, folder / "again", "again")
    assert "已恢复" in _zhifa(again, "restore", str(folder / "city.tar"))
    assert "相符" in _zhifa(again, "verify")
    shutil.rmtree(folder / "again")
    used = subprocess.run(
        [sys.executable, "-m", "zhifa", "restore", str(folder / "city.tar")],
        env=again, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert used.returncode == 1
    assert "已有" in used.stderr


def test_the_portals_process_holds_nothing_internal_and_answers_only_its_pages(server, open_folder):
    folder = open_folder() / "portal"
    city = _environment(server, folder, "again")
    alone = {name: value for name, value in city.items() if "DATABASE" not in name} | {
        "ZHIFA_ROLE": "portal",
        "ZHIFA_PORTAL_DATABASE_URL": city["ZHIFA_PORTAL_DATABASE_URL"],
        "DJANGO_SETTINGS_MODULE": "zhifa.config.settings",
    }

    _zhifa(alone, "migrate")
    asked = subprocess.run(
        [sys.executable, "-c", _ASK_PORTAL], env=alone, capture_output=True, text=True, check=False
    )

    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.splitlines() == [
        "['default', 'portal'] True",
        "[200, 200, 404, 404]",
    ]
    assert not list((folder / "keys").glob("*.key")) or {
        path.name for path in (folder / "keys").iterdir()
    } == {"session.key"}
    assert "一切正常" in _zhifa(alone, "doctor")


@pytest.mark.parametrize(
    ("role", "kinds", "signs"),
    [("workbench", ("web",), False), ("worker", ("worker", "portal"), True)],
)
def test_a_process_on_a_machine_of_its_own_holds_what_it_needs(
    server, open_folder, role, kinds, signs
):
    city = _environment(server, open_folder() / role, "again")
    wanted = {"web": "ZHIFA_DATABASE_URL"} | {
        kind: f"ZHIFA_{kind.upper()}_DATABASE_URL" for kind in ("worker", "portal")
    }
    alone = {name: value for name, value in city.items() if "DATABASE" not in name} | {
        "ZHIFA_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "zhifa.config.settings",
        **{wanted[kind]: city[wanted[kind]] for kind in kinds},
    }
    asked = subprocess.run(
        [sys.executable, "-c", _ASK_ROLE], env=alone, capture_output=True, text=True, check=False
    )

    assert asked.returncode == 0, asked.stderr
    found = asked.stdout.splitlines()[1:]  # the first line is Django's, about its checks
    assert found == [str(sorted({"default", *kinds})), str(signs), "302"]
