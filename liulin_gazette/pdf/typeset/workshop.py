"""Items → layouts: from the cache where they are there, else typeset, by several processes where that helps."""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from unittest.mock import patch

from liulin_gazette.cache import sealed_file
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset.layout import Layout, TypesettingError, decode, encode
from liulin_gazette.pdf.typeset.layout_cache import LayoutCache
from liulin_gazette.workers.processes import count_of, processes

if TYPE_CHECKING:
    from liulin_gazette.pdf.typeset.typesetter import Typesetter

Encoded = list[tuple[str, bytes]]
WORTH_SHARING = 60_000
"""Characters of HTML that take longer to set than another process takes to load the typesetter."""


class Typesetters:
    """The processes that typeset: this one, and others on the machine's other cores.

    They start at once and load the typesetter (half a second) while the content is still being read.
    """

    def __init__(self, jobs: int | None = None) -> None:
        """Use at most ``jobs`` processes; all cores when it is None."""
        self._others = count_of(jobs) - 1
        self._executor: ProcessPoolExecutor | None = None
        self.redone = 0
        """Items that were lost with another process and set here."""

    def __enter__(self) -> Typesetters:
        if self._others:
            self._executor = processes(self._others, __name__)
            with contextlib.suppress(BrokenProcessPool):
                for _ in range(self._others):
                    self._executor.submit(_load)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def set(
        self, style: str, faces: tuple[Face, ...], items: Sequence[Item], pictures: Mapping[str, bytes]
    ) -> Pending:
        """Begin to typeset ``items`` with their ``pictures``, by project path; what is left to this process is done when the result is asked for."""
        here = partial(_set_all, style, faces, pictures)
        if self._executor is None or not items:
            return Pending(self, here, list(items), [])
        is_much = sum(len(item.html) for item in items) > WORTH_SHARING
        own, *others = _shares(list(items), self._others + 1) if is_much else ([], list(items))
        return Pending(
            self, here, own, [(share, _submitted(self._executor, here, share)) for share in others]
        )


class Pending:
    """Items that are being typeset."""

    def __init__(
        self,
        typesetters: Typesetters,
        here: Callable[[list[Item]], Encoded],
        own: list[Item],
        others: list[tuple[list[Item], Future[Encoded] | None]],
    ) -> None:
        """``here`` sets items in this process: its ``own``, and what is lost of the shares of the ``others``."""
        self._typesetters = typesetters
        self._here = here
        self._own = own
        self._others = others

    def result(self) -> Encoded:
        """Return each item's name and encoded layout. Raises TypesettingError."""
        made = self._here(self._own)
        for share, future in self._others:
            made += self._share(share, future)
        return made

    def _share(self, share: list[Item], future: Future[Encoded] | None) -> Encoded:
        if future is not None:
            with contextlib.suppress(BrokenProcessPool):
                return future.result()
        self._typesetters.redone += len(share)
        return self._here(share)


def _submitted(
    executor: ProcessPoolExecutor, work: Callable[[list[Item]], Encoded], share: list[Item]
) -> Future[Encoded] | None:
    try:
        return executor.submit(work, share)
    except BrokenProcessPool:
        return None


class Workshop:
    """Lays out the items of one build, in one style."""

    def __init__(
        self,
        root: Path,
        style: str,
        faces: Sequence[Face],
        typesetters: Typesetters,
        read_bytes: Callable[[str], bytes],
    ) -> None:
        """Keep layouts below the project folder ``root``.

        ``read_bytes`` returns the same picture for a project path each time: what is set is what the key is of.
        """
        self._read_bytes = read_bytes
        self._style = style
        self._faces = tuple(faces)
        self._typesetters = typesetters
        self._cache = LayoutCache(root, style, faces, read_bytes)
        self.typeset: list[str] = []
        """Names of the items that were not in the cache."""

    def key(self, item: Item) -> str:
        """Return a digest of all that the layout of ``item`` is made from."""
        return self._cache.file(item).name

    def begin(self, items: Sequence[Item]) -> Begun:
        """Begin to lay out ``items``."""
        files = {item.name: self._cache.file(item) for item in items}
        found = {item.name: self._cache.find(files[item.name]) for item in items}
        wanted = [item for item in items if found[item.name] is None]
        self.typeset += [item.name for item in wanted]
        ready = {name: layout for name, layout in found.items() if layout is not None}
        pictures = {path: self._read_bytes(path) for item in wanted for path in item.pictures}
        pending = self._typesetters.set(self._style, self._faces, wanted, pictures)
        return Begun(ready, pending, files, self._cache)

    def lay_out(self, items: Sequence[Item]) -> dict[str, Layout]:
        """Return the layout of each item by name. Raises TypesettingError."""
        return self.begin(items).layouts()


class Begun:
    """Layouts, some of them still in the making."""

    def __init__(
        self, ready: dict[str, Layout], pending: Pending, files: dict[str, Path], cache: LayoutCache
    ) -> None:
        self._ready = ready
        self._pending = pending
        self._files = files
        self._cache = cache

    def layouts(self) -> dict[str, Layout]:
        """Return the layouts by the names of their items. Raises TypesettingError."""
        made = self._pending.result()
        for name, data in made:
            sealed_file.write(self._files[name], data)
            self._ready[name] = decode(data)
        if made:
            self._cache.trim()
        return self._ready


def _shares(items: list[Item], count: int) -> list[list[Item]]:
    """Part ``items`` into at most ``count`` shares of about the same length of text."""
    shares: list[list[Item]] = [[] for _ in range(min(count, len(items)))]
    for item in sorted(items, key=lambda each: (-len(each.html), each.name)):
        min(shares, key=lambda share: sum(len(each.html) for each in share)).append(item)
    return shares


def _set_all(
    style: str, faces: tuple[Face, ...], pictures: Mapping[str, bytes], items: list[Item]
) -> Encoded:
    if not items:
        return []
    typesetter = _typesetter(style, faces)
    return [(item.name, encode(_set(typesetter, item, pictures))) for item in items]


def _set(typesetter: Typesetter, item: Item, pictures: Mapping[str, bytes]) -> Layout:
    try:
        return typesetter.set(item.html, pictures)
    except TypesettingError as error:
        raise TypesettingError(f"{item.name}：{error}") from error


@lru_cache(maxsize=1)
def _typesetter(style: str, faces: tuple[Face, ...]) -> Typesetter:
    _load()
    from liulin_gazette.pdf.typeset.typesetter import Typesetter

    return Typesetter(style, faces)


def _load() -> None:
    with _known_libraries():
        importlib.import_module("liulin_gazette.pdf.typeset.typesetter")


def _nowhere(_: str) -> None:
    return None


@contextlib.contextmanager
def _known_libraries() -> Generator[None]:
    """Spare WeasyPrint twenty runs of the linker: it asks for names that only other systems use first.

    On Linux the names that it asks for next are those of the libraries themselves.
    """
    if sys.platform != "linux":
        yield
        return
    with patch.object(ctypes.util, "find_library", _nowhere):
        yield
