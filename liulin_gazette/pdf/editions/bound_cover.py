"""The cover of a perfect-bound issue (胶订): back cover, spine and cover on one sheet, which is folded round the pages."""

from __future__ import annotations

from liulin_gazette.model.press import Press
from liulin_gazette.pdf.composition.page_format import BLEED, MM
from liulin_gazette.pdf.editions.print_edition import Placement, PressEdition, PressJob, Sheet, sheets_edition
from liulin_gazette.pdf.write.book import BookPage, GluedBook, Part
from liulin_gazette.pdf.write.page_content import Drawings, upright_size

THINNEST_SPINE = 3.0
"""mm: glue does not hold fewer pages."""
SPINE_WITH_WORDS = 5.0
"""mm: words on a narrower spine would run over its edges, as folding is not exact to a millimetre."""
_SHARE = 0.55
"""Of the width of the spine, the size of its type at most."""


def spine_width(pages: int, press: Press) -> float:
    """Return the width of the spine in mm, of a book of ``pages`` inner pages, without its cover's own."""
    return round(pages / 2 * press.thickness + 2 * press.cover_thickness, 2)


def bound_cover(
    book: GluedBook,
    spine: Part,
    type_size: float,
    width: float,
    drawings: Drawings,
    job: PressJob,
) -> PressEdition:
    """Return the file of the cover of ``book``, outside and inside; the spine is ``width`` mm wide.

    ``spine`` has the words on it, of ``type_size`` pt, in the middle of a page; they are made smaller for a narrow spine
    and left out on one that is too narrow.
    """
    cover, inside_front, inside_back, back_cover = (BookPage(part, 0) for part in book.cover)
    page_width, height = upright_size(cover.page)
    gap = width * MM
    right = page_width + gap
    left_area, right_area = (-BLEED, page_width), (right, right + page_width + BLEED)
    words: tuple[Placement, ...] = ()
    if width >= SPINE_WITH_WORDS:
        scale = min(1.0, gap * _SHARE / type_size)
        middle = (page_width + gap) / 2
        words = (Placement(BookPage(spine, 0), left=middle, clip=(page_width, right), scale=scale),)
    size = 2 * page_width + gap, height
    folds = (page_width, right)
    outside = (
        Placement(back_cover, clip=left_area),
        *words,
        Placement(cover, left=right, clip=right_area),
    )
    inside = (
        Placement(inside_front, clip=left_area),
        Placement(inside_back, left=right, clip=right_area),
    )
    sheets = (Sheet(*size, outside, folds), Sheet(*size, inside, folds))
    return sheets_edition(sheets, (*book.cover, spine), drawings, job)
