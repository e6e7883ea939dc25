"""Everyday words for search, and the files in which the page finds them."""

from __future__ import annotations

import json
import re

import pytest

from liulin_gazette.model.gazette import MOST_SEARCH_WORDS, SearchWords
from liulin_gazette.model.publication import Publication
from liulin_gazette.web.search.pair_index import (
    ALPHABET,
)
from liulin_gazette.web.search.search_data import (
    DICTIONARY,
    DICTIONARY_FORM,
    WORD_FILES,
    WORD_MARKS,
    WORD_ROWS,
    word_place,
    words_files,
)
from liulin_gazette.web.search.search_words import everyday_words
from tests.changed_settings import with_settings
from tests.conftest import ROOT
from tests.loading import load
from tests.web import everyday_search

SCRIPTS = ROOT / "templates/site/search"


MOST_BYTES_OF_WORDS = 40_000
"""Bytes of everyday words that a query loads at most: the one file of all was larger, when there were few."""


def test_everyday_words_are_words() -> None:
    words = everyday_words()
    assert len(words) >= 5_000
    assert all(each.isalnum() for word, others in words.items() for each in (word, *others)), "spaces only"
    assert words["坟墓"] and "坟墓" not in words["坟墓"]
    for word in ("规范性文件", "废止", "作废"):
        assert "清理" not in words[word], "垃圾清理 is no 清理 of regulations"


def words_as_read(publication: Publication, text: str) -> tuple[dict[str, list[str]], int]:
    """Return the everyday words that the search page reads for ``text``, and the bytes that it loads for them."""
    files = {file.path: file.asset().content for file in words_files(publication.gazette)}
    first = files[DICTIONARY]
    _, single, marks, *_ = json.loads(f"[{first.decode().partition('(')[2].rpartition(')')[0]}]")
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    places = [place for place in map(word_place, pairs) if ALPHABET.index(marks[place // 6]) >> place % 6 & 1]
    loaded = [
        files[f"{WORD_ROWS}/{number}.js"] for number in sorted({place % WORD_FILES for place in places})
    ]
    rows = [
        single,
        *(json.loads(f"[{each.decode().partition('(')[2].rpartition(')')[0]}]")[1] for each in loaded),
    ]
    words = {row.split()[0]: row.split()[1:] for text in rows for row in text.split("|") if row}
    return words, len(first) + sum(map(len, loaded))


def test_a_query_loads_the_everyday_words_that_it_may_have(real: Publication) -> None:
    for word, others in list(everyday_words().items())[::50]:
        read, _ = words_as_read(real, f"请问{word}吗")
        assert not others or read[word] == list(others), word
    read, _ = words_as_read(real, "乾坤")
    assert "买拖拉机" not in read


def test_words_of_the_office_are_read_as_those_of_the_program(real: Publication) -> None:
    own = SearchWords({"坟墓": ("陵寝",), "当兵": (), "䶮乡话": ("方言",), "𬭎": ("金",)}, with_built_in=True)
    publication = with_settings(real, search_words=own)
    read, _ = words_as_read(publication, "坟墓当兵䶮乡话𬭎")
    assert read["坟墓"] == ["陵寝"] and read["䶮乡话"] == ["方言"] and read["𬭎"] == ["金"]
    assert "当兵" not in read
    capitals = with_settings(real, search_words=SearchWords({"ETC": ("ETC卡",), "ＷｉFi": ("无线网络",)}))
    read, _ = words_as_read(capitals, "办etc和wifi")
    assert read["etc"] == ["etc卡"] and read["wifi"] == ["无线网络"]
    none = with_settings(real, search_words=SearchWords({}, with_built_in=False))
    assert words_as_read(none, "坟墓怎么迁")[0] == {}


def test_everyday_words_of_a_query_are_few_bytes(real: Publication) -> None:
    asked = [query for archive in everyday_search.ARCHIVES for query, _ in everyday_search.queries(archive)]
    sizes = {query: words_as_read(real, query)[1] for query in asked[::9]}
    assert max(sizes.values()) <= MOST_BYTES_OF_WORDS, max(sizes, key=lambda query: sizes[query])


def test_the_script_divides_everyday_words_as_the_program() -> None:
    script = (SCRIPTS / "words.js").read_text("utf-8")
    assert f"MARKS = {WORD_MARKS}, FILES = {WORD_FILES};" in script


@pytest.fixture(scope="module")
def real() -> Publication:
    loaded, found = load(ROOT)
    assert loaded is not None, found
    return loaded


def test_no_word_has_more_others_than_search_looks_for() -> None:
    words = everyday_words()
    assert max(map(len, words.values())) == MOST_SEARCH_WORDS
    assert f"const MOST_RELATED = {MOST_SEARCH_WORDS};" in (SCRIPTS / "words.js").read_text("utf-8")


def test_the_script_takes_the_form_of_words_that_is_written() -> None:
    assert f"const DICTIONARY_FORM = {DICTIONARY_FORM};" in (SCRIPTS / "index.js").read_text("utf-8")


def listed_in_script(name: str) -> list[str]:
    """Return the words of the list ``name`` in question.js."""
    (words,) = re.findall(rf'const {name} = "(.*)";', (SCRIPTS / "question.js").read_text("utf-8"))
    return words.split("|")


def test_asking_words_stand_once_and_are_no_everyday_words() -> None:
    lists = [listed_in_script(name) for name in ("ASKING", "SLIGHT", "GENERAL")]
    everything = [word for words in lists for word in words]
    assert len(everything) == len(set(everything)) > 200
    assert not {*lists[0], *lists[1]} & {*everyday_words()}


def test_every_general_word_can_be_a_part_of_a_question() -> None:
    words = everyday_words()
    assert [word for word in listed_in_script("GENERAL") if word not in words and len(word) != 2] == []
