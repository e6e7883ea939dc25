"""What is remembered of the documents that are being edited: the findings are those of reading everything anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.check.likelihood import wrong_characters
from liulin_gazette.desk.snapshot import LiveContent
from liulin_gazette.model.document import FullText
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.publication import IssueFormat
from liulin_gazette.pipeline.edited_issues import MOST_ISSUES, EditedIssues
from liulin_gazette.pipeline.examination import examine, learn_issue
from liulin_gazette.source import loader
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder, read_folder
from tests.conftest import ROOT

ISSUE = "content/2027-2"
DOCUMENT = f"{ISSUE}/gongwen.md"
Edit = Callable[[Path], object]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The second county, with a second document beside the notice."""
    shutil.copytree(ROOT / "tests/second_county/content", tmp_path / "content")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def replaced(path: str, old: str, new: str) -> Edit:
    """Return the edit that replaces the first ``old`` in the file at ``path``."""

    def edit(root: Path) -> None:
        file = root / path
        text = file.read_bytes().decode()
        assert old in text, (path, old)
        file.write_bytes(text.replace(old, new, 1).encode())

    return edit


def added(path: str, more: str) -> Edit:
    return lambda root: (root / path).write_bytes((root / path).read_bytes() + more.encode())


def edits(root: Path) -> Iterator[tuple[str, Edit]]:
    """Yield edits that are made one after another, each with its name."""
    other = next(
        f"{ISSUE}/{file.name}"
        for file in sorted((root / ISSUE).glob("*.md"))
        if file.name not in ("gongwen.md", "README.md")
    )
    yield "a sentence", added(DOCUMENT, "\n请各镇于3月1曰前报送县水力局。\n")
    yield "another document", added(other, "\n请各镇认真惯彻执行，于3月1日前报送县水力局,逾期不候。\n")
    yield "lines above the others", replaced(DOCUMENT, "\n---\n", "\n---\n\n现印发给你们。\n")
    yield "a mark that no face has", added(DOCUMENT, "\n县域\U0001f9ff节水。\n")
    yield "an error", replaced(other, "标题:", "标题题:")
    yield "the error mended", replaced(other, "标题题:", "标题:")
    yield "a picture that is not there", added(DOCUMENT, '\n![图](没有.png "示意图")\n')
    yield (
        "the picture",
        lambda root: shutil.copy(next((root / "content").rglob("*.png")), root / ISSUE / "没有.png"),
    )
    yield "a damaged picture", lambda root: (root / ISSUE / "没有.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    yield "a document without a section", lambda root: shutil.copy(root / other, root / ISSUE / "beside.md")
    yield "its removal", lambda root: (root / ISSUE / "beside.md").unlink()
    yield "settings", added("content/gazette.toml", '\n["校核"]\n"关闭" = ["T003"]\n')
    yield "a sentence after all", added(DOCUMENT, "\n请各镇,县直各单位遵照执行。\n")
    yield "a document gone", lambda root: (root / other).unlink()


def test_findings_are_those_of_reading_everything_anew(project: Path) -> None:
    edited = EditedIssues()
    examine(project, edited)
    readings = project / ".cache/readings"
    changes = 0
    last = examine(project).diagnostics
    for name, edit in edits(project):
        edit(project)
        readings.unlink(missing_ok=True)
        found = examine(project, edited)
        readings.unlink(missing_ok=True)
        assert found == examine(project), name
        changes += found.diagnostics != last
        last = found.diagnostics
    assert changes > 8  # The edits are such as findings depend on.


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are read, in order."""
    paths: list[str] = []
    load = loader.load_document

    def watched(folder: Folder, name: str, form: IssueFormat, findings: FindingCollector) -> FullText | None:
        paths.append(f"{folder.path}/{name}")
        return load(folder, name, form, findings)

    monkeypatch.setattr(loader, "load_document", watched)
    return paths


def test_only_the_edited_document_is_checked_again(project: Path, seen: list[str]) -> None:
    edited = EditedIssues()
    examine(project, edited)
    added(DOCUMENT, "\n请遵照执行。\n")(project)
    examine(project, edited)  # Until now, none of so many issues was the one that is being edited.
    seen.clear()
    added(DOCUMENT, "\n再次遵照执行。\n")(project)
    examine(project, edited)
    assert seen == [DOCUMENT]
    added("content/2027-1/gongwen.md", "\n请遵照执行。\n")(project)
    examine(project, edited)
    assert len(seen) > 2  # Of an issue that was not edited before, nothing is edited.


def test_of_a_learnt_issue_the_first_edit_costs_one_document(project: Path, seen: list[str]) -> None:
    examine(project)
    edited = EditedIssues()
    assert examine(project, edited).publication and not edited.has(ISSUE)  # Its reading is stored.
    learn_issue(project, ISSUE, edited)
    learn_issue(project, "content/none", edited)
    assert edited.has(ISSUE) and not edited.has("content/none")
    seen.clear()
    added(DOCUMENT, "\n请遵照执行。\n")(project)
    found = examine(project, edited)
    assert seen == [DOCUMENT]
    (project / ".cache/readings").unlink()
    assert found == examine(project)


def test_a_document_that_is_opened_has_its_issue_learnt(project: Path, seen: list[str]) -> None:
    LiveContent(project).refresh()
    content = LiveContent(project)
    content.refresh()
    seen.clear()
    content.get_ready()  # Nothing was opened.
    assert seen == []
    content.expect_edits(ISSUE)
    content.get_ready()
    assert len(seen) > 1
    seen.clear()
    content.expect_edits(ISSUE)
    content.get_ready()
    added(DOCUMENT, "\n请遵照执行。\n")(project)
    assert content.refresh() and seen == [DOCUMENT]


def test_the_issues_that_were_read_last_are_remembered(project: Path) -> None:
    edited = EditedIssues()
    folders = [read_folder(project, path) for path in (ISSUE, "content/2027-1", "content/2026-9")]
    first = edited.issue(folders[0], "")
    assert edited.issue(folders[0], "") is first
    for folder in folders[1 : 1 + MOST_ISSUES]:
        edited.issue(folder, "")
    assert edited.issue(folders[0], "") is not first


def test_opening_documents_of_other_issues_forgets_none_that_is_edited(project: Path) -> None:
    edited = EditedIssues()
    folders = [read_folder(project, path) for path in (ISSUE, "content/2027-1", "content/2026-9")]
    first = edited.issue(folders[0], "")
    for folder in folders[1:] * 2:
        edited.issue(folder, "", is_edited=False)
    assert edited.has(folders[2].path) and not edited.has(folders[1].path)
    assert edited.issue(folders[0], "", is_edited=False) is first


def test_a_change_is_read_before_what_an_opened_document_needs(project: Path, seen: list[str]) -> None:
    LiveContent(project).refresh()
    content = LiveContent(project)
    content.refresh()
    content.expect_edits(ISSUE)
    added(DOCUMENT, "\n请遵照执行。\n")(project)
    seen.clear()
    content.get_ready()
    assert seen == []
    assert content.refresh()
    seen.clear()
    content.get_ready()
    assert seen == [], "the change has had all of it read"


def test_of_a_published_issue_nothing_is_learnt(
    project: Path, seen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    LiveContent(project).refresh()
    content = LiveContent(project)
    content.refresh()
    readable, publication = content.snapshot.last_readable, content.snapshot.publication
    assert readable and publication
    issues = tuple(
        replace(each, record=PublicationRecord(date(2027, 3, 1), {})) for each in publication.issues
    )
    published = replace(readable, publication=replace(publication, issues=issues))
    monkeypatch.setattr(content, "_snapshot", replace(content.snapshot, last_readable=published))
    seen.clear()
    content.expect_edits(ISSUE)
    content.get_ready()
    assert seen == []


def test_nothing_is_remembered_of_a_document_that_is_gone(project: Path) -> None:
    edited = EditedIssues()
    made: list[str] = []

    def read(name: str) -> str:
        path = f"{ISSUE}/{name}"

        def make() -> str:
            made.append(name)
            return (project / path).read_text("utf-8")

        return edited.issue(read_folder(project, ISSUE), "")("text", path, make)

    file, other = (project / ISSUE / name for name in ("gongwen.md", "改了名.md"))
    text = file.read_text("utf-8")
    assert [read(file.name), read(file.name)] == [text, text] and made == [file.name]
    file.rename(other)
    assert read(other.name) == text
    other.rename(file)
    assert read(file.name) == text and made == [file.name, other.name, file.name]


def test_what_stands_elsewhere_only_lowers_the_odds() -> None:
    """``suspicions`` looks again at those places alone that were doubtful without it."""
    at = wrong_characters.FEATURES.index("memory")
    assert all(weights[at] <= 0 for weights in wrong_characters.model().weights.values())
