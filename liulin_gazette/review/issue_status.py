"""The state of each issue: findings, pages, whether the built output is up to date."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.publication import Issue, Publication


@dataclass(frozen=True, slots=True)
class IssueStatus:
    """The state of one issue."""

    issue: Issue
    findings: dict[Severity, int]
    """Number of findings of each severity."""
    pages: int
    """0 if it has not been built."""
    state: str
    """已生成, 有改动 or 未生成."""


def statuses(
    root: Path, publication: Publication, diagnostics: tuple[Diagnostic, ...]
) -> tuple[IssueStatus, ...]:
    """Return the state of every issue of ``publication``, newest first."""
    return tuple(_status(root, issue, diagnostics) for issue in reversed(publication.issues))


def _status(root: Path, issue: Issue, diagnostics: tuple[Diagnostic, ...]) -> IssueStatus:
    severities = [
        diagnostic.severity
        for diagnostic in diagnostics
        if diagnostic.place.path.startswith(issue.folder + "/")
    ]
    findings = {severity: severities.count(severity) for severity in Severity}
    built = _built_from(root / f"output/report/{issue.name}.json")
    if built is None:
        return IssueStatus(issue, findings, 0, "未生成")
    digests, pages = built
    is_current = digests == {document.path: _digest(root / document.path) for document in issue.documents}
    return IssueStatus(issue, findings, pages, "已生成" if is_current else "有改动")


def _built_from(report: Path) -> tuple[dict[str, str], int] | None:
    """Return the SHA-256 of each file that an issue was built from, and its pages; None if it was not built."""
    try:
        data: Any = json.loads(report.read_text("utf-8"))
        return {entry["文件"]: entry["sha256"] for entry in data["公文"]}, int(data["页数"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
