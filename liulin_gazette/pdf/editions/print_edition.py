"""The print edition for the press: PDF/X-4 (ISO 15930-7) with bleed and crop marks, in whole sheets of four pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.composition.page_format import BLEED, MM
from liulin_gazette.pdf.editions.reading_edition import add_output_intent, finish_pdf
from liulin_gazette.pdf.write import pictures, xmp
from liulin_gazette.pdf.write.book import BookPage, Part, book_pages
from liulin_gazette.pdf.write.inks import ink_converter, press_colours
from liulin_gazette.pdf.write.objects import FAST, add, dictionary, stream
from liulin_gazette.pdf.write.page_content import Drawings, add_resources, page_operators, upright_size
from liulin_gazette.rendering.templates import Templates

SLUG = 10 * MM
"""pt: width of the slug area around the trimmed page, which holds the crop marks."""
MARK_LENGTH, MARK_OFFSET = 5 * MM, 4 * MM
"""pt: length of a crop mark, and its distance from the trim, which is larger than the bleed."""
MARK_WIDTH = 0.25
"""pt: line width of a crop mark."""
VERSION = b"1.6"
_CMYK_OPERATOR = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) [kK](?=\n|$)")


@dataclass(frozen=True, slots=True)
class PressPage:
    """A page of the print edition as the preflight report describes it."""

    book_page: BookPage
    trim: tuple[float, float]
    """Width and height of the trim box in pt."""
    inks: str
    """The inks, and so the plates, that it needs: those letters of CMYK."""
    resolutions: tuple[int, ...]
    """Pixels per inch of each picture at its printed size."""


@dataclass(frozen=True, slots=True)
class PressEdition:
    """The file for the press, and what the preflight report says of it."""

    pdf: bytes
    pages: tuple[PressPage, ...]
    faces: tuple[str, ...]
    """Names of the embedded faces."""


def press_edition(
    parts: Sequence[Part],
    drawings: Drawings,
    metadata: xmp.Metadata,
    templates: Templates,
    environ: Environment,
    shift: float,
) -> PressEdition:
    """Return the print edition of ``parts``, which are in binding order.

    ``shift`` is how far, in pt, the type area moves away from the spine.
    """
    pdf: Any = pydyf.PDF()
    to_inks = ink_converter(press_colours(templates.read_text("tokens.css")))
    resources = add_resources(pdf, parts, drawings, pictures.add_press_picture, "PPPPPP")
    resources["ColorSpace"] = dictionary({"All": _registration_colour(pdf)})
    pages: list[PressPage] = []
    for index, book_page in enumerate(book_pages(parts), 1):
        width, height = upright_size(book_page.page)
        move = (SLUG + gutter_shift(book_page, index, shift), SLUG)
        operators = page_operators(book_page, drawings, move, to_inks)
        inks = inks_in_use(operators, book_page)
        pages.append(PressPage(book_page, (width, height), inks, _resolutions(book_page)))
        content = add(pdf, stream(crop_marks(width, height) + b"\n" + operators, level=FAST))
        trim = (SLUG, SLUG, SLUG + width, SLUG + height)
        pdf.add_page(
            dictionary(
                {
                    "Type": "/Page",
                    "Parent": pdf.pages.reference,
                    "MediaBox": _box(0, 0, width + 2 * SLUG, height + 2 * SLUG),
                    "BleedBox": _box(trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED),
                    "TrimBox": _box(*trim),
                    "Contents": content.reference,
                    "Resources": resources.reference,
                }
            )
        )
    profile = pictures.PRESS_PROFILE.read_bytes()
    add_output_intent(pdf, "GTS_PDFX", pictures.PRESS_CONDITION, profile, 4)
    file = finish_pdf(pdf, metadata, environ, "print", VERSION)
    return PressEdition(file, tuple(pages), tuple(face.name for face in drawings.faces.values()))


def gutter_shift(book_page: BookPage, index: int, shift: float) -> float:
    """Return how far ``book_page`` moves to the right, in pt, so that it is ``shift`` farther from the spine.

    ``index`` counts the pages from 1, which is a right-hand page. The cover, the back cover and blank pages do not move.
    """
    if book_page.part.name in ("cover", "back-cover", "blank"):
        return 0.0
    return shift if index % 2 else -shift


def inks_in_use(operators: bytes, book_page: BookPage) -> str:
    """Return the inks that ``book_page``, drawn by ``operators``, needs: letters of CMYK. A picture may need all."""
    if book_page.page.pictures:
        return "CMYK"
    used = [False] * 4
    for match in _CMYK_OPERATOR.finditer(operators):
        used = [is_used or float(ink) > 0 for is_used, ink in zip(used, match.groups(), strict=True)]
    return "".join(name for name, is_used in zip("CMYK", used, strict=True) if is_used) or (
        "K" if operators else ""
    )


def crop_marks(width: float, height: float) -> bytes:
    """Return the operators of the crop marks of a page of ``width`` × ``height`` pt, printed from every plate."""
    left, bottom, right, top = SLUG, SLUG, SLUG + width, SLUG + height
    start, end = MARK_OFFSET, MARK_OFFSET + MARK_LENGTH
    lines: list[tuple[float, float, float, float]] = []
    for x, sign in ((left, -1), (right, 1)):
        lines += [(x + sign * start, y, x + sign * end, y) for y in (bottom, top)]
    for y, sign in ((bottom, -1), (top, 1)):
        lines += [(x, y + sign * start, x, y + sign * end) for x in (left, right)]
    strokes = "\n".join(f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S" for x1, y1, x2, y2 in lines)
    return f"q\n/All CS 1 SCN {MARK_WIDTH:g} w\n{strokes}\nQ".encode()


def _resolutions(book_page: BookPage) -> tuple[int, ...]:
    return tuple(
        pictures.resolution(pictures.width_in_pixels(book_page.part.layout.pictures[name]), width)
        for name, (width, _) in book_page.page.pictures.items()
    )


def _registration_colour(pdf: Any) -> Any:
    """Return the colour space All, whose colours are on every plate (ISO 32000-1 §8.6.6.4)."""
    tint = add(
        pdf,
        dictionary(
            {
                "FunctionType": 2,
                "Domain": pydyf.Array([0, 1]),
                "C0": pydyf.Array([0, 0, 0, 0]),
                "C1": pydyf.Array([1, 1, 1, 1]),
                "N": 1,
            }
        ),
    )
    return pydyf.Array(["/Separation", "/All", "/DeviceCMYK", tint.reference])


def _box(*values: float) -> Any:
    return pydyf.Array([round(value, 3) for value in values])
