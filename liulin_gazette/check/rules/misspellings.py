"""A rule about characters and words that are probably wrong where they stand (code T040)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.likelihood.confusable_characters import NEAR_SOUND, SHAPE
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
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.doubled_words import doubles, may_be_doubled
from liulin_gazette.check.rules.wording import MISTAKEN_WORDS, is_cut_out
from liulin_gazette.model.certainty import certainty
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.text.common_words import seldom_doubled

_LEAST_ODDS = {
    NEAR_SOUND: 0.7, SHAPE: 2.0, UNLIKE: 2.0, MISSING: 0.5, SUPERFLUOUS: 1.5, SWAPPED: 2.0, EXCHANGED_WORD: 1.0,
}  # fmt: skip
"""Logarithm of the odds of a note, by likeness or by sort.

Below these a step of a half adds as many false notes of each in statutes, or more, as it finds mistakes put in.
"""
_LEAST_ODDS_OF_OTHERS = 1.0
_PARTICLES = frozenset("的地得")
_LEAST_ODDS_OF_PARTICLES = -1.5
"""Of a note of 的, 地, 得 for one another: the commonest slip of all, and hardly ever told falsely."""
_CONJUNCTIONS = frozenset("和或与及")
"""Which of them is meant no likelihood can tell."""
_SURE_ODDS = 4.6
"""Of a warning."""
_SURE_ODDS_OF_SWAPPED = 7.0
"""Of a warning of two characters in the wrong order, for many words have both orders: 营运 and 运营, 镇村 and 村镇."""
_TERMS = re.compile("四舍五入|入返|应[一-鿿]尽[一-鿿]|[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")
"""Amounts in capitals, 应保尽保 and the like, and terms of statistics and of epidemic control, that are rare in statutes, which the likelihoods come from."""
_BESIDE_ODD = re.compile("[^\t\ue000-\uf8ff]{0,3}[\t\ue000-\uf8ff][^\t\ue000-\uf8ff]{0,3}")
"""What stands beside a tab (S061) or a character of a symbol font (T014): what belongs there is not known."""
_HAN = re.compile("[一-鿿]")
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

    Names of units and places, and what the issue says repeatedly, are its own language and pass.
    """
    if not documents:
        return
    issuers = [issuer.name for issuer in documents[0].archive.gazette.issuers]
    memory = pairs_of_characters([*(document.whole for document in documents), *issuers, *issuers])
    for document in documents:
        doubts = document.memo(DOUBTS, document.document.path, partial(_doubts, document))
        for passage, found in zip(document.running, doubts.of_passages, strict=True):
            suspected = [
                each
                for each in suspicions_among(found, passage.text, memory, model(), _LEAST_ODDS_OF_PARTICLES)
                if each.log_odds >= _least_odds(each)
            ]
            told = _told_elsewhere(passage.text) if suspected else ()
            for suspicion in suspected:
                if any(start <= suspicion.offset < end for start, end in told):
                    continue
                if suspicion.likeness == SUPERFLUOUS and _may_be_doubled(passage.text, suspicion.offset):
                    continue
                sure = _sure_odds(passage.text, suspicion)
                yield Finding(
                    passage.at(suspicion.offset),
                    _message(passage.text, suspicion),
                    "核对原件；确实无误的，写明豁免理由。",
                    passage.text[max(0, suspicion.offset - _AROUND) : suspicion.offset + _AROUND + 1],
                    Severity.WARNING if suspicion.log_odds >= sure else None,
                    certainty(suspicion.log_odds),
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


def _may_be_doubled(text: str, offset: int) -> bool:
    """Tell whether the character at ``offset`` rightly stands beside itself: 主管管道, 一一登记."""
    return any(
        text[start : start + 1] == text[start + 1 : start + 2]
        and (may_be_doubled(text, start) or _is_reduplication(text, start))
        for start in (max(offset - 1, 0), offset)
    )


def _is_reduplication(text: str, start: int) -> bool:
    """Tell whether the two equal characters at ``start`` begin a clause and are often doubled: 人人, 层层."""
    return text[start] not in seldom_doubled() and not _HAN.match(text[start - 1 : start])


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
