"""Long lists of names by the first letter of their pinyin: what a reader opens instead of scrolling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from liulin_gazette.text.pinyin import syllables
from liulin_gazette.text.whole_names import own_name

MOST_IN_FULL = 12
"""The most names that a page shows in full; of more it shows letters, each of which opens."""


class Named(Protocol):
    """What is listed by its name."""

    @property
    def name(self) -> str:
        """The name in Chinese."""
        ...


Entry = TypeVar("Entry", bound=Named)


def by_letter(entries: Sequence[Entry], places: Sequence[str] = ()) -> list[tuple[str, list[Entry]]]:
    """Return ``entries`` by the first letter of the pinyin of their names, A to Z, then those that begin with none (#).

    ``places`` are those that names of offices begin with. Such a place says nothing, since most offices of a county
    share it: 方山县林业局 is under L.
    Nothing is returned for a list that is short enough to be shown in full.
    """
    if len(entries) <= MOST_IN_FULL:
        return []
    letters: dict[str, list[Entry]] = {}
    sounds = [(syllables(own_name(entry.name, places)), entry) for entry in entries]
    for sound, entry in sorted(sounds, key=lambda pair: pair[0]):
        first = "".join(sound)[:1].upper()
        letters.setdefault(first if "A" <= first <= "Z" else "#", []).append(entry)
    return sorted(letters.items(), key=lambda letter: (letter[0] == "#", letter[0]))
