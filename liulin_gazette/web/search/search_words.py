"""Words for search: what people say and what documents say for it, and which characters form words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from liulin_gazette.model.gazette import MOST_SEARCH_WORDS
from liulin_gazette.text.common_words import common_words
from liulin_gazette.text.word_boundaries import LONGEST

_DATA = Path(__file__).parent / "data"


@cache
def everyday_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words of documents for each everyday word: 坟墓 → 墓地, 殡葬, ….

    An everyday word may be one of documents too; it is then not repeated. One on several lines has the words of all,
    of which the first ``MOST_SEARCH_WORDS`` are taken: the page looks for no more.
    """
    return {word: others[:MOST_SEARCH_WORDS] for word, others in _stated_words().items()}


@cache
def _stated_words() -> Mapping[str, tuple[str, ...]]:
    """Return all words of documents that the file states for each everyday word."""
    words: dict[str, dict[str, None]] = {}
    for line in (_DATA / "everyday-words.txt").read_text("utf-8").splitlines():
        keys, *others = line.split() or ["#"]
        if not keys.startswith("#"):
            for key in keys.split("|"):
                words.setdefault(key, {}).update(dict.fromkeys(others))
    return {key: tuple(word for word in others if word != key) for key, others in words.items()}


@cache
def office_words() -> tuple[str, ...]:
    """Return words for offices, posts and places of administration: 民政, 县长, 乡镇."""
    return tuple((_DATA / "office-words.txt").read_text("utf-8").split())


@cache
def word_list() -> frozenset[str]:
    """Return the words by which texts are divided: common ones, those for everyday words, and names of offices.

    The everyday words themselves are none: documents do not write 死猪 or 不让走, and 会打人 is no word of them.

    What is only two common words side by side (公共汽车) is no word here: each of them is to be found as one.
    """
    common = common_words()
    stated = [word for words in _stated_words().values() for word in words]
    return common | {
        word
        for word in (*stated, *office_words())
        if 2 <= len(word) <= LONGEST and not {word[:2], word[2:]} <= common
    }


@cache
def simplified_characters() -> tuple[str, str]:
    """Return traditional characters in one row, and the simplified one of each in another."""
    traditional, simplified = (_DATA / "simplified-characters.txt").read_text("utf-8").split()
    return traditional, simplified
