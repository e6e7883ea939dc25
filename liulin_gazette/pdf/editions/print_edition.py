"""Files for the press: PDF/X-4 (ISO 15930-7) with bleed and crop marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.model.press import SPOT, Press
from liulin_gazette.pdf.composition.page_format import BLEED, MM
from liulin_gazette.pdf.editions.reading_edition import add_output_intent, finish_pdf
from liulin_gazette.pdf.write import pictures, xmp
from liulin_gazette.pdf.write.book import BookPage, Part, book_pages
from liulin_gazette.pdf.write.colour_profiles import CUSTOM, PressCondition
from liulin_gazette.pdf.write.inks import BLACK, Cmyk, ink_converter, press_colours, red_inks
from liulin_gazette.pdf.write.objects import FAST, add, dictionary, stream
from liulin_gazette.pdf.write.page_content import Drawings, add_resources, page_operators, upright_size
from liulin_gazette.pdf.write.press_pictures import PictureInks
from liulin_gazette.rendering.templates import Templates

SLUG = 10 * MM
"""pt: width of the slug area around the trimmed page, which holds the crop marks."""
MARK_LENGTH, MARK_OFFSET = 5 * MM, 4 * MM
"""pt: length of a crop mark, and its distance from the trim, which is larger than the bleed."""
MARK_WIDTH = 0.25
"""pt: line width of a crop mark."""
VERSION = b"1.6"
_CMYK_OPERATOR = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) [kK](?=\n|$)")
_SPOT_OPERATOR = re.compile(rb"\n/Spot (?:cs|CS) ")


@dataclass(frozen=True, slots=True)
class PressPicture:
    """A picture on a page of a file for the press."""

    resolution: int
    """Pixels per inch at its printed size."""
    inks: PictureInks


@dataclass(frozen=True, slots=True)
class PressPage:
    """A page of a file for the press as the preflight report describes it."""

    book_page: BookPage
    trim: tuple[float, float]
    """Width and height of the trim box in pt."""
    inks: str
    """The inks, and so the plates, that it needs: those letters of CMYK."""
    has_spot: bool
    """Whether it needs the plate of the spot ink too."""
    total_ink: int
    """The most ink at one place, in percent."""
    pictures: tuple[PressPicture, ...]


@dataclass(frozen=True, slots=True)
class PressEdition:
    """A file for the press, and what the preflight report says of it."""

    pdf: bytes
    pages: tuple[PressPage, ...]
    faces: tuple[str, ...]
    """Names of the embedded faces."""
    condition: PressCondition
    """What its inks are meant for."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A page of the book on a sheet of a file for the press."""

    book_page: BookPage
    shift: float = 0.0
    """pt by which its content is moved to the right of where the layout has it."""
    left: float = 0.0
    """pt from the left edge of the trimmed sheet to the page."""
    clip: tuple[float, float] | None = None
    """pt from the left edge of the trimmed sheet: what of it is drawn where other pages adjoin; None for all."""
    scale: float = 1.0
    """By how much it is enlarged, about the middle of the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a file for the press: one page of the book, or several side by side."""

    width: float
    height: float
    placements: tuple[Placement, ...]
    folds: tuple[float, ...] = ()
    """pt from the left edge to each fold, which has marks too."""


@dataclass(frozen=True, slots=True)
class PressJob:
    """What all files of an issue for the press have in common."""

    metadata: xmp.Metadata
    templates: Templates
    environ: Environment
    press: Press
    condition: PressCondition


def press_edition(parts: Sequence[Part], drawings: Drawings, shift: float, job: PressJob) -> PressEdition:
    """Return the print edition of ``parts``, which are in binding order, page by page.

    ``shift`` is how far, in pt, the type area moves away from the spine.
    """
    sheets = [
        Sheet(*upright_size(page.page), (Placement(page, gutter_shift(page, index, shift)),))
        for index, page in enumerate(book_pages(parts), 1)
    ]
    return sheets_edition(sheets, parts, drawings, job)


