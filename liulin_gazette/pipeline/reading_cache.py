"""Readings of earlier builds by the content that they are of, so that only an issue that changed is read again."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from liulin_gazette.cache import sealed_file
from liulin_gazette.pipeline.issue_reading import Reading

FILE = Path(".cache") / "readings"
"""Where builds keep them, below the project folder."""


@dataclass(frozen=True, slots=True)
class _Kept:
    base: str
    readings: dict[str, Reading]


def kept_readings(file: Path, base: str) -> dict[str, Reading]:
    """Return the readings kept in ``file``, by the digest of their folders.

    ``base`` is a digest of what they are made from besides. Those of another base, and damaged ones, are none.
    """
    if (content := sealed_file.read(file)) is not None:
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            found = msgspec.msgpack.decode(content, type=_Kept)
            if found.base == base:
                return found.readings
    return {}


def keep_readings(file: Path, base: str, readings: Mapping[str, Reading]) -> None:
    """Keep ``readings`` in ``file``; where that fails, the next build takes longer."""
    sealed_file.write(file, msgspec.msgpack.encode(_Kept(base, dict(readings))))
