"""Typesetting in several processes, some of which are killed."""

from __future__ import annotations

import io
import multiprocessing
import shutil
from pathlib import Path

import pytest
from PIL import Image

from liulin_gazette.pdf.typeset import workshop
from liulin_gazette.pdf.typeset.workshop import Pending
from liulin_gazette.pipeline.inputs import ContentChangedError
from liulin_gazette.pipeline.stages import Wanted, build
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
    monkeypatch.setattr(workshop, "WORTH_SHARING", 0)
    result = Pending.result

    def killed(self: Pending) -> workshop.Encoded:
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


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), colour).save(out, "PNG")
    return out.getvalue()


def test_a_picture_that_is_saved_meanwhile_spoils_no_layout(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "content/2026-1/图.png"
    file.write_bytes(picture("red"))
    edit("2026-1/01.md", "请认真执行。", "请认真执行。\n\n![红的方块](图.png)\n")
    result = Pending.result

    def saved(self: Pending) -> workshop.Encoded:
        file.write_bytes(picture("blue"))
        return result(self)

    with monkeypatch.context() as patch:
        patch.setattr(Pending, "result", saved)
        with pytest.raises(ContentChangedError):
            build(project, Wanted(jobs=1), lambda _: None)
    file.write_bytes(picture("red"))
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    made = digest(project / "output")
    shutil.rmtree(project / ".cache/layouts")
    shutil.rmtree(project / "output")
    assert not build(project, Wanted(jobs=1), lambda _: None).failed
    assert digest(project / "output") == made


def test_a_folder_that_is_no_issue_starts_no_typesetter(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "content/资料").mkdir()
    (project / "content/资料/说明.md").write_text("与哪一期都无关", "utf-8")
    assert not build(project, Wanted(jobs=2), lambda _: None).failed

    def refused(*_: object) -> None:
        raise AssertionError("nothing is to be typeset")

    monkeypatch.setattr(workshop, "Typesetters", refused)
    (project / "content/资料/说明.md").write_text("改了", "utf-8")
    assert not build(project, Wanted(jobs=2), lambda _: None).failed
