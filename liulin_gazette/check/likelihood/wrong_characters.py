"""Find characters that are unlikely where they stand while a change of one makes the text likely: a noisy channel.

A character is looked at only where at most one of the three triples that it belongs to is attested, a place between two
characters only where neither triple across it is. ``single_changes`` has what may be right there; the best change of each
sort is judged by a logistic regression over ``FEATURES``, whose weights ``data/weights.json`` are learned from statutes with
mistakes put in (``scripts/train_wrong_characters.py``).
"""

from __future__ import annotations

import json
import math
import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from liulin_gazette.check.likelihood.confusable_characters import (
    NEAR_SOUND,
    SHAPE,
    ConfusableCharacters,
    confusable_characters,
)
from liulin_gazette.check.likelihood.ngram_table import (
    COUNTS,
    FIRST_HAN,
    OTHER,
    WORD,
    NgramTable,
    ngram_table,
)
from liulin_gazette.check.likelihood.phrase_filter import LONG, SHORT, PhraseFilter, phrase_filter
from liulin_gazette.check.likelihood.single_changes import (
    AFTER,
    BEFORE,
    MISSING,
    SUPERFLUOUS,
    SWAPPED,
    UNLIKE,
    Change,
    best_exchange,
    best_insertion,
    best_unlike_exchange,
    deletion,
    is_word,
    pairs,
    triples,
)
from liulin_gazette.check.likelihood.word_changes import best_word

_FILE = Path(__file__).with_name("data") / "weights.json"
_REACH = 3
"""Within so many characters a mistake makes its neighbours unlikely too: only the most suspicious is told."""
_LEAST_FREQUENCY = -14.0
"""Logarithm; rarer characters count as this frequent."""
_RARE, _RARE_WORD = 400.0, 8.0
"""Where two characters, or those of a word, stand side by side this often, none is looked for that is missing between them."""
EXCHANGED, EXCHANGED_WORD = "换字", "换词"
"""The sorts of the changes of characters, and of words, for others that are like them."""
SORTS = (EXCHANGED, EXCHANGED_WORD, UNLIKE, MISSING, SUPERFLUOUS)
"""The sorts of changes, each with weights of its own."""
FEATURES = (
    "gain", "gain above 10", "best triple", "triples", "present triples", "present left", "present right", "weakest pair",
    "word of two", "word of three", "candidate's word of two", "candidate's word of three", "memory",
    "near sound", "shape", "swapped", "doubled", "frequency", "candidate's frequency",
    "present phrases", "phrases", "present long phrases", "long phrases",
)  # fmt: skip
"""What a candidate is judged by; a constant is added."""

_MEMORY = "memory"
"""The one of them that depends on the whole. Its weight is below 0 in each sort: what stands elsewhere too is no slip."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place that is probably wrong."""

    offset: int
    """In the text."""
    present: str
    """The character, or the two that are in the wrong order; empty where one is missing."""
    likely: str
    """What probably should stand there; empty where the character is superfluous."""
    likeness: str
    """How the two are alike."""
    log_odds: float
    """That it is wrong, by the regression."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What suspicions are computed with."""

    table: NgramTable
    phrases: PhraseFilter
    confusable: ConfusableCharacters
    weights: Mapping[str, tuple[float, ...]]
    """By sort of change, one for each of ``FEATURES`` and one for the constant."""


@cache
def model() -> Model:
    """Return the model that comes with the program."""
    weights: Mapping[str, Mapping[str, float]] = json.loads(_FILE.read_text("utf-8"))
    in_order = {sort: tuple(weights[sort][name] for name in (*FEATURES, "constant")) for sort in SORTS}
    return Model(ngram_table(), phrase_filter(), confusable_characters(), in_order)


def sort_of(likeness: str, likely: str) -> str:
    """Return the sort of a change that amends ``likeness`` by what is ``likely``."""
    if likeness in SORTS:
        return likeness
    return EXCHANGED_WORD if len(likely) > 1 and likeness != SWAPPED else EXCHANGED


