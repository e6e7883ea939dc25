"""``volume``: bind the issues of a year into one PDF (合订本)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.model.annual_index import issues_of
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import has_errors
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.pipeline.year_printing import typeset_issues
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.text.editor_error import CONTENT, USAGE, outcome


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Write ``output/volumes/<prefix>-<year>.pdf`` from all issues of the year; return the exit code."""
    from liulin_gazette.pdf.editions.annual_volume import (
        BoundIssue,
        has_index_of,
        volume_parts,
        volume_pdf,
    )

    examined = examine(root)
    if examined.publication is None or has_errors(examined.diagnostics):
        print("内容有错误，没有合订。先运行 python3 build.py check 改正。", file=sys.stderr)
        return CONTENT
    year: int = arguments.year
    if not issues_of(examined.publication, year):
        print(f"{year} 年没有刊物。", file=sys.stderr)
        return USAGE
    names = [
        issue.name for issue in examined.publication.issues if issue.year == year or has_index_of(issue, year)
    ]
    with outcome("合订本没有生成。"), template_errors_named(root), Progress() as progress:
        printed = typeset_issues(root, names, progress.begin, year)
        assert printed.cover is not None
        publication = printed.publication
        issues = issues_of(publication, year)
        settings = settings_at(publication, issues[-1])
        typeset = [BoundIssue(*each) for each in zip(publication.issues, printed.typeset, strict=True)]
        parts = volume_parts(year, printed.cover, typeset)
        path = f"volumes/{issues[-1].prefix}-{year}.pdf"
        volume = volume_pdf(settings, year, parts, issues[-1], printed.templates, printed.faces)
        write_file(root / "output", path, volume)
    pages = sum(len(part.layout.pages) for part in parts)
    print(f"合订本  output/{path}（{len(issues)} 期，{pages} 页）")
    return 0
