"""The rule about clauses that lost their end or their beginning (code T047)."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.likelihood.clause_edges import BrokenEdge, broken_edges
from liulin_gazette.check.likelihood.ngram_table import ngram_table
from liulin_gazette.check.likelihood.wrong_characters import pairs_of_characters
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.sentence_ends import is_prose

_ENDING, _OPENING = re.compile("[一-鿿]{2}(?![一-鿿])"), re.compile("(?<![一-鿿])[一-鿿]{2}")
_HAN_AT_END = re.compile("[一-鿿]{3}$")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百]+[章节条]")
_LEAST_LINE = 12
"""Characters of a paragraph that may be the first part of one: shorter ones are names, labels, titles."""
_AROUND = 8
"""How many characters the message quotes."""


def clauses_are_whole(documents: Sequence[AnnotatedDocument]) -> Findings:
    """T047: no clause ends or begins as hardly any does, so that something is probably lost there.

    What ends, or begins, several times so in the issue is its own language and passes, as do lines that are broken on
    purpose, such as verse. A whole word at the end is told where the issue has it elsewhere too, and goes on there.
    """
    wholes = [document.whole for document in documents]
    endings, openings = (
        Counter(each for whole in wholes for each in edge.findall(whole)) for edge in (_ENDING, _OPENING)
    )
    memory = pairs_of_characters(wholes)
    for document in documents:
        for passage, following in itertools.zip_longest(document.body, document.body[1:]):
            if passage.kind not in ("text", "article", "heading", "note") or "\n" in passage.text:
                continue
            is_broken_off = _may_go_on(passage, following)
            text = passage.text + "，" * is_broken_off
            for edge in broken_edges(text, ngram_table()):
                if (endings if edge.is_end else openings)[edge.pair] > 1:
                    continue
                if edge.is_word and memory[edge.pair] == 1:
                    continue
                yield _finding(passage, edge, text)


def _may_go_on(passage: Passage, following: Passage | None) -> bool:
    """Tell whether ``following`` may be the rest of ``passage``, which has no mark at its end."""
    return (
        following is not None
        and passage.kind in ("text", "article")
        and following.kind == "text"
        and len(passage.text) >= _LEAST_LINE
        and all(is_prose(each.block) for each in (passage, following))
        and _HAN_AT_END.search(passage.text) is not None
        and _NUMBERED.match(following.text) is None
    )


def _finding(passage: Passage, edge: BrokenEdge, text: str) -> Finding:
    start, end = edge.offset, edge.offset + len(edge.pair)
    if end == len(passage.text):
        words = text[max(0, end - _AROUND) : end]
        message = f"这一段末尾是“{words}”：可能漏了字，或一段断成了两段。"
    elif edge.is_end:
        words = text[max(0, end - _AROUND) : end + 1]
        message = f"“{words}”：后面可能漏了字，分句很少这样结束。"
    else:
        words = text[start - 1 : start + _AROUND]
        message = f"“{words}”：前面可能漏了字，分句很少这样开头。"
    return Finding(passage.at(start), message, "核对原件，补上漏掉的字；确实无误的，写明豁免理由。", words)
