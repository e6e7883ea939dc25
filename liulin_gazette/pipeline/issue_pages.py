"""The files of one issue on the site: pages, data, ZIP file, and texts for the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, IssueFormat
from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.pipeline.issue_reading import unpack
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web import addresses
from liulin_gazette.web.issue_zip import issue_archive
from liulin_gazette.web.other_formats import FileSizes
from liulin_gazette.web.printed_pages import IssuePages
from liulin_gazette.web.search.search_index import indexed_text
from liulin_gazette.web.site import IssueContext, issue_files


@dataclass(frozen=True, slots=True)
class IssueSource:
    """Where to get an issue with its texts: packed, or from its folder."""

    folder: Folder
    form: IssueFormat
    packed: bytes
    """The issue packed when it was read; empty to read it from its folder again."""

    def issue(self) -> Issue:
        """Return the issue."""
        if self.packed:
            return unpack(self.packed)
        issue, _ = load_issue(self.folder, self.form)
        assert issue is not None
        return issue


@dataclass(frozen=True, slots=True)
class PagesUnit:
    """An issue to be rendered as web pages, with everything that this takes."""

    now: Gazette
    """The settings of gazette.toml as they are now, for what all pages show."""
    gazette: Gazette
    """The settings that hold for the issue."""
    source: IssueSource
    context: IssueContext
    printed: IssuePages | None
    """The printed page of each anchor; None if the issue has no PDF."""
    files: FileSizes
    """Sizes of the files in other formats, to which the pages link."""
    templates: Templates
    pdfs: Mapping[str, bytes]
    """The PDFs by path in the site, for the ZIP file of the issue."""


def make_pages(unit: PagesUnit) -> DigestedAssets:
    """Return all files of an issue on the site except its PDFs and its texts for the search."""
    issue = unit.source.issue()
    read_bytes = unit.source.folder.read_bytes
    environ = environment(unit.templates)
    files = issue_files(
        unit.now, unit.gazette, issue, unit.context, unit.printed, environ, read_bytes, unit.files
    )
    assets = [asset() for _, asset in files]
    data = {asset.path: asset.content for asset in assets if asset.path.endswith((".json", ".xml"))}
    assets.append(Asset(addresses.issue_zip(issue), issue_archive(issue, {**data, **unit.pdfs}, read_bytes)))
    return with_digests(assets)


def make_texts(source: IssueSource) -> DigestedAssets:
    """Return the text files of an issue, from which search hits are shown."""
    issue = source.issue()
    made = [(document.path, *indexed_text(issue, document)) for document in issue.full_texts]
    return with_digests([asset for _, _, asset in made], {path: text for path, text, _ in made})
