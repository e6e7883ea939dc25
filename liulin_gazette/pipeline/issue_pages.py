"""The pages, data, archive and searched texts of one issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.pipeline.issue_reading import unpacked
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web import addresses
from liulin_gazette.web.data import IssuePages
from liulin_gazette.web.issue_zip import issue_archive
from liulin_gazette.web.search_index import indexed_text
from liulin_gazette.web.site import IssueContext, issue_assets


@dataclass(frozen=True, slots=True)
class IssueSource:
    """What an issue with its texts is had from."""

    folder: Folder
    prefix: str
    """文件名前缀."""
    packed: bytes
    """The issue as it was packed when it was read; empty to read it again."""

    def issue(self) -> Issue:
        """Return the issue."""
        if self.packed:
            return unpacked(self.packed)
        issue, _ = load_issue(self.folder, self.prefix)
        assert issue is not None
        return issue


@dataclass(frozen=True, slots=True)
class PagesUnit:
    """An issue to be made into pages; nothing else is needed."""

    publication: Publication
    """What gazette.toml says."""
    source: IssueSource
    context: IssueContext
    printed: IssuePages | None
    """None when the issue has no PDF."""
    templates: Templates
    pdfs: Mapping[str, bytes]
    """Its PDFs by path in the site, for the archive."""


def make_pages(unit: PagesUnit) -> DigestedAssets:
    """Make everything of an issue but its PDFs and what is searched."""
    issue = unit.source.issue()
    read_bytes = unit.source.folder.read_bytes
    environ = environment(unit.templates)
    assets = list(issue_assets(unit.publication, issue, unit.context, unit.printed, environ, read_bytes))
    data = {asset.path: asset.content for asset in assets if asset.path.endswith(".json")}
    assets.append(Asset(addresses.issue_zip(issue), issue_archive(issue, {**data, **unit.pdfs}, read_bytes)))
    return with_digests(assets)


def make_texts(source: IssueSource) -> DigestedAssets:
    """Make the files that hits in an issue are shown from."""
    issue = source.issue()
    made = [(document.path, *indexed_text(issue, document)) for document in issue.full_texts]
    return with_digests([asset for _, _, asset in made], {path: text for path, text, _ in made})
