#!/bin/sh
# Say plainly what the machine lacks before anything is installed (运行前检查).
# Usage: preflight.sh PYTHON. In the shell, because Python is what may be lacking.

python=$1
lacking=0

lacks() { # the Chinese words, the English words, the command that helps
  lacking=1
  printf '✗ %s / %s\n    %s\n' "$1" "$2" "$3" >&2
}

if ! command -v "$python" >/dev/null 2>&1; then
  lacks "找不到 Python（$python），需要 3.11 或更新。Debian、Ubuntu 请运行" \
    "Python ($python) is not there; 3.11 or newer is needed. On Debian or Ubuntu run" \
    "apt-get install python3 python3-venv"
elif ! version=$("$python" -c 'import sys; print("%d.%d.%d" % tuple(sys.version_info[:3]))' 2>&1); then
  lacks "Python（$python）不能运行：$version。Debian、Ubuntu 请运行" \
    "Python ($python) does not run. On Debian or Ubuntu run" \
    "apt-get install --reinstall python3 python3-venv"
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  lacks "需要 Python 3.11 或更新，$python 是 $version。Debian 12、Ubuntu 24.04 或更新的系统请运行" \
    "Python 3.11 or newer is needed, $python is $version. On Debian 12, Ubuntu 24.04 or newer run" \
    "apt-get install python3 python3-venv"
  printf '    %s\n' "已另外安装的，请指明 / one installed beside it is named by: make run PYTHON=python3.11" >&2
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  # Debian ships both apart from Python, by version.
  case ${python##*/} in python3.[0-9]*) package=${python##*/}-venv ;; *) package=python3-venv ;; esac
  lacks "$python 缺少 venv 模块。Debian、Ubuntu 请运行" \
    "$python has no venv module. On Debian or Ubuntu run" "apt-get install $package"
fi
if ! command -v git >/dev/null 2>&1; then
  lacks "缺少 git。Debian、Ubuntu 请运行" "git is not there. On Debian or Ubuntu run" \
    "apt-get install git"
fi
exit $lacking
