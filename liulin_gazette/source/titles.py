"""Break a title into lines where the sense allows (GB/T 9704-2012 §7.3.1: 词意完整，排列对称)."""

from __future__ import annotations

import math
import re
from functools import cache

MEASURE = 21
"""Characters in one line of a document title at 21.5 pt across the A4 type area."""
INSTRUMENT_MEASURE = 24
"""Characters in one line of an enclosed instrument's title at 18 pt."""

_NO_LINE_START = frozenset("的了、，。；：）》”’〕】")
_NO_LINE_END = frozenset("（《“‘〔【和及与关于在对")
_TERMS = (
    "领导小组|协调小组|工作小组|组成人员|实施方案|工作方案|行动方案|活动方案|实施意见|实施细则|应急预案|管理办法|"
    "暂行办法|工作制度|联席会议|会议制度|政务服务|便民热线|跨部门|部门|综合监管|监督管理|行政审批|人民政府|办公室|"
    "国土空间|生态修复|森林草原|火灾|免疫规划|查漏补种|医疗保障|特殊人群|数据推送|专项行动|消费活动|促消费|规划|"
    "若干措施|指导意见|任务分工|责任分工|乡村振兴|安全生产|防汛抗旱|高质量|进一步|有关事项"
)
"""Words of official titles that the dictionary of the word segmenter lacks or splits."""
_ATOM = re.compile(
    r"[0-9A-Za-z.\-－—]+|《[^《》]{1,12}》|“[^“”]{1,10}”|（[^（）]{1,12}）|" + _TERMS + "|.", re.DOTALL
)
MAX_BALANCED = 300
"""A longer title is cut at the measure without a search for good breaks; no official title is as long."""


def title_lines(title: str, issuer: str = "", measure: int = MEASURE) -> tuple[str, ...]:
    """Return ``title`` in lines of at most ``measure`` characters, broken where the sense allows.

    If the title begins with the issuer, the issuer is the first line. The lines joined are the title.
    """
    if len(title) <= measure:
        return (title,)
    if issuer and title.startswith(issuer) and len(issuer) < len(title):
        return (issuer, *_balanced(title[len(issuer) :], measure))
    return _balanced(title, measure)


def joined_lines(lines: tuple[str, ...], measure: int) -> tuple[str, ...]:
    """Return the lines of a title joined to as few lines of ``measure`` characters as its breaks allow."""
    joined: list[str] = []
    for line in lines:
        if joined and len(joined[-1]) + len(line) <= measure:
            joined[-1] += line
        else:
            joined.append(line)
    return tuple(joined)


def _balanced(text: str, measure: int) -> tuple[str, ...]:
    """Return ``text`` in as few lines as possible, as even in length as its words allow."""
    if len(text) <= measure:
        return (text,)
    if len(text) > MAX_BALANCED:
        return tuple(text[start : start + measure] for start in range(0, len(text), measure))
    words = _words(text)
    for count in range(math.ceil(len(text) / measure), len(words) + 1):
        if best := _best_breaks(words, count, measure):
            return best
    return (text,)


def _best_breaks(words: list[str], count: int, measure: int) -> tuple[str, ...]:
    """Return ``words`` in ``count`` lines, as even in length as can be; empty if the allowed breaks are too few."""
    target = sum(map(len, words)) / count

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[str, ...]]:
        """Return the cost and the lines of the words from ``start`` on, set in ``left`` lines."""
        cheapest: tuple[float, tuple[str, ...]] = (math.inf, ())
        line = ""
        for end in range(start + 1, len(words) - left + 2):
            line += words[end - 1]
            if len(line) > measure:
                break
            cost = (len(line) - target) ** 2
            if left == 1:
                if end == len(words):
                    return cost + (400.0 if len(line) < 4 else 0.0), (line,)
            elif words[end][0] not in _NO_LINE_START and line[-1] not in _NO_LINE_END:
                rest, lines = best(end, left - 1)
                if cost + rest < cheapest[0]:
                    cheapest = (cost + rest, (line, *lines))
        return cheapest

    return best(0, count)[1]


def _words(text: str) -> list[str]:
    """Return the words of ``text``; a number, a short quotation or a short title in 《》 counts as one word."""
    from pypinyin.contrib.mmseg import seg

    words: list[str] = []
    plain = ""
    for atom in _ATOM.findall(text):
        if len(atom) == 1:
            plain += atom
            continue
        words.extend(seg.cut(plain))
        words.append(atom)
        plain = ""
    words.extend(seg.cut(plain))
    return [word for word in words if word]
