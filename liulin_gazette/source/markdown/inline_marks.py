"""Marks of the dialect inside a line, raised and lowered text and footnotes; and the lines of their notes.

``10[上:-3]`` is 10⁻³, and ``CO[下:2]`` is CO₂. No official text has these marks by accident, unlike ``^`` and ``~``
of other dialects, which stand in ranges (3~5天) and in text that is copied from a computer.

``[^1]`` is the mark of a footnote. The text of the footnote follows ``[^1]:`` anywhere in the same part.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from liulin_gazette.text.raised_characters import SUB, SUPER

RAISED_OR_LOWERED = "gazette_raised_or_lowered"
"""Token of a raised or lowered text; ``info`` is its position."""
FOOTNOTE_MARK = "gazette_footnote_mark"
"""Token of the mark of a footnote; ``info`` is its label."""
FOOTNOTE = "gazette_footnote"
"""Token of a footnote; ``info`` is its label, ``content`` its text."""
BROKEN_MARK = "gazette_broken_mark"
"""Token of the beginning of a mark that is not complete; it is text."""
MAX_RAISED = 20
"""Characters of a raised or lowered text: longer ones are a bracket that was closed too late."""
_OPENING = re.compile(r"\[(?P<name>[上下])[:：]")
_TEXT = re.compile(rf"(?P<text>(?![ 　])[^\[\]\n\\*|]{{1,{MAX_RAISED}}}(?<![ 　]))\]")
_LABEL = r"\[\^(?P<label>[^\[\]\s^|\\*]{1,20})\]"
_FOOTNOTE_MARK = re.compile(_LABEL)
_FOOTNOTE = re.compile(_LABEL + r"[:：](?P<text>.*)")
_POSITIONS = {"上": SUPER, "下": SUB}


def raised_or_lowered(text: str, position: str) -> str:
    """Return the mark for ``text`` raised (``super``) or lowered (``sub``); empty where it cannot be written as one."""
    name = next(name for name, each in _POSITIONS.items() if each == position)
    return f"[{name}:{text}]" if _TEXT.fullmatch(f"{text}]") else ""


def enable(md: MarkdownIt) -> None:
    """Add the rules of the marks to ``md``."""
    md.inline.ruler.before("emphasis", RAISED_OR_LOWERED, _raised_or_lowered)
    md.inline.ruler.before("emphasis", FOOTNOTE_MARK, _footnote_mark)
    ends: Any = {"alt": ["paragraph"]}
    md.block.ruler.before("heading", FOOTNOTE, _footnote, ends)


def _raised_or_lowered(state: StateInline, silent: bool) -> bool:
    opening = _OPENING.match(state.src, state.pos, state.posMax)
    if opening is None:
        return False
    found = _TEXT.match(state.src, opening.end(), state.posMax)
    if not silent:
        token = state.push(RAISED_OR_LOWERED if found else BROKEN_MARK, "", 0)
        token.content = found["text"] if found else opening[0]
        token.info = _POSITIONS[opening["name"]]
    state.pos = (found or opening).end()
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    found = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
    if not silent:
        token = state.push(FOOTNOTE_MARK if found else BROKEN_MARK, "", 0)
        token.info, token.content = (found["label"], "") if found else ("", "[^")
    state.pos = found.end() if found else state.pos + 2
    return True


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a footnote: a line ``[^1]: text``, and the lines of text right under it."""
    found = _FOOTNOTE.match(line_at(state, start))
    if found is None:
        return False
    if silent:
        return True
    rules = state.md.block.ruler.getRules("paragraph")
    stop = start + 1
    while stop < end and not state.isEmpty(stop) and not any(rule(state, stop, end, True) for rule in rules):
        stop += 1
    lines = [found["text"], *(line_at(state, number) for number in range(start + 1, stop))]
    token = state.push(FOOTNOTE, "", 0)
    token.info, token.content, token.block, token.map = (
        found["label"],
        "\n".join(lines).strip(),
        True,
        [start, stop],
    )
    state.line = stop
    return True


def line_at(state: StateBlock, number: int) -> str:
    """Return the line ``number`` of the source without its indentation."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
