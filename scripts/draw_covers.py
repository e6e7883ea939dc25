"""Draws the three cover styles for docs/排印说明.md, from the first issue in content/: docs/images/covers.png.

    PYTHONPATH=. .venv/bin/python scripts/draw_covers.py

The same content, templates and faces give the same bytes. The picture on the third cover is drawn here: it stands for a
photograph that an office would put there.
"""

from __future__ import annotations

import io
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import (
    HIGHLIGHTS_COVER,
    PICTURE_COVER,
    PLAIN_COVER,
    IssueFaces,
    Picture,
)
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import issue_metadata
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.loader import load_issues
from liulin_gazette.workers.pool import WorkerPool

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "docs/images/covers.png"
STYLES = (HIGHLIGHTS_COVER, PLAIN_COVER, PICTURE_COVER)
PICTURE = "content/cover-picture.png"
"""The name of the picture, which is no file."""
WIDTH, GAP = 360, 24
"""Pixels of a cover, and between two of them."""
COLOURS = 48


def drawn_picture() -> bytes:
    """Return a PNG of hills under a sky: 1600 × 1200 pixels."""
    image = Image.new("RGB", (1600, 1200), (214, 226, 230))
    canvas = ImageDraw.Draw(image)
    for index, colour in enumerate(((168, 190, 190), (120, 152, 146), (78, 116, 104), (46, 82, 70))):
        height = 520 + 150 * index
        ridge = [
            (x, height - round(90 * math.sin(x / (210 + 60 * index) + 1.7 * index) + 40 * math.sin(x / 97)))
            for x in range(0, 1601, 8)
        ]
        canvas.polygon([*ridge, (1600, 1200), (0, 1200)], fill=colour)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def in_style(gazette: Gazette, issue: Issue, name: str) -> tuple[Gazette, Issue]:
    """Return ``gazette`` and ``issue`` with the cover style ``name``, and with a picture where it needs one."""
    styled = replace(gazette, printing=replace(gazette.printing, cover_style=name))
    picture = Picture(PICTURE, "山峦", "县城东山（示意图）") if name == PICTURE_COVER else None
    return styled, replace(issue, faces=IssueFaces(cover_picture=picture))


def drawn_covers(wanted: list[tuple[Gazette, Issue]], root: Path, width: int) -> list[Any]:
    """Return pictures of the covers of ``wanted``, ``width`` pixels wide; all have one size of page."""
    templates = read_templates(root)
    items = [
        replace(
            Items(gazette, issue, templates).cover(
                {document.slug: 1 + 3 * index for index, document in enumerate(issue.documents)}
            ),
            name=f"cover-{number}",
        )
        for number, (gazette, issue) in enumerate(wanted)
    ]
    faces = fonts.prepare(root, frozenset("".join(item.html for item in items)))
    with WorkerPool(1) as pool:
        sheet = style(wanted[0][0], templates, faces)
        typesetter = CachedTypesetter(root, sheet, faces, pool, lambda _: drawn_picture())
        layouts = typesetter.layouts(items)
    parts = [Part(item.name, layouts[item.name]) for item in items]
    metadata = issue_metadata(*wanted[0])
    pdf = reading_pdf(parts, collect_drawings(parts, faces), metadata, environment(templates), {})
    document: Any = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=width / page.get_width()).to_pil() for page in document]
    document.close()
    return pictures


def main() -> None:
    """Write the picture."""
    publication, _ = load_issues(ROOT, {folder.name for folder in (ROOT / "content").iterdir()})
    assert publication is not None
    covers = drawn_covers(
        [in_style(publication.gazette, publication.issues[0], name) for name in STYLES], ROOT, WIDTH
    )
    height = covers[0].height
    sheet = Image.new("RGB", (len(covers) * (WIDTH + GAP) + GAP, height + 2 * GAP), (225, 225, 225))
    for index, cover in enumerate(covers):
        sheet.paste(cover, (GAP + index * (WIDTH + GAP), GAP))
    sheet.quantize(COLOURS).save(OUTPUT, "PNG", optimize=True)


if __name__ == "__main__":
    main()
