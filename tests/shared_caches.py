"""What projects of the tests need not make anew, since it depends on no project: faces, compiled templates, processes,
loaded faces, layouts, the glyphs of a face that a PDF holds, the characters that a face has, which changes of characters
may be right in a text, and whether a module of the program is whole.

Without it the build of a project with one document takes nine times as long.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from jinja2.bccache import Bucket

from liulin_gazette.check.likelihood import wrong_characters
from liulin_gazette.editing.counties import program_files
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset import typesetting_unit
from liulin_gazette.pdf.typeset.layout import Layout
from liulin_gazette.pdf.write import embedding
from liulin_gazette.pdf.write.embedding import FaceSubset
from liulin_gazette.pipeline import glyph_findings
from liulin_gazette.rendering import templating
from liulin_gazette.workers import pool
from liulin_gazette.workers.processes import count_of
from liulin_gazette.workers.shared_file import SharedFile

WRITE_FACE = fonts._write  # pyright: ignore[reportPrivateUsage] -- the one place where a face is made
"""Makes a face, whatever the tests share."""
_LOAD: Any = typesetting_unit._typesetter  # pyright: ignore[reportPrivateUsage] -- likewise of loaded faces
_SET: Any = typesetting_unit._layout  # pyright: ignore[reportPrivateUsage] -- likewise of layouts
_STORE: Any = templating._Compiled  # pyright: ignore[reportPrivateUsage] -- likewise of compiled templates
_LOAD_TEMPLATE, _KEEP_TEMPLATE = _STORE.load_bytecode, _STORE.dump_bytecode
_IS_INTACT: Any = fonts._is_intact  # pyright: ignore[reportPrivateUsage] -- likewise of prepared faces
_COVERAGE = fonts.coverage
_SUBSET: Any = embedding._subset  # pyright: ignore[reportPrivateUsage] -- likewise of subsets

_REMEMBERED_TEXTS = 8192
"""Paragraphs whose changes are kept; a document has about a hundred."""
_LOADED_STYLES = 4
"""Styles that are kept with their faces loaded, of some ten megabytes each."""
_KEPT_LAYOUTS = 512
"""Layouts that are kept, most of them of a page or two."""
_KEPT_SUBSETS = 64
"""Subsets of faces that are kept, of some ten kilobytes each."""
_KEPT_STATES = 256
"""Prepared faces of which it is kept that they are as they were written."""
_KEPT_COVERAGES = 8
"""Sets of the characters of a face that are kept, of some megabytes each."""


@contextmanager
def shared_caches(folder: Path) -> Generator[None]:
    """Keep in ``folder`` what the first project that needs it makes; later ones get a copy of it in their own caches.

    Several processes may share ``folder``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_write", _face_writer(folder))
        _share_compiled_templates(patch)
        patch.setattr(pool, "count_of", _count_of)
        _share_layouts(patch)
        _share_subsets(patch)
        _share_coverages(patch)
        _remember_changes(patch)
        is_python: Any = program_files._is_python  # pyright: ignore[reportPrivateUsage] -- likewise
        patch.setattr(program_files, "_is_python", cache(is_python))
        yield
    _loaded.cache_clear()


@contextmanager
def layouts_made_anew() -> Generator[None]:
    """Typeset all that a project has, though another has the same: for tests of whether the same comes of it.

    No face is loaded, compared or asked for its characters, no glyphs are taken out of one, and no template is compiled,
    for another project either.
    """
    _loaded.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting_unit, "_layout", _made_layout)
        patch.setattr(embedding, "_subset", _SUBSET.__wrapped__)
        patch.setattr(glyph_findings, "installed_coverage", fonts.installed_coverage)
        patch.setattr(fonts, "coverage", _COVERAGE)
        patch.setattr(fonts, "_is_intact", _IS_INTACT)
        patch.setattr(_STORE, "load_bytecode", _LOAD_TEMPLATE)
        patch.setattr(_STORE, "dump_bytecode", _KEEP_TEMPLATE)
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
    """Keep compiled templates in memory; no project has files of them."""
    kept: dict[tuple[str, str], Any] = {}

    def load(_: Any, bucket: Bucket) -> None:
        bucket.code = kept.get((bucket.key, bucket.checksum))

    def keep(_: Any, bucket: Bucket) -> None:
        kept[bucket.key, bucket.checksum] = bucket.code

    patch.setattr(_STORE, "load_bytecode", load)
    patch.setattr(_STORE, "dump_bytecode", keep)


