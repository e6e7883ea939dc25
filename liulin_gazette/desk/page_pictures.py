"""Pictures of the pages of a PDF, each made when it is first looked at: the page with the cursor is not to wait for others."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from typing import Any, overload

from liulin_gazette.desk.printed_blocks import RESOLUTION

_DRAWING = threading.Lock()
"""Held while a page is drawn: PDFium is not made for threads."""


class PagePictures(Sequence[bytes]):
    """The pages of a PDF as PNG. Several threads may look at them."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        with _DRAWING:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self._pictures: list[bytes | None] = [None] * len(self._document)

    def __len__(self) -> int:
        return len(self._pictures)

    @overload
    def __getitem__(self, index: int) -> bytes: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[bytes]: ...

    def __getitem__(self, index: int | slice) -> bytes | Sequence[bytes]:
        """Return the picture of the page at ``index``, from 0 on. Raises IndexError."""
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        with _DRAWING:
            picture = self._pictures[index]
            if picture is None:
                picture = self._pictures[index] = self._drawn(range(len(self))[index])
        return picture

    def _drawn(self, number: int) -> bytes:
        page: Any = self._document[number]
        out = io.BytesIO()
        page.render(scale=RESOLUTION / 72).to_pil().save(out, "PNG", compress_level=1)
        page.close()
        return out.getvalue()