def suspicions(text: str, memory: Mapping[str, int], model: Model, threshold: float) -> Iterator[Suspicion]:
    """Yield what is probably wrong in ``text`` with log odds of at least ``threshold``.

    ``memory`` tells how often pairs of characters stand in the whole that ``text`` is a part of: what stands there
    repeatedly is the whole's own language (names, terms) and no slip.
    """
    yield from suspicions_among(doubtful(text, model, threshold), text, memory, model, threshold)


def suspicions_among(
    found: Iterable[Candidate], text: str, memory: Mapping[str, int], model: Model, threshold: float
) -> Iterator[Suspicion]:
    """Yield what of ``found``, which is what is ``doubtful`` in ``text``, is probably wrong, as ``suspicions`` does."""
    likely: list[Suspicion] = []
    for unremembered in found:
        candidate = _with_memory(unremembered, text, memory)
        log_odds = _log_odds(candidate, model)
        if log_odds >= threshold:
            suspicion = Suspicion(
                candidate.offset, candidate.present, candidate.likely, candidate.likeness, log_odds
            )
            if likely and suspicion.offset - likely[-1].offset < _REACH:
                suspicion = max(likely.pop(), suspicion, key=lambda each: each.log_odds)
            likely.append(suspicion)
    yield from likely


@lru_cache(maxsize=4096)
def doubtful(text: str, model: Model, threshold: float) -> tuple[Candidate, ...]:
    """Return the candidates in ``text`` that can reach ``threshold``, as if the whole had nothing of it elsewhere.

    What the whole has elsewhere only lowers the log odds. So a text is searched again only where it has changed, though
    each edit changes what the whole remembers.
    """
    return tuple(each for each in candidates(text, {}, model) if _log_odds(each, model) >= threshold)


def _with_memory(candidate: Candidate, text: str, memory: Mapping[str, int]) -> Candidate:
    """Return ``candidate``, which is in ``text``, by what the whole has elsewhere."""
    remembered = _remembered(text, candidate.offset, len(candidate.present), memory)
    at = FEATURES.index(_MEMORY)
    features = (*candidate.features[:at], math.log1p(remembered), *candidate.features[at + 1 :])
    return replace(candidate, features=features)


def _log_odds(candidate: Candidate, model: Model) -> float:
    values = zip(
        model.weights[sort_of(candidate.likeness, candidate.likely)], (*candidate.features, 1.0), strict=True
    )
    return sum(weight * value for weight, value in values)


def pairs_of_characters(texts: Sequence[str]) -> dict[str, int]:
    """Return how often each pair of neighbouring characters stands in ``texts``."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(map(operator.add, text, text[1:]))
    return counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best change of a sort at one place."""

    offset: int
    present: str
    likely: str
    likeness: str
    features: tuple[float, ...]
    """In the order of ``FEATURES``."""


def candidates(text: str, memory: Mapping[str, int], model: Model) -> Iterator[Candidate]:
    """Yield the best candidates at each place of ``text`` that is weakly attested, in order."""
    for offset, window, change in _placed_changes(text, model):
        width = change.old_width
        features = _features(window, change, _remembered(text, offset, width, memory), model)
        yield Candidate(offset, text[offset : offset + width], change.likely, change.likeness, features)


def _placed_changes(text: str, model: Model) -> Iterator[tuple[int, Sequence[int], Change]]:
    """Yield the best changes at each place of ``text`` that is weakly attested, each with its offset and window.

    This takes most of the time, and depends on nothing but ``text``.
    """
    table = model.table
    tokens, offsets = table.encoded(text)
    line = [*[OTHER] * BEFORE, *tokens, *[OTHER] * AFTER]
    attested = table.attested(line)
    for at in range(BEFORE, len(line) - AFTER):
        if (attested[at - 1] and attested[at]) or (line[at] < FIRST_HAN and line[at - 1] < FIRST_HAN):
            continue
        offset = offsets[at - BEFORE]
        window = line[at - BEFORE : at + AFTER]
        if table.pair(line[at], line[at + 1]) & WORD and not _is_usual(line, at, attested, model.phrases):
            word = best_word(window, table, model.confusable)
            if word is not None:
                yield offset, window, word
        across = attested[at - 2] + attested[at - 1]
        known = across + attested[at]
        if known <= 1:
            for change in _changes(text[offset : offset + 2], window, known, across, model):
                yield offset, window, change


