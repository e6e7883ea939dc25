"""The entries of a list of tables in a TOML file, such as 变更 or 栏目, change places, each with its lines as they are."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Any

from liulin_gazette.editing.gazette_settings_file import SettingsFileError, values_in
from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.source.settings_tables.settings import tomllib

_HEADER = re.compile(r"^\s*\[")


def with_table_moved(content: bytes, path: str, name: str, source: int, target: int) -> bytes:
    """Return the file ``content`` at ``path`` with the entry ``source`` of the list ``name`` as entry ``target``.

    Comments above it go with it.

    Raises SettingsFileError where the lines of the entries cannot be told apart.
    """
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text = content.removeprefix(bom).decode("utf-8")
    lines = unix_text(text).split("\n")
    own = rf"[\"']?{re.escape(name)}[\"']?\s*"
    header, inner = re.compile(rf"^\s*\[\[\s*{own}\]\]"), re.compile(rf"^\s*\[+\s*{own}\.")
    entries = [_entry_lines(lines, at, inner) for at, line in enumerate(lines) if header.match(line)]
    intended: dict[str, Any] = values_in(content, path)
    values = intended.get(name, [])
    if len(entries) != len(values):
        raise _unmovable(path, name)
    values.insert(target, values.pop(source))
    block = [*lines[slice(*entries[source])], ""]
    place = entries[target][0] if target < source else _with_gap(lines, entries[target][1])
    first, last = entries[source][0], _with_gap(lines, entries[source][1])
    at_end = place == len(lines) or (target > source and place == entries[target][1])
    block = ["", *block[:-1]] if at_end else block
    if target < source:
        lines = [*lines[:place], *block, *lines[place:first], *lines[last:]]
    else:
        lines = [*lines[:first], *lines[last:place], *block, *lines[place:]]
    moved = bom + with_line_ends_of(text, "\n".join(lines).rstrip("\n") + "\n").encode()
    try:
        is_as_intended = tomllib.loads(unix_text(moved.removeprefix(bom).decode("utf-8"))) == intended
    except ValueError:
        is_as_intended = False
    if not is_as_intended:
        raise _unmovable(path, name)
    return moved


def _entry_lines(lines: list[str], header: int, inner: re.Pattern[str]) -> tuple[int, int]:
    """Return where the entry with its ``header`` begins, with the comments right above it, and where it ends.

    ``inner`` matches the header of a table inside an entry, such as ["变更"."封底"].
    """
    end = header + 1
    while end < len(lines) and not (_HEADER.match(lines[end]) and not inner.match(lines[end])):
        end += 1
    if end < len(lines):
        end = _above(lines, end)
    while end > header + 1 and not lines[end - 1].strip():
        end -= 1
    return _above(lines, header), end


def _above(lines: list[str], header: int) -> int:
    """Return where the comments right above ``header`` begin."""
    while header and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header


def _with_gap(lines: list[str], end: int) -> int:
    """Return the line after the empty ones at ``end``."""
    while end < len(lines) and not lines[end].strip():
        end += 1
    return end


def _unmovable(path: str, name: str) -> SettingsFileError:
    return SettingsFileError(
        f"{path} 里“{name}”的写法不一般，程序排不了先后，没有写。", "用编辑器把这一项写在前面。"
    )
