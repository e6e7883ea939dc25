"""The text of a PDF as its readers copy it: PDFium (Chrome), poppler (Linux desktops), pdf.js (Firefox)."""

from __future__ import annotations

import mimetypes
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

PDF_JS = ROOT / "lint" / "node_modules" / "pdfjs-dist" / "legacy" / "build"
ORIGIN = "https://reader.test/"
COPY = """async () => {
  const reader = await import("/pdf.mjs");
  reader.GlobalWorkerOptions.workerSrc = "/pdf.worker.mjs";
  const document = await reader.getDocument({ url: "/document.pdf" }).promise;
  const pages = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => (item.str ?? "") + (item.hasEOL ? "\\n" : "")).join(""));
  }
  return pages;
}"""
"""Puts the items together as its text layer does, of which a reader copies, and its search."""


def pdfium_pages(file: Path) -> list[str]:
    """Return the text of each page as PDFium copies it."""
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    return pages


def poppler_pages(file: Path) -> list[str]:
    """Return the text of each page as poppler copies it, in the order in which it is drawn."""
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")


def pdf_js_pages(file: Path, browser: Any) -> list[str]:
    """Return the text of each page as pdf.js copies it in ``browser``; nothing is fetched from the network."""
    paths = {name: PDF_JS / name for name in ("pdf.mjs", "pdf.worker.mjs")} | {"document.pdf": file}
    files = {name: path.read_bytes() for name, path in paths.items()}

    def fulfil(route: Any) -> None:
        name = route.request.url.removeprefix(ORIGIN)
        if name in files:
            kind = "text/javascript" if name.endswith(".mjs") else mimetypes.types_map[".pdf"]
            route.fulfill(body=files[name], content_type=kind)
        else:
            route.fulfill(body="", content_type="text/html", status=404 if name else 200)

    tab = browser.new_page()
    try:
        tab.route("**/*", fulfil)
        tab.goto(ORIGIN)
        return [str(text) for text in tab.evaluate(COPY)]
    finally:
        tab.close()


Reader = Callable[[Path], list[str]]
