"""What departments send, whatever its form, as parts in reading order: lines, tables and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from liulin_gazette.text.editor_error import CONTENT, EditorError

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a document with pictures has a few millions."""


class IntakeError(EditorError):
    """A file cannot be taken in; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line where the form knows no paragraphs; its number is part of its text."""

    text: str
    place: str
    """Where it stands in the source, for people: 第3段, 第2页第5行."""
    centred: bool = False
    strong: tuple[tuple[int, int], ...] = ()
    """Stretches of heavier type, start and end in ``text``."""
    level: int = 0
    """Outline level as the source has it, from 1; 0 for text."""
    doubts: tuple[str, ...] = ()
    """What could not be read for certain."""


@dataclass(frozen=True, slots=True)
class GridCell:
    r"""A cell of a table; line breaks in it are ``\n``."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; rows hold the cells that begin in them."""

    rows: tuple[tuple[GridCell, ...], ...]
    columns: int
    place: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its bytes as they were."""

    content: bytes
    ending: str
    """``.png`` or ``.jpg``."""
    place: str
    alternative: str = ""


Part = Line | Grid | Picture


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the source that is not in any draft, and why."""

    text: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read."""

    name: str
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...] = ()
    is_broken_into_lines: bool = False
    """Whether a paragraph may run over several lines, or be torn by a page's end."""
    remarks: tuple[str, ...] = ()
    """What the editor should know of how it was read."""
