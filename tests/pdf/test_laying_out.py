"""Typesetting in several processes, some of which are killed."""

from __future__ import annotations

import io
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset import cached_typesetter
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.typeset.layout import Layout
from liulin_gazette.pipeline.inputs import ContentChangedError
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import ROOT, Edit, digest

pytestmark = pytest.mark.usefixtures("layouts_made_anew")


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
    monkeypatch.setattr(cached_typesetter, "WORTH_SHARING", 0)
    start = CachedTypesetter.start

    def killed(self: CachedTypesetter, items: Sequence[Item]) -> Callable[[], dict[str, Layout]]:
        result = start(self, items)
        kill_others()
        return result

    def say(step: str) -> None:
        said.append(step)
        if moment == "before" and step.startswith("排印"):
            kill_others()

    if moment == "after":
        monkeypatch.setattr(CachedTypesetter, "start", killed)
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
    start = CachedTypesetter.start

    def saved(self: CachedTypesetter, items: Sequence[Item]) -> Callable[[], dict[str, Layout]]:
        result = start(self, items)
        file.write_bytes(picture("blue"))
        return result

    with monkeypatch.context() as patch:
        patch.setattr(CachedTypesetter, "start", saved)
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

    monkeypatch.setattr(WorkerPool, "get_ready", refused)
    monkeypatch.setattr(CachedTypesetter, "start", refused)
    (project / "content/资料/说明.md").write_text("改了", "utf-8")
    assert not build(project, Wanted(jobs=2), lambda _: None).failed


TYPESET = """
import gc, multiprocessing, sys
from pathlib import Path
from liulin_gazette.pdf.composition.fonts import ROLES
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset.typesetting_unit import TypesettingUnit, typeset
from liulin_gazette.preparation.system_packages import SYMBOL_FONTS

def work():
    face = Path(next(iter(SYMBOL_FONTS)))
    family = ROLES[0].family
    style = '@font-face { font-family: "%s"; src: url("face:/%s"); } * { font-family: "%s"; }'
    style %= family, face.name, family
    typeset(TypesettingUnit(style, (Item("item", "<html lang=zh><p>text</p>"),), {}), face)

if __name__ == "__main__":
    if sys.argv[1] == "here":
        work()
        gc.freeze()
        sys.exit()
    else:
        process = multiprocessing.get_context("spawn").Process(target=work)
        process.start()
        process.join()
        sys.exit(process.exitcode)
"""


@pytest.mark.parametrize("where", ["here", "in another process"])
def test_a_process_that_has_typeset_ends_in_silence_and_leaves_no_faces_behind(
    tmp_path: Path, where: str
) -> None:
    script, temporary = tmp_path / "script.py", tmp_path / "temporary"
    script.write_text(TYPESET, "utf-8")
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), where]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(temporary.glob("weasyprint-*")) == []
