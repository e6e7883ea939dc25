"""The booklet: two pages side by side on sheets to be folded and stapled, for an office's own printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.editions.print_edition import inward
from liulin_gazette.pdf.editions.reading_edition import VERSION, finished
from liulin_gazette.pdf.write import pictures, xmp
from liulin_gazette.pdf.write.book import Part, book_pages
from liulin_gazette.pdf.write.objects import FAST, add, stream
from liulin_gazette.pdf.write.sheets import Drawings, add_resources, drawing, upright


def signature(count: int) -> list[tuple[int, int]]:
    """Return the pages (from 1) on the left and the right of each side of the sheets, front then back.

    ``count`` is a multiple of four. Raises ValueError when it is not.
    """
    if count % 4:
        raise ValueError(f"{count} pages do not fill sheets of four")
    sides: list[tuple[int, int]] = []
    for sheet in range(count // 4):
        first, last = 2 * sheet + 1, count - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides


def booklet_pdf(
    parts: Sequence[Part], drawn: Drawings, metadata: xmp.Metadata, environ: Environment, shift: float
) -> bytes:
    """Return ``parts``, in binding order, two to a side; print on both sides, flipped on the short edge."""
    pdf: Any = pydyf.PDF()
    resources = add_resources(pdf, parts, drawn, pictures.add_screen_picture, "BBBBBB")
    sheets = tuple(book_pages(parts))
    width, height = upright(sheets[0].page)
    for left, right in signature(len(sheets)):
        operators = b"\n".join(
            drawing(sheets[page - 1], drawn, (inward(sheets[page - 1], page, shift) + offset, 0))
            for page, offset in ((left, 0.0), (right, width))
        )
        content = add(pdf, stream(operators, level=FAST))
        pdf.add_page(
            pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": pdf.pages.reference,
                    "MediaBox": pydyf.Array([0, 0, 2 * width, height]),
                    "Contents": content.reference,
                    "Resources": resources.reference,
                }
            )
        )
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"Duplex": "/DuplexFlipShortEdge"})
    return finished(pdf, metadata, environ, "booklet", VERSION)
