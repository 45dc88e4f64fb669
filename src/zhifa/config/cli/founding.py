"""init: start a real city, from a file or by questions (开通)."""

import argparse
import sys
from pathlib import Path

from zhifa import clock
from zhifa.config import keys
from zhifa.config.environment import read


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    init = commands.add_parser("init", help="开通一个真实的城市（不含演示数据）")
    init.add_argument("--file", type=Path, metavar="文件", help="TOML 或 JSON；不写则逐项询问")
    init.add_argument("--example", action="store_true", help="打印一份可以修改的样例")
    init.set_defaults(run=_init, django=True)


def _init(arguments: argparse.Namespace) -> int:
    from zhifa.config import founding, migration  # noqa: PLC0415  (Django is set up first)
    from zhifa.config.templatetags.zhifa_words import value_words, violation_words  # noqa: PLC0415
    from zhifa.config.wording import words  # noqa: PLC0415
    from zhifa.law.errors import BadValue, Conflict, Refused  # noqa: PLC0415

    if arguments.example:
        print(founding.EXAMPLE)
        return 0
    environment = read()
    migration.migrate()
    try:
        if not founding.is_empty():
            raise Conflict("city.not_empty")
        wanted = founding.read_file(arguments.file) if arguments.file else _asked()
        opened = founding.found(wanted, on=clock.today(), at=clock.now())
    except Conflict as conflict:
        known = {
            "city.not_empty": "这里已经有数据，不能再开通。新的城市请用空的数据文件夹或者数据库"
        }
        print(f"✗ {known.get(conflict.code) or words(conflict.code)}", file=sys.stderr)
        return 1
    except founding.BadFounding as problem:
        print("\n".join(f"✗ {line}" for line in str(problem).splitlines()), file=sys.stderr)
        return 1
    except BadValue as problem:
        print(f"✗ {value_words(problem)}", file=sys.stderr)
        return 1
    except Refused as refused:
        for violation in refused.violations:
            print(f"✗ {violation_words(violation)}（{violation.basis.words}）", file=sys.stderr)
        return 1
    print(f"✓ 已开通：{wanted.body.name}（机关代字 {wanted.body.office_word}）")
    if wanted.supervision:
        print(f"  监督机构：{wanted.supervision.name}，三员设在这里，由系统管理员登记全市的主体")
    elif not wanted.can_grow:
        print(
            "  注意：没有写 [supervision]，三员设在这个主体，只能登记它下面的机构，不能登记司法局和别的执法机关；"
        )
        print(
            "  全市共用的平台请换空的数据文件夹，写上 [supervision] 重新开通（样例见 zhifa init --example）"
        )
    print("  三员的临时密码，只显示这一次，首次登录时须修改：")
    for one in opened:
        print(f"  {one.role}  {one.founder.name}  登录名 {one.founder.login}  密码 {one.password}")
    folder = environment.data_dir / keys.FOLDER
    print(f"  密钥已生成在 {folder}，请按 docs/keys.md 保管；数据请定期 zhifa backup")
    print("  下一步：zhifa serve，由系统管理员登记机构、人员和职务，或者 zhifa import 批量导入")
    return 0


def _asked() -> "founding.Founding":  # type: ignore[name-defined]  # noqa: F821  (imported late)
    """Ask for everything in the terminal. Raises BadFounding."""
    from zhifa.cases.numbers import number_words  # noqa: PLC0415
    from zhifa.config import founding  # noqa: PLC0415

    if not sys.stdin.isatty():
        raise founding.BadFounding("没有终端可以询问，请用 --file；样例见 zhifa init --example")
    print("先填行政执法监督机构（司法局；没有的填人民政府），三员设在这里，由它登记全市的主体")
    supervision = _identity_asked("监督机构", "类别：1 人民政府  4 司法局", needs_word=False)
    print("再填由它监督的第一个行政执法主体")
    body = _identity_asked("行政执法主体", "类别：1 行政机关  2 法律法规授权组织", needs_word=True)
    people = {}
    for key, role in (
        ("system", "系统管理员"),
        ("security", "安全管理员"),
        ("audit", "审计管理员"),
    ):
        people[key] = {
            "name": input(f"{role}的姓名：").strip(),
            "login": input(f"{role}的登录名：").strip(),
        }
    numbers = {}
    for word, title in number_words().items():
        first = input(f"{title}（{word}）本年从几号开始，直接回车为 1：").strip()
        if first:
            numbers[word] = int(first) if first.isdecimal() else first
    return founding.parse(
        {"supervision": supervision, "body": body, "administrators": people, "numbers": numbers}
    )


def _identity_asked(what: str, kinds_asked: str, *, needs_word: bool) -> dict[str, object]:
    """Ask for one body."""
    answers: dict[str, object] = {}
    for key, question in (
        ("name", f"{what}的全称"),
        ("short_name", "简称"),
        ("code", "主体编码（字母、数字）"),
        ("kind", kinds_asked),
        ("credit_code", "统一社会信用代码（可以不填）"),
        ("region_code", "行政区划代码（可以不填）"),
        ("office_word", "机关代字，如 示市监" if needs_word else "机关代字（可以不填）"),
        ("valid_from", "成立日期，如 2019-01-01"),
    ):
        answers[key] = input(f"{question}：").strip()
    kinds = {"1": "administrative_organ", "2": "authorized_organization", "4": "supervision_body"}
    return answers | {"kind": kinds.get(str(answers["kind"]), answers["kind"])}
