"""init: start a real city, from a file or by questions (开通)."""

import argparse
import sys

from zhifa import clock
from zhifa.config import keys
from zhifa.config.cli import parsing
from zhifa.config.environment import read


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    init = commands.add_parser("init", help="开通一个真实的城市（不含演示数据）")
    init.add_argument(
        "--file", type=parsing.path, metavar="文件", help="TOML 或 JSON；不写则逐项询问"
    )
    init.add_argument("--example", action="store_true", help="打印一份可以修改的样例")
    init.set_defaults(run=_init, django=True)


def _init(arguments: argparse.Namespace) -> int:
    from zhifa.config import founding, migration  # noqa: PLC0415  (Django is set up first)
    from zhifa.config.cli import asking  # noqa: PLC0415
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
        on = clock.today()
        wanted = founding.read_file(arguments.file) if arguments.file else asking.asked(on=on)
        opened = founding.found(wanted, on=on, at=clock.now())
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
