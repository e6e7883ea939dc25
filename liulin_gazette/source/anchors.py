"""Anchors: the part of an address after ``#``, derived from printed numbers so that it can be guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from liulin_gazette.text.numerals import chinese_number

_NUMBER = re.compile(r"[（(]?(?P<han>[一二三四五六七八九十]+)[）)、]|[（(]?(?P<digits>\d{1,3})[）).．、]")
_KINDS = {"附件": "annex", "附图": "annex-figure", "附表": "annex-table"}


@dataclass(slots=True)
class Anchors:
    """WorkerPool out each anchor of a document once, in reading order."""

    used: set[str] = field(default_factory=set[str])
    repeated: dict[str, int] = field(default_factory=dict[str, int])
    """How often each anchor was asked for, so that the next is found at once."""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    path: dict[int, str] = field(default_factory=dict[int, str])
    prefix: str = ""

    def enter_instrument(self) -> None:
        """Start the numbering of headings and articles anew for an enclosed instrument."""
        self.path.clear()
        count = self.counts.get("instrument", 0)
        self.prefix = f"i{count + 1}-" if count else ""

    def instrument(self) -> str:
        """``instrument-1`` for the first enclosed instrument, and so on."""
        return self.numbered("instrument")

    def heading(self, level: int, text: str) -> str:
        """``s3-2`` for 三、 then （二）: the printed numbers of the heading and those above it."""
        found = _NUMBER.match(text)
        own = "0"
        if found:
            own = found["digits"] or str(chinese_number(found["han"]))
        self.path = {key: value for key, value in self.path.items() if key < level}
        self.path[level] = own
        return self._unique(self.prefix + "s" + "-".join(self.path[key] for key in sorted(self.path)))

    def article(self, number: int) -> str:
        """``article-3`` for 第三条."""
        return self._unique(f"{self.prefix}article-{number}")

    def annex(self, kind: str, number: str) -> str:
        """``annex-1`` for 附件1, ``annex`` for an only 附件, ``annex-figure`` for 附图."""
        name = _KINDS[kind]
        return self._unique(f"{name}-{number}" if number else name)

    def paragraph(self) -> str:
        """``p12`` for the twelfth paragraph."""
        self.counts["p"] = self.counts.get("p", 0) + 1
        return self._unique(f"p{self.counts['p']}")

    def numbered(self, name: str) -> str:
        """``table-2`` for the second thing called ``table``."""
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
