"""Faces for the printed page: a role, its candidates in order, and a prepared file for each.

A face is prepared once and kept by the hash of what it is made from: the Simplified Chinese face is
taken out of a collection, reduced to the characters of GB 2312 and those in use, and given the
OpenType feature ``chws`` (pairs of marks close up: ，” 》（), which the free faces lack.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import struct
import tempfile
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Face:
    """A prepared face, ready for ``@font-face``."""

    role: str
    family: str
    file: Path
    missing: frozenset[str]
    """Characters in use that the face lacks."""


class FontMissingError(Exception):
    """No candidate of a role is installed; the argument is the Chinese name of the role."""


def base_characters() -> frozenset[str]:
    """Return the characters that every prepared face keeps: ASCII, GB 2312 and marks of text."""
    gb2312 = (
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    marks = "·—…‘’“”〈〉《》「」『』【】〔〕　、。，：；？！（）％～℃ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①②③④⑤⑥⑦⑧⑨⑩"
    return frozenset("".join(gb2312) + marks + "".join(map(chr, range(0x20, 0x7F))) + "\u00a0")


def prepare(root: Path, characters: Iterable[str]) -> tuple[Face, ...]:
    """Return a face for each role, with ``characters`` in it as far as the source has them.

    ``root`` is the project folder. Raises FontMissingError when a role has no installed candidate.
    """
    used = frozenset(characters)
    return tuple(_prepare_role(root, role, used) for role in ROLES)


def _prepare_role(root: Path, role: Role, used: frozenset[str]) -> Face:
    files = installed(root)
    for candidate in role.candidates:
        if source := files.get(candidate.file_name.lower()):
            wanted = base_characters() | used
            target = root / ".cache" / "fonts" / f"{_key(source, candidate, wanted)}.otf"
            if not target.exists():
                _write(source, candidate, wanted, target)
            return Face(role.name, role.family, target, used - _coverage(target))
    raise FontMissingError(role.name)


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
    digest = hashlib.sha256(source.read_bytes())
    digest.update("\0".join((candidate.face, "".join(sorted(wanted)), *_tool_versions())).encode())
    return f"{source.stem}-{digest.hexdigest()[:20]}"


def _tool_versions() -> Iterator[str]:
    yield "4"  # of the steps in _write
    for package in ("uharfbuzz", "chws-tool", "east-asian-spacing", "fonttools"):
        yield version(package)


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
        with _fixed_clock():
            made = chws_tool.add_chws(plain, closed_up)
        _number_by_index(made or plain)
        (made or plain).replace(target)


def _number_by_index(file: Path) -> None:
    """Give every glyph of a CID-keyed face the CID that is its index.

    A PDF written by WeasyPrint names glyphs by index, but a reader takes the number for the CID: after a
    reduction the two differ, and glyphs would be drawn wrong or not at all (ISO 32000-1 §9.7.4.2).
    """
    from fontTools.ttLib import TTFont, sfnt

    font: Any = TTFont(file, lazy=True)
    if "CFF " not in font or "ROS" not in font["CFF "].cff[0].rawDict:
        return
    sums: Any = sfnt
    charset: int = font["CFF "].cff[0].rawDict["charset"]
    glyphs: int = font["maxp"].numGlyphs
    tables: dict[str, Any] = font.reader.tables
    font.close()
    data = bytearray(file.read_bytes())
    table, head = tables["CFF "], tables["head"]
    # One range of format 2 (Adobe TN 5176 §13) is shorter than any charset that it replaces.
    struct.pack_into(">BHH", data, table.offset + charset, 2, 1, glyphs - 2)
    checksum: int = sums.calcChecksum(bytes(data[table.offset : table.offset + table.length]))
    struct.pack_into(">L", data, data.index(b"CFF ", 12) + 4, checksum)
    struct.pack_into(">L", data, head.offset + 8, 0)
    struct.pack_into(">L", data, head.offset + 8, (0xB1B0AFBA - sums.calcChecksum(bytes(data))) & 0xFFFFFFFF)
    file.write_bytes(data)


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


def _coverage(file: Path) -> frozenset[str]:
    import uharfbuzz

    harfbuzz: Any = uharfbuzz
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(file)))
    return frozenset(map(chr, face.unicodes))
