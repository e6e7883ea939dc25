"""Names of gazettes: the place, the body and the word for a gazette in them; their pinyin, and whose gazette it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.text.pinyin import syllables
from liulin_gazette.text.place_pinyin import place_words, spelled, stem_of

LEAST_NAME, LONGEST_NAME = 4, 27
"""Characters of a name; the cover has room for so many."""
_HAN = "[\u3400-\u9fff\U00020000-\U000323af〇]"
_WORDS = {
    "人民代表大会常务委员会": "renmin daibiao dahui changwu weiyuanhui",
    "人民代表大会": "renmin daibiao dahui",
    "人大常委会": "renda changweihui",
    "管理委员会": "guanli weiyuanhui",
    "管委会": "guanweihui",
    "行政公署": "xingzheng gongshu",
    "人民政府": "renmin zhengfu",
    "政府": "zhengfu",
    "公报": "gongbao",
    "政报": "zhengbao",
}
"""The words of a name after the place, in pinyin by GB/T 16159."""
_PLACE = f"(?P<place>{_HAN}{{1,21}}?(?:县|市|区|旗|州|盟|省))"
_REST = "(?P<body>人民代表大会(?:常务委员会)?|人大常委会|管理委员会|管委会|行政公署|(?:人民)?政府)?(?P<word>公报|政报)"
NAME = re.compile(f"{_PLACE}{_REST}")
"""The name of a gazette whose place can be told apart."""
_OTHER_NAME = re.compile(
    f"(?P<stem>{_HAN}*?)(?P<body>人民代表大会(?:常务委员会)?|人大常委会|管理委员会|管委会|行政公署|(?:人民)?政府)?(?P<word>公报|政报)?"
)
_ISSUERS = {
    "": "人民政府",
    "政府": "人民政府",
    "管委会": "管理委员会",
    "人大常委会": "人民代表大会常务委员会",
    "人民代表大会": "人民代表大会常务委员会",
}
"""The body that issues the documents, where the name has a shorter word for it."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a gazette's name."""

    place: str
    """方山县; where no division can be told apart, all that stands before ``body``: 方山."""
    has_division: bool
    body: str
    """人民政府, 政府, 人民代表大会常务委员会 …; empty where the name has none: 云泽县政报."""
    word: str
    """公报 or 政报; empty in a name with another word, which is part of ``place`` then."""


def name_parts(name: str) -> NameParts:
    """Return the parts of the gazette's ``name``."""
    if found := NAME.fullmatch(name):
        return NameParts(found["place"], True, found["body"] or "", found["word"])
    other = _OTHER_NAME.fullmatch(name)
    if other is None or not other["stem"]:
        return NameParts(name, False, "", "")
    return NameParts(other["stem"], False, other["body"] or "", other["word"] or "")


def principal_of(name: str) -> str:
    """Return the body whose gazette ``name`` is: 方山县人民政府; empty where the name does not tell."""
    parts = name_parts(name)
    return parts.place + _ISSUERS.get(parts.body, parts.body) if parts.has_division else ""


def name_fault(name: str) -> str:
    """Return why a gazette cannot have ``name``, and what to write; empty if it can."""
    if not re.fullmatch(f"{_HAN}+", name):
        return "写汉字，不加空格、标点、字母和书名号，例如 方山县人民政府公报、方山县政报。"
    if not LEAST_NAME <= len(name) <= LONGEST_NAME:
        return (
            f"有 {len(name)} 个字，封面、刊头排得下 {LEAST_NAME} 至 {LONGEST_NAME} 个字。"
            "写印在封面上的名称，太长的用规范化简称。"
        )
    return ""


def romanised(name: str, readings: Mapping[str, str] | None = None) -> str:
    """Return the name in pinyin, 专名 and 通名 apart (GB/T 16159): FANGSHAN XIAN RENMIN ZHENGFU GONGBAO.

    ``readings`` are those that hold, by character.
    """
    parts = name_parts(name)
    words = [*map(spelled, place_words(parts.place, readings or {}))]
    words += [_WORDS.get(each) or " ".join(syllables(each)) for each in (parts.body, parts.word) if each]
    return " ".join(words).upper()


def file_prefix(name: str, readings: Mapping[str, str] | None = None) -> str:
    """Return what file names begin with: ``fangshan-gazette``; ``gazette`` where the place has no known reading."""
    stem = stem_of(name_parts(name).place, readings or {})
    place = re.sub("[^a-z]", "", "".join(syllable.spelling for syllable in stem))
    return f"{place}-gazette" if place else "gazette"
