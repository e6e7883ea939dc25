"""The proof for those who sign off on paper: the text with its line numbers, wide margins, findings as notes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.blocks import Annex, Block, Instrument
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.publication import FullText, Issue, Publication
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.write import xmp
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.sheets import drawings
from liulin_gazette.rendering.templating import environment, issue_name
from liulin_gazette.workers.pool import WorkerPool

KEPT = ".proofs"
"""Where the content of each issue's last proof is kept, to compare with."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the proof with the findings that stand beside it."""

    line: int
    """Line in the source file; 0 for a signature that the file does not place."""
    block: Block | None
    """None for the head of the document."""
    label: str = ""
    """The title of an instrument or annex that the row stands for."""
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentProof:
    """One document of the proof."""

    document: FullText
    rows: tuple[Row, ...]


def document_proof(document: FullText, diagnostics: Sequence[Diagnostic]) -> DocumentProof:
    """Return the rows of ``document``, each finding beside the stretch that it is about."""
    rows = [Row(1, None), *_rows(document.blocks)]
    beside: dict[int, list[Diagnostic]] = {}
    for found in diagnostics:
        if found.place.path == document.path:
            at = max(
                (index for index, row in enumerate(rows) if 0 < row.line <= found.place.line),
                key=lambda index: rows[index].line,
                default=0,
            )
            beside.setdefault(at, []).append(found)
    return DocumentProof(
        document,
        tuple(
            Row(row.line, row.block, row.label, tuple(beside.get(index, ())))
            for index, row in enumerate(rows)
        ),
    )


def _rows(blocks: Sequence[Block]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Instrument):
            yield Row(block.line, None, block.title)
            yield from _rows(block.blocks)
        elif isinstance(block, Annex):
            yield Row(block.line, None, f"{block.label}　{block.title}".strip("　"))
            yield from _rows(block.blocks)
        else:
            yield Row(block.line, block)


def proof_pdf(
    root: Path,
    publication: Publication,
    issue: Issue,
    diagnostics: Sequence[Diagnostic],
    faces: tuple[Face, ...],
    pool: WorkerPool,
) -> bytes:
    """Return the proof of ``issue``. Raises TypesettingError."""
    templates = root / "templates"
    environ = environment(templates)
    sheets = [
        (templates / name).read_text("utf-8") for name in ("tokens.css", "print/print.css", "print/proof.css")
    ]
    style = "\n".join([environ.get_template("print/faces.css").render(faces=faces), *sheets])
    typesetter = CachedTypesetter(root, style, faces, pool, lambda path: (root / path).read_bytes())
    template = environ.get_template("print/proof.html")
    items = [
        Item(
            document.slug,
            template.render(
                publication=publication, issue=issue, proof=document_proof(document, diagnostics), figures={}
            ),
        )
        for document in issue.full_texts
    ]
    layouts = typesetter.layouts(items)
    parts: list[Part] = []
    first = 1
    for item in items:
        parts.append(Part(item.name, layouts[item.name], None, first, typesetter.key(item)))
        first += len(layouts[item.name].pages)
    title = f"{publication.name}{issue_name(issue)}校样"
    metadata = xmp.Metadata(title, publication.publisher, title, issue.date)
    return reading_pdf(parts, drawings(parts, faces), metadata, environ, {})


def keep(root: Path, issue: Issue) -> None:
    """Keep the content of ``issue`` as that of its last proof."""
    kept = root / KEPT / issue.name
    partial = root / KEPT / f"{issue.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(root / issue.folder, partial)
    shutil.rmtree(kept, ignore_errors=True)
    partial.rename(kept)
