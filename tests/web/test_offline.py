"""Without a network: the newest issue and pages that were read are shown, and said to be kept ones."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.model.site_settings import WebSettings
from liulin_gazette.pipeline.stages import Result
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import Digest
from liulin_gazette.web.offline import offline_worker
from tests.changed_settings import with_settings
from tests.web.browser import expect
from tests.web.conftest import TEMPLATES
from tests.web.test_site import by_class, parse, words

NOTE = "现在没有网络"


def digests(assets: dict[str, bytes]) -> dict[str, Digest]:
    return {path: Digest(len(content), str(hash(content)), "") for path, content in assets.items()}


def settings(worker: bytes) -> dict[str, Any]:
    return json.loads(worker.split(b"\n", 1)[0].partition(b"=")[2].rstrip(b";"))


def test_the_version_follows_the_pages_that_are_kept(
    publication: Publication, assets: dict[str, bytes]
) -> None:
    templates = read_templates(TEMPLATES.parent)
    listed = digests(assets)
    worker = offline_worker(publication, listed, templates)
    known = settings(worker.content)
    issue = publication.issues[-1]
    assert set(known["newest"]) > {"index.html", addresses.issue_page(issue), addresses.STYLE}
    assert set(known["newest"]) <= set(assets)
    assert offline_worker(publication, dict(reversed(listed.items())), templates) == worker
    other = {**listed, addresses.issue_page(issue): Digest(1, "other", "")}
    assert settings(offline_worker(publication, other, templates).content)["version"] != known["version"]
    unrelated = {**listed, "2026/1/index.html": Digest(1, "other", "")}
    assert offline_worker(publication, unrelated, templates) == worker


def test_switched_off_it_removes_itself(publication: Publication, assets: dict[str, bytes]) -> None:
    off = with_settings(publication, web=WebSettings(works_offline=False))
    worker = offline_worker(off, digests(assets), read_templates(TEMPLATES.parent)).content
    assert b"unregister" in worker and b"respondWith" not in worker


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Let no browser take a page for fresh without asking, as docs/网站服务器.md has it."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def served(site: Path) -> http.server.ThreadingHTTPServer:
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def encrypted(server: http.server.ThreadingHTTPServer, folder: Path) -> None:
    """Let ``server`` answer by https, with a certificate for localhost that is made in ``folder``."""
    openssl = shutil.which("openssl")
    assert openssl is not None
    files = (folder / "key.pem", folder / "certificate.pem")
    command = (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {files[0]} -out {files[1]}"
    )
    subprocess.run([openssl, *command.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    server.socket = context.wrap_socket(server.socket, server_side=True)


@pytest.mark.tools
@pytest.mark.parametrize("is_https", [False, True])
def test_a_page_served_by_https_keeps_what_is_read_by_itself(
    browser: Any, real_build: tuple[Path, Result], tmp_path: Path, is_https: bool
) -> None:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(real_build[0] / "output/site"))
    )
    if is_https:
        encrypted(server, tmp_path)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"{'https' if is_https else 'http'}://localhost:{server.server_address[1]}/"
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(home)
    if not is_https:  # An office that looks at its site on its own computer sees it as it is now.
        count = "async () => (await navigator.serviceWorker.getRegistrations()).length"
        assert tab.evaluate(count) == 0
        tab.evaluate("navigator.serviceWorker.register('offline.js')")
    tab.wait_for_function("() => navigator.serviceWorker.controller !== null")
    tab.goto(f"{home}kinds/index.html")
    tab.wait_for_function(
        "() => caches.open('gazette-read').then((own) => own.keys()).then((keys) => keys.some((key) => key.url.endsWith('/kinds/')))"
    )
    server.shutdown()
    server.server_close()
    context.set_offline(True)
    for page in ("kinds/", "index.html"):
        tab.goto(home + page)
        expect(tab.locator(".offline")).to_contain_text(NOTE)
    tab.goto(f"{home}search/index.html")
    expect(tab.locator("h1")).to_have_text("没有网络")
    context.close()


@pytest.mark.tools
def test_kept_pages_are_shown_without_a_network_and_say_so(
    browser: Any, real_build: tuple[Path, Result]
) -> None:
    server = served(real_build[0] / "output/site")
    home = f"http://127.0.0.1:{server.server_address[1]}/"
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(home)
    # Served by plain http, the page itself asks for no worker.
    count = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    assert tab.evaluate(count) == 0
    tab.evaluate("navigator.serviceWorker.register('offline.js').then(() => navigator.serviceWorker.ready)")
    tab.wait_for_function("navigator.serviceWorker.controller !== null")
    tab.goto(f"{home}kinds/index.html")
    tab.goto(f"{home}search/index.html")
    expect(tab.locator("h1")).to_have_count(1)
    assert NOTE not in tab.content()
    kept = "async () => (await (await caches.open('gazette-read')).keys()).map((key) => key.url)"
    tab.wait_for_function(f"({kept})().then((urls) => urls.some((url) => url.endsWith('/kinds/')))")
    server.shutdown()
    server.server_close()
    for page in ("index.html", "2026/1/", "2026/1/liu-zheng-ban-fa-2026-3/index.html#p1", "kinds/"):
        for _ in range(20):  # A connection that is still open may be answered once more.
            tab.goto(home + page)
            if tab.locator(".offline").count():
                break
            tab.goto("about:blank")
            tab.wait_for_timeout(500)
        root = parse(tab.content().encode())
        (note,) = by_class(root, "offline")
        assert NOTE in words(note) and "北京时间" in words(note), page
        assert tab.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    tab.goto(f"{home}kinds/index.html")
    size = (
        "(path) => new Promise((done) => { const picture = new Image(); picture.onerror = () => done(null);"
    )
    size += (
        " picture.onload = () => done([picture.naturalWidth, picture.naturalHeight]); picture.src = path; })"
    )
    assert tab.evaluate(size, "../2025/6/cover.png") == [180, 255]
    for page in ("search/index.html", "register/index.html"):
        tab.goto(home + page)
        assert tab.locator("h1").inner_text() == "没有网络"
    context.close()
