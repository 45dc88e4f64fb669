"""See that Debian's Chromium is there for the browser tests, and install it when we may."""

import os
import shutil
import subprocess
import sys


def main() -> int:
    if shutil.which("chromium"):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(
            "缺少 chromium，浏览器测试将跳过。请运行：apt-get install chromium fonts-noto-cjk",
            file=sys.stderr,
        )
        return 0
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    return subprocess.run(
        ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"],
        check=False, env=environment, stdout=subprocess.DEVNULL,
    ).returncode  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
