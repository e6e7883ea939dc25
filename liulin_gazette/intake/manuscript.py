"""A file from a department, whatever its format, as parts in reading order: lines, tables and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from liulin_gazette.intake.account import SourceText
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import CONTENT, UNFORESEEN, EditorError

MAX_FILE_BYTES = 100 * 1024 * 1024
"""A document with pictures has a few million bytes."""


class IntakeError(EditorError):
    """A manuscript cannot be read; the message says why, and what to do."""

    exit_code = CONTENT


class ReaderFaultError(IntakeError):
    """A reader failed at a file in a way that nobody foresaw; ``__cause__`` is the exception. Not the file's fault."""

    exit_code = UNFORESEEN

    def __init__(self, name: str) -> None:
        """``name`` is that of the file."""
        super().__init__(
            f"{name} 没有转换：程序读它的时候自己出了错，不能说是文件的错。",
            advice("急用的，用 Word 或 WPS 打开另存一份再试，或者复制文字，", Act.PASTE, "。"),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A raised or lowered range of a text, or the place of a footnote."""

    start: int
    end: int
    """The same as ``start`` for a footnote."""
    position: str = ""
    """``super`` or ``sub``; empty for a footnote."""
    label: str = ""
    """The label of a footnote, which no other one of the manuscript has."""
    note: tuple[Line, ...] = ()
    """The paragraphs of a footnote; none where an earlier mark has them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a single line in formats that have no paragraphs. The text includes its number."""

    text: str
    place: str
    """Position in the manuscript, for people: 第3段, 第2页第5行."""
    centred: bool = False
    strong: tuple[tuple[int, int], ...] = ()
    """Ranges of ``text`` in heavier type, as (start, end)."""
    level: int = 0
    """Outline level in the manuscript, from 1; 0 for body text."""
    doubts: tuple[str, ...] = ()
    """What could not be read with certainty, in Chinese."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    r"""A table cell; line breaks in its text are ``\n``."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    doubts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Each row holds only the cells that begin in it."""

    rows: tuple[tuple[GridCell, ...], ...]
    columns: int
    place: str
    head_rows: int = 0
    """Rows that the manuscript repeats on every page; 0 where it does not say."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, its bytes unchanged."""

    content: bytes
    suffix: str
    """``.png`` or ``.jpg``."""
    place: str
    alternative: str = ""
    is_over_text: bool = False
    """Whether it lies over or under the text, as a seal does."""
    is_of_seal_size: bool = False
    """Whether it is about as wide as high, and has the size of a seal."""


Part = Line | Grid | Picture


@dataclass(frozen=True, slots=True)
class Omission:
    """Something in the manuscript that is in no draft, and why."""

    text: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The content of one file."""

    name: str
    parts: tuple[Part, ...]
    omissions: tuple[Omission, ...] = ()
    is_broken_into_lines: bool = False
    """Whether a paragraph may be spread over several lines, or be split at the end of a page."""
    remarks: tuple[str, ...] = ()
    """What the editor should know about how the file was read."""
    count: tuple[SourceText, ...] | None = None
    """The independent count of the file, the running text in its order; None where the file cannot be read again."""
    is_recognised: bool = False
    """Whether any of its text is from text recognition (OCR)."""
