"""Output files are published whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette.pipeline import staging
from liulin_gazette.pipeline.output_record import stands
from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.conftest import ROOT, Edit, digest

pytestmark = pytest.mark.usefixtures("layouts_made_anew")


def publish(root: Path, text: str) -> None:
    edition = staging.begin_edition(staging.LastEdition(root, stands(staging.files_in(root))))
    edition.write("site/index.html", text.encode())
    edition.finish()
    staging.publish(root)


def test_new_output_takes_the_place_of_the_old(tmp_path: Path) -> None:
    publish(tmp_path, "一")
    publish(tmp_path, "二")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "二"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".next", "site"]
    assert (tmp_path / ".next/site/index.html").read_text("utf-8") == "一"


def test_what_is_kept_is_not_copied_and_what_is_not_is_gone(tmp_path: Path) -> None:
    edition = staging.begin_edition(staging.LastEdition(tmp_path, {}))
    for name in ("a", "b", "c"):
        edition.write(f"site/{name}/x.html", name.encode())
    edition.finish()
    staging.publish(tmp_path)
    for text in ("乙", "丙"):
        before = (tmp_path / "site/a/x.html").stat()
        edition = staging.begin_edition(staging.LastEdition(tmp_path, stands(staging.files_in(tmp_path))))
        assert edition.has(["site/a/x.html"]) and not edition.has(["site/d/x.html"])
        edition.keep(["site/a/x.html"])
        edition.write("site/b/x.html", text.encode())
        files = edition.finish()
        staging.publish(tmp_path)
        assert files == stands(staging.files_in(tmp_path)) and set(files) == {
            "site/a/x.html",
            "site/b/x.html",
        }
        assert (tmp_path / "site/a/x.html").stat().st_ino == before.st_ino
        assert not (tmp_path / "site/c").exists()
        assert (tmp_path / "site/b/x.html").read_text("utf-8") == text


def test_a_file_that_was_touched_is_not_taken_over(tmp_path: Path) -> None:
    publish(tmp_path, "一")
    known = stands(staging.files_in(tmp_path))
    (tmp_path / "site/index.html").write_text("别的", "utf-8")
    edition = staging.begin_edition(staging.LastEdition(tmp_path, known))
    assert not edition.has(["site/index.html"])


def test_a_name_of_other_case_is_another_file_only_where_the_disk_says_so(tmp_path: Path) -> None:
    edition = staging.begin_edition(staging.LastEdition(tmp_path, {}))
    edition.write("site/Fig/a.png", b"1")
    edition.finish()
    staging.publish(tmp_path)
    for is_one in (True, False):
        known = stands(staging.files_in(tmp_path))
        edition = staging.begin_edition(staging.LastEdition(tmp_path, known))
        if is_one:  # As on Windows, where either name is that of the one folder.
            (tmp_path / ".next/site/fig").symlink_to("Fig")
        edition.write("site/fig/a.png", b"2")
        assert (tmp_path / "site/Fig/a.png").read_bytes() == b"1"
        assert set(edition.finish()) == {"site/fig/a.png"}
        assert (tmp_path / ".next/site/fig/a.png").read_bytes() == b"2"
        assert (tmp_path / ".next/site/Fig").exists() == is_one
        if is_one:
            (tmp_path / ".next/site/fig").unlink()


def test_what_a_killed_build_left_is_not_taken_for_the_last_good_file(tmp_path: Path) -> None:
    publish(tmp_path, "一")
    publish(tmp_path, "二")
    good, left = tmp_path / "site/index.html", tmp_path / ".next/site/index.html"
    left.write_text("三", "utf-8")
    os.utime(left, ns=(good.stat().st_atime_ns, good.stat().st_mtime_ns))
    staging.begin_edition(staging.LastEdition(tmp_path, stands(staging.files_in(tmp_path))))
    assert left.read_text("utf-8") == "二" and left.samefile(good)


def test_without_hard_links_the_next_edition_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    publish(tmp_path, "一")
    for _ in range(2):
        edition = staging.begin_edition(staging.LastEdition(tmp_path, stands(staging.files_in(tmp_path))))
        assert edition.has(["site/index.html"]) and edition.read("site/index.html") == "一".encode()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b"])
def test_paths_outside_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(staging.OutputError):
        staging.write_file(tmp_path / "site", path, b"")


def test_what_could_not_be_removed_after_the_renames_stops_no_build(tmp_path: Path) -> None:
    for folder, content in (("site", b"new"), (".retired/site", b"old"), (".next/site", b"next")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x").write_bytes(content)
    staging.recover(tmp_path)
    assert (tmp_path / "site/x").read_bytes() == b"new" and not (tmp_path / ".retired").exists()


def test_death_between_the_renames_is_put_right(tmp_path: Path) -> None:
    publish(tmp_path, "一")
    (tmp_path / ".retired").mkdir()
    (tmp_path / "site").rename(tmp_path / ".retired/site")
    (tmp_path / ".next/site").mkdir(parents=True)
    (tmp_path / ".next/site/half.html").write_text("写了一半", "utf-8")
    staging.begin_edition(staging.LastEdition(tmp_path, {}))
    assert (tmp_path / "site/index.html").read_text("utf-8") == "一"
    assert not (tmp_path / ".next/site/half.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".next", "site"]


def test_full_disk_is_said_in_chinese_and_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "一")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(staging.OutputError, match="磁盘已满"):
        publish(tmp_path, "二")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "一"


def two_editions(root: Path) -> None:
    """Publish one edition with all parts, and stage another."""
    for text in ("旧", "新"):
        edition = staging.begin_edition(staging.LastEdition(root, stands(staging.files_in(root))))
        for part in staging.PARTS:
            edition.write(f"{part}/x.txt", text.encode())
        edition.finish()
        if text == "旧":
            staging.publish(root)


def parts(root: Path) -> list[str]:
    return [(root / part / "x.txt").read_text("utf-8") for part in staging.PARTS]


@pytest.mark.parametrize("number", range(1, 2 * len(staging.PARTS) + 1))
@pytest.mark.parametrize("is_killed", [True, False])
def test_no_interruption_leaves_parts_of_two_editions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_killed: bool
) -> None:
    for folder, content in ((tmp_path, b"old"), (tmp_path / ".next", b"new")):
        for part in staging.PARTS:
            (folder / part).mkdir(parents=True)
            (folder / part / "x").write_bytes(content)
    rename, count = Path.rename, 0

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == number or (is_killed and count > number):
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "rename", interrupted)
        staging.publish(tmp_path)
    staging.recover(tmp_path)
    assert [(tmp_path / part / "x").read_bytes() for part in staging.PARTS] == [b"old"] * len(staging.PARTS)
    assert not (tmp_path / ".retired").exists()


@pytest.mark.parametrize("number", range(2 * len(staging.PARTS)))
def test_a_rename_that_is_refused_leaves_the_last_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    two_editions(tmp_path)
    renamed = Path.rename
    count = iter(range(100))

    def refused_once(self: Path, target: Path) -> Path:
        if next(count) == number:
            raise PermissionError(errno.EACCES, "Access is denied")
        return renamed(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refused_once)
        with pytest.raises(staging.OutputError, match=r"正被别的程序打开.*上一次的成品没有改动"):
            staging.publish(tmp_path)
    assert parts(tmp_path) == ["旧"] * len(staging.PARTS)
    publish(tmp_path, "三")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "三"


def test_renames_that_cannot_be_taken_back_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_editions(tmp_path)
    renamed = Path.rename
    count = iter(range(100))

    def refused_from_the_fourth(self: Path, target: Path) -> Path:
        if next(count) >= 3:
            raise PermissionError(errno.EACCES, "Access is denied")
        return renamed(self, target)

    monkeypatch.setattr(Path, "rename", refused_from_the_fourth)
    with pytest.raises(staging.OutputError, match="有的还是旧的") as refused:
        staging.publish(tmp_path)
    assert "没有改动" not in str(refused.value)


def test_what_fails_after_the_last_rename_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_editions(tmp_path)
    renamed = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == ".retired":
            raise PermissionError(errno.EACCES, "Access is denied")
        return renamed(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refused)
        staging.publish(tmp_path)
    assert parts(tmp_path) == ["新"] * len(staging.PARTS)
    publish(tmp_path, "三")
    assert sorted(path.name for path in tmp_path.glob(".*")) == [".next"]


def test_killed_in_mid_build(project: Path) -> None:
    """A build killed while it typesets leaves the last good output, and the next build is right."""
    assert not build(project, Wanted(), lambda _: None).failed
    good = digest(project / "output")
    document = project / "content/2026-1/01.md"
    text = document.read_text("utf-8")
    document.write_text(text + "\n本通知自印发之日起施行。\n", "utf-8")
    dies = (
        "import os, sys; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from liulin_gazette.pipeline import stages;"
        "stages.build(Path(sys.argv[2]), stages.Wanted(), lambda s: os._exit(9) if s.startswith('排印') else None)"
    )
    killed = subprocess.run([sys.executable, "-c", dies, str(ROOT), str(project)], check=False)
    assert killed.returncode == 9
    assert (project / "output/.next").is_dir()
    assert digest(project / "output/site") == {
        path.removeprefix("site/"): content for path, content in good.items() if path.startswith("site/")
    }
    document.write_text(text, "utf-8")
    assert not build(project, Wanted(), lambda _: None).failed
    assert digest(project / "output") == good


def test_same_input_same_bytes_in_another_folder_zone_and_hash_seed(project: Path, tmp_path: Path) -> None:
    """Faces, layouts and all else are made anew there, by the command, for another user."""
    assert not build(project, Wanted(), lambda _: None).failed
    other = tmp_path / "另一个 文件夹"
    for name in ("content", "templates"):
        shutil.copytree(project / name, other / name, ignore=shutil.ignore_patterns(".cache"))
    command = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from liulin_gazette.cli import main; sys.exit(main([], Path(sys.argv[2])))"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "USER": "other",
        "TZ": "America/New_York",
        "LANG": "C",
        "PYTHONUTF8": "1",
    }
    words = [sys.executable, "-c", command, str(ROOT), str(other)]
    assert subprocess.run(words, env=environment, capture_output=True, check=False).returncode == 0
    assert digest(other / "output") == digest(project / "output")


def test_real_build_succeeds(real_build: tuple[Path, Result]) -> None:
    root, result = real_build
    assert not result.failed
    assert sorted(path.name for path in (root / "output").iterdir()) == [".lock", "print", "report", "site"]
    assert sorted(path.name for path in (root / "output/report").iterdir()) == ["2026-1.html", "2026-1.json"]


def test_building_one_issue_keeps_the_others_pdf(project: Path) -> None:
    second = project / "content/2026-2"
    second.mkdir()
    text = (project / "content/2026-1/issue.toml").read_text("utf-8")
    text = text.replace('"期" = 1', '"期" = 2').replace("= 30", "= 31").replace("2026-02-28", "2026-04-28")
    (second / "issue.toml").write_text(text, "utf-8")
    document = (project / "content/2026-1/01.md").read_text("utf-8").replace("〕9号", "〕19号")
    (second / "01.md").write_text(document, "utf-8")
    assert len(build(project, Wanted(), lambda _: None).built) == 2
    good = digest(project / "output")
    again = build(project, Wanted(("2026-2",)), lambda _: None)
    assert again.unchanged or not again.typeset
    assert len(again.built) == 2
    assert digest(project / "output") == good


def test_an_issue_that_is_emptied_leaves_nothing_for_printers(project: Path, edit: Edit) -> None:
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    assert (project / "output/print").is_dir()
    edit("2026-1/issue.toml", '["01.md"]', "[]")
    (project / "content/2026-1/01.md").unlink()
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    assert [path.name for path in (project / "output").glob("[!.]*")] == ["site"]
    assert build(project, Wanted(jobs=1), lambda _: None).unchanged


def test_the_report_names_faces_and_libraries(real_build: tuple[Path, Result]) -> None:
    root, _ = real_build
    data = json.loads((root / "output/report/2026-1.json").read_text("utf-8"))
    assert set(data["字体"]) == {"小标宋", "宋体", "黑体", "楷体"}
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in data["字体"].values())
    assert data["程序库"]["weasyprint"]["版本"] == "70.0"
    assert all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) for each in data["程序库"].values())
    assert data["运行环境"]["Python"] == platform.python_version()
    assert "weasyprint" in (root / "output/report/2026-1.html").read_text("utf-8")
