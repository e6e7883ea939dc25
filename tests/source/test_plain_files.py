"""Only plain files inside ``content`` are read: no link out of it, no pipe, no folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.commands.terminal.findings import line_reader
from liulin_gazette.desk.snapshot import LiveContent
from liulin_gazette.editing.free_numbers import next_number
from liulin_gazette.model.diagnostics import has_errors
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.folder import read_plain_file
from tests.commands.test_desk_commands import Capture
from tests.conftest import Edit


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders, and links need rights")
def test_what_is_no_plain_file_is_not_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    issue = project / "content/2026-1"
    (issue / "link.md").symlink_to(tmp_path / "secret.md")
    (issue / "inner").mkdir()
    os.mkfifo(issue / "pipe.md")
    (project / "content/2026-3").symlink_to(issue)
    read_lines = line_reader(project)
    for path in (
        "2026-1/link.md",
        "2026-1/inner",
        "2026-1/pipe.md",
        "2026-3/01.md",
        "../secret.md",
        "2026-1/none.md",
    ):
        with pytest.raises(FileNotFoundError):
            read_plain_file(project, f"content/{path}")
        assert read_lines(f"content/{path}") == ()
    for path in ("content/2026-1/01.md", "content/gazette.toml"):
        assert read_plain_file(project, path) == (project / path).read_bytes()
        assert len(read_lines(path)) > 3


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_comparison_shows_nothing_from_outside(project: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (tmp_path / "before").mkdir()
    (tmp_path / "before/01.md").symlink_to(tmp_path / "secret.md")
    (project / "content/2026-1/02.md").symlink_to(tmp_path / "secret.md")
    (project / "content/2026-3").symlink_to(project / "content/2026-1")
    assert main(["diff", "2026-1", str(tmp_path / "before")], project) == 0
    out = capsys.readouterr().out
    assert "新增  01.md" in out and "02.md" not in out
    assert "secret" not in (project / "output/diff/2026-1.html").read_text("utf-8")
    for command in (["diff", "2026-3", str(tmp_path / "before")], ["proof", "2026-3"]):
        assert main(command, project) == 2
        assert "content 里没有 2026-3 这一期" in capsys.readouterr().err


_COMMANDS = (
    ["build"],
    ["check"],
    ["check", "--fix"],
    ["status"],
    ["new", "issue", "--yes"],
    ["publish", "2026-1", "--yes"],
    ["proof", "2026-1"],
    ["diff", "2026-1", "before"],
    ["volume", "2026"],
    ["annual", "2026"],
    ["undo"],
)
_NO_FILES = ("2026-1/01.md", "2026-1/issue.toml", "gazette.toml", "2026-1/图.png")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("name", _NO_FILES)
def test_no_command_waits_for_a_pipe(
    project: Path, edit: Edit, name: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行。\n\n![护林路线](图.png)")
    place = project / "content" / name
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    os.mkfifo(project / "content/2026-1/02.md")
    os.mkfifo(project / "content/2026-2")
    before = project / "before"
    before.mkdir()
    monkeypatch.chdir(project)
    for command in _COMMANDS:
        assert main(command, project) in (0, 1, 2, 3), command
    content = LiveContent(project)
    content.refresh()
    capsys.readouterr()
    assert main(["check"], project) == 1
    assert "不是普通文件" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_that_nothing_names_changes_nothing(project: Path) -> None:
    os.mkfifo(project / "content/2026-1/99.md")
    os.mkfifo(project / "content/pipe")
    (project / "content/2026-1/图.png").symlink_to("/dev/zero")
    examined = examine(project)
    assert examined.publication and not has_errors(examined.diagnostics)
    assert next_number(project, examined.publication, "柳林发", 2026).serial == 10
