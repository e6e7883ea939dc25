"""Rules about the ends of paragraphs and about what is no mark of Chinese text (codes T024–T027, T029)."""

from __future__ import annotations

import itertools
import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Paragraph
from liulin_gazette.model.diagnostics import Severity

_AND_SO_ON = re.compile("…{1,2}等")
_HALF_TITLE = re.compile(
    "《[^《》]{2,40}(?<![法典约定例则知见案划要准程书告令])》(?=(?:(?:条例|管理办法|实施细则|实施方案|应急预案|发展规划)[，。；、（]|(?:条例|管理办法)(?:的(?:规定|决定|通知)|等法)))"
)
_RESIDUE = re.compile(
    r"锟斤拷|烫烫烫|屯屯屯|ï¼|â€|Ã[¤¥§©]|&(?:nbsp|ensp|emsp|lt|gt|amp|quot|#\d{2,5});|(?<=[一-鿿。”》])\[\d{1,2}(?:[-,，]\d{1,2})?\]"
)
_UNFINISHED = re.compile(
    "(?:以及|或者|并且|而且|但是|因为|由于|为了|对于|按照|依照|关于|应当|不得|必须|进一步|切实"
    "|(?<![目标])的|(?<![缓平温总共饱调谦亲中祥柔唱])和|(?<![参给赋授])与|(?<![普涉以波危触顾推提殃遍不论累])及|或"
    "|(?<![存所实内外潜现自正])在|(?<![应针核面配校相绝成反敌比])对|(?<![干武名上中少大])将|(?<![火拖])把"
    "|(?<![植棉覆])被|(?<![方双走导倾面动志朝转定单横纵意流风])向|(?<![服听随师])从)$"
)
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
LEAST_CUT = 8
"""Characters of a line that is no name or label."""
MAX_MEMBER = 14
"""The most characters of a member of a list that has a line for each: 主席， 副主席若干人， 秘书长，."""
MIN_SENTENCE = 30
"""A shorter paragraph may be a title or a line of its own."""


def paragraphs_end_in_a_mark(annotated: AnnotatedDocument) -> Findings:
    """T024: a paragraph of sentences ends in 。 or another mark that ends one, not in ， or 、 (GB/T 15834-2011 §4.1)."""
    before = ""
    for passage, following in itertools.zip_longest(annotated.body, annotated.body[1:]):
        text_before, before = before, passage.text
        if passage.kind not in ("text", "article") or not is_prose(passage.block):
            continue
        text = passage.text.rstrip()
        beside = (text_before, following.text if following else "")
        if len(text) <= MAX_MEMBER and any(
            len(each) <= MAX_MEMBER and each.endswith("，") for each in beside
        ):
            continue
        is_cut_off = text.endswith(("，", "、", "；")) and following is None
        is_cut_off = is_cut_off or text.endswith(("，", "、"))
        has_no_mark = len(text) >= MIN_SENTENCE and re.search("[一-鿿]$", text) is not None
        is_sentence = "。" in text[:-1]
        if is_cut_off or (has_no_mark and (is_sentence or ("，" in text and _goes_on(text, following)))):
            yield Finding(
                passage.at(len(text) - 1),
                f"这一段末尾是“{text[-8:]}”，没有句末的标点。",
                "核对原件，看是否漏了标点、漏了文字，或一段断成了两段。",
                text[-12:],
                None if is_cut_off or is_sentence else Severity.NOTE,
            )


def _goes_on(text: str, following: Passage | None) -> bool:
    """Tell whether ``following`` may be the rest of the paragraph ``text``: neither of them bears a number."""
    return (
        following is not None
        and following.kind == "text"
        and is_prose(following.block)
        and not any(_ITEM.match(each) for each in (text, following.text))
    )


def paragraphs_are_not_cut_off(annotated: AnnotatedDocument) -> Findings:
    """T029: no paragraph or heading ends in a word after which something must follow: 的, 和, 以及, 应当."""
    for passage in annotated.running:
        if passage.kind == "note" or (passage.kind != "heading" and not is_prose(passage.block)):
            continue
        text = passage.text.rstrip()
        match = _UNFINISHED.search(text)
        if match is None or len(text) < LEAST_CUT or (match[0] == "的" and _ITEM.match(text)):
            continue
        yield Finding(
            passage.at(match.start()),
            f"{'标题' if passage.kind == 'heading' else '这一段'}末尾是“{text[-8:]}”，话没有说完。",
            "核对原件，看是否漏了文字，或一段断成了两段。",
            text[-12:],
        )


def is_prose(block: object) -> bool:
    """Tell whether ``block`` is a paragraph of text, or no paragraph: no label, note of annexes or the like."""
    return not isinstance(block, Paragraph) or block.role == "text"


def nothing_follows_an_ellipsis(annotated: AnnotatedDocument) -> Findings:
    """T025: 省略号 and 等 mean the same and do not stand together (GB/T 15834-2011 §4.11)."""
    for passage, match in annotated.matches(_AND_SO_ON, annotated.running):
        yield Finding(
            passage.at(match.start()), f"“{match[0]}”：省略号和“等”重复。", "核对原件，留一个。", match[0]
        )


def book_titles_are_whole(annotated: AnnotatedDocument) -> Findings:
    """T026: 书名号 enclose a whole title, not 《殡葬管理》条例 (GB/T 15834-2011 §4.15)."""
    for passage, match in annotated.matches(_HALF_TITLE, annotated.running):
        yield Finding(
            passage.at(match.start()),
            f"书名号可能只括了半个标题：“{match[0]}{passage.text[match.end() : match.end() + 4]}”。",
            "核对原件，把整个标题放进书名号。",
            match[0],
        )


def no_residue_of_conversion(annotated: AnnotatedDocument) -> Findings:
    """T027: no garbled characters, marks of web pages or [1] are left from where the text was copied."""
    for passage, match in annotated.matches(_RESIDUE):
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”像是复制时带来的记号或乱码。",
            "对照原件改正或删去。",
            match[0],
        )
