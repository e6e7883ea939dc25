"""PDFs with text: lines put back into paragraphs, columns in reading order, page furniture taken away."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liulin_gazette.intake.line_kinds import NOTE_LINE, begins_paragraph, ends_paragraph
from liulin_gazette.intake.manuscript import IntakeError, LeftOut, Line, Source

MOST_PAGES = 300
FURNITURE_BAND = 0.1
"""Share of the page's height at its head and foot where running heads and folios stand."""
TABLE_RULES = 12
"""A page with more straight rules than this has a table."""
_THIN = 0.1
"""Type in pt that no one reads; a broken file has none that is higher."""
_FOLIO = re.compile(r"[—\-–·\s]*\d{1,4}[—\-–·\s]*")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text with its box in pt, the page's lower left being the origin."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    tail: float = 0.0
    """Where the last stretch after a gap begins, under which a post goes on; 0 where there is none."""

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float


def read_pdf(name: str, content: bytes) -> Source:
    """Return the paragraphs of the PDF. Raises IntakeError for one that is locked, damaged, too long or without text."""
    import pypdfium2

    try:
        return _read(name, content)
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
        raise IntakeError(f"{name} 已损坏，读不出来。请重新取一份。") from error


def _read(name: str, content: bytes) -> Source:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "加了密码。请去掉密码再试" if locked else "已损坏，读不出来。请重新取一份"
        raise IntakeError(f"{name} {reason}。") from error
    if pages > MOST_PAGES:
        raise IntakeError(
            f"{name} 有 {pages} 页，不像一份公文，没有转换。请只截取要刊登的那几页（不超过 {MOST_PAGES} 页）。"
        )
    runs: list[list[_Run]] = []
    sizes: list[tuple[float, float]] = []
    remarks: list[str] = []
    tabled: set[int] = set()
    for number in range(pages):
        try:
            page: Any = document[number]
        except pypdfium2.PdfiumError as error:
            raise IntakeError(f"{name} 第 {number + 1} 页已损坏，读不出来。请重新取一份。") from error
        runs.append(_runs(page))
        sizes.append(page.get_size())
        if _rules(page) > TABLE_RULES:
            tabled.add(number + 1)
            remarks.append(f"第{number + 1}页像是有表格。PDF 里的表格只转成了文字，请对照原件录成表格。")
        page.close()
    document.close()
    if sum(len(run.text) for page in runs for run in page) < 10 * max(pages, 1):
        raise IntakeError(
            f"{name} 里没有文字，是扫描件。请先用文字识别（OCR）软件转成文本或 Word 文件，再转换。"
        )
    furniture = _furniture(runs, sizes)
    usual = statistics.median(run.height for page in runs for run in page)
    parts: list[_Paragraph] = []
    left_out: list[LeftOut] = []
    for number, (page_runs, size) in enumerate(zip(runs, sizes, strict=True), 1):
        kept = [run for run in page_runs if not _is_furniture(run, size, furniture, usual)]
        left_out += [
            LeftOut(run.text, f"第{number}页", "页眉、页脚或页码") for run in page_runs if run not in kept
        ]
        own = list(_paragraphs(kept, size, number))
        if number in tabled and own:
            own[-1] = replace(own[-1], line=replace(own[-1].line, doubts=("这一页像是有表格，请录成表格",)))
        parts.extend(own)
    return Source(name, tuple(_joined(parts)), tuple(left_out), remarks=tuple(remarks))


def _runs(page: Any) -> list[_Run]:
    text = page.get_textpage()
    found: list[_Run] = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top).replace("\r", "").replace("\n", "").strip()
        if words:
            found.append(_Run(words, left, bottom, right, top))
    text.close()
    return found


def _rules(page: Any) -> int:
    import pypdfium2.raw as pdfium

    return sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2))


