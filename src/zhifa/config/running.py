"""Starting what an installation consists of, watching it, and stopping it in order (启动与看护)."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from zhifa.config.demo import people
from zhifa.config.environment import BadEnvironment, Environment, Role
from zhifa.config.postgres.binaries import PostgresProblem
from zhifa.config.postgres.cluster import Cluster

_RESPAWN_SECONDS = 1.0  # the worker ends when the database restarts, and is started again
_STOP_SECONDS = 15.0
_WORKER_STOP_SECONDS = 5
_STARTING_SECONDS = 60.0
_SILENT_CHECKS = 3  # a server busy recovering from a crash of one session is given this long
_DATABASE_STARTS = 5
_SERVER_LOG = Path(__file__).with_name("server_log.json")
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@contextmanager
def database(environment: Environment) -> Iterator[Callable[[], bool]]:
    """Have the database for the block; yields what tells whether it still answers.

    The embedded one is ours, unless another process already runs it. Raises PostgresProblem.
    """
    if not environment.embedded:
        yield lambda: True
        return
    cluster = Cluster.at(environment.data_dir)
    if cluster.held():
        _wait_for(cluster)
        yield cluster.answers
        return
    with cluster.running():
        yield cluster.answers


def _wait_for(cluster: Cluster) -> None:
    """Wait while the process that runs the folder is still starting."""
    deadline = time.monotonic() + _STARTING_SECONDS
    while not cluster.answers():
        if time.monotonic() > deadline or not cluster.held():
            raise PostgresProblem(
                f"另一个进程正在使用数据文件夹 {cluster.data_dir}，但它的数据库没有应答；请先停止那个进程"
            )
        time.sleep(0.2)


def serve(environment: Environment, *, demo: bool) -> int:
    """Run database, web server and worker until told to stop; return the exit status."""
    check_port_is_free(environment.host, environment.port)
    # A job that a script put into the background inherits an ignored SIGINT; then no signal would stop it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    if demo:
        os.environ["ZHIFA_DEMO"] = "1"  # for everything started from here
        environment = replace(environment, demo=True)
    for _ in range(_DATABASE_STARTS):
        with database(environment) as alive:
            for step in _steps(environment, demo=demo):
                _zhifa(*step)
            status = _watch(_children(environment), environment, alive)
        if status is not None:
            return status
        print("✗ 数据库停止了应答，正在重新启动全部服务", file=sys.stderr)  # noqa: T201
    print("✗ 数据库反复停止，已放弃；请运行 zhifa doctor 查看原因", file=sys.stderr)  # noqa: T201
    return 1


def _steps(environment: Environment, *, demo: bool) -> list[list[str]]:
    """Return what has to be done before anything is served."""
    if environment.role is Role.WORKER:
        return []
    return [["migrate", *(["--demo"] if demo else [])]]


def _children(environment: Environment) -> "list[_Child]":
    web = _Child("网站", web_command(environment))
    worker = _Child("后台任务", [sys.executable, "-m", "zhifa", "worker"])
    return {
        Role.ALL: [web, worker],
        Role.WORKBENCH: [web],
        Role.PORTAL: [web],
        Role.WORKER: [worker],
    }[environment.role]


def check_port_is_free(host: str, port: int) -> None:
    """Refuse to start where something already answers.

    Binding would not tell: granian shares a port with a forgotten instance (SO_REUSEPORT), and
    each would then answer a part of the requests.
    """
    try:
        taken = accepts(host, port)
    except socket.gaierror:
        raise BadEnvironment(
            f"ZHIFA_HOST 写的 {host} 不是这台机器的地址。只在本机使用写 127.0.0.1，让别的机器也能访问写 0.0.0.0"
        ) from None
    if taken:
        raise PostgresProblem(
            f"端口 {port} 上已有程序在应答。请先停止它，或换一个端口：ZHIFA_PORT={port + 1} make run"
        )


def web_command(environment: Environment) -> list[str]:
    """Return the command that serves the site: WSGI, few threads (each holds a connection).

    More processes than a small machine has cores: the kernel deals connections to them by chance.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "zhifa.config.wsgi:application",
        "--host", environment.host, "--port", str(environment.port),
        "--workers", "4", "--blocking-threads", "2", "--backpressure", "64",
        "--no-ws", "--log-level", "warning", "--log-config", str(_SERVER_LOG),
        # One that is told to stop while it starts may hang; nobody is left to end it where we were killed.
        "--workers-kill-timeout", str(_WORKER_STOP_SECONDS),
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
    process: "subprocess.Popen[bytes] | None" = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts = [*self.starts[-4:], time.monotonic()]
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  (one thread here)
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


def _end_with_parent() -> None:
    """Ask Linux to end this child when the supervisor is killed without warning."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _watch(
    children: list[_Child], environment: Environment, alive: Callable[[], bool]
) -> int | None:
    """Keep the children running until interrupted; stop them in order.

    Returns the exit status, or None if the database is gone and all has to start anew.
    """
    silent = 0
    try:
        for child in children:
            child.start()
        _announce(environment)
        while True:
            time.sleep(_RESPAWN_SECONDS)
            silent = 0 if alive() else silent + 1
            if silent >= _SILENT_CHECKS:
                return None
            for child in children:
                if child.process is None or child.process.poll() is None:
                    continue
                if child.failing():
                    print(f"✗ {child.name}反复退出，已停止；请看上面的日志", file=sys.stderr)  # noqa: T201
                    return 1
                child.start()
    except KeyboardInterrupt:
        print("\n  正在停止……", flush=True)  # noqa: T201
        return 0
    finally:
        for child in reversed(children):
            child.stop()


def _announce(environment: Environment) -> None:
    address = f"http://{environment.host}:{environment.port}"
    deadline = time.monotonic() + 30
    serves = environment.role is not Role.WORKER
    while (
        serves and time.monotonic() < deadline and not accepts(environment.host, environment.port)
    ):
        time.sleep(0.1)
    lines = []
    if environment.role in {Role.ALL, Role.PORTAL}:
        lines.append(f"  公示门户  {address}/")
    if environment.role in {Role.ALL, Role.WORKBENCH}:
        lines.append(f"  工作台    {address}/desk/")
    if environment.embedded:
        lines.append(f"  数据      {environment.data_dir}")
    if environment.demo and environment.role in {Role.ALL, Role.WORKBENCH}:
        sign_ins = [f"    {login:<10}{office}" for login, office in people.SIGN_INS]
        lines += ["", f"  演示登录，密码都是 {people.PASSWORD}", *sign_ins]
    print("\n".join(["", *lines, "", "  按 Ctrl-C 停止", ""]), flush=True)  # noqa: T201


def accepts(host: str, port: int) -> bool:
    """Return whether anything answers at that port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        target = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  (a comparison, no bind)
        return probe.connect_ex((target, port)) == 0


def free_port() -> int:
    """Return a port of the loopback at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
