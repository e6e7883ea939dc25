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
from liulin_gazette.web.references import Connections

OUTLINE_FROM = 4
"""A document with this many entries in its outline shows them as a list of links."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the list of links at the head of a long document."""

    text: str
    anchor: str


def document_page(
    renderer: Renderer,
    issue: Issue,
    document: FullText,
    neighbours: tuple[Document | None, Document | None],
    connections: Connections,
    pages: Mapping[str, int] | None,
) -> Product:
    """Return the page; ``pages`` are the printed pages of its anchors, None when there is no PDF."""
    publication = renderer.publication
    path = addresses.document_page(issue, document)
    outline = tuple(_outline(document.blocks))
    numbers = (pages or {}).values()
    first, last = min(numbers, default=0), max(numbers, default=0)
    return renderer.page(
        "document",
        path,
        metadata.of_document(
            publication, issue, document, connections.validity, (first, last), pages is not None
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
        cited=connections.cited,
        related=connections.related,
        validity=connections.validity,
        phone_changes=connections.phone_changes,
        targets={each.number: addresses.relative(each.page, path) for each in connections.cited if each.page},
        outline=outline if len(outline) >= OUTLINE_FROM else (),
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
    """Return the anchors at which another printed page begins, with its number."""
    starts: dict[str, int] = {}
    last = 0
    for anchor, page in pages.items():
        if page != last:
            starts[anchor] = last = page
    return starts


def _outline(blocks: Sequence[Block]) -> Iterator[OutlineEntry]:
    """Yield what the list of links shows: titles of instruments and annexes, and headings 一、 outside annexes."""
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
