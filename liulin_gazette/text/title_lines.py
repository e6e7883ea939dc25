"""Break a title into lines where the sense allows (GB/T 9704-2012 §7.3.1: 词意完整，排列对称，长短适宜)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from liulin_gazette.text.display_lines import em_width
from liulin_gazette.text.title_breaks import break_costs
from liulin_gazette.text.whole_names import name_spans

MEASURE = 21
"""em in one line of a document title at 21.5 pt across the A4 type area."""
INSTRUMENT_MEASURE = 24
"""em in one line of an enclosed instrument's title at 18 pt."""
MAX_ISSUER_LINES = 3
MAX_BALANCED = 300
"""A longer title is cut at the measure without a search for good breaks; no official title is as long."""
_SHORTEST_LINE = 4
"""em of a line at least: 的通知 does not stand alone."""
_SHORT, _WAISTED = 400.0, 12.0
"""Costs of a line that is too short, and of one that is shorter than those above and below it (no 梯形 or 菱形)."""
_FILLED = 0.25
"""How much the room that is left in a line weighs where lines are filled, against one of even lines."""
_FURTHER_LINE = 60.0
"""Cost of a line more than necessary."""
_AND_OTHERS = re.compile("等[一二三四五六七八九十两\\d]{0,3}个?(?:部门|单位|机关)")
"""Follows the name of the first issuer of a joint document, on whose line it stands: 等五部门."""
_SPACES = " 　"
_CLAUSES = re.compile("(?<=　)(?!　)")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")


