"""deadline, procedures: what the law says, answered without a server (期限与程序)."""

import argparse
import json
import sys

from zhifa import clock
from zhifa.config.cli import parsing
from zhifa.law import deadline_text
from zhifa.law.calendar import Calendar
from zhifa.law.errors import BadValue
from zhifa.law.errors_zh import error_words
from zhifa.procedures import definitions, proofs
from zhifa.procedures.charts import chart_svg


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    deadline = commands.add_parser("deadline", help="计算法定期限并说明理由").add_subparsers(
        dest="what", required=True, metavar="动作"
    )
    explain = deadline.add_parser("explain", help="一个期限何时届满、为什么")
    explain.add_argument("term", metavar="TERM", help="期限编号，如 T01；全部编号见 deadline list")
    explain.add_argument(
        "--start", required=True, metavar="DATE[THH:MM]", help="起算的那一天（北京时间）"
    )
    explain.add_argument(
        "--stop", action="append", default=[], metavar="A:B", help="不计入的起止日，两端都含"
    )
    explain.add_argument(
        "--extend", action="append", default=[], metavar="N", help="批准延长的数量"
    )
    explain.add_argument("--field", default="", metavar="KEY", help="部门程序规定，如 samr")
    explain.add_argument("--variant", default="", metavar="NAME", help="同一期限的不同情形")
    explain.add_argument(
        "--before", action="store_true", help="--start 是后面的事件，倒推最迟的一天"
    )
    explain.add_argument("--json", action="store_true")
    explain.set_defaults(run=_explain, django=False)
    listing = deadline.add_parser("list", help="列出全部期限")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list, django=False)

    procedures = commands.add_parser("procedures", help="检查与绘制执法程序").add_subparsers(
        dest="what", required=True, metavar="动作"
    )
    check = procedures.add_parser("check", help="证明每个程序没有缺口")
    check.set_defaults(run=_check, django=False)
    chart = procedures.add_parser("chart", help="绘制流程图（SVG）")
    chart.add_argument("key", metavar="KEY", help="程序，如 penalty.ordinary")
    chart.add_argument(
        "--out", type=parsing.path, metavar="FILE", help="写入文件；不写则输出到屏幕"
    )
    chart.set_defaults(run=_chart, django=False)


def _explain(arguments: argparse.Namespace) -> int:
    request = deadline_text.ExplainRequest(
        term=arguments.term,
        start=arguments.start,
        stops=tuple(arguments.stop),
        extend=tuple(arguments.extend),
        field=arguments.field,
        variant=arguments.variant,
        before=arguments.before,
    )
    try:
        explanation = deadline_text.explain(request, calendar=Calendar.of())
    except BadValue as problem:
        print(f"✗ {error_words(problem)}", file=sys.stderr)
        return 2
    print(_json(explanation.as_json()) if arguments.json else explanation.text())
    return 0


def _list(arguments: argparse.Namespace) -> int:
    listing = deadline_text.listing(on=clock.today())
    if arguments.json:
        print(_json([listed.as_json() for listed in listing]))
    else:
        print("\n".join(listed.text() for listed in listing))
    return 0


def _check(_: argparse.Namespace) -> int:
    findings = [finding for one in definitions.ALL for finding in proofs.check(one)]
    print(proofs.report(tuple(findings)))
    return 1 if findings else 0


def _chart(arguments: argparse.Namespace) -> int:
    try:
        procedure = definitions.latest(arguments.key)
    except definitions.NoSuchProcedure:
        known = "、".join(one.key for one in definitions.ALL)
        print(f"✗ 没有这个程序：{arguments.key or '（空）'}；现有：{known}", file=sys.stderr)
        return 2
    svg = chart_svg(procedure)
    if arguments.out:
        arguments.out.write_text(svg, encoding="utf-8")
    else:
        print(svg)
    return 0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
