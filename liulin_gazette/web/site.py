"""The public site: a pure function from the publication to its files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from liulin_gazette.asset import Asset
from liulin_gazette.model import Document, Publication
from liulin_gazette.templating import environment
from liulin_gazette.web import addresses, data, lists
from liulin_gazette.web.document_page import document_page, pictures
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.references import References

STYLE_SHEETS = ("tokens.css", "site/site.css")
SCRIPTS = {
    addresses.READER_SCRIPT: "site/reader.js",
    addresses.SEARCH_SCRIPT: "site/search.js",
    addresses.VERIFY_SCRIPT: "site/verify.js",
}
Printed = Mapping[str, Mapping[str, Mapping[str, int]]]
"""The printed page by issue, document and anchor."""


def render_site(
    publication: Publication,
    templates: Path,
    read_bytes: Callable[[str], bytes],
    printed: Printed | None = None,
) -> Iterator[Asset]:
    """Yield every file of the site but the PDFs, the index, archives and digests; paths are the site's.

    ``read_bytes`` returns the content of the file at a project path; it is called for pictures only.
    ``printed`` tells by issue, document and anchor the page of the printed issue.
    """
    renderer = Renderer(publication, environment(templates), _has_topics(publication))
    pages: list[str] = []
    for asset in _contents(renderer, read_bytes, printed or {}):
        yield asset
        if asset.path.endswith("index.html"):
            pages.append(asset.path)
    yield lists.sitemap(renderer, pages)
    yield from _assets(renderer, templates)


def render_page(
    publication: Publication, templates: Path, path: str, read_bytes: Callable[[str], bytes], printed: Printed
) -> Asset | None:
    """Return the file of the site at ``path`` alone, or None; documents and pictures at the cost of one."""
    renderer = Renderer(publication, environment(templates), _has_topics(publication))
    for issue in publication.issues:
        for before, document, after in _with_neighbours(issue.documents):
            if path == addresses.document_page(issue, document):
                pages = printed.get(issue.name, {}).get(document.slug, {})
                related = References(publication)
                return document_page(renderer, issue, document, (before, after), related, pages)
            for file in pictures(document):
                if path == addresses.figure_file(issue, document, file):
                    return Asset(path, read_bytes(file))
    others = itertools.chain(_assets(renderer, templates), _lists(renderer))
    return next((asset for asset in others if asset.path == path), None)


def _assets(renderer: Renderer, templates: Path) -> Iterator[Asset]:
    """Yield what stands beside the pages: styles, scripts, files for programs."""
    publication = renderer.publication
    yield renderer.page("missing", addresses.NOT_FOUND)
    yield renderer.file(addresses.OPEN_SEARCH, "site/opensearch.xml")
    yield renderer.file("robots.txt", "site/robots.txt", sitemap=publication.site_url + "sitemap.xml")
    style = b"\n".join((templates / name).read_bytes() for name in STYLE_SHEETS)
    yield Asset(addresses.STYLE, style)
    for path, name in SCRIPTS.items():
        yield Asset(path, (templates / name).read_bytes())
    yield Asset(addresses.ICON, (templates / "site/icon.svg").read_bytes())


def _lists(renderer: Renderer) -> Iterator[Asset]:
    """Yield the pages that lead to documents, and feeds."""
    yield lists.home(renderer)
    for index in range(len(renderer.publication.issues)):
        yield lists.issue_page(renderer, index)
    yield lists.search(renderer)
    yield from lists.groups(renderer)
    yield from lists.number_register(renderer)
    yield from lists.contacts(renderer)
    yield from lists.about_data(renderer)
    yield from lists.feeds(renderer)


def _contents(renderer: Renderer, read_bytes: Callable[[str], bytes], printed: Printed) -> Iterator[Asset]:
    """Yield pages and data."""
    publication = renderer.publication
    related = References(publication)
    yield from _lists(renderer)
    for issue in publication.issues:
        pages = printed.get(issue.name, {})
        yield data.issue_json(publication, issue, related, pages)
        for before, document, after in _with_neighbours(issue.documents):
            own = pages.get(document.slug, {})
            yield document_page(renderer, issue, document, (before, after), related, own)
            yield data.document_json(publication, issue, document, related, own)
            if document.events:
                yield data.calendar(publication, issue, document)
            for file in pictures(document):
                yield Asset(addresses.figure_file(issue, document, file), read_bytes(file))
    yield data.issues_json(publication)
    yield data.documents_csv(publication, related, printed)


def _has_topics(publication: Publication) -> bool:
    return any(each.policy.topic for issue in publication.issues for each in issue.documents)


def _with_neighbours(
    documents: Sequence[Document],
) -> Iterator[tuple[Document | None, Document, Document | None]]:
    for index, document in enumerate(documents):
        before = documents[index - 1] if index else None
        after = documents[index + 1] if index + 1 < len(documents) else None
        yield before, document, after
