"""Draw every type of page of a built site at three widths, for eyes to look at: one PNG for each.

    .venv/bin/python scripts/site_screens.py output/site screens [--dark] [--largest] [--without-scripts] [--first-screen]

The folder gets ``<page>-<width>.png``, with the names of the options that were given. A page is drawn in its whole
length; with ``--first-screen`` it is what a reader sees before he scrolls.

    .venv/bin/python scripts/site_screens.py output/site docs/images --sheets

draws the first screens of each page of ``SHEETS`` at the three widths beside each other: ``site-<page>.png``, the pictures
of docs/网站与数据.md.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.web.browser import address, chromium  # noqa: E402 -- after the path is set

WIDTHS = {360: 640, 768: 1024, 1280: 800}
"""The widths of a phone, a tablet and a desk, in px, each with the height of its first screen."""
LONGEST = 8000
"""px: what is below is not drawn."""
LISTS = ("index.html", "search/index.html", "search/index.html?q=通知", "verify/index.html", "404.html")
FIRST_OF = (
    "[0-9]*/index.html",
    "[0-9]*/*/index.html",
    "[0-9]*/*/*/index.html",
    "issuers/index.html",
    "issuers/*/index.html",
    "kinds/index.html",
    "topics/index.html",
    "register/index.html",
    "register/*/index.html",
    "contacts/index.html",
    "contacts/*/index.html",
    "data/index.html",
)
"""Patterns of pages, of which the first one is drawn."""
SHEETS = {
    "home": "index.html",
    "issue": "[0-9]*/*/index.html",
    "document": "[0-9]*/*/*/index.html",
    "search": "search/index.html?q=通知",
    "issuers": "issuers/index.html",
    "kind": "kinds/*/index.html",
    "register": "register/*/index.html",
    "contacts": "contacts/index.html",
    "changes": "changes/index.html",
    "verify": "verify/index.html",
    "data": "data/index.html",
}
"""The pages of the documentation, by the name of their picture, each as a pattern of which the first one is drawn."""
SHEET_SCALE, SHEET_GAP, SHEET_COLOURS = 0.45, 16, 24
"""Of the screens on a sheet; px between them; colours of the picture."""


def pages(site: Path) -> list[str]:
    """Return one page of each type in ``site``."""
    found = [sorted(site.glob(pattern)) for pattern in FIRST_OF]
    return [*LISTS, *(paths[0].relative_to(site).as_posix() for paths in found if paths)]


def main() -> None:
    """Draw the pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("folder", type=Path)
    for name in ("dark", "largest", "without-scripts", "first-screen"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--sheets", action="store_true")
    parser.add_argument("--page", action="append", help="a page to draw instead of one of each type")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    site = wanted.site.resolve()
    with chromium() as browser:
        if wanted.sheets:
            for name, pattern in SHEETS.items():
                draw_sheet(browser, site, pattern, wanted.folder / f"site-{name}.png")
            return
        for width, height in WIDTHS.items():
            for page in wanted.page or pages(site):
                draw(browser, site, page, (width, height), wanted)


def draw(browser: Any, site: Path, page: str, size: tuple[int, int], wanted: argparse.Namespace) -> None:
    """Draw ``page`` in a window of ``size``, as the options ``wanted`` say."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if wanted.dark else "light",
        java_script_enabled=not wanted.without_scripts,
    )
    tab = context.new_page()
    tab.goto(address(site, page))
    if "?" in page and not wanted.without_scripts:
        tab.wait_for_selector("#search-status[data-state=done]")
    if wanted.largest:
        tab.evaluate("document.documentElement.dataset.size = 'largest'")
    name = page.replace("/index.html", "").replace(".html", "").replace("/", "-").replace("?q=", "-")
    options = [option for option in ("dark", "largest", "without_scripts") if getattr(wanted, option)]
    file = wanted.folder / f"{'-'.join([name, str(size[0]), *options])}.png"
    if not wanted.first_screen:
        length = min(tab.evaluate("document.documentElement.scrollHeight"), LONGEST)
        tab.set_viewport_size({"width": size[0], "height": length})
    tab.screenshot(path=file)
    context.close()


def draw_sheet(browser: Any, site: Path, pattern: str, file: Path) -> None:
    """Draw the first screens of the first page of ``site`` that has the ``pattern``, at every width, into ``file``."""
    from PIL import Image

    path, mark, query = pattern.partition("?")
    page = min(site.glob(path)).relative_to(site).as_posix() + mark + query
    screens: list[Any] = []
    for width, height in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": height})
        tab = context.new_page()
        tab.goto(address(site, page))
        if query:
            tab.wait_for_selector("#search-status[data-state=done]")
        screen = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
        context.close()
        screens.append(screen.resize([round(each * SHEET_SCALE) for each in screen.size]))
    size = sum(each.width + SHEET_GAP for each in screens) + SHEET_GAP, max(each.height for each in screens)
    sheet = Image.new("RGB", (size[0], size[1] + 2 * SHEET_GAP), "silver")
    left = SHEET_GAP
    for screen in screens:
        sheet.paste(screen, (left, SHEET_GAP))
        left += screen.width + SHEET_GAP
    sheet.quantize(SHEET_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)


if __name__ == "__main__":
    main()
