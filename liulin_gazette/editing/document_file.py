"""The file of a document in parts that an editor changes apart: 文首信息 and text."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.editing.front_matter_edits import FieldValue, FrontMatterError, read_values, with_values
from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of

_DELIMITER = "---"
Head = str | Mapping[str, FieldValue]
"""文首信息 as typed, or the values that some of its keys are to have."""


@dataclass(frozen=True, slots=True)
class DocumentFile:
    r"""A document's file, with ``\n`` line ends."""

    head: str
    """What stands between the two lines ``---``; empty where there are none."""
    values: Mapping[str, FieldValue] | None
    """The values in it; None where a form cannot show all of it."""
    text: str
    """The text, without the blank lines above it."""
    text_line: int
    """The line of the file at which it begins, from 1."""


def read_document(content: bytes) -> DocumentFile:
    """Return the parts of the file with ``content``. Raises FrontMatterError for what is not UTF-8."""
    opening, head, closing, text = _parts(_decoded(content))
    values = read_values(head) if opening or not any(text) else None
    above = len(opening) + len(head) + len(closing)
    return DocumentFile("\n".join(head), values, "\n".join(text), above + 1)


def changed_document(content: bytes, head: Head, text: str) -> bytes:
    """Return ``content`` with ``head`` and ``text``: only lines that are to be different ones are written anew.

    Mark, line ends, quotes, comments and the order of keys stay. A file without 文首信息 is given it.
    Raises FrontMatterError where that is not possible.
    """
    before = _decoded(content)
    opening, old_head, closing, old_text = _parts(before)
    if isinstance(head, str):
        new_head = old_head if as_shown("\n".join(old_head)) == head else head.split("\n")
    else:
        new_head = with_values(old_head, head)
    new_text = old_text if as_shown("\n".join(old_text)) == text else text.split("\n")
    if not opening and any(new_head):
        opening, closing = [_DELIMITER], [_DELIMITER, ""]
    after = "\n".join([*opening, *(new_head if opening else []), *closing, *new_text])
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    if after == unix_text(before):
        return content
    try:
        return bom + with_line_ends_of(before, after).encode()
    except UnicodeEncodeError as error:
        raise FrontMatterError("文字里有损坏的字符，没有保存。", "删去它，再保存。") from error


def as_shown(text: str) -> str:
    """Return ``text`` as a browser sends it back where nobody has changed it."""
    return text.replace("\0", "\ufffd")


def _decoded(content: bytes) -> str:
    try:
        return content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise FrontMatterError(
            "文件不是 UTF-8 编码，编辑台打不开。", "用写它的编辑器打开，“另存为”，编码选 UTF-8。"
        ) from error


def _parts(text: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the lines of the opening, of 文首信息, of the end of it with blank lines, and of the text."""
    lines = unix_text(text).split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _DELIMITER), 0)
    if lines[0].strip() != _DELIMITER or not end:
        return [], [], [], lines
    start = end + 1
    while start < len(lines) - 1 and not lines[start].strip():
        start += 1
    return lines[:1], lines[1:end], lines[end:start], lines[start:]
