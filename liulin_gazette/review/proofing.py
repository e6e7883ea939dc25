"""Setting proofs of issues, and keeping the content that they show for the comparison with what comes after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.source.folder import read_plain_file
from liulin_gazette.source.loader import load_issues
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import CONTENT, EditorError, outcome
from liulin_gazette.workers.pool import WorkerPool


class NothingToProofError(EditorError):
    """No issue that is asked for can be read."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs that were set."""

    names: tuple[str, ...]
    """Of the issues asked for, or of the last one."""
    paths: tuple[str, ...]
    """Project paths of the PDFs."""
    diagnostics: tuple[Diagnostic, ...]
    read_errors: tuple[Diagnostic, ...]
    """Those for which documents could not be read: they are not in the proofs."""


def proof_path(issue: Issue) -> str:
    """Return the path below ``output`` of the proof of ``issue``."""
    return f"proof/{issue.stem}-proof.pdf"


def set_proofs(root: Path, names: Sequence[str], say: Callable[[str], None]) -> Proofs:
    """Typeset proofs of the issues ``names``, or of the last one; ``say`` is told each step. Raises EditorError."""
    from liulin_gazette.pdf.composition import fonts
    from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
    from liulin_gazette.pdf.typeset.typesetting_unit import preload
    from liulin_gazette.review.paper_proof import proof_pdf, save_proofed_content

    examined = examine(root)
    diagnostics = examined.diagnostics
    known = examined.readable.issues if examined.readable else ()
    names = tuple(names) or tuple(issue.name for issue in known[-1:])
    publication, _ = load_issues(root, names)
    if publication is None or not publication.issues:
        raise NothingToProofError(advice("没有可以排校样的内容。先", Act.CHECK, "。"))
    paths: list[str] = []
    with outcome("校样没有排完。"), template_errors_named(root), WorkerPool() as pool:
        pool.get_ready(preload, pool.helpers)
        templates = read_templates(root)
        for issue in publication.issues:
            if issue.name in names:
                say(f"排校样 {issue.name}")
                settings = settings_at(publication, issue)
                characters = printed_characters(settings, issue, templates, partial(read_plain_file, root))
                faces = fonts.prepare(root, characters)
                pdf = proof_pdf(root, settings, issue, diagnostics, templates, faces, pool)
                write_file(root / "output", proof_path(issue), pdf)
                save_proofed_content(root, issue)
                paths.append(f"output/{proof_path(issue)}")
    read_errors = tuple(
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.code.startswith("B") and diagnostic.severity is Severity.ERROR
    )
    return Proofs(names, tuple(paths), diagnostics, read_errors)
