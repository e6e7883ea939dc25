"""Anchors: the part of an address after ``#``, derived from the printed numbers so that a reader can guess it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from liulin_gazette.text.numerals import chinese_number

_NUMBER = re.compile(r"[（(]?(?P<han>[一二三四五六七八九十]+)[）)、]|[（(]?(?P<digits>\d{1,3})[）).．、]")
_ANNEX_NAMES = {"附件": "annex", "附图": "annex-figure", "附表": "annex-table", "附录": "appendix"}


@dataclass(slots=True)
class Anchors:
    """Gives out the anchors of one document, in reading order, each only once."""

    used: set[str] = field(default_factory=set[str])
    repeated: dict[str, int] = field(default_factory=dict[str, int])
    """How often each anchor was asked for, so that the next free one is known at once."""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    """How many paragraphs, tables, … have been numbered, by the name in their anchors."""
    path: dict[int, str] = field(default_factory=dict[int, str])
    """The numbers of the headings above the current place, by level."""
    prefix: str = ""
    """``i2-`` within the second enclosed instrument; empty before it."""

    def enter_instrument(self) -> None:
        """Restart the numbers of headings and articles for an enclosed instrument."""
        self.path.clear()
        count = self.counts.get("instrument", 0)
        self.prefix = f"i{count + 1}-" if count else ""

    def instrument(self) -> str:
        """Return the anchor of the next enclosed instrument: ``instrument-1``."""
        return self.numbered("instrument")

    def heading(self, level: int, text: str) -> str:
        """Return the printed numbers of a heading and of those above it: ``s3-2`` for （二） under 三、."""
        match = _NUMBER.match(text)
        number = "0"
        if match:
            number = match["digits"] or str(chinese_number(match["han"]))
        self.path = {key: value for key, value in self.path.items() if key < level}
        self.path[level] = number
        return self._unique(self.prefix + "s" + "-".join(self.path[key] for key in sorted(self.path)))

    def article(self, number: int) -> str:
        """Return the anchor of an article: ``article-3`` for 第三条."""
        return self._unique(f"{self.prefix}article-{number}")

    def annex(self, kind: str, number: str) -> str:
        """Return ``annex-1`` for 附件1, ``annex`` for the only 附件, ``annex-figure`` for 附图."""
        name = _ANNEX_NAMES[kind]
        return self._unique(f"{name}-{number}" if number else name)

    def paragraph(self) -> str:
        """Return the anchor of the next paragraph: ``p12`` for the twelfth."""
        self.counts["p"] = self.counts.get("p", 0) + 1
        return self._unique(f"p{self.counts['p']}")

    def numbered(self, name: str) -> str:
        """Return the next anchor with ``name``: ``table-2`` for the second table."""
        self.counts[name] = self.counts.get(name, 0) + 1
        return self._unique(f"{name}-{self.counts[name]}")

    def _unique(self, anchor: str) -> str:
        candidate, count = anchor, self.repeated.get(anchor, 1)
        while candidate in self.used:
            count += 1
            candidate = f"{anchor}.{count}"
        self.repeated[anchor] = count
        self.used.add(candidate)
        return candidate
