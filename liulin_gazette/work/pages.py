"""The pages, data and archive of one issue, made from its texts and from what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.archive import issue_archive
from liulin_gazette.asset import Asset
from liulin_gazette.manifest import Digest, digest
from liulin_gazette.model import Issue, Publication
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.templating import TemplateFiles, environment
from liulin_gazette.web import addresses
from liulin_gazette.web.data import IssuePages
from liulin_gazette.web.search_index import IndexedText, Volume, indexed_text, units_of, volume_assets
from liulin_gazette.web.site import Surroundings, issue_assets
from liulin_gazette.work.reading import unpacked


@dataclass(frozen=True, slots=True)
class PagesUnit:
    """An issue to be made into pages; nothing else is needed."""

    publication: Publication
    """What gazette.toml says."""
    prefix: str
    """文件名前缀."""
    folder: Folder
    texts: bytes
    """The issue as it was packed when it was read; empty to read it again."""
    surroundings: Surroundings
    printed: IssuePages | None
    """None when the issue has no PDF."""
    templates: Path | TemplateFiles
    pdfs: Mapping[str, bytes]
    """Its PDFs by path in the site, for the archive."""


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """Files of the site with their digests."""

    assets: tuple[Asset, ...]
    digests: tuple[Digest, ...]
    """One for each file."""
    texts: Mapping[str, IndexedText]
    """The file with the text of each document, by the document's project path."""


@dataclass(frozen=True, slots=True)
class VolumeUnit:
    """A volume of the search index to be made."""

    volume: Volume
    texts: tuple[bytes, ...]
    """The files with the texts of its entries."""


def load_pages() -> None:
    """Do nothing: a process that can has loaded this module, and all that it needs."""


def make_pages(unit: PagesUnit) -> MadeFiles:
    """Make everything of an issue but its PDFs."""
    issue = _issue(unit)
    read_bytes = unit.folder.read_bytes
    environ = environment(unit.templates)
    assets = list(issue_assets(unit.publication, issue, unit.surroundings, unit.printed, environ, read_bytes))
    data = {asset.path: asset.content for asset in assets if asset.path.endswith(".json")}
    assets.append(Asset(addresses.issue_zip(issue), issue_archive(issue, {**data, **unit.pdfs}, read_bytes)))
    texts: dict[str, IndexedText] = {}
    for document in issue.full_texts:
        texts[document.path], asset = indexed_text(issue, document)
        assets.append(asset)
    return _with_digests(assets, texts)


def make_volume(unit: VolumeUnit) -> MadeFiles:
    """Make the files of a volume of the search index."""
    return _with_digests(list(volume_assets(unit.volume, map(units_of, unit.texts))), {})


def _issue(unit: PagesUnit) -> Issue:
    if unit.texts:
        return unpacked(unit.texts)
    issue, _ = load_issue(unit.folder, unit.prefix)
    assert issue is not None
    return issue


def _with_digests(assets: list[Asset], texts: Mapping[str, IndexedText]) -> MadeFiles:
    return MadeFiles(tuple(assets), tuple(digest(asset.content) for asset in assets), texts)
