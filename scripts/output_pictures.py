"""Draw what is made of the first issue in content/, for README.md and docs/编辑手册.md: five PNGs.

    .venv/bin/python scripts/output_pictures.py docs/images

The project is copied and built. The folder gets ``pages.png`` (printed pages), ``site-phone.png``, ``site-desktop.png``,
``proof.png`` (校样) and ``preview.png`` (实时预览).
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from liulin_gazette.cli import main as run_command  # noqa: E402 -- after the path is set
from liulin_gazette.desk.preview_application import PREVIEW  # noqa: E402 -- likewise
from liulin_gazette.desk.running_desk import RunningDesk  # noqa: E402 -- likewise
from tests.web.browser import address, chromium  # noqa: E402 -- likewise

COPIED = ("content", "templates", ".cache/fonts")
SHOWN_PAGES = (0, 2, 4)
"""Of the issue: the cover, the contents, and the page where a document with an instrument begins."""
PROOF_PAGES = (0, 1)
PAGE_WIDTH, PROOF_WIDTH = 455, 620
"""Pixels of a page."""
PHONE, DESKTOP, PREVIEW_WINDOW = (360, 640), (1280, 800), (1000, 600)
"""Width and height of a window, in px."""
PHONE_SCALE, DESKTOP_SCALE = 0.7, 0.5
"""Of the screens on their picture."""
GAP, COLOURS = 10, 64
SETTLING = 3_000
"""Milliseconds in which a preview fetches what it shows beside the page."""


def main() -> None:
    """Draw the pictures."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as copy:
        root = Path(copy)
        for name in COPIED:
            if (ROOT / name).exists():
                shutil.copytree(ROOT / name, root / name)
        if run_command([], root) or run_command(["proof"], root):
            raise SystemExit("The content cannot be built.")
        site = root / "output/site"
        issue = min(site.glob("[0-9]*/*/*.pdf"))
        document = min(issue.parent.glob("*/index.html")).parent.relative_to(site)
        _save(_beside(_pages(issue, SHOWN_PAGES, PAGE_WIDTH)), folder / "pages.png")
        proof = min((root / "output").rglob("*proof*.pdf"))
        _save(_beside(_pages(proof, PROOF_PAGES, PROOF_WIDTH)), folder / "proof.png")
        shown = [issue.parent.relative_to(site).as_posix() + "/", document.as_posix() + "/"]
        with chromium() as browser:
            pages = ["index.html", *(f"{each}index.html" for each in shown), "search/index.html?q=通知"]
            screens = [_screen(browser, address(site, page), PHONE, PHONE_SCALE) for page in pages]
            _save(_beside(screens), folder / "site-phone.png")
            screens = [_screen(browser, address(site, page), DESKTOP, DESKTOP_SCALE) for page in pages[1:3]]
            _save(_beside(screens), folder / "site-desktop.png")
            _save(_preview(browser, root, document.as_posix()), folder / "preview.png")


def _pages(pdf: Path, numbers: Iterable[int], width: int) -> list[Image.Image]:
    """Return pictures of the pages ``numbers`` (from 0) of ``pdf``, ``width`` pixels wide."""
    document: Any = pypdfium2.PdfDocument(pdf)
    pages = [document[number] for number in numbers]
    pictures = [page.render(scale=width / page.get_width()).to_pil() for page in pages]
    document.close()
    return pictures


def _screen(browser: Any, url: str, window: tuple[int, int], scale: float) -> Image.Image:
    """Return what a ``window`` of the browser shows of ``url`` first, at ``scale``."""
    context = browser.new_context(viewport={"width": window[0], "height": window[1]})
    tab = context.new_page()
    tab.goto(url)
    if "?q=" in url:
        tab.wait_for_selector("#search-status[data-state=done]")
    screen = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    context.close()
    return screen.resize((round(screen.width * scale), round(screen.height * scale)))


def _preview(browser: Any, root: Path, document: str) -> Image.Image:
    """Return the live preview of the page of ``document``."""
    server = RunningDesk(root, 0, face=PREVIEW)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    context = browser.new_context(viewport=dict(zip(("width", "height"), PREVIEW_WINDOW, strict=True)))
    tab = context.new_page()
    tab.goto(server.entry_address)
    tab.goto(f"{server.address}{document}/")
    tab.wait_for_timeout(SETTLING)
    screen = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    context.close()
    server.close()
    serving.join()
    return screen


def _beside(pictures: Sequence[Image.Image]) -> Image.Image:
    """Return ``pictures`` beside one another."""
    width = sum(each.width + GAP for each in pictures) + GAP
    sheet = Image.new("RGB", (width, max(each.height for each in pictures) + 2 * GAP), (208, 208, 208))
    left = GAP
    for each in pictures:
        sheet.paste(each, (left, GAP))
        left += each.width + GAP
    return sheet


def _save(picture: Image.Image, file: Path) -> None:
    """Write ``picture`` to ``file`` in few colours."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)


if __name__ == "__main__":
    main()
