"""The command line in Chinese (命令行的用语): what was written wrong, and what to write instead.

argparse speaks English; its messages are told by their form, so that one we do not know is still shown.
"""

import argparse
import errno
import re
import sys
from pathlib import Path
from typing import NoReturn

_MESSAGES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"the following arguments are required: (.*)", r"还没有写：\1"),
        (r"unrecognized arguments: (.*)", r"没有这样的参数：\1"),
        (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 不能写 \2，可以写：\3"),
        (r"argument (.*): expected one argument", r"\1 后面要写内容"),
        (r"argument (.*): invalid int value: (.*)", r"\1 应是整数，现在是 \2"),
        (r"argument (.*): ignored explicit argument (.*)", r"\1 后面不能写内容（\2）"),
        (r"ambiguous option: (.*) could match (.*)", r"\1 不完整，请写完整：\2"),
        (r"argument (.*): (.*)", r"\1：\2"),
    )
)


class Parser(argparse.ArgumentParser):
    """A parser whose help and whose objections are in Chinese; its subcommands' too."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options, add_help=False)  # type: ignore[arg-type]  # (argparse's own)
        self._positionals.title, self._optionals.title = "要写的", "可以写的"
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def format_usage(self) -> str:
        """Return how the command is written."""
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        """Return the whole help."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, how it is written, and end with 2."""
        print(f"✗ {_in_chinese(message)}\n{self.format_usage()}", end="", file=sys.stderr)
        raise SystemExit(2)


def _in_chinese(message: str) -> str:
    for pattern, words in _MESSAGES:
        if found := pattern.fullmatch(message):
            return found.expand(words)
    return message


def path(text: str) -> Path:
    """Return the path somebody wrote. Raises ArgumentTypeError if nothing was."""
    if not text.strip():
        raise argparse.ArgumentTypeError("没有写文件名")
    return Path(text)


def readable(file: Path) -> str:
    """Return why a file cannot be read, in words; empty if it is one."""
    if file.is_dir():
        return f"{file} 是文件夹，请写到文件名为止"
    return "" if file.is_file() else f"没有这个文件：{file}"


def path_words(problem: OSError) -> str:
    """Return what the system did not let us do with a file, in words; empty if that is not it."""
    name = problem.filename
    if problem.errno == errno.ENOSPC:  # found while writing, the system does not say which file
        return f"磁盘已满，写不下去{f'：{name}' if name else ''}。请清理磁盘后再试"
    if not isinstance(name, str | Path):
        return ""
    match problem.errno:
        case errno.ENOENT:
            return f"没有这个文件或者文件夹：{name}，请核对路径，或者先把文件夹建好"
        case errno.EACCES | errno.EPERM:
            return f"没有权限读写 {name}，请换一个地方，或者用有权限的用户运行"
        case errno.EISDIR:
            return f"{name} 是文件夹，请写到文件名为止"
        case errno.ENOTDIR:
            return f"{name} 的上一级不是文件夹，请核对路径"
        case errno.EROFS:
            return f"{name} 所在的磁盘只能读，请换一个地方"
        case errno.ENAMETOOLONG:
            return f"文件名太长：{str(name)[:60]}…，请换一个短的"
    return ""
