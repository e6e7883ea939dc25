"""Faces for the printed page: the roles, the candidates for each in order, and the file prepared for it.

A face is prepared once and cached by its source and settings: the Simplified Chinese face is taken out of a
collection, subset to the characters of GB 2312, the 8105 of 通用规范汉字表 (国发〔2013〕23号, level 2 of
GB 18030-2022) and those in use, and given the OpenType feature ``chws``, which sets pairs of marks (，” 》（)
closer together and which the free faces lack. All faces get the same ascent and descent, and full-width quotes.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import struct
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.libraries import FACES, version
from liulin_gazette.disk.patience import patiently
from liulin_gazette.pdf.composition.added_glyphs import addable, bases, with_added_glyphs
from liulin_gazette.pdf.composition.face_metrics import with_common_metrics
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.general_characters import general_characters

FONT_FOLDERS = (
    Path("fonts"),
    Path(sys.prefix, "fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("C:/Windows/Fonts"),
)
"""Folders that are searched for faces, in this order; a relative one is below the project folder.

The second is that of the portable folder's own Python; other environments have none.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A face that can fill a role."""

    file_name: str
    face: str = ""
    """The full name of the face inside a collection."""


@dataclass(frozen=True, slots=True)
class Role:
    """A use of type in the gazette."""

    name: str
    family: str
    """The ``font-family`` that CSS calls it by."""
    candidates: tuple[Candidate, ...]
    """Best first."""


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
            Candidate("ukai.ttc", "AR PL UKai CN"),
        ),
    ),
)

SYMBOL_FACES = ("DejaVuSans.ttf", "seguisym.ttf")
"""Faces of symbols, best first: from them each face gets the symbols that it lacks. None is needed."""

_SFNT_VERSIONS = (b"\0\1\0\0", b"OTTO", b"true")
"""The first four bytes of a face (OpenType 1.9, table directory)."""
_DAMAGE_ERRORS = (OSError, ValueError, struct.error)
"""Exceptions that reading a damaged font file raises."""


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
    """The font file of a role is damaged. No other face is substituted, since nobody would notice it."""


@cache
def base_characters() -> frozenset[str]:
    """Return the characters that every prepared face keeps: ASCII, GB 2312, 通用规范汉字表, punctuation."""
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
    """Return a face for each role, with those of ``characters`` that its source has.

    ``root`` is the project folder. Raises FontMissingError when no candidate for a role is installed,
    FontDamagedError when its file cannot be read.
    """
    used = frozenset(characters)
    return tuple(_prepare_role(root, role, used) for role in ROLES)


def source_digests(root: Path) -> Iterator[str]:
    """Yield for each role the SHA-256 of what its face is prepared from, empty where no face is installed.

    A damaged file has a digest too: only typesetting with it is an error.
    """
    files = installed_fonts(root)
    symbols = _symbol_face(files)
    symbols_digest = _fingerprint(symbols) if symbols else b""
    for role in ROLES:
        names = (candidate.file_name.lower() for candidate in role.candidates)
        source = next((files[name] for name in names if name in files), None)
        yield hashlib.sha256(_fingerprint(source) + symbols_digest).hexdigest() if source else ""


def is_damaged(source: Path) -> bool:
    """Return whether a file is no font, or is truncated; damage within its tables is not detected."""
    try:
        _table_directories(source)
    except _DAMAGE_ERRORS:
        return True
    return False


def _fingerprint(source: Path) -> bytes:
    """Return the bytes that identify a font file: its table directories, or all of a damaged one."""
    try:
        return _table_directories(source)
    except _DAMAGE_ERRORS:
        with contextlib.suppress(OSError):
            return source.read_bytes()
    return b""


def _prepare_role(root: Path, role: Role, used: frozenset[str]) -> Face:
    files = installed_fonts(root)
    for candidate in role.candidates:
        if source := files.get(candidate.file_name.lower()):
            characters = base_characters() | used | bases(used)
            symbols = _symbol_face(files)
            try:
                key = _key(source, candidate, characters, symbols)
            except _DAMAGE_ERRORS as error:
                raise _damaged_error(root, source) from error
            target = root / ".cache" / "fonts" / f"{key}.otf"
            if not _is_intact(target):
                try:
                    _write(source, candidate, characters, symbols, target)
                except (OSError, MemoryError):  # A fault of this machine, not of the face.
                    raise
                except Exception as error:
                    # Three libraries read the face, and each raises exceptions of its own.
                    raise _damaged_error(root, source) from error
            return Face(role.name, role.family, target, used - coverage(target))
    raise FontMissingError(
        f"没有可用的{role.name}字体。", advice(Act.PREPARE, "，会自动安装；或把字体文件放进 fonts 文件夹。")
    )


def _damaged_error(root: Path, source: Path) -> FontDamagedError:
    path = source.relative_to(root).as_posix() if source.is_relative_to(root) else source
    return FontDamagedError(
        f"字体文件 {path} 读不出来，可能没有复制完整。",
        "重新复制（系统自带的重新安装）；或删去它，改用别的字体。",
    )


def _is_intact(target: Path) -> bool:
    """Return whether the prepared face exists and is undamaged: it might else lack or swap characters."""
    with contextlib.suppress(OSError):
        return _digest_file(target).read_text("utf-8") == hashlib.sha256(target.read_bytes()).hexdigest()
    return False


