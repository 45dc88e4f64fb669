"""Starting a real city (开通): its first body, three administrators, document words and numbers; no demo data.

What has to be known stands in one value, read from a file or asked for in the terminal, and is entered by
the rooms' services in one transaction, as the platform itself.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zhifa.accounts import selectors as accounts
from zhifa.cases.services import CASE_WORD
from zhifa.documents import services as documents
from zhifa.documents.values import TYPES
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import Conflict
from zhifa.registry import selectors as registry
from zhifa.registry import services
from zhifa.registry.rules import BodyKind, Contact, Identity, Role
from zhifa.registry.wording import BODY_KINDS, ROLES

ADMINISTRATORS = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}
_BODY_KEYS = {
    "code", "kind", "name", "short_name", "credit_code", "region_code", "office_word", "valid_from",
    "capacity_confirmed_on", "capacity_published_on",
}  # fmt: skip

EXAMPLE = """\
# 开通文件：改好以后运行 zhifa init --file 文件名
[body]                                  # 第一个行政执法主体
code = "SJ001"                          # 主体编码，字母和数字
kind = "administrative_organ"           # 行政机关；司法局写 supervision_body
name = "示例市市场监督管理局"
short_name = "市市场监管局"
credit_code = ""                        # 统一社会信用代码，18 位
region_code = "320614"                  # 行政区划代码
office_word = "示市监"                  # 机关代字，用于文号：示市监罚〔2026〕12号
valid_from = 2019-01-01                 # 成立日期
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

[numbers]                               # 本年已经用过的号码之后从几号开始；不写的从 1 开始
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

    body: Identity
    contact: Contact
    capacity: tuple[date, date] | None  # confirmed, published
    administrators: Mapping[Role, Founder]
    numbers: Mapping[str, int]  # word of a series -> its first number this year


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in that was made; the password is shown once."""

    role: str
    founder: Founder
    password: str


def number_words() -> dict[str, str]:
    """Return the series of numbers a body has: word -> what carries it."""
    words = {CASE_WORD: "立案号"}
    return words | {one.number_word: one.title for one in TYPES.values() if one.number_word}


def read_file(path: Path) -> Founding:
    """Return what a TOML or JSON file says. Raises BadFounding with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        loaded = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except FileNotFoundError:
        raise BadFounding(f"没有这个文件：{path}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadFounding(f"{path} 读不懂（{problem}）；样例见 zhifa init --example") from None
    return parse(loaded)


def parse(loaded: Mapping[str, Any]) -> Founding:
    """Return what the tables of a file say. Raises BadFounding with everything that is wrong."""
    problems: list[str] = []
    body = _table(loaded, "body", problems)
    contact = _table(loaded, "contact", problems)
    people = _table(loaded, "administrators", problems)
    numbers = _table(loaded, "numbers", problems)
    _unknown("文件", set(loaded) - {"body", "contact", "administrators", "numbers"}, problems)
    _unknown("[body]", set(body) - _BODY_KEYS, problems)
    _unknown("[contact]", set(contact) - {field.name for field in fields(Contact)}, problems)
    _unknown("[administrators]", set(people) - set(ADMINISTRATORS), problems)
    _unknown("[numbers]", set(numbers) - set(number_words()), problems)
    for key, first in numbers.items():
        if not isinstance(first, int) or first < 1:
            problems.append(f"[numbers] {key} 应是大于零的整数")
    for key in ("code", "name", "short_name", "office_word"):
        if not str(body.get(key, "")).strip():
            problems.append(f"[body] 缺少 {key}")
    if body.get("kind") not in set(BodyKind):
        kinds = "、".join(f"{kind.value}（{words}）" for kind, words in BODY_KINDS.items())
        problems.append(f"[body] kind 只能是 {kinds}")
    founders = {role: _founder(people, key, problems) for key, role in ADMINISTRATORS.items()}
    for what, values in (
        ("登录名", [founder.login for founder in founders.values()]),
        ("姓名", [founder.name for founder in founders.values()]),
    ):
        if len(set(values)) < len(values):
            problems.append(f"三员须是三个人，{what}不能相同")
    valid_from = _day(body, "valid_from", problems)
    confirmed = _day(body, "capacity_confirmed_on", problems, optional=True)
    published = _day(body, "capacity_published_on", problems, optional=True)
    if (confirmed is None) != (published is None):
        problems.append(
            "[body] capacity_confirmed_on 和 capacity_published_on 要么都写，要么都不写"
        )
    if problems or valid_from is None:
        raise BadFounding("\n".join(problems))
    text = {key: str(value) for key, value in body.items()}
    return Founding(
        body=Identity(
            code=text["code"], kind=BodyKind(text["kind"]), name=text["name"],
            short_name=text["short_name"], valid_from=valid_from,
            credit_code=text.get("credit_code", ""), region_code=text.get("region_code", ""),
            office_word=text["office_word"],
        ),
        contact=Contact(**{key: str(value) for key, value in contact.items()}),
        capacity=(confirmed, published) if confirmed and published else None,
        administrators=founders,
        numbers=numbers,
    )  # fmt: skip


def is_empty() -> bool:
    """Return whether nothing was ever entered here: no person, no body, no entry of the record."""
    entered = next(journal.streams(""), None)
    return entered is None and not accounts.people() and not registry.every_body()


@transaction.atomic(durable=True)
def found(founding: Founding, *, on: date, at: datetime) -> list[Opened]:
    """Enter everything, or nothing, and return the sign-ins with their temporary passwords.

    Raises Conflict (city.not_empty) where anything was entered before, BadValue, Refused.
    """
    if not is_empty():
        raise Conflict("city.not_empty")
    body_id = services.register_body(
        identity=founding.body, contact=founding.contact, actor=SYSTEM, at=at
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
        documents.start_series(body_id=body_id, kind_word=word, year=on.year, first=first)
    opened = []
    for role, founder in founding.administrators.items():
        made = services.create_person(
            login_name=founder.login, name=founder.name, actor=SYSTEM, at=at
        )
        services.appoint(
            person_id=made.id, body_id=body_id, role=role, valid_from=on, actor=SYSTEM, at=at
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


def _founder(people: Mapping[str, Any], key: str, problems: list[str]) -> Founder:
    given = people.get(key)
    if not isinstance(given, dict) or not given.get("login") or not given.get("name"):
        problems.append(f"[administrators.{key}] 要写 login（登录名）和 name（姓名）")
        return Founder(f"?{key}", f"?{key}")
    return Founder(str(given["login"]), str(given["name"]))


def _day(
    body: Mapping[str, Any], key: str, problems: list[str], *, optional: bool = False
) -> date | None:
    given = body.get(key)
    if given is None and optional:
        return None
    try:
        return given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError:
        problems.append(f"[body] {key} 应写成 2019-01-01")
        return None
