"""The numbers 1, 1.1, 1.1.1 before the headings of emergency plans and technical documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.check.passages import Passage
from liulin_gazette.model.blocks import Heading

_NUMBER = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})(?:[ 　]+|(?=[一-鿿“《]))[^\d ]")
_CHAPTER = re.compile(r"(?P<label>\d{1,2})[ 　]+[一-鿿“《]")
MAX_TITLE = 40
"""A longer paragraph that begins with such a number is no title."""


@dataclass(frozen=True, slots=True)
class DecimalNumber:
    """A passage that begins with a decimal number."""

    passage: Passage
    label: str
    """As written: ``2.1.3``."""
    path: tuple[int, ...]
    """Its numbers: 2, 1, 3."""


def decimal_numbers(passages: Iterable[Passage]) -> Iterator[DecimalNumber]:
    """Yield the titles among ``passages`` that begin with a decimal number; none if only paragraphs do.

    Paragraphs that are short enough are titles as well, since not everyone marks all of them as headings.
    """
    found = [number for passage in passages if (number := _decimal_number(passage))]
    if any(len(number.path) > 1 and isinstance(number.passage.block, Heading) for number in found):
        yield from found


def _decimal_number(passage: Passage) -> DecimalNumber | None:
    is_heading = passage.kind == "heading"
    if not is_heading and (passage.kind != "text" or len(passage.text) > MAX_TITLE or "。" in passage.text):
        return None
    match = _NUMBER.match(passage.text) or (_CHAPTER.match(passage.text) if is_heading else None)
    if match is None:
        return None
    return DecimalNumber(passage, match["label"], tuple(map(int, match["label"].split("."))))


def breaks(numbers: Iterable[DecimalNumber]) -> Iterator[tuple[DecimalNumber, str]]:
    """Yield each heading whose number does not follow the one before, with the number that it should have.

    Numbers may begin anew at 1 or 1.1, in an annex. A paragraph whose number does not follow begins with a figure.
    """
    last: tuple[int, ...] = ()
    for number in numbers:
        is_first = not last or set(number.path) == {1}
        follows = set(number.path[1:]) <= {1} if is_first else _follows(number.path, last)
        if not follows and isinstance(number.passage.block, Heading):
            yield number, ".".join(map(str, _expected(len(number.path), last)))
        if follows or isinstance(number.passage.block, Heading):
            last = number.path


def _follows(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Tell whether ``path`` is the next number after ``last``, on the same level, a higher one or below it."""
    if path[: len(last)] == last:
        return len(path) > len(last) and set(path[len(last) :]) == {1}
    same = next((index for index, (a, b) in enumerate(zip(path, last, strict=False)) if a != b), 0)
    return len(path) > same and path[same] == last[same] + 1 and set(path[same + 1 :]) <= {1}


def _expected(length: int, last: tuple[int, ...]) -> tuple[int, ...]:
    """Return the next number after ``last`` that has ``length`` numbers."""
    if length > len(last):
        return last + (1,) * (length - len(last))
    return (*last[: length - 1], last[length - 1] + 1)
