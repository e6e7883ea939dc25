"""Pictures of the pages of a PDF, each made when it is first looked at: the page with the cursor is not to wait for others."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Generator, Sequence
from typing import Any, overload

from liulin_gazette.desk.printed_blocks import RESOLUTION

_DRAWING = threading.Lock()
"""Held while a PDF is open."""


class PagePictures(Sequence[bytes]):
    """The pages of a PDF as PNG. Several threads may look at them."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        with _opened(pdf) as document:
            self._pictures: list[bytes | None] = [None] * len(document)

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
        picture = self._pictures[index]
        if picture is None:
            picture = self._pictures[index] = self._drawn(range(len(self))[index])
        return picture

    def _drawn(self, number: int) -> bytes:
        with _opened(self._pdf) as document:
            page: Any = document[number]
            picture = page.render(scale=RESOLUTION / 72).to_pil()
            page.close()
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
        return out.getvalue()


@contextlib.contextmanager
def _opened(pdf: bytes) -> Generator[Any]:
    """Yield ``pdf`` opened, and close it: PDFium is not made for threads, so nothing of it is left for another one."""
    import pypdfium2

    with _DRAWING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
