"""keys: the public keys of this installation, and changing a signing key (密钥; docs/keys.md)."""

import argparse
import sys

from zhifa.config import keys
from zhifa.config.environment import read

_KINDS = {"log": "日志", "publisher": "公示"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    topic = commands.add_parser("keys", help="查看公钥，更换签名密钥").add_subparsers(
        dest="what", required=True, metavar="动作"
    )
    listing = topic.add_parser("list", help="列出信任的公钥，新的在后")
    listing.set_defaults(run=_list, django=False)
    rotate = topic.add_parser("rotate", help="更换签名密钥，旧公钥继续有效")
    rotate.add_argument("kind", metavar="KIND", choices=_KINDS, help="log 日志，publisher 公示")
    rotate.set_defaults(run=_rotate, django=False)


def _list(_: argparse.Namespace) -> int:
    folder = read().data_dir
    found = [(words, key) for kind, words in _KINDS.items() for key in keys.trusted(folder, kind)]
    if not found:
        print(f"✗ {folder} 里还没有密钥；首次启动（zhifa serve）时自动生成", file=sys.stderr)
        return 1
    for words, key in found:
        print(f"{words}\t{key}")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    words = _KINDS[arguments.kind]
    try:
        fresh = keys.rotate(read().data_dir, arguments.kind)
    except FileNotFoundError:
        print(f"✗ 还没有{words}密钥，首次启动时自动生成，无须更换", file=sys.stderr)
        return 1
    print(f"✓ {words}的新公钥：{fresh.public}")
    print("  请重新启动各个进程，并公布新公钥；旧公钥继续用于核验以前的签名（docs/keys.md）")
    return 0
