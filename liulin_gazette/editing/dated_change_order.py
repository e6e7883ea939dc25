"""The entries of 变更 in gazette.toml, each moved to where its 自 belongs, with its lines as they are."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from liulin_gazette.editing.gazette_settings_file import FILE, SettingsFileError, new_errors, values_in
from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.source.dated_changes import CHANGES, OUT_OF_ORDER
from liulin_gazette.source.settings import tomllib

_ENTRY = re.compile(rf"^\s*\[\[\s*[\"']?{CHANGES}[\"']?\s*\]\]")
_OWN = re.compile(rf"^\s*\[+\s*[\"']?{CHANGES}[\"']?\s*\.")
"""The header of a table inside an entry, such as ["变更"."封底"]."""
_HEADER = re.compile(r"^\s*\[")


def in_order(
    root: Path, before: bytes, after: bytes, index: int
) -> tuple[bytes, int, tuple[Diagnostic, ...]]:
    """Return the file ``after`` with the entry ``index`` of 变更 where it is in order, its new index, and the errors.

    ``before`` is the file as it is now, whose errors do not count. An entry that is nowhere in order stays.
    """
    errors = new_errors(root, before, after)
    entries = cast("list[object]", values_in(after).get(CHANGES, []))
    for target in reversed(range(len(entries))) if _is_out_of_order(errors) else ():
        if target != index:
            moved = with_entry_moved(after, index, target)
            found = new_errors(root, before, moved)
            if not _is_out_of_order(found):
                return moved, target, found
    return after, index, errors


def _is_out_of_order(errors: Sequence[Diagnostic]) -> bool:
    return any(each.message.startswith(OUT_OF_ORDER) for each in errors)


def with_entry_moved(content: bytes, source: int, target: int) -> bytes:
    """Return the file ``content`` with the entry ``source`` of 变更 as entry ``target``; comments above it go with it.

    Raises SettingsFileError where the lines of the entries cannot be told apart.
    """
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text = content.removeprefix(bom).decode("utf-8")
    lines = unix_text(text).split("\n")
    entries = [_entry_lines(lines, at) for at, line in enumerate(lines) if _ENTRY.match(line)]
    intended: dict[str, Any] = values_in(content)
    values = intended.get(CHANGES, [])
    if len(entries) != len(values):
        raise _unmovable()
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
        raise _unmovable()
    return moved


def _entry_lines(lines: list[str], header: int) -> tuple[int, int]:
    """Return where the entry with its ``header`` begins, with the comments right above it, and where it ends."""
    end = header + 1
    while end < len(lines) and not (_HEADER.match(lines[end]) and not _OWN.match(lines[end])):
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


def _unmovable() -> SettingsFileError:
    return SettingsFileError(
        f"{FILE} 里“{CHANGES}”的写法不一般，程序排不了先后，没有写。", "用编辑器把这一项写在前面。"
    )
