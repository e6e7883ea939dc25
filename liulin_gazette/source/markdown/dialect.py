"""The Markdown dialect: markdown-it-py with the rules that official documents need, and no more.

Lists, code, quotes, links and HTML are off: ``1. `` at the head of a paragraph is a number that the
author of the document wrote, and is kept as text.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from liulin_gazette.source.markdown import emphasis, inline_marks
from liulin_gazette.source.markdown.inline_marks import line_at

CONTAINER = "gazette_container"
STRAY_CLOSE = "gazette_stray_close"
PIPE_TABLE = "gazette_table"
RAW_CONTAINERS = ("名单", "名录", "落款")
"""Containers whose lines are data, not Markdown."""
_OPEN = re.compile(r":{3,}\s*(?P<info>\S.*)$")
_CLOSE = re.compile(r":{3,}\s*$")


def parser() -> MarkdownIt:
    """Return a parser of the dialect; the ``map`` of its tokens counts the lines of the parsed text, from 0."""
    md = MarkdownIt("zero", {"html": False, "maxNesting": 20})
    md.enable(["heading", "newline", "escape", "emphasis", "image", "balance_pairs", "fragments_join"])
    emphasis.enable(md)
    inline_marks.enable(md)
    ends: Any = {"alt": ["paragraph"]}
    md.block.ruler.before("heading", CONTAINER, _container, ends)
    md.block.ruler.before("heading", PIPE_TABLE, _pipe_table, ends)
    return md


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a container: from ``::: 名称`` to the matching ``:::``. Containers may be nested."""
    line = line_at(state, start)
    if not line.startswith(":::"):
        return False
    match = _OPEN.match(line)
    if silent:
        return True
    if match is None:
        token = state.push(STRAY_CLOSE, "", 0)
        token.map = [start, start + 1]
        state.line = start + 1
        return True
    close = _closing_line(state, start, end)
    token = state.push(CONTAINER + "_open", "div", 1)
    token.info, token.block, token.map = match["info"].strip(), True, [start, close]
    token.meta = {"closed": close < end}
    if token.info.split()[0] in RAW_CONTAINERS:
        token.content = "\n".join(line_at(state, number) for number in range(start + 1, close))
    else:
        line_max, parent = state.lineMax, state.parentType
        state.lineMax, state.parentType = close, "container"
        state.level += 1
        state.md.block.tokenize(state, start + 1, close)
        state.level -= 1
        state.lineMax, state.parentType = line_max, parent
    state.push(CONTAINER + "_close", "div", -1)
    state.line = min(close + 1, end)
    return True


def _closing_line(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the container opened at ``start``, or ``end`` if none does."""
    depth = 0
    for number in range(start, end):
        line = line_at(state, number)
        if _CLOSE.match(line):
            depth -= 1
            if depth == 0:
                return number
        elif _OPEN.match(line):
            depth += 1
    return end


def _pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table: consecutive lines that start with ``|``."""
    if not line_at(state, start).startswith("|"):
        return False
    if silent:
        return True
    stop = start
    while stop < end and line_at(state, stop).startswith("|"):
        stop += 1
    token = state.push(PIPE_TABLE, "table", 0)
    token.content = "\n".join(line_at(state, number) for number in range(start, stop))
    token.block, token.map = True, [start, stop]
    state.line = stop
    return True
