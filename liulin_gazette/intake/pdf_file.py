"""PDFs with text: lines are joined into paragraphs, columns put in reading order, running heads and folios removed."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liulin_gazette.intake.line_kinds import NOTE_LINE, begins_paragraph, ends_paragraph
from liulin_gazette.intake.manuscript import IntakeError, Line, Manuscript, Omission

MAX_PAGES = 300
FURNITURE_BAND = 0.1
"""Share of the page's height, at the head and at the foot, where running heads and folios stand."""
MAX_RULES = 12
"""A page with more rules than this has a table."""
_MIN_HEIGHT = 0.1
"""Height of type in pt to reckon with at least, since a broken file may have type without height."""
_FOLIO = re.compile(r"[—\-–·\s]*\d{1,4}[—\-–·\s]*")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of text and its box in pt; the origin is the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    tail: float = 0.0
    """Left edge of the last run after a gap, under which a roster entry's post continues; 0 if there is no gap."""

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's text; width and height are in pt."""

    number: int
    """From 1."""
    runs: Sequence[_Run]
    width: float
    height: float
    has_table: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges of a column, in pt."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, or the piece of one that stands in one column."""

    line: Line
    may_continue_below: bool
    """Whether it may go on in the next column."""
    may_continue_previous: bool
    """Whether it may continue a paragraph of the column before."""


def read_pdf(name: str, content: bytes) -> Manuscript:
    """Return the paragraphs of the PDF. Raises IntakeError if it is locked, damaged, too long or without text."""
    import pypdfium2

    try:
        pages = _read_pages(name, content)
        return _manuscript(name, pages)
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
        raise IntakeError(f"{name} 已损坏，读不出来。请重新取一份。") from error


def _read_pages(name: str, content: bytes) -> list[_Page]:
    """Return what is on each page. Raises IntakeError."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "加了密码。请去掉密码再试" if locked else "已损坏，读不出来。请重新取一份"
        raise IntakeError(f"{name} {reason}。") from error
    if count > MAX_PAGES:
        raise IntakeError(
            f"{name} 有 {count} 页，不像一份公文，没有转换。请只截取要刊登的那几页（不超过 {MAX_PAGES} 页）。"
        )
    pages: list[_Page] = []
    for number in range(1, count + 1):
        try:
            page: Any = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise IntakeError(f"{name} 第 {number} 页已损坏，读不出来。请重新取一份。") from error
        runs = _runs(page)
        width, height = page.get_size()
        pages.append(_Page(number, runs, width, height, has_table=_count_rules(page) > MAX_RULES))
        page.close()
    document.close()
    return pages


def _manuscript(name: str, pages: Sequence[_Page]) -> Manuscript:
    """Return the paragraphs of ``pages``, without running heads and folios. Raises IntakeError for a scan."""
    if sum(len(run.text) for page in pages for run in page.runs) < 10 * max(len(pages), 1):
        raise IntakeError(
            f"{name} 里没有文字，是扫描件。请先用文字识别（OCR）软件转成文本或 Word 文件，再转换。"
        )
    repeated = _repeated_at_edges(pages)
    usual_height = statistics.median(run.height for page in pages for run in page.runs)
    paragraphs: list[_Paragraph] = []
    omissions: list[Omission] = []
    for page in pages:
        body = [run for run in page.runs if not _is_furniture(run, page, repeated, usual_height)]
        omissions += [
            Omission(run.text, f"第{page.number}页", "页眉、页脚或页码")
            for run in page.runs
            if run not in body
        ]
        of_page = list(_paragraphs(replace(page, runs=body)))
        if page.has_table and of_page:
            last = of_page[-1]
            of_page[-1] = replace(last, line=replace(last.line, doubts=("这一页像是有表格，请录成表格",)))
        paragraphs += of_page
    remarks = tuple(
        f"第{page.number}页像是有表格。PDF 里的表格只转成了文字，请对照原件录成表格。"
        for page in pages
        if page.has_table
    )
    return Manuscript(name, tuple(_joined(paragraphs)), tuple(omissions), remarks=remarks)


def _runs(page: Any) -> list[_Run]:
    """Return the runs of text on a page of pypdfium2, in the order of the file."""
    text = page.get_textpage()
    runs: list[_Run] = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top).replace("\r", "").replace("\n", "").strip()
        if words:
            runs.append(_Run(words, left, bottom, right, top))
    text.close()
    return runs


def _count_rules(page: Any) -> int:
    import pypdfium2.raw as pdfium

    return sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2))


def _comparable(text: str) -> str:
    """Return ``text`` without white space, and with each number as 0."""
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _repeated_at_edges(pages: Sequence[_Page]) -> frozenset[str]:
    """Return the texts, in comparable form, at the head or foot of three or more pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_comparable(run.text) for run in page.runs if _is_at_edge(run, page)})
    return frozenset(text for text, count in counts.items() if count >= 3)


def _is_at_edge(run: _Run, page: _Page) -> bool:
    band = page.height * FURNITURE_BAND
    return run.bottom < band or run.top > page.height - band


def _is_furniture(run: _Run, page: _Page, repeated: frozenset[str], usual_height: float) -> bool:
    """Tell whether ``run`` is a running head or folio: at the edge, and repeated, a number, or in small type."""
    return _is_at_edge(run, page) and (
        _comparable(run.text) in repeated
        or bool(_FOLIO.fullmatch(run.text))
        or run.height < 0.93 * usual_height
    )


