"""其他格式: which files beside PDF, data and ZIP the pages of an issue link to, with their sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from liulin_gazette.model.document import Document
from liulin_gazette.model.editions import EPUB, LARGE_PRINT, OFD, POSTER, WORD
from liulin_gazette.model.publication import Issue
from liulin_gazette.web import addresses

FileSizes = Mapping[str, int]
"""Size in bytes of each file of an issue, by path in the site."""
NO_FILES: FileSizes = MappingProxyType({})
OF_ISSUE: tuple[tuple[str, Callable[[Issue], str]], ...] = (
    (OFD, addresses.issue_ofd),
    (EPUB, addresses.issue_epub),
    (LARGE_PRINT, addresses.issue_large_print),
    (POSTER, addresses.issue_poster),
)
"""The formats of whole issues in the order in which pages list them, each with the path of its file."""
OF_DOCUMENT: tuple[tuple[str, Callable[[Issue, Document], str]], ...] = (
    (OFD, addresses.document_ofd),
    (WORD, addresses.document_docx),
)
"""The same of single documents."""


@dataclass(frozen=True, slots=True)
class OtherFormat:
    """A file to which a page links."""

    label: str
    """EPUB, Word, 整期 EPUB."""
    path: str
    """In the site."""
    size: str
    """In words: 86 KB."""


def issue_formats(issue: Issue, files: FileSizes) -> tuple[OtherFormat, ...]:
    """Return the formats of ``issue`` of which ``files`` has a file."""
    return tuple(_existing(((label, path(issue)) for label, path in OF_ISSUE), files))


def document_formats(issue: Issue, document: Document, files: FileSizes) -> tuple[OtherFormat, ...]:
    """Return the formats of ``document``, and of the ``issue`` with it, of which ``files`` has a file."""
    single = ((label, path(issue, document)) for label, path in OF_DOCUMENT)
    whole = ((f"整期 {label}", path(issue)) for label, path in OF_ISSUE)
    return (*_existing(single, files), *_existing(whole, files))


def _existing(formats: Iterator[tuple[str, str]], files: FileSizes) -> Iterator[OtherFormat]:
    for label, path in formats:
        if path in files:
            yield OtherFormat(label, path, size_in_words(files[path]))


def size_in_words(size: int) -> str:
    """Return ``size``, in bytes, as readers know it: 86 KB, 1.2 MB; never 0."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1000))} KB"
