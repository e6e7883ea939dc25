"""Tables that only place words on the page, as lines: a red head, a signature, 版记, the office and date of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liulin_gazette.intake.document_recognition.document_heads import MAX_TITLE_LINES
from liulin_gazette.intake.document_recognition.issuers_of_heads import is_line_of_issuers
from liulin_gazette.intake.document_recognition.titles_of_heads import number_in
from liulin_gazette.intake.line_kinds import COLOPHON, DATE_LINE, SEAL, without_spaces
from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Mark, Part
from liulin_gazette.intake.marked_text import moved

_MAX_ROWS = 8
"""Rows of a table of signatures or of 版记."""


def with_opened_tables(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield ``parts``; a table that only places the words of a head, a signature or 版记 as lines."""
    for index, part in enumerate(parts):
        if not isinstance(part, Grid):
            yield part
            continue
        cells = [each for row in part.rows for each in row if each.text.strip()]
        if index < MAX_TITLE_LINES and len(part.rows) <= MAX_TITLE_LINES and _is_red_head(cells):
            yield from (_line([cell], part.place) for cell in cells)
        elif len(part.rows) <= _MAX_ROWS and (_is_signature(cells) or _is_colophon(cells)):
            for row in part.rows:
                if shown := [each for each in row if each.text.strip()]:
                    yield from _lines(shown, part.place)
        else:
            yield part


def _is_red_head(cells: Sequence[GridCell]) -> bool:
    """Tell whether ``cells`` hold a document number beside other words, or the names of issuers and 文件 beside them."""
    texts = [without_spaces(cell.text) for cell in cells]
    if any(number_in(text) for text in texts):
        return True
    names = [
        line
        for cell, text in zip(cells, texts, strict=True)
        if text != "文件"
        for line in cell.text.split("\n")
    ]
    return "文件" in texts and bool(names) and all(is_line_of_issuers(name) for name in names if name.strip())


def _is_signature(cells: Sequence[GridCell]) -> bool:
    """Tell whether ``cells`` hold one date, the names of issuers, and nothing else."""
    lines = [line for cell in cells for line in cell.text.split("\n") if line.strip()]
    dates = [line for line in lines if DATE_LINE.match(without_spaces(line))]
    bodies = [SEAL.sub("", line.strip()) for line in lines if line not in dates]
    return len(dates) == 1 and bool(bodies) and all(is_line_of_issuers(body) for body in bodies)


def _is_colophon(cells: Sequence[GridCell]) -> bool:
    """Tell whether ``cells`` hold 抄送 and who printed the document when, and nothing else."""
    lines = [without_spaces(line) for cell in cells for line in cell.text.split("\n") if line.strip()]
    of_colophon = [line for line in lines if COLOPHON.search(line)]
    if not of_colophon:
        return False
    rest = [line for line in lines if line not in of_colophon]
    return all(is_line_of_issuers(line) or line.endswith(("。", "，", "、", "印发")) for line in rest)


def _lines(cells: Sequence[GridCell], place: str) -> Iterator[Line]:
    """Yield the row of ``cells`` as one line; cells of several lines one after another."""
    if any("\n" in cell.text.strip() for cell in cells):
        for cell in cells:
            yield from (_plain(words, cell, place) for words in cell.text.split("\n") if words.strip())
        return
    yield _line(cells, place)


def _plain(words: str, cell: GridCell, place: str) -> Line:
    return Line(words, place, doubts=cell.doubts)


def _line(cells: Sequence[GridCell], place: str) -> Line:
    """Return ``cells`` as one line, a space between them."""
    text, doubts = "", tuple(doubt for cell in cells for doubt in cell.doubts)
    marks = list[Mark]()
    for cell in cells:
        text += "　" if text else ""
        marks += moved(cell.marks, len(text))
        text += cell.text
    return Line(text, place, doubts=doubts, marks=tuple(marks))
