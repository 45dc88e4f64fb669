"""import, export: tables of the office into the registry and out again (导入导出)."""

import argparse
import sys
from typing import TYPE_CHECKING

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.config.cli import parsing
from zhifa.law.actors import SYSTEM, ActorId

if TYPE_CHECKING:
    from zhifa.registry.imports.report import Report
    from zhifa.registry.imports.running import Kind

_KINDS = ("bodies", "officers", "power-items", "holidays")
_KINDS_HELP = "bodies 执法主体、officers 执法人员、power-items 权力事项、holidays 节假日安排"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    bring = commands.add_parser("import", help="导入表格，逐行报告")
    bring.add_argument("kind", choices=_KINDS, metavar="KIND", help=_KINDS_HELP)
    bring.add_argument("file", type=parsing.path, metavar="FILE", help="xlsx、xls、et、csv")
    bring.add_argument(
        "--body", default="", metavar="CODE", help="表里没有写执法主体时，属于哪个主体"
    )
    bring.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    bring.add_argument("--keep-good", action="store_true", help="有错的行跳过，其余写入")
    bring.add_argument(
        "--as", dest="login_name", default="", metavar="LOGIN", help="以谁的名义登记；不写为平台"
    )
    bring.set_defaults(run=_import, django=True, login="web")
    out = commands.add_parser("export", help="导出表格，可以再导入")
    out.add_argument("kind", choices=_KINDS, metavar="KIND", help=_KINDS_HELP)
    out.add_argument("--body", default="", metavar="CODE", help="只导出这个主体的")
    out.add_argument(
        "--out", type=parsing.path, metavar="FILE", help=".xlsx 或者 .csv；不写则以 csv 输出到屏幕"
    )
    out.set_defaults(run=_export, django=True, login="web")


def _import(arguments: argparse.Namespace) -> int:
    from zhifa.registry.imports import running  # noqa: PLC0415  (Django is set up first)
    from zhifa.registry.sheets.model import BadSheet  # noqa: PLC0415
    from zhifa.registry.wording import words  # noqa: PLC0415

    actor = _actor(arguments.login_name)
    if actor is None:
        return _no(f"没有这个登录名：{arguments.login_name}")
    if problem := parsing.readable(arguments.file):
        return _no(problem)
    on = clock.today()
    try:
        with acting(actor, on=on):
            report = running.run(
                running.KINDS[arguments.kind], arguments.file.read_bytes(), actor=actor, on=on,
                at=clock.now(), body=arguments.body, keep_good=arguments.keep_good,
                dry_run=arguments.dry_run, progress=_progress,
            )  # fmt: skip
    except BadSheet as bad:
        return _no(words(bad.code, bad.about))
    _print(running.KINDS[arguments.kind], report, dry_run=arguments.dry_run)
    return 0 if report.is_clean else 1


def _export(arguments: argparse.Namespace) -> int:
    from zhifa.registry.imports import running  # noqa: PLC0415  (Django is set up first)
    from zhifa.registry.sheets.model import BadSheet  # noqa: PLC0415
    from zhifa.registry.wording import words  # noqa: PLC0415

    form = arguments.out.suffix.lower().lstrip(".") if arguments.out else "csv"
    if form not in {"xlsx", "csv"}:
        return _no("文件名应以 .xlsx 或者 .csv 结尾")
    on = clock.today()
    try:
        with acting(SYSTEM, on=on):
            if arguments.body and not _known(arguments.body):
                return _no(f"没有这个执法主体：{arguments.body}，请写主体编码或者统一社会信用代码")
            data = running.export(
                running.KINDS[arguments.kind], on=on, body=arguments.body, form=form
            )
    except BadSheet as problem:
        return _no(words(problem.code, problem.about))
    if arguments.out:
        arguments.out.write_bytes(data)
        print(f"✓ 已导出到 {arguments.out}")
    else:
        sys.stdout.write(data.decode("utf-8-sig"))
    return 0


def _known(body: str) -> bool:
    """Whether a body is registered under that code; what is exported of none would be an empty table."""
    from zhifa.registry import selectors as registry  # noqa: PLC0415  (Django is set up first)

    return any(
        body in {one.identity.code, one.identity.credit_code} for one in registry.every_body()
    )


def _actor(login_name: str) -> ActorId | None:
    from zhifa.accounts import selectors as accounts  # noqa: PLC0415  (Django is set up first)

    if not login_name:
        return SYSTEM
    found = accounts.find_by_login(login_name)
    return found.id if found and found.is_active else None


def _print(kind: "Kind", report: "Report", *, dry_run: bool) -> None:
    """Print the rows with something to say, then the sum."""
    from zhifa.registry.imports import telling  # noqa: PLC0415  (Django is set up first)

    for line in telling.lines(kind, report):
        if line.text:
            print(f"{line.sign} 第 {line.row} 行 {line.what}：{line.text}")
    for note in telling.notes(report):
        print(f"· {note}")
    print(telling.summary(report, dry_run=dry_run))


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {of} 行", end="\n" if done == of else "", file=sys.stderr)


def _no(words: str) -> int:
    print(f"✗ {words}", file=sys.stderr)
    return 1
