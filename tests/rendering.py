"""The site and the search index of a publication in memory, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from liulin_gazette.check.grammar.citations import citations
from liulin_gazette.check.passages import passages
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web.printed_pages import Printed, Spans
from liulin_gazette.web.references import References
from liulin_gazette.web.search.pair_index import IndexedDocument, Unit, block_parts
from liulin_gazette.web.search.search_index import (
    Volume,
    feed_text,
    file_count,
    indexed_text,
    parts_size,
    units_of,
    volume_assets,
    volume_list,
    volumes,
)
from liulin_gazette.web.search.search_words import word_list
from liulin_gazette.web.site import feed_products, issue_contexts, issue_files, list_products


def references_of(publication: Publication) -> References:
    texts = [document for issue in publication.issues for document in issue.full_texts]
    return References(publication, {text.path: tuple(cited(text)) for text in texts})


def cited(document: FullText) -> Iterator[CitedNumber]:
    for passage in passages(document):
        for each in citations(passage.text) if passage.kind != "front" else ():
            yield CitedNumber(document.path, document.place, str(each.number), each.title)


def render_site(
    publication: Publication,
    templates: Path,
    read_bytes: Callable[[str], bytes],
    references: References,
    printed: Printed,
) -> Iterator[Asset]:
    """Yield the files of the site but PDFs, index, archives and manifest. ``publication`` must have its texts."""
    read = read_templates(templates.parent)
    environ = environment(read)
    contexts = issue_contexts(publication, references, range(len(publication.issues)))
    for issue, own in zip(publication.issues, contexts, strict=True):
        files = issue_files(
            publication.gazette, publication.gazette, issue, own, printed.get(issue.name), environ, read_bytes
        )
        yield from (asset() for _, asset in files)
    for product in list_products(publication, references, spans_of(printed), environ, read):
        yield product.asset()
    texts = {path: feed_text(asset.content) for path, asset in texts_of(publication).items()}
    for product in feed_products(publication, spans_of(printed), environ, texts):
        yield product.asset()


def spans_of(printed: Printed) -> Spans:
    """Return the first and last page of every document."""
    return {
        name: {slug: (pages.first, pages.last) for slug, pages in own.items()}
        for name, own in printed.items()
    }


def rendered(
    publication: Publication,
    templates: Path,
    read_bytes: Callable[[str], bytes],
    printed: Printed | None = None,
) -> list[Asset]:
    """Return the files of the site; each issue has PDFs unless ``printed`` says otherwise."""
    pages: Printed = {issue.name: {} for issue in publication.issues} if printed is None else printed
    return list(render_site(publication, templates, read_bytes, references_of(publication), pages))


def texts_of(publication: Publication) -> dict[str, Asset]:
    """Return the text file of each document by the document's project path."""
    return {
        document.path: indexed_text(issue, document)[1]
        for issue in publication.issues
        for document in issue.full_texts
    }


def indexed(publication: Publication) -> list[tuple[Volume, list[tuple[Unit, ...]]]]:
    """Return the volumes of the search index with the texts of their entries."""
    texts = {
        document.path: indexed_text(issue, document)[0]
        for issue in publication.issues
        for document in issue.full_texts
    }
    files = texts_of(publication)
    return [
        (volume, [units_of(files[entry.document.path].content) for entry in volume.entries])
        for volume in volumes(publication, texts)
    ]


def parts_of(volume: Volume, texts: list[tuple[Unit, ...]]) -> list[tuple[bytes, ...]]:
    """Return the parts of each block of ``volume``, whose entries have ``texts``."""
    rest = iter(texts)
    return [
        block_parts(
            [
                IndexedDocument(next(rest), entry.document.identifier, entry.text.sounds)
                for entry in block.entries
            ],
            word_list(),
        )
        for block in volume.blocks
    ]


def index_assets(publication: Publication) -> list[Asset]:
    """Return every file of the search index."""
    made = [(volume, parts_of(volume, texts)) for volume, texts in indexed(publication)]
    files = [asset for volume, parts in made for asset in volume_assets(volume, parts)]
    counts = [file_count(parts_size(parts)) for _, parts in made]
    listed = volume_list([volume for volume, _ in made], counts)
    return [listed, *texts_of(publication).values(), *files]