def digest_of(face: Face) -> str:
    """Return the SHA-256 of the file of ``face``, which was written with it and compared when it was prepared."""
    return _digest_file(face.file).read_text("utf-8")


def _digest_file(target: Path) -> Path:
    return target.with_suffix(".sha256")


@cache
def installed_fonts(root: Path) -> dict[str, Path]:
    """Return the installed font files by file name in lower case; earlier folders take precedence."""
    files: dict[str, Path] = {}
    for folder in FONT_FOLDERS:
        for directory, folders, names in os.walk(root / folder):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".otf", ".ttc")):
                    files.setdefault(name.lower(), Path(directory) / name)
    return files


def _symbol_face(files: dict[str, Path]) -> Path | None:
    """Return the face of symbols, or None where none is installed or it is damaged."""
    sources = (files[name.lower()] for name in SYMBOL_FACES if name.lower() in files)
    return next((source for source in sources if not is_damaged(source)), None)


def _key(source: Path, candidate: Candidate, characters: frozenset[str], symbols: Path | None) -> str:
    digest = hashlib.sha256(_table_directories(source))
    digest.update(_table_directories(symbols) if symbols else b"")
    digest.update("\0".join((candidate.face, "".join(sorted(characters)), *tool_versions())).encode())
    return f"{source.stem}-{digest.hexdigest()[:20]}"


def _table_directories(source: Path) -> bytes:
    """Return the table directories of a font file, which hold the checksum of every table.

    They stand for its content: reading a hundred megabytes of faces at each build would take longer than
    typesetting a page (OpenType 1.9, Font file structure). Raises one of _DAMAGE_ERRORS for a file that is no
    font, or that ends before its last table does: libraries take a table that is cut off for an empty one.
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
            if start[:4] not in _SFNT_VERSIONS or len(ends) != tables or not 0 < max(ends, default=0) <= size:
                raise ValueError(source)
            parts += [start, directory]
    return b"".join(parts)


def tool_versions() -> Iterator[str]:
    """Yield the versions of everything that prepares a face."""
    yield "8"  # The version of the steps in _write.
    yield from map(version, FACES)


def _write(
    source: Path, candidate: Candidate, characters: frozenset[str], symbols: Path | None, target: Path
) -> None:
    """Prepare the face in a temporary folder beside ``target`` and move it there."""
    import chws_tool
    import uharfbuzz

    # chws_tool logs every face that its own list does not have, and those whose marks it leaves as they are.
    for name in ("config", "spacing"):
        logging.getLogger(name).setLevel(logging.ERROR)
    harfbuzz: Any = uharfbuzz
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(source)), _face_index(source, candidate.face))
    options = harfbuzz.SubsetInput()
    options.sets(harfbuzz.SubsetInputSets.UNICODE).update(map(ord, characters))
    # With the GDEF of LXGW WenKai, subsetting for the PDF would fail and embed the whole face.
    options.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(b"GDEF", "big"))
    data = with_added_glyphs(
        harfbuzz.subset(face, options).blob.data,
        characters - base_characters(),
        symbols.read_bytes() if symbols else b"",
    )
    data = with_common_metrics(data)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        plain, with_chws = Path(folder) / "plain.otf", Path(folder) / "chws.otf"
        plain.write_bytes(data)
        # In a thread of its own, since it starts an event loop and the caller may run in one.
        with _fixed_clock(), ThreadPoolExecutor(1) as thread:
            written = thread.submit(lambda: chws_tool.add_chws(plain, with_chws)).result()
        prepared = written or plain
        digest = hashlib.sha256(prepared.read_bytes()).hexdigest()
        patiently(lambda: prepared.replace(target))
        _digest_file(target).write_text(digest, "utf-8")


@contextlib.contextmanager
def _fixed_clock() -> Generator[None]:
    """Set the clock of fontTools, which writes the time into every font that it saves, to a fixed time."""
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


def coverage(file: Path, index: int = 0) -> frozenset[str]:
    """Return the characters for which the face ``index`` in ``file`` has glyphs."""
    import uharfbuzz

    harfbuzz: Any = uharfbuzz
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(file)), index)
    return frozenset(map(chr, face.unicodes))


def installed_coverage(root: Path, role_name: str) -> frozenset[str] | None:
    """Return the characters that the face of a role has, without preparing it; None if no face can be read.

    ``root`` is the project folder, below which the characters are cached by the digest of the face.
    """
    files = installed_fonts(root)
    (role,) = (role for role in ROLES if role.name == role_name)
    for candidate in role.candidates:
        if source := files.get(candidate.file_name.lower()):
            symbols = _symbol_face(files)
            try:
                key = _key(source, candidate, frozenset(), symbols)
                stored = root / ".cache" / "fonts" / f"{key}.characters"
                if (content := sealed_file.read(stored)) is None:
                    found = coverage(source, _face_index(source, candidate.face))
                    found |= addable(found, coverage(symbols) if symbols else frozenset())
                    content = "".join(sorted(found)).encode("utf-8", "surrogatepass")
                    sealed_file.write(stored, content)
                return frozenset(str(content, "utf-8", "surrogatepass"))
            except Exception:
                # A damaged face, at which two libraries raise exceptions of their own: typesetting reports it.
                return None
    return None
