"""What the search index needs to know of a document's text file without opening it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FOLDER = "assets/search"
"""The folder of the search index in the site."""
TEXTS = f"{FOLDER}/text"
"""The folder of the text files."""


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A document's text file: its name, the length of the text, and the pinyin of the title."""

    name: str
    """``2026/1/liu-zheng-ban-fa-2026-3-`` and a digest of the text."""
    length: int
    """In characters, without separators."""
    sounds: str
    """The syllables of the title in pinyin, separated by spaces."""

    @property
    def path(self) -> str:
        """The file's path in the site."""
        return f"{TEXTS}/{self.name}.js"


Texts = Mapping[str, IndexedText]
"""The text file of each document, by the document's project path."""
