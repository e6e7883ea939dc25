"""The preflight report (印前检查): what printers ask before they make plates, answered from the file itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from jinja2 import Environment

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.page_format import BLEED, MM
from liulin_gazette.pdf.editions.print_edition import SLUG, PressEdition, PressPage
from liulin_gazette.pdf.write.pictures import PRESS_CONDITION
from liulin_gazette.rendering.templating import issue_name

MIN_RESOLUTION = 200
"""Pixels per inch below which a picture looks coarse on paper; printers ask for 300."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in the report; its fields are keys of the JSON file."""

    sheet: int
    """Number of the page (面) in binding order, from 1."""
    name: str
    side: str
    """右 or 左."""
    inks: str
    note: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """The report; its fields are the keys of the JSON file."""

    title: str
    total: int
    """总期号."""
    pages: int
    sheets: int
    """Sheets of four pages."""
    blank_pages: int
    trim: str
    bleed: str
    media: str
    gutter: str
    standard: str
    condition: str
    faces: tuple[str, ...]
    colour_pages: tuple[int, ...]
    black_pages: int
    lowest_resolution: int
    """Pixels per inch; 0 when there are no pictures."""
    binding: str
    paper: str
    sha256: str
    lines: tuple[PageLine, ...]
    warnings: tuple[str, ...]


def preflight_report(publication: Publication, issue: Issue, edition: PressEdition) -> Preflight:
    """Return the preflight report of ``edition``."""
    pages = edition.pages
    width, height = pages[0].trim
    printing = publication.printing
    resolutions = [value for page in pages for value in page.resolutions]
    return Preflight(
        title=f"{publication.name} {issue_name(issue)}",
        total=issue.total,
        pages=len(pages),
        sheets=len(pages) // 4,
        blank_pages=sum(page.book_page.part.name == "blank" for page in pages),
        trim=_size(width, height),
        bleed=f"四边各 {round(BLEED / MM):g} mm",
        media=_size(width + 2 * SLUG, height + 2 * SLUG),
        gutter=f"版心离开订口 {printing.gutter_shift:g} mm",
        standard="PDF/X-4（ISO 15930-7）",
        condition=PRESS_CONDITION,
        faces=edition.faces,
        colour_pages=tuple(number for number, page in enumerate(pages, 1) if set(page.inks) - {"K"}),
        black_pages=sum(page.inks == "K" for page in pages),
        lowest_resolution=min(resolutions, default=0),
        binding=printing.binding,
        paper=printing.paper,
        sha256=hashlib.sha256(edition.pdf).hexdigest(),
        lines=tuple(_line(number, page) for number, page in enumerate(pages, 1)),
        warnings=tuple(_warnings(publication, pages)),
    )


def json_report(report: Preflight) -> bytes:
    """Return ``report`` as JSON, for programs."""
    return (json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n").encode()


def html_report(report: Preflight, environ: Environment) -> bytes:
    """Return ``report`` as a page to read and to print."""
    return environ.get_template("print/preflight.html").render(report=report).encode()


PART_NAMES = {
    "cover": "封面",
    "inside-cover": "封二（版权页）",
    "masthead": "刊头",
    "contents": "目录",
    "back-cover": "封底",
    "blank": "空白",
}


def _line(number: int, page: PressPage) -> PageLine:
    book_page = page.book_page
    name = PART_NAMES.get(book_page.part.name) or f"第 {book_page.number} 页"
    notes = ["横排，表头在左"] if book_page.page.landscape else []
    notes += [f"图片 {value} ppi" for value in page.resolutions]
    return PageLine(number, name, "右" if number % 2 else "左", page.inks or "—", "；".join(notes))


def _warnings(publication: Publication, pages: tuple[PressPage, ...]) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        for value in page.resolutions:
            if value < MIN_RESOLUTION:
                yield f"第 {number} 面有一幅图片只有 {value} ppi，印出来会模糊；请换成 300 ppi 以上的原图。"
    if publication.site_url_is_placeholder:
        yield "封面和各篇的二维码还是占位网址，不能付印。"


def _size(width: float, height: float) -> str:
    return f"{width / MM:.1f} × {height / MM:.1f} mm"
