"""A reason for a change of a published issue: when it is recorded, and taken back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editing.changes import apply, file_change
from liulin_gazette.editing.publishing import republish_changes
from liulin_gazette.pipeline.staging import OutputError
from liulin_gazette.source.loader import load_issues
from tests.conftest import Edit, findings, publish
from tests.editing.conftest import another_issue

Capture = pytest.CaptureFixture[str]


def test_a_change_is_refused_until_it_has_a_reason(published: Path, edit: Edit, capsys: Capture) -> None:
    assert main([], published) == 0
    before = (published / "output/site/2026/1/index.html").read_bytes()
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert [each.code for each in findings(published)] == ["B050"]
    assert main([], published) == 1
    assert "--republish" in capsys.readouterr().err
    assert (published / "output/site/2026/1/index.html").read_bytes() == before
    assert main(["--republish", "更正<错字>"], published) == 0
    page = (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert "发布以后的改动" in page and "更正&lt;错字&gt;（柳林县林业局关于加强护林工作的通知）" in page
    record = json.loads((published / "content/2026-1/published.json").read_text("utf-8"))
    assert record["改动"] == [{"日期": date.today().isoformat(), "理由": "更正<错字>", "文件": ["01.md"]}]
    assert findings(published) == []
    assert main(["--republish", "没有改"], published) == 0
    assert "没有再记" in capsys.readouterr().out
    assert json.loads((published / "content/2026-1/published.json").read_text("utf-8")) == record


def test_a_reason_is_not_recorded_when_the_build_fails(published: Path, edit: Edit) -> None:
    record = (published / "content/2026-1/published.json").read_bytes()
    edit("2026-1/01.md", "柳林发〔2026〕9号", "柳卫字〔2026〕9号")
    assert main(["--republish", "理由"], published) == 1
    assert (published / "content/2026-1/published.json").read_bytes() == record


@pytest.mark.parametrize("reason", ["  ", "\n", "\u200b", "——"])
def test_a_reason_says_something(published: Path, edit: Edit, reason: str, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert main(["--site-only", "--republish", reason], published) == 2
    assert "要写明理由" in capsys.readouterr().err
    assert [each.code for each in findings(published)] == ["B050"]


def test_a_reason_is_recorded_for_the_issues_named(published: Path, edit: Edit, capsys: Capture) -> None:
    another_issue(published, edit)
    publish(published, "2026-2")
    for name in ("2026-1", "2026-2"):
        edit(f"{name}/01.md", "请认真执行。", "请遵照执行。")
    assert main(["2026-1", "--site-only", "--republish", "更正"], published) == 1
    assert "2026年第2期已经发布" in capsys.readouterr().err
    assert [each.code for each in findings(published)] == ["B050", "B050"]
    edit("2026-2/01.md", "请遵照执行。", "请认真执行。")
    assert main(["2026-1", "--site-only", "--republish", "更正"], published) == 0
    assert "理由记在：2026-1。" in capsys.readouterr().out
    listed = json.loads((published / "content/published.json").read_text("utf-8"))["已发布"]
    assert [len(listed[name]["改动"]) for name in ("2026-1", "2026-2")] == [1, 0]


def test_a_reason_is_taken_back_when_the_build_breaks_off(
    published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("liulin_gazette.commands.terminal.built_output.build", broken)
        with pytest.raises(KeyboardInterrupt):
            main(["--site-only", "--republish", "更正"], published)
    assert [each.code for each in findings(published)] == ["B050"]


def test_only_the_reason_is_taken_back(published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def broken(*_: object) -> None:
        apply(published, "intake", [file_change(published, "content/来稿.txt", b"1")])  # in another window
        raise OutputError("写不进。")

    monkeypatch.setattr("liulin_gazette.commands.terminal.built_output.build", broken)
    assert main(["--site-only", "--republish", "更正"], published) == 3
    assert (published / "content/来稿.txt").read_bytes() == b"1"
    assert [each.code for each in findings(published)] == ["B050"]


def test_a_reason_that_cannot_be_taken_back_is_said(
    published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def meddled(*_: object) -> None:
        (published / "content/2026-1/published.json").write_text("{}", "utf-8")
        raise OutputError("写不进。")

    monkeypatch.setattr("liulin_gazette.commands.terminal.built_output.build", meddled)
    assert main(["--site-only", "--republish", "更正"], published) == 3
    assert "撤不回来" in capsys.readouterr().err


def test_a_command_that_was_killed_is_repeated(published: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    publication, _ = load_issues(published, ["2026-1"])
    assert publication
    apply(published, "republish", republish_changes(published, publication, "更正", date.today()))
    assert main(["--site-only", "--republish", "更正"], published) == 0
    assert "没有再记，照常生成" in capsys.readouterr().out
    page = (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert page.count("：更正（") == 1