@dataclass(frozen=True, slots=True)
class _FaceFile:
    """A face of a project, equal to those of other projects whose files have the same bytes."""

    digest: str
    """SHA-256 of the file."""
    file: SharedFile = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a typesetter is loaded with: it is loaded when the first layout is made that is not kept."""

    css: str
    faces: tuple[_FaceFile, ...]


def _digest(file: SharedFile) -> str:
    """Return the SHA-256 of ``file``, a prepared face: what was written with it, when it was compared."""
    if not isinstance(file, Path):
        return hashlib.sha256(file.read_bytes()).hexdigest()
    return file.with_suffix(".sha256").read_text("utf-8")


def _share_layouts(patch: pytest.MonkeyPatch) -> None:
    """Load the same faces once for all projects, and typeset an item once that several have in the same style."""

    def style_of(css: str, faces: Sequence[SharedFile]) -> _Style:
        return _Style(css, tuple(_FaceFile(_digest(face), face) for face in faces))

    @lru_cache(_KEPT_LAYOUTS)
    def kept(style: _Style, item: Item, pictures: tuple[tuple[str, bytes], ...]) -> Layout:
        return _made_layout(style, item, dict(pictures))

    def layout(style: _Style, item: Item, pictures: Mapping[str, bytes]) -> Layout:
        return kept(style, item, tuple((path, pictures[path]) for path in item.pictures))

    patch.setattr(typesetting_unit, "_typesetter", style_of)
    patch.setattr(typesetting_unit, "_layout", layout)
    patch.setattr(typesetting_unit, "_release_at_exit", lambda: None)  # The end of the context releases them.


@lru_cache(_LOADED_STYLES)
def _loaded(style: _Style) -> Any:
    return _LOAD.__wrapped__(style.css, tuple(face.file for face in style.faces))


def _made_layout(style: _Style, item: Item, pictures: Mapping[str, bytes]) -> Layout:
    return _SET(_loaded(style), item, pictures)


def _share_subsets(patch: pytest.MonkeyPatch) -> None:
    """Take the same glyphs out of the same face once for all projects."""

    @lru_cache(_KEPT_SUBSETS)
    def kept(face: _PreparedFace, keys: tuple[int, ...]) -> FaceSubset:
        return _SUBSET.__wrapped__(face.face, keys)

    def subset(face: Face, keys: tuple[int, ...]) -> FaceSubset:
        return kept(_PreparedFace(face.role, face.family, _digest(face.file), face), keys)

    patch.setattr(embedding, "_subset", subset)


@dataclass(frozen=True, slots=True)
class _PreparedFace:
    """A face of a project, equal to those of other projects whose files have the same bytes."""

    role: str
    family: str
    digest: str
    """SHA-256 of its file."""
    face: Face = field(compare=False)


def _share_coverages(patch: pytest.MonkeyPatch) -> None:
    """Ask a face once for its characters, and compare a prepared one once with its digest as long as nothing writes it."""
    patch.setattr(glyph_findings, "installed_coverage", _installed_coverage)

    @lru_cache(_KEPT_STATES)
    def is_intact(target: Path, _face: tuple[int, int], _digest: tuple[int, int]) -> bool:
        return _IS_INTACT(target)

    def is_still_intact(target: Path) -> bool:
        return is_intact(target, _state(target), _state(target.with_suffix(".sha256")))

    @lru_cache(_KEPT_SUBSETS)
    def covered(face: _FaceFile, index: int) -> frozenset[str]:
        return _COVERAGE(Path(str(face.file)), index)

    def coverage(file: Path, index: int = 0) -> frozenset[str]:
        is_prepared = file.with_suffix(".sha256").exists()
        return covered(_FaceFile(_digest(file), file), index) if is_prepared else _COVERAGE(file, index)

    patch.setattr(fonts, "_is_intact", is_still_intact)
    patch.setattr(fonts, "coverage", coverage)


def _installed_coverage(root: Path, role_name: str) -> frozenset[str] | None:
    """Take the place of ``installed_coverage``: projects with the same font files have the same characters."""
    files = tuple(file for _, file in sorted(fonts.installed_fonts(root).items()))
    return _covered(role_name, tuple((file, _state(file)) for file in files), _Folder(root))


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder of a project, equal to that of any other."""

    root: Path = field(compare=False)


def _state(file: Path) -> tuple[int, int]:
    """Return when ``file`` was written, in ns, and its size; zeros where it is gone."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(_KEPT_COVERAGES)
def _covered(
    role_name: str, _fonts: tuple[tuple[Path, tuple[int, int]], ...], folder: _Folder
) -> frozenset[str] | None:
    return fonts.installed_coverage(folder.root, role_name)


def _remember_changes(patch: pytest.MonkeyPatch) -> None:
    """Look only once for what may be right in a text that many documents, or the same one many times, have."""
    find: Any = wrong_characters._placed_changes  # pyright: ignore[reportPrivateUsage] -- likewise

    @lru_cache(_REMEMBERED_TEXTS)
    def found(text: str, model: wrong_characters.Model) -> Any:
        return tuple(find(text, model))

    patch.setattr(wrong_characters, "_placed_changes", found)
