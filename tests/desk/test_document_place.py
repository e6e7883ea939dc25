"""A document is moved and deleted from its own page, asked back, and both can be undone: in Chromium, by both hands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from tests.conftest import DOCUMENT, publish
from tests.desk.conftest import DeskClient
from tests.desk.hands import Hands
from tests.web.browser import expect

PLACE = "/issues/2026-1/place/01/?from=document"
DOCUMENT_PAGE = "/issues/2026-1/documents/01/"


@pytest.fixture
def project(project: Path) -> Path:
    """The small project, with a second section, and a document that no section lists."""
    folder = project / "content/2026-1"
    settings = (folder / "issue.toml").read_text("utf-8")
    (folder / "issue.toml").write_text(
        f'{settings}\n[["栏目"]]\n"名称" = "<b>人事</b>"\n"文件" = []\n', "utf-8"
    )
    (folder / "09.md").write_text(DOCUMENT.replace("9号", "10号"), "utf-8")
    return project


def test_the_page_of_a_document_leads_there_and_back(desk_client: DeskClient) -> None:
    assert f'href="{PLACE}">移走、删除</a>' in desk_client.get(DOCUMENT_PAGE).text
    shown = desk_client.get(PLACE).text
    assert f'href="{DOCUMENT_PAGE}">不删，回去</a>' in shown and "&lt;b&gt;人事" in shown
    assert 'href="/issues/2026-1/">不删，回去</a>' in desk_client.get(PLACE.partition("?")[0]).text
    unlisted = desk_client.get("/issues/2026-1/documents/09/").text
    assert 'href="/issues/2026-1/#unlisted-title">列入栏目、删除</a>' in unlisted
    assert 'id="unlisted-title"' in desk_client.get("/issues/2026-1/").text


def test_what_is_published_is_not_moved(project: Path, desk_client: DeskClient) -> None:
    (project / "content/2026-1/09.md").unlink()
    publish(project, "2026-1")
    desk_client.desk.content.refresh()
    assert "移走、删除" not in desk_client.get(DOCUMENT_PAGE).text


@pytest.mark.tools
@pytest.mark.parametrize(
    ("is_keyboard", "width"), [(True, 1366), (False, 390)], ids=["keyboard-1366", "mouse-390"]
)
def test_a_document_is_moved_deleted_and_brought_back(
    project: Path, running_desk: RunningDesk, desk_tab: Any, is_keyboard: bool, width: int
) -> None:
    tab, file = desk_tab, project / "content/2026-1/01.md"
    before, settings = file.read_bytes(), (project / "content/2026-1/issue.toml").read_bytes()
    tab.set_viewport_size({"width": width, "height": 768})
    hands = Hands(tab, is_keyboard)
    hands.begin("移走、删除")
    tab.goto(f"{running_desk.address}{DOCUMENT_PAGE[1:]}")
    expect(tab.locator("#finding-steps")).to_be_visible()
    hands.look()
    hands.go(tab.get_by_role("link", name="移走、删除"))
    hands.look()
    hands.go(tab.get_by_role("link", name="不删，回去"))
    expect(tab.locator("#finding-steps")).to_be_visible()
    hands.go(tab.get_by_role("link", name="移走、删除"))
    hands.go(tab.get_by_role("button", name="移到这个栏目的最后"))
    expect(tab.locator("#told")).to_contain_text("移到了“<b>人事</b>”的最后")
    assert file.read_bytes() == before
    hands.go(tab.locator(".row[data-name] a.title"))
    expect(tab.locator("#finding-steps")).to_be_visible()
    hands.go(tab.get_by_role("link", name="移走、删除"))
    hands.go(tab.get_by_role("button", name="删除这份公文"))
    expect(tab.locator("#told")).to_contain_text("删错了，点上面的“撤销”")
    assert not file.exists()
    for _ in range(2):
        hands.go(tab.get_by_role("link", name="撤销", exact=True))
        hands.go(tab.get_by_role("link", name="撤销最后一步……"))
        hands.go(tab.get_by_role("button", name="撤销", exact=True))
    assert file.read_bytes() == before
    assert (project / "content/2026-1/issue.toml").read_bytes() == settings
