"""Writing the site: what is made from the same as last time is kept, all else is made and written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.digested_assets import DigestedAssets
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.issue_pages import IssueSource, PagesUnit, make_pages, make_texts
from liulin_gazette.pipeline.ledger import Ledger, LedgerEntry
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.search_volumes import VolumeUnit, index_of, make_volume, volume_of
from liulin_gazette.pipeline.staging import Edition, write_file
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templating import TemplateFiles, environment, template_files
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.web import addresses, search_index
from liulin_gazette.web.data import IssuePages
from liulin_gazette.web.indexed_text import IndexedText
from liulin_gazette.web.manifest import HAS_SM3, SIGNATURES, Digest, digest, manifest, shards
from liulin_gazette.web.references import References
from liulin_gazette.web.search_index import Volume
from liulin_gazette.web.site import list_products, surroundings
from liulin_gazette.workers.pool import WorkerPool

SITE = "site/"
ELSEWHERE = 2, 3
"""Share of a volume that another process indexes, since this one makes pages meanwhile and files of the index then."""
_LISTS = "lists"
"""All that is of no single issue, together, in the ledger."""


class ContentChangedError(Exception):
    """A folder changed while pages were made from it; the argument is its project path."""


@dataclass(frozen=True, slots=True)
class SiteMade:
    """A site as it was written."""

    made: Mapping[str, LedgerEntry]
    digests: Mapping[str, Digest]
    """By path below ``output``."""
    is_signed: bool
    """False when signatures of the last manifest no longer hold and were left behind."""


class SiteOutput:
    """Writes the site of one build into its edition, where the PDFs are already."""

    def __init__(
        self,
        root: Path,
        examined: Examined,
        publication: Publication,
        edition: Edition,
        last: Ledger,
        base: str,
        pdfs: Mapping[str, LedgerEntry],
    ) -> None:
        """``base`` is a digest of program, templates and gazette.toml.

        ``pdfs`` is what was made for the print of each issue that has PDFs, by the name of the issue.
        """
        self._root = root
        self._examined = examined
        self._publication = publication
        self._series = replace(publication, issues=())
        self._edition = edition
        self._last = last
        self._base = base
        self._pdfs = pdfs
        self._made: dict[str, LedgerEntry] = {}
        self._digests: dict[str, Digest] = {}

    def write(self, pool: WorkerPool, texts: PackedIssues) -> SiteMade:
        """Write everything. Raises ContentChangedError."""
        references = References(self._publication, self._examined.cited)
        for issue in self._publication.issues:
            self._take_digests(self._pdfs_of(issue))
        volumes = self._begin_index(self._write_texts(pool, texts), pool)
        self._write_pages(references, pool, texts)
        for volume, key, made in volumes:
            self._write_made(f"volume {volume.name}", key, made)
        pool.close_local()
        self._write_lists(references)
        return SiteMade(self._made, self._digests, self._write_manifest())

    def _write_texts(self, pool: WorkerPool, texts: PackedIssues) -> dict[str, IndexedText]:
        """Write the files with the texts of documents; return what is known of each."""
        wanted = [
            (issue, key)
            for issue in self._publication.issues
            if not self._kept(
                f"texts {issue.folder}", key := _key_of_texts(self._examined.folders[issue.folder])
            )
        ]
        sources = (self._source(issue, texts) for issue, _ in wanted)
        for (issue, key), made in zip(wanted, pool.map(make_texts, sources, len(wanted)), strict=True):
            self._write_made(f"texts {issue.folder}", key, made)
        found: dict[str, IndexedText] = {}
        for issue in self._publication.issues:
            found.update(self._made[f"texts {issue.folder}"].texts)
        return found

    def _write_pages(self, references: References, pool: WorkerPool, texts: PackedIssues) -> None:
        templates = self._root / "templates"
        source = template_files(templates) if pool.is_remote else templates
        wanted: list[tuple[int, str]] = []
        issues = self._publication.issues
        around = surroundings(self._publication, references, range(len(issues)))
        for index, (issue, own) in enumerate(zip(issues, around, strict=True)):
            folder = self._examined.folders[issue.folder]
            pdfs = [self._digests[path].sha256 for path in self._pdfs_of(issue)]
            key = self._key(folder, own, pdfs)
            if not self._kept(f"pages {issue.folder}", key):
                wanted.append((index, key))
        units = self._units([index for index, _ in wanted], references, source, texts)
        for (index, key), made in zip(wanted, pool.map(make_pages, units, len(wanted)), strict=True):
            self._write_made(f"pages {issues[index].folder}", key, made)

    def _units(
        self,
        wanted: Sequence[int],
        references: References,
        templates: Path | TemplateFiles,
        texts: PackedIssues,
    ) -> Iterator[PagesUnit]:
        around = surroundings(self._publication, references, wanted)
        for index, own in zip(wanted, around, strict=True):
            issue = self._publication.issues[index]
            yield PagesUnit(
                self._series,
                self._source(issue, texts),
                own,
                self._printed(issue),
                templates,
                {path.removeprefix(SITE): self._edition.read(path) for path in self._pdfs_of(issue)},
            )

    def _source(self, issue: Issue, texts: PackedIssues) -> IssueSource:
        digest = self._examined.folders[issue.folder]
        folder = unchanged_folder(self._root, issue.folder, digest)
        return IssueSource(folder, issue.prefix, texts.take(digest))

    def _begin_index(
        self, texts: Mapping[str, IndexedText], pool: WorkerPool
    ) -> Iterator[tuple[Volume, str, DigestedAssets]]:
        """Write the list of volumes, and begin to make those that are not there."""
        volumes = search_index.volumes(self._publication, texts)
        listed = search_index.volume_list(volumes)
        self._write_one(listed.path, listed)
        wanted = [
            (volume, key)
            for volume in volumes
            if not self._kept(f"volume {volume.name}", key := _key_of_texts(volume.name))
        ]
        if len(wanted) == 1:
            made = self._begin_volume(wanted[0][0], pool)
        else:
            units = (VolumeUnit(volume, tuple(self._texts_of(volume))) for volume, _ in wanted)
            made = pool.start(make_volume, units, len(wanted))
        return ((volume, key, each) for (volume, key), each in zip(wanted, made, strict=True))

    def _begin_volume(self, volume: Volume, pool: WorkerPool) -> Iterator[DigestedAssets]:
        """Begin a volume alone: most of it elsewhere, where others are ready, the rest here when it is wanted."""
        texts = tuple(self._texts_of(volume))
        most = len(texts) * ELSEWHERE[0] // ELSEWHERE[1]
        others = pool.start(index_of, iter((texts[:most],)), 1)
        own = map(index_of, (texts[most:],))
        return (volume_of(volume, (before, after)) for after, before in zip(own, others, strict=True))

    def _texts_of(self, volume: Volume) -> Iterator[bytes]:
        for entry in volume.entries:
            yield self._edition.read(SITE + entry.text.path)

    def _printed(self, issue: Issue) -> IssuePages | None:
        """Return the printed page of each anchor, by document, as the issue's report tells."""
        if issue.name not in self._pdfs:
            return None
        pages: IssuePages = json.loads(self._edition.read(f"report/{issue.name}.json"))["页码"]
        return pages

    def _write_lists(self, references: References) -> None:
        """Write what is of no single issue: most changes are to texts, of which none of it shows anything."""
        spans = {name: made.spans for name, made in self._pdfs.items()}
        key = self._key(self._examined.listed, spans)
        if self._kept(_LISTS, key):
            for path in self._made[_LISTS].paths:
                self._made[path.removeprefix(SITE)] = self._last.made[path.removeprefix(SITE)]
            return
        templates = self._root / "templates"
        paths: list[str] = []
        for product in list_products(self._publication, references, spans, environment(templates), templates):
            own = self._key(product.made_from)
            if not self._kept(product.path, own):
                self._write_one(own, product.asset())
            paths.append(SITE + product.path)
        self._made[_LISTS] = LedgerEntry(key, tuple(paths))

    def _write_manifest(self) -> bool:
        listed = {path.removeprefix(SITE): each for path, each in self._digests.items()}
        for asset in list(shards(self._publication, listed)):
            self._write_one(asset.path, asset)
            listed[asset.path] = self._digests[SITE + asset.path]
        made = manifest(self._publication, listed)
        self._edition.write(SITE + made.path, made.content)
        return self._keep_signatures(made.content)

    def _keep_signatures(self, content: bytes) -> bool:
        """Carry over the signatures of a manifest that has not changed."""
        site = self._root / "output" / "site"
        signatures = sorted(site.glob(SIGNATURES + "*"))
        before = site / addresses.MANIFEST
        if signatures and not (before.is_file() and before.read_bytes() == content):
            return False
        for signature in signatures:
            write_file(self._edition.folder, SITE + signature.name, signature.read_bytes())
        return True

    def _key(self, *made_from: object) -> str:
        return hashlib.sha256(f"{self._base}\0{fingerprint(*made_from)}".encode()).hexdigest()

    def _kept(self, name: str, key: str) -> bool:
        """Keep what was made last time, where it was made from the same and is still whole."""
        before = self._last.made.get(name)
        if before is None or before.key != key or not self._edition.has(before.paths):
            return False
        self._edition.keep(before.paths)
        self._take_digests(before.paths)
        self._made[name] = before
        return True

    def _take_digests(self, paths: Iterable[str]) -> None:
        for path in paths:
            known = self._last.digests.get(path)
            is_known = known is not None and self._edition.has((path,)) and bool(known.sm3) == HAS_SM3
            self._digests[path] = known if known and is_known else digest(self._edition.read(path))

    def _write_made(self, name: str, key: str, made: DigestedAssets) -> None:
        before = self._last.made.get(name)
        paths = tuple(SITE + asset.path for asset in made.assets)
        if before and before.paths == paths:  # One object of equal ones: there are many of a large archive.
            paths = before.paths
        for path, asset, own in zip(paths, made.assets, made.digests, strict=True):
            known = self._last.digests.get(path)
            if known == own and self._edition.has((path,)):
                self._edition.keep((path,))
            else:
                self._edition.write(path, asset.content)
            self._digests[path] = known if known and known == own else own
        self._made[name] = LedgerEntry(key, paths, made.texts)

    def _write_one(self, key: str, asset: Asset) -> None:
        self._write_made(asset.path, key, DigestedAssets((asset,), (digest(asset.content),)))

    def _pdfs_of(self, issue: Issue) -> tuple[str, ...]:
        made = self._pdfs.get(issue.name)
        return tuple(path for path in made.paths if path.startswith(SITE)) if made else ()


def _key_of_texts(digest: str) -> str:
    """Return what is made of texts alone, by their ``digest``, and by the program: of no template or setting."""
    return hashlib.sha256(f"{program_digest()}\0{digest}".encode()).hexdigest()


def unchanged_folder(root: Path, path: str, digest: str) -> Folder:
    """Return the folder at ``path`` below ``root``. Raises ContentChangedError where its digest is another."""
    folder = read_folder(root, path)
    if folder.digest != digest:
        raise ContentChangedError(path)
    return folder
