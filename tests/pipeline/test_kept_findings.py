"""Findings of documents that are kept between builds: they are those of checking everything anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.check import engine
from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.examination import Examined, examine_unchanged
from liulin_gazette.pipeline.inputs import read_content
from liulin_gazette.pipeline.kept_findings import FINDINGS
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.source.folder import Folder
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import ROOT
from tests.pipeline.test_edited_issues import DOCUMENT, ISSUE, added, edits


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The second county, read and checked by two builds: the first reads all issues, the second one alone."""
    shutil.copytree(ROOT / "tests/second_county/content", tmp_path / "content")
    examined(tmp_path)
    added(DOCUMENT, "\n请各镇遵照执行。\n")(tmp_path)
    examined(tmp_path)
    return tmp_path


def examined(root: Path) -> Examined:
    """Examine ``root`` as a build does that typesets."""
    return examine_unchanged(read_content(root), WorkerPool(1), PackedIssues(), _typeset)


def _typeset(_folder: Folder, _settings: Gazette, _issue: Issue) -> None:
    pass


def anew(root: Path, target: Path) -> Examined:
    """Examine a copy of ``root`` of which nothing is kept."""
    shutil.copytree(root / "content", target / "content")
    return examined(target)


def test_findings_are_those_of_checking_everything_anew(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name, edit in edits(project):
        edit(project)
        expected = anew(project, tmp_path_factory.mktemp("anew"))
        assert examined(project).diagnostics == expected.diagnostics, name


def test_an_edit_has_one_document_checked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    check: Any = engine._checked  # pyright: ignore[reportPrivateUsage] -- what is called for each document is counted

    def watched(annotated: AnnotatedDocument, *others: object) -> object:
        checked.append(annotated.document.path)
        return check(annotated, *others)

    monkeypatch.setattr(engine, "_checked", watched)
    added(DOCUMENT, "\n请各镇认真贯彻。\n")(project)
    examined(project)
    assert checked == [DOCUMENT]
    checked.clear()
    added(f"{ISSUE}/issue.toml", "\n# 别的\n")(project)
    examined(project)
    assert len(checked) > 1


def test_a_damaged_file_costs_time_alone(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    kept = project / ".cache" / FINDINGS
    kept.write_bytes(kept.read_bytes()[:-7])
    added(DOCUMENT, "\n请各镇认真贯彻。\n")(project)
    assert examined(project).diagnostics == anew(project, tmp_path_factory.mktemp("anew")).diagnostics
