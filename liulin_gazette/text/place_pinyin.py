"""The pinyin of a division's name, word by word (《中国地名汉语拼音字母拼写规则》), and which of its readings are certain.

单县 is Shanxian and 六安市 Lu'an Shi: the dictionaries of place names say so, not those of words. A character with
several readings that no table of place names covers is never decided silently: whoever calls is told.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from liulin_gazette.text.display_lines import division_ends
from liulin_gazette.text.peoples import PEOPLES, WITHOUT_SUFFIX
from liulin_gazette.text.pinyin import syllable

_DATA = Path(__file__).with_name("data")
_ZONE_WORDS = "国家级|高新|高技术|经济|技术|综合|产业|工业|农业|旅游|文化|生态|现代|循环|边境|跨境|合作|风景|名胜|自然|保护"
"""Words that the kind of a zone has before its last word: 经济|技术|开发区."""
_ZONES = "开发区|示范区|合作区|试验区|度假区|管理区|保护区|名胜区|保税区|园区"
_KINDS = re.compile(
    f"(?P<stem>.+?)(?P<kind>自治[区州县旗]|(?:{_ZONE_WORDS})*(?:{_ZONES})|地区|林区|矿区|新区|特区|[省市县区旗盟州])"
)
_KIND_WORDS = re.compile(f"{_ZONES}|{_ZONE_WORDS}|.+")
_PEOPLES = re.compile(f"(?:{PEOPLES}|各)族|(?:{WITHOUT_SUFFIX})$")
"""The peoples in the name of an autonomous division."""
_SPELLING = re.compile("[a-zü]{1,6}")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A character with its reading: toneless, lower case, ü written v."""

    han: str
    spelling: str
    candidates: tuple[str, ...] = ()
    """Its readings, where it has several."""
    is_certain: bool = True
    """Whether a table of place names, or whoever states it, says so."""


Word = tuple[Syllable, ...]


def place_words(place: str, stated: Mapping[str, str]) -> tuple[Word, ...]:
    """Return the words of ``place`` with their readings; ``stated`` are readings that hold, by character.

    A division of one syllable is one word with 县, 市 and so on.
    """
    syllables = _syllables(place, stated)
    return tuple(syllables[start:end] for start, end in _word_spans(place))


def stem_of(place: str, stated: Mapping[str, str]) -> Word:
    """Return the first word of the lowest division in ``place``: 裕安 of 六安市裕安区, 长阳 of 长阳土家族自治县."""
    *_, (start, _end) = _division_spans(place)
    span = next(span for span in _word_spans(place) if span[0] == start)
    return _syllables(place, stated)[slice(*span)]


def lowest_division(place: str) -> tuple[str, str]:
    """Return the lowest division in ``place`` and its first word: 长阳土家族自治县 and 长阳."""
    *_, (start, end) = _division_spans(place)
    word = next(span for span in _word_spans(place) if span[0] == start)
    return place[start:end], place[slice(*word)]


def spelled(word: Word) -> str:
    """Return ``word`` as it is written: ``lu'an``, ``lüliang``."""
    text = ""
    for each in word:
        sound = re.sub("^([ln])v", r"\1ü", each.spelling)
        text += f"'{sound}" if text and sound[0] in "aoe" else sound
    return text


def polyphones(text: str, stated: Mapping[str, str]) -> tuple[Syllable, ...]:
    """Return the characters of ``text`` with several readings, each once; kinds and peoples in it are none."""
    plain = {index for start, end in _generic_spans(text) for index in range(start, end)}
    found = {
        each.han: each
        for index, each in enumerate(_syllables(text, stated))
        if each.candidates and index not in plain
    }
    return tuple(found.values())


def readings_of(han: str) -> tuple[str, ...]:
    """Return every reading of the character ``han`` that a dictionary has."""
    from pypinyin import Style, pinyin

    known = pinyin(han, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    return tuple(dict.fromkeys((*_polyphones().get(han, ()), *(sound for sound in known if sound.isalpha()))))


def normal_reading(text: str) -> str:
    """Return a reading as somebody typed it in the form that is kept: ``lv``; empty where it is none."""
    typed = text.strip().lower().replace("u:", "v")
    return typed.replace("ü", "v") if _SPELLING.fullmatch(typed) else ""


def _word_spans(place: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of ``place`` begins and ends."""
    for start, end in _division_spans(place):
        found = _KINDS.fullmatch(place[start:end])
        if found is None:
            yield start, end
            continue
        kind = start + found.start("kind")
        if kind - start == 1 and end - kind == 1:
            yield start, end
            continue
        at = start
        for people in _PEOPLES.finditer(found["stem"]) if found["kind"].startswith("自治") else ():
            if start + people.start() > at:
                yield at, start + people.start()
            yield start + people.start(), start + people.end()
            at = start + people.end()
        if at < kind:
            yield at, kind
        for word in _KIND_WORDS.finditer(place, kind, end):
            yield word.span()


def _division_spans(place: str) -> Iterator[tuple[int, int]]:
    ends = [0, *division_ends(place), len(place)]
    yield from itertools.pairwise(ends)


def _generic_spans(place: str) -> Iterator[tuple[int, int]]:
    """Yield where kinds and peoples stand in ``place``: their readings are known."""
    for start, end in _division_spans(place):
        if found := _KINDS.fullmatch(place[start:end]):
            yield start + found.start("kind"), end
            if found["kind"].startswith("自治"):
                for people in _PEOPLES.finditer(found["stem"]):
                    yield start + people.start(), start + people.end()


def _syllables(text: str, stated: Mapping[str, str]) -> Word:
    table, several = _place_readings(), _polyphones()
    usual = _usual_readings(text)
    listed: dict[int, str] = {}
    at = 0
    while at < len(text):
        name = next((text[at:end] for end in range(len(text), at, -1) if text[at:end] in table), text[at])
        listed |= dict(enumerate(table.get(name, ()), at))
        at += len(name)
    return tuple(
        Syllable(
            han,
            stated.get(han) or listed.get(index) or usual[index].lower(),
            several.get(han, ()),
            han in stated or index in listed or han not in several,
        )
        for index, han in enumerate(text)
    )


def _usual_readings(text: str) -> list[str]:
    """Return the reading of each character of ``text`` by a dictionary of words; what has none stands for itself."""
    from pypinyin import lazy_pinyin

    sounds = lazy_pinyin(text, v_to_u=False)
    return sounds if len(sounds) == len(text) else [syllable(han) for han in text]


@cache
def _place_readings() -> Mapping[str, tuple[str, ...]]:
    """Return the syllables of each place name that has a character with several readings."""
    return _table("place-readings.txt")


@cache
def _polyphones() -> Mapping[str, tuple[str, ...]]:
    """Return the readings of each character that has several in the names of places."""
    return _table("polyphones.txt")


def _table(name: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split() for line in (_DATA / name).read_text("utf-8").splitlines())
    return {row[0]: tuple(row[1:]) for row in rows}
