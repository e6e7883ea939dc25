"""The rule about clauses that are cut off within a word (code T047)."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.likelihood.clause_edges import broken_edges
from liulin_gazette.check.likelihood.ngram_table import ngram_table
from liulin_gazette.check.likelihood.wrong_characters import pairs_of_characters
from liulin_gazette.check.rule import Finding, Findings

_AROUND = 8
"""How many characters the message quotes."""


def clauses_are_whole(documents: Sequence[AnnotatedDocument]) -> Findings:
    """T047: no clause ends or begins with half a word.

    What the issue says repeatedly is its own language and passes, as do lines that are broken on purpose, such as verse.
    """
    memory = pairs_of_characters([document.whole for document in documents])
    for document in documents:
        for passage in (each for each in document.running if "\n" not in each.text):
            for edge in broken_edges(passage.text, ngram_table()):
                if memory.get(edge.pair, 0) > 1:
                    continue
                start, end = edge.offset, edge.offset + len(edge.pair)
                words = (
                    passage.text[max(0, end - _AROUND) : end + 1]
                    if edge.is_end
                    else passage.text[start - 1 : start + _AROUND]
                )
                lost = "后面" if edge.is_end else "前面"
                yield Finding(
                    passage.at(start),
                    f"“{words}”：{lost}可能漏了字，词只有一半。",
                    "核对原件，补上漏掉的字；确实无误的，写明豁免理由。",
                    words,
                )
