"""A disk that loses power: records what the program asks of it, and tells what may be left after each call.

What is written but not flushed may be there or be gone, then the file is empty. A name that was made, moved or removed
while its folder was not flushed may be so or as before; each by itself, since a disk may carry these out in any order.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from liulin_gazette.disk import system_calls

Call = tuple[str, tuple[Any, ...]]
"""Name of the function in ``system_calls``, and its arguments; paths are relative to the project folder."""
Tree = Mapping[str, bytes]
"""The files of a project folder, by path."""
CALLS = (
    "write", "sync", "sync_folder", "copy_mode", "replace", "rename_folder", "unlink", "make_folder", "remove_folder",
    "remove_tree",
)  # fmt: skip
GUESSES = 3
"""Random states after each call, besides the extreme ones."""


def record(root: Path, patch: pytest.MonkeyPatch) -> list[Call]:
    """Return the list to which every call below ``root`` is added when it is done."""
    calls: list[Call] = []
    lock = threading.Lock()

    def recorder(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def recorded(*arguments: Any) -> None:
            if name not in ("sync", "sync_folder"):
                call(*arguments)
            with lock:
                calls.append((name, tuple(_relative(root, each) for each in arguments)))

        return recorded

    for name in CALLS:
        patch.setattr(system_calls, name, recorder(name, getattr(system_calls, name)))
    return calls


def _relative(root: Path, argument: Any) -> Any:
    return argument.relative_to(root).as_posix() if isinstance(argument, Path) else argument


@dataclass(eq=False)
class _File:
    content: bytes
    flushed: bytes


@dataclass(eq=False)
class _Folder:
    entries: dict[str, _File | _Folder] = field(default_factory=dict[str, "_File | _Folder"])
    flushed: dict[str, _File | _Folder] = field(default_factory=dict[str, "_File | _Folder"])


_Node = _File | _Folder
_Names = tuple[tuple[_Folder, str, _Node | None], ...]
"""Names that change together, as in a rename: the folder, the name, and what it stands for then, if anything."""


class Disk:
    """A disk on which the files of ``tree`` are, flushed."""

    def __init__(self, tree: Tree) -> None:
        self._top = _Folder()
        self._waiting: list[_Names] = []
        """Changes of names that are not flushed."""
        for path, content in tree.items():
            folder = self._top
            *above, name = PurePosixPath(path).parts
            for part in above:
                inner = folder.entries.setdefault(part, _Folder())
                assert isinstance(inner, _Folder)
                folder.flushed[part] = inner
                folder = inner
            folder.entries[name] = folder.flushed[name] = _File(content, content)

    def do(self, call: Call) -> None:
        """Carry out ``call``."""
        name, arguments = call
        getattr(self, f"_{name}")(*arguments)

    def states(self, chance: random.Random) -> Iterator[Tree]:
        """Yield what may be left if the power fails now."""
        every = range(len(self._waiting))
        done = [set(every), set[int](), *({each} for each in every), *(set(every) - {each} for each in every)]
        done += [{each for each in every if chance.random() < 0.5} for _ in range(GUESSES)]
        for chosen in done:
            names = [names for index, names in enumerate(self._waiting) if index in chosen]
            for is_lost in (lambda: True, lambda: False, lambda: chance.random() < 0.5):
                yield dict(_files(_left(self._top, names), names, is_lost, ""))

    def _write(self, path: str, content: bytes) -> None:
        folder, name = self._place(path)
        file = folder.entries.get(name)
        if isinstance(file, _File):
            file.content, file.flushed = content, b""
        else:
            self._change((folder, name, _File(content, b"")))

    def _sync(self, path: str) -> None:
        folder, name = self._place(path)
        file = folder.entries[name]
        assert isinstance(file, _File)
        file.flushed = file.content

    def _sync_folder(self, path: str) -> None:
        folder = self._folder(path)
        for names in [names for names in self._waiting if any(each[0] is folder for each in names)]:
            self._waiting.remove(names)
            for place, name, node in names:
                _set(place.flushed, name, node)

    def _copy_mode(self, source: str, target: str) -> None:
        pass

    def _replace(self, source: str, target: str) -> None:
        (before, old), (after, new) = self._place(source), self._place(target)
        self._change((before, old, None), (after, new, before.entries[old]))

    _rename_folder = _replace

    def _unlink(self, path: str) -> None:
        if PurePosixPath(path).parent.as_posix() == "." or self._has(PurePosixPath(path).parent.as_posix()):
            folder, name = self._place(path)
            if name in folder.entries:
                self._change((folder, name, None))

    def _make_folder(self, path: str) -> None:
        folder, name = self._place(path)
        self._change((folder, name, _Folder()))

    def _remove_folder(self, path: str) -> None:
        folder, name = self._place(path)
        self._change((folder, name, None))

    def _remove_tree(self, path: str) -> None:
        if self._has(path):
            for name in list(self._folder(path).entries):
                self._change((self._folder(path), name, None))
            self._remove_folder(path)

    def _change(self, *names: tuple[_Folder, str, _Node | None]) -> None:
        for folder, name, node in names:
            _set(folder.entries, name, node)
        self._waiting.append(names)

    def _folder(self, path: str) -> _Folder:
        folder = self._top
        for part in PurePosixPath(path).parts:
            inner = folder.entries[part]
            assert isinstance(inner, _Folder)
            folder = inner
        return folder

    def _place(self, path: str) -> tuple[_Folder, str]:
        pure = PurePosixPath(path)
        return self._folder(pure.parent.as_posix()), pure.name

    def _has(self, path: str) -> bool:
        try:
            self._folder(path)
        except KeyError:
            return False
        return True


def _set(entries: dict[str, _Node], name: str, node: _Node | None) -> None:
    if node is None:
        entries.pop(name, None)
    else:
        entries[name] = node


def _left(folder: _Folder, done: list[_Names]) -> dict[str, _Node]:
    """Return the entries of ``folder`` that are left when of all that waits only ``done`` is carried out."""
    entries = dict(folder.flushed)
    for names in done:
        for place, name, node in names:
            if place is folder:
                _set(entries, name, node)
    return entries


def _files(
    entries: Mapping[str, _Node], done: list[_Names], is_lost: Callable[[], bool], above: str
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files in ``entries``; an empty folder is the path with a slash."""
    if not entries and above:
        yield above, b""
    for name, node in entries.items():
        if isinstance(node, _Folder):
            yield from _files(_left(node, done), done, is_lost, f"{above}{name}/")
        else:
            unflushed = node.content != node.flushed
            yield f"{above}{name}", node.flushed if unflushed and is_lost() else node.content
