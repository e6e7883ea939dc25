"""Plain text, or text pasted from anywhere, Markdown marks included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.intake.manuscript import IntakeError, LeftOut, Line, Source

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^[-•]\s+")


def read_text(name: str, content: bytes) -> Source:
    """Return the lines of ``content``. Raises IntakeError when it is not text in a known encoding."""
    text, remarks = _decoded(name, content)
    parts: list[Line] = []
    left_out: list[LeftOut] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        place = f"第{number}行"
        if not line.strip():
            parts.append(Line("", place))
            continue
        bare = "".join(_without_controls(line))
        if bare != line:
            left_out.append(LeftOut(repr(line), place, "看不见的控制字符"))
        parts.append(_line(bare, place))
    return Source(name, tuple(parts), tuple(left_out), is_broken_into_lines=True, remarks=remarks)


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
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
    level = 0
    if found := _HEADING.match(text.strip()):
        level, text = len(found[1]), found[2]
    text = _BULLET.sub("", text.rstrip())
    spans: list[tuple[int, int]] = []
    bare = ""
    end = 0
    for found in _STRONG.finditer(text):
        bare += text[end : found.start()]
        spans.append((len(bare), len(bare) + len(found[1])))
        bare += found[1]
        end = found.end()
    bare += text[end:]
    return Line(bare.rstrip(), place, level=level, strong=tuple(spans))
