"""Citations of other documents: 《title》（number), and numbers alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model.document_number import DocumentNumber

_NUMBER = re.compile(r"(?P<code>[一-鿿]{2,12})〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,4})号")


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
    if "〔" not in text:
        return
    for found in _NUMBER.finditer(text):
        before = text[: found.start()]
        title = ""
        if before.endswith(("》（", "》")):
            title = _last_title(before.rstrip("（"))
        number = DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))
        yield Citation(title, number, found.start())


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
