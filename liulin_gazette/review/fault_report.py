"""Faults that nobody foresaw, for the maintainer of the program: where it stopped, and in which versions.

A report can be sent by anybody to anybody: it holds no content of documents, no names of people, no paths of the machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
import re
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path

from liulin_gazette import __version__
from liulin_gazette.cache.libraries import FACES, READING, TYPESETTING, harfbuzz_version, pango_version
from liulin_gazette.disk.whole_file import write_whole
from liulin_gazette.spawning.limited_process import RemoteTracebackError

_PROGRAM = "liulin_gazette"
_TEMPLATES = "templates"
_REMOTE_PLACE = re.compile(r'^  File "(.+)", line (\d+), in (.+)$', re.M)
"""How the traceback of another process tells a place."""
_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|[^\x20-\x7e]+|\d{4,}""")
"""Parts of a message that may be of the content: what is quoted, what is not ASCII, long numbers."""
_LONGEST = 200
"""Characters of a message."""


def fault_number(error: BaseException) -> str:
    """Return a short number of the place at which ``error`` was raised: the same for the same fault of a version."""
    places = [type(error).__name__, *_places(error)]
    return hashlib.sha256("\n".join(dict.fromkeys(places)).encode()).hexdigest()[:6].upper()


def write_report(root: Path, error: BaseException, command: str) -> Path | None:
    """Write the report of ``error``, which ended ``command``; return the file, None where none can be written.

    It lies in the output of the project ``root``, or in the folder for temporary files.
    """
    name = f"错误报告-{fault_number(error)}.txt"
    content = report_text(error, command).encode()
    for folder in (root / "output", Path(tempfile.gettempdir())):
        if folder.is_dir():
            with contextlib.suppress(OSError):
                write_whole(folder / name, content)
                return folder / name
    return None


def fault_teller(
    root: Path, command: str, name: str, tell: Callable[[str], None]
) -> Callable[[Exception], str]:
    """Return what reports an error that nobody foresaw while ``command`` goes on, and returns words for a page.

    Of each fault ``tell`` is told once, with the ``name`` of what goes on.
    """
    told: set[str] = set()

    def tell_fault(error: Exception) -> str:
        number = fault_number(error)
        if number not in told:
            told.add(number)
            file = write_report(root, error, command)
            tell(f"程序出错了（编号 {number}），{name}继续。" + (f"请把 {file} 发给维护者。" if file else ""))
        return f"程序出错了（编号 {number}）。请把编号告诉维护者。"

    return tell_fault


def report_text(error: BaseException, command: str) -> str:
    """Return what the maintainer gets to know of ``error``, which ended ``command``."""
    lines = [
        "发给维护者。里面没有公文的内容、人名和文件夹的路径。",
        "",
        f"编号 {fault_number(error)}",
        f"命令 {command}",
        f"程序 {__version__}",
        f"Python {platform.python_version()}，{platform.system()} {platform.release()} {platform.machine()}",
        f"Pango {pango_version()}，HarfBuzz {harfbuzz_version()}",
        *_versions(),
    ]
    for each in _chain(error):
        lines += ["", f"{type(each).__name__}: {_masked(str(each))}"]
        for place, times in groupby(_places(each)):
            count = sum(1 for _ in times)
            lines.append(f"  {place}" + (f"（{count} 次）" if count > 1 else ""))
    return "\n".join(lines) + "\n"


def _versions() -> Iterator[str]:
    for name in dict.fromkeys((*READING, *TYPESETTING, *FACES)):
        with contextlib.suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"


def _chain(error: BaseException) -> list[BaseException]:
    """Return ``error`` and what it was raised from, the last one first."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or following.__context__
    return chain


def _places(error: BaseException) -> Sequence[str]:
    """Return where ``error`` passed through, outermost first: ``liulin_gazette/cli.py 95 main``."""
    places = [
        f"{_shown_path(frame.f_code.co_filename)} {line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    if isinstance(error.__cause__, RemoteTracebackError):
        places += [
            f"{_shown_path(path)} {line} {name}"
            for path, line, name in _REMOTE_PLACE.findall(str(error.__cause__))
        ]
    return places


def _shown_path(path: str) -> str:
    """Return ``path`` from the package on, or the last two parts of it."""
    parts = path.replace("\\", "/").split("/")
    for name in (_PROGRAM, _TEMPLATES):
        if name in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(name) :])
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return parts[-1]


def _masked(message: str) -> str:
    """Return ``message`` without what may be of the content."""
    return _QUOTED.sub("…", message)[:_LONGEST]