def _is_usual(line: Sequence[int], at: int, attested: Sequence[bool], phrases: PhraseFilter) -> bool:
    """Tell whether the two tokens at ``at`` are part of a phrase that stands somewhere, whose triples then do too."""
    return any(
        attested[start] and attested[start + 1] and line[start : start + SHORT] in phrases
        for start in range(at - SHORT + 1, at + 2)
    )


def _changes(present: str, window: Sequence[int], known: int, across: int, model: Model) -> Iterator[Change]:
    """Yield the best change of each sort at the place of ``window``.

    Of the three triples with the token there ``known`` are attested, of the two across the place before it ``across``.
    """
    table = model.table
    left, right = table.pair(window[BEFORE - 1], window[BEFORE]), table.pair(*window[BEFORE : BEFORE + 2])
    if window[BEFORE] >= FIRST_HAN:
        # Of a hundred mistakes that are found, two stand where a triple is attested and a dictionary's word too.
        if (known == 0 or not (left | right) & WORD) and (
            best := best_exchange(present, window, table, model.confusable)
        ) is not None:
            yield best
        elif known == 0 and (other := best_unlike_exchange(window, table)) is not None:
            yield other
        is_doubled = across == 0 and window[BEFORE] == window[BEFORE - 1]
        stands_in_text = max(window[BEFORE - 1], window[BEFORE + 1]) >= FIRST_HAN
        if (
            stands_in_text
            and (known == 0 or is_doubled)
            and (left_out := deletion(window, table)) is not None
        ):
            yield left_out
    if across == 0 and COUNTS[left] < (_RARE_WORD if left & WORD else _RARE):
        missing = best_insertion(window, table)
        if missing is not None:
            yield missing


def _remembered(text: str, offset: int, width: int, memory: Mapping[str, int]) -> int:
    """Return how often the whole has a pair with the present characters elsewhere."""
    pairs = [text[start : start + 2] for start in range(max(0, offset - 1), offset + width)]
    return max(0, *(memory.get(pair, 0) - 1 for pair in pairs)) if pairs else 0


def _features(window: Sequence[int], change: Change, remembered: int, model: Model) -> tuple[float, ...]:
    """Return what ``change`` is judged by; ``remembered`` tells how often the whole has the present text elsewhere."""
    table = model.table
    old_triples, new_triples = (
        triples(tokens, width, table)
        for tokens, width in ((window, change.old_width), (change.tokens, change.new_width))
    )
    old_pairs, new_pairs = (
        pairs(tokens, width, table)
        for tokens, width in ((window, change.old_width), (change.tokens, change.new_width))
    )
    return (
        change.gain,
        max(0.0, change.gain - 10),
        math.log1p(max(COUNTS[each] for each in new_triples)),
        sum(COUNTS[each] > 0 for each in new_triples) / len(new_triples),
        math.log1p(sum(COUNTS[each] for each in old_triples)),
        math.log1p(COUNTS[old_pairs[0]]),
        math.log1p(COUNTS[old_pairs[-1]]),
        math.log1p(min(COUNTS[each] for each in new_pairs)),
        float(is_word(old_pairs)),
        float(is_word(old_triples)),
        float(is_word(new_pairs)),
        float(is_word(new_triples)),
        math.log1p(remembered),
        float(change.likeness == NEAR_SOUND),
        float(change.likeness == SHAPE),
        float(change.likeness == SWAPPED),
        float(window[BEFORE] in (window[BEFORE - 1], window[BEFORE + 1])),
        _log_frequency(window[BEFORE], table),
        _log_frequency(change.tokens[BEFORE], table),
        *(
            math.log1p(_phrases(tokens, width, length, model))
            for length in (SHORT, LONG)
            for tokens, width in ((window, change.old_width), (change.tokens, change.new_width))
        ),
    )


def _phrases(tokens: Sequence[int], width: int, length: int, model: Model) -> int:
    """Return how many phrases of ``length`` tokens with those in doubt, or across the place, stand somewhere."""
    return model.phrases.count(tokens, length, BEFORE - length + 1, BEFORE + width - 1)


def _log_frequency(token: int, table: NgramTable) -> float:
    return max(_LEAST_FREQUENCY, math.log((table.singles[token] + 0.1) / table.total))
