"""A rule about characters and words that are probably wrong where they stand (code T040)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.likelihood.confusable_characters import NEAR_SOUND, SHAPE
from liulin_gazette.check.likelihood.ngram_table import COUNTS, WORD
from liulin_gazette.check.likelihood.single_changes import MISSING, SUPERFLUOUS, SWAPPED, UNLIKE
from liulin_gazette.check.likelihood.wrong_characters import (
    EXCHANGED_WORD,
    Candidate,
    Suspicion,
    doubtful,
    model,
    pairs_of_characters,
    sort_of,
    suspicions_among,
)
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.doubled_words import doubles, may_be_doubled
from liulin_gazette.check.rules.wording import MISTAKEN_WORDS, is_cut_out
from liulin_gazette.model.certainty import certainty
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.text.common_words import seldom_doubled
from liulin_gazette.text.long_forms import is_long_form

_LEAST_ODDS = {
    NEAR_SOUND: 0.7, SHAPE: 1.5, UNLIKE: 2.5, MISSING: -0.5, SUPERFLUOUS: 0.0, SWAPPED: 1.0, EXCHANGED_WORD: 1.5,
}  # fmt: skip
"""Logarithm of the odds of a note, by likeness or by sort.

Measured on 1.2 million characters of texts that are not counted, statutes, papers of the State Council and newspapers: a step
of a half below these adds a false note in 100,000 characters or more, and finds hardly more of the mistakes put in.
"""
_LEAST_ODDS_OF_OTHERS = 1.0
_PARTICLES = frozenset("的地得")
_LEAST_ODDS_OF_PARTICLES = -1.5
"""Of a note of 的, 地, 得 for one another: the commonest slip of all, and hardly ever told falsely."""
_CONJUNCTIONS = frozenset("和或与及")
"""Which of them is meant no likelihood can tell."""
_NUMERALS = frozenset("一二三四五六七八九十")
"""A numeral is what was counted (市医保局等五部门), and seldom superfluous."""
_LEAST_COUNT_OF_TWO = 5.0
"""How often a character stands twice in the texts counted if the two are a word in use."""
_SURE_ODDS = 4.6
"""Of a warning."""
_SURE_ODDS_OF_SWAPPED = 7.0
"""Of a warning of two characters in the wrong order, for many words have both orders: 营运 and 运营, 镇村 and 村镇."""
_TERMS = re.compile("“[^“”]{1,4}”|四舍五入|入返|应[一-鿿]尽[一-鿿]|[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")
"""Short words in quotes (“三无”), amounts in capitals, 应保尽保 and the like, and terms of statistics and of epidemic control, that are rare in statutes, which the likelihoods come from."""
_BESIDE_ODD = re.compile("[^\t\ue000-\uf8ff]{0,3}[\t\ue000-\uf8ff][^\t\ue000-\uf8ff]{0,3}")
"""What stands beside a tab (S061) or a character of a symbol font (T014): what belongs there is not known."""
_HAN = re.compile("[一-鿿]")
_OWN_LANGUAGE = 3
"""How often what is suspected stands in an issue that probably means it: 算法推荐, a term that the texts counted lack."""
_HINT = "核对原件；确实无误的，写明豁免理由。"
_AROUND = 4
"""How many characters before and after the doubtful one the message quotes."""


DOUBTS = "doubts"
"""The kind of results, for a ``Memo``, that are ``Doubts``."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is doubtful in a document by itself, whatever the rest of the issue says."""

    of_passages: tuple[tuple[Candidate, ...], ...]
    """For each passage of its running text."""


def _doubts(document: AnnotatedDocument) -> Doubts:
    return Doubts(tuple(doubtful(each.text, model(), _LEAST_ODDS_OF_PARTICLES) for each in document.running))


def characters_are_likely(documents: Sequence[AnnotatedDocument]) -> Findings:
    """T040: no character or word is unlikely where it stands while another one is likely there.

    Names of units and places, and what the issue says repeatedly, are its own language and pass; what it writes alike in
    several places is told in the first of them.
    """
    if not documents:
        return
    issuers = [issuer.name for issuer in documents[0].archive.gazette.issuers]
    memory = pairs_of_characters([*(document.whole for document in documents), *issuers, *issuers])
    found = [
        (passage, suspicion) for document in documents for passage, suspicion in _suspected(document, memory)
    ]
    counts = Counter(_wording(passage.text, suspicion) for passage, suspicion in found)
    first_told: set[tuple[str, str]] = set()
    for passage, suspicion in found:
        wording = _wording(passage.text, suspicion)
        is_own_language = counts[wording] >= _OWN_LANGUAGE
        if is_own_language and wording in first_told:
            continue
        first_told.add(wording)
        sure = _sure_odds(passage.text, suspicion)
        yield Finding(
            passage.at(suspicion.offset),
            _message(passage.text, suspicion),
            f"本期有{counts[wording]}处这样写，只在这里说一次。" * is_own_language + _HINT,
            passage.text[max(0, suspicion.offset - _AROUND) : suspicion.offset + _AROUND + 1],
            Severity.WARNING if suspicion.log_odds >= sure and not is_own_language else None,
            certainty(suspicion.log_odds),
        )


