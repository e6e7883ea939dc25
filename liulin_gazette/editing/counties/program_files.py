"""The program as a set of files: those that stand in the folder of every county, read from where a copy of it lies.

Standard library only, since packaging uses it too.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import liulin_gazette
from liulin_gazette.text.editor_error import CONTENT, EditorError
from liulin_gazette.text.system_errors import reason

PACKAGE = "liulin_gazette"
INSTALLED = f"{PACKAGE}/project_files"
"""In an installed package (a wheel): the files that stand beside the package in a county's folder."""
FILES = (
    "build.py", "pyproject.toml", "requirements.lock", "requirements-quick.lock", "requirements-test.lock",
    "requirements-windows.lock", ".gitignore", ".gitattributes", ".editorconfig", "tests/__init__.py",
)  # fmt: skip
FOLDERS = (f"{PACKAGE}/", "templates/", "docs/", ".vscode/", "lint/", "tests/county/")
NOT_FOR_COUNTIES = re.compile(
    r"docs/(校核报告-.*|性能\.md|架构说明\.md|images/(pages|site-phone|site-desktop|archive-growth)\..*)|"
    rf"{INSTALLED}/.*|(.*/)?(__pycache__|\.cache|node_modules)/.*|.*\.pyc"
)
"""What is about the example gazette or the making of the program, and what programs leave behind."""
VERSION_FILE = "program.json"
"""In a county's folder: the version of its program, and the SHA-256 of each file as that version shipped it."""
_STATED = f"{PACKAGE}/__init__.py"
MOST_FILES = 5000
MOST_BYTES = 64 * 2**20
"""All files of a program together; it has about 4 MB."""


class ProgramError(EditorError):
    """There is no usable program; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Program:
    """A copy of the program."""

    version: str
    content_format: int
    files: Mapping[str, bytes]
    """By the path in a county's folder, with slashes; without the version file."""


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What a county's version file says."""

    version: str
    content_format: int
    digests: Mapping[str, str]
    """SHA-256 of the program's files as they were put there, by path."""


def belongs(path: str) -> bool:
    """Tell whether the file at ``path`` of a program goes into the folder of a county."""
    is_listed = path in FILES or path.startswith(FOLDERS)
    return is_listed and not NOT_FOR_COUNTIES.fullmatch(path)


def running_program() -> Path:
    """Return the folder of the program that is running: of its project, or of the installed package's parent."""
    return Path(liulin_gazette.__file__).resolve().parent.parent


def read_program_folder(folder: Path) -> Program:
    """Return the program in ``folder``: a project, or a folder that a package is installed in. Raises ProgramError."""
    beside = folder / INSTALLED
    files: dict[str, bytes] = {}
    size = 0
    try:
        for base in (folder, beside) if beside.is_dir() else (folder,):
            for path in _listed(base):
                if base == folder and beside.is_dir() and not path.startswith(f"{PACKAGE}/"):
                    continue  # Other packages' files that are called alike.
                files[path] = (base / path).read_bytes()
                size += len(files[path])
                check_size(len(files), size)
    except OSError as error:
        raise ProgramError(
            f"程序读不出来（{reason(error, '读取')}）：{error.filename or folder}。"
        ) from error
    return program_of(files, read_record(folder), str(folder))


def check_size(count: int, size: int) -> None:
    """Raise ProgramError when so many files, or bytes in all, are too many for a program."""
    if count > MOST_FILES or size > MOST_BYTES:
        raise ProgramError(f"文件太多或太大（超过 {MOST_BYTES // 2**20} MB），不像是这套程序，没有读。")


def _listed(base: Path) -> Iterator[str]:
    """Yield the paths below ``base`` of files that go into a county. Raises ProgramError for a link, OSError."""
    for name in FILES:
        if (base / name).is_symlink():
            raise ProgramError(f"{name} 是链接，不是文件。请用完整的程序。")
        if (base / name).is_file():
            yield name
    for top in FOLDERS:
        for path in filter(belongs, _paths_below(base, top)):
            if (base / path).is_symlink():
                raise ProgramError(f"{path} 是链接，不是文件。请用完整的程序。")
            yield path


