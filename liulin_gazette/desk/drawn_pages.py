"""Pictures of the pages of a PDF, each made when it is first looked at: the page with the cursor is not to wait for others."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import overload

from liulin_gazette.desk.printed_blocks import RESOLUTION
from liulin_gazette.rendering.pdf_pages import opened_pdf, page_picture


class PagePictures(Sequence[bytes]):
    """The pages of a PDF as PNG. Several threads may look at them."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        with opened_pdf(pdf) as document:
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
        with opened_pdf(self._pdf) as document:
            picture = page_picture(document[number], RESOLUTION / 72)
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
        return out.getvalue()
