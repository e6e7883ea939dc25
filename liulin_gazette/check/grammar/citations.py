"""Citations of other documents: 《title》（number), and numbers alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model.document_number import DocumentNumber, numbers_in


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number in running text, with the title before it."""

    title: str
    """Between 《 and 》; empty where the number stands alone."""
    number: DocumentNumber
    start: int
    """Where the number begins."""


def citations(text: str) -> Iterator[Citation]:
    """Yield the citations of ``text``."""
    for number, start in numbers_in(text):
        before = text[:start]
        title = _last_title(before.rstrip("（")) if before.endswith(("》（", "》")) else ""
        yield Citation(title, number, start)


def _last_title(text: str) -> str:
    """Return what stands between the last 》 of ``text``, at its end, and the 《 that opens it."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        if text[at] == "》":
            depth += 1
        elif text[at] == "《":
            depth -= 1
            if depth == 0:
                return text[at + 1 : -1]
    return ""
