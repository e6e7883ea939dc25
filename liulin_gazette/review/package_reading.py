"""The files of an archive package as it lies there, a ZIP or a folder: read within limits, nothing written, no link followed."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from liulin_gazette.editions.archive_package import MOST_BYTES
from liulin_gazette.editions.bagit_package import DECLARATION
from liulin_gazette.text.system_errors import reason

MOST_FILES = 10_000
_MOST_ZIP_BYTES = MOST_BYTES + 50_000_000
_MOST_DIRECTORY_BYTES = 20_000_000
_ZIP_START = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_END_SIZE = 22
"""Bytes of the end of a ZIP that has no comment."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(slots=True)
class OpenedPackage:
    """What could be read of a package."""

    name: str
    """Of the ZIP without its suffix, or of the folder."""
    top: str = ""
    """The one folder in the ZIP; the name of the folder itself where it is one."""
    members: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """By path below ``top``."""
    damaged: dict[str, str] = field(default_factory=dict[str, str])
    """Why each file that is there cannot be read, by path; ``members`` has it without content."""
    unsafe: list[str] = field(default_factory=list[str])
    """What no package has, each with what is wrong: links, paths that lead outside, files of one name."""
    fault: str = ""
    """Why nothing can be said of its files, with what to do; empty where they were read."""
    content: bytes = b""
    """The ZIP itself; empty for a folder."""


def read_package(path: Path) -> OpenedPackage:
    """Return what the package at ``path`` holds: a folder, or else a ZIP."""
    return _read_folder(path) if path.is_dir() else _read_zip(path)


def shown(path: str) -> str:
    """Return ``path`` as it can be printed: what is no printable character is written by its number."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in path)


def _read_folder(path: Path) -> OpenedPackage:
    opened = OpenedPackage(path.name, path.resolve().name)
    size = 0
    for number, (name, file) in enumerate(_walk(path, opened)):
        try:
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                opened.unsafe.append(f"{shown(name)}：是链接、管道或设备，不是文件")
                continue
            size += status.st_size
            if size > MOST_BYTES or number >= MOST_FILES:
                opened.fault = _too_large()
                return opened
            opened.members[name] = file.read_bytes()
        except OSError as error:
            opened.damaged[name] = reason(error, "读取")
            opened.members[name] = b""
    return opened


def _walk(path: Path, opened: OpenedPackage) -> Iterator[tuple[str, Path]]:
    """Yield each file below ``path`` with its path there; links to folders too, which are not followed."""

    def note(error: OSError) -> None:
        opened.damaged[Path(str(error.filename)).name] = reason(error, "读取")

    for directory, folders, names in os.walk(path, onerror=note):
        folders.sort()
        links = [name for name in folders if (Path(directory) / name).is_symlink()]
        for name in sorted((*names, *links)):
            file = Path(directory) / name
            yield file.relative_to(path).as_posix(), file


def _read_zip(path: Path) -> OpenedPackage:
    opened = OpenedPackage(path.name.removesuffix(".zip"))
    try:
        if path.stat().st_size > _MOST_ZIP_BYTES:
            opened.fault = _too_large()
            return opened
        with path.open("rb") as file:
            content = file.read(_MOST_ZIP_BYTES + 1)
    except OSError as error:
        opened.fault = f"读不出来（{reason(error, '读取')}）。换一个地方重新拷贝。"
        return opened
    opened.fault = _form_fault(content)
    if opened.fault:
        return opened
    opened.content = content
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, OverflowError):
        opened.fault = "ZIP 的目录读不懂，存坏了。重新拷贝，或用备份。"
        return opened
    with archive:
        _read_entries(archive, opened)
    return opened


def _form_fault(content: bytes) -> str:
    """Return what is wrong with the outer form of the ZIP ``content``; empty where nothing is."""
    if not content.startswith(_ZIP_START):
        return "开头不是 ZIP 文件的开头：不是归档包，或者存坏了。重新拷贝，或用备份。"
    end = content[-_END_SIZE:]
    if not (end.startswith(_ZIP_END) and end.endswith(b"\0\0")):
        return "末尾不是 ZIP 文件的末尾：没有拷全，或者后面添了东西。重新拷贝，或用备份。"
    count, size, start = struct.unpack("<H2I", end[10:20])
    if count > MOST_FILES or size > _MOST_DIRECTORY_BYTES:
        return _too_large()
    if start + size + _END_SIZE != len(content):
        return "ZIP 的目录不在它说的地方：中间缺了一段，或者添了一段。重新拷贝，或用备份。"
    return ""


def _too_large() -> str:
    return (
        f"里面的文件超过 {MOST_FILES} 个，或解开以后超过 {MOST_BYTES // 1_000_000} MB：归档包没有这样大的，"
        "可能是压缩炸弹，不要解开。没有读。"
    )


def _read_entries(archive: zipfile.ZipFile, opened: OpenedPackage) -> None:
    entries = [each for each in archive.infolist() if not _is_folder(each)]
    if sum(each.file_size for each in entries) > MOST_BYTES:
        opened.fault = _too_large()
        return
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.orig_filename
        if fault := _entry_fault(entry, name in found):
            opened.unsafe.append(f"{shown(name)}：{fault}")
        else:
            found[name] = entry
    opened.top = _top(list(found))
    start = len(opened.top) + 1 if opened.top else 0
    for name, entry in found.items():
        try:
            opened.members[name[start:]] = archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error):
            opened.damaged[name[start:]] = "存坏了"
            opened.members[name[start:]] = b""


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.orig_filename.endswith("/") and not entry.file_size and _entry_fault(entry, False) == ""


def _entry_fault(entry: zipfile.ZipInfo, is_second: bool) -> str:
    """Return why the ``entry`` of a ZIP can be no part of a package; empty where it can."""
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if (
        name.startswith("/")
        or "\\" in name
        or "\0" in name
        or ":" in parts[0]
        or {"", ".", ".."} & set(parts)
    ):
        return "路径越出文件夹，解开会写到别处"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "是链接或设备，不是文件"
    if entry.flag_bits & 1:
        return "加了密"
    if entry.compress_type not in _METHODS:
        return "压缩的方法不认识"
    return "有两个同名的文件" if is_second else ""


def _top(names: list[str]) -> str:
    """Return the one folder that all ``names`` are in; empty where the package lies in the ZIP without a folder."""
    tops = {name.partition("/")[0] for name in names}
    if DECLARATION in names or len(tops) != 1:
        return ""
    (top,) = tops
    return top if all(name.startswith(f"{top}/") for name in names) else ""
