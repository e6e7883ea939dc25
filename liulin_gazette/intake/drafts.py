"""Drafts of documents, as they are put together from the parts of a source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.manuscript import Grid, GridCell, LeftOut, Line, Part, Picture

_SPECIAL = re.compile(r"([\\*_`])")


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the source beside what became of it, for the report."""

    place: str
    source: str
    became: str
    """The draft's words; empty where it was left out."""
    reason: str = ""
    """Why it was left out."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as recognised."""

    document: NewDocument
    rows: tuple[Row, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()
    """File names and contents."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that one source gave."""

    source: str
    drafts: tuple[Draft, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document in a source: indices of its first part and of the part after it."""

    start: int
    end: int
    title: str
    number: str
    """As written; empty when there is none."""


def words(part: Part) -> str:
    """Return the words of ``part``."""
    if isinstance(part, Line):
        return part.text
    if isinstance(part, Grid):
        return "\n".join("　".join(cell.text.replace("\n", "") for cell in row) for row in part.rows)
    return f"（图：{part.alternative or '无说明'}）"


def doubtful(reason: str, place: str = "") -> str:
    """Return the mark that ``check`` reports until it is resolved (S051)."""
    return f"【待核：{reason}{f'，来稿{place}' if place else ''}】"


def escaped(text: str) -> str:
    """Return ``text`` so that the dialect prints each of its characters."""
    text = _SPECIAL.sub(r"\\\1", text)
    return re.sub(r"^(#|:::|\||!\[)", r"\\\1", text)


def marked_up(line: Line) -> str:
    """Return the paragraph ``line`` with its strong stretches, and its doubts as marks."""
    text, end = "", 0
    for start, stop in line.strong:
        strong = line.text[start:stop]
        lead, tail = len(strong) - len(strong.lstrip()), len(strong) - len(strong.rstrip())
        if strong.strip():
            text += escaped(line.text[end : start + lead]) + f"**{escaped(strong.strip())}**"
            end = stop - tail
    text += escaped(line.text[end:])
    text = " ".join(piece.strip(" 　") for piece in re.split(r"[\n\t]+", text))
    return text + "".join(doubtful(doubt, line.place) for doubt in line.doubts)


def table(grid: Grid) -> str:
    """Return ``grid`` as a pipe table; its first row is the head."""
    cells = [["" for _ in range(grid.columns)] for _ in grid.rows]
    taken = [[False] * grid.columns for _ in grid.rows]
    for y, row in enumerate(grid.rows):
        x = 0
        for cell in row:
            while x < grid.columns and taken[y][x]:
                x += 1
            _fill(cells, taken, y, x, cell)
            x += cell.colspan
    head = max((cell.rowspan for cell in grid.rows[0]), default=1) if grid.rows else 0
    lines = [f"| {' | '.join(row)} |" for row in cells]
    rule = f"| {' | '.join(['---'] * grid.columns)} |"
    return "\n".join([*lines[:head], rule, *lines[head:]])


def _fill(cells: list[list[str]], taken: list[list[bool]], y: int, x: int, cell: GridCell) -> None:
    for down in range(cell.rowspan):
        for across in range(cell.colspan):
            if y + down < len(cells) and x + across < len(cells[y]):
                words = _cell_text(cell.text) if not (down or across) else "<<" if across else "^^"
                cells[y + down][x + across] = words
                taken[y + down][x + across] = True


def _cell_text(text: str) -> str:
    lines = [escaped(line.strip()).replace("|", "\\|") for line in text.split("\n") if line.strip()]
    return " \\ ".join(lines)


def figure(picture: Picture, name: str) -> str:
    """Return the figure that shows ``picture`` from the file ``name``."""
    words = escaped(picture.alternative.strip().replace("\n", " ")) or "待补说明"
    mark = "" if picture.alternative.strip() else "\n\n" + doubtful("补写上图的内容说明和图题", picture.place)
    return f"![{words}]({name}){mark}"
