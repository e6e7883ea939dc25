"""PDFs with text: characters, lines, running heads and page numbers, columns, paragraphs, in this order."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from liulin_gazette.intake.account import NOT_COUNTED
from liulin_gazette.intake.manuscript import Grid, IntakeError, Line, Manuscript, Omission
from liulin_gazette.intake.pdf_files.pdf_account import count_pdf
from liulin_gazette.intake.pdf_files.pdf_characters import MARGIN, UNKNOWN, UNKNOWN_DOUBT, page_text
from liulin_gazette.intake.pdf_files.pdf_columns import Frame, bands_of, columns_of, frame_of
from liulin_gazette.intake.pdf_files.pdf_furniture import PageLines, furniture
from liulin_gazette.intake.pdf_files.pdf_lines import Piece, TextLine, baseline_lines, piece_of_grid
from liulin_gazette.intake.pdf_files.pdf_page import PageText, Unseen
from liulin_gazette.intake.pdf_files.pdf_paragraphs import Paragraph, joined_over_columns, paragraphs_of
from liulin_gazette.intake.pdf_files.pdf_tables import tables_on
from liulin_gazette.intake.pdf_files.recognised_text import RecognisedItem, glyphs_of
from liulin_gazette.text.advised_acts import Act, advice

MAX_PAGES = 2_000
MIN_CHARACTERS = 10
"""Characters a page, on average, of a PDF that has a text; a scan may have a few that a stamp left."""
MIN_LINES = 8
"""Lines of a page that tell where the edges of the text are."""
UNREADABLE = (ValueError, OverflowError)
"""What damaged pages make pypdfium2 raise beside its own error. Later steps raise it by a mistake of theirs only."""
_PICTURE = "（图）"


@dataclass(frozen=True, slots=True)
class Scan:
    """What text recognition (OCR) read in a PDF, and how long the PDF may be."""

    items: Mapping[int, tuple[RecognisedItem, ...]] = field(
        default_factory=dict[int, tuple[RecognisedItem, ...]]
    )
    """By the number of the page; the text that the file itself has there is not used."""
    sizes: Mapping[int, tuple[float, float]] = field(default_factory=dict[int, tuple[float, float]])
    """Width and height in pt of these pages, as a reader holds them."""
    max_pages: int = MAX_PAGES


NO_SCAN = Scan()
Progress = Callable[[int, int], None]
"""Is told the number of pages that are read, and the number of all pages."""


def read_pdf(name: str, content: bytes, progress: Progress | None = None, scan: Scan = NO_SCAN) -> Manuscript:
    """Return the paragraphs of the PDF. Raises IntakeError if it is locked, damaged, too long or without text.

    ``scan`` has what text recognition read on pages without text.
    """
    pages = ((_with_scan(page, scan), count) for page, count in _pages(name, content, scan.max_pages))
    return _counted(manuscript_of_pages(name, pages, progress), content, scan)


def _with_scan(page: PageText, scan: Scan) -> PageText:
    """Return ``page``; one of ``scan`` with the text recognised there, instead of a few characters and a picture."""
    items = scan.items.get(page.number)
    if items is None:
        return page
    own = "".join(glyph.text for glyph in (*page.glyphs, *page.turned)).strip()
    unseen = (*page.unseen, Unseen(own, "这一页是扫描件，用的是 OCR 认出来的字")) if own else page.unseen
    width, height = scan.sizes.get(page.number, (page.width, page.height))
    return PageText(page.number, width, height, glyphs_of(items, height), unseen=unseen, is_recognised=True)


def manuscript_of_pages(
    name: str, pages_and_counts: Iterable[tuple[PageText, int]], progress: Progress | None = None
) -> Manuscript:
    """Return the paragraphs on the pages of the file ``name``, each with the number of all pages.

    Raises IntakeError for a file without text.
    """
    pages: list[_ReadPage] = []
    count = 0
    for page, count in pages_and_counts:
        pages.append(_read_page(page))
        if progress is not None:
            progress(page.number, count)
    characters = sum(len(line.text) for page in pages for line in page.lines.lines)
    cells = sum(len(cell.text) for page in pages for grid in page.grids for row in grid.rows for cell in row)
    if characters + cells < MIN_CHARACTERS * max(count, 1):
        raise IntakeError(
            f"{name} 的 {count} 页里没有文字，是扫描件。",
            advice(
                "本单位有文字识别（OCR）程序的，",
                Act.RECOGNISE,
                "；没有的，先用别的软件识别成文本或 Word 文件，再转换。",
            ),
        )
    return _manuscript(name, pages)


def _counted(manuscript: Manuscript, content: bytes, scan: Scan) -> Manuscript:
    """Return ``manuscript`` with its count; with a remark where ``content`` cannot be read once more."""
    import pypdfium2

    texts = {page: [item.text for item in items] for page, items in scan.items.items()}
    try:
        return replace(manuscript, count=tuple(count_pdf(content, texts)))
    except (pypdfium2.PdfiumError, *UNREADABLE):
        return replace(manuscript, remarks=(*manuscript.remarks, NOT_COUNTED))


def opened_pdf(name: str, content: bytes | Path, max_pages: int = MAX_PAGES) -> Any:
    """Return the document of pypdfium2. Raises IntakeError if it is locked, damaged or too long."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except (pypdfium2.PdfiumError, *UNREADABLE) as error:
        locked = "password" in str(error).lower()
        reason = "加了密码。请去掉密码再试" if locked else "已损坏，读不出来。请重新取一份"
        raise IntakeError(f"{name} {reason}。") from error
    if count > max_pages:
        raise IntakeError(f"{name} 有 {count} 页，没有转换。请分成几个文件，每个不超过 {max_pages} 页。")
    return document


