"""The part of the site stage that writes everything for download: a ZIP of each year, and one of all years."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import page_key
from liulin_gazette.pipeline.output_record import SITE
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses
from liulin_gazette.web.bulk import whole_archive, year_archive, year_members


def write_bulk(context: BuildContext, writer: SiteWriter) -> dict[str, str]:
    """Write the ZIPs whose files have changed; return the key of each by path below ``output``. Raises OutputError.

    The data of one year are in memory at a time.
    """
    publication = context.publication
    keys: dict[str, str] = {}
    years: list[str] = []
    by_year: dict[int, list[Issue]] = {}
    for issue in publication.issues:
        by_year.setdefault(issue.year, []).append(issue)
    for issues in by_year.values():
        path = addresses.year_zip(issues[-1])
        keys[SITE + path] = _write_year(context, writer, path, issues)
        years.append(path)
    if not years:
        return keys
    path = SITE + addresses.whole_zip(publication.issues[-1])
    keys[path] = page_key(context.inputs, [(each, writer.digests[SITE + each].sha256) for each in years])
    if not writer.keep(context.last.file_entry(path), keys[path]):
        pieces = whole_archive(publication, years, lambda each: writer.edition.read(SITE + each))
        writer.write_pieces(path, pieces)
    return keys


def _write_year(context: BuildContext, writer: SiteWriter, path: str, issues: Sequence[Issue]) -> str:
    """Write the ZIP of ``issues``, those of one year, unless the last build's can be kept; return its key."""
    members = list(year_members(issues))
    key = page_key(context.inputs, [(each, writer.digests[SITE + each].sha256) for each in members])
    if not writer.keep(context.last.file_entry(SITE + path), key):
        files = {each: writer.edition.read(SITE + each) for each in members}
        content = year_archive(context.publication.gazette, issues[0].year, issues, files)
        writer.write_assets([Asset(path, content)])
    return key
