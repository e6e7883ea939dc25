"""``proof``: a PDF to sign off on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.findings import tally
from liulin_gazette.commands.terminal.issue_names import is_known
from liulin_gazette.commands.terminal.progress import Steps
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import OutputError, write_file
from liulin_gazette.rendering.template_errors import UnreadableError, template_errors_named
from liulin_gazette.source.loader import load_partly
from liulin_gazette.workers.pool import WorkerPool


def run(root: Path, given: argparse.Namespace) -> int:
    """Make the proof of the last issue, or of those named; documents that cannot be read are named."""
    from liulin_gazette.pdf.composition import fonts
    from liulin_gazette.pdf.typeset.layout import TypesettingError
    from liulin_gazette.pdf.typeset.typesetting_unit import load
    from liulin_gazette.pipeline.print_files import characters
    from liulin_gazette.review.paper_proof import keep, proof_pdf

    if not is_known(root, given.issues):
        return 2
    examined = examine(root)
    diagnostics = examined.diagnostics
    known = examined.readable.issues if examined.readable else ()
    wanted = given.issues or [issue.name for issue in known[-1:]]
    publication = load_partly(root, wanted)
    if publication is None or not publication.issues:
        print("没有可以排校样的内容。先运行 python3 build.py check。", file=sys.stderr)
        return 1
    made: list[str] = []
    try:
        with template_errors_named(root), Steps() as steps, WorkerPool() as pool:
            pool.get_ready(load, pool.helpers)
            for issue in publication.issues:
                if issue.name in wanted:
                    steps.say(f"排校样 {issue.name}")
                    faces = fonts.prepare(
                        root, characters(root, publication, issue, lambda path: (root / path).read_bytes())
                    )
                    pdf = proof_pdf(root, publication, issue, diagnostics, faces, pool)
                    write_file(root / "output", f"proof/{issue.stem}-proof.pdf", pdf)
                    keep(root, issue)
                    made.append(f"output/proof/{issue.stem}-proof.pdf")
    except OutputError as error:
        print(error, file=sys.stderr)
        return 3
    except (TypesettingError, fonts.FontMissingError) as error:
        print(f"排印中断：{error}", file=sys.stderr)
        return 3
    except UnreadableError as error:
        print(f"{error}校样没有排完。", file=sys.stderr)
        return 3
    unread = [found for found in diagnostics if found.code.startswith("B") and found.severity.value == "错误"]
    for found in unread:
        print(found, file=sys.stderr)
    print("\n".join(f"校样  {path}" for path in made))
    print(
        f"行号是源文件的行号；{tally(diagnostics)}改过以后，python3 build.py diff {wanted[-1]} 列出与这次校样的不同。"
    )
    return 1 if unread else 0
