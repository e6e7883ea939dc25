"""Clean documents of three counties, and what all rules find in a document of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from liulin_gazette.check import engine
from liulin_gazette.check.rules import RULES
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, IssueFormat, Section
from liulin_gazette.pipeline.inputs import read_content
from liulin_gazette.source.documents import load_document
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import assembled, load_issue
from tests.conftest import ROOT

PROJECTS = (ROOT, ROOT / "tests/second_county", ROOT / "tests/check/injected")
"""Project folders; the last one is a county whose documents were written for this purpose."""
LEAST_LENGTH = 300
"""Characters of a file; shorter ones have no room for mistakes."""


@dataclass(frozen=True, slots=True, eq=False)
class CleanDocument:
    """A document of a gazette, as its Markdown file has it."""

    settings: Gazette
    form: IssueFormat
    issue: Issue
    folder: Folder
    name: str
    """Of the file."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self.folder.files[self.name].decode()


@cache
def clean_documents() -> tuple[CleanDocument, ...]:
    """Return the documents of all projects that are long enough."""
    return tuple(each for root in PROJECTS for each in _documents(root) if len(each.text) >= LEAST_LENGTH)


def _documents(root: Path) -> Iterator[CleanDocument]:
    content = read_content(root)
    series = content.series
    assert series.publication is not None
    for path in content.folders:
        folder = content.reader.read(path)
        issue, _ = load_issue(folder, series.form)
        assert issue is not None, path
        settings = settings_at(assembled(series.publication, [issue]), issue)
        for document in issue.full_texts:
            yield CleanDocument(settings, series.form, issue, folder, document.path.rpartition("/")[2])


def findings_in(document: CleanDocument, text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in ``text`` in the place of ``document``: by reading it and by all rules."""
    collector = FindingCollector()
    folder = replace(document.folder, files={**document.folder.files, document.name: text.encode()})
    loaded = load_document(folder, document.name, document.form, collector)
    if loaded is None:
        return tuple(collector.items)
    issue = replace(document.issue, sections=(Section("文件", (loaded,)),))
    checked = engine.check_issue(document.settings, issue, RULES, folder.read_bytes)
    return (*collector.items, *checked.findings)