def _normal(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _furniture(runs: Sequence[Sequence[_Run]], sizes: Sequence[tuple[float, float]]) -> frozenset[str]:
    """Return the texts, digits aside, that stand at the head or foot of three pages or more."""
    seen: Counter[str] = Counter()
    for page, size in zip(runs, sizes, strict=True):
        seen.update({_normal(run.text) for run in page if _is_at_edge(run, size)})
    return frozenset(text for text, count in seen.items() if count >= 3)


def _is_at_edge(run: _Run, size: tuple[float, float]) -> bool:
    band = size[1] * FURNITURE_BAND
    return run.bottom < band or run.top > size[1] - band


def _is_furniture(run: _Run, size: tuple[float, float], furniture: frozenset[str], usual: float) -> bool:
    """Tell whether ``run`` is a running head or folio: at the edge, and repeated, a number, or in small type."""
    return _is_at_edge(run, size) and (
        _normal(run.text) in furniture or bool(_FOLIO.fullmatch(run.text)) or run.height < 0.93 * usual
    )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of one column, and whether it may go on into the next column, or from the one before."""

    line: Line
    may_go_on: bool
    may_continue: bool


def _paragraphs(runs: Sequence[_Run], size: tuple[float, float], page: int) -> Iterator[_Paragraph]:
    for column, lines in _in_reading_order(runs, size):
        em = statistics.median(run.height for run in lines)
        groups: list[list[_Run]] = []
        places: list[int] = []
        for number, run in enumerate(lines, 1):
            if groups and _goes_on(groups[-1][-1], run, column, em):
                groups[-1].append(replace(run, tail=run.tail or groups[-1][-1].tail))
            else:
                groups.append([run])
                places.append(number)
        for index, (group, place) in enumerate(zip(groups, places, strict=True)):
            text = group[0].text
            for run in group[1:]:
                text = join(text, run.text)
            yield _Paragraph(
                Line(text, f"第{page}页第{place}行", centred=_is_centred(group, column, em)),
                may_go_on=index == len(groups) - 1 and column.right - group[-1].right < 1.3 * em,
                may_continue=index == 0 and group[0].left - column.left < 1.3 * em,
            )


def _is_centred(group: Sequence[_Run], column: _Column, em: float) -> bool:
    middle = (column.left + column.right) / 2
    last = group[-1]
    return (
        abs((last.left + last.right) / 2 - middle) < em
        and last.left - column.left > 1.5 * em
        and column.right - last.right > 1.5 * em
    )


def _goes_on(before: _Run, run: _Run, column: _Column, em: float) -> bool:
    """Tell whether ``run`` continues the paragraph of the line ``before``: that one is full, this one not indented."""
    if begins_paragraph(run.text) or NOTE_LINE.match(run.text):
        return False
    if before.tail and abs(run.left - before.tail) < 0.5 * em and run.left - column.left > 3 * em:
        return True
    is_full = column.right - before.right < 1.3 * em
    is_indented = run.left - column.left > 1.3 * em
    is_near = before.bottom - run.top < 1.6 * em
    return is_full and not is_indented and is_near and abs(before.height - run.height) < 0.35 * em


def _in_reading_order(
    runs: Sequence[_Run], size: tuple[float, float]
) -> Iterator[tuple[_Column, list[_Run]]]:
    """Yield the lines of the page by column; what spans both columns parts the page into bands."""
    if not runs:
        return
    gutter = _gutter(runs, size)
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
    return _Column(min(run.left for run in runs), max(run.right for run in runs))


def _lines(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Put the runs of one line together, a tab where the gap between them is wide."""
    rest = sorted(runs, key=lambda run: (-run.top, run.left))
    while rest:
        first = rest.pop(0)
        level = (first.top + first.bottom) / 2
        same = [
            run
            for run in rest
            if run.bottom < level < run.top and abs(run.height - first.height) < first.height
        ]
        rest = [run for run in rest if run not in same]
        line = sorted([first, *same], key=lambda run: run.left)
        text, tail = line[0].text, 0.0
        for before, run in itertools.pairwise(line):
            gap = (run.left - before.right) / max(first.height, _THIN)
            tail = run.left if gap >= 0.35 else tail
            text = join(text, run.text) if gap < 0.35 else f"{text}{' ' if gap < 1.2 else chr(9)}{run.text}"
        top, bottom = max(run.top for run in line), min(run.bottom for run in line)
        yield _Run(text, line[0].left, bottom, line[-1].right, top, tail)


def _gutter(runs: Sequence[_Run], size: tuple[float, float]) -> float | None:
    """Return where the page parts into two columns, or None."""
    middle = size[0] / 2
    left = [run for run in runs if run.right <= middle + 2]
    right = [run for run in runs if run.left >= middle - 2]
    if len(left) < 4 or len(right) < 4 or len(left) + len(right) < 0.6 * len(runs):
        return None
    return (max(run.right for run in left) + min(run.left for run in right)) / 2


def join(before: str, after: str) -> str:
    """Return two lines as one: a space only between Latin words."""
    needs_space = bool(_LATIN.match(before[-1:])) and bool(_LATIN.match(after[:1]))
    return f"{before} {after}" if needs_space else before + after


def _joined(paragraphs: Sequence[_Paragraph]) -> Iterator[Line]:
    """Put together a paragraph that the end of a column or page tore."""
    held: _Paragraph | None = None
    for each in paragraphs:
        if held is None:
            held = each
        elif held.may_go_on and each.may_continue and not _is_whole(held.line, each.line):
            held = replace(each, line=_both(held.line, each.line))
        else:
            yield held.line
            held = each
    if held is not None:
        yield held.line


def _is_whole(line: Line, following: Line) -> bool:
    return line.centred or following.centred or ends_paragraph(line.text) or begins_paragraph(following.text)


def _both(line: Line, following: Line) -> Line:
    return replace(line, text=join(line.text, following.text), doubts=(*line.doubts, *following.doubts))
