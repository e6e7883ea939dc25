"""Lines of a paragraph, chosen all together so that their gaps are small (Knuth and Plass 1981).

A paragraph is a row of items (characters and inline objects) with their advances. What a line can give and take:

- to become narrower (clreq §3.5.3, JLReq §3.8.3): tiers, one after the other, see TIERS. A mark at the end of a line
  takes half an em there, an opening one at the start of a line too (clreq §3.1.6.3);
- to become wider (clreq §3.5.4, JLReq §3.8.4): gaps beside Latin and spaces between words four times as much as the gaps
  between ideographs, up to a quarter of an em, and those beside marks twice as much, up to an eighth; then those
  between ideographs alone. clreq opens those beside Latin first and then all others alike; opened together, none of
  them is seen.

All lengths are in one unit, px for the typesetter.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from liulin_gazette.pdf.composition.chinese_breaks import CLOSING, OPENING
from liulin_gazette.pdf.composition.paragraph_items import FORCED, TIERS, Paragraph, has_leading_half

MAX_GAP = 0.15
"""em: the widest gap between two ideographs; a line that would need wider ones stays short."""
VISIBLE_GAP = 0.06
"""em: a gap that a reader notices."""
MAX_LOOSE = 0.25
"""em: the widest gap between Chinese and Latin or digits, and by how much a space between words grows."""
MAX_BESIDE_MARK = 0.12
"""em: the widest gap beside the empty half of a mark."""
TOLERANCE = 0.02
"""em by which a line may be too wide: less than the eye sees, more than the measuring of preferred widths differs."""
LOOSE_WEIGHT, MARK_WEIGHT = 4, 2
"""How much wider than the gaps between ideographs those become."""
LONE = 2e5
"""Cost of a last line of one character: more than a line that stays short."""
SHORT_LAST = 20.0
"""Cost of a last line of two characters."""
_LINE, _LINE_RAGGED = 6.0, 1000.0
"""Cost of each line: what a paragraph that is one line longer must gain by it."""
_WIDEN, _VISIBLE, _SQUEEZE = 20.0, 1000.0, 40.0
"""Cost of a line with gaps of VISIBLE_GAP, of gaps that are wider, and of marks that give all they have."""
_TORN, _SHORT, _SHORT_HEADING, _OVERFULL = 1e6, 1e5, 200.0, 1e8
"""Cost of a word parted, of lines none of which has to stay short, at most, of a line of a heading that does, and of one that is too wide."""
_SHORT_LEAST, _SHORT_GROWTH, _SHORT_MOST = 2e4, 3e3, 4.8e5
"""Cost of a line that stays short, what it grows by with the square of the em that it lacks, and the most of it: rather two
lines that lack some than one that lacks most of its length, but no number without its unit."""
_SOLE = 0.5
"""The part of what its marks have that the only line of a text gives where lines are not justified."""
_LOOSEST = 0.35
"""More than the part of its measure that a line can ever take."""
_NEVER = math.inf
_VANISHING = " \n"
"""Characters that vanish at the end of a line."""


class Setting(Enum):
    """How the lines of a paragraph are set."""

    TEXT = "text"
    """Justified."""
    HEADING = "heading"
    """Justified, but a line stays short rather than be opened so that a reader notices."""
    RAGGED = "ragged"
    """Not justified: as few lines as possible, of even length. Marks are squeezed only where the whole is one line then."""


_MOST = {Setting.TEXT: MAX_GAP, Setting.HEADING: VISIBLE_GAP, Setting.RAGGED: 0.0}
"""em: the widest gap between two ideographs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: the items from ``start`` to ``end``; the next line begins with ``resume``."""

    start: int
    end: int
    resume: int
    lead: float
    """By how much the first item is moved to the left of the edge."""
    gaps: tuple[float, ...]
    """What each gap after an item of the line takes (or gives, if negative)."""
    hang: float
    """By how much the last item stands beyond the width of the line."""
    is_forced: bool
    """Whether the line ends with a forced break."""


def compose(
    paragraph: Paragraph, start: int, first: float, rest: float, setting: Setting
) -> tuple[Line, ...]:
    """Return the lines from the item ``start`` on; ``first`` is the measure of the first line, ``rest`` of the others."""
    lines: list[Line] = []
    count = len(paragraph.items)
    forced = [index for index in range(start + 1, count) if paragraph.costs[index] == FORCED]
    measure = first
    for begin, end in pairwise((start, *forced, count)):
        breaks, cost = _search(paragraph, begin, end, (measure, rest), setting, False)
        if cost >= _SHORT:
            breaks, _ = _search(paragraph, begin, end, (measure, rest), setting, True)
        for line_start, resume in pairwise(breaks):
            width = measure if line_start == begin else rest
            lines.append(_adjusted(paragraph, line_start, resume, width, setting, resume == end))
        measure = rest
    return tuple(lines)


def _search(
    paragraph: Paragraph,
    begin: int,
    end: int,
    measures: tuple[float, float],
    setting: Setting,
    is_emergency: bool,
) -> tuple[list[int], float]:
    """Return where the lines of a stretch without forced breaks begin, with its end, and what they cost.

    The cost is infinite if there are no such lines. ``measures`` are those of the first line and of the others. An emergency always finds lines: some stay short, words
    are parted where that is allowed, and what cannot be parted is too wide.
    """
    em, totals = paragraph.em, paragraph.total_shrinks
    is_justified = setting is not Setting.RAGGED
    short_cost = _SHORT_HEADING if setting is Setting.HEADING else _SHORT_LEAST if is_emergency else _NEVER
    points, penalties = _break_points(paragraph, begin, end, is_emergency)
    lefts = [paragraph.widths[point] + paragraph.start_trims[point] for point in points[:-1]]
    lone, brief = _last_characters(paragraph, begin, end, setting)
    tolerance = TOLERANCE * em
    beyond = max(0.0, measures[0] - measures[1]) + 2 * em
    shortest = min(measures) * (1 - _LOOSEST)
    best = [0.0]
    previous = [0]
    for here in range(1, len(points)):
        is_last = here == len(points) - 1
        last = _visible_end(paragraph, begin, points[here]) - 1
        end_trim = paragraph.end_trims[last]
        right = paragraph.widths[last + 1] - (0.0 if is_last else end_trim)
        least, least_from = _NEVER, 0
        nearest = here - 1
        if is_justified and not is_last and not is_emergency:
            nearest = bisect_right(lefts, right - shortest, hi=here) - 1
        for there in range(nearest, -1, -1):
            point = points[there]
            slack = measures[there > 0] - right + lefts[there]
            if slack < -tolerance:
                given = totals[max(point, last)] - totals[point]
                if not is_justified:
                    given *= _SOLE if is_last and not there else 0.0
                given += end_trim if is_last else 0.0
                if -slack <= given + tolerance:
                    cost = _SQUEEZE * (slack / max(given, tolerance)) ** 2
                elif is_emergency and there == here - 1:
                    cost = _OVERFULL
                elif -slack > given + beyond:
                    break
                else:
                    continue
            elif is_last:
                cost = 0.0
            elif is_justified:
                cost = _stretch_cost(paragraph, point, last, slack, _MOST[setting], short_cost)
            else:
                cost = (slack / em) ** 2
            if is_last and there:
                cost += LONE if point >= lone else SHORT_LAST if point >= brief else 0.0
            cost += best[there]
            if cost < least:
                least, least_from = cost, there
        best.append(least + penalties[here] + (_LINE if is_justified else _LINE_RAGGED))
        previous.append(least_from)
    return _line_starts(points, previous), best[-1]


def _line_starts(points: list[int], previous: list[int]) -> list[int]:
    """Return the break points of the lines that end with the last of ``points``, the first and the last included.

    ``previous`` has for each point the number of the one at which the line before it begins.
    """
    breaks: list[int] = []
    here = len(points) - 1
    while here:
        breaks.append(points[here])
        here = previous[here]
    return [points[0], *reversed(breaks)]


def _break_points(
    paragraph: Paragraph, begin: int, end: int, is_emergency: bool
) -> tuple[list[int], list[float]]:
    """Return the indexes before which a line may break, with both ends of the stretch, and what each costs."""
    points, penalties = [begin], [0.0]
    for index in range(begin + 1, end):
        cost = paragraph.costs[index]
        if cost is None and is_emergency and paragraph.emergency[index]:
            cost = _TORN
        if cost is not None:
            points.append(index)
            penalties.append(cost)
    return [*points, end], [*penalties, 0.0]


def _visible_end(paragraph: Paragraph, begin: int, end: int) -> int:
    """Return the end of a line without the spaces that vanish there."""
    while end > begin + 1 and paragraph.items[end - 1].text in _VANISHING:
        end -= 1
    return end


def _last_characters(paragraph: Paragraph, begin: int, end: int, setting: Setting) -> tuple[int, int]:
    """Return from where on a last line has one character (marks not counted), and two.

    Below the head of a column, （元） is a line of its own.
    """
    last = _visible_end(paragraph, begin, end) - 1
    while last > begin and paragraph.items[last].text in CLOSING:
        last -= 1
    is_bracketed = last > begin and paragraph.items[last - 1].text in OPENING
    return last, last if setting is Setting.RAGGED and is_bracketed else last - 1


def _stretch_cost(
    paragraph: Paragraph, start: int, last: int, slack: float, most: float, short_cost: float
) -> float:
    """Return the cost of a line from ``start`` to ``last`` that must become wider by ``slack``.

    ``most`` is the widest gap in em, and ``short_cost`` the cost of a line that would need wider ones.
    """
    em = paragraph.em
    gap = _widening(paragraph, start, last, slack)[0] / em
    if gap <= most:
        return _WIDEN * (gap / VISIBLE_GAP) ** 4 + (_VISIBLE if gap > VISIBLE_GAP else 0.0)
    if short_cost == _SHORT_LEAST:
        return min(_SHORT_LEAST + _SHORT_GROWTH * (slack / em) ** 2, _SHORT_MOST)
    return short_cost + _WIDEN * (slack / em) ** 2


def _widening(paragraph: Paragraph, start: int, last: int, slack: float) -> tuple[float, float, float]:
    """Return by how much the gaps of each kind grow so that a line takes ``slack``."""
    em = paragraph.em
    han = paragraph.han[last] - paragraph.han[start]
    loose = paragraph.loose[last] - paragraph.loose[start]
    marks = paragraph.marks[last] - paragraph.marks[start]
    weight = han + LOOSE_WEIGHT * loose + MARK_WEIGHT * marks
    gap = slack / weight if weight else math.inf
    if MARK_WEIGHT * gap > MAX_BESIDE_MARK * em:
        slack -= MAX_BESIDE_MARK * em * marks
        weight = han + LOOSE_WEIGHT * loose
        gap = slack / weight if weight else math.inf
        if LOOSE_WEIGHT * gap > MAX_LOOSE * em:
            gap = (slack - MAX_LOOSE * em * loose) / han if han else math.inf
    return gap, min(LOOSE_WEIGHT * gap, MAX_LOOSE * em), min(MARK_WEIGHT * gap, MAX_BESIDE_MARK * em)


def _adjusted(
    paragraph: Paragraph, start: int, resume: int, measure: float, setting: Setting, is_last: bool
) -> Line:
    end = _visible_end(paragraph, start, resume)
    first = paragraph.items[start]
    trim = paragraph.start_trims[start]
    slack = measure - (paragraph.widths[end] - paragraph.widths[start] - trim)
    hang = paragraph.end_trims[end - 1] if not is_last or slack < 0 else 0.0
    slack += hang
    gaps = [0.0] * (end - start)
    is_justified = setting is not Setting.RAGGED
    if slack < (0.0 if is_justified else -TOLERANCE * paragraph.em):
        _squeeze(paragraph, start, gaps, -slack)
    elif is_justified and not is_last:
        han, loose, marks = _widening(paragraph, start, end - 1, slack)
        most = _MOST[setting] * paragraph.em
        if han > most:
            opened = paragraph.han[end - 1] - paragraph.han[start]
            is_nearly_flush = opened and (han - most) * opened < paragraph.em
            han, loose, marks = (most, loose, marks) if is_nearly_flush else (0.0, 0.0, 0.0)
        by_kind = (0.0, han, loose, marks)
        gaps[:-1] = [by_kind[kind] for kind in paragraph.kinds[start : end - 1]]
    is_inside = start > 0 and paragraph.costs[start] != FORCED
    lead = trim + first.alone - first.width if is_inside and has_leading_half(first) else 0.0
    is_forced = is_last and resume < len(paragraph.items)
    return Line(start, end, resume, lead, tuple(gaps), hang, is_forced)


def _squeeze(paragraph: Paragraph, start: int, gaps: list[float], excess: float) -> None:
    """Make ``gaps`` narrower by ``excess``, one tier after the other."""
    inner = paragraph.shrinks[start : start + len(gaps) - 1]
    for tier in range(TIERS):
        given = sum(shrinks[tier] for shrinks in inner)
        taken = min(excess, given)
        if taken > 0:
            for index, shrinks in enumerate(inner):
                gaps[index] -= shrinks[tier] * taken / given
            excess -= taken
