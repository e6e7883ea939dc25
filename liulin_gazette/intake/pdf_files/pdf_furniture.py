"""What a PDF repeats on each page, and its page numbers: whole lines in the margins, never words of the text."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.intake.line_kinds import ANNEX, begins_paragraph, without_spaces
from liulin_gazette.intake.pdf_files.pdf_characters import MARGIN
from liulin_gazette.intake.pdf_files.pdf_lines import TextLine

_MAX_SIZE = 1.1
"""Size of a running head at most, as a share of the text's; larger lines are titles of forms."""
_SAME_HEIGHT = 5.0
"""Difference in pt between the heights of a line that is the same one on several pages."""
_MIN_PAGES = 3
"""Pages that have a running head; two are enough in a file of a few pages."""
_FEW_PAGES = 5
_MOST_PAGES = 0.4
"""Share of the pages that have a running head, unless white divides it from the text; odd and even ones may differ."""
_APART = 1.15
"""How much farther from the text than its lines from each other a line stands that is apart, as a factor."""
_DASHES = r"[—\-–―－─~～·•.]*"
_NUMBER = r"(?P<number>\d{1,4})"
_FOLIO = re.compile(
    rf"{_DASHES}(?:{_NUMBER}|第{_NUMBER.replace('number', 'second')}页"
    rf"|[Pp]age{_NUMBER.replace('number', 'third')}){_DASHES}"
    r"(?:(?:[/／，,；;|]|of|共)*共?\d{1,4}页?)?"
)
_TOTAL_FIRST = re.compile(r"共\d{1,4}页[，,、/]?第(?P<number>\d{1,4})页")
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")
"""The address that a browser prints below a page."""
_PRINTED = re.compile(
    r"\d{4}/\d{1,2}/\d{1,2}[ ,，]+(?:上午|下午)?\d{1,2}:\d{2}(?:\s[^。；！？]*[^。；！？，：])?"
)
"""When a browser printed a page, and the title of the page. An entry of a chronicle may have the same form."""
_OF_GAZETTE = re.compile(r"[一-鿿]{2,24}公报(?:\d{4}[年·.．]第?\d{1,2}(?:期|$)|第\d{1,3}期)")
"""The running head of a gazette, which one page has as well as several: 某某县人民政府公报　2026·5."""
_SIGNED = re.compile(r"[—\-–―－─~～]\d|第|页|[Pp]age")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page, from the top; lengths are in pt."""

    number: int
    """From 1."""
    width: float
    height: float
    lines: tuple[TextLine, ...]
    is_tagged: bool = False
    """Whether each line of the text is in a tagged block."""


def furniture(pages: Sequence[PageLines]) -> dict[int, frozenset[int]]:
    """Return, by the number of the page, which of its lines (from 0) are running heads and page numbers."""
    sizes = [line.size for page in pages for line in page.lines if line.grid is None]
    counts = _repeated(pages, statistics.median(sizes) if sizes else 0.0)
    offsets = _folio_offsets(pages)
    printed = _of_browser(pages)
    found: dict[int, frozenset[int]] = {}
    for page in pages:
        pitch = _pitch(page)
        indexes: set[int] = set()
        for edge in (_at_head(page), _at_foot(page)):
            for index in edge:
                apart = _stands_apart(page, index, pitch)
                is_untagged = page.is_tagged and all(piece.block < 0 for piece in page.lines[index].pieces)
                if not (
                    is_untagged
                    or _recurs(page.lines[index], counts, len(pages), apart)
                    or _is_folio(page, index, offsets, apart)
                    or (apart and page.lines[index].text.strip() in printed)
                    or (apart and _OF_GAZETTE.search(without_spaces(page.lines[index].text)))
                ):
                    break
                indexes.add(index)
        found[page.number] = frozenset(indexes)
    return found


def _of_browser(pages: Sequence[PageLines]) -> frozenset[str]:
    """Return the lines that a browser printed: addresses, and a time that two pages have or that an address is with."""
    times: Counter[str] = Counter()
    addresses: set[str] = set()
    for page in pages:
        edges = {page.lines[index].text.strip() for index in (*_at_head(page), *_at_foot(page))}
        times.update(text for text in edges if _PRINTED.fullmatch(text))
        addresses.update(text for text in edges if _ADDRESS.fullmatch(text))
    is_one = len(times) == 1
    return frozenset(
        [*addresses, *(text for text, count in times.items() if count > 1 or (addresses and is_one))]
    )


def _at_head(page: PageLines) -> list[int]:
    """Return the indexes of the lines at the head of ``page``, from its edge."""
    limit = page.height * (1 - MARGIN)
    return [index for index, line in enumerate(page.lines) if line.baseline > limit and line.grid is None]


def _at_foot(page: PageLines) -> list[int]:
    """Return the indexes of the lines at the foot of ``page``, from its edge."""
    limit = page.height * MARGIN
    indexes = [index for index, line in enumerate(page.lines) if line.baseline < limit and line.grid is None]
    return indexes[::-1]


def _comparable(text: str) -> str:
    """Return ``text`` without white space, and with each number as 0; empty if it has no words."""
    bare = re.sub(r"\d+", "0", without_spaces(text))
    return bare if re.search(r"[^\W\d_]", bare) else ""


def _keys(line: TextLine) -> list[tuple[str, int]]:
    """Return what is the same for the same line on another page: its words and its height, rounded both ways."""
    words = _comparable(line.text)
    height = line.baseline / (2 * _SAME_HEIGHT)
    return [(words, int(height)), (words, int(height + 0.5) + 100_000)] if words else []


def _repeated(pages: Sequence[PageLines], usual: float) -> Counter[tuple[str, int]]:
    """Return how often each line recurs at the edges of pages, in type no larger than the ``usual`` one of the text."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update(
            {
                key
                for index in (*_at_head(page), *_at_foot(page))
                if (line := page.lines[index]).size <= _MAX_SIZE * usual
                for key in _keys(line)
            }
        )
    return counts


