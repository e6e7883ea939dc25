"""Word's automatic numbering: the label that a reader sees before each paragraph (第一条, 一、, （一）, 1.)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from liulin_gazette.text.numerals import han_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN_FORMATS = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital", "ideographTraditional",
}  # fmt: skip
_MAX_LEVELS = 9
"""Levels that a list of Word can have."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    number_format: str
    """numFmt: ``decimal``, ``chineseCounting``."""
    text: str
    """lvlText: ``第%1条``."""
    start: int
    suffix: str
    """What follows the label: ``tab``, ``space`` or ``nothing``."""


class Numbering:
    """Counts the numbered paragraphs of one document, which must be asked for in order."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        """Levels of each list, by its numId."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        """Last number at each level, by numId or by the key in ``_counted_with``."""
        self._counted_with: dict[str, str] = {}
        """Key of the count that lists of one abstract list share, by numId."""
        if root is not None:
            self._read(root)

    def label(self, list_id: str, level: int) -> tuple[str, str]:
        """Return the label of the next paragraph at ``level`` (from 0) of a list, and a doubt about it; either may be empty."""
        levels = self._levels.get(list_id)
        if not levels or level not in levels or levels[level].number_format in ("none", "bullet"):
            is_bullet = bool(levels and level in levels and levels[level].number_format == "bullet")
            return "", "" if is_bullet or list_id == "0" else "自动编号认不出来"
        counts = self._counts[self._counted_with.get(list_id, list_id)]
        for deeper in [counted for counted in counts if counted > level]:
            del counts[deeper]
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        doubt = ""
        text = levels[level].text
        for index in range(min(level + 1, _MAX_LEVELS)):
            part = levels.get(index)
            if part is None or f"%{index + 1}" not in text:
                continue
            numeral, is_known = _numeral(counts.get(index, part.start), part.number_format)
            doubt = doubt or ("" if is_known else "自动编号的样式认不出来")
            text = text.replace(f"%{index + 1}", numeral)
        space = {"space": " ", "nothing": ""}.get(levels[level].suffix, "")
        return text + space, doubt

    def _read(self, root: Any) -> None:
        """Read the lists of numbering.xml."""
        abstract = {item.get(f"{W}abstractNumId"): _levels(item) for item in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            list_id = str(number.get(f"{W}numId"))
            base = number.find(f"{W}abstractNumId")
            key = base.get(f"{W}val") if base is not None else ""
            levels = dict(abstract.get(key, {}))
            restarts = False
            for override in number.iter(f"{W}lvlOverride"):
                index = int(override.get(f"{W}ilvl", 0))
                start = override.find(f"{W}startOverride")
                if start is not None and index in levels:
                    levels[index] = replace(levels[index], start=int(start.get(f"{W}val", 1)))
                    restarts = True
            self._levels[list_id] = levels
            if not restarts:
                self._counted_with[list_id] = f"abstract {key}"


def _levels(abstract: Any) -> dict[int, _Level]:
    """Return the levels of an abstractNum by their index, from 0."""

    def value(level: Any, name: str, default: str) -> str:
        setting = level.find(f"{W}{name}")
        return str(setting.get(f"{W}val", default)) if setting is not None else default

    return {
        int(level.get(f"{W}ilvl", 0)): _Level(
            value(level, "numFmt", "decimal"),
            value(level, "lvlText", ""),
            int(value(level, "start", "1")),
            value(level, "suff", "tab"),
        )
        for level in abstract.iter(f"{W}lvl")
    }


def _numeral(count: int, number_format: str) -> tuple[str, bool]:
    """Return ``count`` in the digits of ``number_format``, and whether that format is known."""
    if number_format in _HAN_FORMATS and 0 <= count < 10_000:
        return han_numeral(count), True
    if number_format in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return (_CIRCLED[count - 1], True) if 1 <= count <= len(_CIRCLED) else (str(count), False)
    if number_format == "decimalFullWidth":
        return str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９")), True
    if number_format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return (letter if number_format == "lowerLetter" else letter.upper()), count <= 26
    return str(count), number_format == "decimal"
