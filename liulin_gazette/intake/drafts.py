"""Drafts of documents, and the Markdown of each part of a manuscript."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Omission, Part, Picture

MARK_START = "【待核"
"""Start of the mark that ``verification_mark`` returns."""
_SPECIAL = re.compile(r"([\\*_`])")


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


@dataclass(frozen=True, slots=True)
class Intake:
    """The drafts found in one manuscript, and what is in none of them."""

    file_name: str
    drafts: tuple[Draft, ...]
    omissions: tuple[Omission, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: title and number, and the range of parts (start, end) that it takes."""

    start: int
    end: int
    title: str
    number: str
    """As written; empty if there is none."""


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
    return "".join(verification_mark(doubt, line.place) for doubt in line.doubts)


def escape(text: str) -> str:
    """Return ``text`` with Markdown's special characters escaped, so that it is printed as it stands."""
    text = _SPECIAL.sub(r"\\\1", text)
    return re.sub(r"^(#|:::|\||!\[)", r"\\\1", text)


def paragraph_markdown(line: Line) -> str:
    """Return ``line`` as a Markdown paragraph with its strong ranges, followed by a mark for each doubt."""
    text, end = "", 0
    for start, stop in line.strong:
        strong = line.text[start:stop]
        lead, tail = len(strong) - len(strong.lstrip()), len(strong) - len(strong.rstrip())
        if strong.strip():
            text += escape(line.text[end : start + lead]) + f"**{escape(strong.strip())}**"
            end = stop - tail
    text += escape(line.text[end:])
    text = " ".join(piece.strip(" 　") for piece in re.split(r"[\n\t]+", text))
    return text + doubt_marks(line)


def table_markdown(grid: Grid) -> str:
    """Return ``grid`` as a pipe table whose first row is the head; ``<<`` and ``^^`` stand for joined cells."""
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
    """Write ``cell`` into ``cells`` at row ``y``, column ``x``, and mark every place it covers as taken."""
    for down in range(cell.rowspan):
        for across in range(cell.colspan):
            if y + down < len(cells) and x + across < len(cells[y]):
                text = _cell_markdown(cell.text) if not (down or across) else "<<" if across else "^^"
                cells[y + down][x + across] = text
                taken[y + down][x + across] = True


def _cell_markdown(text: str) -> str:
    lines = [escape(line.strip()).replace("|", "\\|") for line in text.split("\n") if line.strip()]
    return " \\ ".join(lines)


def figure_markdown(picture: Picture, name: str) -> str:
    """Return a Markdown figure that shows ``picture`` from the file ``name``."""
    alternative = escape(picture.alternative.strip().replace("\n", " ")) or "待补说明"
    mark = (
        ""
        if picture.alternative.strip()
        else "\n\n" + verification_mark("补写上图的内容说明和图题", picture.place)
    )
    return f"![{alternative}]({name}){mark}"
