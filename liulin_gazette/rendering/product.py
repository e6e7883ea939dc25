"""A finished file, not yet written; and one that is made when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the output."""

    path: str
    """Relative to the output folder, with forward slashes."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Product:
    """A file that need not be made when it is made from the same as last time."""

    path: str
    made_from: object
    """Everything that it is made from besides the program, the templates and gazette.toml: values of the
    model, numbers, texts, and tuples, lists and mappings of such."""
    make: Callable[[], bytes]

    def asset(self) -> Asset:
        """Make it."""
        return Asset(self.path, self.make())
