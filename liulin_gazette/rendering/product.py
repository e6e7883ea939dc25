"""A file to be written: with its content, or with a function that makes the content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its content; it can be handed to another process."""

    path: str
    """Below the folder of which it is part, ``output`` or ``output/site``, with forward slashes."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Product:
    """A file whose content is made only if it would differ from that of the last build."""

    path: str
    """As that of an asset."""
    made_from: object
    """Everything on which the content depends, besides what all files of the site or of an issue's print depend on:
    values of the model, numbers, texts, and tuples, lists and mappings of such."""
    make: Callable[[], bytes]

    def asset(self) -> Asset:
        """Return the file with its content."""
        return Asset(self.path, self.make())
