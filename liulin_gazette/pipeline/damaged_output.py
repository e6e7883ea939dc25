"""Files of the output that have the size and time of the last build, but not its content.

They are written without waiting for the disk, so a power cut may leave them empty or full of zeros, and some disks
keep size and time all the same. Whether the power failed cannot be known afterwards: so all files are compared with
their digests once after each start of the machine, and as soon as one of them is found damaged.

Programs, too, can change a file and set its time back, but not its mark: files with another mark are compared with
their digests by every build. What leaves no trace at all, a bit that turns on the disk, is found by every
``CHECK_EVERY``-th build, which compares all files.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.output_record import OutputRecord, Present
from liulin_gazette.pipeline.staging import files_in

CHECK_EVERY = 20
"""Builds from one comparison of all files to the next; docs/网站与数据.md tells it."""
COUNT = Path(".cache") / "builds-since-check"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Differences:
    """How the output differs from what the last build made."""

    intact: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def check_is_due(root: Path) -> bool:
    """Count one more build of ``root``; tell whether it is one that compares all files."""
    count = _count(root) + 1
    _store_count(root, 0 if count >= CHECK_EVERY else count)
    return count >= CHECK_EVERY


def without_damaged(root: Path, last: OutputRecord, session: str) -> OutputRecord:
    """Return ``last`` without the files of the output below ``root`` that are damaged: they are made again.

    The result is stored as valid for the ``session`` of the machine's power. Raises OutputError.
    """
    present = files_in(root / "output")
    checked = replace(_undamaged(root / "output", last, present, last.files), session=session)
    output_record.write(root, checked)
    _store_count(root, 0)
    return checked


def undamaged(root: Path, last: OutputRecord, present: Present) -> OutputRecord:
    """Return ``last`` without the files that are damaged, of those that have another mark than then.

    ``present`` are the files of the output below ``root``. Return ``last`` itself where every mark is the same.
    """
    suspect = [
        path
        for path, (stand, mark) in present.items()
        if last.files.get(path) == stand and mark != last.marks.get(path)
    ]
    return _undamaged(root / "output", last, present, suspect) if suspect else last


def intact_paths(root: Path, last: OutputRecord) -> frozenset[str]:
    """Return the paths below ``output`` of the files that are as the build ``last`` made them. Raises OutputError."""
    present = files_in(root / "output")
    files = undamaged(root, last, present).files
    return frozenset(path for path, (stand, _) in present.items() if files.get(path) == stand)


def output_differences(root: Path) -> Differences | None:
    """Compare every file of the output below ``root`` with its digest; return None where nothing was recorded.

    Damaged files are made again by the next build. Raises OutputError.
    """
    last, present = output_record.read(root), files_in(root / "output")
    if not last.files:
        return None
    checked = _undamaged(root / "output", last, present, last.files)
    output_record.write(root, checked)
    missing = last.files.keys() - present.keys()
    intact = checked.files.keys() - missing
    return Differences(
        len(intact),
        tuple(sorted(last.files.keys() - checked.files.keys())),
        tuple(sorted(missing)),
        tuple(sorted(present.keys() - last.files.keys())),
    )


def _undamaged(output: Path, last: OutputRecord, present: Present, paths: Iterable[str]) -> OutputRecord:
    """Return ``last`` without those of the files at ``paths`` that are damaged; the others have their present mark."""
    damaged = set(_damaged(output, last, paths))
    return replace(
        last,
        files={path: stand for path, stand in last.files.items() if path not in damaged},
        marks={**last.marks, **{path: present[path][1] for path in paths if path in present}},
    )


def _damaged(output: Path, last: OutputRecord, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        known = last.sha256(path)
        if known and sha256_of(output / path) not in ("", known):
            yield path


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of ``file``; empty if it cannot be read, which is noticed elsewhere."""
    digest = hashlib.sha256()
    with contextlib.suppress(OSError), file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
    return ""


def _count(root: Path) -> int:
    """Return how many builds there were since all files were compared; where that is not known, a comparison is due."""
    with contextlib.suppress(ValueError):
        return int(bytes(sealed_file.read(root / COUNT) or b""))
    return CHECK_EVERY


def _store_count(root: Path, count: int) -> None:
    sealed_file.write(root / COUNT, str(count).encode())
