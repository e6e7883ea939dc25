"""Which characters are written for one another: of the same sound, of a near one, of a like shape.

The table ``data/confusable-characters.txt`` has a line for each character: it, its toneless readings, the characters that
look like it. Both come from the tools named in ``data/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SAME_SOUND, NEAR_SOUND, SHAPE = "同音", "近音", "形近"
"""How two characters are alike."""
_FILE = Path(__file__).with_name("data") / "confusable-characters.txt"
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
"""Initials that speakers of many dialects, and hands at a keyboard, confuse."""
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@dataclass(frozen=True, slots=True, eq=False)
class ConfusableCharacters:
    """The characters that stand for one another by mistake."""

    sounds: Mapping[str, tuple[str, ...]]
    """The readings of each character."""
    by_sound: Mapping[str, tuple[str, ...]]
    """The characters of each reading."""
    shapes: Mapping[str, str]
    """The characters that look like each one."""

    def of(self, character: str) -> Iterable[tuple[str, str]]:
        """Yield the characters that ``character`` may stand for, each with how the two are alike, the closest first."""
        seen = {character}
        sounds = self.sounds.get(character, ())
        near = (other for sound in sounds for other in near_sounds(sound))
        for likeness, candidates in (
            (SAME_SOUND, (each for sound in sounds for each in self.by_sound[sound])),
            (SHAPE, iter(self.shapes.get(character, ""))),
            (NEAR_SOUND, (each for sound in near for each in self.by_sound.get(sound, ()))),
        ):
            for candidate in candidates:
                if candidate not in seen:
                    seen.add(candidate)
                    yield candidate, likeness


def near_sounds(sound: str) -> tuple[str, ...]:
    """Return the readings that are confused with ``sound``: zhang with zang, zhan."""
    near: list[str] = []
    for one, other in _INITIALS:
        if sound.startswith(one):
            near.append(other + sound[len(one) :])
        elif sound.startswith(other) and not sound.startswith(one):
            near.append(one + sound[len(other) :])
    for one, other in _FINALS:
        if sound.endswith(one):
            near.append(sound.removesuffix(one) + other)
        elif sound.endswith(other):
            near.append(sound.removesuffix(other) + one)
    return tuple(near)


@cache
def confusable_characters() -> ConfusableCharacters:
    """Return the table that comes with the program."""
    return read_confusable_characters(_FILE.read_text("utf-8"))


def read_confusable_characters(text: str) -> ConfusableCharacters:
    """Return the table in ``text``: a line for each character, tabs between its parts."""
    sounds: dict[str, tuple[str, ...]] = {}
    shapes: dict[str, str] = {}
    by_sound: dict[str, list[str]] = {}
    for line in text.splitlines():
        character, readings, alike = line.split("\t")
        sounds[character] = tuple(readings.split())
        shapes[character] = alike
        for sound in sounds[character]:
            by_sound.setdefault(sound, []).append(character)
    return ConfusableCharacters(sounds, {sound: tuple(each) for sound, each in by_sound.items()}, shapes)
