"""Read the texts of gazette.toml, contacts.toml and issue.toml: every string in them but what steers the checks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import cast

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.own_texts import OwnText
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.settings import parse_settings

UNPUBLISHED = ("校核", "发文机关", "归档")
"""Tables of which nothing reaches a page, but for the names of issuers, which documents have too."""
_STRING_OR_COMMENT = re.compile(
    r'"""\n?(?P<long>(?:[^\\]|\\.)*?)"""|\'\'\'\n?(?P<raw>.*?)\'\'\''
    r"|\"(?P<short>(?:[^\"\\\n]|\\.)*)\"|'(?P<plain>[^'\n]*)'|#[^\n]*",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^\n]))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def own_texts(content: bytes, path: str) -> tuple[OwnText, ...]:
    """Return the texts in the TOML file at the project path ``path``; none if it cannot be read."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return ()
    settings = parse_settings(text, path, FindingCollector())
    if settings is None:
        return ()
    written = list(_written_strings(text))
    found: list[OwnText] = []
    following = 0
    for key, value in _strings("", settings.values):
        index = _index_of(value, written, following)
        if index is None:
            found.append(OwnText(key, value, Place(path, 1, 1)))
        else:
            following = index + 1
            found.append(OwnText(key, value, _place(text, written[index][1], path)))
    return tuple(found)


def _strings(key: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the strings in ``value`` that are not empty, each with its nearest key."""
    if isinstance(value, str):
        if value.strip():
            yield key, value
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _strings(key, each)
    elif isinstance(value, dict):
        for name, each in cast("dict[str, object]", value).items():
            if name not in UNPUBLISHED:
                yield from _strings(name, each)


def _written_strings(text: str) -> Iterator[tuple[str, int]]:
    """Yield each string that a TOML file has between marks, and the offset of its first character.

    One with escapes is yielded as it is read; the offsets of the characters after an escape are then not exact.
    """
    for match in _STRING_OR_COMMENT.finditer(text):
        if match.lastgroup:
            value = match[match.lastgroup]
            is_escaped = match.lastgroup in ("long", "short")
            yield _ESCAPE.sub(_character, value) if is_escaped else value, match.start(match.lastgroup)


def _character(escape: re.Match[str]) -> str:
    """Return the character that ``escape`` stands for."""
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])


def _index_of(value: str, written: list[tuple[str, int]], following: int) -> int | None:
    """Return where ``value`` is among the strings ``written``, best at or after ``following``; None if it is not."""
    order = itertools.chain(range(following, len(written)), range(following))
    return next((index for index in order if written[index][0] == value), None)


def _place(text: str, at: int, path: str) -> Place:
    """Return the place of the offset ``at`` in ``text``."""
    line_start = text.rfind("\n", 0, at) + 1
    return Place(path, text.count("\n", 0, at) + 1, at - line_start + 1)
