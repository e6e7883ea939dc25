"""The part of the site stage that writes what belongs to no single issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import page_key
from liulin_gazette.pipeline.ledger import SITE, LedgerEntry
from liulin_gazette.pipeline.site_writer import SiteWriter
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web.data import Spans
from liulin_gazette.web.references import References
from liulin_gazette.web.site import list_products


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists as they were written."""

    entry: LedgerEntry
    """All of them together: most changes are to texts, of which no list shows anything."""
    file_keys: Mapping[str, str]
    """The key of each file, by path below ``output``."""


def write_lists(context: BuildContext, writer: SiteWriter, references: References, spans: Spans) -> Lists:
    """Write lists, registers, feeds, and what pages need besides.

    ``spans`` are the printed pages of documents, by the name of their issue. Raises OutputError.
    """
    key, last = page_key(context.inputs, context.examined.listed, spans), context.last
    if entry := writer.keep(last.lists, key):
        return Lists(entry, {path: last.file_keys[path] for path in entry.paths})
    templates = context.inputs.templates
    environ = environment(templates)
    file_keys: dict[str, str] = {}
    for product in list_products(context.publication, references, spans, environ, templates):
        path = SITE + product.path
        file_keys[path] = page_key(context.inputs, product.made_from)
        if not writer.keep(last.file_entry(path), file_keys[path]):
            writer.write_assets([product.asset()])
    return Lists(LedgerEntry(key, tuple(file_keys)), file_keys)
