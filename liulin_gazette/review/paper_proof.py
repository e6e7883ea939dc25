"""The proof that is signed off on paper: a PDF with line numbers, wide margins, and findings as notes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from liulin_gazette.disk.durable_files import move_folder, write_new_folder
from liulin_gazette.editing.undo_journal import read_file
from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnotes,
    Heading,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
    assert_never,
    walk,
)
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document import FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.write import xmp
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.rendering.signatures import STACKED
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import read_folder, read_plain_file
from liulin_gazette.workers.pool import WorkerPool

PROOFS_FOLDER = ".proofs"
"""Folder with the content of each issue at its last proof, for ``diff``."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the proof and the findings beside it."""

    line: int
    """Line in the source file; 0 for a signature that is not in the file."""
    block: Block | None
    """None for the head of the document, and for a title in ``label``."""
    label: str = ""
    """Title of an instrument or annex that begins here."""
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentProof:
    """One document of the proof."""

    document: FullText
    rows: tuple[Row, ...]


def document_proof(document: FullText, diagnostics: Sequence[Diagnostic]) -> DocumentProof:
    """Return the rows of ``document``, each of its findings beside the row that it is about."""
    rows = [Row(1, None), *_rows(document.blocks)]
    findings: dict[int, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.place.path == document.path:
            nearest = max(
                (index for index, row in enumerate(rows) if 0 < row.line <= diagnostic.place.line),
                key=lambda index: rows[index].line,
                default=0,
            )
            findings.setdefault(nearest, []).append(diagnostic)
    return DocumentProof(
        document,
        tuple(
            Row(row.line, row.block, row.label, tuple(findings.get(index, ())))
            for index, row in enumerate(rows)
        ),
    )


def _rows(blocks: Sequence[Block]) -> Iterator[Row]:
    """Yield a row for each of ``blocks``, and for those in instruments and annexes."""
    for block, _ in walk(blocks):
        match block:
            case Instrument():
                yield Row(block.line, None, block.title)
            case Annex():
                yield Row(block.line, None, f"{block.label}　{block.title}".strip("　"))
            case (
                Heading()
                | Paragraph()
                | Article()
                | Table()
                | Figure()
                | Roster()
                | NameList()
                | Note()
                | Footnotes()
                | Signature()
            ):
                yield Row(block.line, block)
            case _:
                assert_never(block)


def proof_pdf(
    root: Path,
    gazette: Gazette,
    issue: Issue,
    diagnostics: Sequence[Diagnostic],
    templates: Templates,
    faces: tuple[Face, ...],
    pool: WorkerPool,
) -> bytes:
    """Return the proof of ``issue`` as a PDF; layouts are kept below the project folder ``root``. Raises TypesettingError."""
    environ = environment(templates)
    sheets = [templates.read_text(name) for name in ("tokens.css", "print/print.css", "print/proof.css")]
    style = "\n".join([environ.get_template("print/faces.css").render(faces=faces), *sheets])
    typesetter = CachedTypesetter(root, style, faces, pool, partial(read_plain_file, root))
    template = environ.get_template("print/proof.html")
    items = [
        Item(
            document.slug,
            template.render(
                publication=gazette,
                issue=issue,
                proof=document_proof(document, diagnostics),
                figures={},
                printed_footnotes={},
                signature_form=STACKED,
            ),
        )
        for document in issue.full_texts
    ]
    layouts = typesetter.layouts(items)
    parts: list[Part] = []
    first_page = 1
    for item in items:
        parts.append(Part(item.name, layouts[item.name], None, first_page, typesetter.key(item)))
        first_page += len(layouts[item.name].pages)
    title = f"{gazette.name}{issue_name(issue)}校样"
    metadata = xmp.Metadata(title, gazette.publisher, title, issue.date)
    return reading_pdf(parts, collect_drawings(parts, faces), metadata, environ, {})


def proofed_content(root: Path, name: str) -> Path:
    """Return the folder with the content of the issue ``name`` (2026-1) at its last proof; it may not exist."""
    return root / PROOFS_FOLDER / name


def proofed_document(root: Path, path: str) -> bytes | None:
    """Return the document at the project ``path`` as the last proof of its issue shows it; None where none does.

    A link there is none. Raises FileAccessError.
    """
    _, issue, name = path.split("/")
    file = proofed_content(root, issue) / name
    return None if file.is_symlink() else read_file(file)


def save_proofed_content(root: Path, issue: Issue) -> None:
    """Copy the files that ``issue`` is read from as those of its last proof, for ``diff`` to compare with."""
    copy = proofed_content(root, issue.name)
    partial = root / PROOFS_FOLDER / f"{issue.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    files = read_folder(root, issue.folder).files
    write_new_folder(partial, {partial / name: content for name, content in files.items()})
    shutil.rmtree(copy, ignore_errors=True)
    move_folder(partial, copy)