def _suspected(document: AnnotatedDocument, memory: Mapping[str, int]) -> Iterator[tuple[Passage, Suspicion]]:
    """Yield what is suspected in ``document`` and may be told, with its passage; ``memory`` is that of the issue."""
    doubts = document.memo(DOUBTS, document.document.path, partial(_doubts, document))
    for passage, found in zip(document.running, doubts.of_passages, strict=True):
        text = passage.text
        suspected = [
            each
            for each in suspicions_among(found, text, memory, model(), _LEAST_ODDS_OF_PARTICLES)
            if each.log_odds >= _least_odds(each) and not _is_long_form(text, each)
        ]
        told = _told_elsewhere(text) if suspected else ()
        for suspicion in suspected:
            if any(start <= suspicion.offset < end for start, end in told):
                continue
            if suspicion.likeness != SUPERFLUOUS or not _may_be_meant(text, suspicion):
                yield passage, suspicion


def _wording(text: str, suspicion: Suspicion) -> tuple[str, str]:
    """Return what is suspected with the two characters after it, and what is likely there."""
    return text[suspicion.offset : suspicion.offset + len(suspicion.present) + 2], suspicion.likely


def _is_long_form(text: str, suspicion: Suspicion) -> bool:
    """Tell whether what is missing or superfluous only makes another form of the word before or after it: 应 and 应当."""
    if suspicion.likeness == MISSING:
        character, after = suspicion.likely, suspicion.offset
    elif suspicion.likeness == SUPERFLUOUS:
        character, after = suspicion.present, suspicion.offset + 1
    else:
        return False
    return is_long_form(text[suspicion.offset - 1 : suspicion.offset], character) or is_long_form(
        character, text[after : after + 1]
    )


def _least_odds(suspicion: Suspicion) -> float:
    if suspicion.present in _PARTICLES and suspicion.likely in _PARTICLES:
        return _LEAST_ODDS_OF_PARTICLES
    if suspicion.present in _CONJUNCTIONS and suspicion.likely in _CONJUNCTIONS:
        return math.inf
    sort = sort_of(suspicion.likeness, suspicion.likely)
    return _LEAST_ODDS.get(sort, _LEAST_ODDS.get(suspicion.likeness, _LEAST_ODDS_OF_OTHERS))


def _sure_odds(text: str, suspicion: Suspicion) -> float:
    """Return the odds of a warning; none are enough for what is often doubled: 法律面前人人平等."""
    if suspicion.likeness == SWAPPED:
        return _SURE_ODDS_OF_SWAPPED
    around = text[max(suspicion.offset - 1, 0) : suspicion.offset + 2]
    is_doubled = suspicion.likeness == SUPERFLUOUS and around.count(suspicion.present) > 1
    return math.inf if is_doubled and suspicion.present not in seldom_doubled() else _SURE_ODDS


def _told_elsewhere(text: str) -> list[tuple[int, int]]:
    """Return the spans of ``text`` that other rules tell of, and of terms that are rare in statutes."""
    mistaken = (match for match in MISTAKEN_WORDS.finditer(text) if not is_cut_out(text, match))  # T012
    doubled = ((start, start + 2 * length) for start, length in doubles(text))  # T010
    return [
        *(match.span() for match in (*mistaken, *_TERMS.finditer(text), *_BESIDE_ODD.finditer(text))),
        *doubled,
    ]


def _may_be_meant(text: str, suspicion: Suspicion) -> bool:
    """Tell whether what seems superfluous is a numeral, or rightly stands beside itself."""
    around = text[max(suspicion.offset - 1, 0) : suspicion.offset + 2]
    is_numeral = suspicion.present in _NUMERALS and around.count(suspicion.present) == 1
    return is_numeral or _may_be_doubled(text, suspicion.offset)


def _may_be_doubled(text: str, offset: int) -> bool:
    """Tell whether the character at ``offset`` rightly stands beside itself: 主管管道, 一一登记."""
    return any(
        text[start : start + 1] == text[start + 1 : start + 2]
        and (may_be_doubled(text, start) or _is_reduplication(text, start))
        for start in (max(offset - 1, 0), offset)
    )


def _is_reduplication(text: str, start: int) -> bool:
    """Tell whether the two equal characters at ``start`` are often doubled and begin a clause or are a word: 层层, 人人."""
    if text[start] in seldom_doubled():
        return False
    token = model().table.tokens.get(text[start], 0)
    value = model().table.pair(token, token) if token else 0
    is_word = bool(value & WORD) and COUNTS[value] >= _LEAST_COUNT_OF_TWO
    return is_word or not _HAN.match(text[start - 1 : start])


def _message(text: str, suspicion: Suspicion) -> str:
    end = suspicion.offset + len(suspicion.present)
    around = text[max(0, suspicion.offset - _AROUND) : end + _AROUND]
    if suspicion.likeness == MISSING:
        before, after = (
            around[: suspicion.offset - max(0, suspicion.offset - _AROUND)],
            text[end : end + _AROUND],
        )
        return f"“{around}”可能漏了“{suspicion.likely}”：“{before}{suspicion.likely}{after}”。"
    if suspicion.likeness == SUPERFLUOUS:
        return f"“{around}”中可能多了一个“{suspicion.present}”。"
    if suspicion.likeness == SWAPPED:
        likely = "次序颠倒"
    elif suspicion.likeness == UNLIKE:
        likely = f"“{suspicion.likely}”之误"
    else:
        likely = f"“{suspicion.likely}”之误（{suspicion.likeness}）"
    return f"“{around}”中的“{suspicion.present}”可能是{likely}。"