def sheets_edition(
    sheets: Sequence[Sheet], parts: Sequence[Part], drawings: Drawings, job: PressJob
) -> PressEdition:
    """Return the file for the press of ``sheets``, whose pages are of ``parts``."""
    press, condition = job.press, job.condition
    pdf: Any = pydyf.PDF()
    picture_inks: dict[bytes, PictureInks] = {}

    def add_picture(pdf: Any, file: bytes, width: float) -> Any:
        image, picture_inks[file] = pictures.add_press_picture(pdf, file, width, condition, press.total_ink)
        return image

    colours = red_inks(press_colours(job.templates.read_text("tokens.css")), press.red)
    to_inks = ink_converter(colours, condition, press.total_ink, press.red)
    to_black = ink_converter(dict.fromkeys(colours, BLACK), condition, press.total_ink, press.red)
    resources = add_resources(pdf, parts, drawings, add_picture, "PPPPPP")
    spaces = {"All": _separation(pdf, "All", (1, 1, 1, 1))}
    if press.red == SPOT:
        spaces["Spot"] = _separation(pdf, press.spot_name, next(iter(colours.values())))
    resources["ColorSpace"] = dictionary(spaces)
    pages: list[PressPage] = []
    for sheet in sheets:
        drawn: list[bytes] = []
        for placement in sheet.placements:
            page = placement.book_page
            is_black = press.is_masthead_black and page.part.name == "masthead"
            convert = to_black if is_black else to_inks
            operators = page_operators(page, drawings, _origin(placement), convert)
            drawn.append(_placed(operators, sheet, placement))
        operators = b"\n".join(filter(None, drawn))
        pages.append(_press_page(sheet, operators, picture_inks))
        marks = crop_marks(sheet.width, sheet.height, sheet.folds)
        content = add(pdf, stream(marks + b"\n" + operators, level=FAST))
        trim = (SLUG, SLUG, SLUG + sheet.width, SLUG + sheet.height)
        pdf.add_page(
            dictionary(
                {
                    "Type": "/Page",
                    "Parent": pdf.pages.reference,
                    "MediaBox": _box(0, 0, sheet.width + 2 * SLUG, sheet.height + 2 * SLUG),
                    "BleedBox": _box(trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED),
                    "TrimBox": _box(*trim),
                    "Contents": content.reference,
                    "Resources": resources.reference,
                }
            )
        )
    info = condition.description or condition.own_file if condition.identifier == CUSTOM else ""
    add_output_intent(pdf, "GTS_PDFX", condition.identifier, condition.profile, 4, info)
    file = finish_pdf(pdf, job.metadata, job.environ, "print", VERSION)
    return PressEdition(file, tuple(pages), tuple(face.name for face in drawings.faces.values()), condition)


def gutter_shift(book_page: BookPage, index: int, shift: float) -> float:
    """Return how far ``book_page`` moves to the right, in pt, so that it is ``shift`` farther from the spine.

    ``index`` counts the pages from 1, which is a right-hand page. The cover, the back cover and blank pages do not move.
    """
    if book_page.part.name in ("cover", "back-cover", "blank"):
        return 0.0
    return shift if index % 2 else -shift


def _press_page(sheet: Sheet, operators: bytes, picture_inks: Mapping[bytes, PictureInks]) -> PressPage:
    """Return what the preflight report says of ``sheet``, drawn by ``operators``."""
    drawn = [
        PressPicture(pictures.resolution(pictures.width_in_pixels(file), width), picture_inks[file])
        for placement in sheet.placements
        for name, (width, _) in placement.book_page.page.pictures.items()
        for file in (placement.book_page.part.layout.pictures[name],)
    ]
    has_spot = bool(_SPOT_OPERATOR.search(operators))
    used = {ink for picture in drawn for ink in picture.inks.inks}
    total = 100.0 if has_spot else 0.0
    for match in _CMYK_OPERATOR.finditer(operators):
        values = [float(value) for value in match.groups()]
        used |= {ink for ink, value in zip("CMYK", values, strict=True) if value > 0}
        total = max(total, 100 * sum(values))
    inks = "".join(ink for ink in "CMYK" if ink in used)
    return PressPage(
        sheet.placements[-1].book_page,
        (sheet.width, sheet.height),
        inks or ("K" if operators and not has_spot else ""),
        has_spot,
        max([round(total), *(picture.inks.total for picture in drawn)]),
        tuple(drawn),
    )


