"""The pages of a PDF as pictures, drawn by PDFium, which is not made for threads: one of them uses it at a time.

Foreign PDFs are not opened here but in a limited process, in which they are all that PDFium has open.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator
from typing import Any

PDFIUM = threading.Lock()
"""Held while a PDF is open."""
NO_CUT = (0, 0, 0, 0)


@contextlib.contextmanager
def opened_pdf(pdf: bytes) -> Generator[Any]:
    """Yield ``pdf`` as a document of pypdfium2, and close it; meanwhile no other thread opens one.

    Nothing of the document may be used afterwards.
    """
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_picture(page: Any, scale: float, cut: tuple[float, float, float, float] = NO_CUT) -> Any:
    """Return ``page`` of an opened PDF as a picture of Pillow, in RGB, which PDFium has no part in any more.

    ``scale`` is pixels in a pt; ``cut`` is what is left out at the left, the bottom, the right and the top, in pt.
    """
    return page.render(scale=scale, crop=cut, rev_byteorder=True).to_pil().convert("RGB")
