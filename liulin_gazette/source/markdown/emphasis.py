"""Bold text in Chinese: which asterisks open and close it.

CommonMark wants a space or a mark of punctuation beside ``**“重点”**工作``, where Chinese writes none. Here a
Chinese character serves as one where punctuation helps, and does not count as one where punctuation hinders; between
other characters the rule is CommonMark's.
"""

from __future__ import annotations

import itertools
import re
import string
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_CHINESE = re.compile(
    "[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0002a6df]"
)
"""Ideographs, kana, and the marks and full-width forms that stand among them."""
_ASTERISK = ord("*")


def enable(md: MarkdownIt) -> None:
    """Replace the rule of ``md`` for emphasis."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler2.before("balance_pairs", "gazette_closing_strong", _closing_strong)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Add a token and a delimiter for each asterisk or underscore of a run; markdown-it pairs them afterwards."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    stop = state.pos
    while stop < state.posMax and state.src[stop] == marker:
        stop += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[stop] if stop < state.posMax else " "
    opens, closes = _sides(before, after, inside_words=marker == "*")
    length = stop - state.pos
    for _ in range(length):
        state.push("text", "", 0).content = marker
        token = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), length, token, -1, opens, closes))
    state.pos = stop
    return True


def _sides(before: str, after: str, *, inside_words: bool) -> tuple[bool, bool]:
    """Tell whether a run of markers between two characters can open emphasis, and whether it can close it.

    Markers that do not work ``inside_words`` need punctuation where they touch text on both sides.
    """
    left = _touches(after, before)
    right = _touches(before, after)
    if inside_words:
        return left, right
    return left and (not right or _helps(before)), right and (not left or _helps(after))


def _touches(text: str, other: str) -> bool:
    """Tell whether a run of markers belongs to the character ``text`` on one side, with ``other`` on its other side."""
    if isWhiteSpace(ord(text)):
        return False
    hinders = _is_punctuation(text) and not _CHINESE.match(text)
    return not hinders or isWhiteSpace(ord(other)) or _helps(other)


def _helps(character: str) -> bool:
    return _is_punctuation(character) or bool(_CHINESE.match(character))


def _is_punctuation(character: str) -> bool:
    """Tell whether CommonMark 0.30 counts ``character`` as punctuation: not the symbols of later versions, → ○ ×."""
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _closing_strong(state: StateInline) -> None:
    """Let ``**`` close strong text after half-width punctuation too, in a text with Chinese: **时限:**3月底.

    By CommonMark such a mark can open strong text only; where some is open, that is not what it was typed for.
    """
    if not _CHINESE.search(state.src):
        return
    is_open = False
    delimiters = state.delimiters
    for first, second in itertools.pairwise(delimiters):
        if first.marker != _ASTERISK or first.length != 2 or second.token != first.token + 1:
            continue
        before = state.tokens[first.token - 1].content[-1:] if first.token else ""
        if is_open and first.open and not first.close and before.strip() and not before.isalnum():
            first.open = second.open = False
            first.close = second.close = True
        is_open = first.open and not (is_open and first.close)
