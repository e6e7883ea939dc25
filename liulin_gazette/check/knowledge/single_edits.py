"""How two words differ by one slip of the typist: a character replaced, missing, superfluous, or two swapped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from liulin_gazette.check.likelihood.confusable_characters import SAME_SOUND, confusable_characters


class EditKind(Enum):
    """What the typist did."""

    REPLACED = "replaced"
    MISSING = "missing"
    DOUBLED = "doubled"
    SUPERFLUOUS = "superfluous"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class SingleEdit:
    """The one slip by which a typed word differs from the right one."""

    kind: EditKind
    offset: int
    """Where it is in the typed word."""


def single_edit(typed: str, right: str) -> SingleEdit | None:
    """Return the slip that makes ``typed`` of ``right``; None if they are equal or differ by more."""
    if typed == right or abs(len(typed) - len(right)) > 1:
        return None
    offset = 0
    while offset < min(len(typed), len(right)) and typed[offset] == right[offset]:
        offset += 1
    rest, expected = typed[offset:], right[offset:]
    if len(typed) < len(right):
        return SingleEdit(EditKind.MISSING, offset) if rest == expected[1:] else None
    if len(typed) > len(right):
        if rest[1:] != expected:
            return None
        is_doubled = offset > 0 and typed[offset] == typed[offset - 1]
        return SingleEdit(EditKind.DOUBLED if is_doubled else EditKind.SUPERFLUOUS, offset)
    if rest[1:] == expected[1:]:
        return SingleEdit(EditKind.REPLACED, offset)
    if rest[:2] == expected[1::-1] and rest[2:] == expected[2:]:
        return SingleEdit(EditKind.SWAPPED, offset)
    return None


def is_confusable(typed: str, right: str) -> bool:
    """Tell whether the character ``typed`` is written for ``right`` by mistake: of like sound or shape."""
    return any(other == right for other, _ in confusable_characters().of(typed))


def is_homophone(typed: str, right: str) -> bool:
    """Tell whether the characters ``typed`` and ``right`` have a reading in common."""
    return (right, SAME_SOUND) in confusable_characters().of(typed)


def is_han(character: str) -> bool:
    """Tell whether ``character`` is a common Chinese character."""
    return "一" <= character <= "鿿"
