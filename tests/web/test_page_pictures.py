"""Pictures of printed pages: covers in lists, and what a shared link shows."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from liulin_gazette.desk.drawn_pages import PagePictures
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering import pdf_pages
from liulin_gazette.web.page_pictures import (
    COVER_SIZE,
    SHARE_SIZE,
    cover_picture,
    document_share_picture,
    issue_share_picture,
)
from tests.conftest import ROOT, Edit

URL = "https://gazette.liulin.gov.cn/"


@pytest.fixture
def site(project: Path, edit: Edit) -> Path:
    """Return the site of a small project that states its address."""
    edit("gazette.toml", "https://gazette.liulin.example/", URL)
    result = build(project, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    return project / "output/site"


def test_pictures_are_made_shown_kept_and_left_out(site: Path, project: Path, edit: Edit) -> None:
    (document,) = (path.parent.name for path in site.glob("2026/1/*/index.html"))
    cover, share, of_document = (
        site / f"2026/1/{name}" for name in ("cover.png", "share.png", f"{document}/share.png")
    )
    pdf = (site / "2026/1/liulin-gazette-2026-1.pdf").read_bytes()
    document_pdf = (site / f"2026/1/{document}/{document}.pdf").read_bytes()
    for file, draw, source, size in (
        (cover, cover_picture, pdf, COVER_SIZE),
        (share, issue_share_picture, pdf, SHARE_SIZE),
        (of_document, document_share_picture, document_pdf, SHARE_SIZE),
    ):
        content = file.read_bytes()
        assert content == draw(source) and Image.open(io.BytesIO(content)).size == size

    home = (site / "index.html").read_text("utf-8")
    (tag,) = re.findall(r'<img class="archive-cover"[^>]*>', home)
    for part in (
        'src="2026/1/cover.png"',
        'alt=""',  # The words of the link name the issue.
        'loading="lazy"',
        f'width="{COVER_SIZE[0]}"',
        f'height="{COVER_SIZE[1]}"',
    ):
        assert part in tag
    for page, picture in (
        ("index.html", "2026/1/share.png"),
        ("2026/1/index.html", "2026/1/share.png"),
        (f"2026/1/{document}/index.html", f"2026/1/{document}/share.png"),
    ):
        assert f'<meta property="og:image" content="{URL}{picture}">' in (site / page).read_text("utf-8")
    assert "og:image" not in (site / "search/index.html").read_text("utf-8")

    before = of_document.stat().st_mtime_ns
    edit("gazette.toml", '"邮编" = "033300"', '"邮编" = "033301"')  # Printed on the back cover only.
    assert not build(project, Wanted(), lambda _: None).failed
    assert of_document.stat().st_mtime_ns == before

    edit("gazette.toml", URL, "https://gazette.liulin.example/")
    assert not build(project, Wanted(), lambda _: None).failed
    assert cover.exists() and not share.exists() and not of_document.exists()
    assert "og:image" not in (site / "index.html").read_text("utf-8")


def test_a_site_without_pdfs_has_no_pictures(project: Path) -> None:
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    site = project / "output/site"
    pictures = [
        path for path in site.rglob("*.png") if path.parent != site / "assets"
    ]  # Icons are for every site.
    assert not pictures and "archive-cover" not in (site / "index.html").read_text("utf-8")


def page_of(colour: str) -> bytes:
    """Return a PDF of one page with black and red lines on white, and a field of ``colour``: a ramp for *many*."""
    page = Image.new("RGB", (600, 850), "white")
    drawing = ImageDraw.Draw(page)
    for row in range(20, 300, 20):
        drawing.line((40, row, 560, row + 3), fill=(171, 18, 25) if row < 60 else "black", width=2)
    for column in range(200 if colour else 0):
        shade = (column, 255 - column, 128) if colour == "many" else colour
        drawing.line((300 + column, 100, 300 + column, 250), fill=shade)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=72, quality=100)
    return out.getvalue()


@pytest.mark.parametrize(("colour", "most"), [("", 2.0), ("grey", 2.0), ("many", 4.0)])
def test_shared_pictures_look_as_the_page(colour: str, most: float) -> None:
    pdf = page_of(colour)
    document: Any = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=2).to_pil().convert("RGB").crop((12, 0, *SHARE_SIZE))
    document.close()
    drawn = document_share_picture(pdf)
    shown = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert shown.getpixel((0, 0)) == (171, 18, 25) and shown.getpixel((20, 629)) == (255, 255, 255)
    means = ImageStat.Stat(ImageChops.difference(shown.crop((12, 0, *SHARE_SIZE)), page)).mean
    assert max(means) < most and drawn == document_share_picture(pdf)


def test_no_two_threads_use_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build from the desk draws covers in a thread of the process that draws printed pages for the screen."""
    opened: list[Any] = []
    open_pdf: Any = pypdfium2.PdfDocument

    def watched(pdf: bytes) -> Any:
        assert pdf_pages.PDFIUM.locked()
        opened.append(open_pdf(pdf))
        return opened[-1]

    monkeypatch.setattr(pypdfium2, "PdfDocument", watched)
    out = io.BytesIO()
    Image.new("RGB", (300, 420), "white").save(out, "PDF")

    def first_page(pdf: bytes) -> bytes:
        return pictures[0] if pdf else b""

    pictures = PagePictures(out.getvalue())
    for draw in (cover_picture, issue_share_picture, document_share_picture, first_page):
        count = len(opened)
        draw(out.getvalue())
        assert len(opened) == count + 1 and not pdf_pages.PDFIUM.locked()
        assert opened[-1].raw is None  # It is closed.
    with pytest.raises(pypdfium2.PdfiumError):
        cover_picture(b"%PDF-")
    assert not pdf_pages.PDFIUM.locked()
    users = {
        file.relative_to(ROOT / "liulin_gazette").as_posix()
        for file in (ROOT / "liulin_gazette").rglob("*.py")
        if "import pypdfium2" in file.read_text("utf-8")
    }
    assert {each for each in users if not each.startswith("intake/")} == {"rendering/pdf_pages.py"}
