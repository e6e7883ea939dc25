"""The part of the site stage that writes comparisons of texts that the gazette printed one after another."""

from __future__ import annotations

from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import page_key
from liulin_gazette.pipeline.output_record import SITE
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web.comparison_page import comparison_page
from liulin_gazette.web.references import References
from liulin_gazette.web.search.indexed_text import Texts
from liulin_gazette.web.search.search_index import units_of
from liulin_gazette.web.site import list_renderer


def write_comparisons(
    context: BuildContext, writer: SiteWriter, references: References, texts: Texts
) -> dict[str, str]:
    """Write the comparisons that have changed; return the key of each by path below ``output``. Raises OutputError.

    Two texts are in memory at a time.
    """
    publication, keys = context.publication, dict[str, str]()
    renderer = list_renderer(publication, environment(context.inputs.templates))
    for before, after in references.comparisons():
        path = SITE + after.comparison
        own = (texts[before.path], texts[after.path])
        keys[path] = page_key(context.inputs, renderer.has_topics, before, after, [text.name for text in own])
        if not writer.keep(context.last.file_entry(path), keys[path]):
            old, new = (units_of(writer.edition.read(SITE + text.path)) for text in own)
            writer.write_assets([comparison_page(renderer, before, after, (old, new)).asset()])
    return keys
