"""校核豁免 written into the file that a finding is about, in which nothing else changes."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.editing.toml_tables import with_table
from liulin_gazette.editing.yaml_scalars import yaml_scalar
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.source.yaml_nodes import MAPPING, SEQUENCE, Node, YAMLError, compose
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import CONTENT, EditorError

KEY = "校核豁免"
_DELIMITER = "---"
_QUOTED = re.compile("“([^“”]+)”")
_ENOUGH = 30
"""Characters of the words that a waiver names, where so many tell the finding from others."""


class WaiverError(EditorError):
    """A waiver cannot be written; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class NewWaiver:
    """The fields of a waiver."""

    code: str
    text: str
    """文字; empty for all findings of the code."""
    reason: str

    @property
    def fields(self) -> dict[str, str]:
        """The values by key, in the order in which they are written."""
        text = {"文字": self.text} if self.text else {}
        return {"代码": self.code, **text, "理由": self.reason}


def words_of_waiver(finding: Diagnostic, others: Sequence[Diagnostic]) -> str:
    """Return the words by which a waiver names ``finding`` alone among the ``others`` of its file, if any do.

    Where no words tell them apart, those of ``finding`` are returned, and the waiver excuses others too.
    """
    whole = finding.words or finding.message
    words = [finding.words] if finding.words else [*_QUOTED.findall(finding.message), finding.message]
    candidates = [*(each[:_ENOUGH].strip() for each in words), *(each.strip() for each in words)]
    usable = [each for each in candidates if each and each in whole]
    same_code = [each.words or each.message for each in others if each.code == finding.code]
    alone = (each for each in usable if not any(each in other for other in same_code))
    return next(alone, usable[0] if usable else "")


def with_waiver(path: str, content: bytes, waiver: NewWaiver) -> bytes:
    """Return the ``content`` of the document or issue.toml at ``path`` with ``waiver`` added; all else stays.

    Raises WaiverError where the file cannot be read, or the editor has to write the waiver.
    """
    if not path.endswith(".md"):
        after = with_table(content, KEY, waiver.fields)
        if after is None:
            raise _unwritable(path)
        return after
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    try:
        before = content.removeprefix(bom).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(path) from error
    try:
        return bom + with_line_ends_of(before, _in_front_matter(path, unix_text(before), waiver)).encode()
    except UnicodeEncodeError as error:
        raise WaiverError("理由里有不是 UTF-8 编码的字。检查终端的编码，再写一次。") from error


def _in_front_matter(path: str, text: str, waiver: NewWaiver) -> str:
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _DELIMITER), 0)
    if lines[0].strip() != _DELIMITER or not end:
        raise _unreadable(path)
    waivers = _waivers(path, lines[1:end])
    if waivers is None:
        at, indent, header = end, "  ", [f"{KEY}:"]
    elif lines[int(waivers.start_mark.line) + 1][int(waivers.start_mark.column)] != "-":
        raise WaiverError(f"{path} 的“{KEY}”写在了方括号里，没有动它。照《诊断代码》的例子逐项写，再做一次。")
    else:
        last: Any = waivers.value[-1].value[-1][1].end_mark
        at, indent, header = int(last.line) + 2, " " * int(waivers.start_mark.column), []
    rows = [f"{key}: {yaml_scalar(value)}" for key, value in waiver.fields.items()]
    new = [
        *lines[:at],
        *header,
        f"{indent}- {rows[0]}",
        *(f"{indent}  {row}" for row in rows[1:]),
        *lines[at:],
    ]
    written = _waivers(path, new[1 : end + len(new) - len(lines)])
    if written is None or _fields(written.value[-1]) != waiver.fields:
        raise _unwritable(path)
    return "\n".join(new)


def _waivers(path: str, lines: Sequence[str]) -> Node | None:
    """Return the list 校核豁免 in the ``lines`` of the front matter; None if there is none. Raises WaiverError."""
    try:
        root = compose("\n".join(lines) + "\n")
    except YAMLError as error:
        raise _unreadable(path) from error
    if root is None or root.id != MAPPING:
        raise _unreadable(path)
    values = [value for key, value in root.value if key.value == KEY]
    if not values:
        return None
    rows: list[Any] = values[0].value if values[0].id == SEQUENCE else []
    if not rows or any(row.id != MAPPING or not row.value for row in rows):
        raise _unreadable(path)
    return values[0]


def _fields(row: Node) -> dict[str, str]:
    return {str(key.value): str(value.value) for key, value in row.value}


def _unreadable(path: str) -> WaiverError:
    return WaiverError(advice(f"{path} 读不懂，没有动它。先", Act.CHECK, "，改正。"))


def _unwritable(path: str) -> WaiverError:
    return WaiverError(
        advice(
            f"{path} 读不懂，或写不进这项豁免，没有动它。先",
            Act.CHECK,
            "；没有错的，照《诊断代码》的例子自己写。",
        )
    )
