"""Readings of earlier builds by the content that they are of, so that only an issue that changed is read again.

Kept in ``.cache``; deleting them changes nothing but the time.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from liulin_gazette.work.reading import Reading

FILE = Path(".cache") / "readings"


@dataclass(frozen=True, slots=True)
class _Kept:
    base: str
    readings: dict[str, Reading]


def kept_readings(root: Path, base: str) -> dict[str, Reading]:
    """Return the readings kept below ``root``, by the digest of their folders.

    ``base`` is a digest of what they are made from besides. Those of another base, and damaged ones, are none.
    """
    with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
        data = (root / FILE).read_bytes()
        if hashlib.sha256(data[32:]).digest() == data[:32]:
            kept = msgspec.msgpack.decode(data[32:], type=_Kept)
            if kept.base == base:
                return kept.readings
    return {}


def keep_readings(root: Path, base: str, readings: Mapping[str, Reading]) -> None:
    """Keep ``readings``; where that fails, the next build takes longer."""
    with contextlib.suppress(OSError):
        body = msgspec.msgpack.encode(_Kept(base, dict(readings)))
        file = root / FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(file.name + ".partial")
        partial.write_bytes(hashlib.sha256(body).digest() + body)
        partial.replace(file)
