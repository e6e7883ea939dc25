"""All of a project's content at once, with its texts, as no command needs it."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Publication
from liulin_gazette.source.folder import issue_folders
from liulin_gazette.source.loader import load_issues


def load(root: Path) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """Return the publication below ``root``, None if any finding is an error, and the findings of loading it."""
    names = [path.rpartition("/")[2] for path in issue_folders(root)]
    publication, findings = load_issues(root, names)
    return (None if has_errors(findings) else publication), findings
