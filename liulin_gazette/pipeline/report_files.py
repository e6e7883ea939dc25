"""The stage that writes the report of each issue that has PDFs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.output_record import RecordedFiles
from liulin_gazette.pipeline.print_files import Printed
from liulin_gazette.pipeline.report import PUBLISHED, findings_data, report, serials_of

if TYPE_CHECKING:
    from liulin_gazette.check.engine import WaivedFinding

_EVERYWHERE = "content"
"""The folder of which every report tells the findings: those about gazette.toml."""


def write_reports(context: BuildContext, printed: Printed) -> dict[str, RecordedFiles]:
    """Write the reports; return their entries by the project path of the issue's folder.

    What a report says of the series may have changed without its issue. Reports of issues whose PDFs are of an earlier
    state stay as they are. Raises OutputError.
    """
    reports = _kept(context, printed)
    findings, excused = _by_folder(context.examined)
    serials = serials_of(context.publication)
    templates = context.inputs.templates.print_digest
    for issue in context.publication.issues:
        folder = issue.folder
        if folder in printed.pdfs:
            own = sorted([*findings.get(_EVERYWHERE, ()), *findings.get(folder, ())], key=_order)
            of_series = findings_data(issue, own, excused.get(folder, ()), serials)
            key = fingerprint(program_digest(), printed.pdfs[folder].key, templates, of_series)
            data = printed.report_data.get(folder)
            if data is None and reports[folder].key != key:
                data = _read(context, reports[folder])
            if data is not None:
                of_issue = {name: value for name, value in data.items() if name != PUBLISHED}
                reports[folder] = _write(context, issue, {**of_issue, **of_series}, key)
    return reports


def _kept(context: BuildContext, printed: Printed) -> dict[str, RecordedFiles]:
    """Keep the reports of issues that were not typeset; return their entries."""
    edition, reports = context.edition, context.last.reports
    entries = {
        folder: reports[folder]
        for folder in (*printed.pdfs, *printed.former_pdfs)
        if folder not in printed.report_data and folder in reports and edition.has(reports[folder].paths)
    }
    for entry in entries.values():
        edition.keep(entry.paths)
    return entries


def _read(context: BuildContext, entry: RecordedFiles) -> dict[str, Any]:
    path = next(path for path in entry.paths if path.endswith(".json"))
    data: dict[str, Any] = json.loads(context.edition.read(path))
    return data


def _write(context: BuildContext, issue: Issue, data: Mapping[str, Any], key: str) -> RecordedFiles:
    assets = report(settings_at(context.publication, issue), issue, data, context.inputs.templates)
    for asset in assets:
        context.edition.write(asset.path, asset.content)
    return RecordedFiles(key, tuple(asset.path for asset in assets))


def _by_folder(
    examined: Examined,
) -> tuple[dict[str, list[Diagnostic]], dict[str, list[WaivedFinding]]]:
    """Return findings, and findings that waivers excuse, by the project path of the folder that they are in."""
    findings: dict[str, list[Diagnostic]] = {}
    for finding in examined.diagnostics:
        findings.setdefault(_folder(finding), []).append(finding)
    excused: dict[str, list[WaivedFinding]] = {}
    for waived in examined.excused:
        excused.setdefault(_folder(waived.finding), []).append(waived)
    return findings, excused


def _folder(finding: Diagnostic) -> str:
    folder, slash, _ = finding.place.path.rpartition("/")
    return folder if slash and folder != "output" else _EVERYWHERE


def _order(finding: Diagnostic) -> tuple[int, Place, str, str]:
    """Return what findings of a report are sorted by: errors first, then warnings, then notes."""
    return list(Severity).index(finding.severity), finding.place, finding.code, finding.message
