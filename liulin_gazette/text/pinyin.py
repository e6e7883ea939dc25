"""Romanisation for search and addresses: the pinyin of titles, with place names read as the locals do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "usual-syllables.txt"
"""A line for each syllable: it and the characters of 通用规范汉字表 that pypinyin reads so where they stand alone."""
PRONUNCIATIONS = {
    "洪洞": "hong tong",
    "繁峙": "fan shi",
    "长治": "chang zhi",
    "解州": "hai zhou",
    "吕梁": "lv liang",
    "临汾": "lin fen",
    "大夫": "dai fu",
    "疙瘩": "ge da",
}
"""Words that pypinyin's dictionary misreads, above all places in Shanxi."""


@cache
def _extend_dictionary() -> None:
    """Add ``PRONUNCIATIONS`` to pypinyin's dictionary, which is global state of the library.

    pypinyin's own load_phrases_dict would retrain the word segmenter on the whole dictionary, which takes long.
    """
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.contrib.mmseg import seg

    PHRASES_DICT.update(
        {word: [[syllable] for syllable in reading.split()] for word, reading in PRONUNCIATIONS.items()}
    )
    seg.train(iter(PRONUNCIATIONS))


def syllables(text: str) -> list[str]:
    """Return the toneless syllable of each Han character of ``text``; a run of other characters is one item.

    All is lower case, and ü is written v, as on a keyboard.
    """
    from pypinyin import lazy_pinyin

    _extend_dictionary()
    return [part.lower() for part in lazy_pinyin(text, v_to_u=False)]


def syllable(han: str) -> str:
    """Return the usual toneless syllable of one Han character; ü is written v.

    The characters of 通用规范汉字表 are read from a table, as pypinyin reads them: to load its dictionaries takes longer
    than to check a document.
    """
    if known := _usual_syllables().get(han):
        return known
    from pypinyin import lazy_pinyin

    return lazy_pinyin(han, v_to_u=False)[0]


@cache
def _usual_syllables() -> Mapping[str, str]:
    lines = (line.split(" ") for line in _FILE.read_text("utf-8").splitlines())
    return {han: sound for sound, characters in lines for han in characters}