def _pages(name: str, content: bytes, max_pages: int) -> Iterator[tuple[PageText, int]]:
    """Yield what is on each page, and the number of pages. Raises IntakeError."""
    import pypdfium2

    document = opened_pdf(name, content, max_pages)
    count = len(document)
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
            text = page_text(page, number)
        except (pypdfium2.PdfiumError, *UNREADABLE) as error:
            raise IntakeError(f"{name} 第 {number} 页已损坏，读不出来。请重新取一份。") from error
        yield text, count
        page.close()
    document.close()


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """The lines of a page, its tables among them, and what is not part of its text."""

    lines: PageLines
    pictures: tuple[TextLine, ...]
    """A line for each picture that stands among the text."""
    turned: str
    """Text that stands at a right angle to the rest."""
    omissions: tuple[Omission, ...]
    replaced: tuple[tuple[str, str], ...]
    is_recognised: bool

    @property
    def grids(self) -> Iterator[Grid]:
        """The tables of the page."""
        return (line.grid for line in self.lines.lines if line.grid is not None)


def _read_page(page: PageText) -> _ReadPage:
    tables = tables_on(page)
    in_tables = frozenset[int]().union(*(table.glyphs for table in tables))
    lines = baseline_lines(glyph for glyph in page.glyphs if glyph.index not in in_tables)
    for table in tables:
        first = min(table.glyphs)
        lines.append(TextLine((piece_of_grid(table.grid, table.edges, table.box.top, first),)))
    lines.sort(key=lambda line: -line.baseline)
    place = f"第{page.number}页"
    turned = "".join(glyph.text for glyph in page.turned).strip()
    pictures, told = _pictures(page, lines)
    return _ReadPage(
        PageLines(page.number, page.width, page.height, tuple(lines), page.is_tagged),
        pictures,
        turned,
        (*(Omission(unseen.text, place, unseen.reason) for unseen in page.unseen), *told),
        page.replaced,
        page.is_recognised,
    )


def _pictures(page: PageText, lines: Sequence[TextLine]) -> tuple[tuple[TextLine, ...], tuple[Omission, ...]]:
    """Return the pictures among the text as lines with a doubt; and those that are left out: seals, scans, logos."""
    among: list[TextLine] = []
    told: list[Omission] = []
    place = f"第{page.number}页"
    for box in page.pictures:
        covers = any(
            line.text
            and box.bottom < line.baseline < box.top
            and line.left < box.right
            and box.left < line.right
            for line in lines
        )
        if box.bottom > (1 - MARGIN) * page.height or box.top < MARGIN * page.height:
            told.append(Omission(_PICTURE, place, "页眉、页脚里的图"))
        elif covers:
            told.append(Omission(_PICTURE, place, "与文字重叠的图（印章、底图）"))
        else:
            doubt = "这里有一幅图，没有转入，请从原件截取"
            piece = Piece("", box.left, box.right, box.top, 0.0, 0, doubts=(doubt,))
            among.append(TextLine((piece,)))
    return tuple(among), tuple(told)


