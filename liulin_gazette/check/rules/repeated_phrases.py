"""The rule about what a document says in several places, but in one of them with a character more, less or other (code T048)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.knowledge.single_edits import is_confusable
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.text.long_forms import is_long_form

_HAN = re.compile("[一-鿿]+")
_BESIDE = 4
"""How many characters before and after the place are the same."""
_LEAST_PLACES = 2
_USUAL = 2
"""In so many places a wording is the usual one; what differs from a single other place may be meant."""
_FREE = frozenset(
    "和与及的等或并了在各其对由以为于不要未没拟非经应可须该且除因凭时后前内外上下左右东西南北中大小新老"
    "将又再另所既则均都也仅只才就还已曾正是自过着有使让被把给从向到最更较很约原本"
    "一二三四五六七八九十百千万两第男女年月日省市县区旗盟州乡镇村级正副总分准"
)
"""Function words, numerals, ranks: rightly there in one place and not in another (管理和服务, 将处罚决定, 副主任, 第二)."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a phrase stands."""

    passage: int
    offset: int


def phrases_are_told_alike(annotated: AnnotatedDocument) -> Findings:
    """T048: what stands in several places, with four characters before and after, has no character more, less or other once.

    Only what stands once is told, and only where the other wording is the usual one, or the character is doubled (征兵工工作).
    """
    passages = annotated.running
    with_one, with_none = _phrases([passage.text for passage in passages])
    for beside, found in with_one.items():
        for place, present, likely, slip in _slips(beside, found, with_none.get(beside, [])):
            yield Finding(
                passages[place.passage].at(place.offset),
                f"“{present}”与别处的“{likely}”{slip}，前后不一。",
                "核对原件，改成一样；两处确实不同的，写明豁免理由。",
                present,
            )


def _slips(
    beside: str, with_one: Mapping[str, list[_Place]], with_none: Sequence[_Place]
) -> Iterator[tuple[_Place, str, str, str]]:
    """Yield the rarer wordings of a phrase with the characters ``beside``: where, what it is, what is usual, how they differ."""
    before, after = beside[:_BESIDE], beside[_BESIDE:]
    usual = {character: places for character, places in with_one.items() if character not in _FREE}
    for character, places in usual.items():
        phrase = before + character + after
        if is_long_form(before[-1], character) or is_long_form(character, after[0]):
            continue
        if len(with_none) == 1 and len(places) >= _USUAL:
            yield with_none[0], beside, phrase, f"少一个“{character}”"
        elif len(places) == 1 and len(with_none) >= (1 if character in before[-1] + after[0] else _USUAL):
            yield places[0], phrase, beside, f"多一个“{character}”"
        for other, others in usual.items():
            if len(others) == 1 < len(places) and is_confusable(other, character):
                yield others[0], before + other + after, phrase, "差一个字"


def _phrases(
    texts: Sequence[str],
) -> tuple[Mapping[str, Mapping[str, list[_Place]]], Mapping[str, list[_Place]]]:
    """Return where a character stands between four before and four after it, and where none does, by those eight.

    Only what stands in several places before or after something is looked at.
    """
    runs = [(number, run) for number, text in enumerate(texts) for run in _HAN.finditer(text)]
    counts: Counter[str] = Counter()
    for _, run in runs:
        counts.update(run[0][at : at + _BESIDE] for at in range(len(run[0]) - _BESIDE + 1))
    with_one: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    with_none: dict[str, list[_Place]] = defaultdict(list)
    for number, run in runs:
        text = run[0]
        for at in range(_BESIDE, len(text) - _BESIDE + 1):
            before = text[at - _BESIDE : at]
            if counts[before] < _LEAST_PLACES:
                continue
            place = _Place(number, run.start() + at - _BESIDE)
            after, later = text[at : at + _BESIDE], text[at + 1 : at + 1 + _BESIDE]
            if counts[after] >= _LEAST_PLACES:
                with_none[before + after].append(place)
            if counts[later] >= _LEAST_PLACES and len(later) == _BESIDE:
                with_one[before + later][text[at]].append(place)
    return with_one, with_none
