"""A program in a ZIP file, as it is downloaded: read into memory, and nothing of it unpacked or trusted before."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from liulin_gazette.editing.counties.program_files import (
    INSTALLED,
    PACKAGE,
    VERSION_FILE,
    Program,
    ProgramError,
    belongs,
    check_size,
    is_inside,
    parse_record,
    program_of,
    read_program_folder,
)
from liulin_gazette.text.system_errors import reason

MOST_ENTRIES = 20_000
"""Of a ZIP: the repository as it is downloaded has far fewer."""
_UTF8 = 0x800
"""The flag of an entry whose name is UTF-8."""
_ENCRYPTED = 0x1
_DAMAGED = "压缩包不完整或已损坏：{}。多是没有下载完，请重新下载。"


def read_program(place: Path) -> Program:
    """Return the program at ``place``: a folder, a folder whose only program is in a folder of it, or a ZIP or wheel.

    Raises ProgramError.
    """
    if place.is_dir():
        return read_program_folder(_project_in(place))
    if not place.exists():
        raise ProgramError(f"没有 {place} 这个文件夹或压缩包。")
    try:
        with zipfile.ZipFile(place) as archive:
            return _read(archive, str(place))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        if (
            place.stat().st_size
            and not zipfile.is_zipfile(place)
            and place.suffix.lower() not in (".zip", ".whl")
        ):
            raise ProgramError(f"{place} 不是文件夹，也不是 ZIP 压缩包。") from error
        raise ProgramError(_DAMAGED.format(place)) from error
    except (NotImplementedError, RuntimeError) as error:  # Encrypted, or packed in a way zipfile lacks.
        raise ProgramError(f"压缩包 {place} 的压缩方法读不了，请用普通的 ZIP 重新压缩。") from error
    except OSError as error:
        raise ProgramError(f"{place} 读不出来（{reason(error, '读取')}）。") from error


def _project_in(folder: Path) -> Path:
    """Return ``folder``, or the one folder in it that has a program: what unpacking a ZIP leaves."""
    if (folder / PACKAGE).is_dir():
        return folder
    try:
        inner = [each for each in folder.iterdir() if (each / PACKAGE).is_dir()]
    except OSError as error:
        raise ProgramError(f"{folder} 读不出来（{reason(error, '读取')}）。") from error
    return inner[0] if len(inner) == 1 else folder


def _read(archive: zipfile.ZipFile, place: str) -> Program:
    entries = _entries(archive)
    base = min(
        (
            path.removesuffix(f"{PACKAGE}/__init__.py")
            for path in entries
            if path.endswith(f"{PACKAGE}/__init__.py")
        ),
        key=lambda prefix: (prefix.count("/"), prefix),
        default="",
    )
    is_installed = any(path.startswith(f"{base}{INSTALLED}/") for path in entries)
    files: dict[str, bytes] = {}
    record = None
    size = 0
    for path, entry in entries.items():
        if not path.startswith(base):
            continue
        inner = path.removeprefix(base)
        if is_installed and not inner.startswith(f"{PACKAGE}/"):
            continue
        inner = inner.removeprefix(f"{INSTALLED}/")
        if belongs(inner) or inner == VERSION_FILE:
            check_size(len(files) + 1, size + entry.file_size)
            content = _content(archive, entry)
            size += len(content)
            if inner == VERSION_FILE:
                record = parse_record(content)
            else:
                files[inner] = content
    return program_of(files, record, place)


def _entries(archive: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    """Return the files of ``archive`` by path. Raises ProgramError where one could be written outside, or is no file."""
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise ProgramError(f"压缩包里有 {len(infos)} 个文件，不像是这套程序，没有读。")
    entries: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in infos:
        path = _name(info)
        if not is_inside(path):
            raise ProgramError(
                f"压缩包里的路径“{path}”越出了文件夹，不可信，没有读。请从可靠的地方重新下载。"
            )
        if info.is_dir():
            continue
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise ProgramError(f"压缩包里的“{path}”是链接，不是文件，不可信，没有读。")
        if path.casefold() in folded:
            raise ProgramError(f"压缩包里有两个“{path}”，不可信，没有读。")
        folded.add(path.casefold())
        entries[path] = info
    return entries


def _name(info: zipfile.ZipInfo) -> str:
    """Return the path of an entry. Chinese names not marked as UTF-8 are UTF-8 or GBK all the same."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gbk"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return the content of ``entry``, never more than it declares: a bomb declares little and swells."""
    if entry.flag_bits & _ENCRYPTED:
        raise ProgramError("压缩包有密码，读不了。请先解开，再写解开的文件夹。")
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ProgramError(_DAMAGED.format(archive.filename))
    return content
