"""Content that no editor writes, but a bad disk or a stranger may: it leads to a finding, or is ignored."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import issue_folders
from liulin_gazette.source.settings_tables.settings import parse_settings
from tests.conftest import Edit


def codes(project: Path) -> set[str]:
    return {found.code for found in examine(project).diagnostics}


@pytest.mark.parametrize("text", ["[" * 5000, '"年" = ' + "9" * 5000, '"年" = ' + "[" * 5000 + "]" * 5000])
def test_toml_beyond_all_measure_is_a_finding(project: Path, text: str) -> None:
    for name in ("issue.toml", "../gazette.toml"):
        file = project / "content/2026-1" / name
        before = file.read_text("utf-8")
        file.write_text(text, "utf-8")
        assert "B005" in codes(project)
        file.write_text(before, "utf-8")


def test_a_number_too_large_is_a_finding(project: Path, edit: Edit) -> None:
    edit("2026-1/issue.toml", "= 30", "= 99999999999999999999999")
    edit("gazette.toml", '"总期号" = 30', '"总期号" = 99999999999999999999999')
    assert "B008" in codes(project)


def test_a_record_nested_too_deep_is_a_finding(project: Path) -> None:
    (project / "content/2026-1/published.json").write_text("[" * 100_000, "utf-8")
    assert "B051" in codes(project)


def test_a_link_to_a_folder_elsewhere_is_no_issue(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (project / "content/2026-2").symlink_to(tmp_path_factory.mktemp("elsewhere"), target_is_directory=True)
    assert issue_folders(project) == ["content/2026-1"]


def test_a_time_with_an_offset_is_that_of_beijing() -> None:
    findings = FindingCollector()
    for text in ("2026-03-01T01:00:00Z", "2026-03-01T09:00:00+08:00", "2026-03-01 09:00:00"):
        settings = parse_settings(f'"上网时间" = {text}', "x", findings)
        assert settings and settings.get("上网时间", datetime) == datetime(2026, 3, 1, 9)
    assert not findings.items


def test_what_is_written_twice_is_not_lost_in_silence(project: Path) -> None:
    file = project / "content/2026-1/01.md"
    text = file.read_text("utf-8")
    line = next(line for line in text.split("\n") if line.startswith("  电话: "))
    file.write_text(text.replace(line, f"{line}\n  电话: 0358-4022999"), "utf-8")
    found = [each for each in examine(project).diagnostics if each.code == "B006"]
    assert found and "写了两次" in found[0].message