def _paragraphs(page: _Page) -> Iterator[_Paragraph]:
    """Yield the paragraphs of ``page``, column by column."""
    for column, lines in _in_reading_order(page):
        em = statistics.median(run.height for run in lines)
        groups: list[list[_Run]] = []
        places: list[int] = []
        for number, run in enumerate(lines, 1):
            if groups and _continues(groups[-1][-1], run, column, em):
                groups[-1].append(replace(run, tail=run.tail or groups[-1][-1].tail))
            else:
                groups.append([run])
                places.append(number)
        for index, (group, place) in enumerate(zip(groups, places, strict=True)):
            text = group[0].text
            for run in group[1:]:
                text = _join(text, run.text)
            yield _Paragraph(
                Line(text, f"第{page.number}页第{place}行", centred=_is_centred(group, column, em)),
                may_continue_below=index == len(groups) - 1 and column.right - group[-1].right < 1.3 * em,
                may_continue_previous=index == 0 and group[0].left - column.left < 1.3 * em,
            )


def _is_centred(group: Sequence[_Run], column: _Column, em: float) -> bool:
    middle = (column.left + column.right) / 2
    last = group[-1]
    return (
        abs((last.left + last.right) / 2 - middle) < em
        and last.left - column.left > 1.5 * em
        and column.right - last.right > 1.5 * em
    )


def _continues(before: _Run, run: _Run, column: _Column, em: float) -> bool:
    """Tell whether ``run`` goes on with the paragraph of the line ``before``: that line is full, this one not indented."""
    if begins_paragraph(run.text) or NOTE_LINE.match(run.text):
        return False
    if before.tail and abs(run.left - before.tail) < 0.5 * em and run.left - column.left > 3 * em:
        return True
    is_full = column.right - before.right < 1.3 * em
    is_indented = run.left - column.left > 1.3 * em
    is_near = before.bottom - run.top < 1.6 * em
    return is_full and not is_indented and is_near and abs(before.height - run.height) < 0.35 * em


def _in_reading_order(page: _Page) -> Iterator[tuple[_Column, list[_Run]]]:
    """Yield each column with its lines; lines across both columns divide the page into bands."""
    runs = page.runs
    if not runs:
        return
    gutter = _gutter(page)
    if gutter is None:
        yield _column(runs), list(_lines(runs))
        return
    spanning = [run for run in runs if run.left < gutter < run.right]
    edges = sorted({run.bottom for run in spanning}, reverse=True)
    rest = sorted((run for run in runs if run not in spanning), key=lambda run: -run.top)
    for edge in [*edges, float("-inf")]:
        band = [run for run in rest if run.bottom > edge]
        rest = [run for run in rest if run.bottom <= edge]
        for side in (
            [run for run in band if run.right <= gutter],
            [run for run in band if run.left >= gutter],
        ):
            if side:
                yield _column(side), list(_lines(side))
        across = [run for run in spanning if run.bottom == edge]
        if across:
            yield _column(runs), list(_lines(across))


def _column(runs: Sequence[_Run]) -> _Column:
    """Return the column that ``runs`` fill."""
    return _Column(min(run.left for run in runs), max(run.right for run in runs))


def _lines(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Join the runs that stand on one line, with a space or a tab where the gap between them is wide."""
    rest = sorted(runs, key=lambda run: (-run.top, run.left))
    while rest:
        first = rest.pop(0)
        middle = (first.top + first.bottom) / 2
        same = [
            run
            for run in rest
            if run.bottom < middle < run.top and abs(run.height - first.height) < first.height
        ]
        rest = [run for run in rest if run not in same]
        line = sorted([first, *same], key=lambda run: run.left)
        text, tail = line[0].text, 0.0
        for before, run in itertools.pairwise(line):
            gap = (run.left - before.right) / max(first.height, _MIN_HEIGHT)
            tail = run.left if gap >= 0.35 else tail
            text = _join(text, run.text) if gap < 0.35 else f"{text}{' ' if gap < 1.2 else chr(9)}{run.text}"
        top, bottom = max(run.top for run in line), min(run.bottom for run in line)
        yield _Run(text, line[0].left, bottom, line[-1].right, top, tail)


def _gutter(page: _Page) -> float | None:
    """Return the middle of the gutter between two columns, in pt from the left; None for a page of one column."""
    middle = page.width / 2
    left = [run for run in page.runs if run.right <= middle + 2]
    right = [run for run in page.runs if run.left >= middle - 2]
    if len(left) < 4 or len(right) < 4 or len(left) + len(right) < 0.6 * len(page.runs):
        return None
    return (max(run.right for run in left) + min(run.left for run in right)) / 2


def _join(before: str, after: str) -> str:
    """Return two lines as one, with a space only between Latin words."""
    needs_space = bool(_LATIN.match(before[-1:])) and bool(_LATIN.match(after[:1]))
    return f"{before} {after}" if needs_space else before + after


def _joined(paragraphs: Sequence[_Paragraph]) -> Iterator[Line]:
    """Yield the paragraphs, those that run over the end of a column or page joined."""
    pending: _Paragraph | None = None
    for paragraph in paragraphs:
        if pending is None:
            pending = paragraph
        elif (
            pending.may_continue_below
            and paragraph.may_continue_previous
            and not _are_separate(pending.line, paragraph.line)
        ):
            pending = replace(paragraph, line=_joined_line(pending.line, paragraph.line))
        else:
            yield pending.line
            pending = paragraph
    if pending is not None:
        yield pending.line


def _are_separate(line: Line, following: Line) -> bool:
    return line.centred or following.centred or ends_paragraph(line.text) or begins_paragraph(following.text)


def _joined_line(line: Line, following: Line) -> Line:
    return replace(line, text=_join(line.text, following.text), doubts=(*line.doubts, *following.doubts))
