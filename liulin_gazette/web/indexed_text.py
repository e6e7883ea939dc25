"""What is known of the text of a document in the search index, without reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FOLDER = "assets/search"
"""Where the search index stands in the site."""
TEXTS = f"{FOLDER}/text"


@dataclass(frozen=True, slots=True)
class IndexedText:
    """The file with the text of a document, without reading it."""

    name: str
    """``2026/1/liu-zheng-ban-fa-2026-3-`` and a digest of the text."""
    length: int
    """In characters."""
    sounds: tuple[str, str]
    """Its title in pinyin: the syllables, and their initials."""

    @property
    def path(self) -> str:
        """Where it stands in the site."""
        return f"{TEXTS}/{self.name}.js"


Texts = Mapping[str, IndexedText]
"""The file with the text of each document, by the document's project path."""
