"""The tour's sample: made, opened, removed and brought back, without a touch on the office's own gazette."""

from __future__ import annotations

import errno
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import open_desk
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.sample_server import SampleServer
from liulin_gazette.desk.tour_steps import STEPS
from liulin_gazette.disk import durable_files
from liulin_gazette.editing.sample_gazette import (
    FOLDER,
    REMOVED,
    STAGED,
    has_sample,
    is_tour_seen,
    make_sample,
    renew_program_files,
)
from liulin_gazette.model.diagnostics import has_errors
from liulin_gazette.pipeline.examination import examine
from tests.conftest import ROOT
from tests.desk.conftest import ADDRESS, PORT, DeskClient

ENTRY = "http://127.0.0.1:8001/?key=abc"


class StandIn:
    """A server of the sample that serves nothing."""

    entry_address = ENTRY

    def __init__(self) -> None:
        self._closing = threading.Event()

    def run(self) -> None:
        self._closing.wait(60)

    def close(self) -> None:
        self._closing.set()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def office(project: Path) -> Iterator[DeskClient]:
    """A desk that can open a sample."""
    desk = open_desk(project, PORT, sample=SampleServer(lambda _: StandIn()))
    desk.content.refresh()
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(desk.access.cookie, desk.access.session)
    yield DeskClient(desk, client)
    desk.sample.close()


@pytest.fixture
def sample(project: Path) -> DeskClient:
    """The desk of the sample of ``project``."""
    make_sample(project, 2026)
    desk = open_desk(project / FOLDER, PORT, is_sample=True)
    desk.content.refresh()
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(desk.access.cookie, desk.access.session)
    return DeskClient(desk, client)


@pytest.mark.parametrize("year", [2019, 2026, 2031])
def test_the_sample_can_be_published_but_for_one_finding_to_show(project: Path, year: int) -> None:
    make_sample(project, year)
    found = examine(project / FOLDER).diagnostics
    assert not has_errors(found)
    assert [each.code for each in found if not each.place.path.endswith("/01.md")] == ["T003"]


def test_the_sample_is_made_removed_and_brought_back(office: DeskClient) -> None:
    root = office.desk.root
    own = contents(root / "content")
    version = office.desk.content.snapshot.version
    assert "做一期样刊" in office.get("/tour/").text and not (root / ".desk").exists()
    assert office.post("/tour/make").headers["location"] == "/tour/"
    made = contents(root / FOLDER / "content")
    assert "样刊县" in made["gazette.toml"].decode() and "开始看" in office.get("/tour/").text
    assert office.get("/tour/sample/").headers["location"] == ENTRY
    office.post("/tour/remove")
    assert not has_sample(root) and office.get("/tour/sample/").status_code == 404
    assert "恢复删去的样刊" in office.get("/tour/").text
    office.post("/tour/restore")
    assert contents(root / FOLDER / "content") == made
    assert "打开样刊" in office.get("/tour/").text
    office.post("/tour/open")
    assert office.get("/tour/sample/").status_code == 303
    office.desk.content.refresh()
    assert contents(root / "content") == own and office.desk.content.snapshot.version == version
    assert [path.name for path in (root / ".desk").iterdir()] == ["样刊"]


def test_what_was_changed_in_the_sample_stays(office: DeskClient) -> None:
    root = office.desk.root
    office.post("/tour/make")
    document = next((root / FOLDER / "content").rglob("02.md"))
    document.write_text("改过的", "utf-8")
    office.post("/tour/make")
    assert document.read_text("utf-8") == "改过的"
    office.post("/tour/remove")
    office.post("/tour/make")
    assert (root / REMOVED / document.relative_to(root / FOLDER)).read_text("utf-8") == "改过的"
    assert document.read_text("utf-8") != "改过的"
    office.post("/tour/remove")
    office.post("/tour/restore")
    assert document.read_text("utf-8") != "改过的"


