"""The command line: finds the command, parses its arguments and runs it from its module in ``commands``.

Exit codes: 0 success, 1 errors in the content, 2 wrong usage, 3 something is missing in the environment, 4 a fault of
the program.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from liulin_gazette import __version__
from liulin_gazette.commands.arguments import COMMANDS
from liulin_gazette.commands.terminal.interrupted_change import tell_recovery
from liulin_gazette.commands.terminal.unforeseen import unforeseen_fault
from liulin_gazette.preparation.load_faults import load_fault
from liulin_gazette.text.editor_error import ENVIRONMENT, UNFORESEEN, USAGE, EditorError

_TRANSLATIONS = (
    (re.compile(r"unrecognized arguments: (.*)"), "不认识“{0}”。"),
    (re.compile(r"the following arguments are required: (.*)"), "缺少 {0}。"),
    (re.compile(r"argument (.*): expected (?:one|at least one) argument"), "{0} 后面要写内容。"),
    (
        re.compile(r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)"),
        "没有“{1}”这个选择，可用的有：{2}。",
    ),
    (re.compile(r"argument (.*): invalid .* value: '(.*)'"), "{0} 写作“{1}”不对。"),
    (re.compile(r"argument (.*): ((?:至少|只有).*)"), "{0} {1}。"),
)
"""Messages of argparse, and their Chinese translations."""
UNREAD = 141
"""Exit code where nobody reads the output any more, as shells define it (128 + SIGPIPE)."""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are in Chinese."""

    def error(self, message: str) -> NoReturn:
        translation = next(
            (
                words.format(*match.groups()).replace(", ", "、").replace("'", "")
                for pattern, words in _TRANSLATIONS
                if (match := pattern.search(message))
            ),
            "命令写错了。",
        )
        print(f"{translation}运行 python3 build.py --help 查看用法。", file=sys.stderr)
        raise SystemExit(USAGE)


def usage() -> str:
    """Return the help text."""
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {words}" for name, (words, _) in COMMANDS.items())
    return f"""用法：python3 build.py [命令] [期号……]

{rows}
  {"test":<{width}}  运行全部测试（test --quick 只运行不需要浏览器和 Java 的）

例：python3 build.py               校核并生成全部
    python3 build.py 2026-1        只重新排印 2026 年第 1 期（和内容有改动的各期；网页总是全部更新）
    python3 build.py check 2026-1  只看这一期的校核结果
    python3 build.py check --help  一个命令的全部选项
    python3 build.py --version     程序的版本

内容写在 content/，写法见 docs/写作规范.md；成品在 output/。
退出码：0 完成；1 内容有错误，或核对不符；2 命令写错；3 环境不具备；4 程序出错，见错误报告。"""


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run the command ``argv`` in the project folder ``root`` and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    folder = Path.cwd() if root is None else root
    name = words[0] if words and words[0] in COMMANDS else "build"
    try:
        code = _run(name, words, folder)
        sys.stdout.flush()
        return code
    except EditorError as error:
        print(error.told, file=sys.stderr)
        return error.exit_code
    except MemoryError:
        print("内存不够，没有做完。关掉别的程序再运行；生成时加上 --jobs 1，少用一些。", file=sys.stderr)
        return ENVIRONMENT
    except ImportError as error:
        print(load_fault(error), file=sys.stderr)
        return ENVIRONMENT
    except Exception as error:  # The last place where a fault can become a message instead of a traceback.
        if isinstance(error, BrokenPipeError) and _is_unread():
            return UNREAD
        # Whatever nobody foresaw ends here, so that the editor reads a sentence and the maintainer gets to know of it.
        print(unforeseen_fault(folder, error, name), file=sys.stderr)
        return UNFORESEEN


def _run(name: str, words: Sequence[str], folder: Path) -> int:
    """Print what ``words`` ask for, or run the command ``name`` with the rest of them; return the exit code."""
    if words[:1] in (["--help"], ["-h"], ["help"]):
        print(usage())
        return 0
    if words[:1] == ["--version"]:
        print(f"liulin-gazette {__version__}")
        return 0
    words = words[1:] if words[:1] == [name] else words
    summary, add_arguments = COMMANDS[name]
    parser = _Parser(prog=f"python3 build.py {name}", description=summary, add_help=False, allow_abbrev=False)
    add_arguments(parser)
    if "--help" in words and name != "sign":
        subcommands: Mapping[str, argparse.ArgumentParser] = parser.get_default("subcommands") or {}
        print(_in_chinese(subcommands.get(words[0], parser).format_help()))
        return 0
    try:
        arguments = parser.parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    run: Callable[[Path, argparse.Namespace], int] = import_module(f"liulin_gazette.commands.{name}").run
    if tell_recovery(folder) and name == "undo":
        return 0  # What was cut off is undone; the step before it is not meant.
    return run(folder, arguments)


def _is_unread() -> bool:
    """Tell whether nobody reads the standard output any more, as with ``| head``; then it is sent nowhere."""
    try:
        print(flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def _in_chinese(text: str) -> str:
    """Return the help of argparse with its headings in Chinese."""
    for english, chinese in (
        ("usage:", "用法："),
        ("positional arguments:", "参数："),
        ("options:", "选项："),
    ):
        text = text.replace(english, chinese)
    return text.rstrip()