def _manuscript(name: str, pages: Sequence[_ReadPage]) -> Manuscript:
    """Return the paragraphs of ``pages``, without running heads and page numbers."""
    margins = furniture([page.lines for page in pages])
    omissions: list[Omission] = []
    bodies: list[tuple[_ReadPage, tuple[TextLine, ...]]] = []
    for page in pages:
        left_out = margins[page.lines.number]
        omissions += [
            Omission(line.text, f"第{page.lines.number}页", "页眉、页脚或页码")
            for index, line in enumerate(page.lines.lines)
            if index in left_out
        ]
        omissions += page.omissions
        kept = [line for index, line in enumerate(page.lines.lines) if index not in left_out]
        body = tuple(sorted([*kept, *page.pictures], key=lambda line: -line.baseline))
        bodies.append((page, body))
    layouts = _layouts(bodies)
    paragraphs: list[Paragraph] = []
    for page, body in bodies:
        paragraphs += _of_page(page, body, layouts.get(_size(page), _Layout(None, ())))
    replaced = dict(pair for page in pages for pair in page.replaced)
    joined, dropped = joined_over_columns(paragraphs)
    omissions += dropped
    parts = _with_doubts(joined)
    return Manuscript(
        name,
        tuple(parts),
        tuple(omissions),
        remarks=tuple(_remarks(pages, replaced)),
        is_recognised=any(page.is_recognised for page in pages),
    )


def _size(page: _ReadPage) -> tuple[int, int]:
    return round(page.lines.width), round(page.lines.height)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the text stands on most pages of one size."""

    frame: Frame | None
    """The edges of the text on pages of one column."""
    bands: tuple[float, ...]
    """The middles of the bands between columns; none if no page has columns."""


def _layouts(bodies: Sequence[tuple[_ReadPage, tuple[TextLine, ...]]]) -> Mapping[tuple[int, int], _Layout]:
    """Return the layout by the size of the page, from the pages that have many lines."""
    frames: dict[tuple[int, int], list[Frame]] = defaultdict(list)
    bands: dict[tuple[int, int], list[tuple[float, ...]]] = defaultdict(list)
    for page, body in bodies:
        own = bands_of(body)
        if own:
            bands[_size(page)].append(own)
        elif sum(line.grid is None for line in body) >= MIN_LINES:
            frames[_size(page)].append(frame_of(body))
    return {
        size: _Layout(
            Frame(
                statistics.median(each.left for each in frames[size]),
                statistics.median(each.right for each in frames[size]),
            )
            if frames[size]
            else None,
            statistics.mode(bands[size]) if len(bands[size]) > len(frames[size]) else (),
        )
        for size in {*frames, *bands}
    }


def _of_page(page: _ReadPage, body: Sequence[TextLine], layout: _Layout) -> Iterator[Paragraph]:
    """Yield the paragraphs and tables of a page."""
    place = 1
    for column in columns_of(body, layout.frame, layout.bands):
        yield from paragraphs_of(column, page.lines.number, place)
        place += len(column.lines)
    if page.turned:
        doubt = "这些字在来稿上转了方向，核对它们的位置和次序"
        yield Paragraph(Line(page.turned, f"第{page.lines.number}页", doubts=(doubt,)))


def _with_doubts(parts: Iterable[Line | Grid]) -> Iterator[Line | Grid]:
    """Yield ``parts``; a line with characters that the file does not name says so."""
    for part in parts:
        if isinstance(part, Line) and UNKNOWN in part.text:
            yield replace(part, doubts=(*part.doubts, UNKNOWN_DOUBT))
        else:
            yield part


def _remarks(pages: Sequence[_ReadPage], replaced: Mapping[str, str]) -> Iterator[str]:
    """Yield what the editor should know about how the file was read."""
    if replaced:
        forms = "、".join(f"{form}（U+{ord(form):04X}）→{plain}" for form, plain in sorted(replaced.items()))
        yield f"文件里有部首和兼容字形，已换成普通的字：{forms}。"
    recognised = [page.lines.number for page in pages if page.is_recognised]
    if recognised:
        yield f"第{recognised[0]}页等 {len(recognised)} 页是扫描件，文字是识别（OCR）出来的，请逐字核对。"
