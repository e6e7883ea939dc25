"""Decode one text file of ``content/`` and report what is wrong with its bytes."""

from __future__ import annotations

import re

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.file_names import hidden_extension_hint, with_hidden_extension
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import NOT_PLAIN, Folder

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""The largest text file accepted; the whole issue 2026·1 is 0.25 MB."""
MAX_PARAGRAPH = 20_000
"""The longest paragraph accepted, in characters; the longest of 2026·1 has 900."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\uffa0"
    "\ufeff\ufff9-\ufffd\ufffe\uffff\U000e0000-\U000e007f]"
)


def read_text(folder: Folder, name: str, findings: FindingCollector) -> str | None:
    r"""Return the text of the file ``name`` in ``folder`` with ``\\n`` line ends and no byte order mark.

    Returns None, with a finding, if the file cannot be read (B002), is too large (B003), is not UTF-8 (B001) or has
    an endless paragraph (B016).
    """
    path = f"{folder.path}/{name}"
    if name not in folder.files:
        absent = NOT_PLAIN if name in folder.not_plain else "文件不存在"
        reason = folder.unreadable.get(name, absent)
        actual = with_hidden_extension(name, folder.digests)
        hint = hidden_extension_hint(actual, name) if actual else "请检查文件是否存在、是否有读取权限。"
        findings.error("B002", Place(path), f"文件读不出来（{reason}）。", hint)
        return None
    data = folder.files[name]
    if len(data) > MAX_TEXT_BYTES:
        findings.error(
            "B003",
            Place(path),
            "文件超过 4 MB，不像一份公文。",
            "请检查是否放错了文件；图片另存为图片文件。",
        )
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.error(
            "B001", _byte_place(path, data, error.start), "文件不是 UTF-8 编码。", _encoding_hint(data)
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _report_invisible(text, path, findings)
    if place := _overlong_paragraph(text, path):
        findings.error(
            "B016",
            place,
            f"这一段超过 {MAX_PARAGRAPH} 字，不像公文的一段。",
            "多是丢了换行。照原件分段，段与段之间空一行。",
        )
        return None
    return text


def _overlong_paragraph(text: str, path: str) -> Place | None:
    """Return where the first paragraph above ``MAX_PARAGRAPH`` begins, tables apart; None if there is none."""
    length = start = 0
    for number, line in enumerate(text.split("\n"), 1):
        is_row = "|" in line and len(line) <= MAX_PARAGRAPH
        if not line.strip() or is_row:
            length = 0
            continue
        if length == 0:
            start = number
        length += len(line)
        if length > MAX_PARAGRAPH:
            return Place(path, start, 1)
    return None


def _report_invisible(text: str, path: str, findings: FindingCollector) -> None:
    """Report invisible characters (T002), the first in each line: they break search, copying and reading aloud."""
    for number, line in enumerate(text.split("\n"), 1):
        if match := _INVISIBLE.search(line):
            findings.error(
                "T002",
                Place(path, number, match.start() + 1),
                f"这里有一个看不见或损坏的字符（U+{ord(match[0]):04X}）。",
                "多是从别处粘贴带来的。删去这个字符，核对前后文字。",
            )


def _byte_place(path: str, data: bytes, offset: int) -> Place:
    """Return the line and column of the byte at ``offset``."""
    before = data[:offset].replace(b"\r\n", b"\n")
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    return Place(path, before.count(b"\n") + 1, column)


def _encoding_hint(data: bytes) -> str:
    """Return what to do with a file that is not UTF-8, by the encoding that it seems to be in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "文件是 UTF-16 编码。请用编辑器“另存为”，编码选 UTF-8。"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "请用编辑器重新保存，编码选 UTF-8；从此处起有损坏的字节。"
    return "文件看来是 GB18030（GBK）编码。请用编辑器“另存为”，编码选 UTF-8。"
