"""Typesetting by several processes, some of which are killed meanwhile."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from liulin_gazette.pdf import laying_out
from liulin_gazette.pdf.laying_out import Pending
from liulin_gazette.pipeline import Wanted, build
from tests.conftest import Edit, digest


def kill_others() -> None:
    for process in multiprocessing.active_children():
        process.kill()
        process.join()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_processes_cost_only_time(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    good = digest(project / "output")
    edit("2026-1/01.md", "请认真执行。", "请立即执行。")
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    edit("2026-1/01.md", "请立即执行。", "请认真执行。")
    for file in (project / ".cache/layouts").iterdir():
        file.unlink()
    said: list[str] = []
    monkeypatch.setattr(laying_out, "WORTH_SHARING", 0)
    result = Pending.result

    def killed(self: Pending) -> laying_out.Encoded:
        kill_others()
        return result(self)

    def say(step: str) -> None:
        said.append(step)
        if moment == "before" and step.startswith("排印"):
            kill_others()

    if moment == "after":
        monkeypatch.setattr(Pending, "result", killed)
    assert not build(project, Wanted(jobs=3), say).failed
    assert any("已在本机重做" in step for step in said)
    assert digest(project / "output") == good


def test_a_folder_that_is_no_issue_starts_no_typesetter(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "content/资料").mkdir()
    (project / "content/资料/说明.md").write_text("与哪一期都无关", "utf-8")
    assert not build(project, Wanted(jobs=2), lambda _: None).failed

    def refused(*_: object) -> None:
        raise AssertionError("nothing is to be typeset")

    monkeypatch.setattr(laying_out, "Typesetters", refused)
    (project / "content/资料/说明.md").write_text("改了", "utf-8")
    assert not build(project, Wanted(jobs=2), lambda _: None).failed
