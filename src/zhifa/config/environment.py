"""What differs between installations, read from the environment once, typed and checked.

Every variable starts with `ZHIFA_`. A value that cannot be used stops the start with a message in
plain Chinese that names the variable (design.md section 5; listed by `zhifa doctor`).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from zhifa.config import data_dir


class Role(StrEnum):
    """What this process does (运行角色)."""

    ALL = "all"
    WORKBENCH = "workbench"
    PORTAL = "portal"
    WORKER = "worker"


class BadEnvironment(Exception):
    """A variable has a value that cannot be used; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Login:
    """One database login, from a URL `postgresql://user:password@host:port/name`.

    A host may be the path of a socket folder, percent-encoded. Several hosts with commas
    are passed on to libpq as they are (fail-over).
    """

    user: str
    password: str
    host: str
    port: str
    name: str

    @classmethod
    def parse(cls, variable: str, url: str) -> "Login":
        """Return the login in `url`; raises BadEnvironment that names `variable`."""
        parts = urlsplit(url)
        if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
            raise BadEnvironment(
                f"{variable} 应写成 postgresql://用户:密码@主机:端口/库名，现在的值无法识别"
            )
        credentials, _, hosts = parts.netloc.rpartition("@")
        user, _, password = credentials.partition(":")
        pairs = [host.rpartition(":") if ":" in host else (host, "", "5432")
                 for host in hosts.split(",")]  # fmt: skip
        return cls(
            user=unquote(user),
            password=unquote(password),
            host=",".join(unquote(host) for host, _, _ in pairs),
            port=",".join(port for _, _, port in pairs),
            name=unquote(parts.path.strip("/")),
        )


@dataclass(frozen=True, slots=True)
class Environment:
    """The typed environment of one process."""

    role: Role
    production: bool
    data_dir: Path
    host: str
    port: int
    public_url: str
    allowed_hosts: tuple[str, ...]
    secret_key: str  # empty: taken from the keys folder of the data folder
    web: Login | None  # None: the embedded database
    worker: Login | None
    owner: Login | None
    auditor: Login | None
    portal: Login | None
    font_dir: Path | None
    store_url: str  # always set: the data folder's own unless told otherwise
    demo: bool  # the city is invented: every page says so

    @property
    def embedded(self) -> bool:
        """Whether Zhifa starts its own PostgreSQL."""
        return self.web is None and self.portal is None


VARIABLES: dict[str, str] = {
    "ZHIFA_ROLE": "运行角色：all（默认）、workbench、portal、worker",
    "ZHIFA_PRODUCTION": "1 为正式环境：不安全的设置会阻止启动；默认 0",
    "ZHIFA_DATA_DIR": "数据文件夹：内置数据库、密钥、证据文件；默认见说明文档",
    "ZHIFA_HOST": "监听地址，默认 127.0.0.1",
    "ZHIFA_PORT": "监听端口，默认 8000",
    "ZHIFA_PUBLIC_URL": "公示门户对外的网址，写入二维码；默认 http://监听地址:端口",
    "ZHIFA_ALLOWED_HOSTS": "允许访问的域名，逗号分隔；正式环境必填",
    "ZHIFA_SECRET_KEY": "会话密钥，不少于 50 个字符；默认由系统生成并存在数据文件夹",
    "ZHIFA_DATABASE_URL": "工作台登录数据库的地址；不填则使用内置数据库",
    "ZHIFA_WORKER_DATABASE_URL": "后台任务登录数据库的地址",
    "ZHIFA_OWNER_DATABASE_URL": "表的所有者登录，仅用于 migrate",
    "ZHIFA_AUDITOR_DATABASE_URL": "审计登录，只读，用于 verify",
    "ZHIFA_PORTAL_DATABASE_URL": "公示门户自己的数据库",
    "ZHIFA_STORE_URL": "文件存放处：file:///路径；默认在数据文件夹",
    "ZHIFA_DEMO": "1 为演示环境：每页都标明数据是虚构的；由 zhifa serve --demo 自动设置，默认 0",
    "ZHIFA_FONT_DIR": "本单位公文字体所在文件夹（仿宋、楷体、小标宋），可不填",
}

SECRETS = frozenset({"ZHIFA_SECRET_KEY", *(name for name in VARIABLES if "DATABASE" in name)})

