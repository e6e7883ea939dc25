"""Citations of other documents: 《title》（number）, or a number alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model.document_number import DocumentNumber, numbers_in


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number in running text, with the title that precedes it."""

    title: str
    """Without its 《》; empty if the number stands alone."""
    number: DocumentNumber
    start: int
    """Offset of the number in the text."""


def citations(text: str) -> Iterator[Citation]:
    """Yield the citations in ``text``, in order."""
    for number, start in numbers_in(text):
        before = text[:start]
        title = _last_title(before.rstrip("（")) if before.endswith(("》（", "》")) else ""
        yield Citation(title, number, start)


def _last_title(text: str) -> str:
    """Return what stands between the 》 at the end of ``text`` and the matching 《; empty if there is none."""
    depth = 0
    for offset in range(len(text) - 1, -1, -1):
        if text[offset] == "》":
            depth += 1
        elif text[offset] == "《":
            depth -= 1
            if depth == 0:
                return text[offset + 1 : -1]
    return ""
