"""Drafts of documents, and the Markdown of each part of a manuscript."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.account import Account
from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Omission, Part, Picture
from liulin_gazette.intake.marked_text import footnotes, marked, part_of
from liulin_gazette.source.markdown.foreign_marks import escaped

_FILE_NAME = re.compile(
    r"(?is).*\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf|svg|webp)\s*|(?:[a-z]:|\.{0,2})[\\/].*|\s*(?:图片|图像|照片|picture|image|img)[ _\d-]*"
)
"""What word processors write as the description of a picture: its file, which may name the writer's folders, or 图片 1."""

MARK_START = "【待核"
"""Start of the mark that ``verification_mark`` returns."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One part of a manuscript and what it became: a row of the report."""

    place: str
    original: str
    result: str
    """The Markdown; empty if the part was left out."""
    reason: str = ""
    """Why the part was left out."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One document found in a manuscript."""

    document: NewDocument
    conversions: tuple[Conversion, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()
    """File names and contents."""
    section: str = ""
    """栏目 in which the manuscript has it; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The drafts found in one manuscript, and what is in none of them."""

    file_name: str
    drafts: tuple[Draft, ...]
    omissions: tuple[Omission, ...]
    remarks: tuple[str, ...] = ()
    account: Account | None = None
    """Where the characters of the manuscript are; None where they could not be counted."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: title and number, and the range of parts (start, end) that it takes."""

    start: int
    end: int
    title: str
    number: str
    """As written; empty if there is none."""
    odd_number: str = ""
    """A number without a year or a serial, as written, which the format does not have."""
    serial: str = ""
    """The serial of an order, an announcement or minutes, which is no 发文字号: 第12号, 〔2026〕第5期."""
    headnote: tuple[str, ...] = ()
    """题注."""
    registration: str = ""
    """统一登记号 of a normative document."""
    doubt: str = ""
    """Why the title may be none, in Chinese."""
    title_start: int = 0
    title_end: int = 0
    """The range of parts that the title takes."""

    @property
    def is_order(self) -> bool:
        """Tell whether the document is an order with a number of its own (令号)."""
        return bool(self.serial) and self.title.endswith("令")


def part_text(part: Part) -> str:
    """Return the plain text of ``part``."""
    if isinstance(part, Line):
        return part.text
    if isinstance(part, Grid):
        return "\n".join("　".join(cell.text.replace("\n", "") for cell in row) for row in part.rows)
    return f"（图：{part.alternative or '无说明'}）"


def verification_mark(reason: str, place: str = "") -> str:
    """Return a 待核 mark. ``check`` reports it as an error (S051) until the editor has removed it."""
    return f"{MARK_START}：{reason}{f'，来稿{place}' if place else ''}】"


def doubt_marks(line: Line) -> str:
    """Return a 待核 mark for each doubt of ``line``."""
    return marks_of_doubts(line.doubts, line.place)


def marks_of_doubts(doubts: Iterable[str], place: str) -> str:
    """Return a 待核 mark for each of ``doubts`` about what stands at ``place``."""
    return "".join(verification_mark(escaped(doubt), place) for doubt in doubts)


def paragraph_markdown(line: Line) -> str:
    r"""Return ``line`` as a Markdown paragraph, followed by a mark for each doubt, and by its footnotes.

    A line break in it is written ``\``, a tab as a space.
    """
    text = with_line_breaks(marked(line.text, line.strong, line.marks))
    return text + doubt_marks(line) + footnotes(line.marks)


def with_line_breaks(text: str) -> str:
    r"""Return Markdown ``text`` with ``\`` before each line end, and a space for tabs."""
    lines = (re.sub(r"(?<![ 　])[ 　]*\t+[ 　]*", " ", each).strip(" 　") for each in text.split("\n"))
    return "\\\n".join(filter(None, lines))


def table_markdown(grid: Grid) -> str:
    """Return ``grid`` as a pipe table whose first rows are the head; ``<<`` and ``^^`` stand for joined cells."""
    cells = [["" for _ in range(grid.columns)] for _ in grid.rows]
    taken = [[False] * grid.columns for _ in grid.rows]
    for y, row in enumerate(grid.rows):
        x = 0
        for cell in row:
            while x < grid.columns and taken[y][x]:
                x += 1
            _fill(cells, taken, y, x, cell, _cell_markdown(cell, grid.place))
            x += cell.colspan
    head = max((cell.rowspan for cell in grid.rows[0]), default=1) if grid.rows else 0
    head = max(head, grid.head_rows)
    lines = [f"| {' | '.join(row)} |" for row in cells]
    rule = f"| {' | '.join(['---'] * grid.columns)} |"
    marks = (mark for row in grid.rows for cell in row for mark in cell.marks)
    return "\n".join([*lines[:head], rule, *lines[head:]]) + footnotes(marks)


def _fill(
    cells: list[list[str]], taken: list[list[bool]], y: int, x: int, cell: GridCell, words: str
) -> None:
    """Write ``words`` for ``cell`` into ``cells`` at row ``y``, column ``x``; mark every place it covers as taken."""
    for down in range(cell.rowspan):
        for across in range(cell.colspan):
            if y + down < len(cells) and x + across < len(cells[y]):
                text = words if not (down or across) else "<<" if across else "^^"
                cells[y + down][x + across] = text
                taken[y + down][x + across] = True


def _cell_markdown(cell: GridCell, place: str) -> str:
    lines: list[str] = []
    start = 0
    for line in cell.text.split("\n"):
        end = start + len(line)
        lines.append(marked(line, marks=part_of(cell.marks, start, end)).strip())
        start = end + 1
    words = " \\ ".join(filter(None, lines)) + marks_of_doubts(cell.doubts, place)
    return words.replace("|", "\\|")


def figure_markdown(picture: Picture, name: str) -> str:
    """Return a Markdown figure that shows ``picture`` from the file ``name``."""
    words = (
        "" if _FILE_NAME.fullmatch(picture.alternative) else picture.alternative.strip().replace("\n", " ")
    )
    mark = "" if words else "\n\n" + verification_mark("补写上图的内容说明和图题", picture.place)
    return f"![{escaped(words) or '待补说明'}]({name}){mark}"
