"""The portal's process starts with none of the workbench in it."""

import subprocess
import sys

from zhifa.config.environment import Role

_START = """
import django
django.setup()
from django.conf import settings
from zhifa.config import middleware, urls
print(*settings.INSTALLED_APPS)
"""


def test_the_portal_starts_without_the_workbench(tmp_path):
    started = subprocess.run(
        [sys.executable, "-c", _START],
        env={
            "DJANGO_SETTINGS_MODULE": "zhifa.config.settings",
            "ZHIFA_ROLE": Role.PORTAL.value,
            "ZHIFA_PORTAL_DATABASE_URL": "postgres://portal:x@localhost/portal",
            "ZHIFA_SECRET_KEY": "x" * 50,
            "ZHIFA_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    assert "zhifa.portal" in started.stdout
    assert "zhifa.cases" not in started.stdout
    assert "zhifa.accounts" not in started.stdout
