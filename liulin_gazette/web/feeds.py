"""The Atom and RSS feeds."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Mapping, Sequence
from email.utils import format_datetime

from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Product
from liulin_gazette.web import addresses, registers
from liulin_gazette.web.metadata import in_beijing_time, publication_time
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.registers import Entry
from liulin_gazette.web.state_labels import Labels, Touched, newest_entries, shown_labels, updated_time

FEED_LENGTH = 50
"""Documents in a feed."""

FeedTexts = Mapping[str, tuple[str, ...]]
"""The paragraphs of documents, by the document's project path."""
NO_TEXTS: FeedTexts = {}


def feeds(
    renderer: Renderer,
    publication: Publication,
    with_pdf: Container[str],
    labels: Labels,
    touched: Touched,
    texts: FeedTexts,
) -> Iterator[Product]:
    """Yield the feeds of all documents, Atom and RSS, with the ``texts`` of those that have any."""
    newest = tuple(entries_in_feeds(publication, touched))
    yield atom(
        renderer,
        addresses.ATOM,
        publication.gazette.name,
        addresses.HOME,
        newest,
        with_pdf,
        labels,
        touched,
        texts,
    )
    items = [
        (
            issue,
            document,
            format_datetime(in_beijing_time(publication_time(issue, document))),
            texts.get(document.path, ()),
        )
        for issue, document in newest
    ]
    labels = shown_labels(labels, (document for _, document in newest))
    yield renderer.file(addresses.RSS, "site/rss.xml", items=items, labels=labels)


def entries_in_feeds(publication: Publication, touched: Touched) -> Iterator[Entry]:
    """Yield the documents that the feeds of all documents have, with their issues."""
    return itertools.islice(newest_entries(registers.entries(publication), touched), FEED_LENGTH)


def atom(
    renderer: Renderer,
    path: str,
    title: str,
    page: str,
    entries: Sequence[Entry],
    with_pdf: Container[str],
    labels: Labels,
    touched: Touched,
    texts: FeedTexts = NO_TEXTS,
) -> Product:
    """Return an Atom feed (RFC 4287) of the newest of ``entries``; ``page`` is the list that it follows."""
    items = [
        (
            issue,
            document,
            in_beijing_time(publication_time(issue, document)).isoformat(),
            issue.name in with_pdf,
            in_beijing_time(updated_time(issue, document, touched)).isoformat(),
            texts.get(document.path, ()),
        )
        for issue, document in entries[:FEED_LENGTH]
    ]
    return renderer.file(
        path,
        "site/atom.xml",
        title=title,
        page=addresses.absolute(renderer.gazette, page),
        items=items,
        labels=shown_labels(labels, (document for _, document in entries[:FEED_LENGTH])),
        updated=max((updated for *_, updated, _ in items), default=""),
    )
