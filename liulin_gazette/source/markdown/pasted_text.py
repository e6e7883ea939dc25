"""What was pasted into a body from elsewhere, or typed as elsewhere, and would not be printed as it was meant."""

from __future__ import annotations

from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.foreign_marks import report_conflicts, report_foreign_marks
from liulin_gazette.source.markdown.line_ends import report_line_ends
from liulin_gazette.source.markdown.pasted_tables import report_pasted_tables


def report_pasted_text(body: str, path: str, findings: FindingCollector) -> None:
    """Report lines that would fuse (S060), pasted tables (S061) and marks that are no text (S020, S062–S064)."""
    lines = body.split("\n")
    conflicts = report_conflicts(lines, path, findings)
    faulty = conflicts | report_pasted_tables(lines, path, findings)
    faulty |= report_foreign_marks(lines, path, faulty, findings)
    report_line_ends(lines, path, faulty, findings)
