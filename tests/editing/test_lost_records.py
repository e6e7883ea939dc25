"""Both records of a published issue lost, written anew or dated by a wrong clock: told, and there is a way out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette import RELEASED
from liulin_gazette.cli import main
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import ClockError, doubt_about_day, republish_changes
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.loader import load_issues
from tests.conftest import Edit, findings, publish

Capture = pytest.CaptureFixture[str]
BUILD = ["--site-only", "--jobs", "1"]
OWN, LISTED = "content/2026-1/published.json", "content/published.json"
MANIFEST = "output/site/manifest.json"


@pytest.fixture
def published(project: Path) -> Path:
    """Return the small project with its issue published, and on the site."""
    publish(project, "2026-1")
    assert main(BUILD, project) == 0
    return project


def codes(root: Path) -> list[str]:
    return [each.code for each in findings(root)]


def record(root: Path) -> dict[str, Any]:
    return json.loads((root / OWN).read_text("utf-8"))


def rewrite(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the record of 2026-1 in its folder and in the list alike."""
    data = record(root)
    change(data)
    (root / OWN).write_text(json.dumps(data), "utf-8")
    (root / LISTED).write_text(json.dumps({"已发布": {"2026-1": data}}), "utf-8")


def remove_records(root: Path) -> None:
    (root / OWN).unlink()
    (root / LISTED).unlink()


def test_the_manifest_says_what_is_published(published: Path) -> None:
    digests = record(published)["文件"]
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    assert json.loads((published / MANIFEST).read_text("utf-8"))["published"] == {
        "2026-1": {
            "date": date.today().isoformat(),
            "changes": 0,
            "sha256": hashlib.sha256(lines.encode()).hexdigest(),
        }
    }
    assert findings(published) == [] and main(BUILD, published) == 0


def test_nothing_is_said_of_what_is_not_published(project: Path) -> None:
    assert main(BUILD, project) == 0
    assert '"published"' not in (project / MANIFEST).read_text("utf-8")
    publish(project, "2026-1")
    remove_records(project)
    assert findings(project) == []


def test_two_records_that_are_deleted_together_are_missed(
    published: Path, edit: Edit, capsys: Capture
) -> None:
    before = (published / MANIFEST).read_bytes()
    kept = [(published / name).read_bytes() for name in (OWN, LISTED)]
    remove_records(published)
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert codes(published) == ["B072"]
    assert main(BUILD, published) == 1
    said = capsys.readouterr().err
    assert "B072" in said and "从备份恢复" in said and "--republish" in said
    assert (published / MANIFEST).read_bytes() == before
    assert main(["publish", "2026-1", "--yes"], published) == 1
    # The first way out: a backup.
    for name, content in zip((OWN, LISTED), kept, strict=True):
        (published / name).write_bytes(content)
    assert codes(published) == ["B050"]
    # The second: a reason, and the day of then.
    remove_records(published)
    assert main(["2026-1", *BUILD, "--republish", "发布记录丢失，重新记"], published) == 0
    assert record(published)["发布日期"] == date.today().isoformat()
    assert [each["文件"] for each in record(published)["改动"]] == [["published.json"]]
    assert "发布记录丢失，重新记" in (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert findings(published) == []


def test_a_reason_for_another_issue_restores_nothing(published: Path) -> None:
    remove_records(published)
    assert main([*BUILD, "--republish", "理由"], published) == 1
    assert not (published / OWN).exists()


def test_a_site_that_was_never_uploaded_is_cleaned_away(published: Path) -> None:
    remove_records(published)
    assert main(["clean"], published) == 0
    assert findings(published) == [] and main(BUILD, published) == 0


def test_the_report_is_a_witness_where_the_manifest_is_lost(published: Path) -> None:
    report = published / "output/report/2026-1.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    said = {"日期": "2026-03-01", "改动": 0, "sha256": "0" * 64}
    (published / MANIFEST).unlink()
    remove_records(published)
    assert findings(published) == []
    report.write_text(json.dumps({"发布": said}), "utf-8")
    (found,) = findings(published)
    assert found.code == "B072" and "2026-03-01" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"发布": 1}',
        '{"发布": {"日期": "昨天"}}',
        '{"published": {"2026-1": {"date": 5}}}',
        "\xff",
    ],
)
def test_a_damaged_witness_says_nothing(project: Path, text: str) -> None:
    for name in (MANIFEST, "output/report/2026-1.json"):
        (project / name).parent.mkdir(parents=True)
        (project / name).write_bytes(text.encode("latin-1", "replace") if text == "\xff" else text.encode())
    assert findings(project) == []


