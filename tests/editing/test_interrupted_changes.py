"""A change of files that was cut off: the next command takes it back and says so, but loses nothing written since."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.disk.file_locks import folder_lock
from liulin_gazette.editing import changes
from liulin_gazette.editing.changes import apply, file_change, undo

Capture = pytest.CaptureFixture[str]
DOCUMENT, ISSUE = "content/2026-1/01.md", "content/2026-1/issue.toml"


def cut_off(project: Path, mark: str) -> dict[str, bytes]:
    """Leave ``project`` as if a change of two files had been cut off after the first; return the former contents."""
    before = {path: (project / path).read_bytes() for path in (DOCUMENT, ISSUE)}
    apply(project, "new document", [file_change(project, path, b"new") for path in before])
    (project / ISSUE).write_bytes(before[ISSUE])
    (project / "content/2026-1/.issue.toml.partial").write_bytes(b"")
    (project / ".undo/000001/pending").write_text(mark, "ascii")
    return before


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("apply", "上一次“新建公文”没有做完（断电或被中断），文件已恢复原样。\n"),
        ("undo", "上一次撤销“新建公文”没有做完（断电或被中断），现在撤销完了。\n"),
    ],
)
@pytest.mark.parametrize("command", ["check", "undo"])
def test_the_next_command_takes_it_back(
    project: Path, capsys: Capture, mark: str, said: str, command: str
) -> None:
    (project / "content/note.txt").write_bytes(b"1")
    before = cut_off(project, mark)
    assert main([command], project) == 0
    assert capsys.readouterr().err.startswith(said)
    assert {path: (project / path).read_bytes() for path in before} == before
    assert sorted(path.name for path in (project / "content/2026-1").iterdir()) == ["01.md", "issue.toml"]
    assert main(["undo"], project) == 0
    assert capsys.readouterr().out.endswith("没有可以撤销的改动。\n")


def test_undo_after_a_recovery_leaves_the_step_before(project: Path, capsys: Capture) -> None:
    apply(project, "check --fix", [file_change(project, "content/note.txt", b"1")])
    before = (project / DOCUMENT).read_bytes()
    apply(project, "new document", [file_change(project, DOCUMENT, b"new")])
    (project / ".undo/000002/pending").write_text("apply", "ascii")
    assert main(["undo"], project) == 0 and "已恢复原样" in capsys.readouterr().err
    assert (project / DOCUMENT).read_bytes() == before and (project / "content/note.txt").exists()


def test_what_was_written_since_is_not_lost(project: Path, capsys: Capture) -> None:
    cut_off(project, "apply")
    (project / ISSUE).write_bytes(b"by hand")
    main(["check"], project)
    assert f"{ISSUE} 后来又改过，没有恢复" in capsys.readouterr().err
    assert ((project / DOCUMENT).read_bytes(), (project / ISSUE).read_bytes()) == (b"new", b"by hand")
    main(["check"], project)
    assert "上一次" not in capsys.readouterr().err


def test_a_step_that_cannot_be_read_is_said_once(project: Path, capsys: Capture) -> None:
    cut_off(project, "apply")
    (project / ".undo/000001/journal.json").write_bytes(b"")
    main(["check"], project)
    assert "记下的原样又已损坏，没有恢复" in capsys.readouterr().err
    main(["check"], project)
    assert "上一次" not in capsys.readouterr().err


def test_what_cannot_be_taken_back_now_stays_to_be_done(project: Path, capsys: Capture) -> None:
    before = cut_off(project, "apply")
    (project / "content/2026-1/.01.md.partial").mkdir()
    assert main(["check"], project) == 3
    assert "现在恢复不了" in capsys.readouterr().err
    with pytest.raises(changes.EditingError, match="没有做完"):
        apply(project, "试", [file_change(project, "content/note.txt", b"1")])
    (project / "content/2026-1/.01.md.partial").rmdir()
    assert main(["check"], project) == 0
    assert {path: (project / path).read_bytes() for path in before} == before


def test_a_step_that_was_not_saved_yet_changed_nothing(project: Path, capsys: Capture) -> None:
    (project / ".undo/partial").mkdir(parents=True)
    (project / ".undo/partial/0.before").write_bytes(b"")
    assert main(["check"], project) == 0
    assert not (project / ".undo/partial").exists() and "上一次" not in capsys.readouterr().err


def test_one_command_at_a_time_changes_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apply(project, "一", [file_change(project, "content/note.txt", b"1")])
    monkeypatch.setattr(changes, "PATIENCE", 0.2)
    with folder_lock(project / ".undo", 0) as is_free:
        assert is_free
        for change in (
            lambda: apply(project, "二", [file_change(project, "content/note.txt", b"2")]),
            lambda: undo(project),
        ):
            with pytest.raises(changes.EditingError, match="另一个命令正在改动文件"):
                change()
    assert undo(project) and not (project / "content/note.txt").exists()
