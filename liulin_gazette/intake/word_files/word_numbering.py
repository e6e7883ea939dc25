"""Word's automatic numbering: the label that a reader sees before each paragraph (第一条, 一、, （一）, 1., ●)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from liulin_gazette.intake.symbol_fonts import is_symbol_font, symbol
from liulin_gazette.intake.word_files.word_numerals import numeral
from liulin_gazette.intake.word_files.word_styles import Styles, W, is_on, number_in, value

_MAX_LEVELS = 9
"""Levels that a list of Word can have."""
_MAX_LINKS = 10
"""Lists that lead to one another; more are a circle."""
_RESTARTED = "“条”的自动编号在这里从头数起，转换格式时可能丢了“接着编号”，核对"
"""Articles are numbered through all chapters; LibreOffice has no such setting, and loses that of Word (lvlRestart)."""
_FONT = range(0xF000, 0xF100)
"""Where files keep the characters of symbol fonts."""


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
    restart: int | None
    """The level, from 1, after which it begins anew; 0 for none, None for every higher level."""
    is_decimal: bool
    """Whether all numbers of the label are written 1, 2, 3 (isLgl)."""
    style: str
    """The paragraph style that stands for this level."""
    font: str
    """The font of the label."""


class Numbering:
    """Counts the numbered paragraphs of one document, which must be asked for in order."""

    def __init__(
        self, root: Any | None, styles: Styles | None = None, *, may_lose_restarts: bool = False
    ) -> None:
        """``may_lose_restarts`` tells that the program which wrote the file knows no lists that go on after a higher level."""
        self._may_lose_restarts = may_lose_restarts
        self._restarted: set[tuple[str, int]] = set()
        """Abstract lists and levels that began anew after a higher level, until their next paragraph."""
        self._styles = styles or Styles(None)
        self._levels: dict[str, dict[int, _Level]] = {}
        """Levels of each list, by its numId."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        """Last number at each level, by the abstract list that lists share."""
        self._abstract: dict[str, str] = {}
        """The abstract list of each list, by its numId."""
        self._begin_anew: set[tuple[str, int]] = set()
        """Lists (numId) and levels that a startOverride begins anew, until their first paragraph; then they go on."""
        if root is not None:
            self._read(root)

    def label_of(self, paragraph: Any) -> tuple[str, str]:
        """Return the label of ``paragraph``, from its own properties or its styles, and a doubt about it."""
        list_id, level, style = "", "", ""
        for owner in (paragraph, *self._styles.of_paragraph(paragraph)):
            list_id = list_id or value(owner, "pPr", "numPr", "numId")
            level = level or value(owner, "pPr", "numPr", "ilvl")
            if list_id:
                style = "" if owner is paragraph else str(owner.get(f"{W}styleId", ""))
                break
        if not list_id or list_id == "0":
            return "", ""
        linked = (
            index for index, each in self._levels.get(list_id, {}).items() if style and each.style == style
        )
        return self.label(list_id, number_in(level) if level else next(linked, 0))

    def label(self, list_id: str, level: int) -> tuple[str, str]:
        """Return the label of the next paragraph at ``level`` (from 0) of a list, and a doubt about it; either may be empty."""
        levels = self._levels.get(list_id)
        if not levels or level not in levels:
            return "", "" if list_id == "0" else "自动编号认不出来"
        here = levels[level]
        if here.number_format == "bullet":
            return _bullet(here)
        counts = self._counts[self._abstract[list_id]]
        for deeper in [each for each in counts if each > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counts[deeper]
                self._restarted.add((self._abstract[list_id], deeper))
        if level not in counts or (list_id, level) in self._begin_anew:
            counts[level] = here.start
        else:
            counts[level] += 1
        self._begin_anew.discard((list_id, level))
        doubt = ""
        text = here.text
        if (key := (self._abstract[list_id], level)) in self._restarted:
            self._restarted.discard(key)
            doubt = _RESTARTED if self._may_lose_restarts and "条" in text else ""
        for index in range(min(level + 1, _MAX_LEVELS)):
            part = levels.get(index)
            if part is None or f"%{index + 1}" not in text:
                continue
            number_format = "decimal" if here.is_decimal else part.number_format
            shown, is_known = numeral(counts.get(index, part.start), number_format)
            doubt = doubt or ("" if is_known else "自动编号的样式认不出来")
            text = text.replace(f"%{index + 1}", shown)
        return text + _space(here, text), doubt

    def _read(self, root: Any) -> None:
        """Read the lists of numbering.xml."""
        abstract = {str(item.get(f"{W}abstractNumId")): item for item in root.iter(f"{W}abstractNum")}
        lists = {str(number.get(f"{W}numId")): number for number in root.iter(f"{W}num")}
        for list_id, number in lists.items():
            key = value(number, "abstractNumId")
            for _ in range(_MAX_LINKS):
                link = value(abstract.get(key), "numStyleLink")
                names = (value(style, "pPr", "numPr", "numId") for style in self._styles.chain(link))
                linked = lists.get(next(filter(None, names), ""))
                if not link or linked is None:
                    break
                key = value(linked, "abstractNumId")
            levels = _levels(abstract.get(key))
            for override in number.iter(f"{W}lvlOverride"):
                index = number_in(override.get(f"{W}ilvl", "0"))
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[index] = _level(own)
                start = override.find(f"{W}startOverride")
                if start is not None and index in levels:
                    levels[index] = replace(levels[index], start=number_in(start.get(f"{W}val", "1")))
                    self._begin_anew.add((list_id, index))
            self._levels[list_id] = levels
            self._abstract[list_id] = key


def _levels(abstract: Any) -> dict[int, _Level]:
    """Return the levels of an abstractNum by their index, from 0."""
    levels = abstract.iter(f"{W}lvl") if abstract is not None else ()
    return {number_in(level.get(f"{W}ilvl", "0")): _level(level) for level in levels}


def _level(level: Any) -> _Level:
    restart = value(level, "lvlRestart")
    fonts = level.find(f"{W}rPr/{W}rFonts")
    return _Level(
        value(level, "numFmt") or "decimal",
        value(level, "lvlText"),
        number_in(value(level, "start") or "1"),
        value(level, "suff") or "tab",
        number_in(restart) if restart.isdecimal() else None,
        is_on(level.find(f"{W}isLgl")),
        value(level, "pStyle"),
        (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else "",
    )


def _bullet(level: _Level) -> tuple[str, str]:
    """Return the bullet of ``level`` as the Unicode character that is shown, and a doubt where it is not known."""
    shown = ""
    for each in level.text:
        is_of_font = is_symbol_font(level.font) or ord(each) in _FONT
        shown += (symbol(level.font, ord(each)) or "\0") if is_of_font else each
    if "\0" in shown:
        return "", "项目符号认不出来"
    return shown + _space(level, shown), ""


def _space(level: _Level, shown: str) -> str:
    """Return the space that the label is followed by: a tab shows as the indent of the text, which has none here."""
    return " " if level.suffix == "space" and shown else ""
