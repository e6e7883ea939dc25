"""Rules about marks (codes T003, T005–T009, T020)."""

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
    """T003: beside Han text stand full-width marks (GB/T 15834-2011 §5)."""
    for passage, found in annotated.matches(_HALF):
        yield Finding(
            passage.at(found.start()),
            f"汉字旁边用了半角“{found[0]}”：“{_around(passage.text, found.start())}”。",
            "改为全角标点；核对原件。",
            _around(passage.text, found.start()),
        )


def marks_are_not_doubled(annotated: AnnotatedDocument) -> Findings:
    """T005: no two stops stand side by side."""
    for passage, found in annotated.matches(_DOUBLED):
        yield Finding(
            passage.at(found.start()),
            f"两个标点连用“{found[0]}”：“{_around(passage.text, found.start())}”。",
            "核对原件，删去多余的一个。",
            _around(passage.text, found.start()),
        )


def ellipses_and_dashes_are_whole(annotated: AnnotatedDocument) -> Findings:
    """T006: 省略号 is ……, 破折号 is —— (GB/T 15834-2011 §4.10、§4.11)."""
    for passage, found in annotated.matches(_ELLIPSIS):
        right = "——" if "-" in found[0] else "……"
        yield Finding(passage.at(found.start()), f"“{found[0]}”应作“{right}”。", "核对原件。", found[0])


def marks_are_paired(annotated: AnnotatedDocument) -> Findings:
    """T007: brackets, book-title marks and quotation marks are paired, over the whole document."""
    opened: list[tuple[str, Passage, int]] = []
    for passage in annotated.passages:
        if passage.kind not in ("text", "article"):
            yield from _unclosed(opened)
            opened = []
        text = passage.text.translate(_WIDE)
        if text.count("）") > text.count("（"):
            text = _ITEM_BRACKET.sub(lambda found: "　" * len(found[0]), text)
        for found in _ANY_MARK.finditer(text):
            offset, character = found.start(), found[0]
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
    """T008: inside 《》 stands 〈〉, inside “” stands ‘’ (GB/T 15834-2011 §4.8.3.4、§4.15.3)."""
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
    """T009: no space stands between Han characters in running text."""
    for passage in annotated.running:
        if _DIVISION.match(passage.text):
            continue
        for found in _SPACE.finditer(passage.text):
            yield Finding(
                passage.at(found.start()),
                f"汉字之间有空格：“{_around(passage.text, found.start())}”。",
                "核对原件，删去空格。",
                _around(passage.text, found.start()),
            )


def enumerations_keep_one_mark(annotated: AnnotatedDocument) -> Findings:
    """T020: in a long row of short names parted by 、 stands no single ， (GB/T 15834-2011 §4.5)."""
    for passage in annotated.running:
        if passage.text.count("、") < 8:
            continue
        flat = _BRACKETED.sub(lambda found: "　" * len(found[0]), passage.text)
        for sentence in re.finditer(r"[^。；：]+", flat):
            parts = re.split("([、，])", sentence[0])
            names, marks = parts[::2], parts[1::2]
            for at, mark in enumerate(marks):
                before, after = marks[max(at - 5, 0) : at], marks[at + 1 : at + 4]
                near = names[max(at - 5, 0) : at + 5]
                if (
                    mark == "，"
                    and not names[at + 1].startswith(("以及", "并", "和"))
                    and len(before) == 5
                    and len(after) == 3
                    and set(before) == set(after) == {"、"}
                    and all(1 < len(name) <= 8 for name in near)
                    and marks.count("，") <= 2
                ):
                    offset = sentence.start() + sum(len(part) for part in parts[: 2 * at + 1])
                    yield Finding(
                        passage.at(offset),
                        f"并列的各项之间都用顿号，只有这里用逗号：“{_around(passage.text, offset)}”。",
                        "核对原件。",
                        _around(passage.text, offset),
                    )


def _around(text: str, offset: int) -> str:
    """Return the words around ``offset``, by which an editor finds the place."""
    return text[max(offset - 6, 0) : offset + 7].replace("\n", " ")
