"""Automatic numbering of Word: what the reader of the page sees before each paragraph (第一条, 一、, （一）, 1.)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from liulin_gazette.text.numerals import han_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital", "ideographTraditional",
}  # fmt: skip
_LEVELS = 9
"""Levels of a list in Word."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    """lvlText: ``第%1条``."""
    start: int
    suffix: str


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._shared: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def label(self, number_id: str, level: int) -> tuple[str, str]:
        """Return what stands before the next paragraph of ``level``, and what is uncertain about it."""
        levels = self._levels.get(number_id)
        if not levels or level not in levels or levels[level].form in ("none", "bullet"):
            bullet = bool(levels and level in levels and levels[level].form == "bullet")
            return "", "" if bullet or number_id == "0" else "自动编号认不出来"
        counts = self._counts[self._shared.get(number_id, number_id)]
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        doubt = ""
        text = levels[level].text
        for index in range(min(level + 1, _LEVELS)):
            own = levels.get(index)
            if own is None or f"%{index + 1}" not in text:
                continue
            written, known = _written(counts.get(index, own.start), own.form)
            doubt = doubt or ("" if known else "自动编号的样式认不出来")
            text = text.replace(f"%{index + 1}", written)
        space = {"space": " ", "nothing": ""}.get(levels[level].suffix, "")
        return text + space, doubt

    def _read(self, root: Any) -> None:
        abstract = {each.get(f"{W}abstractNumId"): _levels(each) for each in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            own = str(number.get(f"{W}numId"))
            base = number.find(f"{W}abstractNumId")
            key = base.get(f"{W}val") if base is not None else ""
            levels = dict(abstract.get(key, {}))
            restarts = False
            for override in number.iter(f"{W}lvlOverride"):
                index = int(override.get(f"{W}ilvl", 0))
                start = override.find(f"{W}startOverride")
                if start is not None and index in levels:
                    was = levels[index]
                    levels[index] = _Level(was.form, was.text, int(start.get(f"{W}val", 1)), was.suffix)
                    restarts = True
            self._levels[own] = levels
            if not restarts:
                self._shared[own] = f"abstract {key}"


def _levels(abstract: Any) -> dict[int, _Level]:
    def value(level: Any, name: str, default: str) -> str:
        found = level.find(f"{W}{name}")
        return str(found.get(f"{W}val", default)) if found is not None else default

    return {
        int(level.get(f"{W}ilvl", 0)): _Level(
            value(level, "numFmt", "decimal"),
            value(level, "lvlText", ""),
            int(value(level, "start", "1")),
            value(level, "suff", "tab"),
        )
        for level in abstract.iter(f"{W}lvl")
    }


def _written(count: int, form: str) -> tuple[str, bool]:
    """Return ``count`` in the digits of ``form``, and whether the form is known."""
    if form in _HAN and 0 <= count < 10_000:
        return han_numeral(count), True
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return (_CIRCLED[count - 1], True) if 1 <= count <= len(_CIRCLED) else (str(count), False)
    if form == "decimalFullWidth":
        return str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９")), True
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return (letter if form == "lowerLetter" else letter.upper()), count <= 26
    return str(count), form == "decimal"
