"""Readings of earlier builds by folder digest, so that only issues that changed are read and checked again."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.pipeline.issue_reading import Reading

FILE = Path(".cache") / "readings"
"""Where builds keep them, below the project folder."""


@dataclass(frozen=True, slots=True)
class _StoredReadings:
    base: str
    readings: dict[str, Reading]


def stored_readings(file: Path, base: str) -> dict[str, Reading]:
    """Return the readings stored in ``file``, by the digest of the issue's folder.

    ``base`` is a digest of everything else that readings depend on. Empty if the store was written for another
    base, is missing or damaged.
    """
    if (content := sealed_file.read(file)) is not None:
        with contextlib.suppress(DamagedValueError):
            stored = decode(content, _StoredReadings)
            if stored.base == base:
                return stored.readings
    return {}


def store_readings(file: Path, base: str, readings: Mapping[str, Reading]) -> None:
    """Store ``readings`` for ``base`` in ``file``; where that fails, the next build takes longer."""
    sealed_file.write(file, encode(_StoredReadings(base, dict(readings))))
