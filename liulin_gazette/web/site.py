"""The files of the public site: pages of issues and documents, the lists that lead to them, scripts and styles."""

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
from liulin_gazette.web.references import DocumentContext, References
from liulin_gazette.web.registers import publication_for_lists, without_documents

STYLE_SHEETS = ("tokens.css", "site/site.css")
"""Templates that are joined to the one style sheet of the site."""
SCRIPTS = {
    addresses.READER_SCRIPT: "site/reader.js",
    addresses.SEARCH_SCRIPT: "site/search.js",
    addresses.VERIFY_SCRIPT: "site/verify.js",
}
"""Scripts by path in the site, with the template that each is copied from."""


@dataclass(frozen=True, slots=True)
class IssueContext:
    """The rest of the series as the pages of one issue show it."""

    previous: Issue | None
    """The issue before it, without documents."""
    following: Issue | None
    """The issue after it, without documents."""
    documents: Mapping[str, DocumentContext]
    """The context of each document of the issue, by slug."""
    has_topics: bool
    """Whether the site has pages by topic."""


def issue_contexts(
    publication: Publication, references: References, indexes: Iterable[int]
) -> Iterator[IssueContext]:
    """Yield the context of each issue of ``publication`` at ``indexes``."""
    has_topics = _has_topics(publication)
    for index in indexes:
        yield _issue_context(publication.issues, references, index, has_topics)


def _issue_context(
    issues: Sequence[Issue], references: References, index: int, has_topics: bool
) -> IssueContext:
    return IssueContext(
        without_documents(issues[index - 1]) if index else None,
        without_documents(issues[index + 1]) if index + 1 < len(issues) else None,
        {document.slug: references.context(document) for document in issues[index].documents},
        has_topics,
    )


def issue_assets(
    publication: Publication,
    issue: Issue,
    context: IssueContext,
    printed: IssuePages | None,
    environ: Environment,
    read_bytes: Callable[[str], bytes],
) -> Iterator[Asset]:
    """Yield the pages, data and pictures of ``issue``, which has its texts.

    Of ``publication`` only the settings of gazette.toml are used. ``printed`` has the printed page of each
    anchor, None when the issue has no PDF. ``read_bytes`` returns the content of a picture by project path.
    """
    renderer = _renderer(publication, environ, context.has_topics)
    has_pdf = printed is not None
    yield lists.issue_page(renderer, issue, (context.previous, context.following), has_pdf).asset()
    yield data.issue_json(publication, issue, context.documents, printed)
    for previous, document, following in _with_neighbours(issue.full_texts):
        pages = None if printed is None else printed.get(document.slug, {})
        document_context = context.documents[document.slug]
        neighbours = (previous, following)
        yield document_page(renderer, issue, document, neighbours, document_context, pages).asset()
        yield data.document_json(publication, issue, document, document_context, pages)
        if document.events:
            yield data.calendar(publication, issue, document)
        for file in pictures(document):
            yield Asset(addresses.figure_file(issue, document, file), read_bytes(file))


def issue_asset(
    publication: Publication,
    issue: Issue,
    context: IssueContext,
    environ: Environment,
    read_bytes: Callable[[str], bytes],
    path: str,
) -> Asset | None:
    """Return the page or picture of ``issue`` at ``path``, rendering nothing else; None when there is none.

    Parameters are those of ``issue_assets``; the pages say nothing of PDFs.
    """
    renderer = _renderer(publication, environ, context.has_topics)
    if path == addresses.issue_page(issue):
        return lists.issue_page(renderer, issue, (context.previous, context.following), False).asset()
    for previous, document, following in _with_neighbours(issue.full_texts):
        if path == addresses.document_page(issue, document):
            neighbours = (previous, following)
            document_context = context.documents[document.slug]
            return document_page(renderer, issue, document, neighbours, document_context, None).asset()
        for file in pictures(document):
            if path == addresses.figure_file(issue, document, file):
                return Asset(path, read_bytes(file))
    return None


def list_products(
    publication: Publication, references: References, spans: Spans, environ: Environment, templates: Templates
) -> Iterator[Product]:
    """Yield every file that belongs to no single issue: lists, registers, feeds, data, styles and scripts.

    ``spans`` has the printed pages of documents; an issue that is not in it has no PDF.
    """
    publication = publication_for_lists(publication)
    renderer = _renderer(publication, environ, _has_topics(publication))
    pages = [addresses.issue_page(issue) for issue in publication.issues]
    pages += [
        addresses.document_page(issue, document)
        for issue in publication.issues
        for document in issue.documents
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
    """Return the one file at ``path`` that belongs to no single issue; None when there is none."""
    renderer = _renderer(publication, environ, _has_topics(publication))
    products = itertools.chain(_assets(renderer, templates), _lists(renderer, publication, {}))
    return next((product.asset() for product in products if product.path == path), None)


def _renderer(publication: Publication, environ: Environment, has_topics: bool) -> Renderer:
    return Renderer(replace(publication, issues=()), environ, has_topics)


def _assets(renderer: Renderer, templates: Templates) -> Iterator[Product]:
    """Yield the style sheet, scripts, icon, page not found, OpenSearch description and robots.txt."""
    publication = renderer.publication
    yield renderer.page("missing", addresses.NOT_FOUND)
    yield renderer.file(addresses.OPEN_SEARCH, "site/opensearch.xml")
    yield renderer.file("robots.txt", "site/robots.txt", sitemap=publication.site_url + "sitemap.xml")
    yield Product(addresses.STYLE, (), lambda: b"\n".join(map(templates.read_bytes, STYLE_SHEETS)))
    for path, name in SCRIPTS.items():
        yield _copy(path, templates, name)
    yield _copy(addresses.ICON, templates, "site/icon.svg")


def _copy(path: str, templates: Templates, name: str) -> Product:
    return Product(path, (), partial(templates.read_bytes, name))


def _lists(renderer: Renderer, publication: Publication, spans: Spans) -> Iterator[Product]:
    """Yield the pages that lead to documents, and the feeds."""
    yield lists.home(renderer, publication, spans)
    yield lists.search(renderer, publication)
    yield from lists.groups(renderer, publication, spans)
    yield from lists.number_register(renderer, publication)
    yield from lists.contacts(renderer, publication)
    yield from lists.service_pages(renderer)
    yield from lists.feeds(renderer, publication, spans)


def _has_topics(publication: Publication) -> bool:
    return any(document.policy.topic for issue in publication.issues for document in issue.documents)


def _with_neighbours(
    documents: Sequence[FullText],
) -> Iterator[tuple[Document | None, FullText, Document | None]]:
    """Yield each of ``documents`` between the one before and the one after it."""
    for index, document in enumerate(documents):
        previous = documents[index - 1] if index else None
        following = documents[index + 1] if index + 1 < len(documents) else None
        yield previous, document, following
