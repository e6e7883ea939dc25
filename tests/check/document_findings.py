"""The findings of all rules for one document, without a project on the disk."""

from __future__ import annotations

from datetime import date
from functools import cache

from liulin_gazette.check import engine
from liulin_gazette.check.rules import RULES
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.publication import Issue, IssueFormat, Publication, Section
from liulin_gazette.pipeline.inputs import read_content
from liulin_gazette.source.documents import load_document
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from tests.conftest import ROOT

ISSUE_FILE = '"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n\n[["栏目"]]\n"名称" = "文件"\n"文件" = ["01.md"]\n'
PATH = "content/2026-1/01.md"


@cache
def _publication() -> tuple[Publication, IssueFormat]:
    series = read_content(ROOT).series
    assert series.publication is not None
    return series.publication, series.form


def document_findings(text: str) -> list[Diagnostic]:
    """Return what is found in the document ``text`` (a whole Markdown file), by reading it and by all rules."""
    publication, form = _publication()
    findings = FindingCollector()
    folder = Folder("content/2026-1", {"01.md": text.encode()})
    loaded = load_document(folder, "01.md", form, findings)
    if loaded is None:
        return findings.items
    issue = Issue("content/2026-1", 2026, 1, 30, date(2026, 2, 28), (Section("文件", (loaded,)),))
    files = {PATH: text.encode(), "content/2026-1/issue.toml": ISSUE_FILE.encode()}
    checked = engine.check_issue(publication.gazette, issue, RULES, files.__getitem__)
    return [*findings.items, *checked.findings]
