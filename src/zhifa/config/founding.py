"""Starting a real city (开通): the body that supervises, the first that enforces, three administrators,
document words and numbers; no demo data.

The administrators belong to the supervision body, so that they can register every other body of the city.
What has to be known stands in one value, read from a file or asked for in the terminal, and is entered by
the rooms' services in one transaction, as the platform itself.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zhifa.accounts import selectors as accounts
from zhifa.accounts import services as accounts_services
from zhifa.cases.numbers import number_words
from zhifa.config import wording
from zhifa.documents import services as documents
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict
from zhifa.law.names import PERSON_NAME_LONGEST, check_name
from zhifa.registry import identity, services
from zhifa.registry import selectors as registry
from zhifa.registry.rules import BodyKind, Contact, Identity, Role
from zhifa.registry.wording import BODY_KINDS, ROLES

ADMINISTRATORS = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}
_IDENTITY_KEYS = {
    "code", "kind", "name", "short_name", "credit_code", "region_code", "office_word", "valid_from",
}  # fmt: skip
_BODY_KEYS = _IDENTITY_KEYS | {"capacity_confirmed_on", "capacity_published_on"}
# What can supervise the bodies of a city: its justice department, or the government itself.
SUPERVISING = (BodyKind.SUPERVISION_BODY, BodyKind.ADMINISTRATIVE_ORGAN)
_LAST_FIRST = 999_999  # more documents of one kind a year no body has

EXAMPLE = """\
# 开通文件：改好以后运行 zhifa init --file 文件名
[supervision]                           # 行政执法监督机构：司法局；没有的写人民政府。三员设在这里，由它登记全市的主体
code = "SF001"                          # 主体编码，字母和数字
kind = "supervision_body"               # 司法局；人民政府写 administrative_organ
name = "示例市司法局"
short_name = "市司法局"
credit_code = ""                        # 统一社会信用代码，18 位
region_code = "320614"                  # 行政区划代码
office_word = ""                        # 机关代字，可以不写
valid_from = 2019-01-01                 # 成立日期

[body]                                  # 第一个行政执法主体，由上面的机构监督
code = "SJ001"
kind = "administrative_organ"           # 行政机关；法律、法规授权的组织写 authorized_organization
name = "示例市市场监督管理局"
short_name = "市市场监管局"
credit_code = ""
region_code = "320614"
office_word = "示市监"                  # 机关代字，用于文号：示市监罚〔2026〕12号
valid_from = 2019-01-01
capacity_confirmed_on = 2019-01-02      # 主体资格确认日期；两行都不写则以后再登记
capacity_published_on = 2019-01-05      # 主体资格公告日期

[contact]                               # 公示用，可以不写
address = ""
phone = ""

[administrators.system]                 # 三员须是三个人
login = "xitong"
name = "张某"
[administrators.security]
login = "anquan"
name = "李某"
[administrators.audit]
login = "shenji"
name = "王某"

[numbers]                               # 第一个主体本年已经用过的号码之后从几号开始；不写的从 1 开始
"立" = 1
"罚" = 1
"""


class BadFounding(Exception):
    """The file or the answers cannot be used; the message is for a person, one line a problem."""


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the three administrators."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Founding:
    """Everything a city starts with."""

    supervision: Identity | None  # None: the first body is the root, and supervises itself
    body: Identity
    contact: Contact
    capacity: tuple[date, date] | None  # confirmed, published
    administrators: Mapping[Role, Founder]
    numbers: Mapping[str, int]  # word of a series -> its first number this year

    @property
    def can_grow(self) -> bool:
        """Whether the administrators can register the other bodies of the city."""
        return self.supervision is not None or self.body.kind is BodyKind.SUPERVISION_BODY


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in that was made; the password is shown once."""

    role: str
    founder: Founder
    password: str


