"""Batches of dropped files on the disk, so that they outlast the desk: ``.desk/batches/``, one sealed file a batch.

Their drafts are not published yet, so the folder is for the editor's own account alone (0700). Only files that are
named as a batch is named are read or removed; whatever else lies there stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode, field_types
from liulin_gazette.disk import durable_files
from liulin_gazette.editing.reviewers import FOLDER
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.text.issue_name_form import ISSUE_NAME
from liulin_gazette.text.system_errors import reason

BATCHES_FOLDER = f"{FOLDER}/batches"
MOST_KEPT = 6
"""Files of batches; older ones are removed."""
MOST_BYTES = 64 * 1024 * 1024
"""Of one file."""
MOST_DAYS = 90
"""After which a batch is removed."""
_FILE = re.compile(r"(?P<key>[A-Za-z0-9_-]{16})\.batch")
_DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were dropped together. It is kept in this form."""

    issue: str
    """Name of the issue that they are for."""
    names: tuple[str, ...]
    done: int = 0
    """How many of them have been read."""
    intakes: tuple[Intake, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    """Name of each file that gave no drafts, and what the editor is told of it."""
    unkept: str = ""
    """Why the batch does not outlast the desk; empty where it does."""

    @property
    def is_read(self) -> bool:
        """Whether all have been read."""
        return self.done == len(self.names)

    @property
    def reading(self) -> str:
        """The name of the file that is being read."""
        return self.names[min(self.done, len(self.names) - 1)]


@dataclass(frozen=True, slots=True)
class KeptBatches:
    """What the folder holds."""

    batches: Mapping[str, Batch]
    """By their keys, the oldest first."""
    told: tuple[str, ...]
    """What the editor is told of batches that cannot be used any more."""


def keep_batch(root: Path, key: str, batch: Batch) -> str:
    """Write ``batch``; return why that was not possible, in Chinese, or an empty text. An earlier file stays then."""
    try:
        content = encode(batch)
    except UnicodeEncodeError:  # A name in a foreign archive or mail may hold what is no character.
        return "这一批的文字里有不是字符的字节，没有存盘；关掉编辑台以前转入。"
    if len(content) > MOST_BYTES:
        return f"这一批转换出来超过 {MOST_BYTES // 1024 // 1024} MB，没有存盘；关掉编辑台以前转入。"
    folder = root / BATCHES_FOLDER
    try:
        durable_files.make_folder(folder)
        folder.chmod(0o700)
        durable_files.write_files({folder / f"{key}.batch": _sealed(content)})
    except OSError as error:
        return (
            f"这一批没有存盘（{reason(error, '写入')}），都还在；关掉编辑台以前转入，或者检查磁盘，再拖一次。"
        )
    return ""


def forget_batch(root: Path, key: str) -> None:
    """Remove the file of the batch ``key``, as far as the system lets it."""
    with contextlib.suppress(OSError):
        durable_files.write_files({root / BATCHES_FOLDER / f"{key}.batch": None})


def kept_batches(root: Path) -> KeptBatches:
    """Return the batches that can be used, and remove the others."""
    batches: dict[str, Batch] = {}
    told: list[str] = []
    found = sorted(_files(root), reverse=True)
    for number, (modified, key, file) in enumerate(found):
        batch = _read(file)
        if batch is None:
            told.append(
                "一批还没有转入的来稿读不出来：文件坏了，或是另一版程序存的。已经删去，请把那些来稿再拖一次。"
            )
        elif number >= MOST_KEPT or time.time() - modified > MOST_DAYS * _DAY:
            why = f"放了超过 {MOST_DAYS} 天" if number < MOST_KEPT else f"超过 {MOST_KEPT} 批"
            told.append(f"还没有转入的来稿（{'、'.join(batch.names)}）{why}，已经删去。还要用的，再拖一次。")
        else:
            batches[key] = batch
            continue
        forget_batch(root, key)
    return KeptBatches(dict(reversed(batches.items())), tuple(told))


def _files(root: Path) -> Iterator[tuple[float, str, Path]]:
    """Yield time of modification (s), key and path of each file of a batch."""
    folder = root / BATCHES_FOLDER
    if folder.is_symlink() or folder.parent.is_symlink():
        return
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            match = _FILE.fullmatch(file.name)
            if match and file.is_file() and not file.is_symlink():
                yield file.stat().st_mtime, match["key"], file


def _read(file: Path) -> Batch | None:
    """Return the batch in ``file``; None where it is damaged, or was written by a program with other drafts."""
    with contextlib.suppress(OSError, DamagedValueError):
        if file.stat().st_size > MOST_BYTES + 128:
            return None
        content = sealed_file.read(file)
        shape = _shape()
        if content is None or bytes(content[: len(shape)]) != shape:
            return None
        batch = decode(content[len(shape) :], Batch)
        return batch if _is_sound(batch) else None
    return None


def _is_sound(batch: Batch) -> bool:
    """Tell whether nothing in ``batch`` leads outside the folder of its issue."""
    pictures = (name for intake in batch.intakes for draft in intake.drafts for name, _ in draft.pictures)
    return (
        ISSUE_NAME.fullmatch(batch.issue) is not None
        and 0 <= batch.done <= len(batch.names)
        and bool(batch.names)
        and all(map(is_portable, pictures))
    )


def _sealed(content: bytes) -> bytes:
    """Return ``content`` as a file that ``sealed_file.read`` checks, after the digest of the shape that it has."""
    shaped = _shape() + content
    return hashlib.sha256(shaped).digest() + shaped


@cache
def _shape() -> bytes:
    """Return a digest of the fields of a batch and of all that it holds: another program may have others."""
    seen: dict[str, str] = {}
    waiting: list[Any] = [Batch]
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if is_dataclass(kind) and str(kind) not in seen:
            types = field_types(kind)
            seen[str(kind)] = str(types)
            waiting += types.values()
    return hashlib.sha256(str(sorted(seen.items())).encode()).digest()
