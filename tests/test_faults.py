"""What goes wrong around a build: killed, locked, read-only, damaged caches; the last good output stays whole."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from liulin_gazette.build_lock import LockedError, build_lock
from liulin_gazette.manifest import compare
from liulin_gazette.pipeline import Wanted, build
from tests.conftest import ROOT, Edit

COMMAND = "import sys; sys.path.insert(0, {!r}); from liulin_gazette.cli import main; sys.exit(main([], __import__('pathlib').Path({!r})))"
POINTS = 50


def start(project: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", COMMAND.format(str(ROOT), str(project))]
    return subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("site", "print", "report")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def test_killed_at_any_point_the_output_is_whole_and_the_next_build_right(project: Path, edit: Edit) -> None:
    first = time.monotonic()
    assert start(project).wait() == 0
    edit("2026-1/01.md", "请认真执行。", "请认真执行第0次。")
    first = time.monotonic()
    assert start(project).wait() == 0
    whole = time.monotonic() - first
    chance = random.Random(50)
    for number in range(POINTS):
        edit("2026-1/01.md", f"执行第{number}次", f"执行第{number + 1}次")
        process = start(project)
        time.sleep(chance.uniform(0, whole))
        os.killpg(process.pid, 9)
        process.wait()
        site = project / "output/site"
        if not site.exists():
            site = project / "output/.retired/site"
        assert compare(site).is_true, number
    assert start(project).wait() == 0
    assert [path.name for path in (project / "output").glob(".*")] in ([], [".next"])
    fresh = project.parent / "fresh"
    shutil.copytree(project / "content", fresh / "content")
    shutil.copytree(project / "templates", fresh / "templates", ignore=shutil.ignore_patterns(".cache"))
    assert start(fresh).wait() == 0
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


def test_two_builds_at_once_end_well(project: Path) -> None:
    processes = [start(project), start(project)]
    assert [process.wait() for process in processes] == [0, 0]
    assert compare(project / "output/site").is_true


def test_damaged_caches_change_nothing_but_the_time(project: Path) -> None:
    assert not build(project, Wanted(), lambda _: None).failed
    before = digest(project / "output")
    for file in (project / ".cache").rglob("*"):
        if file.is_file() and file.suffix != ".otf" and "lock" not in file.name:
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


@pytest.mark.parametrize("seed", ["0", "1"])
def test_another_folder_user_and_hash_seed_give_the_same_bytes(
    project: Path, seed: str, tmp_path: Path
) -> None:
    assert not build(project, Wanted(), lambda _: None).failed
    other = tmp_path / "另一个 文件夹"
    shutil.copytree(project / "content", other / "content")
    shutil.copytree(project / "templates", other / "templates", ignore=shutil.ignore_patterns(".cache"))
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "USER": "other",
        "TZ": "America/New_York",
        "LANG": "C",
        "PYTHONUTF8": "1",
    }
    words = [sys.executable, "-c", COMMAND.format(str(ROOT), str(other))]
    assert subprocess.run(words, env=environment, capture_output=True, check=False).returncode == 0
    assert digest(other / "output") == digest(project / "output")
