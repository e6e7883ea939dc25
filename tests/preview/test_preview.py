"""The live preview: what it serves, to whom, and how it treats half-saved files."""

from __future__ import annotations

import http.client
import json
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk import snapshot
from liulin_gazette.desk.preview_application import PREVIEW
from liulin_gazette.desk.printed_blocks import PrintedDocument
from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.edited_issues import EditedIssues
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.rendering.template_errors import UnreadableError
from liulin_gazette.rendering.templates import Templates
from tests.conftest import Edit
from tests.preview.conftest import PAGE, get, port_of, until


def state(server: RunningDesk) -> dict[str, Any]:
    return json.loads(get(server, "/__preview/state?page=" + PAGE)[1])


def test_pages_are_those_of_the_site_with_a_panel(server: RunningDesk) -> None:
    status, page = get(server, PAGE)
    assert status == 200 and "请认真执行。".encode() in page
    assert b'src="/__preview/preview.js"' in page
    for path in ("/", "/2026/1/", "/search/", "/issuers/", "/feed.xml", "/assets/site.css"):
        assert get(server, path)[0] == 200, path
    assert get(server, "/2026/9/")[0] == 404


def test_only_this_machine_is_served(server: RunningDesk) -> None:
    assert server.address.startswith("http://127.0.0.1:")
    assert get(server, "/", host="gazette.example")[0] == 403
    assert get(server, "/", host=f"localhost:{port_of(server)}")[0] == 200


@pytest.mark.parametrize(
    "path", ["/../content/gazette.toml", "/%2e%2e/content/gazette.toml", "/assets/search/../../../content/gazette.toml", "/content/gazette.toml"]
)  # fmt: skip
def test_nothing_but_the_site_is_served(server: RunningDesk, path: str) -> None:
    assert get(server, path)[0] == 404


def test_an_edit_is_seen_with_its_findings(server: RunningDesk, edit: Edit) -> None:
    before = state(server)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行,严防死守。")
    until(lambda: state(server)["version"] > before["version"])
    assert "请遵照执行".encode() in get(server, PAGE)[1]
    assert "T003" in [each["code"] for each in state(server)["findings"]]


def test_a_half_saved_file_leaves_the_last_good_page(server: RunningDesk, project: Path) -> None:
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


def test_the_stream_tells_each_version(server: RunningDesk, edit: Edit) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=30)
    cookie = f"{server.desk.access.cookie}={server.desk.access.session}"
    connection.request("GET", "/__preview/events", headers={"Cookie": cookie})
    stream = connection.getresponse()
    assert stream.readline() == b"data: 1\n"
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    told = b""
    while not told.startswith(b"data:"):
        told = stream.readline()
    assert int(told[5:]) > 1
    connection.close()


def test_printed_pages_are_pictures(server: RunningDesk) -> None:
    address = "/__preview/picture?page=" + PAGE
    assert get(server, address) == (200, b"1")
    status, picture = get(server, address + "&number=1")
    assert status == 200 and picture.startswith(b"\x89PNG")
    for number in ("2", "0", "%C2%B2", "1" * 5000, "-1", "x"):
        assert get(server, f"{address}&number={number}")[0] == 404
    assert get(server, "/__preview/picture?page=/")[1] == b"0"


def test_a_page_follows_its_template(server: RunningDesk, project: Path) -> None:
    template = project / "templates/site/document.html"
    text = template.read_text("utf-8")
    template.write_text(text.replace("{% block main %}", "{% block main %}新的模板", 1), "utf-8")
    assert template.read_text("utf-8") != text
    until(lambda: "新的模板".encode() in get(server, PAGE)[1])


FAULTS = {
    "{% if %}": "第 1 行写法不对",
    "{{ nothing.at.all }}": "模板用不了",
    "{% include 'site/gone.html' %}": "找不到模板 templates/site/gone.html",
    "\udcff": "模板不是 UTF-8 编码",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items())
def test_a_faulty_template_is_told_on_the_page_until_it_is_mended(
    server: RunningDesk, project: Path, text: str, message: str
) -> None:
    template = project / "templates/site/document.html"
    whole = template.read_bytes()
    version = state(server)["version"]
    template.write_bytes(text.encode("utf-8", "surrogateescape"))
    until(lambda: state(server)["version"] > version)
    status, page = get(server, PAGE)
    assert status == 500 and message.encode() in page and b"/__preview/preview.js" in page
    template.write_bytes(whole)
    until(lambda: get(server, PAGE)[0] == 200)


def test_a_faulty_template_of_print_is_told_in_place_of_the_pictures(
    server: RunningDesk, project: Path
) -> None:
    version = state(server)["version"]
    (project / "templates/print/document.html").write_text("{% if %}", "utf-8")
    until(lambda: state(server)["version"] > version)
    status, message = get(server, "/__preview/picture?page=" + PAGE)
    assert status == 409 and "templates/print/document.html 第 1 行写法不对".encode() in message


