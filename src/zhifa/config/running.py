"""Starting what an installation consists of, watching it, and stopping it in order (启动与看护)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from zhifa.config.environment import Environment, Role
from zhifa.config.postgres.binaries import PostgresProblem
from zhifa.config.postgres.cluster import Cluster

_RESPAWN_SECONDS = 1.0  # the worker ends when the database restarts, and is started again
_STOP_SECONDS = 15.0


@contextmanager
def database(environment: Environment) -> Iterator[None]:
    """Have the embedded database running for the block: the one that runs, or our own."""
    if not environment.embedded:
        yield
        return
    cluster = Cluster.at(environment.data_dir)
    with nullcontext() if cluster.answers() else cluster.running():
        yield


def serve(environment: Environment, *, demo: bool) -> int:
    """Run database, web server and worker until told to stop; return the exit status."""
    check_port_is_free(environment.host, environment.port)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    with database(environment):
        steps = [["migrate"], *([["demo", "--city-only"]] if demo else [])]
        if environment.role is not Role.WORKER:
            for step in steps:
                _zhifa(*step)
        children = [_Child("网站", web_command(environment), wanted=environment.role is not Role.WORKER),
                    _Child("后台任务", [sys.executable, "-m", "zhifa", "worker"],
                           wanted=environment.role in {Role.ALL, Role.WORKER})]  # fmt: skip
        return _watch([child for child in children if child.wanted], environment)


def check_port_is_free(host: str, port: int) -> None:
    """Refuse to start where something already answers.

    Binding would not tell: granian shares a port with a forgotten instance (SO_REUSEPORT), and
    each would then answer a part of the requests.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        target = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  (a comparison, no bind)
        if probe.connect_ex((target, port)) == 0:
            raise PostgresProblem(
                f"端口 {port} 上已有程序在应答。请先停止它，或换一个端口：ZHIFA_PORT={port + 1} make run"
            )


def web_command(environment: Environment) -> list[str]:
    """Return the command that serves the site: WSGI, few threads (each holds a connection)."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "zhifa.config.wsgi:application",
        "--host", environment.host, "--port", str(environment.port),
        "--workers", "2", "--blocking-threads", "3", "--backpressure", "64",
        "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


def _zhifa(*arguments: str) -> None:
    """Run one of our own commands to its end; raises PostgresProblem with its exit status."""
    status = subprocess.call([sys.executable, "-m", "zhifa", *arguments])
    if status:
        raise PostgresProblem(f"zhifa {' '.join(arguments)} 没有成功（退出码 {status}），原因见上")


@dataclass(slots=True)
class _Child:
    """A process that has to run; started again when it ends."""

    name: str
    command: list[str]
    wanted: bool = True
    process: "subprocess.Popen[bytes] | None" = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts = [*self.starts[-4:], time.monotonic()]
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def failing(self) -> bool:
        """Whether it ended five times within half a minute: restarting does not help."""
        return len(self.starts) == 5 and self.starts[-1] - self.starts[0] < 30

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _watch(children: list[_Child], environment: Environment) -> int:
    """Keep the children running until interrupted; stop them in order."""
    try:
        for child in children:
            child.start()
        _announce(environment)
        while True:
            time.sleep(_RESPAWN_SECONDS)
            for child in children:
                if child.process is None or child.process.poll() is None:
                    continue
                if child.failing():
                    print(f"✗ {child.name}反复退出，已停止；请看上面的日志", file=sys.stderr)  # noqa: T201
                    return 1
                child.start()
    except KeyboardInterrupt:
        return 0
    finally:
        for child in reversed(children):
            child.stop()


def _announce(environment: Environment) -> None:
    address = f"http://{environment.host}:{environment.port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not _accepts(environment):
        time.sleep(0.1)
    lines = []
    if environment.role in {Role.ALL, Role.PORTAL}:
        lines.append(f"  公示门户  {address}/")
    if environment.role in {Role.ALL, Role.WORKBENCH}:
        lines.append(f"  工作台    {address}/desk/")
    if environment.embedded:
        lines.append(f"  数据      {environment.data_dir}")
    print("\n".join(["", *lines, "  按 Ctrl-C 停止", ""]), flush=True)  # noqa: T201


def _accepts(environment: Environment) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((environment.host, environment.port)) == 0
