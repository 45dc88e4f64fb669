"""Say plainly what the machine lacks before anything is installed (运行前检查). Standard library only."""

import shutil
import sys


def main() -> int:
    problems = []
    if sys.version_info < (3, 11):
        problems.append(
            f"需要 Python 3.11 或更新，现在是 {sys.version.split()[0]}；"
            "请安装后运行 make run PYTHON=python3.11"
        )
    try:
        import ensurepip  # noqa: F401, PLC0415  (Debian ships it apart from Python)
        import venv  # noqa: F401, PLC0415
    except ImportError:
        problems.append("缺少 venv 模块，请运行：apt-get install python3-venv")
    if shutil.which("git") is None:
        problems.append("缺少 git，请运行：apt-get install git")
    for problem in problems:
        print(f"✗ {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
