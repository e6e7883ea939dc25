"""The public site: pages of issues and documents, and the lists that lead to them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import Environment

from liulin_gazette.model.publication import Document, FullText, Issue, Publication
from liulin_gazette.rendering.product import Asset, Product
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.web import addresses, data, lists
from liulin_gazette.web.data import IssuePages, Spans
from liulin_gazette.web.document_page import document_page, pictures
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.references import Connections, References
from liulin_gazette.web.registers import bare, listed

STYLE_SHEETS = ("tokens.css", "site/site.css")
SCRIPTS = {
    addresses.READER_SCRIPT: "site/reader.js",
    addresses.SEARCH_SCRIPT: "site/search.js",
    addresses.VERIFY_SCRIPT: "site/verify.js",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the pages of one issue show of the rest of the series."""

    before: Issue | None
    """Without its documents."""
    after: Issue | None
    connections: Mapping[str, Connections]
    """Of each document, by slug."""
    has_topics: bool


def surroundings(
    publication: Publication, references: References, indexes: Iterable[int]
) -> Iterator[Surroundings]:
    """Yield what surrounds each of the issues of ``publication`` at ``indexes``."""
    has_topics = _has_topics(publication)
    for index in indexes:
        yield _surroundings(publication.issues, references, index, has_topics)


def _surroundings(
    issues: Sequence[Issue], references: References, index: int, has_topics: bool
) -> Surroundings:
    return Surroundings(
        bare(issues[index - 1]) if index else None,
        bare(issues[index + 1]) if index + 1 < len(issues) else None,
        {document.slug: references.connections(document) for document in issues[index].documents},
        has_topics,
    )


def issue_assets(
    publication: Publication,
    issue: Issue,
    around: Surroundings,
    printed: IssuePages | None,
    environ: Environment,
    read_bytes: Callable[[str], bytes],
) -> Iterator[Asset]:
    """Yield the pages and data of ``issue``, which has its texts.

    Of ``publication`` only what gazette.toml says is seen. ``printed`` are the pages of each document's anchors
    in print, None when the issue has no PDF. ``read_bytes`` returns the content of the file at a
    project path; it is called for pictures only.
    """
    renderer = _renderer(publication, environ, around.has_topics)
    has_pdf = printed is not None
    yield lists.issue_page(renderer, issue, (around.before, around.after), has_pdf).asset()
    yield data.issue_json(publication, issue, around.connections, printed)
    for before, document, after in _with_neighbours(issue.full_texts):
        pages = None if printed is None else printed.get(document.slug, {})
        connections = around.connections[document.slug]
        yield document_page(renderer, issue, document, (before, after), connections, pages).asset()
        yield data.document_json(publication, issue, document, connections, pages)
        if document.events:
            yield data.calendar(publication, issue, document)
        for file in pictures(document):
            yield Asset(addresses.figure_file(issue, document, file), read_bytes(file))


def issue_asset(
    publication: Publication,
    issue: Issue,
    around: Surroundings,
    environ: Environment,
    read_bytes: Callable[[str], bytes],
    path: str,
) -> Asset | None:
    """Return the file at ``path`` if it is one of ``issue`` that a reader sees: at the cost of that one."""
    renderer = _renderer(publication, environ, around.has_topics)
    if path == addresses.issue_page(issue):
        return lists.issue_page(renderer, issue, (around.before, around.after), False).asset()
    for before, document, after in _with_neighbours(issue.full_texts):
        if path == addresses.document_page(issue, document):
            connections = around.connections[document.slug]
            return document_page(renderer, issue, document, (before, after), connections, None).asset()
        for file in pictures(document):
            if path == addresses.figure_file(issue, document, file):
                return Asset(path, read_bytes(file))
    return None


def list_products(
    publication: Publication, references: References, spans: Spans, environ: Environment, templates: Templates
) -> Iterator[Product]:
    """Yield everything that is of no single issue: lists, registers, feeds, data, and what pages need.

    ``spans`` are the printed pages of documents; issues that are not in it have no PDF.
    """
    publication = listed(publication)
    renderer = _renderer(publication, environ, _has_topics(publication))
    pages = [addresses.issue_page(issue) for issue in publication.issues]
    pages += [
        addresses.document_page(issue, each) for issue in publication.issues for each in issue.documents
    ]
    for product in _lists(renderer, publication, spans):
        yield product
        if product.path.endswith("index.html"):
            pages.append(product.path)
    yield data.issues_json(publication, spans)
    yield data.documents_csv(publication, references, spans)
    yield lists.sitemap(renderer, publication, sorted(pages))
    yield from _assets(renderer, templates)


def list_asset(
    publication: Publication, path: str, environ: Environment, templates: Templates
) -> Asset | None:
    """Return the file of no single issue at ``path`` alone; None when there is none."""
    renderer = _renderer(publication, environ, _has_topics(publication))
    products = itertools.chain(_assets(renderer, templates), _lists(renderer, publication, {}))
    return next((product.asset() for product in products if product.path == path), None)


def _renderer(publication: Publication, environ: Environment, has_topics: bool) -> Renderer:
    return Renderer(replace(publication, issues=()), environ, has_topics)


def _assets(renderer: Renderer, templates: Templates) -> Iterator[Product]:
    """Yield what stands beside the pages: styles, scripts, files for programs."""
    publication = renderer.publication
    yield renderer.page("missing", addresses.NOT_FOUND)
    yield renderer.file(addresses.OPEN_SEARCH, "site/opensearch.xml")
    yield renderer.file("robots.txt", "site/robots.txt", sitemap=publication.site_url + "sitemap.xml")
    yield Product(addresses.STYLE, (), lambda: b"\n".join(map(templates.read_bytes, STYLE_SHEETS)))
    for path, name in SCRIPTS.items():
        yield _copied(path, templates, name)
    yield _copied(addresses.ICON, templates, "site/icon.svg")


def _copied(path: str, templates: Templates, name: str) -> Product:
    return Product(path, (), partial(templates.read_bytes, name))


def _lists(renderer: Renderer, publication: Publication, spans: Spans) -> Iterator[Product]:
    """Yield the pages that lead to documents, and feeds."""
    yield lists.home(renderer, publication, spans)
    yield lists.search(renderer, publication)
    yield from lists.groups(renderer, publication, spans)
    yield from lists.number_register(renderer, publication)
    yield from lists.contacts(renderer, publication)
    yield from lists.about_data(renderer)
    yield from lists.feeds(renderer, publication, spans)


def _has_topics(publication: Publication) -> bool:
    return any(each.policy.topic for issue in publication.issues for each in issue.documents)


def _with_neighbours(
    documents: Sequence[FullText],
) -> Iterator[tuple[Document | None, FullText, Document | None]]:
    for index, document in enumerate(documents):
        before = documents[index - 1] if index else None
        after = documents[index + 1] if index + 1 < len(documents) else None
        yield before, document, after
