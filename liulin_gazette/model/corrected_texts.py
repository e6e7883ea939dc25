"""The paragraphs of a document that errata (勘误) correct, as printed and as corrected: nothing is changed that no erratum states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from liulin_gazette.model.corrected_places import certain_anchors, words_in
from liulin_gazette.model.document import FullText
from liulin_gazette.model.published_texts import PublishedText


@dataclass(frozen=True, slots=True)
class Correction:
    """Words of a document that are wrong, what they should be, and where, as an erratum states it."""

    where: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """A paragraph, a cell or a title."""

    anchor: str
    printed: str
    corrected: str


def corrected_texts(
    document: FullText, corrections: Sequence[Correction], pages: Mapping[str, int] | None
) -> tuple[CorrectedText, ...]:
    """Return the texts of ``document`` with certain ``corrections``; ``pages`` has the printed page of each anchor.

    Left out are texts in which two corrections are about the same characters: what is meant then is not certain.
    """
    by_place: dict[tuple[object, ...], tuple[PublishedText, list[Correction]]] = {}
    for each in dict.fromkeys(corrections):
        if not certain_anchors(document, each.wrong, each.where, pages):
            continue
        for text in words_in(document, each.wrong, each.where, pages):
            _, own = by_place.setdefault((text.line, text.column, text.field, text.role), (text, []))
            if each not in own:
                own.append(each)
    return tuple(_corrected(by_place.values()))


def _corrected(texts: Iterable[tuple[PublishedText, Sequence[Correction]]]) -> Iterator[CorrectedText]:
    for text, corrections in texts:
        if text.block is None:
            continue
        spans = sorted(
            (match.start(), match.end(), each.right)
            for each in corrections
            for match in re.finditer(re.escape(each.wrong), text.shown)
        )
        if any(start < end for (_, end, _), (start, _, _) in pairwise(spans)):
            continue
        corrected, done = "", 0
        for start, end, right in spans:
            corrected += text.shown[done:start] + right
            done = end
        yield CorrectedText(text.anchor, text.shown, corrected + text.shown[done:])
