"""What is known of a document while its parts are read, and what each part became."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from liulin_gazette.intake.drafts import Conversion, Head, part_text
from liulin_gazette.intake.manuscript import Part
from liulin_gazette.model.document import Signatory


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of a document after some of its parts have been read."""

    head: Head
    issuers: tuple[str, ...]
    """From the title, or as they are guessed; none if neither the title nor the 版头 nor the signature names one."""
    guess: str = ""
    """Why the issuers may be wrong, in Chinese; empty if they are certain."""
    signatory: Signatory | None = None
    """签署."""
    has_text: bool = False
    """Whether the draft has any Markdown yet."""
    addressees: str = ""
    release: str = ""
    """公开方式."""
    origin: str = ""
    """来源."""
    date: str = ""
    """成文日期 as ``2026-01-12``."""
    is_signed: bool = False
    instrument: str = ""
    """Title of the 印发件 that has begun."""
    is_in_annex: bool = False
    has_contact_title: bool = False
    contact: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields of 政策咨询 by their names in ``CONTACT_KEYS``."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """File names and contents."""
    numbered_levels: Mapping[int, int] = field(default_factory=dict[int, int])
    """Levels of the headings with decimal numbers in their turn, and of 章 and 节, by the indices of their parts."""


@dataclass(frozen=True, slots=True)
class Position:
    """A part among all parts of its document."""

    parts: Sequence[Part]
    index: int

    @property
    def part(self) -> Part:
        """The part itself."""
        return self.parts[self.index]

    @property
    def text(self) -> str:
        """The text of the part, without spaces around it."""
        return part_text(self.part).strip()

    @property
    def previous(self) -> Part | None:
        """The part before it."""
        return self.parts[self.index - 1] if self.index else None

    @property
    def following(self) -> Part | None:
        """The part after it."""
        return self.parts[self.index + 1] if self.index + 1 < len(self.parts) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one part, or several that belong together, became."""

    state: DocumentState
    """The state after them."""
    conversions: tuple[Conversion, ...]
    """One for each part read."""
    markdown: tuple[str, ...] = ()
    """Paragraphs and blocks for the draft."""


Reader = Callable[[DocumentState, Position], Reading | None]


def as_markdown(state: DocumentState, part: Part, markdown: str) -> Reading:
    """Return that ``part`` became ``markdown``."""
    return Reading(state, (Conversion(part.place, part_text(part), markdown),), (markdown,))


def as_front_matter(state: DocumentState, part: Part, key: str) -> Reading:
    """Return that ``part`` became the value of ``key`` in the front matter."""
    return Reading(state, (Conversion(part.place, part_text(part), f"文首·{key}"),))


def left_out(state: DocumentState, part: Part, reason: str) -> Reading:
    """Return that ``part`` was left out, for ``reason``."""
    return Reading(state, (Conversion(part.place, part_text(part), "", reason),))
