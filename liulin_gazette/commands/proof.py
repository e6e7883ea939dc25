"""``proof``: typeset a PDF to sign off on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.findings import tally
from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.text.editor_error import CONTENT, USAGE


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Typeset proofs of the issues asked for, or of the last one; return CONTENT if a document could not be read, else 0.

    Raises EditorError.
    """
    from liulin_gazette.review.proofing import set_proofs

    if not issues_exist(root, arguments.issues):
        return USAGE
    with Progress() as progress:
        proofs = set_proofs(root, arguments.issues, progress.begin)
    for diagnostic in proofs.read_errors:
        print(diagnostic, file=sys.stderr)
    print("\n".join(f"校样  {path}" for path in proofs.paths))
    print(
        f"行号是源文件的行号；{tally(proofs.diagnostics)}改过以后，"
        f"python3 build.py diff {proofs.names[-1]} 列出与这次校样的不同。"
    )
    return CONTENT if proofs.read_errors else 0
