"""The web manifest and the icons that it names; pages from a disk ask for neither."""

from __future__ import annotations

import functools
import http.server
import io
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import staging
from liulin_gazette.rendering.templates import Templates, read_templates
from liulin_gazette.web import addresses
from liulin_gazette.web.icons import SIZES, icon_products
from tests.web.browser import address
from tests.web.conftest import TEMPLATES, build


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server uses
        """Log nothing."""


RED, WHITE = (171, 18, 25), (255, 255, 255)


def test_icons_are_those_of_the_mark(publication: Publication) -> None:
    files = {
        product.path: product.asset().content
        for product in icon_products(publication.gazette, read_templates(TEMPLATES.parent))
    }
    manifest = json.loads(files[addresses.WEB_MANIFEST])
    assert (manifest["name"], manifest["short_name"]) == (
        publication.gazette.name,
        publication.gazette.site_label,
    )
    named = {each["src"]: each["sizes"] for each in manifest["icons"]}
    assert (
        set(named) == {*files, addresses.ICON} - {addresses.WEB_MANIFEST} and len(SIZES) + 2 == len(files) + 1
    )
    for size in SIZES:
        picture = Image.open(io.BytesIO(files[addresses.icon(size)])).convert("RGB")
        assert picture.size == (size, size) and named[addresses.icon(size)] == f"{size}x{size}"
        at = [
            picture.getpixel((size * x // 32, size * y // 32))
            for x, y in ((1, 1), (16, 7), (16, 12), (24, 26))
        ]
        assert at == [WHITE, RED, WHITE, WHITE]


@pytest.mark.parametrize("shape", ['<circle r="3"/>', '<path fill="#fff" d="M0 0l3 3z"/>', ""])
def test_another_icon_has_no_pictures_but_itself(
    publication: Publication, shape: str, tmp_path: Path
) -> None:
    (tmp_path / "templates/site").mkdir(parents=True)
    (tmp_path / "templates/site/icon.svg").write_text(f'<svg viewBox="0 0 32 32">{shape}</svg>', "utf-8")
    templates: Templates = read_templates(tmp_path)
    (manifest,) = icon_products(replace(publication.gazette, site_label=""), templates)
    named = json.loads(manifest.asset().content)
    assert [each["src"] for each in named["icons"]] == [addresses.ICON]
    assert named["short_name"] == publication.gazette.name


@pytest.mark.tools
def test_only_a_page_from_a_server_names_them(publication: Publication, browser: Any, tmp_path: Path) -> None:
    for asset in build(publication):
        staging.write_file(tmp_path, asset.path, asset.content)
    handler = functools.partial(QuietHandler, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tab = browser.new_page()
    told: list[str] = []

    def record(message: Any) -> None:
        told.append(message.text)

    tab.on("console", record)
    page = "2026/2/index.html"
    tab.goto(address(tmp_path, page))
    links = "[...document.querySelectorAll('link[rel=manifest], link[rel=apple-touch-icon]')].map((link) => link.href)"
    assert tab.evaluate(links) == [] and told == []
    home = f"http://127.0.0.1:{server.server_address[1]}/"
    tab.goto(home + page)
    assert tab.evaluate(links) == [home + addresses.WEB_MANIFEST, home + addresses.icon(180)]
    manifest = tab.context.new_cdp_session(tab).send("Page.getAppManifest")
    assert manifest["errors"] == [] and manifest["url"] == home + addresses.WEB_MANIFEST
    assert told == []
    tab.close()
    server.shutdown()
    server.server_close()
