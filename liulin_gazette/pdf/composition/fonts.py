"""Faces for the printed page: a role, its candidates in order, and a prepared file for each.

A face is prepared once and kept by what it is made from: the Simplified Chinese face is taken out of a
collection, reduced to the characters of GB 2312, the 8105 of 通用规范汉字表 (国发〔2013〕23号, level 2 of
GB 18030-2022) and those in use, and given the OpenType feature ``chws`` (pairs of marks close up: ，” 》（), which the free faces lack.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import struct
import tempfile
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from liulin_gazette.cache.libraries import FACES
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.general_characters import general_characters

FONT_FOLDERS = (
    Path("fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("C:/Windows/Fonts"),
)
"""Where faces are looked for; a relative folder is below the project root, and comes first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A face that may fill a role."""

    file_name: str
    face: str = ""
    """The full name of the face inside a collection."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a face is for, as the CSS names it, and which faces may serve, best first."""

    name: str
    family: str
    candidates: tuple[Candidate, ...]


ROLES = (
    Role(
        "小标宋",
        "Gazette Title",
        (
            Candidate("FZXBSJW.TTF"),
            Candidate("方正小标宋简体.ttf"),
            Candidate("NotoSerifCJK-Black.ttc", "Noto Serif CJK SC Black"),
        ),
    ),
    Role(
        "宋体",
        "Gazette Song",
        (
            Candidate("FZSSJW.TTF"),
            Candidate("simsun.ttc", "SimSun"),
            Candidate("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
        ),
    ),
    Role(
        "黑体",
        "Gazette Hei",
        (
            Candidate("FZHTJW.TTF"),
            Candidate("simhei.ttf"),
            Candidate("NotoSansCJK-Medium.ttc", "Noto Sans CJK SC Medium"),
        ),
    ),
    Role(
        "楷体",
        "Gazette Kai",
        (
            Candidate("FZKTJW.TTF"),
            Candidate("simkai.ttf"),
            Candidate("LXGWWenKai-Regular.ttf"),
        ),
    ),
)


_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
"""What a face begins with."""
_NOT_WHOLE = (OSError, ValueError, struct.error)


@dataclass(frozen=True, slots=True)
class Face:
    """A prepared face, ready for ``@font-face``."""

    role: str
    family: str
    file: Path
    missing: frozenset[str]
    """Characters in use that the face lacks."""


class FontMissingError(EditorError):
    """A role has no face that can be used; the message says why, and the hint what to do."""

    title = "排印中断："

    def __str__(self) -> str:
        return self.message + self.hint


class FontDamagedError(FontMissingError):
    """The face of a role is not whole. No other takes its place: the pages would have it unnoticed."""


@cache
def base_characters() -> frozenset[str]:
    """Return what every prepared face keeps: ASCII, GB 2312, 通用规范汉字表 and marks of text."""
    gb2312 = (
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    marks = "·—…‘’“”〈〉《》「」『』【】〔〕　、。，：；？！（）％～℃ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①②③④⑤⑥⑦⑧⑨⑩"
    return general_characters() | frozenset(
        "".join(gb2312) + marks + "".join(map(chr, range(0x20, 0x7F))) + "\u00a0"
    )


def prepare(root: Path, characters: Iterable[str]) -> tuple[Face, ...]:
    """Return a face for each role, with ``characters`` in it as far as the source has them.

    ``root`` is the project folder. Raises FontMissingError when a role has no installed candidate, FontDamagedError
    when its file cannot be read.
    """
    used = frozenset(characters)
    return tuple(_prepare_role(root, role, used) for role in ROLES)


def signature(root: Path) -> Iterator[str]:
    """Yield a digest of the source of each role, empty where none is installed.

    A damaged one has a digest too: whoever typesets with it hears of it, others need not.
    """
    files = installed(root)
    for role in ROLES:
        found = next((c for c in role.candidates if c.file_name.lower() in files), None)
        source = files[found.file_name.lower()] if found else None
        yield hashlib.sha256(_content(source)).hexdigest() if source else ""


def is_damaged(source: Path) -> bool:
    """Tell whether a font file is no face, or cut off; damage within its tables is not seen."""
    try:
        _table_directories(source)
    except _NOT_WHOLE:
        return True
    return False


def _content(source: Path) -> bytes:
    try:
        return _table_directories(source)
    except _NOT_WHOLE:
        with contextlib.suppress(OSError):
            return source.read_bytes()
    return b""


def _prepare_role(root: Path, role: Role, used: frozenset[str]) -> Face:
    files = installed(root)
    for candidate in role.candidates:
        if source := files.get(candidate.file_name.lower()):
            wanted = base_characters() | used
            try:
                key = _key(source, candidate, wanted)
            except _NOT_WHOLE as error:
                raise _damaged(root, source) from error
            target = root / ".cache" / "fonts" / f"{key}.otf"
            if not _is_whole(target):
                try:
                    _write(source, candidate, wanted, target)
                except (OSError, MemoryError):  # Of this machine, not of the face.
                    raise
                except (
                    Exception
                ) as error:  # Three libraries read the face, and each complains in its own way.
                    raise _damaged(root, source) from error
            return Face(role.name, role.family, target, used - coverage(target))
    raise FontMissingError(
        f"没有可用的{role.name}字体。", "运行 python3 build.py 会自动安装；或把字体文件放进 fonts 文件夹。"
    )


def _damaged(root: Path, source: Path) -> FontDamagedError:
    shown = source.relative_to(root).as_posix() if source.is_relative_to(root) else source
    return FontDamagedError(
        f"字体文件 {shown} 读不出来，可能没有复制完整。",
        "重新复制（系统自带的重新安装）；或删去它，改用别的字体。",
    )


def _is_whole(target: Path) -> bool:
    """Tell whether the face is there as it was prepared: a damaged one would lack characters, or draw others."""
    with contextlib.suppress(OSError):
        return _record(target).read_text("utf-8") == hashlib.sha256(target.read_bytes()).hexdigest()
    return False


def _record(target: Path) -> Path:
    return target.with_suffix(".sha256")


@cache
def installed(root: Path) -> dict[str, Path]:
    """Return the font files found, by file name in lower case; earlier folders win."""
    found: dict[str, Path] = {}
    for folder in FONT_FOLDERS:
        for directory, folders, names in os.walk(root / folder):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".otf", ".ttc")):
                    found.setdefault(name.lower(), Path(directory) / name)
    return found


