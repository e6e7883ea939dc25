"""Faults around a build: killed, locked, read-only, damaged caches. The last good output stays whole."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.disk import file_locks
from liulin_gazette.pdf.composition import glyph_coverage
from liulin_gazette.pipeline.build_lock import LockedError, build_lock
from liulin_gazette.pipeline.inputs import ContentChangedError
from liulin_gazette.pipeline.stages import Wanted, build, clean
from liulin_gazette.pipeline.staging import OutputError
from liulin_gazette.rendering.template_errors import UnreadableError
from liulin_gazette.web.manifest import compare
from tests.conftest import Edit, digest
from tests.killable_processes import ended, start_build

POINTS, MANY_POINTS = 5, 200
"""How often a build is killed: in the suite, and with ``--long``."""


Start = Callable[[Path], BaseProcess]


@pytest.fixture
def start(caches_of_all_projects: Path) -> Start:
    """Return a function that starts a build of a project in a process of its own."""
    return partial(start_build, faces=caches_of_all_projects)


def test_killed_at_any_point_the_output_is_whole_and_the_next_build_right(
    project: Path, edit: Edit, start: Start, is_long: bool
) -> None:
    assert ended(start(project)) == 0
    edit("2026-1/01.md", "请认真执行。", "请认真执行第0次。")
    first = time.monotonic()
    assert ended(start(project)) == 0
    whole = time.monotonic() - first
    chance = random.Random(50)
    for number in range(MANY_POINTS if is_long else POINTS):
        edit("2026-1/01.md", f"执行第{number}次", f"执行第{number + 1}次")
        process = start(project)
        time.sleep(chance.uniform(0, whole))
        process.kill()
        process.join()
        site = project / "output/site"
        if not site.exists():
            site = project / "output/.retired/site"
        assert compare(site).is_authentic, number
    assert ended(start(project)) == 0
    assert sorted(path.name for path in (project / "output").glob(".*")) in ([".lock"], [".lock", ".next"])
    fresh = project.parent / "fresh"
    shutil.copytree(project / "content", fresh / "content")
    shutil.copytree(project / "templates", fresh / "templates", ignore=shutil.ignore_patterns(".cache"))
    assert ended(start(fresh)) == 0
    assert digest(project / "output") == digest(fresh / "output")


def test_a_second_build_waits_and_says_for_whom(project: Path) -> None:
    said: list[str] = []
    with build_lock(project, said.append):
        with pytest.raises(LockedError, match=f"进程 {os.getpid()}"), build_lock(project, said.append, 0.5):
            pass
        assert len(said) == 1 and "正在等另一次生成结束" in said[0]
        done: list[bool] = []

        def second() -> None:
            with build_lock(project, lambda _: None):
                done.append(True)

        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.3)
        assert not done
    thread.join(10)
    assert done == [True]


def test_two_builds_at_once_end_well(project: Path, start: Start) -> None:
    processes = [start(project), start(project)]
    assert [ended(process) for process in processes] == [0, 0]
    assert compare(project / "output/site").is_authentic


def test_clean_waits_for_a_build_and_leaves_the_lock(project: Path) -> None:
    said: list[str] = []
    (project / "output/site").mkdir(parents=True)
    (project / ".cache").mkdir()
    with build_lock(project, said.append):
        thread = threading.Thread(target=clean, args=(project, said.append))
        thread.start()
        deadline = time.monotonic() + 10
        while not said and time.monotonic() < deadline:
            time.sleep(0.05)
        assert (project / "output/site").is_dir() and (project / ".cache").is_dir()
    thread.join(10)
    assert len(said) == 1 and "正在等另一次生成结束" in said[0]
    assert not (project / ".cache").exists()
    assert [path.name for path in (project / "output").iterdir()] == [".lock"]
    (project / "output").rename(project / "elsewhere")
    (project / "output").write_text("不是文件夹", "utf-8")
    clean(project, said.append)


class Killed(BaseException):
    """The end of the process."""


def test_cleaning_that_is_killed_leaves_what_a_build_understands(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted(site_only=True, jobs=1)
    assert not build(project, wanted, lambda _: None).failed
    before, kept = digest(project / "output"), project.parent / "kept"
    for folder in (".cache", "output"):
        shutil.copytree(project / folder, kept / folder)
    left = 0

    def kill(call: Callable[..., None]) -> Callable[..., None]:
        def killed(*arguments: Any, **named: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            call(*arguments, **named)

        return killed

    for number in (0, 1, 2, 3, 5, 8, 13, 34, 89):
        for folder in (".cache", "output"):
            shutil.rmtree(project / folder, ignore_errors=True)
            shutil.copytree(kept / folder, project / folder)
        left = number
        with monkeypatch.context() as patch:
            for name in ("unlink", "rmdir", "rename"):
                patch.setattr(os, name, kill(getattr(os, name)))
            with pytest.raises(Killed):
                clean(project, lambda _: None)
        site = project / "output/site"
        assert not site.exists() or compare(site).is_authentic, number
        if number == 13:
            assert not build(project, wanted, lambda _: None).failed
            assert digest(project / "output") == before and not (project / "output/.removed").exists()
    clean(project, lambda _: None)
    assert [path.name for path in (project / "output").iterdir()] == [".lock"]


def test_what_cannot_be_cleaned_away_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "output/site").mkdir(parents=True)
    (project / "output/site/index.html").write_text("x")
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name == "site":
            raise PermissionError(errno.EACCES, "in use")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OutputError, match="没有删干净：output/site（没有删除权限"):
        clean(project, lambda _: None)


def test_builds_and_cleaning_at_once_end_well(project: Path, start: Start) -> None:
    processes = [start(project), start(project)]
    for _ in range(3):
        time.sleep(0.7)
        clean(project, lambda _: None)
    assert [ended(process) for process in processes] == [0, 0]
    assert ended(start(project)) == 0
    assert compare(project / "output/site").is_authentic


def test_without_caches_two_builds_still_wait_for_each_other(project: Path) -> None:
    (project / ".cache").write_text("不是文件夹", "utf-8")
    with (
        build_lock(project, lambda _: None),
        pytest.raises(LockedError),
        build_lock(project, lambda _: None, 0.1),
    ):
        pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_a_disk_without_locks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(file_locks, "_lock", refused)
    said: list[str] = []
    with build_lock(tmp_path, said.append):
        assert said == ["这个磁盘不能加锁：请不要同时运行两次生成"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file that is always full")
def test_a_lock_on_a_full_disk_is_a_lock(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/.lock").symlink_to("/dev/full")
    with build_lock(tmp_path, lambda _: None):
        pass


@pytest.mark.usefixtures("layouts_made_anew")
def test_damaged_caches_change_nothing_but_the_time(project: Path) -> None:
    assert not build(project, Wanted(), lambda _: None).failed
    before = digest(project / "output")
    for file in (project / ".cache").rglob("*"):
        if file.is_file() and "lock" not in file.name:
            content = file.read_bytes()
            file.write_bytes(content[: len(content) // 2] + b"\0damaged")
    shutil.rmtree(project / "output/report")
    assert not build(project, Wanted(), lambda _: None).failed
    assert digest(project / "output") == before


def test_a_clock_that_is_wrong_by_years_changes_nothing(project: Path, edit: Edit) -> None:
    assert not build(project, Wanted(), lambda _: None).failed
    before = digest(project / "output")
    for file in (project / "content").rglob("*"):
        os.utime(file, (4_000_000_000, 4_000_000_000))
    for file in (project / "output").rglob("*"):
        os.utime(file, (1, 1))
    assert not build(project, Wanted(), lambda _: None).failed
    assert digest(project / "output") == before
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    for file in (project / "content").rglob("*"):
        os.utime(file, (1, 1))
    assert not build(project, Wanted(), lambda _: None).failed
    assert digest(project / "output") != before


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EACCES, "没有写入权限"),
        (errno.EPERM, "系统不允许写入"),
        (errno.EDQUOT, "磁盘配额已用完"),
        (errno.EIO, "磁盘读写出错"),
        (errno.ENAMETOOLONG, "路径太长"),
        (errno.EBUSY, "文件正被别的程序使用"),
        (errno.EXDEV, f"系统错误 {errno.EXDEV}"),
    ],
)
def test_an_output_that_cannot_be_written_is_said(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    only_site = Wanted(site_only=True, jobs=1)
    assert not build(project, only_site, lambda _: None).failed
    before = digest(project / "output")
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", refused)
        with pytest.raises(
            OutputError, match=rf"写不进输出文件夹 output/（.*{reason}.*）。上一次的成品没有改动"
        ):
            build(project, only_site, lambda _: None)
    assert digest(project / "output") == before and compare(project / "output/site").is_authentic
    assert not build(project, only_site, lambda _: None).failed
    assert digest(project / "output") != before


def test_a_template_that_cannot_be_used_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project / "templates/site/document.html"
    whole = page.read_bytes()
    for content, said in (
        (whole + b"\n{% if %}", "模板 templates/site/document.html 第"),
        ("{# 模板 #}".encode("gbk") + whole, "模板不是 UTF-8 编码。"),
        (whole.replace(b"{{", b"{{ nothing.at_all }}{{", 1), "模板用不了（"),
    ):
        page.write_bytes(content)
        assert main(["--site-only"], project) == 3
        text = capsys.readouterr().err
        assert text.startswith(said) and "上一次的成品没有改动" in text


@pytest.mark.parametrize("name", ["site/home.html", "print/cover-highlights.html"])
def test_a_missing_template_is_said(project: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "templates" / name).unlink()
    assert main([], project) == 3
    assert capsys.readouterr().err == f"找不到模板 templates/{name}。没有生成，上一次的成品没有改动。\n"


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("content/2026-1/01.md", ContentChangedError, r"^content/2026-1$"),
        (
            "templates/print/print.css",
            UnreadableError,
            r"^读不了 templates/print/print\.css（文件不存在）。$",
        ),
    ],
)
def test_what_vanishes_is_not_blamed_on_the_output(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, path: str, error: type[Exception], said: str
) -> None:
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    before = digest(project / "output")
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    faces = glyph_coverage.printable_faces

    def vanished(*given: Any) -> Any:
        (project / path).unlink()
        return faces(*given)

    monkeypatch.setattr(glyph_coverage, "printable_faces", vanished)
    with pytest.raises(error, match=said):
        build(project, Wanted(jobs=1), lambda _: None)
    assert digest(project / "output") == before


def test_an_output_that_cannot_be_read_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_site = Wanted(site_only=True, jobs=1)
    assert not build(project, only_site, lambda _: None).failed
    scandir = os.scandir

    def refused(path: Any) -> Any:
        if Path(path) == project / "output/site":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(OutputError, match="读不了输出文件夹 output/（没有读取权限"):
        build(project, only_site, lambda _: None)


def test_no_room_for_caches_costs_only_time(project: Path) -> None:
    (project / ".cache").write_text("不是文件夹", "utf-8")
    assert not build(project, Wanted(site_only=True, jobs=1), lambda _: None).failed
    assert compare(project / "output/site").is_authentic


def test_an_output_that_is_a_file_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "output").write_text("不是文件夹", "utf-8")
    assert main([], project) == 3
    said = capsys.readouterr().err
    assert "写不进输出文件夹" in said and "Traceback" not in said


def test_content_that_changes_meanwhile_is_not_half_taken(project: Path, edit: Edit) -> None:
    assert not build(project, Wanted(), lambda _: None).failed
    before = digest(project / "output")
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def interfere(step: str) -> None:
        if step.startswith("排印"):
            edit("2026-1/01.md", "请遵照执行。", "请立即执行。")

    with pytest.raises(ContentChangedError, match="content/2026-1"):
        build(project, Wanted(), interfere)
    assert digest(project / "output") == before
    assert not build(project, Wanted(), lambda _: None).failed
    page = project / "output/site/2026/1/liu-lin-fa-2026-9/index.html"
    assert "请立即执行。" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("step", "name", "old", "new"),
    [
        ("读入和校核", "content/2026-1/01.md", "请认真执行。", "请立即执行。"),
        ("生成网页", "templates/site/home.html", "{% endblock %}", "<!-- -->{% endblock %}"),
    ],
)
def test_what_changes_meanwhile_and_back_again_is_never_made(
    project: Path, step: str, name: str, old: str, new: str
) -> None:
    only_site = Wanted(site_only=True, jobs=1)
    text = (project / name).read_text("utf-8")

    def interfere(said: str) -> None:
        if said == step:
            (project / name).write_text(text.replace(old, new), "utf-8")

    with pytest.raises(ContentChangedError, match=name.rpartition("/")[0].removesuffix("/site")):
        build(project, only_site, interfere)
    assert not (project / "output/site").exists()
    (project / name).write_text(text, "utf-8")
    assert not build(project, only_site, lambda _: None).failed
    assert all(new not in page.read_text("utf-8") for page in (project / "output/site").rglob("*.html"))


def test_line_ends_and_marks_of_windows_change_no_page(project: Path, tmp_path: Path) -> None:
    only_site = Wanted(site_only=True, jobs=1)
    assert not build(project, only_site, lambda _: None).failed
    other = tmp_path / "windows"
    shutil.copytree(project / "content", other / "content")
    shutil.copytree(project / "templates", other / "templates", ignore=shutil.ignore_patterns(".cache"))
    for file in [*other.rglob("*.md"), *other.rglob("*.toml")]:
        text = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text)
    assert not build(other, only_site, lambda _: None).failed
    made = {
        path: each
        for path, each in digest(project / "output").items()
        if path.endswith((".html", ".xml", ".csv"))
    }
    there = digest(other / "output")
    assert made and {path: there[path] for path in made} == made


def test_a_small_change_writes_little(project: Path, edit: Edit) -> None:
    beside = (project / "content/2026-1/01.md").read_text("utf-8").replace("〕9号", "〕19号")
    (project / "content/2026-1/02.md").write_text(beside, "utf-8")
    edit("2026-1/issue.toml", '["01.md"]', '["01.md", "02.md"]')
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    site = project / "output/site"
    before = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    after = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    other = "2026/1/liu-lin-fa-2026-19/index.html"
    for name in ("index.html", "sitemap.xml", "contacts/index.html", "register/index.html", other):
        assert after[site / name] == before[site / name], name
    page = site / "2026/1/liu-lin-fa-2026-9/index.html"
    assert after[page] != before[page] and compare(site).is_authentic
