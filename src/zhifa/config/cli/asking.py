"""The questions of `init` (开通问答): each answer is judged at once, and asked for again until it can be used."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from zhifa.accounts.services import check_login_name
from zhifa.cases.numbers import number_words
from zhifa.config import founding
from zhifa.config.founding import ADMINISTRATORS, BadFounding, Founding
from zhifa.registry import identity
from zhifa.registry.rules import BodyKind
from zhifa.registry.wording import BODY_KINDS, ROLES

Judge = Callable[[str], str]  # what is wrong with an answer, in words; empty: nothing

# An organisation that is entrusted never acts in its own name (APL art. 20): it is no city's first body.
_ENFORCING = (BodyKind.ADMINISTRATIVE_ORGAN, BodyKind.AUTHORIZED_ORGANIZATION)
_LATER = "没有答完，什么也没有写入；可以重新运行 zhifa init，或者写成文件：zhifa init --example"


def asked(*, on: date) -> Founding:
    """Ask for everything in the terminal and return it, confirmed.

    on  today: a body that is yet to be established is none

    Raises BadFounding if there is no terminal, or if it ends before the last answer.
    """
    if not sys.stdin.isatty():
        raise BadFounding("没有终端可以询问，请用 --file；样例见 zhifa init --example")
    try:
        print("先填行政执法监督机构（司法局；没有的填人民政府），三员设在这里，由它登记全市的主体")
        supervision = _body("监督机构", founding.SUPERVISING, on, needs_word=False)
        print("再填由它监督的第一个行政执法主体")
        wanted = founding.parse(
            {
                "supervision": supervision,
                "body": _body("行政执法主体", _ENFORCING, on, needs_word=True),
                "administrators": _administrators(),
                "numbers": _numbers(),
            }
        )
        _show(wanted)
        sure = _ask("以上将记入全过程记录。写入请输入 y，放弃请输入 n", _yes_or_no)
    except EOFError:
        raise BadFounding(_LATER) from None
    if sure.lower() != "y":
        raise BadFounding("已放弃，什么也没有写入")
    return wanted


def _body(
    what: str, kinds: tuple[BodyKind, ...], on: date, *, needs_word: bool
) -> dict[str, object]:
    word = "用于文号（如 示市监）" if needs_word else "没有就直接回车"
    found: dict[str, object] = {
        key: _ask(question, partial(_value, key), needed=needed)
        for key, question, needed in (
            ("name", f"{what}的全称", True),
            ("short_name", "简称", True),
            ("code", "主体编码（字母、数字，如 SJ001）", True),
            ("credit_code", "统一社会信用代码（18 位，没有就直接回车）", False),
            ("region_code", "行政区划代码（如 320614，没有就直接回车）", False),
            ("office_word", f"机关代字，{word}", needs_word),
        )
    }
    choices = "  ".join(f"{n} {BODY_KINDS[kind]}" for n, kind in enumerate(kinds, start=1))
    chosen = _ask(f"类别：{choices}", partial(_kind, len(kinds)))
    found["kind"] = kinds[int(chosen) - 1].value
    found["valid_from"] = _ask("成立日期（如 2019-01-01）", partial(_day, on))
    return found


def _administrators() -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for key, role in ADMINISTRATORS.items():
        names = {one["name"] for one in found.values()}
        logins = {one["login"] for one in found.values()}
        found[key] = {
            "name": _ask(
                f"{ROLES[role]}的姓名", partial(_of_one, names, founding.check_person_name)
            ),
            "login": _ask(f"{ROLES[role]}的登录名", partial(_of_one, logins, check_login_name)),
        }
    return found


def _numbers() -> dict[str, int]:
    found = {}
    for word, title in number_words().items():
        first = _ask(
            f"{title}（{word}）本年从几号开始，直接回车为 1", partial(_number, word), needed=False
        )
        if first:
            found[word] = int(first)
    return found


def _ask(question: str, judge: Judge, *, needed: bool = True) -> str:
    """Ask until the answer can be used, and return it without blanks around it."""
    while True:
        try:
            answer = input(f"{question}：").strip()
        except UnicodeDecodeError:
            wrong = "终端的编码不是 UTF-8，请改为 UTF-8"
        else:
            if not answer and not needed:
                return ""
            wrong = judge(answer) if answer else "不能为空"
            if not wrong:
                return answer
        print(f"  ✗ {wrong}，请重新输入")


def _value(key: str, answer: str) -> str:
    return founding.wrong_with(identity.check_value, key, answer)


def _kind(count: int, answer: str) -> str:
    fits = answer in {str(n) for n in range(1, count + 1)}
    return "" if fits else f"只能是 1 至 {count}"


def _day(on: date, answer: str) -> str:
    try:
        given = date.fromisoformat(answer)
    except ValueError:
        return "没有这一天，日期应写成 2019-01-01"
    return "成立日期不能在今天以后" if given > on else ""


def _of_one(taken: set[str], check: Callable[[str], object], answer: str) -> str:
    if answer in taken:
        return "三员须是三个人，不能相同"
    return founding.wrong_with(check, answer)


def _number(word: str, answer: str) -> str:
    if not (answer.isascii() and answer.isdigit()):
        return "应是大于零的整数"
    return founding.wrong_number(word, int(answer))


def _yes_or_no(answer: str) -> str:
    return "" if answer.lower() in {"y", "n"} else "只能是 y 或者 n"


def _show(wanted: Founding) -> None:
    """Show what will be written before it is."""
    print()
    for body in filter(None, (wanted.supervision, wanted.body)):
        print(f"{body.name}（{body.short_name}），{BODY_KINDS[body.kind]}，{body.valid_from} 成立")
        codes = (body.code, body.credit_code, body.region_code, body.office_word)
        shown = (code or "没有" for code in codes)
        print("  主体编码 {}，信用代码 {}，区划代码 {}，机关代字 {}".format(*shown))
    for role, one in wanted.administrators.items():
        print(f"  {ROLES[role]} {one.name}，登录名 {one.login}")
    begun = "、".join(f"{word} 从 {first} 号" for word, first in wanted.numbers.items())
    print(f"  文号 {begun or '都从 1 号'}开始\n")
