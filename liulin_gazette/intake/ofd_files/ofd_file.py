"""OFD files (GB/T 33190-2016): the text by its places on the pages, in lines and paragraphs as those of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from liulin_gazette.intake.manuscript import Manuscript
from liulin_gazette.intake.ofd_files.ofd_account import count_ofd
from liulin_gazette.intake.ofd_files.ofd_package import OfdReader
from liulin_gazette.intake.ofd_files.ofd_page import ofd_page_text
from liulin_gazette.intake.pdf_files.pdf_file import Progress, manuscript_of_pages
from liulin_gazette.intake.pdf_files.pdf_page import PageText


def read_ofd(name: str, content: bytes, progress: Progress | None = None) -> Manuscript:
    """Return the paragraphs of an OFD file. Raises IntakeError if it is locked, damaged, too long or without text."""
    reader = OfdReader(name, content)
    manuscript = manuscript_of_pages(name, _pages(reader), progress)
    remarks = (*manuscript.remarks, *reader.remarks())
    return replace(manuscript, remarks=remarks, count=tuple(count_ofd(content)))


def _pages(reader: OfdReader) -> Iterator[tuple[PageText, int]]:
    """Yield what is on each page, and the number of pages."""
    for number, (page, count) in enumerate(reader.pages(), 1):
        yield ofd_page_text(page, number), count
