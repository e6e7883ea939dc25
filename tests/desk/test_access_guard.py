"""The guard of the desk: nobody but the editor's own pages may look or change anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import open_desk
from liulin_gazette.desk.guards.session_keys import Keys
from tests.conftest import ROOT
from tests.desk.conftest import ADDRESS, PORT, DeskClient

PATHS = ("/", "/site/", "/site/2026/1/", "/events", "/static/desk.css", "/prints/2026/1/", "/nothing")


def test_without_a_session_nothing_is_shown(desk_client: DeskClient) -> None:
    desk_client.client.cookies.clear()
    for path in PATHS:
        answer = desk_client.get(path)
        assert answer.status_code == 403 and "柳林" not in answer.text, path


def test_the_first_screen_lists_the_issues(desk_client: DeskClient) -> None:
    answer = desk_client.get("/")
    assert answer.status_code == 200 and "2026年第1期" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


def test_a_key_opens_the_session_once(project: Path) -> None:
    desk = open_desk(project, PORT)
    keys = Keys(lambda _: None)
    client = TestClient(application(desk, keys), base_url=ADDRESS, follow_redirects=False)
    key = keys.next
    assert client.get("/", params={"key": "wrong"}).status_code == 403
    answer = client.get("/", params={"key": key})
    assert answer.status_code == 303 and "HttpOnly; SameSite=Strict" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
    client.cookies.clear()
    assert client.get("/", params={"key": key}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": f"127.0.0.1:{PORT + 1}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_reads_and_changes_nothing(desk_client: DeskClient, headers: dict[str, str]) -> None:
    assert desk_client.client.get("/", headers=headers).status_code == 403
    changed = desk_client.client.post(
        "/", data={"token": desk_client.desk.token}, headers={"Origin": ADDRESS, **headers}
    )
    assert changed.status_code == 403


def test_a_change_says_where_it_comes_from(desk_client: DeskClient) -> None:
    answer = desk_client.client.post("/", data={"token": desk_client.desk.token})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/static/../tokens.css", "/static/base.html", "/static/nothing.css", "/site/../../etc/passwd"]
)
def test_no_other_file_is_served(desk_client: DeskClient, path: str) -> None:
    answer = desk_client.get(path)
    assert answer.status_code == 404 and "没有这一页" in answer.text


def test_a_page_that_does_not_exist_leads_home(desk_client: DeskClient) -> None:
    answer = desk_client.get("/nothing")
    assert answer.status_code == 404 and 'href="/"' in answer.text


def test_the_site_is_shown_as_it_is_now(desk_client: DeskClient) -> None:
    assert "护林" in desk_client.get("/site/2026/1/").text
    file = desk_client.desk.root / "content/2026-1/01.md"
    file.write_text(file.read_text("utf-8").replace("护林", "造林"), "utf-8")
    desk_client.desk.content.refresh()
    assert "造林" in desk_client.get("/site/2026/1/").text


def test_the_desk_opens_where_the_typesetter_cannot_be_loaded() -> None:
    """As on Windows, where Pango is found only once it is asked for, and on a machine without it."""
    program = (
        "import sys\n"
        "sys.modules['weasyprint'] = None\n"
        "import liulin_gazette.commands.desk, liulin_gazette.desk.running_desk, liulin_gazette.desk.application\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
