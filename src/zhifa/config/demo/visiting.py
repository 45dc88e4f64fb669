"""Visiting the portal as anybody would, without signing in (访问公示门户)."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.request import urlopen

from zhifa.config.environment import Environment
from zhifa.config.running import accepts, free_port, web_command

_PATIENCE_SECONDS = 60


class NoServer(Exception):
    """The web server did not start; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the portal answers."""

    address: str

    def read(self, path: str) -> bytes:
        """Return what an address answers; raises HTTPError for anything but 200."""
        with urlopen(self.address + path, timeout=30) as answer:  # noqa: S310  (our own http address)
            content: bytes = answer.read()
        return content

    def get(self, path: str) -> str:
        """Return a page as text."""
        return self.read(path).decode()


@contextmanager
def site(environment: Environment) -> Iterator[Site]:
    """Have the site for the block: the one that runs, or our own on a free port."""
    if accepts(environment.host, environment.port):
        yield Site(f"http://{environment.host}:{environment.port}")
        return
    with served(environment) as own:
        yield Site(f"http://{own.host}:{own.port}")


@contextmanager
def served(environment: Environment) -> Iterator[Environment]:
    """Have a web server of our own on a free port for the block; it is ended with it.

    Raises NoServer if it does not start.
    """
    own = replace(environment, host="127.0.0.1", port=free_port())
    server = subprocess.Popen(
        web_command(own), env=os.environ | {"ZHIFA_HOST": own.host, "ZHIFA_PORT": str(own.port)}
    )
    try:
        _wait(own)
        yield own
    finally:
        server.terminate()
        server.wait(20)


def _wait(environment: Environment) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not accepts(environment.host, environment.port):
        if time.monotonic() > deadline:
            raise NoServer("演示用的网站没有启动，原因见上")
        time.sleep(0.1)
