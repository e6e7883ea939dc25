"""Names and slogans in lines: where a reader would pause, and as even in length as that allows.

The name of a gazette is that of a division, of its government, and of the gazette: 六安市裕安区 人民政府 公报. Lines end
after a division; a name that is longer still is broken after one of the peoples in it (积石山保安族 东乡族 撒拉族自治县).
"""

from __future__ import annotations

import math
import re
from functools import cache

_OFFICE = re.compile(
    "人民政府|人民代表大会|常务委员会|管理委员会|委员会|管委会|办公室|办公厅|信息中心|融媒体中心|政务公报|公报|政报"
)
"""Words that a name ends with, beside the division."""
_DIVISION = re.compile("自治[区州县旗]|生产建设兵团|特别行政区|地区|林区|新区|[省市县区旗盟]")
_ZONE = re.compile("高新技术|高技术产业|经济技术|经济综合|产业(?:开发|园)|工业园")
"""Words that the kind of a development zone begins with: 包头稀土|高新技术产业开发区."""
_LOWER = re.compile("^(?:[^省市县区旗盟][市县区旗]$|...)", re.DOTALL)
"""The beginning of the name of a lower division: 萧县, 吴中区."""
_PAUSES = frozenset(" 　、，；。·—")
_NO_LINE_START = frozenset("，。、；：！？）》”’〕】·—")
_NO_LINE_END = frozenset("（《“‘〔【")
_FREE, _SMALL, _SOME, _GREAT, _WITHIN = 0, 1, 2, 4, 10
"""What a break costs: after the whole division, after a higher one, after a people, before 自治县, within a word."""
_WEIGHT = 8
"""How a break weighs against uneven lines, whose deviations in em are squared."""
_TOO_WIDE = 1e6
"""What a line costs that is wider than the measure."""
_EPSILON = 1e-6
MAX_BALANCED = 200
"""A longer text is cut at the measure without a search for good breaks."""
_NARROW, _WIDE_LETTERS = "IJ1 .,:;'|!-", "MW@%"


def em_width(text: str) -> float:
    """Return the width of ``text`` in em: a Han character is 1, a Latin one a little more than in any usual face."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    if ord(character) >= 0x2E80 or character in "—…“”‘’·":
        return 1.0
    if character in _NARROW:
        return 0.45
    if character in _WIDE_LETTERS:
        return 0.98
    return 0.78 if character.isupper() else 0.64


def display_lines(text: str, count: int, measure: float = math.inf) -> tuple[str, ...]:
    """Return ``text`` in ``count`` lines, or fewer where it has fewer places to break. The lines joined are ``text``.

    No line is wider than ``measure`` em if that can be avoided in so many lines.
    """
    return _best_lines(text, count, measure)[1]


def lines_within(text: str, measure: float) -> tuple[str, ...]:
    """Return ``text`` in few lines of at most ``measure`` em: as few as can be, or two more that divide no word."""
    if len(text) > MAX_BALANCED:
        step = max(1, int(measure))
        return tuple(text[start : start + step] for start in range(0, len(text), step))
    fewest = next(
        (count for count in range(1, len(text)) if _best_lines(text, count, measure)[0] < _TOO_WIDE),
        len(text),
    )
    found = [_best_lines(text, count, measure) for count in range(fewest, fewest + 3)]
    divides_no_word = (lines for cost, lines in found if cost < _WEIGHT * _WITHIN**2)
    return next(divides_no_word, found[0][1])


def _best_lines(text: str, count: int, measure: float) -> tuple[float, tuple[str, ...]]:
    """Return the cost and the lines of ``text`` in ``count`` lines."""
    costs = _break_costs(text)
    widths = [0.0]
    for character in text:
        widths.append(widths[-1] + _em(character))
    count = max(1, min(count, len(text)))
    target = widths[-1] / count

    def unevenness(start: int, end: int) -> float:
        width = widths[end] - widths[start]
        return (width - target) ** 2 + (_TOO_WIDE if width > measure + _EPSILON else 0.0)

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """Return the cost and the ends of the ``left`` lines of the text from ``start`` on."""
        if left == 1:
            return unevenness(start, len(text)), (len(text),)
        cheapest: tuple[float, tuple[int, ...]] = (math.inf, ())
        for end in range(start + 1, len(text) - left + 2):
            rest, ends = best(end, left - 1)
            cost = unevenness(start, end) + _WEIGHT * costs[end] ** 2 + rest
            if cost < cheapest[0]:
                cheapest = cost, (end, *ends)
        return cheapest

    cost, ends = best(0, count)
    if math.isinf(cost):
        return _best_lines(text, count - 1, measure)
    return cost, tuple(text[start:end] for start, end in zip((0, *ends), ends, strict=False))


def _break_costs(text: str) -> list[float]:
    """Return, for each offset in ``text``, what it costs to begin a line there; infinite where none may begin."""
    costs = [float(_WITHIN)] * (len(text) + 1)
    offices = list(_OFFICE.finditer(text))
    for found in offices:
        costs[found.start()] = (
            _FREE if text[found.start() - 1 : found.start()] not in ("府", "会") else _SMALL
        )
        if found[0] == "委员会":
            costs[found.start()] = _SOME
        if found[0] in ("委员会", "办公室", "办公厅") and len(text) - found.end() > 3:
            costs[found.end()] = _FREE
    for offset in division_ends(text[: offices[0].start()] if offices else text):
        costs[offset] = min(costs[offset], _SMALL)
    for found in re.finditer("(?<=.族)(?=..)", text):
        cost = _GREAT if text.startswith("自治", found.start()) else _SOME
        costs[found.start()] = min(costs[found.start()], cost)
    for found in _ZONE.finditer(text):
        costs[found.start()] = min(costs[found.start()], _SOME)
    for offset in range(1, len(text)):
        before, after = text[offset - 1], text[offset]
        if (
            after in _NO_LINE_START
            or after in " 　"
            or before in _NO_LINE_END
            or (_is_latin(before) and _is_latin(after))
        ):
            costs[offset] = math.inf
        elif before in _PAUSES:
            costs[offset] = _FREE
    return costs


def division_ends(text: str) -> list[int]:
    """Return where the divisions in ``text`` end that have another one below them: 六安市|裕安区.

    A division has two characters at least before its last word: 津市市, 济南市|市中区, 宿州市|萧县.
    """
    ends: list[int] = []
    start = 0
    for found in _DIVISION.finditer(text):
        before, after = text[start : found.start()], text[found.end() :]
        if len(before) < 2 or not _LOWER.search(after):
            continue
        if found[0] in ("区", "旗", "盟") and not _DIVISION.search(after):
            continue
        ends.append(found.end())
        start = found.end()
    return ends


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