def read_file(path: Path) -> Founding:
    """Return what a TOML or JSON file says. Raises BadFounding with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        loaded = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except FileNotFoundError:
        raise BadFounding(f"没有这个文件：{path}") from None
    except UnicodeDecodeError:
        raise BadFounding(f"{path} 不是 UTF-8 编码的文本；样例见 zhifa init --example") from None
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadFounding(f"{path} {_where(problem)}；样例见 zhifa init --example") from None
    if not isinstance(loaded, dict):
        raise BadFounding(f"{path} 里应是一节一节的内容；样例见 zhifa init --example")
    return parse(loaded)


def _where(problem: ValueError) -> str:
    """Return where a text breaks the rules of its form; both libraries say so in English only."""
    found = re.search(r"line (\d+) column (\d+)|line (\d+), column (\d+)", str(problem))
    if not found:
        return "没有写完，末尾不完整"
    line, column = (one for one in found.groups() if one)
    return f"第 {line} 行第 {column} 个字符处写得不对"


def parse(loaded: Mapping[str, Any]) -> Founding:
    """Return what the tables of a file say. Raises BadFounding with everything that is wrong."""
    problems: list[str] = []
    body = _table(loaded, "body", problems)
    supervision = _table(loaded, "supervision", problems)
    contact = _table(loaded, "contact", problems)
    people = _table(loaded, "administrators", problems)
    numbers = _table(loaded, "numbers", problems)
    known = {"supervision", "body", "contact", "administrators", "numbers"}
    _unknown("文件", set(loaded) - known, problems)
    _unknown("[supervision]", set(supervision) - _IDENTITY_KEYS, problems)
    _unknown("[body]", set(body) - _BODY_KEYS, problems)
    _unknown("[contact]", set(contact) - {field.name for field in fields(Contact)}, problems)
    _unknown("[administrators]", set(people) - set(ADMINISTRATORS), problems)
    _unknown("[numbers]", set(numbers) - set(number_words()), problems)
    problems += [
        f"[numbers] {words}"
        for key, first in numbers.items()
        if (words := wrong_number(key, first))
    ]
    over = None
    if "supervision" in loaded:
        over = _identity(
            supervision, "supervision", ("code", "name", "short_name"), SUPERVISING, problems
        )
    first = _identity(
        body, "body", ("code", "name", "short_name", "office_word"), tuple(BodyKind), problems
    )
    if over and first and over.code == first.code:
        problems.append("[supervision] 和 [body] 是两个机关，code 不能相同")
    founders = {role: _founder(people, key, problems) for key, role in ADMINISTRATORS.items()}
    for what, values in (
        ("登录名", [founder.login for founder in founders.values()]),
        ("姓名", [founder.name for founder in founders.values()]),
    ):
        if len(set(values)) < len(values):
            problems.append(f"三员须是三个人，{what}不能相同")
    confirmed = _day(body, "body", "capacity_confirmed_on", problems, optional=True)
    published = _day(body, "body", "capacity_published_on", problems, optional=True)
    if (confirmed is None) != (published is None):
        problems.append(
            "[body] capacity_confirmed_on 和 capacity_published_on 要么都写，要么都不写"
        )
    if problems or first is None:
        raise BadFounding("\n".join(problems))
    return Founding(
        supervision=over,
        body=first,
        contact=Contact(**{key: str(value) for key, value in contact.items()}),
        capacity=(confirmed, published) if confirmed and published else None,
        administrators=founders,
        numbers=numbers,
    )  # fmt: skip


def wrong_number(word: str, first: object) -> str:
    """Return in words why a series cannot begin there; empty if it can."""
    if isinstance(first, int) and 1 <= first <= _LAST_FIRST:
        return ""
    return f"{word} 应是大于零的整数，不超过 {_LAST_FIRST}"


def wrong_with(check: Callable[..., object], *value: str) -> str:
    """Return in words why a value cannot be used; empty if it can."""
    try:
        check(*value)
    except BadValue as problem:
        return wording.value_words(problem)
    return ""


def is_empty() -> bool:
    """Return whether nothing was ever entered here: no person, no body, no entry of the record."""
    entered = next(journal.streams(""), None)
    return entered is None and not accounts.people() and not registry.every_body()


@transaction.atomic(durable=True)
def found(founding: Founding, *, on: date, at: datetime) -> list[Opened]:
    """Enter everything, or nothing, and return the sign-ins with their temporary passwords.

    Raises Conflict (city.not_empty) where anything was entered before, or as the services do, BadFounding
    if a body is yet to be established, BadValue, Refused.
    """
    if not is_empty():
        raise Conflict("city.not_empty")
    for where, one in (("supervision", founding.supervision), ("body", founding.body)):
        if one is not None and one.valid_from > on:
            raise BadFounding(f"[{where}] valid_from 成立日期不能在今天以后")
    over = None
    if founding.supervision:
        over = services.register_body(identity=founding.supervision, actor=SYSTEM, at=at)
    body_id = services.register_body(
        identity=replace(founding.body, supervised_by=over),
        contact=founding.contact,
        actor=SYSTEM,
        at=at,
    )
    if founding.capacity:
        confirmed_on, published_on = founding.capacity
        services.confirm_capacity(
            body_id=body_id,
            confirmed_on=confirmed_on,
            published_on=published_on,
            actor=SYSTEM,
            at=at,
        )
    for word, first in founding.numbers.items():
        documents.start_series(
            body_id=body_id, kind_word=word, year=on.year, first=first, actor=SYSTEM, at=at
        )
    opened = []
    for role, founder in founding.administrators.items():
        made = services.create_person(
            login_name=founder.login, name=founder.name, actor=SYSTEM, at=at
        )
        services.appoint(
            person_id=made.id,
            body_id=over or body_id,
            role=role,
            valid_from=on,
            actor=SYSTEM,
            at=at,
        )
        opened.append(Opened(ROLES[role], founder, made.temporary_password))
    return opened


def _table(loaded: Mapping[str, Any], key: str, problems: list[str]) -> dict[str, Any]:
    found = loaded.get(key, {})
    if not isinstance(found, dict):
        problems.append(f"[{key}] 应是一节，样例见 zhifa init --example")
        return {}
    return found


def _unknown(where: str, names: set[str], problems: list[str]) -> None:
    problems += [f"{where} 里不认识 {name}" for name in sorted(names)]


def _identity(
    table: Mapping[str, Any],
    where: str,
    needed: tuple[str, ...],
    kinds: tuple[BodyKind, ...],
    problems: list[str],
) -> Identity | None:
    """Return what makes the body of a table, None if something is missing."""
    before = len(problems)
    for key in needed:
        if not str(table.get(key, "")).strip():
            problems.append(f"[{where}] 缺少 {key}")
    problems += [
        f"[{where}] {key}：{words}"
        for key, value in table.items()
        if str(value).strip() and (words := wrong_with(identity.check_value, key, str(value)))
    ]
    if table.get("kind") not in set(kinds):
        listed = "、".join(f"{kind.value}（{BODY_KINDS[kind]}）" for kind in kinds)
        problems.append(f"[{where}] kind 只能是 {listed}")
    valid_from = _day(table, where, "valid_from", problems)
    if len(problems) > before or valid_from is None:
        return None
    text = {key: str(value) for key, value in table.items()}
    return Identity(
        code=text["code"], kind=BodyKind(text["kind"]), name=text["name"],
        short_name=text["short_name"], valid_from=valid_from, credit_code=text.get("credit_code", ""),
        region_code=text.get("region_code", ""), office_word=text.get("office_word", ""),
    )  # fmt: skip


def _founder(people: Mapping[str, Any], key: str, problems: list[str]) -> Founder:
    given = people.get(key)
    if not isinstance(given, dict) or not given.get("login") or not given.get("name"):
        problems.append(f"[administrators.{key}] 要写 login（登录名）和 name（姓名）")
        return Founder(f"?{key}", f"?{key}")
    founder = Founder(str(given["login"]), str(given["name"]))
    for words in (
        wrong_with(accounts_services.check_login_name, founder.login),
        wrong_with(check_person_name, founder.name),
    ):
        if words:
            problems.append(f"[administrators.{key}] {words}")
    return founder


def check_person_name(name: str) -> str:
    """Return a person's name as it was given. Raises BadName."""
    return check_name(name, longest=PERSON_NAME_LONGEST)


def _day(
    table: Mapping[str, Any], where: str, key: str, problems: list[str], *, optional: bool = False
) -> date | None:
    given = table.get(key)
    if given is None and optional:
        return None
    try:
        return given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError:
        problems.append(f"[{where}] {key} 应写成 2019-01-01")
        return None
