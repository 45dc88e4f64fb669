import subprocess
import sys
from pathlib import Path

import pytest

from zhifa.config import data_dir
from zhifa.config.checks import refuse_a_movable_clock
from zhifa.config.environment import BadEnvironment, Login, Role, read

FIVE = {
    "ZHIFA_DATABASE_URL": "postgresql://web:a@db:5432/zhifa",
    "ZHIFA_WORKER_DATABASE_URL": "postgresql://worker:a@db:5432/zhifa",
    "ZHIFA_OWNER_DATABASE_URL": "postgresql://owner:a@db:5432/zhifa",
    "ZHIFA_AUDITOR_DATABASE_URL": "postgresql://auditor:a@db:5432/zhifa",
    "ZHIFA_PORTAL_DATABASE_URL": "postgresql://portal:a@db:5432/zhifa_portal",
}
PRODUCTION = {
    **FIVE,
    "ZHIFA_PRODUCTION": "1",
    "ZHIFA_ALLOWED_HOSTS": "zf.example.gov.cn",
    "ZHIFA_PUBLIC_URL": "https://zf.example.gov.cn/",
}


def test_nothing_set_means_everything_on_one_machine_with_the_embedded_database():
    environment = read({"HOME": "/home/office"})

    assert environment.role is Role.ALL
    assert environment.embedded
    assert environment.public_url == "http://127.0.0.1:8000"


def test_a_checkout_keeps_its_data_where_make_does_and_an_installation_in_the_home(monkeypatch):
    checkout = Path(__file__).resolve().parents[3]
    made = subprocess.run(
        [sys.executable, checkout / "tools" / "data_dir.py"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert read({"HOME": "/home/office"}).data_dir == Path(made.stdout.strip())

    monkeypatch.setattr(data_dir, "checkout_of", lambda module: None)
    assert read({"HOME": "/home/office"}).data_dir == Path("/home/office/.local/share/zhifa")


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        pytest.param({"ZHIFA_ROLE": "boss"}, "ZHIFA_ROLE", id="unknown role"),
        pytest.param({"ZHIFA_PORT": "80a"}, "ZHIFA_PORT", id="port in letters"),
        pytest.param({"ZHIFA_PORT": "70000"}, "ZHIFA_PORT", id="port too large"),
        pytest.param({"ZHIFA_PRODUCTION": "yes"}, "ZHIFA_PRODUCTION", id="flag in words"),
        pytest.param({"ZHIFA_DATABSE_URL": "x"}, "ZHIFA_DATABSE_URL", id="typing error in a name"),
        pytest.param({"ZHIFA_DATABASE_URL": "mysql://a/b"}, "ZHIFA_DATABASE_URL", id="not PostgreSQL"),
        pytest.param({"ZHIFA_DATABASE_URL": "postgresql://h"}, "ZHIFA_DATABASE_URL", id="no name"),
        pytest.param(
            {"ZHIFA_DATABASE_URL": FIVE["ZHIFA_DATABASE_URL"]}, "ZHIFA_OWNER_DATABASE_URL",
            id="external database without every login",
        ),
        pytest.param({"ZHIFA_ROLE": "portal"}, "ZHIFA_PORTAL_DATABASE_URL", id="portal without its own"),
        pytest.param(
            {**FIVE, "ZHIFA_ROLE": "portal"}, "ZHIFA_DATABASE_URL",
            id="portal with credentials for internal data",
        ),
        pytest.param(PRODUCTION | {"ZHIFA_ALLOWED_HOSTS": "*"}, "ZHIFA_ALLOWED_HOSTS", id="any host"),
        pytest.param(
            PRODUCTION | {"ZHIFA_PUBLIC_URL": "http://a"}, "ZHIFA_PUBLIC_URL", id="no encryption"
        ),
        pytest.param(PRODUCTION | {"ZHIFA_SECRET_KEY": "short"}, "ZHIFA_SECRET_KEY", id="weak key"),
        pytest.param(
            PRODUCTION | {"ZHIFA_OWNER_DATABASE_URL": FIVE["ZHIFA_DATABASE_URL"]}, "登录名",
            id="one login for two jobs",
        ),
    ],
)  # fmt: skip
def test_an_unusable_value_stops_the_start_and_is_named(variables, named):
    with pytest.raises(BadEnvironment, match=named):
        read(variables)


def test_every_unsafe_production_value_is_named_at_once():
    with pytest.raises(BadEnvironment) as problem:
        read({"ZHIFA_PRODUCTION": "1"})

    assert {"ZHIFA_ALLOWED_HOSTS", "ZHIFA_PUBLIC_URL"} <= set(str(problem.value).split())


def test_safe_production_values_start():
    assert read(PRODUCTION).production


def test_production_serves_with_real_time_only():
    with pytest.raises(BadEnvironment):  # every test may move its clock
        refuse_a_movable_clock(read(PRODUCTION))
    refuse_a_movable_clock(read({}))


def test_a_demo_is_not_production():
    with pytest.raises(BadEnvironment, match="ZHIFA_DEMO"):
        read(PRODUCTION | {"ZHIFA_DEMO": "1"})


def test_files_are_kept_in_the_data_folder_unless_told_otherwise():
    assert read({"ZHIFA_DATA_DIR": "/srv/执法"}).store_url == "file:///srv/%E6%89%A7%E6%B3%95/store"
    assert read({"ZHIFA_STORE_URL": "file:///srv/files"}).store_url == "file:///srv/files"
    with pytest.raises(BadEnvironment, match="ZHIFA_STORE_URL"):
        read({"ZHIFA_STORE_URL": "files"})


@pytest.mark.parametrize(
    ("url", "login"),
    [
        pytest.param(
            "postgresql://u:p%40ss@h:5433/n",
            Login("u", "p@ss", "h", "5433", "n"),
            id="escaped password",
        ),
        pytest.param("postgres://u:p@h/n", Login("u", "p", "h", "5432", "n"), id="default port"),
        pytest.param(
            "postgresql://u:p@%2Frun%2Fpg/n",
            Login("u", "p", "/run/pg", "5432", "n"),
            id="socket folder",
        ),
        pytest.param(
            "postgresql://u:p@a:1,b:2/n", Login("u", "p", "a,b", "1,2", "n"), id="several hosts"
        ),
    ],
)
def test_a_login_is_read_from_its_url(url, login):
    assert Login.parse("ZHIFA_DATABASE_URL", url) == login