def title_lines(
    title: str, issuers: Sequence[str] = (), measure: float = MEASURE, names: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return ``title`` in lines of at most ``measure`` em, broken where the sense allows.

    Each issuer that the title begins with has a line; more than ``MAX_ISSUER_LINES`` share lines. Those of ``names``
    that fit on a line are not parted, unless the title has no other place to break. The lines joined are the title.
    """
    if em_width(title) <= measure:
        return (title,)
    heads, rest = _issuer_lines(title, issuers)
    if len(heads) > MAX_ISSUER_LINES:
        heads = joined_lines(heads, measure)
    return tuple(line for part in (*heads, rest) for line in _lines_with_names(part, measure, names))


def _lines_with_names(text: str, measure: float, names: Sequence[str]) -> tuple[str, ...]:
    """Return ``text`` in even lines that do not part ``names``; where there are none of ``measure`` em, in lines that do."""
    costs_of = partial(_costs_outside, names=names, measure=measure) if names else break_costs
    lines = _lines(text, measure, is_even=True, costs_of=costs_of)
    if names and any(em_width(line.rstrip(_SPACES)) > measure for line in lines):
        return _lines(text, measure, is_even=True)
    return lines


def _costs_outside(title: str, names: Sequence[str], measure: float) -> list[float]:
    """Return the cost of a line's end before each character of ``title``, infinite within ``names`` that fit on a line.

    A name fits with what may not be parted from it, such as the quotation marks around it.
    """
    plain = break_costs(title)
    costs = list(plain)
    for start, end in name_spans(title, names):
        first, last = start, end
        while first and plain[first] == math.inf:
            first -= 1
        while last < len(title) and plain[last] == math.inf:
            last += 1
        if em_width(title[first:last]) <= measure:
            costs[start + 1 : end] = [math.inf] * (end - start - 1)
    return costs


def filled_lines(title: str, measure: float) -> tuple[str, ...]:
    """Return ``title`` in as few lines of ``measure`` em as its words allow, full but for the last: for a contents."""
    return _lines(title, measure, is_even=False)


def lines_on_page(
    lines: tuple[str, ...], title: str, issuers: Sequence[str], measure: float
) -> tuple[str, ...]:
    """Return the ``lines`` of ``title`` for a page that is ``measure`` em wide: as they are where all of them fit.

    Lines that the program chose are chosen anew; of an editor's lines only those that are too wide are broken.
    """
    if all(em_width(line.rstrip(_SPACES)) <= measure for line in lines):
        return lines
    if lines in (title_lines(title, issuers), title_lines(title, issuers, INSTRUMENT_MEASURE)):
        return title_lines(title, issuers, measure)
    return tuple(part for line in lines for part in title_lines(line, measure=measure))


def note_lines(note: str, measure: float) -> tuple[str, ...]:
    """Return a line below a title (题注) in lines of at most ``measure`` em, broken between its clauses if possible.

    Clauses end with an ideographic space: （…会议通过　自…起施行）. No date is broken. The lines joined are the note.
    """
    if em_width(note) <= measure:
        return (note,)
    clauses = joined_lines(tuple(clause for clause in _CLAUSES.split(note) if clause), measure)
    return tuple(
        line for clause in clauses for line in _lines(clause, measure, is_even=True, costs_of=_note_costs)
    )


def _note_costs(note: str) -> list[float]:
    """Return the cost of a line's end before each character of ``note``, infinite within a date."""
    costs = break_costs(note)
    for date in _DATE.finditer(note):
        costs[date.start() + 1 : date.end()] = [math.inf] * (len(date[0]) - 1)
    return costs


def _issuer_lines(title: str, issuers: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the issuers that ``title`` begins with, each with what separates it from the next, and the rest."""
    lines: list[str] = []
    rest = title
    for issuer in issuers:
        if not rest.startswith(issuer) or len(issuer) == len(rest):
            break
        others = _AND_OTHERS.match(rest, len(issuer))
        after = rest[others.end() if others else len(issuer) :].lstrip(" 　、")
        lines.append(rest[: len(rest) - len(after)])
        rest = after
    return tuple(lines), rest


def joined_lines(lines: tuple[str, ...], measure: float) -> tuple[str, ...]:
    """Return the lines of a title joined to as few lines of ``measure`` em as its breaks allow."""
    joined: list[str] = []
    for line in lines:
        if joined and em_width(joined[-1] + line) <= measure:
            joined[-1] += line
        else:
            joined.append(line)
    return tuple(joined)


def _lines(
    text: str, measure: float, *, is_even: bool, costs_of: Callable[[str], list[float]] = break_costs
) -> tuple[str, ...]:
    """Return ``text`` in few lines: even in length, or full but for the last.

    There is one line more than necessary where that spares a bad break. Text without any place to break is one line.
    """
    if em_width(text) <= measure:
        return (text,)
    if len(text) > MAX_BALANCED:
        step = max(1, int(measure))
        return tuple(text[start : start + step] for start in range(0, len(text), step))
    costs = costs_of(text)
    fewest = math.ceil(em_width(text) / measure)
    for count in range(fewest, sum(cost < math.inf for cost in costs) + 2):
        cost, lines = _best_breaks(text, costs, count, measure, is_even=is_even)
        if lines:
            more, further = _best_breaks(text, costs, count + 1, measure, is_even=is_even)
            return further if more + _FURTHER_LINE < cost else lines
    return (text,)


def _best_breaks(
    text: str, costs: Sequence[float], count: int, measure: float, *, is_even: bool
) -> tuple[float, tuple[str, ...]]:
    """Return the cost and the lines of ``text`` in ``count`` lines; no lines if the allowed breaks are too few."""
    ends = [end for end in range(1, len(text)) if costs[end] < math.inf] + [len(text)]
    target = em_width(text) / count if is_even else measure

    @cache
    def best(start: int, left: int, before: float, falls: bool) -> tuple[float, tuple[str, ...]]:
        """Return the cost and the lines of the text from ``start`` on, set in ``left`` lines.

        ``before`` is the width of the line above, in em, and ``falls`` whether that is shorter than the one above it.
        """
        cheapest: tuple[float, tuple[str, ...]] = (math.inf, ())
        for end in ends:
            if end <= start or (left == 1 and end < len(text)):
                continue
            line = text[start:end]
            width = em_width(line.rstrip(_SPACES))
            if width > measure:
                break
            is_last = end == len(text)
            if is_last != (left == 1):
                continue
            cost = (width - target) ** 2 * (1.0 if is_even else _FILLED) if is_even or not is_last else 0.0
            cost += _SHORT if width < _SHORTEST_LINE else 0.0
            cost += _WAISTED if falls and width > before + 1 else 0.0
            if is_last:
                rest, lines = 0.0, ()
            else:
                rest, lines = best(end, left - 1, width, is_even and width < before - 1)
                rest += costs[end]
            if cost + rest < cheapest[0]:
                cheapest = (cost + rest, (line, *lines))
        return cheapest

    return best(0, count, 0.0, False)
