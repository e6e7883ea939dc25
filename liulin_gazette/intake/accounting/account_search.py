"""What an account has found so far: the passages of a manuscript, the letters of its drafts, and the differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from liulin_gazette.intake.account import EXTRA, MISSING, MOVED, Difference, SourceText
from liulin_gazette.intake.accounting.account_pools import LeftOut, bare, shown
from liulin_gazette.intake.accounting.draft_texts import DraftText


@dataclass(slots=True, eq=False)
class Passage:
    """A passage of the manuscript while it is looked for."""

    source: SourceText
    letters: str
    """Its letters that are still looked for."""
    exact: str
    has_label: bool = False
    """Whether an automatic number may stand before it."""
    is_left_out: bool = False
    """Whether it was told as left out together with its neighbours."""
    at: int = -1
    """Where it stands among the letters of the drafts; -1 where it was not found as a whole."""


def passage_of(source: SourceText) -> Passage:
    """Return the passage ``source``, of which nothing has been found."""
    return Passage(source, bare(source.text), shown(source.text))


@dataclass(slots=True)
class Search:
    """What has been found so far."""

    drafts: str
    """The letters of all drafts."""
    owners: list[tuple[DraftText, int]]
    """The text that each letter of the drafts belongs to, and its place in it."""
    left_out: LeftOut
    differences: list[Difference] = field(default_factory=list[Difference])
    shown_by_fields: str = ""
    """Characters of the drafts for automatic numbers and fields, which a manuscript shows and does not have."""
    unplaced: list[tuple[Passage, str, int]] = field(default_factory=list[tuple[Passage, str, int]])
    """Letters of pieces that were not found at their place, and where that is."""
    unclaimed: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Ranges of letters of the drafts in which pieces were looked for, and that none of them has."""

    def tell_missing(self, letters: str, source: SourceText, at: int) -> None:
        """Tell of ``letters`` of the passage ``source`` that were not left out; they belong before ``at``."""
        rest = self.left_out.take(letters, source.place)
        if not rest:
            return
        moved = next((each for each in self.differences if each.kind == EXTRA and each.text == rest), None)
        if moved is not None:
            self.differences.remove(moved)
            self.differences.append(Difference(MOVED, rest, source.place, moved.draft, moved.line))
        else:
            text = shown(source.text) if rest == bare(source.text) else rest
            self.differences.append(Difference(MISSING, text, source.place, *self.place_before(at)))

    def tell_extra(self, start: int, end: int) -> None:
        """Tell of the letters of the drafts from ``start`` to ``end``, which the manuscript does not have there."""
        letters = self.drafts[start:end]
        moved = next(
            (each for each in self.differences if each.kind == MISSING and bare(each.text) == letters), None
        )
        owner = self.owners[start][0]
        if moved is not None:
            self.differences.remove(moved)
            self.differences.append(Difference(MOVED, letters, moved.place, owner.draft, owner.line))
        else:
            self.differences.append(Difference(EXTRA, letters, "", owner.draft, owner.line))

    def place_before(self, at: int) -> tuple[int, int]:
        """Return the draft and the line of the letter before ``at``."""
        owner = self.owners[min(at, len(self.owners)) - 1][0] if at and self.owners else None
        return (owner.draft, owner.line) if owner else (0, 0)

    def with_signs(self, start: int, end: int) -> str:
        """Return the letters of the drafts from ``start`` to ``end`` with the signs after each, and before a text's first."""
        characters = ""
        for text, at in self.owners[start:end]:
            following = text.places[at + 1] if at + 1 < len(text.places) else len(text.exact)
            characters += text.exact[text.places[at] if at else 0 : following]
        return characters


def place_within(
    passages: Sequence[Passage], places: Sequence[Passage], source: int, draft: int, size: int
) -> None:
    """Note where those of ``passages`` stand in the drafts that are whole in a stretch of ``size`` equal letters."""
    starts: dict[int, int] = {}
    for index, passage in enumerate(places):
        starts.setdefault(id(passage), index)
    for passage in passages:
        first = starts.get(id(passage), -1)
        if passage.letters and source <= first and first + len(passage.letters) <= source + size:
            passage.at = draft + first - source
