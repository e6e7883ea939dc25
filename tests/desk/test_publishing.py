"""A published issue is not silently rewritten: a change needs a reason, and the page tells it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.work.examining import examine
from tests.conftest import Edit, findings

Said = pytest.CaptureFixture[str]


@pytest.fixture
def published(project: Path) -> Path:
    """The small project, its issue published."""
    assert main(["publish", "2026-1", "--yes"], project) == 0
    return project


def test_an_unchanged_issue_builds_as_ever(published: Path, capsys: Said) -> None:
    assert findings(published) == []
    assert main([], published) == 0
    assert main(["publish", "2026-1"], published) == 0
    assert "已于" in capsys.readouterr().out


def test_a_change_is_refused_until_it_has_a_reason(published: Path, edit: Edit, capsys: Said) -> None:
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
    assert main(["--republish", "没有改"], published) == 1


def test_a_reason_is_not_recorded_when_the_build_fails(published: Path, edit: Edit) -> None:
    record = (published / "content/2026-1/published.json").read_bytes()
    edit("2026-1/01.md", "柳林发〔2026〕9号", "柳卫字〔2026〕9号")
    assert main(["--republish", "理由"], published) == 1
    assert (published / "content/2026-1/published.json").read_bytes() == record


def test_line_ends_notes_and_other_issues_are_no_change(published: Path) -> None:
    file = published / "content/2026-1/01.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (published / "content/2026-1/转录说明.md").write_text("说明", "utf-8")
    assert main(["new", "issue", "--yes"], published) == 0
    assert "B050" not in [each.code for each in findings(published)]


def test_a_new_or_missing_file_is_a_change(published: Path) -> None:
    (published / "content/2026-1/图1.png").write_bytes(b"x")
    assert [each.code for each in findings(published)] == ["B050"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"发布日期": "昨天", "文件": {}, "改动": []}'])
def test_a_damaged_record_is_said(published: Path, text: str) -> None:
    (published / "content/2026-1/published.json").write_text(text, "utf-8")
    found = examine(published).diagnostics
    assert "B051" in [each.code for each in found] and all(each.hint for each in found)


def test_content_with_errors_is_not_published(project: Path, edit: Edit, capsys: Said) -> None:
    edit("2026-1/01.md", "柳林发〔2026〕9号", "柳林发[2026]9号")
    assert main(["publish", "2026-1", "--yes"], project) == 1
    assert "不能发布" in capsys.readouterr().err
    assert not (project / "content/2026-1/published.json").exists()
