"""摘要: the beginning of a text, word for word."""

from __future__ import annotations

import re

from liulin_gazette.model.blocks import Article, Paragraph, Table, plain, walk
from liulin_gazette.model.document import FullText

_SPOKEN = frozenset(("text", "run-in"))
"""The roles of paragraphs that say something themselves."""
_ENDS = ("。！？；", "，：、")
"""Where a text is cut: after a sentence if one ends in the second half of what fits, else after a part of one."""

_BREAK = re.compile(r"\s*\n\s*")
_BREAK_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z0-9,.;:])\s*\n\s*(?=[A-Za-z0-9])")


def excerpt(document: FullText, most: int) -> str:
    """Return how ``document`` begins, at most ``most`` characters: a part of its text, unchanged; never invented.

    That is its first paragraph or article; its title where it has neither, as a list of names.
    """
    for block, _ in walk(document.blocks):
        match block:
            case Paragraph() if block.role in _SPOKEN:
                words = _on_one_line(plain(block.text))
            case Article():
                words = _on_one_line(plain(block.text))
            case Table():
                break  # What stands below a table explains it.
            case _:
                continue
        if words:
            return _cut(words, most)
    return _cut(_on_one_line(document.title), most)


def _on_one_line(text: str) -> str:
    """Return ``text`` without line breaks; words in Latin letters on both sides of one keep a space between them."""
    return _BREAK.sub("", _BREAK_BETWEEN_WORDS.sub(" ", text)).strip()


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    head = text[:most]
    for marks in _ENDS:
        end = max(head.rfind(mark) for mark in marks) + 1
        if end > most // 2:
            return head[:end].rstrip("，：、") or head
    return head
