"""The data of the search page that belong to no document: people's words, names of offices, sounds, simplified characters."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import pairwise

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Product
from liulin_gazette.text.folded_text import folded
from liulin_gazette.text.general_characters import common_characters
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.text.word_boundaries import inner_places
from liulin_gazette.web.search.indexed_text import FOLDER
from liulin_gazette.web.search.pair_index import ALPHABET, SYLLABLES
from liulin_gazette.web.search.search_words import (
    everyday_words,
    office_words,
    simplified_characters,
    word_list,
)

DICTIONARY = f"{FOLDER}/dictionary.js"
DICTIONARY_FORM = 1
"""The form of ``DICTIONARY``; templates/site/search has the same and takes no other one, which a browser may have kept."""
WORD_ROWS = f"{FOLDER}/words"
WORD_FILES = 256
"""Into as many files everyday words are divided, by their first two characters; templates/site/search has the same."""
WORD_MARKS = 1 << 15
"""As many marks ``DICTIONARY`` has, six in a digit: whether everyday words begin with two characters of that place."""
SIMPLIFIED = f"{FOLDER}/simplified.js"
SPELLING = f"{FOLDER}/spelling.js"
EDGES = f"{FOLDER}/edges"
EDGE_FILES = 128
"""Into as many files the characters are divided that stand beside others in words; templates/site/search has the same."""
SOUNDS = f"{FOLDER}/sounds"
SOUND_FILES = 64
"""Into as many files everyday words are divided by how their first two characters sound; templates/site/search has the same."""
SPELLING_SIZE = 32_000
"""Bytes of the words and syllables in ``SPELLING`` at most."""
_TITLE_WORDS = 400
"""So many of the words of titles come in ``SPELLING`` before those that documents have for everyday words."""
_LONGEST_SPELT = 5
"""Characters of the longest everyday word that is looked for by its sound."""
_NEAR = (("^([zcs])h", r"\1"), ("^[nr](?=[aeiouv])", "l"), ("^h(?=u|o|e)", "f"), ("ng$", "n"))
"""Differences of sound that people of many places do not hear; templates/site/search has the same."""
_PLACE = re.compile("^(.{1,12}?(?:自治县|自治旗|县|市|区|旗|州|盟))(?=.{2})")


def words_files(gazette: Gazette) -> Iterator[Product]:
    """Yield the files of words for search: one of what each query needs, and those of everyday words.

    The first has the words of one character; a mark for each pair of characters with which longer ones begin, so that
    the page loads the files of those only that a query may have; places before names of offices; and other names of
    offices. The name that a browser keeps the other files by is a digest of all words.
    """
    words = words_of(gazette)
    rows: list[list[str]] = [[] for _ in range(WORD_FILES)]
    marks = [0] * (WORD_MARKS // 6 + 1)
    single: list[str] = []
    for word, others in words.items():
        place = word_place(word)
        (rows[place % WORD_FILES] if len(word) > 1 else single).append(" ".join((word, *others)))
        marks[place // 6] |= (len(word) > 1) << place % 6
    texts = ["|".join(each) for each in rows]
    first = (
        DICTIONARY_FORM,
        "|".join(single),
        "".join(ALPHABET[mark] for mark in marks),
        fingerprint(texts)[:8],
        _places(gazette),
        _names(gazette),
    )
    yield Product(DICTIONARY, first, partial(_script, "dictionary", *first))
    for number, text in enumerate(texts):
        yield Product(f"{WORD_ROWS}/{number}.js", text, partial(_script, "wordRows", number, text))


def word_place(word: str) -> int:
    """Return the place of ``word`` among ``WORD_MARKS``, by its first two characters; templates/site/search computes the same."""
    return (ord(word[0]) * 31 + ord(word[1:2] or "\0")) % WORD_MARKS


def words_of(gazette: Gazette) -> Mapping[str, tuple[str, ...]]:
    """Return the words of documents for each everyday word: those of the program, as the gazette has changed them.

    All are folded, as the page folds what is typed and as texts are indexed: ETC of an office is etc.
    """
    own = gazette.search_words
    changed = {folded(word): tuple(map(folded, others)) for word, others in own.words.items()}
    words = {**(everyday_words() if own.with_built_in else {}), **changed}
    return {word: others for word, others in words.items() if others}


def simplified_file() -> Product:
    """Return the file of traditional characters with the simplified ones; the page loads it for such a query only."""
    rows = simplified_characters()
    return Product(SIMPLIFIED, rows, lambda: _script("simplified", *rows))


def spelling_file(publication: Publication) -> Product:
    """Return the file of words and syllables, from which the page offers other words where a query finds nothing.

    Its words are those of offices, those of titles, and those that documents have for everyday words, as many as find
    room. A row of characters for each syllable tells how they sound.
    """
    titles = tuple(document.title for issue in publication.issues for document in issue.documents)
    offices = tuple(_PLACE.sub("", issuer.name) for issuer in publication.gazette.issuers)
    words = words_of(publication.gazette)

    def make() -> bytes:
        official = (word for others in words.values() for word in others)
        bureaus = [f"{word}局" for word in office_words()]  # The page offers those only that documents name.
        known = dict.fromkeys((*offices, *bureaus, *_frequent(titles)[:_TITLE_WORDS], *official))
        characters = _characters_by_syllable()
        room = SPELLING_SIZE - len(" ".join(characters).encode())
        chosen: list[str] = []
        for word in known:
            room -= len(word.encode()) + 1
            if room < 0:
                break
            chosen.append(word)
        return _script("spelling", " ".join(chosen), " ".join(characters))

    return Product(SPELLING, (titles, offices, words), make)


def sound_files(gazette: Gazette) -> Iterator[Product]:
    """Yield the files of everyday words, and of those for them, by how their first two characters sound.

    By them 电瓶车 is found as dianpingche, and 殡葬 as 宾葬.

    The page loads those only that a query may mean which finds little as it is spelt.
    """
    sounds = _sounds()
    rows: list[list[str]] = [[] for _ in range(SOUND_FILES)]
    words = words_of(gazette)
    for word in dict.fromkeys((*words, *(other for others in words.values() for other in others))):
        if 2 <= len(word) <= _LONGEST_SPELT and all(character in sounds for character in word):
            rows[sound_place(sounds[word[0]], sounds[word[1]])].append(word)
    for number, row in enumerate(rows):
        text = " ".join(row)
        yield Product(f"{SOUNDS}/{number}.js", text, partial(_script, "soundRows", number, text))


@cache
def sound_place(first: str, second: str) -> int:
    """Return the number of the file of words that begin with two syllables; templates/site/search computes the same."""
    place = 0
    for character in f"{_near(first)} {_near(second)}":
        place = (place * 31 + ord(character)) % 65_521
    return place % SOUND_FILES


def _near(syllable: str) -> str:
    for pattern, replacement in _NEAR:
        syllable = re.sub(pattern, replacement, syllable)
    return syllable


@cache
def _sounds() -> Mapping[str, str]:
    """Return the syllable of each character in general use."""
    rows = zip(SYLLABLES, _characters_by_syllable(), strict=True)
    return {character: syllable for syllable, row in rows for character in row}


def edge_files() -> Iterator[Product]:
    """Yield the files of neighbours: for each character those before and after it in words.

    From them the page sees that characters are cut out of two words (民政 in 人民政府), and does not mark them.
    """
    for number in range(EDGE_FILES):
        yield Product(f"{EDGES}/{number}.js", (), partial(_edge_file, number))


def _edge_file(number: int) -> bytes:
    return _script("edges", number, _edges()[number])


@cache
def _edges() -> tuple[Mapping[str, tuple[str, str]], ...]:
    """Return the neighbours of the characters of each file."""
    files: tuple[dict[str, tuple[str, str]], ...] = tuple({} for _ in range(EDGE_FILES))
    for character, rows in _neighbours().items():
        files[ord(character) % EDGE_FILES][character] = rows
    return files


@cache
def _neighbours() -> Mapping[str, tuple[str, str]]:
    """Return, for each character, the characters that stand before it in words, and those after it."""
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for word in filter(_is_han, word_list()):
        for first, second in pairwise(word):
            after.setdefault(first, set()).add(second)
            before.setdefault(second, set()).add(first)
    return {
        character: ("".join(sorted(before.get(character, ()))), "".join(sorted(after.get(character, ()))))
        for character in sorted({*before, *after})
    }


def _frequent(titles: Iterable[str]) -> list[str]:
    """Return the words of ``titles``, the most frequent first."""
    counts: Counter[str] = Counter()
    for title in titles:
        text = folded(title)
        edges = [place for place, is_inner in enumerate(inner_places(text, word_list())) if not is_inner]
        counts.update(text[start:end] for start, end in pairwise(edges) if end - start > 1)
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if _is_han(word)]


def _is_han(word: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in word)


@cache
def _characters_by_syllable() -> tuple[str, ...]:
    """Return, for each syllable, the characters in general use that are read so."""
    rows: dict[str, list[str]] = {syllable: [] for syllable in SYLLABLES}
    for character in common_characters():
        (sound,) = syllables(character)
        if sound in rows:
            rows[sound].append(character)
    return tuple("".join(row) for row in rows.values())


def _script(name: str, *values: object) -> bytes:
    """Return a script that calls the search page's function ``name`` with ``values``."""
    texts = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"gazetteSearch.receive.{name}({','.join(texts)});\n".encode()


def _places(gazette: Gazette) -> list[str]:
    """Return the names of places with which the names of issuers begin: 柳林县."""
    found = (_PLACE.match(issuer.name) for issuer in gazette.issuers)
    return list(dict.fromkeys(match[1] for match in found if match))


def _names(gazette: Gazette) -> Mapping[str, list[str]]:
    """Return the other names, former and later, of each issuer that has any; without the place too."""
    names: dict[str, list[str]] = {}
    for issuer in gazette.issuers:
        if issuer.former_name:
            pair = (issuer.name, issuer.former_name)
            for one, other in (pair, pair[::-1]):
                for name in {one, _PLACE.sub("", one)}:
                    names.setdefault(name, []).append(other)
    return {name: sorted(set(others)) for name, others in sorted(names.items())}
