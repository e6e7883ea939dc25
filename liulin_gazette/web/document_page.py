"""The page of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
    assert_never,
    figures,
    plain,
    walk,
)
from liulin_gazette.model.publication import Document, FullText, Issue
from liulin_gazette.rendering.product import Product
from liulin_gazette.text.qr import qr_data_uri
from liulin_gazette.web import addresses, metadata, references
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.references import DocumentContext

MIN_OUTLINE_ENTRIES = 4
"""The outline is shown from this many entries on."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A link in the outline at the head of a long document."""

    text: str
    anchor: str


def document_page(
    renderer: Renderer,
    issue: Issue,
    document: FullText,
    neighbours: tuple[Document | None, Document | None],
    context: DocumentContext,
    pages: Mapping[str, int] | None,
) -> Product:
    """Return the page of ``document``; ``neighbours`` are the documents before and after it in the issue.

    ``pages`` has the printed page of each anchor, None when the issue has no PDF.
    """
    publication = renderer.publication
    path = addresses.document_page(issue, document)
    outline = tuple(_outline(document.blocks))
    numbers = (pages or {}).values()
    first, last = min(numbers, default=0), max(numbers, default=0)
    return renderer.page(
        "document",
        path,
        metadata.document_metadata(
            publication, issue, document, context.validity, (first, last), pages is not None
        ),
        issue=issue,
        document=document,
        before=neighbours[0],
        after=neighbours[1],
        printed=_page_starts(pages or {}),
        has_pdf=pages is not None,
        first_page=first,
        last_page=last,
        citation=references.citation(publication, issue, document, first, last),
        cited=context.cited,
        related=context.related,
        validity=context.validity,
        phone_changes=context.phone_changes,
        targets={
            target.number: addresses.relative(target.page, path) for target in context.cited if target.page
        },
        outline=outline if len(outline) >= MIN_OUTLINE_ENTRIES else (),
        figures={
            file: addresses.relative(addresses.figure_file(issue, document, file), path)
            for file in pictures(document)
        },
        qr=qr_data_uri(addresses.absolute(publication, path)),
    )


def pictures(document: FullText) -> tuple[str, ...]:
    """Return the project paths of the pictures in ``document``, each once, in order."""
    return tuple(dict.fromkeys(figure.file for figure in figures(document.blocks) if figure.file))


def _page_starts(pages: Mapping[str, int]) -> dict[str, int]:
    """Return the first anchor of each printed page, with the page's number."""
    starts: dict[str, int] = {}
    last = 0
    for anchor, page in pages.items():
        if page != last:
            starts[anchor] = last = page
    return starts


def _outline(blocks: Sequence[Block]) -> Iterator[OutlineEntry]:
    """Yield the outline: titles of instruments and annexes, and headings 一、 outside annexes."""
    for block, parents in walk(blocks):
        if any(isinstance(parent, Annex) for parent in parents):
            continue
        match block:
            case Heading():
                if block.level == 2:
                    yield OutlineEntry(plain(block.text).replace("\n", ""), block.anchor)
            case Instrument():
                yield OutlineEntry(block.title, block.anchor)
            case Annex():
                yield OutlineEntry(f"{block.label}　{block.title}".strip("　"), block.anchor)
            case Paragraph() | Article() | Table() | Figure() | Roster() | Note() | Signature():
                pass
            case _:
                assert_never(block)
