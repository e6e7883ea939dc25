"""A finished file, not yet written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the output."""

    path: str
    """Relative to the output folder, with forward slashes."""
    content: bytes