def test_a_full_disk_leaves_no_half_sample(office: DeskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    root = office.desk.root

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durable_files, "move_folder", fail)
        answer = office.post("/tour/make")
    assert answer.status_code == 422 and "自己的公报没有动" in answer.text
    assert not has_sample(root) and not (root / STAGED).exists()
    assert office.post("/tour/make").status_code == 303 and has_sample(root)


def test_what_was_left_by_a_kill_is_no_hindrance(project: Path) -> None:
    (project / STAGED / "content").mkdir(parents=True)
    (project / STAGED / "content/rest").write_text("半份", "utf-8")
    make_sample(project, 2026)
    assert not (project / STAGED).exists() and not (project / FOLDER / "content/rest").exists()


def test_an_upgraded_program_reaches_the_sample(project: Path) -> None:
    make_sample(project, 2026)
    own = contents(project / FOLDER / "content")
    (project / "templates/desk/home.html").write_text("新的", "utf-8")
    (project / "templates/desk/undo.html").unlink()
    renew_program_files(project)
    assert (project / FOLDER / "templates/desk/home.html").read_text("utf-8") == "新的"
    assert not (project / FOLDER / "templates/desk/undo.html").exists()
    assert contents(project / FOLDER / "content") == own


def test_nothing_is_opened_or_restored_that_is_not_there(office: DeskClient) -> None:
    for path in ("/tour/open", "/tour/restore"):
        assert office.post(path).status_code == 422, path
    assert office.post("/tour/remove").status_code == 303
    assert not (office.desk.root / ".desk").exists()


def test_the_office_s_pages_show_no_step(office: DeskClient) -> None:
    answer = office.get("/?tour=1").text
    assert 'id="tour"' not in answer and "sample-mark" not in answer and "看一期样刊" in answer
    assert office.post("/tour/end").status_code == 404


def test_a_desk_without_issues_offers_the_sample_first(office: DeskClient) -> None:
    for file in (office.desk.root / "content/2026-1").iterdir():
        file.unlink()
    (office.desk.root / "content/2026-1").rmdir()
    office.desk.content.refresh()
    answer = office.get("/").text
    assert "第一次用" in answer and answer.count('href="/tour/"') == 1


def test_each_step_leads_to_the_next(sample: DeskClient) -> None:
    address = "/?tour=1"
    for number in range(1, len(STEPS) + 1):
        answer = sample.get(address)
        assert answer.status_code == 200 and f"第 {number} 步，共 {len(STEPS)} 步" in answer.text
        assert "sample-mark" in answer.text and ("上一步" in answer.text) == (number > 1)
        found = re.search(r'href="([^"]+)">下一步', answer.text)
        assert bool(found) == (number < len(STEPS))
        address = found[1] if found else ""


def test_the_sample_has_the_manual_with_its_pictures(project: Path) -> None:
    make_sample(project, 2026)  # By a program that gave it no documents.
    shutil.copytree(ROOT / "docs", project / "docs")
    renew_program_files(project)
    desk = open_desk(project / FOLDER, PORT, is_sample=True)
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(desk.access.cookie, desk.access.session)
    found = re.search(r'<a [^>]*href="([^"#]+)[^"]*"[^>]*>帮助</a>', client.get("/").text)
    assert found
    answer = client.get(found[1])
    assert answer.status_code == 200 and "<h1>编辑手册" in answer.text
    pictures = re.findall(r'<img src="([^"]+)"', answer.text)
    assert pictures and {client.get(each).status_code for each in pictures} == {200}


@pytest.mark.parametrize("asked", ["0", "7", "x", "", "１", "-1", "<script>", "99999999999"])
def test_no_other_step_is_shown(sample: DeskClient, asked: str) -> None:
    answer = sample.client.get("/", params={"tour": asked})
    assert answer.status_code == 200 and 'id="tour"' not in answer.text and "<script>" not in answer.text


