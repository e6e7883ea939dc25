"""Dropped files that are not yet taken in outlast the desk; what is damaged is told, removed, and costs nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from liulin_gazette.desk import intake_batches, kept_batches
from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import open_desk
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.kept_batches import BATCHES_FOLDER, Batch, forget_batch, keep_batch
from liulin_gazette.disk import system_calls
from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.drafts import Conversion, Draft, Intake
from liulin_gazette.intake.upload_reading import Reading
from tests.desk.conftest import ADDRESS, PORT, DeskClient
from tests.desk.test_intake_screen import INTAKE, LINES, dropped, word_file

KEYS = tuple(f"{number:016d}" for number in range(12))
BATCH = Batch(
    "2026-1",
    ("青石县<b>文件</b>.docx", "../../越界.docx", "空.pdf"),
    3,
    (
        Intake(
            "青石县<b>文件</b>.docx",
            (
                Draft(
                    NewDocument(
                        "通知", "", "青石县水务局", "", fields={"令号": "第1号", "签批": ("甲", "乙")}
                    ),
                    (Conversion("第1段", "原文", "结果"),),
                    (("图1.png", b"\x89PNG\0"),),
                ),
            ),
            (),
        ),
    ),
    (("空.pdf", "读不了。"),),
)


def reopened(project: Path) -> DeskClient:
    """The desk of a later session on the same folder."""
    desk = open_desk(project, PORT)
    desk.content.refresh()
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(desk.access.cookie, desk.access.session)
    return DeskClient(desk, client)


def files(project: Path) -> list[Path]:
    """The files of kept batches."""
    return sorted((project / BATCHES_FOLDER).glob("*"))


def test_a_batch_is_taken_in_by_a_later_desk(desk_client: DeskClient) -> None:
    project = desk_client.desk.root
    address = dropped(desk_client, ("青石<i>通知.docx", word_file()), ("坏.pdf", b"%PDF-1.7\nnothing"))
    shown = desk_client.get(address).text
    later = reopened(project)
    for page in ("/", "/issues/2026-1/", INTAKE):
        text = later.get(page).text
        assert "还没有转入的来稿" in text and "青石&lt;i&gt;通知.docx、坏.pdf" in text, page
        assert address.rpartition("intake/")[2] in text
    assert later.get(address).text.replace(later.desk.token, "") == shown.replace(desk_client.desk.token, "")
    accepted = later.post(f"{address}accept", {"take": "0", "section-0": "县政府部门文件"})
    assert accepted.status_code == 303
    assert "柳林发〔2026〕21号" in (project / "content/2026-1/02.md").read_text("utf-8")
    assert not files(project) and later.get(address).status_code == 404
    assert "还没有转入的来稿" not in later.get("/").text
    assert reopened(project).desk.batches.waiting() == []


def test_what_is_thrown_away_is_gone_from_the_disk(desk_client: DeskClient) -> None:
    address = dropped(desk_client, ("通知.txt", "\n".join(LINES).encode()))
    assert len(files(desk_client.desk.root)) == 1
    if os.name != "nt":
        assert (desk_client.desk.root / BATCHES_FOLDER).stat().st_mode & 0o777 == 0o700
    desk_client.post(f"{address}discard")
    assert not files(desk_client.desk.root)


def test_the_form_on_the_disk_is_complete(project: Path) -> None:
    assert keep_batch(project, KEYS[0], BATCH) == ""
    kept = kept_batches.kept_batches(project)
    assert kept.batches == {KEYS[0]: BATCH} and kept.told == ()


def test_what_was_not_read_when_the_desk_closed_is_told(project: Path) -> None:
    keep_batch(project, KEYS[0], Batch("2026-1", ("甲.docx", "乙.docx"), 1))
    [(_, batch)] = reopened(project).desk.batches.waiting()
    assert (
        batch.is_read
        and [name for name, _ in batch.faults] == ["乙.docx"]
        and "再拖一次" in batch.faults[0][1]
    )


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _foreign(file: Path) -> None:
    """Sealed, but of a program whose batches have other fields."""
    import hashlib

    content = b"\1" * 32 + file.read_bytes()[64:]
    file.write_bytes(hashlib.sha256(content).digest() + content)


@pytest.mark.parametrize("spoil", [_cut, _empty, _foreign])
def test_a_file_that_cannot_be_used_costs_nothing_else(project: Path, spoil: Callable[[Path], None]) -> None:
    for key in KEYS[:2]:
        keep_batch(project, key, BATCH)
    spoil(project / BATCHES_FOLDER / f"{KEYS[0]}.batch")
    other = project / BATCHES_FOLDER / "别的文件.txt"
    other.write_text("留着", "utf-8")
    desk = reopened(project)
    assert [key for key, _ in desk.desk.batches.waiting()] == [KEYS[1]]
    assert "读不出来" in desk.get("/").text and "读不出来" in desk.get(INTAKE).text
    assert {file.name for file in files(project)} == {f"{KEYS[1]}.batch", other.name}
    assert "读不出来" not in reopened(project).get("/").text


@pytest.mark.parametrize("issue", ["../x", "", "2026-1/../../y"])
def test_no_kept_batch_leads_out_of_its_issue(project: Path, issue: str) -> None:
    keep_batch(project, KEYS[0], Batch(issue, ("甲.docx",), 1))
    draft = Draft(NewDocument("甲", "", "乙", ""), (), (("../../图.png", b"x"),))
    keep_batch(project, KEYS[1], Batch("2026-1", ("甲.docx",), 1, (Intake("甲.docx", (draft,), ()),)))
    kept = kept_batches.kept_batches(project)
    assert not kept.batches and len(kept.told) == 2


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_are_not_followed(project: Path, tmp_path: Path) -> None:
    keep_batch(project, KEYS[0], BATCH)
    kept = project / BATCHES_FOLDER
    outside = tmp_path / "outside"
    kept.rename(outside)
    kept.symlink_to(outside)
    assert not kept_batches.kept_batches(project).batches
    assert len(list(outside.iterdir())) == 1


def test_count_and_age_are_bounded(project: Path) -> None:
    now = time.time()
    for number, key in enumerate(KEYS[:8]):
        keep_batch(project, key, BATCH)
        os.utime(project / BATCHES_FOLDER / f"{key}.batch", (now, now - number * 60))
    old = now - (kept_batches.MOST_DAYS + 1) * 86_400
    os.utime(project / BATCHES_FOLDER / f"{KEYS[0]}.batch", (now, old))
    kept = kept_batches.kept_batches(project)
    assert list(kept.batches) == list(reversed(KEYS[1:7])) and len(files(project)) == 6
    assert len(kept.told) == 2 and all("已经删去" in told and "空.pdf" in told for told in kept.told)
    os.utime(project / BATCHES_FOLDER / f"{KEYS[1]}.batch", (now, old))
    kept = kept_batches.kept_batches(project)
    assert KEYS[1] not in kept.batches and "超过 90 天" in kept.told[0]


def test_size_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_batches, "MOST_BYTES", 100)
    assert "没有存盘" in keep_batch(project, KEYS[0], BATCH) and not files(project)


def test_a_name_that_no_file_can_hold_is_not_kept(project: Path) -> None:
    assert "没有存盘" in keep_batch(project, KEYS[0], Batch("2026-1", ("\udcff.docx",), 1))
    forget_batch(project, KEYS[0])


def test_a_full_disk_leaves_the_batch_in_memory(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(system_calls, "write", refuse)
    address = dropped(desk_client, ("通知.txt", "\n".join(LINES).encode()))
    shown = desk_client.get(address).text
    assert "没有存盘" in shown and "转入打勾的草稿" in shown
    assert not files(desk_client.desk.root)


def test_the_oldest_gives_way_on_the_disk_too(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str, content: bytes) -> list[Reading]:
        return []

    monkeypatch.setattr(intake_batches, "read_upload", nothing)
    for _ in range(intake_batches.MOST_BATCHES + 1):
        dropped(desk_client, ("甲.docx", b"x"))
    assert len(files(desk_client.desk.root)) == intake_batches.MOST_BATCHES
