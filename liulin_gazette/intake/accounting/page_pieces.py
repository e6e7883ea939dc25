"""The pieces of text on pages: those that were left out, and those that the file has in another order than the draft.

A file with pages keeps its text as it is painted: the lines of a paragraph as pieces, the cells of a table in any order.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from liulin_gazette.intake.account import MOVED, Difference
from liulin_gazette.intake.accounting.account_pools import bare, shown
from liulin_gazette.intake.accounting.account_search import Passage, Search
from liulin_gazette.intake.accounting.draft_texts import Origin
from liulin_gazette.intake.accounting.text_alignment import equal_blocks

MIN_PIECE = 6
"""Letters of a piece whose place among others is compared: shorter ones are cells, numbers, ends of lines."""
_MIN_SPLIT = 2
"""Letters of a part of a long piece that is looked for elsewhere, unless less of it is missing."""
_MIN_KNOWN = 4
"""Letters of a piece that tells where its neighbours belong: a page number stands in a 目录 too."""
_NEAR = 200
"""Letters before the place of a piece from where on it is looked for."""
_TAKEN = "\0"


def take_left_out(
    passages: Iterable[Passage], told: Iterable[tuple[str, str]], drafted: str
) -> tuple[list[str], list[tuple[str, str]]]:
    """Take the pieces out of ``passages`` that were ``told`` as left out, with their places.

    Return the texts that pieces of their page had, and the others. ``drafted`` are the letters of the drafts: of pieces
    that are alike, as a title is and the running head that repeats it, those are left out whose neighbours there are
    not the same.
    """
    pages: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.source.is_piece:
            pages[passage.source.place].append(passage)
    taken: list[str] = []
    untaken: list[tuple[str, str]] = []
    for text, place in told:
        pieces = pages.get(place[: place.find("页") + 1], [])
        runs = list(_runs(pieces, text))
        if runs:
            is_number = bare(text).isdecimal()
            start, end = min(
                runs,
                key=lambda each: (
                    _fit(pieces, *each, drafted) if runs[1:] else 0,
                    _depth(pieces, *each) if is_number else 0,
                ),
            )
            _leave_out(pieces[start:end])
            taken.append(text)
            continue
        words = [(each, bool(pieces) and _take(pieces, each)) for each in text.split()]
        taken += (each for each, is_found in words if is_found)
        is_whole = not any(is_found for _, is_found in words)
        untaken += (
            [(text, place)] if is_whole else [(each, place) for each, is_found in words if not is_found]
        )
    return taken, untaken


def _runs(pieces: Sequence[Passage], text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of neighbours among ``pieces`` that ``text`` consists of."""
    exact = shown(text)
    for start, first in enumerate(pieces):
        words, end = "", start
        while end < len(pieces) and words != exact and exact.startswith(words):
            if pieces[end].is_left_out:
                break
            words += pieces[end].exact
            end += 1
        if words == exact and first.exact:
            yield start, end


def _fit(pieces: Sequence[Passage], start: int, end: int, drafted: str) -> int:
    """Return how many neighbours the pieces from ``start`` to ``end`` have in common with their letters in ``drafted``."""
    letters = "".join(each.letters for each in pieces[start:end])
    before = next((each.letters for each in reversed(pieces[:start]) if len(each.letters) >= _MIN_KNOWN), "")
    after = next((each.letters for each in pieces[end:] if len(each.letters) >= _MIN_KNOWN), "")
    return (bool(before) and before + letters in drafted) + (bool(after) and letters + after in drafted)


def _depth(pieces: Sequence[Passage], start: int, end: int) -> int:
    """Return how far within their page the pieces from ``start`` to ``end`` are: a page number is at its end, a cell is not."""
    return min(start, len(pieces) - end)


def _leave_out(pieces: Iterable[Passage]) -> None:
    for piece in pieces:
        piece.letters, piece.is_left_out = "", True


def _take(pieces: Sequence[Passage], word: str) -> bool:
    """Take ``word`` out of the first of ``pieces`` that is the same, or else that has it; tell whether one has."""
    letters = bare(word)
    free = [piece for piece in pieces if not piece.is_left_out]
    for piece in (each for each in free if each.exact == shown(word)):
        _leave_out([piece])
        return True
    for piece in (each for each in free if len(letters) >= _MIN_SPLIT and letters in each.letters):
        piece.letters = piece.letters.replace(letters, "", 1)
        return True
    return False