def _origin(placement: Placement) -> tuple[float, float]:
    """Return where the lower left corner of the page is drawn, before it is enlarged."""
    if placement.scale != 1:
        return 0.0, 0.0
    return SLUG + placement.left + placement.shift, SLUG


def _placed(operators: bytes, sheet: Sheet, placement: Placement) -> bytes:
    """Return ``operators`` enlarged as ``placement`` says, and drawn within its clip only."""
    if not operators:
        return operators
    before: list[bytes] = []
    if placement.clip is not None:
        left, right = placement.clip
        area = (
            f"{SLUG + left:.3f} {SLUG - BLEED:.3f} {right - left:.3f} {sheet.height + 2 * BLEED:.3f} re\nW\nn"
        )
        before.append(area.encode())
    if placement.scale != 1:
        width, height = upright_size(placement.book_page.page)
        x = SLUG + placement.left + placement.shift + (1 - placement.scale) * width / 2
        y = SLUG + (1 - placement.scale) * height / 2
        before.append(f"{placement.scale:.4f} 0 0 {placement.scale:.4f} {x:.3f} {y:.3f} cm".encode())
    return b"\n".join((b"q", *before, operators, b"Q")) if before else operators


def crop_marks(width: float, height: float, folds: Sequence[float] = ()) -> bytes:
    """Return the operators of the marks of a page of ``width`` × ``height`` pt, printed from every plate.

    They show where it is trimmed, and where it is folded: ``folds`` pt from the left edge.
    """
    left, bottom, right, top = SLUG, SLUG, SLUG + width, SLUG + height
    start, end = MARK_OFFSET, MARK_OFFSET + MARK_LENGTH
    lines: list[tuple[float, float, float, float]] = []
    for x, sign in ((left, -1), (right, 1)):
        lines += [(x + sign * start, y, x + sign * end, y) for y in (bottom, top)]
    for y, sign in ((bottom, -1), (top, 1)):
        lines += [(x, y + sign * start, x, y + sign * end) for x in (left, right)]
    for fold in folds:
        x = left + fold
        lines += [(x, y + sign * start, x, y + sign * end) for y, sign in ((bottom, -1), (top, 1))]
    strokes = "\n".join(f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S" for x1, y1, x2, y2 in lines)
    return f"q\n/All CS 1 SCN {MARK_WIDTH:g} w\n{strokes}\nQ".encode()


def _separation(pdf: Any, name: str, inks: Cmyk) -> Any:
    """Return the colour space of the ink ``name`` (ISO 32000-1 §8.6.6.4); ``inks`` stand in for it where it is not at hand.

    The ink All is on every plate.
    """
    tint = add(
        pdf,
        dictionary(
            {
                "FunctionType": 2,
                "Domain": pydyf.Array([0, 1]),
                "C0": pydyf.Array([0, 0, 0, 0]),
                "C1": pydyf.Array(list(inks)),
                "N": 1,
            }
        ),
    )
    return pydyf.Array(["/Separation", "/" + _name(name), "/DeviceCMYK", tint.reference])


def _name(text: str) -> str:
    """Return ``text`` as the name of a PDF object, without its slash (ISO 32000-1 §7.3.5)."""
    return "".join(
        chr(byte) if chr(byte).isalnum() and byte < 128 else f"#{byte:02X}" for byte in text.encode()
    )


def _box(*values: float) -> Any:
    return pydyf.Array([round(value, 3) for value in values])
