"""Romanisation for finding: the syllables of a title, place names and surnames read as they are said."""

from __future__ import annotations

from functools import cache

PLACES = {
    "洪洞": "hong tong",
    "繁峙": "fan shi",
    "长治": "chang zhi",
    "解州": "hai zhou",
    "吕梁": "lv liang",
    "临汾": "lin fen",
    "大夫": "dai fu",
    "疙瘩": "ge da",
}
"""Words that the general dictionary misreads, places of Shanxi above all."""


@cache
def _prepared() -> None:
    """Teach the dictionary our words once; the change is the library's own global state.

    The library's load_phrases_dict would learn all of its own words again, too.
    """
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.contrib.mmseg import seg

    PHRASES_DICT.update({word: [[each] for each in said.split()] for word, said in PLACES.items()})
    seg.train(iter(PLACES))


def syllables(text: str) -> list[str]:
    """Return the toneless syllables of the Han characters of ``text``; a run of others is one item.

    ü is v, as it is typed.
    """
    from pypinyin import lazy_pinyin

    _prepared()
    return [part.lower() for part in lazy_pinyin(text, v_to_u=False)]
