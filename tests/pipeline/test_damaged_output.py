"""Files that a power cut left with their size and time, but full of zeros: they are made again and never published."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline import damaged_output, output_record, stages, staging
from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import digest

CHECKED = "核对上一次的成品"


def zero(file: Path) -> None:
    """Give ``file`` zeros of its size; its time stays."""
    before = file.stat()
    file.write_bytes(bytes(before.st_size))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def leave_no_trace(project: Path) -> None:
    """Let the record have the marks that the files have now: as if a disk had lost content and kept all else."""
    present = staging.files_in(project / "output")
    last = output_record.read(project)
    output_record.write(project, replace(last, marks={path: mark for path, (_, mark) in present.items()}))


def one_of_each_kind(project: Path) -> list[Path]:
    """Return an output file of each kind: of each suffix in the site, the reports, and what is for print."""
    output = project / "output"
    kinds = {
        (part, file.suffix): file
        for part in output_record.PARTS
        for file in sorted((output / part).rglob("*"))
        if file.is_file()
    }
    return list(kinds.values())


def another_session(folder: Path) -> str:
    return f"another session of {folder.name}"


def test_after_a_start_of_the_machine_damaged_files_are_made_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, said = Wanted(jobs=1), list[str]()
    assert not build(project, wanted, said.append).failed
    before = digest(project / "output")
    damaged = one_of_each_kind(project)
    assert {".html", ".pdf", ".json", ".zip"} <= {file.suffix for file in damaged}
    for file in damaged:
        zero(file)
    leave_no_trace(project)
    assert build(project, wanted, said.append).unchanged and CHECKED not in said
    monkeypatch.setattr(stages, "power_session", another_session)
    assert not build(project, wanted, said.append).failed
    assert digest(project / "output") == before and said.count(CHECKED) == 1
    assert build(project, wanted, said.append).unchanged and said.count(CHECKED) == 1
    zero(next((project / "output/site").rglob("liu-lin-fa-2026-9.pdf")))
    assert main(["publish", "2026-1", "--yes"], project) == 1
    assert not (project / "content/2026-1/published.json").exists()


def test_whole_files_are_kept_after_a_start_of_the_machine(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, said = Wanted(site_only=True, jobs=1), list[str]()
    assert not build(project, wanted, said.append).failed
    monkeypatch.setattr(stages, "power_session", another_session)
    assert build(project, wanted, said.append).unchanged and build(project, wanted, said.append).unchanged
    assert said.count(CHECKED) == 1


def test_a_damaged_file_that_is_needed_is_noticed_at_once(project: Path) -> None:
    wanted, said = Wanted(site_only=True, jobs=1), list[str]()
    assert not build(project, wanted, said.append).failed
    before, last = digest(project / "output"), output_record.read(project)
    for entry in last.texts.values():
        for path in entry.paths:
            zero(project / "output" / path)
    for entry in last.volumes.values():
        for path in entry.paths:
            (project / "output" / path).unlink()
    # Else the index is written from stored blocks, and no text is needed.
    shutil.rmtree(project / ".cache/search")
    leave_no_trace(project)
    assert not build(project, wanted, said.append).failed
    assert "成品有损坏，全部核对" in said and digest(project / "output") == before


def flip(file: Path) -> None:
    """Change one bit of ``file``; its size and time stay."""
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_flipped_bit_of_equal_size_and_time_is_never_kept(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--jobs", "1"], project) == 0
    before = digest(project / "output")
    # A file that is packed, one that is listed, one that is read, and one for the printers.
    for pattern in ("site/2026/1/liu*/*.pdf", "site/2026/1/*.zip", "report/*.json", "print/*-print.pdf"):
        (file, *_) = sorted((project / "output").glob(pattern))
        flip(file)
        assert main(["verify", "--output"], project) == 1
        path = file.relative_to(project / "output").as_posix()
        assert f"改动  {path}" in capsys.readouterr().err
        assert main(["--jobs", "1"], project) == 0
        assert digest(project / "output") == before
        assert main(["verify", "--output"], project) == 0
    (issue,) = (project / "output/site/2026/1").glob("*-2026-1.pdf")
    flip(issue)
    capsys.readouterr()
    assert main(["status"], project) == 0 and "有改动" in capsys.readouterr().out
    assert main(["publish", "2026-1", "--yes"], project) == 1
    flip(issue)
    assert main(["status"], project) == 0 and "已生成" in capsys.readouterr().out


def test_each_so_many_builds_compare_all_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damaged_output, "CHECK_EVERY", 3)
    wanted, said = Wanted(site_only=True, jobs=1), list[str]()
    assert not build(project, wanted, said.append).failed
    before = digest(project / "output")
    flip(project / "output/site/2026/1/index.html")
    leave_no_trace(project)
    assert build(project, wanted, said.append).unchanged and build(project, wanted, said.append).unchanged
    assert CHECKED not in said and digest(project / "output") != before
    assert not build(project, wanted, said.append).unchanged
    assert said.count(CHECKED) == 1 and digest(project / "output") == before
    assert [build(project, wanted, said.append).unchanged for _ in range(3)] == [True] * 3
    assert said.count(CHECKED) == 2


def test_files_that_are_as_they_were_are_compared_only_once(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the project has other inodes and times, and a record of an earlier version knows none."""
    wanted = Wanted(site_only=True, jobs=1)
    assert not build(project, wanted, lambda _: None).failed
    output_record.write(project, replace(output_record.read(project), marks={}))
    compared: list[Path] = []
    of_file = damaged_output.sha256_of

    def counting(file: Path) -> str:
        compared.append(file)
        return of_file(file)

    monkeypatch.setattr(damaged_output, "sha256_of", counting)
    assert build(project, wanted, lambda _: None).unchanged and len(compared) > 20
    compared.clear()
    assert build(project, wanted, lambda _: None).unchanged and not compared


def test_output_is_verified_by_itself(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--output"], project) == 1
    assert "先运行 python3 build.py" in capsys.readouterr().err
    assert main(["--site-only", "--jobs", "1"], project) == 0
    assert main(["verify", "--output", "--key", "x"], project) == 2
    (project / "output/site/robots.txt").unlink()
    (project / "output/site/added.html").write_text("x", "utf-8")
    capsys.readouterr()
    assert main(["verify", "--output"], project) == 1
    said = capsys.readouterr().err
    assert (
        "缺少  site/robots.txt" in said
        and "多出  site/added.html" in said
        and "改动" not in said.split("核对不符")[0]
    )
    assert main(["--site-only", "--jobs", "1"], project) == 0
    assert main(["verify", "--output"], project) == 0
    assert "个成品都是生成时的样子" in capsys.readouterr().out
