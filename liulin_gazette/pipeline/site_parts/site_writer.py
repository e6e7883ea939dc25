"""Writing files of the site: what is as the last build left it stays, everything else is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.pipeline.freshness import Entry, current
from liulin_gazette.pipeline.output_record import SITE, OutputRecord, RecordedFiles
from liulin_gazette.pipeline.staging import Edition, OutputError
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web.manifest import HAS_SM3, Digest, RunningDigest, digest


class SiteWriter:
    """Writes into an edition and takes down the digest of every file."""

    def __init__(self, edition: Edition, last: OutputRecord) -> None:
        self.edition = edition
        self._last = last
        self.digests: dict[str, Digest] = {}
        """By path below ``output``."""

    def keep(self, entry: Entry | None, key: str) -> Entry | None:
        """Keep the files of ``entry`` if they are current, and return it; else return None."""
        found = current(entry, key, self.edition.has)
        if found:
            self.edition.keep(found.paths)
            self.list_files(found.paths)
        return found

    def list_files(self, paths: Iterable[str]) -> None:
        """Take down the digests of the files at ``paths`` below ``output``. Raises OutputError."""
        for path in paths:
            known = self._last.digests.get(path)
            is_known = known is not None and self.edition.has((path,)) and bool(known.sm3) == HAS_SM3
            self.digests[path] = known if known and is_known else digest(self.edition.read(path))

    @property
    def site_digests(self) -> dict[str, Digest]:
        """The digests of the files of the site, by path in it: what is public, without editions in other folders."""
        return {path.removeprefix(SITE): own for path, own in self.digests.items() if path.startswith(SITE)}

    def write(
        self, files: DigestedAssets, before: RecordedFiles | None = None, folder: str = SITE
    ) -> tuple[str, ...]:
        """Write ``files``, those that are as before excepted; return their paths below ``output``.

        Their own paths are below ``folder``. They take the place of the files of the entry ``before``. Raises OutputError, also where this build has written
        or kept another file at one of the paths.
        """
        paths = tuple(folder + asset.path for asset in files.assets)
        if before and before.paths == paths:  # One object instead of two: a large archive has many paths.
            paths = before.paths
        for path, asset, now in zip(paths, files.assets, files.digests, strict=True):
            if self.digests.get(path, now) != now:
                raise OutputError(
                    f"output/{path} 要写两个不同的文件，没有生成。",
                    "两份公文或两期有同名的图片：改一个图片的文件名。",
                )
            known = self._last.digests.get(path)
            if known == now and self.edition.has((path,)):
                self.edition.keep((path,))
            else:
                self.edition.write(path, asset.content)
            self.digests[path] = known if known and known == now else now
        return paths

    def write_pieces(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write the file at ``path`` below ``output`` from its ``pieces``: it is never in memory whole. Raises OutputError."""
        running = RunningDigest()
        self.edition.write_pieces(path, map(running.passed, pieces))
        self.digests[path] = running.digest()

    def write_assets(self, assets: Sequence[Asset]) -> None:
        """Write ``assets``, those that are as before excepted. Raises OutputError."""
        self.write(with_digests(assets))
