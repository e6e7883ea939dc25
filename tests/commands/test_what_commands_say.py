"""What the commands tell the editor: in Chinese, with the way out, and nothing that is shown nowhere."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.commands import publish
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.pipeline import report_files
from tests.commands.test_desk_commands import DOCUMENT, Capture
from tests.conftest import Edit


def test_choices_are_listed_without_english_marks(project: Path, capsys: Capture) -> None:
    assert main(["check", "--format", "csv"], project) == 2
    assert "没有“csv”这个选择，可用的有：text、json、sarif、github。" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "option"), [(["document"], "--section"), (["issue"], "--date")])
def test_the_help_of_new_is_that_of_what_is_new(words: list[str], option: str, capsys: Capture) -> None:
    assert main(["new", *words, "--help"]) == 0
    help_text = capsys.readouterr().out
    assert option in help_text and help_text.startswith(f"用法： python3 build.py new {words[0]}")
    assert main(["new", "--help"]) == 0
    assert option not in capsys.readouterr().out


def test_a_date_that_cannot_be_read_is_asked_for_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    answers = iter(["y", "4月30日", "2026-04-28"])

    def answer(*_: str) -> str:
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["new", "issue", "--yes"], project) == 0
    assert capsys.readouterr().out.count("写法不对，写作 2026-04-30 的样子") == 2
    assert '"出版日期" = 2026-04-28' in (project / "content/2026-2/issue.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "old"), [("2026-1/issue.toml", '"年" = 2026'), ("gazette.toml", '"年" = 2026')]
)
@pytest.mark.parametrize("year", ["0", "1", "-5", "2500", "99999", '"2026"', "2026.5"])
def test_no_issue_follows_one_of_an_impossible_year(
    project: Path, edit: Edit, capsys: Capture, path: str, old: str, year: str
) -> None:
    if path == "gazette.toml":
        shutil.rmtree(project / "content/2026-1")
    before = sorted(path.name for path in (project / "content").iterdir())
    edit(path, old, f'"年" = {year}')
    code = main(["new", "issue", "--yes"], project)
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    if code:
        assert code == 1 and "推不出期号。先运行 python3 build.py check，改正。" in told.err
        assert sorted(path.name for path in (project / "content").iterdir()) == before
    else:
        assert path == "gazette.toml" and f"{date.today().year}-1/issue.toml" in told.out


def test_an_issue_is_not_published_before_its_date(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class Day(date):
        @classmethod
        def today(cls) -> Day:
            return cls(2026, 2, 20)

    monkeypatch.setattr(publish, "date", Day)
    assert main(["publish", "2026-1", "--yes"], project) == 1
    assert "出版日期是 2026-02-28，还没有到" in capsys.readouterr().err
    assert not (project / "content/2026-1/published.json").exists()


@pytest.mark.parametrize("answer", ["", "y"])
def test_undo_shows_what_goes_and_asks(
    project: Path, answer: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert main(["new", "document", "2026-1", *DOCUMENT, "--yes"], project) == 0
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def typed(_: str) -> str:
        return answer

    monkeypatch.setattr("builtins.input", typed)
    capsys.readouterr()
    assert main(["undo"], project) == (0 if answer else 1)
    told = capsys.readouterr().out
    assert (
        "要撤销“新建公文”：\n  删去：content/2026-1/02.md\n  改回原来的内容：content/2026-1/issue.toml\n"
        in told
    )
    assert ("没有撤销。" in told, "已撤销" in told) == (not answer, bool(answer))
    assert (project / "content/2026-1/02.md").exists() is not bool(answer)


def test_undo_without_a_terminal_needs_consent(project: Path, capsys: Capture) -> None:
    assert main(["new", "document", "2026-1", *DOCUMENT, "--yes"], project) == 0
    assert main(["undo"], project) == 1
    assert "同意的话，加上 --yes" in capsys.readouterr().err
    assert (project / "content/2026-1/02.md").exists()


def test_undo_names_the_step_and_offers_a_way_on(project: Path, capsys: Capture) -> None:
    assert main(["new", "document", "2026-1", *DOCUMENT, "--yes"], project) == 0
    (project / "content/2026-1/02.md").write_text("改过", "utf-8")
    assert main(["undo", "--yes"], project) == 1
    assert "改动以前的内容在 .undo/000001 里" in capsys.readouterr().err
    (project / "content/2026-1/02.md").write_bytes((project / ".undo/000001/0.after").read_bytes())
    assert main(["undo", "--yes"], project) == 0
    assert "已撤销“新建公文”" in capsys.readouterr().out


def test_folders_that_are_no_gazette_and_no_site_are_told(tmp_path: Path, capsys: Capture) -> None:
    assert main(["serve"], tmp_path) == 2
    assert "不是一份公报" in capsys.readouterr().err
    assert main(["verify", str(tmp_path)], tmp_path) == 1
    assert "核对不了" in capsys.readouterr().err


def test_clean_says_what_it_did(project: Path, capsys: Capture) -> None:
    assert main(["clean"], project) == 0
    assert "已删除 output 和 .cache" in capsys.readouterr().out


def test_the_build_tells_where_notes_are_and_the_report_has_warnings_first(
    project: Path, edit: Edit, capsys: Capture
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真 执行,严防死守。")
    assert main([], project) == 0
    assert "提示见 check 和构建报告。" in capsys.readouterr().out
    report = json.loads(next((project / "output/report").glob("*.json")).read_text("utf-8"))
    levels = [each["级别"] for each in report["校核"]]
    assert {"警告", "提示"} <= set(levels) and levels == sorted(levels, key=["错误", "警告", "提示"].index)


def test_findings_of_one_severity_are_in_order_of_place() -> None:
    first, second = (Diagnostic("T009", Severity.NOTE, Place("a.md", line), "") for line in (1, 2))
    warning = Diagnostic("T003", Severity.WARNING, Place("a.md", 3), "")
    assert sorted([second, first, warning], key=report_files._order) == [warning, first, second]  # pyright: ignore[reportPrivateUsage] -- the order itself is tested
