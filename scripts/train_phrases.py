"""Make ``liulin_gazette/check/likelihood/data/phrases.bin`` anew, after ``ngrams.bin``.

    .venv/bin/python scripts/train_phrases.py STATUTES.txt.xz DOCUMENTS.txt.xz…

The inputs are those of ``train_wrong_characters.py``; one statute in twenty stays out here too. Lines of statutes count
once, of documents of governments ``DOCUMENT_WEIGHT`` times, of official language ``LINE_WEIGHT`` times. Takes some three
minutes and 3 GB of memory; the same input gives the same bytes.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
from training.counts import DATA, LINE_WEIGHT  # noqa: E402 -- after the path is set
from training.texts import OFFICIAL_LANGUAGE, running_lines, texts_of  # noqa: E402 -- likewise

from liulin_gazette.check.likelihood.ngram_table import OTHER, ngram_table  # noqa: E402 -- likewise
from liulin_gazette.check.likelihood.phrase_filter import LONG, SHORT, packed_filter  # noqa: E402 -- likewise

DOCUMENT_WEIGHT = 2
LEAST_COUNTS = {SHORT: 2, LONG: 3}
"""Rarer phrases are left out."""


def phrases_of(tokens: Sequence[int], length: int) -> Iterator[tuple[int, ...]]:
    """Yield the phrases of ``length`` in a line, whose ends count as tokens; they have none inside."""
    line = (OTHER, *tokens, OTHER)
    for start in range(len(line) - length + 1):
        phrase = line[start : start + length]
        if OTHER not in phrase[1:-1]:
            yield phrase


def common_phrases(weighted: Sequence[tuple[int, Sequence[int]]], length: int) -> list[tuple[int, ...]]:
    """Return the phrases of ``length`` in the lines, each with its weight, that are common enough."""
    counts: Counter[tuple[int, ...]] = Counter()
    for weight, tokens in weighted:
        if weight == 1:
            counts.update(phrases_of(tokens, length))
        else:
            for phrase in phrases_of(tokens, length):
                counts[phrase] += weight
    return [phrase for phrase, count in counts.items() if count >= LEAST_COUNTS[length]]


def weighted_lines(statutes: Path, documents: Iterable[Path]) -> Iterator[tuple[int, str]]:
    """Yield the lines to count, each once, with their weights."""
    seen: set[str] = set()
    of_statutes = (line for text in texts_of(statutes)[0] for line in running_lines(text))
    of_documents = (
        line for path in documents for text in re.split(r"(?m)^# ", lzma.decompress(path.read_bytes()).decode())[1:]
        for line in running_lines(text)
    )  # fmt: skip
    for weight, lines in ((1, of_statutes), (DOCUMENT_WEIGHT, of_documents)):
        for line in lines:
            if line not in seen:
                seen.add(line)
                yield weight, line
    for line in OFFICIAL_LANGUAGE.read_text("utf-8").splitlines():
        yield LINE_WEIGHT, line


def main() -> None:
    """Write the file."""
    statutes, *documents = map(Path, sys.argv[1:])
    table = ngram_table()
    weighted = [(weight, table.encoded(line)[0]) for weight, line in weighted_lines(statutes, documents)]
    phrases = [phrase for length in (SHORT, LONG) for phrase in common_phrases(weighted, length)]
    (DATA / "phrases.bin").write_bytes(packed_filter(phrases))


if __name__ == "__main__":
    main()