def test_a_message_is_text_and_no_markup(server: RunningDesk, project: Path) -> None:
    version = state(server)["version"]
    (project / "templates/site/document.html").write_text("{% include '<b>' %}", "utf-8")
    until(lambda: state(server)["version"] > version)
    page = get(server, PAGE)[1]
    assert b"&lt;b&gt;" in page and b"<b>" not in page


def test_a_look_that_fails_is_made_again(
    server: RunningDesk, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[int] = []

    def fails(root: Path, edited: EditedIssues) -> Examined:
        if len(failures) < 3:
            failures.append(1)
            raise FileNotFoundError(str(root))
        return examine(root, edited)

    monkeypatch.setattr(snapshot, "examine", fails)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    until(lambda: "请遵照执行。".encode() in get(server, PAGE)[1])
    assert len(failures) == 3


def test_a_folder_that_vanishes_while_it_is_looked_through_ends_no_watch(
    server: RunningDesk, project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "content/2026-1/扫描件"
    folder.mkdir()
    scandir = os.scandir
    vanished: list[str] = []

    def vanishes(path: Any = ".") -> Any:
        if os.fspath(path) == str(folder) and folder.exists():
            vanished.append(str(path))
            folder.rmdir()
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanishes)
    until(lambda: bool(vanished))
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    until(lambda: "请遵照执行。".encode() in get(server, PAGE)[1])


def test_pictures_are_those_of_the_last_readable_state(
    server: RunningDesk, project: Path, edit: Edit
) -> None:
    picture = project / "content/2026-1/01-图.svg"
    first = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    picture.write_text(first, "utf-8")
    edit("2026-1/01.md", "请认真执行。", "请认真执行。\n\n![图 护林路线](01-图.svg)")
    sources: list[bytes] = []

    def is_shown() -> bool:
        sources[:] = re.findall(rb'src="([^"]+\.svg)"', get(server, PAGE)[1])
        return bool(sources)

    until(is_shown)
    address = PAGE + sources[0].decode()
    assert get(server, address) == (200, first.encode())
    edit("2026-1/01.md", "标题: ", "标题 ")
    until(lambda: not state(server)["current"])
    picture.unlink()
    assert get(server, address) == (200, first.encode())


def test_texts_follow_the_settings_too(project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    typeset: list[str] = []

    def no_pictures(_: object, publication: Publication, issue: Issue, document: FullText) -> PrintedDocument:
        typeset.append(document.slug)
        return PrintedDocument()

    monkeypatch.setattr(snapshot.LiveContent, "_typeset", no_pictures)
    content = snapshot.LiveContent(project)
    assert content.refresh() and content.page(PAGE[1:] + "index.html") is not None
    edit("gazette.toml", '["封底"]', '["读音"]\n"柳" = "lou"\n\n["封底"]')
    assert content.refresh()
    moved = "2026/1/lou-lin-fa-2026-9/index.html"
    assert content.page(PAGE[1:] + "index.html") is None and content.page(moved) is not None
    assert content.printed_document(moved) == PrintedDocument() and typeset == ["lou-lin-fa-2026-9"]
    edit("2026-1/01.md", "标题:", "体裁: 部门公文\n标题:")
    edit("gazette.toml", '["封底"]', '[["体裁"]]\n"名称" = "部门公文"\n"同" = "公文"\n\n["封底"]')
    assert content.refresh() and content.page(moved) is not None


def test_a_server_that_never_ran_closes_at_once(project: Path) -> None:
    preview = RunningDesk(project, 0, face=PREVIEW)
    preview.close()
    assert preview.is_closing


def test_templates_are_shown_when_two_looks_find_the_same(project: Path) -> None:
    template = project / "templates/site/document.html"
    whole = template.read_bytes()
    page = PAGE[1:] + "index.html"
    content = snapshot.LiveContent(project)
    assert content.refresh()
    shown = content.page(page)
    assert shown is not None
    for half in (b"", whole[: len(whole) // 2], b"<p>", None):
        if half is None:
            template.unlink()
        else:
            template.write_bytes(half)
        assert not content.refresh() and content.page(page) == shown
        template.write_bytes(whole)
        content.refresh()
        assert content.page(page) == shown
    template.write_bytes(b" \n")
    assert [content.refresh() for _ in range(3)] == [False, True, False]
    with pytest.raises(UnreadableError, match="这一页的模板是空的"):
        content.page(page)
    template.write_bytes(whole)
    assert [content.refresh() for _ in range(3)] == [False, True, False]
    assert content.page(page) == shown


def test_a_folder_that_changes_while_it_is_examined_is_examined_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "content/2026-1/01.md"
    whole = file.read_bytes()
    content = snapshot.LiveContent(project)

    def then_halved(root: Path, edited: EditedIssues) -> Examined:
        examined = examine(root, edited)
        file.write_bytes(whole[:30])
        return examined

    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "examine", then_halved)
        assert not content.refresh() and content.snapshot.version == 0
    file.write_bytes(whole)
    assert content.refresh()
    file.write_bytes(whole[:30])
    assert content.refresh() and not content.snapshot.is_current
    page = content.page(PAGE[1:] + "index.html")
    assert page is not None and "请认真执行。".encode() in page.content


def test_templates_that_cannot_be_read_leave_the_last_ones(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = snapshot.LiveContent(project)
    assert content.refresh()

    def fails(root: Path) -> Templates:
        raise PermissionError(str(root))

    monkeypatch.setattr(snapshot, "read_templates", fails)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert [content.refresh() for _ in range(3)] == [False, True, False]
    page = content.page(PAGE[1:] + "index.html")
    assert page is not None and "请遵照执行。".encode() in page.content


def test_a_fault_that_nobody_foresaw_is_told_once_and_ends_nothing(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    preview = RunningDesk(project, 0, told.append, PREVIEW)
    faults: list[str] = []

    def fails(*_: object) -> Any:
        faults.append("")
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "examine", fails)
        thread = threading.Thread(target=preview.run, daemon=True)
        thread.start()
        until(lambda: len(faults) > 2)
    until(lambda: preview.desk.content.snapshot.version > 0)
    monkeypatch.setattr(preview.desk.content, "page", fails)
    answers = [get(preview, PAGE) for _ in range(2)]
    assert [status for status, _ in answers] == [500, 500] and "编号".encode() in answers[0][1]
    assert len(told) == 2 and all("程序出错了（编号 " in each for each in told)
    preview.close()
    thread.join(10)


def open_tab(browser: Any, server: RunningDesk) -> Any:
    """Return a tab of a new browser in which the page of the document is open."""
    tab = browser.new_page(viewport={"width": 1400, "height": 800})
    tab.goto(server.entry_address)
    tab.goto(server.address + PAGE.lstrip("/"))
    return tab


@pytest.mark.tools
def test_an_open_page_follows_the_text(browser: Any, server: RunningDesk, edit: Edit) -> None:
    from tests.web.browser import expect

    tab = open_tab(browser, server)
    expect(tab.locator("#preview-panel img")).to_have_count(1)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    expect(tab.locator("main")).to_contain_text("请遵照执行。")
    edit("2026-1/01.md", "标题: ", "标题 ")
    expect(tab.locator("#preview-panel .behind")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("请遵照执行。")
    edit("2026-1/01.md", "标题 ", "标题: ")
    expect(tab.locator("#preview-panel .behind")).to_have_count(0)
    tab.close()


@pytest.mark.tools
def test_an_open_page_tells_of_a_faulty_template_and_comes_back(
    browser: Any, server: RunningDesk, project: Path
) -> None:
    from tests.web.browser import expect

    template = project / "templates/site/document.html"
    whole = template.read_bytes()
    template.write_bytes(b"{% if %}")
    until(lambda: get(server, PAGE)[0] == 500)
    tab = open_tab(browser, server)
    expect(tab.locator("main")).to_contain_text("templates/site/document.html 第 1 行写法不对")
    template.write_bytes(whole)
    expect(tab.locator("main h1")).to_contain_text("关于加强护林工作的通知")
    template.write_bytes(b"{% if %}")
    expect(tab.locator("main")).to_contain_text("第 1 行写法不对")
    tab.close()


@pytest.mark.tools
@pytest.mark.parametrize("spoilt", [b"", b"<p>no main</p>"])
def test_an_open_page_comes_back_from_a_template_without_main(
    browser: Any, server: RunningDesk, project: Path, edit: Edit, spoilt: bytes
) -> None:
    from tests.web.browser import expect

    template = project / "templates/site/document.html"
    whole = template.read_bytes()
    tab = open_tab(browser, server)
    expect(tab.locator("main h1")).to_contain_text("关于加强护林工作的通知")
    template.write_bytes(spoilt)
    expect(tab.locator("body")).to_contain_text("no main" if spoilt else "这一页的模板是空的")
    expect(tab.locator("main")).to_have_count(0 if spoilt else 1)
    template.write_bytes(whole)
    expect(tab.locator("main h1")).to_contain_text("关于加强护林工作的通知")
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    expect(tab.locator("main")).to_contain_text("请遵照执行。")
    tab.close()


@pytest.mark.tools
def test_an_open_page_tries_again_what_has_failed(browser: Any, server: RunningDesk, edit: Edit) -> None:
    from tests.web.browser import expect

    tab = open_tab(browser, server)
    expect(tab.locator("#preview-panel img")).to_have_count(1)
    failures: list[str] = []

    def fails_twice(route: Any) -> None:
        if len(failures) < 2:
            failures.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    tab.route("**/__preview/state*", fails_twice)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    expect(tab.locator("#preview-panel .behind")).to_contain_text("马上再取")
    version = str(server.desk.content.snapshot.version)
    expect(tab.locator("#preview-panel")).to_have_attribute("data-version", version)
    expect(tab.locator("#preview-panel .behind")).to_have_count(0)
    expect(tab.locator("main")).to_contain_text("请遵照执行。")
    assert len(failures) == 2
    tab.close()
