"""What is on a page of a PDF: characters with their places, ruled lines and pictures. All lengths are in pt.

The coordinates are those of a reader who holds the page so that most of its text is upright; the origin is the lower
left corner.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it stands on the page."""

    text: str
    """One character; two for a ligature such as ﬁ."""
    left: float
    right: float
    """Where the next character would begin."""
    baseline: float
    size: float
    index: int
    """Position in the file's own order."""
    content: int = -1
    """Number of the marked content (MCID) that the character belongs to; later that of its tagged block. -1: none."""
    doubt: str = ""
    """Why it may be another character, in Chinese: text recognition was not sure."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Width in pt."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in pt."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical ruled line."""

    place: float
    """Height above the foot of the page of a horizontal line, distance from the left of a vertical one."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Unseen:
    """Characters that are in the file, but not part of the text that a reader sees."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageText:
    """A page of a PDF."""

    number: int
    """From 1."""
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    """In the file's own order."""
    turned: tuple[Glyph, ...] = ()
    """Characters that stand at a right angle to the rest of the page, in the file's own order."""
    unseen: tuple[Unseen, ...] = ()
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()
    pictures: tuple[Box, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    """Radicals and compatibility forms with the plain characters that they were replaced by."""
    is_tagged: bool = False
    """Whether the file tells which characters form a paragraph."""
    is_recognised: bool = False
    """Whether the text is the invisible layer of a scan."""
