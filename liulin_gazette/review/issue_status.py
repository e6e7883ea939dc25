"""How far each issue is: documents, findings, pages, built or stale."""

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
    """One line of the table."""

    issue: Issue
    findings: dict[Severity, int]
    pages: int
    """0 when it has not been built."""
    state: str
    """已生成, 有改动 or 未生成."""


def statuses(
    root: Path, publication: Publication, diagnostics: tuple[Diagnostic, ...]
) -> tuple[IssueStatus, ...]:
    """Return the state of every issue below ``root``, newest first."""
    return tuple(_status(root, issue, diagnostics) for issue in reversed(publication.issues))


def _status(root: Path, issue: Issue, diagnostics: tuple[Diagnostic, ...]) -> IssueStatus:
    own = [found for found in diagnostics if found.place.path.startswith(issue.folder + "/")]
    findings = {severity: sum(found.severity is severity for found in own) for severity in Severity}
    built = _built(root / f"output/report/{issue.name}.json")
    if built is None:
        return IssueStatus(issue, findings, 0, "未生成")
    made_from, pages = built
    same = made_from == {document.path: _digest(root / document.path) for document in issue.documents}
    return IssueStatus(issue, findings, pages, "已生成" if same else "有改动")


def _built(report: Path) -> tuple[dict[str, str], int] | None:
    """Return what the built issue was made from, and its pages."""
    try:
        data: Any = json.loads(report.read_text("utf-8"))
        return {each["文件"]: each["sha256"] for each in data["公文"]}, int(data["页数"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
