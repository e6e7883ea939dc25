"""The files of the public site: pages of issues and documents, the lists that lead to them, scripts and styles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import Environment

from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.rendering.product import Asset, Product
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.pictures.picture_files import published_picture
from liulin_gazette.web import addresses, lists, open_data
from liulin_gazette.web.akoma_ntoso import akoma_ntoso
from liulin_gazette.web.annual_contents import years
from liulin_gazette.web.calendars import calendar
from liulin_gazette.web.change_log import change_log
from liulin_gazette.web.document_page import document_page, pictures
from liulin_gazette.web.feeds import NO_TEXTS, FeedTexts, feeds
from liulin_gazette.web.icons import icon_products
from liulin_gazette.web.mail_merge import mail_merge
from liulin_gazette.web.other_formats import NO_FILES, FileSizes, OtherFormat, document_formats, issue_formats
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.printed_pages import NO_PAGES, IssuePages, Pages, Spans
from liulin_gazette.web.references import DocumentContext, References
from liulin_gazette.web.registers import publication_for_lists, without_documents
from liulin_gazette.web.search.search_data import (
    edge_files,
    simplified_file,
    sound_files,
    spelling_file,
    words_files,
)
from liulin_gazette.web.site_map import site_map, sitemap
from liulin_gazette.web.state_labels import Labels, last_touched, state_labels

STYLE_SHEETS = ("tokens.css", "site/site.css", "site/layout.css")
"""Templates that are joined to the one style sheet of the site."""
_COMMENTS = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)
READER_SCRIPTS = ("site/reader.js", "site/states.js", "site/places.js")
"""Templates that are joined to the one script of every page."""
SCRIPTS = {
    addresses.VERIFY_SCRIPT: "site/verify.js",
}
"""Scripts by path in the site, with the template that each is copied from."""
SCHEMAS = ("issues", "issue", "document", "manifest")
"""The JSON Schemas of what the site has in JSON."""
SEARCH_SCRIPTS = tuple(
    f"site/search/{name}.js"
    for name in (
        "text",
        "sounds",
        "index",
        "find",
        "words",
        "spelling",
        "question",
        "answer",
        "edges",
        "results",
        "page",
    )
)
"""Templates that are joined to the one script of the search page, in this order."""
DOCUMENT_SCRIPTS = ("site/document/reading.js", "site/document/copying.js")
"""Templates that are joined to the one script of the pages of documents."""


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
    labels: Labels
    """What the list of the issue says of the state of its documents, by project path."""


IssueFile = tuple[str, Callable[[], Asset]]
"""The path in the site of a file of an issue, and what returns the file."""


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
        references.labels(issues[index]),
    )


def issue_files(
    now: Gazette,
    gazette: Gazette,
    issue: Issue,
    context: IssueContext,
    printed: IssuePages | None,
    environ: Environment,
    read_bytes: Callable[[str], bytes],
    files: FileSizes = NO_FILES,
) -> Iterator[IssueFile]:
    """Yield the pages, data and pictures of ``issue``, which has its texts; nothing is rendered yet.

    ``now`` has the settings of now, which every page shows around its content, and ``gazette`` those that
    hold for the issue. ``printed`` has the printed page of each
    anchor, None when the issue has no PDF. ``read_bytes`` returns the content of a picture by project path.
    ``files`` are the files of the issue to which pages may link as other formats.
    """
    renderer = Renderer(now, environ, context.has_topics)
    gazette = at_this_address(gazette, now)
    around = (context.previous, context.following)
    has_pdf = printed is not None

    def picture(path: str, file: str) -> IssueFile:
        return path, lambda: Asset(path, published_picture(file, read_bytes(file)))

    yield (
        addresses.issue_page(issue),
        lambda: lists.issue_page(
            renderer, gazette, issue, around, has_pdf, context.labels, issue_formats(issue, files)
        ).asset(),
    )
    yield (
        addresses.issue_json(issue),
        partial(open_data.issue_json, gazette, issue, context.documents, printed),
    )
    for previous, document, following in _with_neighbours(issue.full_texts):
        pages = None if printed is None else printed.get(document.slug, NO_PAGES)
        own = (gazette, issue, document, (previous, following), context.documents[document.slug], pages)
        formats = document_formats(issue, document, files)
        yield addresses.document_page(issue, document), partial(_page_asset, renderer, *own, formats)
        yield (
            addresses.document_json(issue, document),
            partial(
                open_data.document_json, gazette, issue, document, context.documents[document.slug], pages
            ),
        )
        yield addresses.document_xml(issue, document), partial(akoma_ntoso, gazette, issue, document)
        if document.events:
            yield addresses.document_calendar(issue, document), partial(calendar, gazette, issue, document)
        for file in pictures(document):
            yield picture(addresses.figure_file(issue, document, file), file)
    for file in _own_pictures(issue):
        yield picture(addresses.issue_picture(issue, file), file)


def _page_asset(
    renderer: Renderer,
    gazette: Gazette,
    issue: Issue,
    document: FullText,
    neighbours: tuple[Document | None, Document | None],
    context: DocumentContext,
    pages: Pages | None,
    formats: Sequence[OtherFormat],
) -> Asset:
    return document_page(renderer, gazette, issue, document, neighbours, context, pages, formats).asset()


def _own_pictures(issue: Issue) -> tuple[str, ...]:
    """Return the project paths of the pictures that the page of ``issue`` shows, each once."""
    return tuple(dict.fromkeys(picture.file for picture in issue.faces.pictures))


def at_this_address(gazette: Gazette, now: Gazette) -> Gazette:
    """Return the settings ``gazette`` of an issue with the address of the site as it is ``now``, and what it states."""
    return replace(gazette, site_url=now.site_url, web=now.web)


def list_products(
    publication: Publication, references: References, spans: Spans, environ: Environment, templates: Templates
) -> Iterator[Product]:
    """Yield every file that belongs to no single issue: lists, registers, feeds, data, styles and scripts.

    ``spans`` has the printed pages of documents; an issue that is not in it has no PDF.
    """
    publication = publication_for_lists(publication)
    renderer = list_renderer(publication, environ)
    pages = [addresses.issue_page(issue) for issue in publication.issues]
    pages += [
        addresses.document_page(issue, document)
        for issue in publication.issues
        for document in issue.documents
    ]
    pages += [after.comparison for _, after in references.comparisons()]
    for product in _lists(renderer, publication, spans):
        yield product
        if product.path.endswith("index.html"):
            pages.append(product.path)
    yield open_data.issues_json(publication, spans)
    yield open_data.documents_csv(publication, references, spans)
    yield mail_merge(publication)
    yield sitemap(renderer, publication, sorted(pages), last_touched(publication))
    yield from _assets(renderer, templates)


def feed_products(
    publication: Publication, spans: Spans, environ: Environment, texts: FeedTexts
) -> Iterator[Product]:
    """Yield the feeds of all documents, with the ``texts`` of those that have any."""
    publication = publication_for_lists(publication)
    renderer = list_renderer(publication, environ)
    labels, touched = state_labels(publication), last_touched(publication)
    yield from feeds(renderer, publication, spans, labels, touched, texts)


def mark_pictures(gazette: Gazette, read_bytes: Callable[[str], bytes]) -> Iterator[Product]:
    """Yield the pictures of the marks in the footer; ``read_bytes`` returns a file of ``content`` by its name."""
    for name in dict.fromkeys(mark.picture for mark in gazette.web.marks if mark.picture):
        content = read_bytes(name)
        yield Product(addresses.mark_picture(name), content, partial(published_picture, name, content))


def list_asset(
    publication: Publication, references: References, path: str, environ: Environment, templates: Templates
) -> Asset | None:
    """Return the one file at ``path`` that belongs to no single issue, as without PDFs; None when there is none."""
    renderer = list_renderer(publication, environ)
    products = itertools.chain(
        _assets(renderer, templates),
        feed_products(publication, {}, environ, NO_TEXTS),
        list_products(publication, references, {}, environ, templates),
    )
    return next((product.asset() for product in products if product.path == path), None)


def list_renderer(publication: Publication, environ: Environment) -> Renderer:
    """Return what renders the pages that belong to no single issue of ``publication``."""
    return Renderer(publication.gazette, environ, _has_topics(publication))


def _assets(renderer: Renderer, templates: Templates) -> Iterator[Product]:
    """Yield the style sheet, scripts, schemas, icon, page not found, OpenSearch description and robots.txt."""
    gazette = renderer.gazette
    yield renderer.page("missing", addresses.NOT_FOUND)
    yield renderer.file(addresses.OPEN_SEARCH, "site/opensearch.xml")
    yield renderer.file("robots.txt", "site/robots.txt", sitemap=gazette.site_url + "sitemap.xml")
    yield Product(addresses.STYLE, (), partial(_style_sheet, templates))
    yield _joined(addresses.READER_SCRIPT, templates, READER_SCRIPTS)
    yield _joined(addresses.SEARCH_SCRIPT, templates, SEARCH_SCRIPTS)
    yield _joined(addresses.DOCUMENT_SCRIPT, templates, DOCUMENT_SCRIPTS)
    for path, name in SCRIPTS.items():
        yield _copy(path, templates, name)
    for name in SCHEMAS:
        yield _copy(addresses.schema(name), templates, f"site/schemas/{name}.schema.json")
    yield _copy(addresses.ICON, templates, "site/icon.svg")
    yield from icon_products(gazette, templates)


def _joined(path: str, templates: Templates, names: Sequence[str]) -> Product:
    return Product(path, (), lambda: b"\n".join(map(templates.read_bytes, names)))


def _style_sheet(templates: Templates) -> bytes:
    """Return the style sheets as one, without their comments, which are for those who change them."""
    return _COMMENTS.sub(b"", b"\n".join(map(templates.read_bytes, STYLE_SHEETS)))


def _copy(path: str, templates: Templates, name: str) -> Product:
    return Product(path, (), partial(templates.read_bytes, name))


def _lists(renderer: Renderer, publication: Publication, spans: Spans) -> Iterator[Product]:
    """Yield the pages that lead to documents, and the feeds."""
    labels, touched = state_labels(publication), last_touched(publication)
    yield lists.home(renderer, publication, spans, labels)
    yield lists.search(renderer, publication)
    yield from lists.groups(renderer, publication, spans, labels, touched)
    yield from years(renderer, publication, spans, labels)
    yield from lists.number_register(renderer, publication, labels)
    yield from lists.contacts(renderer, publication, labels)
    yield from lists.service_pages(renderer, publication.issues)
    yield site_map(renderer, publication)
    yield from change_log(renderer, publication)
    # Last, since they take the longest to be listed, and a preview lists files until it comes to the one asked for.
    yield simplified_file()
    yield spelling_file(publication)
    yield from edge_files()
    yield from words_files(publication.gazette)
    yield from sound_files(publication.gazette)


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
