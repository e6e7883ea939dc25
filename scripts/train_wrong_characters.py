"""Make the tables of ``liulin_gazette/check/likelihood/data`` anew.

    .venv/bin/python scripts/train_wrong_characters.py STATUTES.txt.xz WORDS.txt FACE.ttc

STATUTES holds texts, each under a line that begins with ``# ``; WORDS a dictionary's word and its frequency on each line;
FACE is a sans-serif face with the characters of 《通用规范汉字表》. Statutes hardly ever say what counties say (县民政局,
现印发给你们): ``training/official-language.txt`` is counted besides, each line ``LINE_WEIGHT`` times, and the dictionary's common words of four
characters. One text in twenty stays out of the counts: the weights are learned
on half of those and measured on the other half. Takes some ten minutes and 3 GB of memory; the same input gives the same
bytes.

    .venv/bin/python scripts/train_wrong_characters.py --documents DOCUMENTS.txt.xz

adds to the table that is there what DOCUMENTS says: reports and documents of governments, in the form of STATUTES, whose
prose is not that of statutes (数智化转型, 还存在不少问题), each line counted ``DOCUMENT_WEIGHT`` times. Takes seconds, and is done
once after the tables are made anew.

    .venv/bin/python scripts/train_wrong_characters.py STATUTES.txt.xz WORDS.txt FACE.ttc --weights-only --sorts 漏字 --held-out REPORTS.txt.xz

learns the weights of one sort anew, from statutes and from parts of some twenty paragraphs of reports that are not counted:
a lost character is told by whether its neighbours stand together somewhere, which statutes alone promise too often.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import ImageFont

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from training.confusable import readings, shapes_of  # noqa: E402 -- after the path is set
from training.counts import DATA, counted_table, with_documents  # noqa: E402 -- likewise
from training.mistakes import mistake  # noqa: E402 -- likewise
from training.texts import (  # noqa: E402 -- likewise
    four_character_words,
    running_lines,
    texts_of,
    words_of,
)

from liulin_gazette.check.likelihood import wrong_characters  # noqa: E402 -- likewise
from liulin_gazette.check.likelihood.confusable_characters import (  # noqa: E402 -- likewise
    confusable_characters,
)
from liulin_gazette.check.likelihood.ngram_table import ngram_table  # noqa: E402 -- likewise
from liulin_gazette.check.likelihood.phrase_filter import phrase_filter  # noqa: E402 -- likewise

MISTAKES = 80
"""Put into each text that the weights are learned on."""
STATUTES_PER_DOCUMENT = 3
"""How many statutes that are not counted the weights are learned on for each document that is not."""
LEARNED_TEXTS = 60
"""How many texts the weights are learned on, and as many again on which they are measured."""
Example = tuple[str, tuple[float, ...], bool]
"""The sort of a change, its features, and whether it amends a mistake."""


def examples(text: str, chance: random.Random, model: wrong_characters.Model) -> tuple[list[Example], int]:
    """Return the candidates in ``text`` as it is and around mistakes put in, and how many were put in."""
    lines = running_lines(text)
    memory = wrong_characters.pairs_of_characters(lines)
    found: list[Example] = [
        (wrong_characters.sort_of(candidate.likeness, candidate.likely), candidate.features, False)
        for line in lines
        for candidate in wrong_characters.candidates(line, memory, model)
    ]
    put_in = 0
    for _ in range(MISTAKES):
        line = chance.choice(list(filter(None, re.split("(?<=[。；])", chance.choice(lines)))))
        changed = mistake(line, chance, model.confusable, model.table)
        if changed is None:
            continue
        put_in += 1
        wrong, at = changed
        around = {wrong[start : start + 2]: 1 for start in range(max(0, at - 1), at + 2)}
        with_wrong = {pair: memory.get(pair, 0) + around.get(pair, 0) for pair in (*memory, *around)}
        for candidate in wrong_characters.candidates(wrong, with_wrong, model):
            end = candidate.offset + len(candidate.present)
            if wrong[: candidate.offset] + candidate.likely + wrong[end:] == line:
                found.append(
                    (wrong_characters.sort_of(candidate.likeness, candidate.likely), candidate.features, True)
                )
    return found, put_in


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return x with ``matrix`` x = ``right`` (Gauss, largest pivots)."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


LEAST_LINES = 20
"""Of a text that the weights are learned on."""


def learned(data: Sequence[Example], false_weight: float = 4.0) -> list[float]:
    """Return the weights of a logistic regression (Newton's method, ridge 0.5); a false alarm costs ``false_weight``."""
    size = len(data[0][1]) + 1
    weights = [0.0] * size
    for _ in range(25):
        gradient = [-0.5 * weight for weight in weights]
        hessian = [[0.5 * (row == column) for column in range(size)] for row in range(size)]
        for _, features, is_wrong in data:
            values = (*features, 1.0)
            odds = sum(weight * value for weight, value in zip(weights, values, strict=True))
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            cost = 1.0 if is_wrong else false_weight
            slope, curve = cost * (is_wrong - chance), cost * chance * (1 - chance)
            for row, value in enumerate(values):
                gradient[row] += slope * value
                for column in range(row + 1):
                    hessian[row][column] += curve * value * values[column]
        for row in range(size):
            for column in range(row + 1, size):
                hessian[row][column] = hessian[column][row]
        step = solved(hessian, gradient)
        weights = [a + b for a, b in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def report(
    data: Sequence[Example], put_in: int, characters: int, weights: Mapping[str, Sequence[float]]
) -> None:
    """Print what is found and what is false at several thresholds."""
    odds = [
        (sort, sum(w * v for w, v in zip(weights[sort], (*each, 1.0), strict=True)), wrong)
        for sort, each, wrong in data
        if sort in weights
    ]
    for threshold in range(7):
        found = sum(1 for _, value, wrong in odds if wrong and value >= threshold)
        false = Counter(sort for sort, value, wrong in odds if not wrong and value >= threshold)
        of_sorts = ", ".join(f"{sort} {false[sort] / characters * 50_000:.2f}" for sort in weights)
        print(f"{threshold}: {found / put_in:.1%} found; false in 50,000 characters: {of_sorts}")


def learn_weights(held_out: Sequence[str], sorts: Sequence[str]) -> None:
    """Write the weights of ``sorts`` learned on half of the texts ``held_out``, and print what both halves show.

    Those of other sorts stay as they are.
    """
    model = wrong_characters.Model(ngram_table(), phrase_filter(), confusable_characters(), {})
    chance = random.Random(20260228)
    long_enough = [text for text in held_out if len(running_lines(text)) > LEAST_LINES]
    half = min(len(long_enough) // 2, LEARNED_TEXTS)
    sets: list[tuple[list[Example], int, int]] = []
    for texts in (long_enough[:half], long_enough[half : 2 * half]):
        found = [examples(text, chance, model) for text in texts]
        size = sum(len(line) for text in texts for line in running_lines(text))
        sets.append(([each for some, _ in found for each in some], sum(put_in for _, put_in in found), size))
    weights = {sort: learned([each for each in sets[0][0] if each[0] == sort]) for sort in sorts}
    names = (*wrong_characters.FEATURES, "constant")
    named = {
        sort: {name: round(weight, 4) for name, weight in zip(names, each, strict=True)}
        for sort, each in weights.items()
    }
    if set(sorts) != set(wrong_characters.SORTS):
        kept: dict[str, dict[str, float]] = json.loads((DATA / "weights.json").read_text("utf-8"))
        named = {sort: named.get(sort) or kept[sort] for sort in wrong_characters.SORTS}
    text = json.dumps(named, indent=2, ensure_ascii=False) + "\n"
    (DATA / "weights.json").write_text(text, "utf-8", newline="\n")
    for data, put_in, size in sets:
        report(data, put_in, size, weights)


def main() -> None:
    """Make the tables, then the weights."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("statutes", type=Path, nargs="?")
    parser.add_argument("words", type=Path, nargs="?")
    parser.add_argument("face", type=Path, nargs="?")
    parser.add_argument("--documents", type=Path, help="add their counts to the table that is there")
    parser.add_argument("--weights-only", action="store_true", help="the other tables stay as they are")
    parser.add_argument(
        "--sorts", nargs="+", choices=wrong_characters.SORTS, default=wrong_characters.SORTS,
        help="whose weights are learned; those of the others stay as they are",
    )  # fmt: skip
    parser.add_argument("--held-out", type=Path, help="more texts that are not counted, to learn weights on")
    arguments = parser.parse_args()
    if arguments.documents:
        texts = re.split(r"(?m)^# ", lzma.decompress(arguments.documents.read_bytes()).decode())[1:]
        lines = (line for text in texts for line in running_lines(text))
        (DATA / "ngrams.bin").write_bytes(with_documents(ngram_table(), lines))
        return
    if None in (arguments.statutes, arguments.words, arguments.face):
        parser.error("STATUTES, WORDS and FACE, or --documents")
    counted, held_out = texts_of(arguments.statutes)
    if not arguments.weights_only:
        lines = (line for text in counted for line in running_lines(text))
        (DATA / "ngrams.bin").write_bytes(
            counted_table(lines, words_of(arguments.words), four_character_words(arguments.words))
        )
        table = ngram_table()
        common = "".join(each for each, token in table.tokens.items() if table.singles[token] >= 30)
        shapes = shapes_of(common, ImageFont.truetype(str(arguments.face), 48))
        rows = (f"{each}\t{' '.join(readings(each))}\t{shapes.get(each, '')}\n" for each in table.tokens)
        (DATA / "confusable-characters.txt").write_text("".join(rows), "utf-8", newline="\n")
    if arguments.held_out:
        more = re.split(r"(?m)^# ", lzma.decompress(arguments.held_out.read_bytes()).decode())[1:]
        held_out = held_out[: STATUTES_PER_DOCUMENT * len(more)] + more
        random.Random(20261127).shuffle(held_out)
    learn_weights(held_out, arguments.sorts)


if __name__ == "__main__":
    main()
