"""The part of the site stage that writes what belongs to no single issue."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import page_key
from liulin_gazette.pipeline.inputs import ContentChangedError
from liulin_gazette.pipeline.output_record import SITE, RecordedFiles
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web import addresses
from liulin_gazette.web.feeds import entries_in_feeds
from liulin_gazette.web.printed_pages import Spans
from liulin_gazette.web.references import References
from liulin_gazette.web.search.indexed_text import Texts
from liulin_gazette.web.search.search_index import feed_text
from liulin_gazette.web.site import feed_products, list_products, mark_pictures
from liulin_gazette.web.state_labels import last_touched


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists as they were written."""

    entry: RecordedFiles
    """All of them together: most changes are to texts, of which no list shows anything."""
    file_keys: Mapping[str, str]
    """The key of each file, by path below ``output``."""


def write_lists(context: BuildContext, writer: SiteWriter, references: References, spans: Spans) -> Lists:
    """Write lists, registers, feeds, and what pages need besides.

    ``spans`` are the printed pages of documents, by the name of their issue. Raises OutputError.
    """
    key, last = page_key(context.inputs, context.examined.list_digests, spans), context.last
    if entry := writer.keep(last.lists, key):
        return Lists(entry, {path: last.file_keys[path] for path in entry.paths})
    templates = context.inputs.templates
    environ = environment(templates)
    file_keys: dict[str, str] = {}
    products = itertools.chain(
        list_products(context.publication, references, spans, environ, templates),
        mark_pictures(context.publication.gazette, partial(_content_file, context)),
    )
    for product in products:
        path = SITE + product.path
        file_keys[path] = page_key(context.inputs, product.made_from)
        if not writer.keep(last.file_entry(path), file_keys[path]):
            writer.write_assets([product.asset()])
    return Lists(RecordedFiles(key, tuple(file_keys)), file_keys)


def write_feeds(context: BuildContext, writer: SiteWriter, spans: Spans, texts: Texts) -> Mapping[str, str]:
    """Write the feeds of all documents, which alone of all lists have texts; return the key of each file.

    They are no part of the entry of the lists, so that an edit of a text does not make all lists stale. Raises OutputError.
    """
    publication = context.publication
    entries = entries_in_feeds(publication, last_touched(publication))
    own = {document.path: texts[document.path] for _, document in entries}
    key = page_key(
        context.inputs,
        context.examined.list_digests,
        spans,
        [text.name for text in own.values()],
    )
    paths = [SITE + addresses.ATOM, SITE + addresses.RSS]
    if all(writer.keep(context.last.file_entry(path), key) for path in paths):
        return dict.fromkeys(paths, key)
    feed_texts = {path: feed_text(writer.edition.read(SITE + text.path)) for path, text in own.items()}
    environ = environment(context.inputs.templates)
    products = feed_products(publication, spans, environ, feed_texts)
    writer.write_assets([product.asset() for product in products])
    return dict.fromkeys(paths, key)


def _content_file(context: BuildContext, name: str) -> bytes:
    """Return the file ``name`` directly in ``content``. Raises ContentChangedError where it is gone by now."""
    files = context.inputs.content.reader.read("content").files
    if name not in files:
        raise ContentChangedError(f"content/{name}")
    return files[name]
