"""Rules about punctuation (codes T003, T005–T009, T020, T028)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Paragraph, plain
from liulin_gazette.text.personal_names import is_list_of_names, is_person_with_post, spread_words

_HALF = re.compile(
    r"(?=[,;:?!().])"
    r"(?:(?<=[一-鿿》”）])[,;:?!](?!//)|(?<=[一-鿿])[()]|[()](?=[一-鿿])|(?<=[一-鿿])\.(?=[一-鿿]|$))"
)
_DOUBLED = re.compile(r"[，。；：、][，。；：、,;:]|[,;:][，。；：、]|！！+|？？+|[！？][。，；、]")
_ELLIPSIS = re.compile(r"(?=[.…。\-·])(?:\.{3,}|(?<!…)…(?!…)|。{3,}|(?<=[一-鿿])--(?=[一-鿿])|·{3,})")
_FALSE_DASH = re.compile(
    "[―─━]{1,4}(?=[一-鿿“《])|(?<=[一-鿿”》）])(?:[－–]{2,4}|-{3,4}|—[-－–]|[-－–]—|—{3,6})(?=[一-鿿“《])"
)
_DASH_AT_START = re.compile(
    "^(?:(?:[-－–]{1,4}|—(?!—))(?=[一-鿿“《])|一一(?=[一-鿿]{2,14}[，。：])(?![对核列比落说告解回答排登记检销作进详介审清盘分]))"
)
_FALSE_ELLIPSIS = re.compile("(?=[⋯‥．…])(?:⋯+|‥+|．{2,}|(?<!…)…{3}(?!…)|(?<!…)…{5}(?!…))")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "〈": "〉", "‘": "’", "(": ")"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_ANY_MARK = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSING)) + "]")
_APOSTROPHE = re.compile(r"[0-9A-Za-z]’|’[0-9A-Za-z]")
_WIDE = str.maketrans("()", "（）")
_ITEM_BRACKET = re.compile(r"(?:^|[；。，、：\s])(?:\d{1,2}|[a-zA-Z])[）)]")
_BRACKETED = re.compile(r"（[^（）]*）")
_SPACE = re.compile(r"(?<=[一-鿿，。；：、])[ 　]+(?=[一-鿿“《（])")
_ORGAN = "中央|国务院|军委|全国政协|人大常委会|最高人民法院|最高人民检察院|委员会|政府|办公厅|办公室|[部厅局署院委会办]"
_ORGAN_BEFORE = re.compile(f"(?:{_ORGAN})$")
_ORGAN_AFTER = re.compile(
    f"(?:中共|中央|国务院|全国|最高|国家|[一-鿿]{{2,8}}?(?:{_ORGAN}))[一-鿿]{{0,6}}?(?:关于|印发|发布|联合|[ 　、，。》]|$)"
)
_CLAUSE_BEFORE, _CLAUSE_AFTER = re.compile("[一-鿿]{6}$"), re.compile("[一-鿿]{6}")
_FORM_SPACE = re.compile("　　| {2}|：[ 　]")
"""In a line that is no sentence: room to be filled in, or what is set apart."""
_SENTENCE_MARK = re.compile("[。，；]")
_DAY = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?:[至—](?:\d{1,2}月)?\d{1,2}日)?|[同本][日月年]")
_DIVISION = re.compile(
    r"[“‘]?第[一二三四五六七八九十百千零〇]+(?:分编|[编章节条款项])(?:之[一二三四五六七八九十]+)?[ 　]"
)


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
    """T005: no two of ，。；：、 follow each other, of whatever width, nor ！ or ？ and another mark."""
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
        if passage.kind == "cell" and not passage.text.replace("…", "").strip():
            continue  # 不足本表最小单位数, or rows that the user of a form adds.
        if passage.text[: match.start()].endswith(("“", "‘")) and passage.text[match.end() :].startswith(
            ("”", "’")
        ):
            continue  # A note that says what the sign means: “…”表示数据不足本表最小单位数.
        right = "——" if "-" in match[0] else "……"
        yield Finding(passage.at(match.start()), f"“{match[0]}”应作“{right}”。", "核对原件。", match[0])


def dashes_are_typed_right(annotated: AnnotatedDocument) -> Findings:
    """T028: 破折号 and 省略号 are not put together from other characters: ――, －－, 一一 (GB/T 15834-2011 §4.10、§4.11)."""
    for pattern, right in ((_FALSE_DASH, "——"), (_DASH_AT_START, "——"), (_FALSE_ELLIPSIS, "……")):
        for passage, match in annotated.matches(pattern, annotated.running):
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”应作“{right}”：“{_around(passage.text, match.start())}”。",
                "核对原件。",
                _around(passage.text, match.start()),
            )


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
    """T009: there is no space between Han characters, or before “, 《 and （ after one, in running text; lists of names apart."""
    for passage in annotated.running:
        if _DIVISION.match(passage.text) or is_list_of_names(passage.text) or _is_headnote(passage):
            continue
        is_sentence = _SENTENCE_MARK.search(passage.text) is not None
        if not is_sentence and (_FORM_SPACE.search(passage.text) or is_person_with_post(passage.text)):
            continue
        for match in _SPACE.finditer(passage.text):
            if any(start < match.start() < end for start, end in spread_words(passage.text)) or (
                match.start() == _length_of_head(passage)
            ):
                continue
            if _parts_a_title(passage.text, match):
                continue
            yield Finding(
                passage.at(match.start()),
                f"汉字之间有空格：“{_around(passage.text, match.start())}”。",
                "核对原件，删去空格；姓名、机关之间的空格照留。",
                _around(passage.text, match.start()),
            )


def _parts_a_title(text: str, space: re.Match[str]) -> bool:
    """Tell whether ``space`` stands between two organs (中共中央 国务院关于…), or between two clauses of a title in 《》."""
    before, after = text[max(space.start() - 12, 0) : space.start()], text[space.end() : space.end() + 12]
    if _ORGAN_BEFORE.search(before) and _ORGAN_AFTER.match(after):
        return True
    return (
        _CLAUSE_BEFORE.search(before) is not None
        and _CLAUSE_AFTER.match(after) is not None
        and (text.rfind("《", 0, space.start()) > text.rfind("》", 0, space.start()))
    )


def _is_headnote(passage: Passage) -> bool:
    """Tell whether ``passage`` is 题注, whose clauses stand apart: （…会议通过　自…起施行）."""
    return isinstance(passage.block, Paragraph) and passage.block.role == "headnote"


def _length_of_head(passage: Passage) -> int:
    """Return how many characters the bold words or the day have that ``passage`` begins with: 1日 县委书记…."""
    if isinstance(passage.block, Paragraph) and passage.block.run_in_head:
        return len(plain(passage.block.run_in_head))
    day = _DAY.match(passage.text)
    return day.end() if day else 0


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
