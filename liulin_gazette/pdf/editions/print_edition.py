"""The print edition: PDF/X-4 (ISO 15930-7), with bleed and crop marks, its pages filled to whole sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.composition.page_format import BLEED, MM
from liulin_gazette.pdf.editions.reading_edition import add_output_intent, finished
from liulin_gazette.pdf.write import pictures, xmp
from liulin_gazette.pdf.write.book import BookPage, Part, book_pages
from liulin_gazette.pdf.write.inks import in_inks, press_colours
from liulin_gazette.pdf.write.objects import FAST, add, dictionary, stream
from liulin_gazette.pdf.write.sheets import Drawings, add_resources, drawing, upright
from liulin_gazette.rendering.templates import Templates

SLUG = 10 * MM
"""pt around the trimmed page, for the marks."""
MARK, MARK_GAP = 5 * MM, 4 * MM
"""pt: length of a crop mark, and how far outside the trim (and so outside the bleed) it begins."""
MARK_WIDTH = 0.25
VERSION = b"1.6"
_INKS = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) [kK](?=\n|$)")


@dataclass(frozen=True, slots=True)
class PressPage:
    """What a plate-maker wants to know of one page."""

    sheet: BookPage
    trim: tuple[float, float]
    """Width and height in pt."""
    inks: str
    """The plates it needs, of CMYK."""
    resolutions: tuple[int, ...]
    """Pixels per inch of each picture, as printed."""


@dataclass(frozen=True, slots=True)
class PressEdition:
    """The file for the plate, and what is in it."""

    pdf: bytes
    pages: tuple[PressPage, ...]
    faces: tuple[str, ...]


def press_edition(
    parts: Sequence[Part],
    drawn: Drawings,
    metadata: xmp.Metadata,
    templates: Templates,
    environ: Environment,
    shift: float,
) -> PressEdition:
    """Return ``parts``, in binding order, for the plate.

    ``shift`` is how far, in pt, the type area moves away from the spine.
    """
    pdf: Any = pydyf.PDF()
    coloured = in_inks(press_colours(templates.read_text("tokens.css")))
    resources = add_resources(pdf, parts, drawn, pictures.add_press_picture, "PPPPPP")
    resources["ColorSpace"] = dictionary({"All": _registration(pdf)})
    pages: list[PressPage] = []
    for index, sheet in enumerate(book_pages(parts), 1):
        width, height = upright(sheet.page)
        operators = drawing(sheet, drawn, (SLUG + inward(sheet, index, shift), SLUG), coloured)
        pages.append(PressPage(sheet, (width, height), inks(operators, sheet), _resolutions(sheet)))
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
    file = finished(pdf, metadata, environ, "print", VERSION)
    return PressEdition(file, tuple(pages), tuple(face.name for face in drawn.faces.values()))


def inward(sheet: BookPage, index: int, shift: float) -> float:
    """Return how far the ``index``-th page (from 1, a right-hand one) moves, in pt: away from the spine.

    Covers stay where they are.
    """
    if sheet.part.name in ("cover", "back-cover", "blank"):
        return 0.0
    return shift if index % 2 else -shift


def inks(operators: bytes, sheet: BookPage) -> str:
    """Return the plates that a page needs, of CMYK; a picture may need them all."""
    if sheet.page.pictures:
        return "CMYK"
    used = [False] * 4
    for found in _INKS.finditer(operators):
        used = [before or float(ink) > 0 for before, ink in zip(used, found.groups(), strict=True)]
    return "".join(name for name, is_used in zip("CMYK", used, strict=True) if is_used) or (
        "K" if operators else ""
    )


def crop_marks(width: float, height: float) -> bytes:
    """Return the marks at the corners of a page of ``width`` × ``height`` pt, printed from every plate."""
    left, bottom, right, top = SLUG, SLUG, SLUG + width, SLUG + height
    lines: list[tuple[float, float, float, float]] = []
    for x, out in ((left, -1), (right, 1)):
        lines += [(x + out * MARK_GAP, y, x + out * (MARK_GAP + MARK), y) for y in (bottom, top)]
    for y, out in ((bottom, -1), (top, 1)):
        lines += [(x, y + out * MARK_GAP, x, y + out * (MARK_GAP + MARK)) for x in (left, right)]
    drawn = "\n".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    return f"q\n/All CS 1 SCN {MARK_WIDTH:g} w\n{drawn}\nQ".encode()


def _resolutions(sheet: BookPage) -> tuple[int, ...]:
    return tuple(
        pictures.resolution(pictures.width_in_pixels(sheet.part.layout.pictures[name]), width)
        for name, (width, _) in sheet.page.pictures.items()
    )


def _registration(pdf: Any) -> Any:
    """Return the colour that is on every plate (ISO 32000-1 §8.6.6.4)."""
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