def test_a_sample_without_its_document_still_has_its_desk(sample: DeskClient) -> None:
    next((sample.desk.root / "content").rglob("02.md")).unlink()
    sample.desk.content.refresh()
    assert sample.get("/?tour=2").status_code == 200
    assert sample.get("/issues/2026-1/documents/02/?tour=3").status_code == 404


def test_the_end_is_remembered_at_the_office(sample: DeskClient, project: Path) -> None:
    assert not is_tour_seen(project)
    assert sample.post("/tour/end").headers["location"] == "/"
    assert is_tour_seen(project) and "关上这个标签页" in sample.get("/").text
    assert sample.get("/tour/office/").status_code == 404 and "tour/office" not in sample.get("/?tour=6").text
    assert sample.get("/tour/").status_code == 404
    office = replace(open_desk(project, PORT), access=sample.desk.access)
    office.content.refresh()
    client = TestClient(application(office, Keys(lambda _: None)), base_url=ADDRESS)
    client.cookies.set(office.access.cookie, office.access.session)
    assert "再看样刊" in client.get("/").text


def test_the_way_back_leads_a_browser_with_the_session_home_once(project: Path) -> None:
    desk = open_desk(project, PORT)
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    link = {"Sec-Fetch-Site": "same-site"}
    key = desk.sample.way_back.next
    assert client.get("/", params={"key": key}, headers=link).status_code == 403  # It opens no session.
    client.cookies.set(desk.access.cookie, desk.access.session)
    for headers in (
        {**link, "Host": "evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {**link, "Origin": "null"},
    ):
        assert client.get("/", params={"key": key}, headers=headers).status_code == 403
    for path, asked in (("/", "wrong"), ("/", ""), ("/history/", "")):
        assert client.get(path, params={"key": asked}, headers=link).status_code == 403
    assert client.post("/", params={"key": key}, headers=link).status_code == 403
    answer = client.get("/", params={"key": key}, headers=link)
    assert answer.status_code == 200 and 'url=/"' in answer.text and "set-cookie" not in answer.headers
    assert client.get("/", params={"key": key}, headers=link).status_code == 403


def test_the_last_step_leads_to_the_first_and_to_the_office(project: Path) -> None:
    make_sample(project, 2026)
    desk = open_desk(project / FOLDER, PORT, is_sample=True, office=lambda: f"{ADDRESS}/?key=abc")
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(desk.access.cookie, desk.access.session)
    for number in range(1, len(STEPS) + 1):
        box = client.get("/", params={"tour": str(number)}).text.partition('id="tour"')[2]
        assert ("从头再看" in box, "回到自己的公报" in box) == (number == len(STEPS),) * 2
    assert client.get("/tour/office/").headers["location"] == f"{ADDRESS}/?key=abc"


def test_only_the_sample_is_entered_by_a_link_with_a_key(project: Path) -> None:
    make_sample(project, 2026)
    link = {"Sec-Fetch-Site": "same-site"}
    for root, is_sample in ((project, False), (project / FOLDER, True)):
        desk = open_desk(root, PORT, is_sample=is_sample)
        keys = Keys(lambda _: None)
        client = TestClient(application(desk, keys), base_url=ADDRESS, follow_redirects=False)
        key = keys.next
        assert client.get("/", params={"key": "wrong"}, headers=link).status_code == 403
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {**link, "Host": "evil.example"},
            {**link, "Origin": "null"},
        ):
            assert client.get("/", params={"key": key}, headers=headers).status_code == 403
        assert client.post("/", params={"key": key}, headers=link).status_code == 403
        answer = client.get("/", params={"key": key}, headers=link)
        assert answer.status_code == (200 if is_sample else 403)
        if is_sample:
            assert (
                "HttpOnly; SameSite=Strict" in answer.headers["set-cookie"] and "url=/?tour=1" in answer.text
            )
            assert client.get("/", headers=link).status_code == 403
            client.cookies.clear()
            assert client.get("/", params={"key": key}, headers=link).status_code == 403
