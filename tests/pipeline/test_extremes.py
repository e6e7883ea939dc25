"""At the extremes: builds at the same time, few handles, a document that is much too large."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from tests.conftest import ROOT, small_project

AT_ONCE = 3
HANDLES = 64
FEW_HANDLES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[1])))
from liulin_gazette.__main__ import run
sys.argv = ["liulin-gazette", *sys.argv[2:]]
run()
"""
"""A program that runs the command after its first argument with as many handles as that says."""


def started(project: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def site(project: Path) -> dict[str, str]:
    folder = project / "output/site"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_builds_at_the_same_time_all_end_well(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = small_project(tmp_path_factory.mktemp("alone"))
    assert main(["--site-only"], alone) == 0
    builds = [started(project, "-m", "liulin_gazette", "--site-only") for _ in range(AT_ONCE)]
    outputs = [build.communicate()[0] for build in builds]
    assert [build.returncode for build in builds] == [0] * AT_ONCE, outputs
    assert site(project) == site(alone)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("word", ["check", "--site-only"])
def test_few_handles_are_enough(project: Path, word: str) -> None:
    build = started(project, "-c", FEW_HANDLES, str(HANDLES), word)
    output, _ = build.communicate()
    assert build.returncode == 0, output


def test_a_document_of_ten_megabytes_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "content/2026-1/01.md"
    paragraph = "\n请各乡镇认真执行本通知的有关规定，切实加强组织领导，落实工作责任。\n"
    file.write_text(file.read_text("utf-8") + paragraph * (10_000_000 // len(paragraph.encode())), "utf-8")
    assert main(["--site-only"], project) != 0
    told = capsys.readouterr()
    assert "文件超过 4 MB，不像一份公文" in told.out + told.err
    assert not (project / "output/site").exists()