def test_a_report_says_what_is_published(project: Path) -> None:
    assert main(["--jobs", "1"], project) == 0
    report = project / "output/report/2026-1.json"
    assert "发布" not in json.loads(report.read_text("utf-8"))
    publish(project, "2026-1")
    assert main(["--jobs", "1"], project) == 0
    said = json.loads(report.read_text("utf-8"))["发布"]
    witness = json.loads((project / MANIFEST).read_text("utf-8"))["published"]["2026-1"]
    assert list(said.values()) == list(witness.values())
    assert witness["sha256"] in report.with_suffix(".html").read_text("utf-8")
    remove_records(project)
    (project / MANIFEST).unlink()
    assert codes(project) == ["B072"]


def test_two_records_that_are_written_anew_are_told(published: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    now = hashlib.sha256((published / "content/2026-1/01.md").read_bytes()).hexdigest()
    rewrite(published, lambda data: data["文件"].update({"01.md": now}))
    assert codes(published) == ["B073"] and main(BUILD, published) == 1
    assert main(["2026-1", *BUILD, "--republish", "更正第三条"], published) == 0
    assert record(published)["改动"][0]["文件"] == ["published.json"] and findings(published) == []


def test_a_reason_that_is_gone_is_told_once(published: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert main(["2026-1", *BUILD, "--republish", "更正"], published) == 0
    assert findings(published) == []
    rewrite(published, lambda data: data["改动"].clear())
    assert codes(published) == ["B074"]
    capsys.readouterr()
    assert main(BUILD, published) == 0
    assert "B074" in capsys.readouterr().out
    assert main(BUILD, published) == 0
    assert "B074" not in capsys.readouterr().out and findings(published) == []


def test_a_record_of_a_day_to_come_can_be_corrected(published: Path, capsys: Capture) -> None:
    """A clock that was ahead by years wrote it; it may not lock the issue for so long."""
    rewrite(published, lambda data: data.update({"发布日期": "2099-01-01"}))
    assert main([*BUILD, "--republish", "理由"], published) == 1
    rewrite(published, lambda data: data.update({"发布日期": "2099-01-01"}))
    capsys.readouterr()
    assert main(["2026-1", *BUILD, "--republish", "发布日期记错，更正"], published) == 0
    assert record(published)["发布日期"] == date.today().isoformat()
    assert record(published)["改动"] == [
        {"日期": date.today().isoformat(), "理由": "发布日期记错，更正", "文件": ["published.json"]}
    ]
    assert findings(published) == []
    day = (date.today() + timedelta(days=400)).isoformat()
    rewrite(published, lambda data: data["改动"][0].update({"日期": day}))
    assert main(["2026-1", *BUILD, "--republish", "改动日期记错，更正"], published) == 0
    assert {each["日期"] for each in record(published)["改动"]} == {date.today().isoformat()}


def test_a_clock_of_the_past_corrects_nothing(project: Path, edit: Edit) -> None:
    publish(project, "2026-1")
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    publication, _ = load_issues(project, ["2026-1"])
    assert publication is not None
    published = date.fromisoformat(record(project)["发布日期"])
    before_release = date.fromisoformat(RELEASED) - timedelta(days=1)
    for names, day in (
        (["2026-1"], date(2026, 2, 27)),
        (["2026-1"], before_release),
        ([], published - timedelta(days=1)),
    ):
        with pytest.raises(ClockError):
            republish_changes(project, publication, "理由", day, names)
    apply(project, "republish", republish_changes(project, publication, "理由", published, []))
    assert len(record(project)["改动"]) == 1


def test_a_day_that_may_be_wrong_is_asked_about(project: Path) -> None:
    publish(project, "2026-1")
    publication = examine(project).publication
    assert publication is not None
    (first,) = publication.issues
    second = replace(first, folder="content/2026-2", number=2, record=None)
    day = first.record.published if first.record else date.min
    assert doubt_about_day(publication, second, day) == ""
    said = str(doubt_about_day(publication, second, day - timedelta(days=1)))
    assert "早于 2026-1 发布记录里的" in said and "--republish" in said
    alone = replace(publication, issues=(second,))
    release = date.fromisoformat(RELEASED)
    assert doubt_about_day(alone, second, release) == ""
    assert "早于这个程序发布的日期" in str(doubt_about_day(alone, second, release - timedelta(days=1)))
