"""The booklet: pages imposed two by two on sheets to fold and staple, for an office's own printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.editions.print_edition import gutter_shift
from liulin_gazette.pdf.editions.reading_edition import VERSION, finish_pdf
from liulin_gazette.pdf.write import pictures, xmp
from liulin_gazette.pdf.write.book import BookPage, Part, book_pages
from liulin_gazette.pdf.write.objects import FAST, add, stream
from liulin_gazette.pdf.write.page_content import Drawings, add_resources, page_operators, upright_size

COVER = "cover"
"""The name of the part that is the cover."""


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


def creep(side: int, thickness: float) -> float:
    """Return how far the pages on ``side``, from 0, move towards the spine, in the unit of ``thickness`` of the paper.

    Sheets stick out by the thickness of those around them; the margin that is trimmed or seen there comes from the type.
    """
    return side // 2 * thickness


def booklet_pdf(
    parts: Sequence[Part],
    drawings: Drawings,
    metadata: xmp.Metadata,
    environ: Environment,
    shift: float,
    thickness: float,
    leaves: Sequence[BookPage] = (),
) -> bytes:
    """Return the booklet of ``parts``, which are in binding order, as a PDF.

    ``leaves`` that fold out follow, each on a sheet of its own with an empty back: they are folded and put in.

    It is printed on both sides, flipped on the short edge. ``shift`` is how far, in pt, the type area moves away
    from the spine; ``thickness`` is that of the paper, in pt, for which the pages of inner sheets move back.
    """
    pdf: Any = pydyf.PDF()
    resources = add_resources(
        pdf, (*parts, *(leaf.part for leaf in leaves)), drawings, pictures.add_screen_picture, "BBBBBB"
    )
    pages = tuple(book_pages(parts))
    width, height = upright_size(pages[0].page)
    sides: list[bytes] = []
    for side, (left, right) in enumerate(imposition(len(pages))):
        inwards = creep(side, thickness)
        operators = b"\n".join(
            _half(
                pages[number - 1], drawings, gutter_shift(pages[number - 1], number, shift) + inward, offset
            )
            for number, offset, inward in ((left, 0.0, inwards), (right, width, -inwards))
        )
        sides.append(operators)
    for leaf in leaves:
        sides += [page_operators(leaf, drawings), b""]
    for operators in sides:
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


def _half(page: BookPage, drawings: Drawings, shift: float, offset: float) -> bytes:
    """Return the operators of ``page`` on the half of a sheet that begins at ``offset`` pt, moved by ``shift``.

    A picture on the cover may reach beyond the trim; here it ends there, at the page beside it.
    """
    operators = page_operators(page, drawings, (shift + offset, 0))
    if page.part.name != COVER:
        return operators
    width, height = upright_size(page.page)
    return b"q\n%g 0 %g %g re W n\n%b\nQ" % (offset, width, height, operators)