def _key(source: Path, candidate: Candidate, wanted: frozenset[str]) -> str:
    digest = hashlib.sha256(_table_directories(source))
    digest.update("\0".join((candidate.face, "".join(sorted(wanted)), *tool_versions())).encode())
    return f"{source.stem}-{digest.hexdigest()[:20]}"


def _table_directories(source: Path) -> bytes:
    """Return the directories of the tables of a font file, with the checksum of every table in them.

    They stand for its content: reading a hundred megabytes of faces at each build would take longer than
    setting a page (OpenType 1.9, Font file structure). Raises one of _NOT_WHOLE for a file that is no face, or ends
    before its last table does: libraries take what is cut off for empty.
    """
    size = source.stat().st_size
    with source.open("rb") as file:
        head = file.read(12)
        offsets = [0]
        if head[:4] == b"ttcf":
            (count,) = struct.unpack(">L", head[8:12])
            offsets = list(struct.unpack(f">{count}L", file.read(4 * min(count, size))))
        parts = [head]
        for offset in offsets:
            file.seek(offset)
            start = file.read(12)
            (tables,) = struct.unpack(">H", start[4:6])
            directory = file.read(16 * tables)
            ends = [begin + length for begin, length in struct.iter_unpack(">8xLL", directory)]
            if start[:4] not in _KINDS or len(ends) != tables or not 0 < max(ends, default=0) <= size:
                raise ValueError(source)
            parts += [start, directory]
    return b"".join(parts)


def tool_versions() -> Iterator[str]:
    """Yield the versions of what a face is prepared with."""
    yield "5"  # of the steps in _write
    yield from map(version, FACES)


def _write(source: Path, candidate: Candidate, wanted: frozenset[str], target: Path) -> None:
    """Make the prepared face beside ``target`` and move it there whole."""
    import chws_tool
    import uharfbuzz

    logging.getLogger("config").setLevel(logging.ERROR)  # chws_tool speaks of every face it does not list
    harfbuzz: Any = uharfbuzz
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(source)), _face_index(source, candidate.face))
    options = harfbuzz.SubsetInput()
    options.sets(harfbuzz.SubsetInputSets.UNICODE).update(map(ord, wanted))
    # GDEF of LXGW WenKai makes the later subset of the PDF writer fail and embed the whole face.
    options.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(b"GDEF", "big"))
    data = harfbuzz.subset(face, options).blob.data
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        plain, closed_up = Path(folder) / "plain.otf", Path(folder) / "chws.otf"
        plain.write_bytes(data)
        # In a thread of its own: it starts an event loop, and the caller may be in one.
        with _fixed_clock(), ThreadPoolExecutor(1) as thread:
            made = thread.submit(lambda: chws_tool.add_chws(plain, closed_up)).result()
        digest = hashlib.sha256((made or plain).read_bytes()).hexdigest()
        (made or plain).replace(target)
        _record(target).write_text(digest, "utf-8")


@contextlib.contextmanager
def _fixed_clock() -> Generator[None]:
    """Keep the time of day out of the face: fontTools writes it into every font that it saves."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _face_index(source: Path, name: str) -> int:
    if source.suffix.lower() != ".ttc":
        return 0
    from fontTools.ttLib import TTCollection

    fonts: Any = TTCollection(source, lazy=True).fonts
    for index, font in enumerate(fonts):
        if name in (font["name"].getDebugName(4), font["name"].getDebugName(1)):
            return index
    return 0


def coverage(file: Path) -> frozenset[str]:
    """Return the characters that the face in ``file`` has."""
    import uharfbuzz

    harfbuzz: Any = uharfbuzz
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(file)))
    return frozenset(map(chr, face.unicodes))
