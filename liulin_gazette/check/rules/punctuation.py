"""Rules about punctuation (codes T003, T005–T009, T020)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings

_HALF = re.compile(
    r"(?<=[一-鿿》”）])[,;:?!](?!//)|(?<=[一-鿿])[()]|[()](?=[一-鿿])|(?<=[一-鿿])\.(?=[一-鿿]|$)"
)
_DOUBLED = re.compile(r"[，。；：、][，。；：、]")
_ELLIPSIS = re.compile(r"\.{3,}|(?<!…)…(?!…)|。{3,}|(?<=[一-鿿])--(?=[一-鿿])|·{3,}")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "〈": "〉", "‘": "’", "(": ")"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_ANY_MARK = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSING)) + "]")
_APOSTROPHE = re.compile(r"[0-9A-Za-z]’|’[0-9A-Za-z]")
_WIDE = str.maketrans("()", "（）")
_ITEM_BRACKET = re.compile(r"(?:^|[；。，、：\s])(?:\d{1,2}|[a-zA-Z])[）)]")
_BRACKETED = re.compile(r"（[^（）]*）")
_SPACE = re.compile(r"(?<=[一-鿿，。；：、])[ 　]+(?=[一-鿿])")
_DIVISION = re.compile(r"第[一二三四五六七八九十百千零〇]+(?:分编|[编章节条款项])[ 　]")


def marks_are_full_width(annotated: AnnotatedDocument) -> Findings:
    """T003: punctuation next to Han characters is full-width (GB/T 15834-2011 §5)."""
    for passage, match in annotated.matches(_HALF):
        yield Finding(
            passage.at(match.start()),
            f"汉字旁边用了半角“{match[0]}”：“{_around(passage.text, match.start())}”。",
            "改为全角标点；核对原件。",
            _around(passage.text, match.start()),
        )


def marks_are_not_doubled(annotated: AnnotatedDocument) -> Findings:
    """T005: no two of ，。；：、 follow each other."""
    for passage, match in annotated.matches(_DOUBLED):
        yield Finding(
            passage.at(match.start()),
            f"两个标点连用“{match[0]}”：“{_around(passage.text, match.start())}”。",
            "核对原件，删去多余的一个。",
            _around(passage.text, match.start()),
        )


def ellipses_and_dashes_are_whole(annotated: AnnotatedDocument) -> Findings:
    """T006: 省略号 is ……, 破折号 is —— (GB/T 15834-2011 §4.10、§4.11)."""
    for passage, match in annotated.matches(_ELLIPSIS):
        right = "——" if "-" in match[0] else "……"
        yield Finding(passage.at(match.start()), f"“{match[0]}”应作“{right}”。", "核对原件。", match[0])


def marks_are_paired(annotated: AnnotatedDocument) -> Findings:
    """T007: brackets, book-title marks and quotation marks are paired; a pair may span several paragraphs."""
    opened: list[tuple[str, Passage, int]] = []
    for passage in annotated.passages:
        if passage.kind not in ("text", "article"):
            yield from _unclosed(opened)
            opened = []
        text = passage.text.translate(_WIDE)
        if text.count("）") > text.count("（"):
            text = _ITEM_BRACKET.sub(lambda match: "　" * len(match[0]), text)
        for match in _ANY_MARK.finditer(text):
            offset, character = match.start(), match[0]
            if character in _PAIRS:
                if character == "“" and opened and opened[-1][0] == "“" and not text[:offset].strip():
                    continue
                opened.append((character, passage, offset))
            else:
                if opened and opened[-1][0] == _CLOSING[character]:
                    opened.pop()
                elif not (character == "’" and _APOSTROPHE.search(text[max(offset - 1, 0) : offset + 2])):
                    yield Finding(
                        passage.at(offset),
                        f"“{character}”前面没有与它成对的“{_CLOSING[character]}”：“{_around(passage.text, offset)}”。",
                        "核对原件，补上或删去。",
                        _around(passage.text, offset),
                    )
        if opened and opened[0][0] != "“":
            yield from _unclosed(opened)
            opened = []
    yield from _unclosed(opened)


def _unclosed(opened: list[tuple[str, Passage, int]]) -> Findings:
    for mark, passage, offset in opened:
        yield Finding(
            passage.at(offset),
            f"“{mark}”没有与它成对的“{_PAIRS[mark]}”：“{_around(passage.text, offset)}”。",
            "核对原件，补上或删去。",
            _around(passage.text, offset),
        )


def nested_marks_alternate(annotated: AnnotatedDocument) -> Findings:
    """T008: within 《》 titles have 〈〉, within “” quotations have ‘’ (GB/T 15834-2011 §4.8.3.4、§4.15.3)."""
    for passage in annotated.passages:
        for mark in "《“":
            if passage.text.count(mark) < 2:
                continue
            depth = 0
            for offset, character in enumerate(passage.text):
                depth += (character == mark) - (character == _PAIRS[mark])
                if depth > 1 and character == mark:
                    name, inner = ("书名号", "〈〉") if mark == "《" else ("双引号", "‘’")
                    yield Finding(
                        passage.at(offset),
                        f"{name}里面又用{name}：“{_around(passage.text, offset)}”。",
                        f"里层改用“{inner}”；核对原件。",
                        _around(passage.text, offset),
                    )
                    break


def no_space_between_characters(annotated: AnnotatedDocument) -> Findings:
    """T009: there is no space between Han characters in running text."""
    for passage in annotated.running:
        if _DIVISION.match(passage.text):
            continue
        for match in _SPACE.finditer(passage.text):
            yield Finding(
                passage.at(match.start()),
                f"汉字之间有空格：“{_around(passage.text, match.start())}”。",
                "核对原件，删去空格。",
                _around(passage.text, match.start()),
            )


def enumerations_keep_one_mark(annotated: AnnotatedDocument) -> Findings:
    """T020: a long list of short names separated by 、 contains no single ， (GB/T 15834-2011 §4.5)."""
    for passage in annotated.running:
        if passage.text.count("、") < 8:
            continue
        flat = _BRACKETED.sub(lambda match: "　" * len(match[0]), passage.text)
        for sentence in re.finditer(r"[^。；：]+", flat):
            parts = re.split("([、，])", sentence[0])
            names, marks = parts[::2], parts[1::2]
            for index, mark in enumerate(marks):
                before, after = marks[max(index - 5, 0) : index], marks[index + 1 : index + 4]
                near = names[max(index - 5, 0) : index + 5]
                if (
                    mark == "，"
                    and not names[index + 1].startswith(("以及", "并", "和"))
                    and len(before) == 5
                    and len(after) == 3
                    and set(before) == set(after) == {"、"}
                    and all(1 < len(name) <= 8 for name in near)
                    and marks.count("，") <= 2
                ):
                    offset = sentence.start() + sum(len(part) for part in parts[: 2 * index + 1])
                    yield Finding(
                        passage.at(offset),
                        f"并列的各项之间都用顿号，只有这里用逗号：“{_around(passage.text, offset)}”。",
                        "核对原件。",
                        _around(passage.text, offset),
                    )


def _around(text: str, offset: int) -> str:
    """Return the characters around ``offset``, from which an editor recognises the place."""
    return text[max(offset - 6, 0) : offset + 7].replace("\n", " ")
