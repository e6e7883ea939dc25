"""输出特性文件: an ICC profile of the office's or the printer's own, beside gazette.toml, checked before anything opens it."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from liulin_gazette.source.file_names import NAME_HINT, is_portable
from liulin_gazette.source.folder import PROFILE_TYPE, Fault, Folder
from liulin_gazette.source.settings_tables.press_settings import PROFILE, PROFILE_DIGEST, PROFILE_FILE
from liulin_gazette.source.settings_tables.settings import Settings

PRINTING = "印刷"
MAX_PROFILE_BYTES = 8 * 1024 * 1024
"""Profiles of printers have 0.2 to 3 MB."""
HEADER, TAG = 128, 12
"""Bytes of the header of a profile, and of an entry in its tag table (ICC.1 §7.2, §7.3)."""
_MOST_TAGS = 200
_NOT_ALONE = 2
"""The flag of a profile that may not be used without the picture in which it came (ICC.1 §7.2.11)."""
_LATEST = 4
"""PDF/X-4 knows profiles up to this version of ICC.1; the next are of another standard."""
_TABLES = {b"A2B0": (4, 3), b"B2A0": (3, 4)}
"""The tables that a conversion between inks and colours needs, with their channels on both sides."""
_TABLE_TYPES = (b"mft1", b"mft2", b"mAB ", b"mBA ")
_ASK = (
    "请印刷厂给出他们印刷机的输出特性文件（CMYK 的 ICC，扩展名 .icc）；没有的，删去这一行，用本程序自带的。"
)


def with_profiles(settings: Settings, content: Folder) -> Settings:
    """Return ``settings`` in which each 输出特性文件 has the digest of its content too, so that a record keeps it.

    A file that cannot be used is reported (B008) and left out. An empty name is kept: in an entry of 变更 it takes the
    place of the file that was named before.
    """
    values = dict(settings.values)
    if isinstance(values.get(PRINTING), dict):
        values[PRINTING] = _checked(settings.table(PRINTING), content)
    changes = values.get("变更")
    if isinstance(changes, list) and all(isinstance(entry, dict) for entry in cast("list[object]", changes)):
        values["变更"] = [
            {**entry.values, PRINTING: _checked(entry.table(PRINTING), content)}
            if isinstance(entry.values.get(PRINTING), dict)
            else entry.values
            for entry in _entries(settings)
        ]
    return replace(settings, values=values)


def _entries(settings: Settings) -> Iterable[Settings]:
    return settings.tables("变更", required=False) if settings.values["变更"] else ()


def _checked(table: Settings, content: Folder) -> dict[str, object]:
    values = dict(table.values)
    if PROFILE not in values:
        return values
    name = table.get(PROFILE, str, "")
    if values[PROFILE] == "":
        return values
    del values[PROFILE]
    if not name:  # It is no text, which has been reported.
        return values
    if fault := profile_fault(name, content):
        table.findings.error("B008", table.place(PROFILE), f"输出特性文件“{name}”{fault[0]}。", fault[1])
        return values
    return {**values, PROFILE: {PROFILE_FILE: name, PROFILE_DIGEST: content.digests[name]}}


def profile_fault(name: str, content: Folder) -> Fault | None:
    """Return what is wrong with the profile ``name`` in ``content`` as the condition of a press; None if nothing is."""
    if not is_portable(name) or not name.lower().endswith(PROFILE_TYPE):
        return "的文件名不能用", f"只写文件名，扩展名是 {PROFILE_TYPE}；{NAME_HINT}"
    if name not in content.files:
        return "找不到", "把它放在 content 文件夹里，与 gazette.toml 同处，只写文件名；不用链接。"
    file = content.files[name]
    if len(file) > MAX_PROFILE_BYTES:
        return f"太大，超过 {MAX_PROFILE_BYTES // 1024**2} MB", _ASK
    return _head_fault(file) or _tables_fault(file)


def _head_fault(file: bytes) -> Fault | None:
    """Return what is wrong with the header of the profile ``file`` (ICC.1 §7.2)."""
    if len(file) < HEADER + 4 or file[36:40] != b"acsp":
        return "不是 ICC 特性文件", _ASK
    (size,) = struct.unpack(">I", file[:4])
    if size > len(file):
        return "不完整", "它比自己写明的短，多是没有传完；请重新拷贝，或向印刷厂再要一份。"
    if file[8] > _LATEST:
        return f"是 ICC 第{file[8]}版的，PDF/X-4 用不了", "请印刷厂给出第2版或第4版的。"
    if file[16:20] != b"CMYK":
        space = file[16:20].decode("ascii", "replace").strip()
        return f"不是四色的（它是 {space if space.isalnum() else '别的'} 的）", _ASK
    if file[12:16] != b"prtr":
        return "不是印刷、打印的输出特性文件", _ASK
    if file[20:24] not in (b"Lab ", b"XYZ "):
        return "不是输出特性文件，是从设备到设备的链接", _ASK
    if struct.unpack(">I", file[44:48])[0] & _NOT_ALONE:
        return "只准和它原来所在的图片一起用", _ASK
    return None


def _tables_fault(file: bytes) -> Fault | None:
    """Return what is wrong with the tables of the profile ``file``, whose header is sound (ICC.1 §7.3, §9.2)."""
    damaged = "损坏了", "请重新拷贝，或向印刷厂再要一份。"
    (count,) = struct.unpack(">I", file[HEADER : HEADER + 4])
    if count > _MOST_TAGS or len(file) < HEADER + 4 + TAG * count:
        return damaged
    entries = [
        struct.unpack(">4sII", file[start : start + TAG])
        for start in range(HEADER + 4, HEADER + 4 + TAG * count, TAG)
    ]
    if any(offset + size > len(file) or offset < HEADER for _, offset, size in entries):
        return damaged
    places = {name: offset for name, offset, _ in entries}
    for name, channels in _TABLES.items():
        offset = places.get(name)
        if offset is None:
            return "只能往一个方向换算颜色，不能分色", _ASK
        kind = file[offset : offset + 10]
        if kind[:4] not in _TABLE_TYPES or tuple(kind[8:10]) != channels:
            return damaged
    return None
