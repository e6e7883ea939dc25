"""The live preview: what it serves, to whom, and how it treats half-saved files."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.preview.server import PreviewServer
from tests.conftest import Edit

PAGE = "/2026/1/liu-lin-fa-2026-9/"


@pytest.fixture
def server(project: Path) -> Iterator[PreviewServer]:
    preview = PreviewServer(project, 0)
    thread = threading.Thread(target=preview.run, daemon=True)
    thread.start()
    until(lambda: preview.content.snapshot.version > 0)
    yield preview
    preview.stop()
    preview.server_close()
    thread.join(10)


def until(holds: Callable[[], bool]) -> None:
    """Wait until ``holds()`` is true, for 20 s at most."""
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("still false after 20 s")


def get(server: PreviewServer, path: str, host: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def state(server: PreviewServer) -> dict[str, Any]:
    return json.loads(get(server, "/__preview/state?page=" + PAGE)[1])


def test_pages_are_those_of_the_site_with_a_panel(server: PreviewServer) -> None:
    status, page = get(server, PAGE)
    assert status == 200 and "请认真执行。".encode() in page
    assert b'src="/__preview/preview.js"' in page
    for path in ("/", "/2026/1/", "/search/", "/issuers/", "/feed.xml", "/assets/site.css"):
        assert get(server, path)[0] == 200, path
    assert get(server, "/2026/9/")[0] == 404


def test_only_this_machine_is_served(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert get(server, "/", host="gazette.example")[0] == 403
    assert get(server, "/", host=f"localhost:{server.server_address[1]}")[0] == 200


@pytest.mark.parametrize(
    "path", ["/../content/gazette.toml", "/%2e%2e/content/gazette.toml", "/assets/search/../../../content/gazette.toml", "/content/gazette.toml"]
)  # fmt: skip
def test_nothing_but_the_site_is_served(server: PreviewServer, path: str) -> None:
    assert get(server, path)[0] == 404


def test_an_edit_is_seen_with_its_findings(server: PreviewServer, edit: Edit) -> None:
    before = state(server)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行,严防死守。")
    until(lambda: state(server)["version"] > before["version"])
    assert "请遵照执行".encode() in get(server, PAGE)[1]
    assert "T003" in [each["code"] for each in state(server)["findings"]]


def test_a_half_saved_file_leaves_the_last_good_page(server: PreviewServer, project: Path) -> None:
    file = project / "content/2026-1/01.md"
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index("发文机关".encode()) + 1])
    until(lambda: not state(server)["current"])
    assert "请认真执行。".encode() in get(server, PAGE)[1]
    assert "错误" in [each["severity"] for each in state(server)["findings"]]
    file.unlink()
    (project / "content/gazette.toml").rename(project / "content/gazette.bak")
    until(lambda: "B002" in [each["code"] for each in state(server)["findings"]])
    (project / "content/gazette.bak").rename(project / "content/gazette.toml")
    file.write_bytes(whole)
    until(lambda: state(server)["current"])


def test_the_stream_tells_each_version(server: PreviewServer, edit: Edit) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("GET", "/__preview/events")
    stream = connection.getresponse()
    assert stream.readline() == b"data: 1\n"
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    told = b""
    while not told.startswith(b"data:"):
        told = stream.readline()
    assert int(told[5:]) > 1
    connection.close()


def test_printed_pages_are_pictures(server: PreviewServer) -> None:
    address = "/__preview/picture?page=" + PAGE
    assert get(server, address) == (200, b"1")
    status, picture = get(server, address + "&number=1")
    assert status == 200 and picture.startswith(b"\x89PNG")
    assert get(server, address + "&number=2")[0] == 404
    assert get(server, "/__preview/picture?page=/")[1] == b"0"


def test_a_page_follows_its_template(server: PreviewServer, project: Path) -> None:
    template = project / "templates/site/document.html"
    text = template.read_text("utf-8")
    template.write_text(text.replace("{% block main %}", "{% block main %}新的模板", 1), "utf-8")
    assert template.read_text("utf-8") != text
    until(lambda: "新的模板".encode() in get(server, PAGE)[1])


@pytest.mark.tools
def test_an_open_page_follows_the_text(browser: Any, server: PreviewServer, edit: Edit) -> None:
    from tests.web.browser import expect

    tab = browser.new_page(viewport={"width": 1400, "height": 800})
    tab.goto(server.address + PAGE.lstrip("/"))
    expect(tab.locator("#preview-panel img")).to_have_count(1)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    expect(tab.locator("main")).to_contain_text("请遵照执行。")
    edit("2026-1/01.md", "标题: ", "标题 ")
    expect(tab.locator("#preview-panel .behind")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("请遵照执行。")
    edit("2026-1/01.md", "标题 ", "标题: ")
    expect(tab.locator("#preview-panel .behind")).to_have_count(0)
    tab.close()
