"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette import output
from liulin_gazette.pipeline import Result, build
from tests.conftest import ROOT


def publish(root: Path, text: str) -> None:
    with output.staging(root) as staged:
        output.write_file(staged / "site", "index.html", text.encode())
        output.publish(staged, root)


def test_new_output_takes_the_place_of_the_old(tmp_path: Path) -> None:
    publish(tmp_path, "一")
    publish(tmp_path, "二")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "二"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b"])
def test_paths_outside_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(output.OutputError):
        output.write_file(tmp_path / "site", path, b"")


def test_death_between_the_renames_is_put_right(tmp_path: Path) -> None:
    publish(tmp_path, "一")
    (tmp_path / ".retired").mkdir()
    (tmp_path / "site").rename(tmp_path / ".retired/site")
    (tmp_path / ".staging-dead/site").mkdir(parents=True)
    with output.staging(tmp_path):
        assert (tmp_path / "site/index.html").read_text("utf-8") == "一"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_full_disk_is_said_in_chinese_and_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "一")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(output.OutputError, match="磁盘已满"):
        publish(tmp_path, "二")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "一"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_killed_in_mid_build(project: Path) -> None:
    """A build killed while it typesets leaves the last good output, and the next build is right."""
    assert not build(project, (), lambda _: None).failed
    good = digest(project / "output")
    document = project / "content/2026-1/01.md"
    text = document.read_text("utf-8")
    document.write_text(text + "\n本通知自印发之日起施行。\n", "utf-8")
    dies = (
        "import os, sys; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from liulin_gazette import pipeline;"
        "pipeline.build(Path(sys.argv[2]), (), lambda s: os._exit(9) if s.startswith('排印') else None)"
    )
    killed = subprocess.run([sys.executable, "-c", dies, str(ROOT), str(project)], check=False)
    assert killed.returncode == 9
    assert any((project / "output").glob(".staging-*"))
    assert digest(project / "output/site") == {
        path.removeprefix("site/"): content for path, content in good.items() if path.startswith("site/")
    }
    document.write_text(text, "utf-8")
    assert not build(project, (), lambda _: None).failed
    assert digest(project / "output") == good


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_input_same_bytes_in_another_folder_and_hash_seed(project: Path, tmp_path: Path) -> None:
    assert not build(project, (), lambda _: None).failed
    other = tmp_path / "另一处"
    script = (
        "import sys, shutil; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from liulin_gazette import pipeline; root = Path(sys.argv[3]);"
        "[shutil.copytree(Path(sys.argv[2]) / n, root / n) for n in ('content', 'templates')];"
        "pipeline.build(root, (), lambda s: None)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    arguments = [sys.executable, "-c", script, str(ROOT), str(project), str(other)]
    subprocess.run(arguments, env=environment, check=True)
    assert digest(other / "output") == digest(project / "output")


def test_real_build_succeeds(real_build: tuple[Path, Result]) -> None:
    root, result = real_build
    assert not result.failed
    assert sorted(path.name for path in (root / "output").iterdir()) == ["print", "report", "site"]
    assert sorted(path.name for path in (root / "output/report").iterdir()) == ["2026-1.html", "2026-1.json"]


def test_building_one_issue_keeps_the_others_pdf(project: Path) -> None:
    second = project / "content/2026-2"
    second.mkdir()
    text = (project / "content/2026-1/issue.toml").read_text("utf-8")
    text = text.replace('"期" = 1', '"期" = 2').replace("= 30", "= 31").replace("2026-02-28", "2026-04-28")
    (second / "issue.toml").write_text(text, "utf-8")
    document = (project / "content/2026-1/01.md").read_text("utf-8").replace("〕9号", "〕19号")
    (second / "01.md").write_text(document, "utf-8")
    assert len(build(project, (), lambda _: None).built) == 2
    good = digest(project / "output")
    again = build(project, ("2026-2",), lambda _: None)
    assert [each.name for each in again.built] == ["2026年第2期（总第31期）"]
    assert digest(project / "output") == good


def test_the_report_names_faces_and_libraries(real_build: tuple[Path, Result]) -> None:
    root, _ = real_build
    data = json.loads((root / "output/report/2026-1.json").read_text("utf-8"))
    assert set(data["字体"]) == {"小标宋", "宋体", "黑体", "楷体"}
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in data["字体"].values())
    assert data["程序库"]["weasyprint"] == "70.0"
    assert "weasyprint" in (root / "output/report/2026-1.html").read_text("utf-8")