def _recurs(line: TextLine, counts: Counter[tuple[str, int]], pages: int, stands_apart: bool) -> bool:
    """Tell whether ``line`` is a running head: on several pages at one height, and no label or heading."""
    if ANNEX.match(line.text) or begins_paragraph(line.text):
        return False
    count = max((counts[key] for key in _keys(line)), default=0)
    enough = 2 if pages <= _FEW_PAGES else _MIN_PAGES
    return count >= enough and (stands_apart or count >= _MOST_PAGES * pages)


def folio(text: str) -> int | None:
    """Return the page number that the line ``text`` consists of; None if it is no page number."""
    text = without_spaces(text)
    match = _TOTAL_FIRST.fullmatch(text) or _FOLIO.fullmatch(text)
    return next((int(group) for group in match.groups() if group), None) if match else None


def _folio_offsets(pages: Sequence[PageLines]) -> frozenset[int]:
    """Return by how much printed page numbers exceed the numbers of pages, where two pages agree on it."""
    counts: Counter[int] = Counter()
    for page in pages:
        numbers = {folio(page.lines[index].text) for index in (*_at_head(page)[:2], *_at_foot(page)[:2])}
        counts.update(number - page.number for number in numbers if number is not None)
    return frozenset(offset for offset, count in counts.items() if count >= 2)


def _is_folio(page: PageLines, index: int, offsets: frozenset[int], stands_apart: bool) -> bool:
    """Tell whether the line is a page number: it counts on with those of other pages, or stands apart in dashes."""
    line = page.lines[index]
    number = folio(line.text)
    if number is None:
        return False
    is_marked = bool(_SIGNED.search(without_spaces(line.text)))
    return number - page.number in offsets or (stands_apart and (is_marked or number == page.number))


def _pitch(page: PageLines) -> float:
    """Return the usual distance between the baselines of the lines of ``page``; 0 for fewer than three lines."""
    gaps = [above.baseline - below.baseline for above, below in zip(page.lines, page.lines[1:], strict=False)]
    return statistics.median(gaps) if len(gaps) > 1 else 0.0


def _stands_apart(page: PageLines, index: int, pitch: float) -> bool:
    """Tell whether more white is between the line and the text than between lines of the text."""
    line = page.lines[index]
    neighbour = index - 1 if line.baseline < page.height / 2 else index + 1
    if not 0 <= neighbour < len(page.lines):
        return True
    gap = abs(page.lines[neighbour].baseline - line.baseline)
    return gap > (_APART * pitch if pitch else 1.5 * line.size)
