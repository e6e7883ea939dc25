"""An independent count of a web page: all characters between its tags, whatever is shown of them.

It knows no elements, only where tags begin and end, and leaves out what no browser shows as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from liulin_gazette.intake.account import SourceText

_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?\]\]>|<!\[(?:end)?if\b[^>]*>|<!doctype[^>]*>|<\?[^>]*>|<meta\b[^>]*>"
    r"|<(script|style|template|object|iframe|svg|noframes)\b.*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark",
        "o:p", "q", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
"""Elements within a text; the others begin or end one."""


def count_page(text: str) -> Iterator[SourceText]:
    """Yield the texts of the web page ``text``, cut where an element begins or ends that is a paragraph of its own."""
    text = _NO_TEXT.sub("", text)
    words, is_item, end = "", False, 0
    for match in (*_TAG.finditer(text), None):
        words += text[end : match.start() if match else len(text)]
        if match is None or match[1].lower() not in _INLINE:
            shown = html.unescape(words)
            if shown.strip():
                yield SourceText(shown, "网页", is_added_to=is_item)
                is_item = False
            words = ""
        if match is not None:
            end = match.end()
            is_item = is_item or (match[1].lower() == "li" and not match[0].startswith("</"))
