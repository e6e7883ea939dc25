"""What projects of the tests need not make anew, since it depends on no project: faces, compiled templates, processes.

Without it the build of a project with one document takes nine times as long.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jinja2.bccache import Bucket

from liulin_gazette.pdf.composition import fonts
from liulin_gazette.rendering import templating
from liulin_gazette.workers import pool
from liulin_gazette.workers.processes import count_of

WRITE_FACE = fonts._write  # pyright: ignore[reportPrivateUsage] -- the one place where a face is made
"""Makes a face, whatever the tests share."""


@contextmanager
def shared_caches(folder: Path) -> Generator[None]:
    """Keep in ``folder`` what the first project that needs it makes; later ones get a copy of it in their own caches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_write", _face_writer(folder))
        _share_compiled_templates(patch)
        patch.setattr(pool, "count_of", _count_of)
        yield


def _face_writer(folder: Path) -> Any:
    """Return what takes the place of ``fonts._write``; the name of a face tells what it is made from."""

    def write(
        source: Path, candidate: Any, characters: frozenset[str], symbols: Path | None, target: Path
    ) -> None:
        shared = folder / target.name
        if not shared.with_suffix(".sha256").exists():
            WRITE_FACE(source, candidate, characters, symbols, shared)
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