def compare_pieces(passages: Sequence[Passage], start: int, end: int, search: Search) -> None:
    """Align the pieces ``passages`` with the letters of the drafts from ``start`` to ``end``.

    What is left on both sides is noted, together with all short pieces, if there is anything left on both.
    """
    letters = "".join(passage.letters for passage in passages)
    places = [passage for passage in passages for _ in passage.letters]
    blocks = equal_blocks([each.letters for each in passages], letters, search.drafts[start:end])
    drafted = {at + step: start + other + step for at, other, size in blocks for step in range(size)}
    unclaimed = set(range(start, end)).difference(drafted.values())
    if unclaimed and len(drafted) < len(letters):
        for at in [at for at in drafted if len(places[at].letters) < MIN_PIECE]:
            unclaimed.add(drafted.pop(at))
    search.unclaimed += _ranges(sorted(unclaimed))
    at = 0
    for passage in passages:
        of_passage = range(at, at + len(passage.letters))
        known = [drafted[each] for each in of_passage if each in drafted]
        if known and len(known) == len(of_passage) == known[-1] - known[0] + 1:
            passage.at = known[0]
        before = next((drafted[each] + 1 for each in reversed(range(at)) if each in drafted), start)
        for first, last in _ranges([each for each in of_passage if each not in drafted]):
            search.unplaced.append((passage, letters[first:last], before))
        at = of_passage.stop


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each row of ``numbers`` that follow one another."""
    for _, group in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        row = [number for _, number in group]
        yield row[0], row[-1] + 1


def settle(search: Search) -> None:
    """Find the letters of pieces that are at another place than theirs; tell of the others, and of long pieces."""
    free = _Free(search)
    left_out = "\n".join(map(bare, search.left_out.used))
    unplaced = sorted(search.unplaced, key=lambda each: -len(each[1]))
    for is_last in (False, True):  # Whole pieces first, so that no part of one is taken for another.
        later: list[tuple[Passage, str, int]] = []
        for passage, letters, at in unplaced:
            is_long = len(passage.letters) >= MIN_PIECE
            shortest = min(_MIN_SPLIT, len(letters)) if is_long else 1
            found, rest, places = free.take(letters, at, shortest if is_last else len(letters))
            is_in_order = not is_long and passage.letters in search.drafts
            # Of words that are printed twice nobody can tell which were left out.
            is_in_order = is_in_order and (
                passage.letters in left_out or all(_is_in_table(search, at, each) for each in places)
            )
            is_in_order = is_in_order or all(_is_left_out(search, each) for each in places)
            if found and not is_in_order:
                place = search.place_before(at)
                search.differences.append(Difference(MOVED, found, passage.source.place, *place))
            if rest:
                later.append((passage, rest, at))
        unplaced = later
    for passage, letters, at in sorted(unplaced, key=lambda each: each[2]):
        search.tell_missing(letters, passage.source, at)
    for start, end in free.ranges():
        search.tell_extra(start, end)


def _is_left_out(search: Search, place: int) -> bool:
    """Tell whether the letter at ``place`` is in a text that was left out, of which the order tells nothing."""
    return search.owners[place][0].origin is Origin.LEFT_OUT


def _is_in_table(search: Search, at: int, place: int) -> bool:
    """Tell whether only cells are between ``at`` and the letter at ``place``, which is in a cell or in the same text."""
    first = search.owners[max(at - 1, 0)][0]
    text = search.owners[place][0]
    start, end = (at, place) if place >= at else (place, at)
    return text is first or (text.is_cell and all(owner.is_cell for owner, _ in search.owners[start:end]))


class _Free:
    """The letters of the drafts that no piece has at its place."""

    def __init__(self, search: Search) -> None:
        letters: list[tuple[str, int]] = [("\n", 0)]
        for start, end in sorted(search.unclaimed):
            for at in range(start, end):
                if search.owners[at][1] == 0 and letters[-1][0] != "\n":
                    letters.append(("\n", at))
                letters.append((search.drafts[at], at))
            letters.append(("\n", end))
        self._letters = "".join(letter for letter, _ in letters)
        self._places = [place for _, place in letters]

    def take(self, letters: str, at: int, shortest: int) -> tuple[str, str, list[int]]:
        """Take the parts of ``letters`` that are free, of at least so many characters.

        Return them, the rest, and where each of the parts begins in the drafts.
        """
        found, rest, position = "", "", 0
        places: list[int] = []
        near = bisect.bisect_left(self._places, at - _NEAR)
        while position < len(letters):
            length = _longest(letters[position:], self._letters)
            if length < shortest:
                rest += letters[position]
                position += 1
                continue
            words = letters[position : position + length]
            start = self._letters.find(f"\n{words}\n") + 1  # A whole cell, if there is one.
            start = start or self._letters.find(words, near)
            start = start if start >= 0 else self._letters.find(words)
            self._letters = self._letters[:start] + _TAKEN * length + self._letters[start + length :]
            found += words
            places.append(self._places[start])
            position += length
        return found, rest, places

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Yield the ranges of letters of the drafts that nobody has taken."""
        for match in re.finditer(f"[^{_TAKEN}\n]+", self._letters):
            yield self._places[match.start()], self._places[match.end() - 1] + 1


def _longest(words: str, text: str) -> int:
    """Return how many characters at the start of ``words`` stand together in ``text``."""
    shortest, longest = 0, len(words)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if words[:middle] in text:
            shortest = middle
        else:
            longest = middle - 1
    return shortest
