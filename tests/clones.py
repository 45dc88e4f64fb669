"""Copies of the migrated databases, one for each worker, module or test whose commits are real."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from zhifa.config.postgres import cluster as postgres


class Clone:
    """A copy of the migrated databases, and the aliases pointed at it."""

    def __init__(self, name: str) -> None:
        self.cluster = postgres.Cluster.at(Path(os.environ["ZHIFA_DATA_DIR"]))
        self.names = {
            postgres.WORKBENCH: f"{postgres.WORKBENCH}_{name}",
            postgres.PORTAL: f"{postgres.PORTAL}_{name}",
        }

    def create(self) -> None:
        with postgres.connect(
            self.cluster.login("postgres", name="postgres"), autocommit=True
        ) as connection:
            for template, copy in self.names.items():
                owner = "zhifa_owner" if template == postgres.WORKBENCH else "zhifa_portal"
                connection.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
                connection.execute(
                    f"CREATE DATABASE {copy} TEMPLATE {template} OWNER {owner} STRATEGY file_copy"
                )
                users = ["zhifa_web", "zhifa_worker", "zhifa_auditor"]
                postgres.close_database(
                    connection, copy, users if template == postgres.WORKBENCH else []
                )

    def drop(self) -> None:
        with postgres.connect(
            self.cluster.login("postgres", name="postgres"), autocommit=True
        ) as connection:
            for copy in self.names.values():
                connection.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")

    def use(self) -> None:
        """Point every alias of this process at the copy."""
        for alias in connections:
            connections[alias].close()
            settings = connections[alias].settings_dict
            original = postgres.PORTAL if alias == "portal" else postgres.WORKBENCH
            settings["NAME"] = self.names[original]

    @contextmanager
    def signed_in(self, login: str) -> Iterator[None]:
        """Have the default connection use another login of the cluster, as commands of the platform do."""
        settings, used = connections["default"].settings_dict, self.cluster.login(login)
        before = {key: settings[key] for key in ("USER", "PASSWORD")}
        connections["default"].close()
        settings.update(USER=used.user, PASSWORD=used.password)
        try:
            yield
        finally:
            connections["default"].close()
            settings.update(before)

    def act_as(self, person: object) -> None:
        """Let row security see this person on every connection opened to the copy from now on."""
        with postgres.connect(
            self.cluster.login("postgres", name="postgres"), autocommit=True
        ) as connection:
            name = self.names[postgres.WORKBENCH]
            connection.execute(f"ALTER DATABASE {name} SET zhifa.actor = '{person}'")
