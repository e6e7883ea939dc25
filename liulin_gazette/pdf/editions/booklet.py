"""The booklet: pages imposed two by two on sheets to fold and staple, for an office's own printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.editions.print_edition import gutter_shift
from liulin_gazette.pdf.editions.reading_edition import VERSION, finish_pdf
from liulin_gazette.pdf.write import pictures, xmp
from liulin_gazette.pdf.write.book import Part, book_pages
from liulin_gazette.pdf.write.objects import FAST, add, stream
from liulin_gazette.pdf.write.page_content import Drawings, add_resources, page_operators, upright_size


def imposition(count: int) -> list[tuple[int, int]]:
    """Return the left and right page (from 1) of each side of the sheets, front before back.

    ``count`` is the number of pages. Raises ValueError when it is no multiple of four.
    """
    if count % 4:
        raise ValueError(f"{count} pages do not fill sheets of four")
    sides: list[tuple[int, int]] = []
    for sheet in range(count // 4):
        first, last = 2 * sheet + 1, count - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides


def booklet_pdf(
    parts: Sequence[Part], drawings: Drawings, metadata: xmp.Metadata, environ: Environment, shift: float
) -> bytes:
    """Return the booklet of ``parts``, which are in binding order, as a PDF.

    It is printed on both sides, flipped on the short edge. ``shift`` is how far, in pt, the type area moves away
    from the spine.
    """
    pdf: Any = pydyf.PDF()
    resources = add_resources(pdf, parts, drawings, pictures.add_screen_picture, "BBBBBB")
    pages = tuple(book_pages(parts))
    width, height = upright_size(pages[0].page)
    for left, right in imposition(len(pages)):
        operators = b"\n".join(
            page_operators(
                pages[number - 1], drawings, (gutter_shift(pages[number - 1], number, shift) + offset, 0)
            )
            for number, offset in ((left, 0.0), (right, width))
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
    return finish_pdf(pdf, metadata, environ, "booklet", VERSION)
