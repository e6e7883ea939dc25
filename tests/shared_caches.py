"""What projects of the tests need not make anew, since it depends on no project: faces, compiled templates, processes,
loaded faces, which changes of characters may be right in a text, and whether a module of the program is whole.

Without it the build of a project with one document takes nine times as long.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from jinja2.bccache import Bucket

from liulin_gazette.check.likelihood import wrong_characters
from liulin_gazette.editing import program_files
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.typeset import typesetting_unit
from liulin_gazette.rendering import templating
from liulin_gazette.workers import pool
from liulin_gazette.workers.processes import count_of
from liulin_gazette.workers.shared_file import SharedFile

WRITE_FACE = fonts._write  # pyright: ignore[reportPrivateUsage] -- the one place where a face is made
"""Makes a face, whatever the tests share."""

_REMEMBERED_TEXTS = 8192
"""Paragraphs whose changes are kept; a document has about a hundred."""
_LOADED_STYLES = 4
"""Styles that are kept with their faces loaded, of some ten megabytes each."""


@contextmanager
def shared_caches(folder: Path) -> Generator[None]:
    """Keep in ``folder`` what the first project that needs it makes; later ones get a copy of it in their own caches.

    Several processes may share ``folder``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_write", _face_writer(folder))
        _share_compiled_templates(patch)
        patch.setattr(pool, "count_of", _count_of)
        _share_typesetters(patch)
        _remember_changes(patch)
        is_python: Any = program_files._is_python  # pyright: ignore[reportPrivateUsage] -- likewise
        patch.setattr(program_files, "_is_python", cache(is_python))
        yield


def _face_writer(folder: Path) -> Any:
    """Return what takes the place of ``fonts._write``; the name of a face tells what it is made from."""

    def write(
        source: Path, candidate: Any, characters: frozenset[str], symbols: Path | None, target: Path
    ) -> None:
        shared = folder / target.name
        if not shared.with_suffix(".sha256").exists():
            made = folder / str(os.getpid()) / target.name
            WRITE_FACE(source, candidate, characters, symbols, made)
            for file in (made, made.with_suffix(".sha256")):
                file.replace(folder / file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shared, target)
        shutil.copyfile(shared.with_suffix(".sha256"), target.with_suffix(".sha256"))

    return write


def _count_of(jobs: int | None) -> int:
    """Take the place of ``count_of``: tests run on all cores, so that a build of theirs has one unless it asks for more."""
    return count_of(jobs or 1)


def _share_compiled_templates(patch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, str], bytes] = {}
    store: Any = templating._Compiled  # pyright: ignore[reportPrivateUsage] -- likewise
    load, dump = store.load_bytecode, store.dump_bytecode

    def load_or_share(self: Any, bucket: Bucket) -> None:
        load(self, bucket)
        if bucket.code is None and (content := kept.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(content)
            dump(self, bucket)

    def dump_and_keep(self: Any, bucket: Bucket) -> None:
        kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
        dump(self, bucket)

    patch.setattr(store, "load_bytecode", load_or_share)
    patch.setattr(store, "dump_bytecode", dump_and_keep)


@dataclass(frozen=True, slots=True)
class _NamedFace:
    """A face of a project, equal to those of other projects that are made from the same: they have the same name."""

    name: str
    file: SharedFile = field(compare=False)


def _share_typesetters(patch: pytest.MonkeyPatch) -> None:
    """Load the same faces once for all projects."""
    real: Any = typesetting_unit._typesetter  # pyright: ignore[reportPrivateUsage] -- likewise

    @lru_cache(_LOADED_STYLES)
    def loaded(style: str, faces: tuple[_NamedFace, ...]) -> Any:
        return real.__wrapped__(style, tuple(face.file for face in faces))

    def typesetter(style: str, faces: Sequence[SharedFile]) -> Any:
        return loaded(style, tuple(_NamedFace(face.name, face) for face in faces))

    patch.setattr(typesetting_unit, "_typesetter", typesetter)
    patch.setattr(typesetting_unit, "_release_at_exit", lambda: None)  # The end of the context releases them.


def _remember_changes(patch: pytest.MonkeyPatch) -> None:
    """Look only once for what may be right in a text that many documents, or the same one many times, have."""
    find: Any = wrong_characters._placed_changes  # pyright: ignore[reportPrivateUsage] -- likewise

    @lru_cache(_REMEMBERED_TEXTS)
    def found(text: str, model: wrong_characters.Model) -> Any:
        return tuple(find(text, model))

    patch.setattr(wrong_characters, "_placed_changes", found)
