"""Bring the databases to the shape this release needs (数据库升级)."""

from django.core.management import call_command

from zhifa.config import grants
from zhifa.config.environment import Role
from zhifa.config.settings import ENVIRONMENT


def migrate() -> None:
    """Run every migration under the login that owns the tables, then say who may do what."""
    if ENVIRONMENT.role is not Role.PORTAL:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        grants.apply()
    if ENVIRONMENT.portal or ENVIRONMENT.embedded:
        call_command("migrate", database="portal", verbosity=0, interactive=False)
