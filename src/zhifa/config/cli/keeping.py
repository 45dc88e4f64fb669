"""backup, restore, verify: keeping what was recorded, and showing that it was kept (备份、恢复、核对)."""

import argparse
import sys
from datetime import datetime

from zhifa import clock
from zhifa.config import keeping
from zhifa.config.backup import BadBackup, Root
from zhifa.config.cli import parsing
from zhifa.config.environment import read

# The platform's own logins can bring about few of such differences, as a number series moved on by one or
# who has an original now; docs/running.md says the same.
_WHAT_TO_DO = """
  怎么办：
  1. 先不要改动数据，用 zhifa backup 现状.tar 留存一份现状
  2. 查明来由：其中多数平台自己的登录改不了，只有数据库所有者、能写数据文件夹的人或者磁盘故障能够造成；
     少数（例如把文号序列往前拨一号）拿到平台登录的人也能造成。
     请核对数据库日志 postgres.log 和服务器的登录记录
  3. 用最近一份相符的备份恢复到空的数据文件夹：ZHIFA_DATA_DIR=新文件夹 zhifa restore 备份文件，
     再在那里运行 zhifa verify"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    backup = commands.add_parser("backup", help="备份成一个文件（含密钥，请妥善保管）")
    backup.add_argument("file", type=parsing.path, metavar="文件")
    backup.set_defaults(run=_backup, django=True, login="auditor")
    restore = commands.add_parser("restore", help="从备份文件恢复到空的数据文件夹，并证明完整")
    restore.add_argument("file", type=parsing.path, metavar="文件")
    restore.set_defaults(run=_restore, django=False)
    verify = commands.add_parser("verify", help="核对全部记录：有没有被改动过")
    verify.add_argument("--full", action="store_true", help="同时重新生成每份文书并比较")
    verify.set_defaults(run=_verify, django=True, login="auditor")


def _backup(arguments: argparse.Namespace) -> int:
    from zhifa.journal import selectors as journal  # noqa: PLC0415  (Django is set up first)

    folder = arguments.file.absolute().parent
    if arguments.file.is_dir():
        print(
            f"✗ {arguments.file} 是文件夹，请写到文件名为止，如 {arguments.file}/备份.tar",
            file=sys.stderr,
        )
        return 1
    if not folder.is_dir():
        print(f"✗ 没有这个文件夹：{folder}，请先建好，或者换一个地方", file=sys.stderr)
        return 1
    state = journal.log_state()
    try:
        manifest = keeping.make(
            arguments.file.absolute(),
            environment=read(),
            journal=Root(state.size, state.root_hex),
            at=clock.now(),
        )
    except FileExistsError:
        print(f"✗ {arguments.file} 已经存在，请换一个文件名", file=sys.stderr)
        return 1
    size = arguments.file.stat().st_size / 2**20
    print(f"✓ 已备份到 {arguments.file}（{size:.1f} MB，{len(manifest.members)} 个文件）")
    print(f"  全过程记录 {state.size} 条，根 {state.root_hex}")
    print("  文件里有密钥，请像密钥一样保管")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    if problem := parsing.readable(arguments.file):
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    try:
        manifest = keeping.restore(arguments.file, environment=read(), prove=_proved)
    except BadBackup as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    made_at = datetime.fromisoformat(manifest.made_at).astimezone(clock.BEIJING)
    print(
        f"✓ 已恢复 {made_at:%Y-%m-%d %H:%M} 的备份：{len(manifest.members)} 个文件逐一核对摘要相符"
    )
    print(
        f"✓ 全过程记录 {manifest.journal.size} 条，重新计算的根与备份相符：{manifest.journal.root}"
    )
    print("  请再运行 zhifa verify 核对每一件")
    return 0


def _proved(expected: Root) -> Root:
    import django  # noqa: PLC0415  (only now are the keys and the tables there)
    from django.conf import settings  # noqa: PLC0415

    settings.DATABASES["default"] = settings.DATABASES["auditor"]
    django.setup()
    from zhifa.config import log_root  # noqa: PLC0415

    return log_root.recomputed(expected.size)


def _verify(arguments: argparse.Namespace) -> int:
    from zhifa.config import verification  # noqa: PLC0415  (Django is set up first)

    found = list(verification.differences(full=arguments.full))
    wrong = [one for one in found if not one.harmless]
    for one in found:
        print(f"{'·' if one.harmless else '✗'} {one.room}：{one.words}")
    rooms = "、".join(room.name for room in verification.ROOMS)
    if wrong:
        print(f"\n✗ 第一处不符：{wrong[0].room}：{wrong[0].words}\n  共 {len(wrong)} 处")
        print(_WHAT_TO_DO)
        return 1
    print(f"✓ {rooms}都与记录相符" + (f"（另有 {len(found)} 处提示）" if found else ""))
    return 0
