"""``proof``: typeset a PDF to sign off on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.findings import tally
from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.source.loader import load_issues
from liulin_gazette.text.editor_error import outcome


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Typeset proofs of the issues arguments, or of the last one; return 1 if a document could not be read, else 0 or 3."""
    from liulin_gazette.pdf.composition import fonts
    from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
    from liulin_gazette.pdf.typeset.workshop import Typesetters
    from liulin_gazette.review.paper_proof import proof_pdf, save_proofed_content

    if not issues_exist(root, arguments.issues):
        return 2
    examined = examine(root)
    diagnostics = examined.diagnostics
    known = examined.readable.issues if examined.readable else ()
    names = arguments.issues or [issue.name for issue in known[-1:]]
    publication = load_issues(root, names)
    if publication is None or not publication.issues:
        print("没有可以排校样的内容。先运行 python3 build.py check。", file=sys.stderr)
        return 1
    paths: list[str] = []
    with (
        outcome("校样没有排完。"),
        template_errors_named(root),
        Progress() as progress,
        Typesetters() as typesetters,
    ):
        templates = read_templates(root)
        for issue in publication.issues:
            if issue.name in names:
                progress.begin(f"排校样 {issue.name}")
                characters = printed_characters(
                    publication, issue, templates, lambda path: (root / path).read_bytes()
                )
                faces = fonts.prepare(root, characters)
                pdf = proof_pdf(root, publication, issue, diagnostics, templates, faces, typesetters)
                write_file(root / "output", f"proof/{issue.stem}-proof.pdf", pdf)
                save_proofed_content(root, issue)
                paths.append(f"output/proof/{issue.stem}-proof.pdf")
    read_errors = [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.code.startswith("B") and diagnostic.severity is Severity.ERROR
    ]
    for diagnostic in read_errors:
        print(diagnostic, file=sys.stderr)
    print("\n".join(f"校样  {path}" for path in paths))
    print(
        f"行号是源文件的行号；{tally(diagnostics)}改过以后，python3 build.py diff {names[-1]} 列出与这次校样的不同。"
    )
    return 1 if read_errors else 0
