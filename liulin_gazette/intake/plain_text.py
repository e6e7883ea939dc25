"""Plain text: from a file or pasted, possibly with Markdown headings, bullets and strong type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.intake.manuscript import IntakeError, Line, Manuscript, Omission

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^[-•]\s+")


def read_text(name: str, content: bytes) -> Manuscript:
    """Return the lines of ``content``. Raises IntakeError if the encoding is unknown or the text damaged."""
    text, remarks = _decode(name, content)
    parts: list[Line] = []
    omissions: list[Omission] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        place = f"第{number}行"
        if not line.strip():
            parts.append(Line("", place))
            continue
        printable = "".join(_without_controls(line))
        if printable != line:
            omissions.append(Omission(repr(line), place, "看不见的控制字符"))
        parts.append(_line(printable, place))
    return Manuscript(name, tuple(parts), tuple(omissions), is_broken_into_lines=True, remarks=remarks)


def _decode(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text, and a remark for the editor if it was not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ("文件是 UTF-16 编码，已转换。",)
        except UnicodeDecodeError:
            raise IntakeError(f"{name} 的编码认不出来，或文件已损坏。请重新取一份。") from None
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030"), ("文件是 GBK（GB 18030）编码，已转换。",)
    except UnicodeDecodeError:
        raise IntakeError(
            f"{name} 的编码认不出来，或文件已损坏。请用编辑器打开，另存为 UTF-8 编码的文本。"
        ) from None


def _without_controls(line: str) -> Iterator[str]:
    return (character for character in line if character >= " " or character == "\t")


def _line(text: str, place: str) -> Line:
    """Return the line without its Markdown marks."""
    level = 0
    if heading := _HEADING.match(text.strip()):
        level, text = len(heading[1]), heading[2]
    text = _BULLET.sub("", text.rstrip())
    strong: list[tuple[int, int]] = []
    plain = ""
    end = 0
    for match in _STRONG.finditer(text):
        plain += text[end : match.start()]
        strong.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        end = match.end()
    plain += text[end:]
    return Line(plain.rstrip(), place, level=level, strong=tuple(strong))
