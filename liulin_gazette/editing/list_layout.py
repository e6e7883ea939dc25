"""A TOML array of strings as it is written: entries change places, and spaces, line ends and comments stay.

A comment goes with its entry: one behind it on its line, and those on the lines above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_OPENING = re.compile(r"\[(?:[ \t]*#[^\r\n]*)?")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_COMMENT = re.compile(r"(?:[ \t]*#[^\r\n]*)?")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\\r\n])*"|\'[^\'\r\n]*\'', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with what goes with it."""

    value: str
    """In its quotes, with what stands before its comma."""
    above: str = ""
    """Whole lines above it, of comments and empty ones among them."""
    comment: str = ""
    """Behind its comma, on its line."""


@dataclass(frozen=True, slots=True)
class ListLayout:
    """An array: its entries, and the layout in which they stand."""

    opening: str
    entries: tuple[Entry, ...]
    spaces: tuple[str, ...]
    """The white space before each entry."""
    closing: str
    ends_in_comma: bool

    @property
    def text(self) -> str:
        """The array as TOML."""
        line_end = "\r\n" if "\r\n" in self.closing + "".join(self.spaces) else "\n"
        last = len(self.entries) - 1
        text = self.opening
        for index, (entry, space) in enumerate(zip(self.entries, self.spaces, strict=True)):
            if entry.above:
                before, end, indent = space.rpartition("\n")
                space = before + (end or line_end) + entry.above + indent
            text = _joined(text, space, line_end) + entry.value
            text += ("," if index < last or self.ends_in_comma else "") + entry.comment
        return _joined(text, self.closing, line_end)


def _joined(text: str, more: str, line_end: str) -> str:
    """Return ``text`` and ``more``, on a line of its own where a comment would swallow it."""
    if not _COMMENT_AT_END.search(text.rpartition("\n")[2]):
        return text + more
    rest = more.lstrip(" \t")
    return text + (rest if rest.startswith(("\n", "\r\n")) else line_end + more)


_COMMENT_AT_END = re.compile(r'^(?:[^"\'#]|"(?:\\.|[^"\\])*"|\'[^\']*\')*#')
"""A line whose end is a comment: a number sign outside quotes."""


def list_layout(text: str) -> ListLayout:
    """Return the layout of the TOML array ``text``. Raises ValueError for one that holds anything but strings."""
    opening = _OPENING.match(text)
    if opening is None:
        raise ValueError(text)
    position = opening.end()
    entries: list[Entry] = []
    spaces: list[str] = []
    ends_in_comma = False
    while True:
        gap = _matched(_GAP, text, position)
        position += len(gap)
        if text[position : position + 1] == "]":
            return ListLayout(opening[0], tuple(entries), tuple(spaces), gap + "]", ends_in_comma)
        if entries and not ends_in_comma:
            raise ValueError(text)
        value = _matched(_STRING, text, position)
        position += len(value)
        before_comma = _matched(_GAP, text, position)
        ends_in_comma = text[position + len(before_comma) :].startswith(",")
        if ends_in_comma:
            value += before_comma
            position += len(before_comma) + 1
        comment = _matched(_COMMENT, text, position)
        position += len(comment)
        first = gap.find("#")
        start, end = (gap.rfind("\n", 0, first) + 1, gap.rfind("\n") + 1) if first >= 0 else (0, 0)
        entries.append(Entry(value, gap[start:end], comment))
        spaces.append(gap[:start] + gap[end:])


def _matched(pattern: re.Pattern[str], text: str, position: int) -> str:
    match = pattern.match(text, position)
    if match is None:
        raise ValueError(text)
    return match[0]


def with_entry_moved(layout: ListLayout, index: int, target: int) -> ListLayout:
    """Return ``layout`` with the entry at ``index`` moved to ``target``; white space stays where it is."""
    entries = list(layout.entries)
    entries.insert(target, entries.pop(index))
    return replace(layout, entries=tuple(entries))


def without_entry(layout: ListLayout, index: int) -> ListLayout:
    """Return ``layout`` without the entry at ``index``."""
    spaces = list(layout.spaces)
    del spaces[index or min(1, len(spaces) - 1)]
    return replace(layout, entries=layout.entries[:index] + layout.entries[index + 1 :], spaces=tuple(spaces))


def with_entry(layout: ListLayout, index: int, entry: Entry) -> ListLayout:
    """Return ``layout`` with ``entry`` added at ``index``, with the white space of its neighbours."""
    spaces = list(layout.spaces)
    if spaces:
        alone = spaces[0] if "\n" in spaces[0] else " "
        spaces.insert(max(index, 1), spaces[1] if len(spaces) > 1 else alone)
    else:
        spaces = [""]
    entries = (*layout.entries[:index], entry, *layout.entries[index:])
    return replace(layout, entries=entries, spaces=tuple(spaces))
