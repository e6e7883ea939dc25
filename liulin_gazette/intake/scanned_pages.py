"""Scanned PDFs: which pages have no text, their pictures for the office's own text recognition (OCR), and their text."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from liulin_gazette.intake.file_kinds import Kind, kind_of
from liulin_gazette.intake.limited_reading import (
    READING,
    READING_PAGES,
    call_in,
    call_within_limits,
    read_within_limits,
)
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.ocr_command import RESOLUTION, OcrCommand, recognised_pages
from liulin_gazette.intake.open_file import Progress
from liulin_gazette.intake.pdf_files.pdf_file import (
    MAX_PAGES,
    MIN_CHARACTERS,
    UNREADABLE,
    Scan,
    opened_pdf,
    read_pdf,
)
from liulin_gazette.spawning.limited_process import LimitedProcess

MAX_EDGE = 1_700
"""Longest edge in pt of a page that becomes a picture: A2."""
_POINTS = 72
"""pt an inch."""

Tell = Callable[[int, int], None]
"""Is told how many pages of how many text recognition has read."""


def read_recognising(
    name: str,
    suffix: str,
    content: bytes,
    *,
    command: OcrCommand | None,
    progress: Progress | None,
    tell: Tell,
    max_pages: int = MAX_PAGES,
) -> Manuscript:
    """Return the ``content`` of the file ``name``; the pages of a PDF without text as ``command`` reads them.

    Raises IntakeError. ``progress``, a function of a module, is called in the process that reads.
    """
    if kind_of(suffix, content) is not Kind.PDF:
        return read_within_limits(name, suffix, content, progress=progress)
    scan = Scan(max_pages=max_pages)
    if command is not None:
        scan = _recognised(name, content, command, max_pages, tell)
    return call_within_limits(name, READING_PAGES, read_pdf, name, content, progress, scan)


def _recognised(name: str, content: bytes, command: OcrCommand, max_pages: int, tell: Tell) -> Scan:
    """Return what ``command`` reads on the pages of a PDF that have no text. Raises IntakeError."""
    with tempfile.TemporaryDirectory() as folder, LimitedProcess(READING, (IntakeError,)) as process:
        file = Path(folder) / "source.pdf"
        file.write_bytes(content)
        ask = partial(call_in, process, name, READING)
        pages, sizes = ask(pages_without_text, name, file, max_pages)
        if not sizes:
            return Scan(max_pages=max_pages)

        def render(page: int) -> bytes:
            return ask(page_picture, name, file, page, max_pages)

        try:
            items = recognised_pages(command, content, tuple(sizes), pages, render, tell)
        except IntakeError as error:
            raise IntakeError(f"{name} {error.message}", error.hint) from error
    return Scan(items, sizes, max_pages)


def pages_without_text(name: str, file: Path, max_pages: int) -> tuple[int, dict[int, tuple[float, float]]]:
    """Return the number of pages of the PDF ``file``, and those that have a picture and hardly any text.

    The latter are numbers with width and height in pt, as a reader holds the page. Raises IntakeError.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = opened_pdf(name, file, max_pages)
    wanted: dict[int, tuple[float, float]] = {}
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            text = page.get_textpage()
            characters = "".join(text.get_text_range().split())
            text.close()
            pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
            if len(characters) < MIN_CHARACTERS and any(True for _ in pictures):
                wanted[number] = page.get_size()
            page.close()
        except (pypdfium2.PdfiumError, *UNREADABLE) as error:
            raise IntakeError(f"{name} 第 {number} 页已损坏，读不出来。请重新取一份。") from error
    return len(document), wanted


def page_picture(name: str, file: Path, number: int, max_pages: int) -> bytes:
    """Return page ``number`` of the PDF ``file`` as a PNG of ``RESOLUTION``, as a reader holds it. Raises IntakeError."""
    import pypdfium2

    document = opened_pdf(name, file, max_pages)
    try:
        page = document[number - 1]
        if max(page.get_size()) > MAX_EDGE:
            raise IntakeError(f"{name} 第 {number} 页比 A2 纸还大，没有做 OCR。请缩小或拆开再试。")
        picture = page.render(scale=RESOLUTION / _POINTS).to_pil().convert("L")
    except (pypdfium2.PdfiumError, *UNREADABLE) as error:
        raise IntakeError(f"{name} 第 {number} 页已损坏，读不出来。请重新取一份。") from error
    content = io.BytesIO()
    picture.save(content, "PNG", dpi=(RESOLUTION, RESOLUTION))
    return content.getvalue()
