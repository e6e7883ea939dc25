"""The rule about words and characters that are written twice in a row (code T010)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.text.common_words import common_words, right_doublings, seldom_doubled

_DOUBLED_WORD = re.compile(r"(?P<word>(?![的等])[一-鿿]{1,5}(?![一同共边])[一-鿿])(?P=word)")
_DOUBLED_CHARACTER = re.compile(r"(?P<character>[一-鿿])(?P=character)")
_ALLOWED = re.compile(
    r"一[一-鿿]|(?:研究|讨论|商量|考虑|了解|认识|学习|锻炼|打听|休息|整理|检查|尝试|体验|参观|介绍|评论|商议|组织|装箱)$"
)
"""Words that are rightly repeated: 一个一个, 研究研究."""
_TOWN_HEAD = re.compile("([镇乡区县市州村省])\\1[长委府级政域]")
"""A place and its head: 辽阳镇镇长, 穆村镇镇政府."""
_LEADER = re.compile(r"(?:大队|支队|中队|总队|小队|小组|支部|支局)")
_NOUN_AND_VERB = re.compile(
    "(?:规定规定(?!。)|年度年度[一-鿿]|代表代表团|政府政府[采购储投债]|出租出租[汽车]|保管保管[人物]|报告报告|决定决定|人民法院人民法院|定罪定罪)"
)
"""Two words side by side that happen to be the same: 有关规定规定的, 年度年度报告, 省人民政府政府采购."""
_SIDE_BY_SIDE = re.compile(
    "能源源不断|创新新能源|焦化化[产工]|超算算力|汉中中[药医学]|中煤煤[炭矿化]|培育育[种繁]"
)
"""Two words of which one ends with the character that the other begins with: 势能源源不断, 超算算力."""
_POSSESSIVE = re.compile(r"(?<![目标有])的的(?!确)")
_LONG_WORD = 4
"""Characters that do not stand twice in a row by chance, wherever words begin and end."""
_PARTICLES = "和与及或在为对由从向将被把并而"


def words_are_not_doubled(annotated: AnnotatedDocument) -> Findings:
    """T010: no word or character is written twice in a row (进行进行, 管管理), except those that are rightly repeated."""
    for passage in annotated.body:
        if passage.kind == "roster":
            continue
        for start, length in doubles(passage.text):
            word = passage.text[start : start + length]
            end = start + 2 * length
            yield Finding(
                passage.at(start),
                f"“{word}”连写了两次：“{passage.text[max(start - 4, 0) : end + 4]}”。",
                "核对原件；原件如此的照印，写明豁免理由。",
                passage.text[start:end],
            )
        for match in _POSSESSIVE.finditer(passage.text):
            yield Finding(passage.at(match.start()), "“的”连写了两次。", "核对原件。", match[0])


def doubles(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each doubled word or character in ``text`` begins, and the length of the single one."""
    for match in _DOUBLED_WORD.finditer(text):
        if not _is_right_word(text, match):
            yield match.start(), len(match["word"])
    side_by_side = [(found.start(), found.end()) for found in _SIDE_BY_SIDE.finditer(text)]
    for match in _DOUBLED_CHARACTER.finditer(text):
        if any(start <= match.start() < end for start, end in side_by_side):
            continue
        if _is_doubled_by_mistake(text, match.start()):
            yield match.start(), 1


def _is_right_word(text: str, match: re.Match[str]) -> bool:
    word, after = match["word"], text[match.end() : match.end() + 1]
    if len(set(word)) == 1 or _ALLOWED.match(word) or (_LEADER.fullmatch(word) and after == "长"):
        return True
    if (word.endswith("会") and after == "议") or _NOUN_AND_VERB.match(text, match.start()):
        return True
    words, before = common_words(), text[max(match.start() - 1, 0) : match.start()]
    return (
        len(word) < _LONG_WORD
        and word not in words
        and (before + word[0] in words or word[-1] + after in words)
    )


def _is_doubled_by_mistake(text: str, start: int) -> bool:
    """Tell whether the characters at ``start`` and after it, which are the same, should be one.

    Then a word ends with the first, or begins with the second, but not both (侦破破坏): 检查查工作, 日常管管理.
    """
    character, before, after = text[start], text[max(start - 1, 0) : start], text[start + 2 : start + 3]
    if _TOWN_HEAD.match(text, start):
        return False
    around = text[max(start - 2, 0) : start], text[start + 2 : start + 4]
    if any(len(pair) == 2 and pair[0] == pair[1] for pair in around) or before == character == after:
        return False
    if before + character * 2 in right_doublings() or character * 2 + after in right_doublings():
        return False
    words = common_words()
    ends, begins = before + character in words, character + after in words
    if character in _PARTICLES:
        return not ends and not begins
    return character in seldom_doubled() and ends != begins


def may_be_doubled(text: str, start: int) -> bool:
    """Tell whether the two equal characters at ``start`` may belong to two words: 主管|管道, 碳中和|和污染."""
    if any(found.start() <= start < found.end() for found in _SIDE_BY_SIDE.finditer(text)):
        return True
    character, before, after = text[start], text[max(start - 1, 0) : start], text[start + 2 : start + 3]
    if before + character * 2 in right_doublings() or character * 2 + after in right_doublings():
        return True
    words = common_words()
    return before + character in words and (character + after in words or character in _PARTICLES)
