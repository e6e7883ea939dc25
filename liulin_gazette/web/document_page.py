"""The page of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.model.blocks import (
    Annex,
    Instrument,
    figures,
    footnotes,
    walk,
)
from liulin_gazette.model.corrected_places import certain_anchors
from liulin_gazette.model.corrected_texts import Correction, corrected_texts
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.office_names import office_names
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.published_texts import CONTACT_ANCHOR
from liulin_gazette.rendering.product import Product
from liulin_gazette.rendering.signatures import SignatureForm
from liulin_gazette.rendering.templating import annex_title_lines
from liulin_gazette.text.qr import qr_data_uri
from liulin_gazette.text.title_lines import title_lines
from liulin_gazette.web import addresses, metadata, references
from liulin_gazette.web.document_outline import OutlineEntry, outline_of
from liulin_gazette.web.document_places import places_of
from liulin_gazette.web.other_formats import OtherFormat
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.printed_pages import Pages, cited_anchors, cited_span
from liulin_gazette.web.references import CorrectedWords, DocumentContext

IN_FORCE = "现行有效"
"""有效性 that a later day can make untrue, so the page says that it is the gazette that stated it."""
MIN_OUTLINE_ENTRIES = 4
"""The outline is shown from this many entries on."""
EVENTS_IN_FULL = 3
"""Events (日程) that stand above the text; further ones are folded, so that the text still begins near the top."""
PHONE_TITLE_MEASURE = 12
"""Characters of a title in one line of a phone, 360 px wide."""


@dataclass(frozen=True, slots=True)
class PlacedCorrection:
    """Words of the document that another one corrects, with the paragraphs that have them."""

    words: CorrectedWords
    anchors: tuple[str, ...]
    """Empty where it is not certain which paragraph is meant."""


def document_page(
    renderer: Renderer,
    gazette: Gazette,
    issue: Issue,
    document: FullText,
    neighbours: tuple[Document | None, Document | None],
    context: DocumentContext,
    pages: Pages | None,
    formats: Sequence[OtherFormat],
) -> Product:
    """Return the page of ``document``; ``neighbours`` are the documents before and after it in the issue.

    ``gazette`` are the settings that hold for ``issue``. ``pages`` is None when the issue has no PDF, and
    ``formats`` are its files in other formats.
    """
    path = addresses.document_page(issue, document)
    span = cited_span(document, pages)
    return renderer.page(
        "document",
        path,
        metadata.document_metadata(gazette, issue, document, context.validity, span, pages is not None),
        "" if pages is None else addresses.share_picture(issue, document),
        gazette=gazette,
        issue=issue,
        document=document,
        before=neighbours[0],
        after=neighbours[1],
        formats=formats,
        has_pdf=pages is not None,
        qr=qr_data_uri(addresses.absolute(gazette, path)),
        **_citation_values(gazette, issue, document, span),
        **_text_values(renderer, gazette, issue, document),
        **_archive_values(path, document, context),
        **_anchored_values(document, context, cited_anchors(document, pages)),
    )


def _citation_values(
    gazette: Gazette, issue: Issue, document: FullText, span: tuple[int, int]
) -> dict[str, object]:
    """Return what the template shows of how ``document`` is cited; ``span`` has its first and last printed page, 0 for unknown."""
    citation = references.citation(gazette, issue, document, *span)
    return {
        "first_page": span[0],
        "last_page": span[1],
        "citation_name": document.citation_name,
        "citation_end": citation.removeprefix(document.citation_name),
    }


def _text_values(renderer: Renderer, gazette: Gazette, issue: Issue, document: FullText) -> dict[str, object]:
    """Return what the template shows of the text of ``document`` itself."""
    path = addresses.document_page(issue, document)
    places = places_of(issue, document)
    outline = tuple(outline_of(document, places))
    return {
        "signature_form": SignatureForm(gazette.signatures_abreast),
        "places": places,
        "outline": outline if _entries_in(outline) >= MIN_OUTLINE_ENTRIES else (),
        "events_in_full": EVENTS_IN_FULL,
        "title_pieces": _title_pieces(document, office_names(document, renderer.gazette)),
        "figures": {
            file: addresses.relative(addresses.figure_file(issue, document, file), path)
            for file in pictures(document)
        },
        "footnote_anchors": {note.mark: note.anchor for note in footnotes(document.blocks)},
    }


def _archive_values(path: str, document: FullText, context: DocumentContext) -> dict[str, object]:
    """Return what the template of the page at ``path`` shows of the state of ``document`` and of other documents."""
    return {
        "cited": context.cited,
        "related": context.related,
        "corrects": context.corrects,
        "history": context.history,
        "validity": context.validity,
        "in_force": IN_FORCE,
        "states_validity": bool(document.treatment.has_type or document.order),
        "pending": context.pending,
        "state_day": context.day,
        "phone": _present_phone(document, context),
        "phone_changes": context.phone_changes,
        "targets": {
            target.number: addresses.relative(target.page, path) for target in context.cited if target.page
        },
    }


def _anchored_values(
    document: FullText, context: DocumentContext, anchors: Mapping[str, int] | None
) -> dict[str, object]:
    """Return what the template shows at paragraphs: printed pages and corrections; ``anchors`` has their pages."""
    corrections = placed_corrections(document, context, anchors)
    return {
        "printed": _page_starts(anchors or {}),
        "corrections": corrections,
        "corrections_at": _by_anchor(corrections),
        "corrected_texts": corrected_texts(
            document,
            [Correction(words.where, words.wrong, words.right) for words in context.corrected_by],
            anchors,
        ),
    }


def _present_phone(document: Document, context: DocumentContext) -> str:
    """Return the telephone of the contact of ``document`` as of now; empty where there is none any more."""
    if context.phone_changes:
        return context.phone_changes[-1].phone
    return document.contact.phone if document.contact else ""


def _title_pieces(document: FullText, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each line of a title, the pieces into which a phone breaks it by sense; none for a short line.

    ``names`` are those of offices, which are not parted.
    """
    titles = [document.title_lines]
    for block, _ in walk(document.blocks):
        if isinstance(block, Instrument):
            titles.append(block.title_lines)
        elif isinstance(block, Annex) and block.title:
            titles.append(annex_title_lines(block.title))
    pieces = {
        line: title_lines(line, measure=PHONE_TITLE_MEASURE, names=names)
        for lines in titles
        for line in lines
    }
    return {line: own if len(own) > 1 else () for line, own in pieces.items()}


