"""Items → layouts: from the cache where possible; the rest is typeset by the workers of the build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset.layout import Layout, decode
from liulin_gazette.pdf.typeset.layout_cache import LayoutCache
from liulin_gazette.pdf.typeset.typesetting_unit import TypesettingUnit, is_loaded, typeset
from liulin_gazette.source.pictures.picture_files import published_picture
from liulin_gazette.workers.pool import WorkerPool

WORTH_SHARING = 60_000
"""Characters of HTML from which on items are shared out: less is typeset before this process has loaded WeasyPrint."""
START = 15_000
"""Characters of HTML that are typeset while another process loads the rules of the check and WeasyPrint."""
CHECK = 6
"""How many times longer typesetting takes than checking the same text."""

_ShareResult = tuple[list[Item], Callable[[], tuple[bytes, ...]]]
"""Items, and the result of typesetting them: their encoded layouts."""


class CachedTypesetter:
    """Typesets items in one style, except those whose layout is in the cache."""

    def __init__(
        self,
        root: Path,
        style: str,
        faces: Sequence[Face],
        pool: WorkerPool,
        read_bytes: Callable[[str], bytes],
        is_early: bool = False,
    ) -> None:
        """Use the cache of the project at ``root``.

        ``read_bytes`` returns pictures by project path, and the same content each time: cache keys depend on it.
        ``is_early`` says that this process checks the issue before it typesets its first share.
        """

        def read_picture(path: str) -> bytes:
            return published_picture(path, read_bytes(path))

        self._read_picture = read_picture
        self._style = style
        self._faces = tuple(face.file for face in faces)
        self._pool = pool
        self._is_early = is_early
        self._cache = LayoutCache(root, style, faces, read_picture)
        self.typeset: list[str] = []
        """Names of the items that were not in the cache."""

    def key(self, item: Item) -> str:
        """Return a digest of everything that the layout of ``item`` depends on."""
        return self._cache.file(item).name

    def start(self, items: Sequence[Item]) -> Callable[[], dict[str, Layout]]:
        """Hand out to the workers those of ``items`` that are not in the cache.

        Calling the result typesets the share of this process, waits for the workers and returns all layouts by the
        names of their items. It raises TypesettingError.
        """
        files = {item.name: self._cache.file(item) for item in items}
        cached = {item.name: self._cache.find(files[item.name]) for item in items}
        layouts = {name: layout for name, layout in cached.items() if layout is not None}
        missing = [item for item in items if item.name not in layouts]
        self.typeset += [item.name for item in missing]
        own, others = self._shares(missing)
        results: list[_ShareResult] = []
        if own:
            results.append((own, partial(typeset, self._unit(own), *self._faces)))
        results += [(share, self._pool.submit(typeset, self._unit(share), self._faces)) for share in others]
        return partial(self._collected, layouts, files, results)

    def layouts(self, items: Sequence[Item]) -> dict[str, Layout]:
        """Return the layout of each of ``items`` by name. Raises TypesettingError."""
        return self.start(items)()

    def _shares(self, items: list[Item]) -> tuple[list[Item], list[list[Item]]]:
        """Divide ``items`` into the share of this process, which may be empty, and those of the workers."""
        helpers = self._pool.helpers
        if not items or not helpers:
            return items, []
        size = sum(len(item.html) for item in items)
        if size <= WORTH_SHARING and (self._pool.is_remote or not is_loaded()):
            return [], [items]
        if self._pool.is_remote:
            return [], _shares(items, [0] * helpers)
        ahead = START + size // CHECK if self._is_early else 0
        self._is_early = False
        own, *others = _shares(items, [ahead, *[0] * helpers])
        return own, [share for share in others if share]

    def _unit(self, items: list[Item]) -> TypesettingUnit:
        pictures = {path: self._read_picture(path) for item in items for path in item.pictures}
        return TypesettingUnit(self._style, tuple(items), pictures)

    def _collected(
        self, layouts: dict[str, Layout], files: Mapping[str, Path], results: list[_ShareResult]
    ) -> dict[str, Layout]:
        for items, result in results:
            for item, encoded in zip(items, result(), strict=True):
                sealed_file.write(files[item.name], encoded)
                layouts[item.name] = decode(encoded)
        if results:
            self._cache.trim()
        return layouts


def _shares(items: list[Item], lengths: list[int]) -> list[list[Item]]:
    """Divide ``items`` so that all shares end at about the same length of HTML; they begin at ``lengths``."""
    lengths = list(lengths)
    shares: list[list[Item]] = [[] for _ in lengths]
    for item in sorted(items, key=lambda each: (-len(each.html), each.name)):
        index = lengths.index(min(lengths))
        shares[index].append(item)
        lengths[index] += len(item.html)
    return shares
