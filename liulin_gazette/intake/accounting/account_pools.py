"""The characters of passages in a form that can be compared, and the texts that were told as left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.text.raised_characters import BARE

_UNSHOWN = re.compile("[\\s\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SIGNS = re.compile(r"[\W_]+")
_PAGE = re.compile(r"第\d+页")
_PICTURE = re.compile(r"（?图(?:表)?(?:（.*）|：.*）|）)")
"""How a picture is told that was left out; it has no text."""
_RAISED = str.maketrans({**BARE, **dict.fromkeys("–－−⁻₋", "-")})


def shown(text: str) -> str:
    """Return ``text`` without spaces and characters that show nothing, raised characters on the line."""
    return _UNSHOWN.sub("", text).translate(_RAISED)


def bare(text: str) -> str:
    """Return the letters, digits and Han characters of ``text``."""
    return _SIGNS.sub("", shown(text))


@dataclass(slots=True, eq=False)
class _Told:
    """A line of a text that was told as left out."""

    letters: str
    text: str
    is_used: bool = False


class LeftOut:
    """The texts that were told as left out. Each of them accounts for as many characters as it has, once."""

    def __init__(self, told: Iterable[tuple[str, str]]) -> None:
        """Take the texts and their places."""
        self.used: list[str] = []
        """The texts that passages had."""
        self._at: defaultdict[str, list[_Told]] = defaultdict(list)
        self._equal: defaultdict[str, list[_Told]] = defaultdict(list)
        self._signs_at: defaultdict[str, list[_Told]] = defaultdict(list)
        for text, place in told:
            self._tell(text, place)
        for texts in self._at.values():
            texts.sort(key=lambda each: -len(each.letters))

    def _tell(self, text: str, place: str) -> None:
        """Add ``text``, which was left out at ``place``."""
        if _PICTURE.fullmatch(text):
            return
        for line in text.split("\n"):
            if letters := bare(line):
                each = _Told(letters, line)
                self._equal[letters].append(each)
                for name in _places(place):
                    self._at[name].append(each)
            elif signs := shown(line):
                each = _Told(signs, signs)
                for name in _places(place):
                    self._signs_at[name].append(each)

    def take(self, letters: str, place: str) -> str:
        """Return ``letters`` of a passage at ``place`` without the texts in it that were left out."""
        if letters:
            letters = self._without(letters, self._at.get(place, []))
        if letters:
            letters = self._without(letters, self._equal.get(letters, []))
        return letters

    def has(self, letters: str, place: str) -> bool:
        """Tell whether a text of just these ``letters`` at ``place`` was left out and not taken yet."""
        return any(not each.is_used and each.letters == letters for each in self._at.get(place, []))

    def take_signs(self, signs: str, place: str) -> str:
        """Return ``signs`` of a passage at ``place`` without those that were left out."""
        return self._without(signs, self._signs_at.get(place, []))

    def _without(self, letters: str, texts: list[_Told]) -> str:
        """Return ``letters`` without those of ``texts`` that they have, which are used up by it."""
        for each in texts:
            if letters and not each.is_used and each.letters in letters:
                letters = letters.replace(each.letters, "", 1)
                each.is_used = True
                self.used.append(each.text)
        texts[:] = [each for each in texts if not each.is_used]
        return letters


def _places(told: str) -> Iterator[str]:
    """Yield the places of passages that what was told of ``told`` may be in: 第3段 for 第3段的批注."""
    place = told.removesuffix("（表格）")
    yield place
    parts = told.split("的")
    yield from ("的".join(parts[:end]) for end in range(1, len(parts)))
    if (page := _PAGE.match(place)) and page[0] != place:
        yield page[0]
