"""The places of a document at which reviewers comment, and where a comment belongs after the text has changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.model.blocks import anchor_of
from liulin_gazette.model.document import FullText
from liulin_gazette.model.place_names import Places
from liulin_gazette.model.published_texts import UNOFFICIAL, published_texts
from liulin_gazette.model.reviewing import MOST_QUOTED, ReviewComment, plain_words

WHOLE = "全文"
CHANGED = "原文已改"
_SHORT = 24
"""Characters of a paragraph by which a list names it."""
TELLING = 20
"""Characters of the words that tell one paragraph from others: longer than the name of an office."""
LIKE = 0.5
"""Share of the pairs of characters of the words that a text must have to be like them."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CommentedPlace:
    """A part of a document that a comment can be about: all of it, or one of its blocks."""

    name: str
    """Of its element on the page, without ``#``; empty for the whole document."""
    label: str
    """What a list calls it: 第三条, 第 5 段, 全文."""
    text: str
    line: int
    """In the source file; 0 for the whole document."""

    @property
    def beginning(self) -> str:
        """The first words of its text."""
        return self.text if len(self.text) <= _SHORT else f"{self.text[:_SHORT]}……"


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment with the place where its words are now."""

    comment: ReviewComment
    place: CommentedPlace | None
    """None where neither the words nor the paragraph are there any more."""
    is_changed: bool
    """Whether the words that it is about are no longer there: 原文已改."""


def commented_places(document: FullText, names: Places) -> tuple[CommentedPlace, ...]:
    """Return the places of ``document`` in reading order, the whole document first; ``names`` are those of its page."""
    return (CommentedPlace("", WHOLE, document.title, 0), *_blocks(document, names))


def _blocks(document: FullText, names: Places) -> Iterator[CommentedPlace]:
    texts: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for each in published_texts(document):
        if each.block is None or each.role in UNOFFICIAL:
            continue
        anchor = anchor_of(each.block)
        if anchor in names:
            texts.setdefault(anchor, []).append(each.shown)
            lines.setdefault(anchor, each.line)
    for number, (anchor, parts) in enumerate(texts.items(), 1):
        label = names[anchor].citation or f"第 {number} 段"
        yield CommentedPlace(names[anchor].name, label, plain_words(" ".join(parts)), lines[anchor])


def quoted_words(place: CommentedPlace, chosen: str) -> str:
    """Return the words of ``place`` that a comment is kept with: those ``chosen`` if it has them, else its beginning."""
    if not place.name:
        return ""
    words = plain_words(chosen)[:MOST_QUOTED]
    return words if words and _bare(words) in _bare(place.text) else place.text[:MOST_QUOTED]


def placed_comments(
    comments: Iterable[ReviewComment], places: Sequence[CommentedPlace]
) -> tuple[PlacedComment, ...]:
    """Return ``comments``, each with the one of ``places`` that has its words now: first the one it was written at.

    Another place has its words only where no third one has them, and where they are all of its text or at least
    ``TELLING`` characters: the name of an office occurs in many paragraphs. Otherwise the words are gone. A comment with
    few words then stays where it was written. One with many, or whose place is gone too, goes to the place whose
    text is most like them, if any is.
    """
    bare = [_bare(place.text) for place in places]
    pairs = [_pairs(text) for text in bare]
    return tuple(_placed(comment, places, bare, pairs) for comment in comments)


def _placed(
    comment: ReviewComment,
    places: Sequence[CommentedPlace],
    bare: Sequence[str],
    pairs: Sequence[frozenset[str]],
) -> PlacedComment:
    if not comment.place:
        return PlacedComment(comment, places[0] if places else None, False)
    quoted = _bare(comment.quoted)
    own = next((index for index, place in enumerate(places) if place.name == comment.place), None)
    if own is not None and quoted and quoted in bare[own]:
        return PlacedComment(comment, places[own], False)
    having = [index for index in range(1, len(places)) if quoted and quoted in bare[index]]
    if len(having) == 1 and (len(quoted) >= TELLING or bare[having[0]] == quoted):
        return PlacedComment(comment, places[having[0]], False)
    if own is not None and len(quoted) < TELLING:
        return PlacedComment(comment, places[own], True)
    order = [*([] if own is None else [own]), *range(1, len(places))]
    wanted = _pairs(quoted)
    likeness = {index: len(wanted & pairs[index]) for index in order}
    likest = max(likeness, key=lambda index: likeness[index], default=None)
    if likest is None or likeness[likest] < LIKE * len(wanted):
        likest = own
    return PlacedComment(comment, None if likest is None else places[likest], True)


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters at the beginning of ``text``."""
    text = text[: 2 * MOST_QUOTED]
    return frozenset(text[index : index + 2] for index in range(len(text) - 1))