def pictures(document: FullText) -> tuple[str, ...]:
    """Return the project paths of the pictures in ``document``, each once, in order."""
    return tuple(dict.fromkeys(figure.file for figure in figures(document.blocks) if figure.file))


def placed_corrections(
    document: FullText, context: DocumentContext, pages: Mapping[str, int] | None
) -> tuple[PlacedCorrection, ...]:
    """Return the corrections of ``document`` that others announce; ``pages`` has the printed page of each anchor."""
    return tuple(
        PlacedCorrection(words, certain_anchors(document, words.wrong, words.where, pages))
        for words in context.corrected_by
    )


def _by_anchor(corrections: Iterable[PlacedCorrection]) -> dict[str, list[CorrectedWords]]:
    by_anchor: dict[str, list[CorrectedWords]] = {}
    for correction in corrections:
        for anchor in correction.anchors:
            by_anchor.setdefault(anchor, []).append(correction.words)
    return by_anchor


def _page_starts(pages: Mapping[str, int]) -> dict[str, int]:
    """Return the first anchor of each printed page, with the page's number."""
    starts: dict[str, int] = {}
    last = 0
    for anchor, page in pages.items():
        if page != last:
            starts[anchor] = last = page
    return starts


def _entries_in(outline: Sequence[OutlineEntry]) -> int:
    """Return how many places of the text ``outline`` leads to; 政策咨询 is none."""
    return sum(bool(entry.text) + len(entry.articles) for entry in outline if entry.anchor != CONTACT_ANCHOR)