def _paths_below(base: Path, top: str) -> Iterator[str]:
    """Yield the paths, from ``base``, of the files in its folder ``top``, and of links to folders. Raises OSError."""
    for place, folders, names in os.walk(base / top, onerror=_raise):
        folders[:] = sorted(each for each in folders if each not in ("__pycache__", ".cache", "node_modules"))
        for name in sorted((*names, *(each for each in folders if (Path(place) / each).is_symlink()))):
            yield (Path(place) / name).relative_to(base).as_posix()


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def program_of(files: Mapping[str, bytes], record: VersionRecord | None, place: str) -> Program:
    """Return the program that consists of ``files``, which were read from ``place``.

    Where it comes from a county's folder, ``record`` is what that folder says of it. Raises ProgramError when it is
    no program, is not whole, was changed by that county, or cannot run here.
    """
    if _STATED not in files or "build.py" not in files:
        raise ProgramError(f"{place} 不是这套程序：里面没有 build.py 和 {PACKAGE} 文件夹。")
    lacking = [name for name in FILES if name not in files]
    lacking += [name for name in FOLDERS if not any(path.startswith(name) for path in files)]
    if record is not None:
        lacking += [path for path in record.digests if path not in files]
    if lacking:
        raise ProgramError(f"{place} 里的程序不完整，缺少：{shown(lacking)}。请重新下载或复制。")
    if (
        changed := [path for path, each in record.digests.items() if sha256(files[path]) != each]
        if record
        else ()
    ):
        raise ProgramError(f"{place} 是一份公报，它的程序改过：{shown(changed)}。请用原来的程序。")
    _check_python(files)
    version, content_format = stated_version(files[_STATED], place)
    return Program(version, content_format, dict(files))


def shown(paths: Iterable[str], most: int = 5) -> str:
    """Return the first ``most`` of ``paths`` for a sentence, and how many there are in all where there are more."""
    listed = list(paths)
    return "、".join(listed[:most]) + (f" 等 {len(listed)} 个" if len(listed) > most else "")


def _check_python(files: Mapping[str, bytes]) -> None:
    """Raise ProgramError when a module cannot be read by this Python: it is cut off, or needs a newer Python."""
    needed = re.search(rb'^requires-python = ">=3\.(\d+)"', files["pyproject.toml"], re.MULTILINE)
    if needed and sys.version_info < (3, int(needed[1])):
        raise ProgramError(f"这份程序要用 Python 3.{int(needed[1])} 以上，这里是 3.{sys.version_info[1]}。")
    for path, content in files.items():
        if path.endswith(".py") and not _is_python(content):
            raise ProgramError(f"程序文件 {path} 不完整或已损坏。请重新下载或复制。")


def _is_python(content: bytes) -> bool:
    """Return whether this Python can read a module; nothing of it is run."""
    try:
        compile(content, "", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def stated_version(source: bytes, place: str) -> tuple[str, int]:
    """Return version and content format that ``source``, a program's ``__init__.py``, states; nothing of it is run.

    Raises ProgramError when it states no version.
    """
    stated: dict[str, object] = {}
    try:
        for node in ast.parse(source).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                stated.update(
                    {each.id: node.value.value for each in node.targets if isinstance(each, ast.Name)}
                )
    except (SyntaxError, ValueError) as error:
        raise ProgramError(f"{place} 里的 {_STATED} 已损坏。请重新下载或复制。") from error
    version, content_format = stated.get("__version__"), stated.get("CONTENT_FORMAT", 1)
    if not isinstance(version, str) or not re.fullmatch(r"\d{1,6}(\.\d{1,6}){1,3}", version):
        raise ProgramError(f"{place} 里的程序没有写明版本，不能用。")
    if not isinstance(content_format, int):
        raise ProgramError(f"{place} 里的程序没有写明内容格式，不能用。")
    return version, content_format


def order(version: str) -> tuple[int, ...]:
    """Return what versions are compared by: the numbers of ``version``."""
    return tuple(int(number) for number in version.split("."))


def read_record(folder: Path) -> VersionRecord | None:
    """Return the record in the version file of the county in ``folder``; None without one.

    Raises ProgramError when it cannot be read.
    """
    try:
        content = (folder / VERSION_FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ProgramError(f"{VERSION_FILE} 读不出来（{reason(error, '读取')}）。") from error
    return parse_record(content)


def parse_record(content: bytes) -> VersionRecord:
    """Return the record that a version file of this ``content`` has. Raises ProgramError for a damaged one."""
    try:
        data = json.loads(content)
        digests = {str(path): str(digest) for path, digest in data["文件"].items()}
        record = VersionRecord(str(data["版本"]), int(data["内容格式"]), digests)
        order(record.version)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProgramError(f"{VERSION_FILE} 已损坏。从备份恢复这个文件；它由程序写，不要手改。") from error
    if not all(is_inside(path) and belongs(path) for path in digests):
        raise ProgramError(f"{VERSION_FILE} 列着不是程序的文件，没有用。从备份恢复这个文件。")
    return record


def version_record_text(program: Program, files: Mapping[str, bytes]) -> str:
    """Return the version file of a county that has ``files`` of ``program``."""
    data = {
        "程序": "liulin-gazette",
        "版本": program.version,
        "内容格式": program.content_format,
        "文件": {path: sha256(files[path]) for path in sorted(files)},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def is_inside(path: str) -> bool:
    """Tell whether ``path`` stays below the folder that it is relative to, on every system."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and not re.search(r"[\\:\0]", path)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
