"""The command `zhifa` (命令行): one module a topic, each adds its commands to the parser.

A command that needs the tables names the database login it acts under (`login`): `verify` reads as
the auditor, everything else a person starts in the terminal acts as the worker, who sees all bodies.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from zhifa.config import running
from zhifa.config.cli import (
    bench,
    demo,
    founding,
    keeping,
    keys,
    law,
    parsing,
    service,
    sheets,
)
from zhifa.config.environment import BadEnvironment, read
from zhifa.config.postgres.binaries import PostgresProblem

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")

_TOPICS = (service, founding, keeping, sheets, demo, law, bench, keys)


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = parsing.Parser(prog="zhifa", description="执法三项制度平台")
    top.set_defaults(login="worker")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")
    for topic in _TOPICS:
        topic.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 no, 2 misuse."""
    arguments = parser().parse_args(argv)
    try:
        if arguments.django:
            return _with_django(arguments)
        status: int = arguments.run(arguments)
    except (BadEnvironment, PostgresProblem) as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read it has enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        words = parsing.path_words(problem)
        if not words:
            raise
        print(f"✗ {words}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _with_django(arguments: argparse.Namespace) -> int:
    """Run a command that needs the tables: with the database up and Django set up."""
    import django  # noqa: PLC0415  (pure commands start without it)
    from django.conf import settings  # noqa: PLC0415

    with running.database(read()):
        if arguments.login in settings.DATABASES:
            settings.DATABASES["default"] = settings.DATABASES[arguments.login]
        django.setup()
        status: int = arguments.run(arguments)
    return status
