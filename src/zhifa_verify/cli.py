"""zhifa-verify: check one receipt or one publication package, offline (离线核验)."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhifa_verify import package, receipt
from zhifa_verify.checkpoint import Checkpoint
from zhifa_verify.errors import NotVerified
from zhifa_verify.note import BadKey, Verifier
from zhifa_verify.package import Package
from zhifa_verify.receipt import Receipt
from zhifa_verify.wording import WORDS

HELD, NOT_SHOWN, MISUSED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Check one file and say in Chinese what was shown: 0 all of it, 1 not, 2 misuse."""
    arguments = _parser().parse_args(argv)
    try:
        verifiers = [Verifier.parse(text) for text in arguments.key]
        data = arguments.file.read_bytes()
        document = arguments.document.read_bytes() if arguments.document else None
    except BadKey as problem:
        return _misused(WORDS[problem.code])
    except OSError as problem:
        return _misused(f"读不了文件 {problem.filename}：{problem.strerror}")
    try:
        for line in _shown(data, verifiers, document):
            print(f"✓ {line}")
    except NotVerified as problem:
        print(f"✗ {WORDS[problem.code]}", file=sys.stderr)
        return NOT_SHOWN
    print("核验通过")
    return HELD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zhifa-verify", description="离线核验执法记录的回执或者公示包", allow_abbrev=False
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="回执（.json）或者公示包")
    parser.add_argument(
        "--key", action="append", required=True, metavar="VKEY",
        help="信任的公钥，可写多次：日志的，公示包再加发布方的；换过密钥的，新旧都写上",
    )  # fmt: skip
    parser.add_argument(
        "--document", type=Path, metavar="PDF", help="核对这份文书是不是记录的那一份"
    )
    return parser


def _misused(message: str) -> int:
    print(f"✗ {message}", file=sys.stderr)
    return MISUSED


def _shown(data: bytes, verifiers: Sequence[Verifier], document: bytes | None) -> Iterator[str]:
    """Yield what was shown, line by line, until all was; raises NotVerified where it was not."""
    value = receipt.load_json(data)
    if isinstance(value, dict) and value.get("format") == package.FORMAT:
        yield from _package_shown(package.from_json(value), verifiers, document)
    else:
        read = receipt.from_json(value)
        yield from _receipt_shown(read, read.verify(verifiers))
        if document is not None:
            read.verify_document(document)
            yield "文书与记录的 SHA-256 一致，一个字节也没有改动"


def _receipt_shown(read: Receipt, checkpoint: Checkpoint) -> Iterator[str]:
    header = read.header
    yield f"记录“{header.kind}”，{header.stream} 第 {header.sequence} 条"
    yield f"登记时间 {header.at}，数据库时间 {header.recorded_at}（协调世界时）"
    content = "内容与承诺一致" if read.content else "内容没有公开，只有承诺"
    yield f"摘要 {read.digest.hex()}；{content}"
    yield f"在日志 {checkpoint.origin} 中排第 {read.proof.index + 1}，日志共 {checkpoint.size} 条，签名有效"


def _package_shown(
    read: Package, verifiers: Sequence[Verifier], document: bytes | None
) -> Iterator[str]:
    verified = read.verify(verifiers)
    yield f"公示包“{read.kind}”{read.key}，{read.published_at} 由 {verified.publisher} 签发，签名有效"
    if verified.receipt and verified.checkpoint:
        yield from _receipt_shown(verified.receipt, verified.checkpoint)
    if document is not None:
        original = read.verify_document(document)
        yield "文书就是记录在案的盖章原件" if original else "文书就是公示的那一份"