_LOGINS = {
    "web": "ZHIFA_DATABASE_URL",
    "worker": "ZHIFA_WORKER_DATABASE_URL",
    "owner": "ZHIFA_OWNER_DATABASE_URL",
    "auditor": "ZHIFA_AUDITOR_DATABASE_URL",
    "portal": "ZHIFA_PORTAL_DATABASE_URL",
}
_NEEDED = {
    Role.ALL: ("web", "worker", "owner", "auditor", "portal"),
    Role.WORKBENCH: ("web",),
    Role.WORKER: ("worker",),
    Role.PORTAL: ("portal",),
}


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """Return the environment of this process, checked.

    Raises BadEnvironment, naming the variable and what to write instead.
    """
    given = os.environ if variables is None else variables
    unknown = sorted(
        name for name in given
        if name.startswith("ZHIFA_") and name not in VARIABLES and not name.startswith("ZHIFA_TEST_")
    )  # fmt: skip
    if unknown:
        raise BadEnvironment(f"不认识的环境变量 {'、'.join(unknown)}；可用的变量见 zhifa doctor")
    role = _role(given.get("ZHIFA_ROLE", Role.ALL))
    logins = {
        key: Login.parse(variable, given[variable])
        for key, variable in _LOGINS.items()
        if given.get(variable)
    }
    _check_logins(role, logins)
    host = given.get("ZHIFA_HOST", "127.0.0.1")
    port = _port(given.get("ZHIFA_PORT", "8000"))
    folder = Path(given.get("ZHIFA_DATA_DIR") or _default_data_dir(given)).absolute()
    environment = Environment(
        role=role,
        production=_flag(given, "ZHIFA_PRODUCTION"),
        data_dir=folder,
        host=host,
        port=port,
        public_url=given.get("ZHIFA_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        allowed_hosts=tuple(filter(None, given.get("ZHIFA_ALLOWED_HOSTS", "").split(","))),
        secret_key=given.get("ZHIFA_SECRET_KEY", ""),
        web=logins.get("web"),
        worker=logins.get("worker"),
        owner=logins.get("owner"),
        auditor=logins.get("auditor"),
        portal=logins.get("portal"),
        font_dir=Path(given["ZHIFA_FONT_DIR"]) if given.get("ZHIFA_FONT_DIR") else None,
        store_url=_store_url(given.get("ZHIFA_STORE_URL") or (folder / "store").as_uri()),
        demo=_flag(given, "ZHIFA_DEMO"),
    )
    if environment.production:
        _check_production(environment)
    return environment


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise BadEnvironment(
            f"ZHIFA_ROLE 只能是 all、workbench、portal 或 worker，现在是 {value}"
        ) from None


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise BadEnvironment(f"ZHIFA_PORT 应为 1 到 65535 的整数，现在是 {value}")
    return int(value)


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "0")
    if value not in {"0", "1"}:
        raise BadEnvironment(f"{name} 只能是 0 或 1，现在是 {value}")
    return value == "1"


def _store_url(value: str) -> str:
    if not value.startswith("file:///"):
        raise BadEnvironment(f"ZHIFA_STORE_URL 应写成 file:///文件夹的绝对路径，现在是 {value}")
    return value


def _default_data_dir(given: Mapping[str, str]) -> str:
    if checkout := data_dir.checkout_of(Path(__file__)):
        return str(data_dir.of_checkout(checkout))
    home = given.get("XDG_DATA_HOME") or (Path(given.get("HOME", "/")) / ".local" / "share")
    return str(Path(home) / "zhifa")


def _check_logins(role: Role, logins: Mapping[str, Login]) -> None:
    """Either the embedded database (no URL) or every login that the role needs."""
    if not logins and role is not Role.PORTAL:
        return
    missing = [_LOGINS[key] for key in _NEEDED[role] if key not in logins]
    if missing:
        raise BadEnvironment(f"使用外部数据库时还要设置 {'、'.join(missing)}")
    if role is Role.PORTAL and len(logins) > 1:
        extra = "、".join(sorted(_LOGINS[key] for key in logins if key != "portal"))
        raise BadEnvironment(f"公示门户不得持有内部数据库的登录，请去掉 {extra}")


def _check_production(environment: Environment) -> None:
    """Refuse what is unsafe in production; every broken rule at once."""
    problems = []
    if not environment.allowed_hosts or "*" in environment.allowed_hosts:
        problems.append("ZHIFA_ALLOWED_HOSTS 要写明域名，不能为空或 *")
    if not environment.public_url.startswith("https://"):
        problems.append("ZHIFA_PUBLIC_URL 要以 https:// 开头")
    if environment.secret_key and len(environment.secret_key) < 50:
        problems.append("ZHIFA_SECRET_KEY 不得少于 50 个字符")
    if environment.demo:
        problems.append("ZHIFA_DEMO 不能为 1：演示数据和可拨动的时钟不得用于正式环境")
    users = [login.user for login in (environment.web, environment.worker, environment.owner,
                                      environment.auditor, environment.portal) if login]  # fmt: skip
    if len(set(users)) != len(users):
        problems.append("五个数据库地址要使用不同的登录名，否则只增不改的保护无效")
    if problems:
        raise BadEnvironment("正式环境不能这样启动：\n- " + "\n- ".join(problems))
