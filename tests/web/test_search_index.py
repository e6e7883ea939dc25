"""The search index: what is written for pairs of characters, and that it comes back as it was."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.publication import Publication
from liulin_gazette.text.folded_text import folded, folding_table
from liulin_gazette.text.raised_characters import POSITIONS
from liulin_gazette.text.word_boundaries import inner_places
from liulin_gazette.web.search import search_index
from liulin_gazette.web.search.pair_index import (
    ALPHABET,
    BEGINS_WORD,
    END,
    ENDS_WORD,
    FIRST_INITIAL,
    FIRST_SYLLABLE,
    IN_TITLE,
    PARTS,
    SEPARATOR,
    SYLLABLES,
    WORD_IN_TITLE,
    IndexedDocument,
    block_parts,
    encoded_difference,
    part_of,
)
from liulin_gazette.web.search.search_index import file_count, parts_size, units_of, volume_assets
from liulin_gazette.web.search.search_words import word_list
from tests.conftest import ROOT
from tests.loading import load
from tests.rendering import indexed, parts_of, texts_of

SCRIPTS = ROOT / "templates/site/search"


def decoded(text: str) -> list[int]:
    """Return the differences that ``text`` encodes, without digits of flags between them."""
    values: list[int] = []
    shift, difference = 0, 0
    for digit in map(ALPHABET.index, text):
        difference += digit % 32 * 32**shift
        shift += 1
        if digit < 32:
            values.append(difference)
            shift, difference = 0, 0
    return values


def postings(parts: tuple[bytes, ...]) -> dict[str, list[tuple[int, int]]]:
    """Return the documents with their flags of each pair, read from ``parts`` as search.js does."""
    found: dict[str, list[tuple[int, int]]] = {}
    for part in parts:
        text = json.loads(f'"{part.decode()}"')
        while text:
            pair, rest = text[:2], text[2:]
            encoded, _, text = rest.partition(END)
            place, at = -1, 0
            rows: list[tuple[int, int]] = []
            while at < len(encoded):
                end = at
                while ALPHABET.index(encoded[end]) >= 32:
                    end += 1
                place += decoded(encoded[at : end + 1])[0]
                rows.append((place, ALPHABET.index(encoded[end + 1])))
                at = end + 2
            found[pair] = rows
    return found


@given(st.integers(0, 10**9))
def test_differences_survive_encoding(difference: int) -> None:
    assert decoded(encoded_difference(difference)) == [difference]


UNITS = st.lists(st.text('柳林县ａ𬭎|\\"', max_size=30), min_size=1, max_size=4)


@given(st.lists(UNITS, max_size=60))
def test_an_index_tells_which_documents_have_each_pair(texts: list[list[str]]) -> None:
    documents = [IndexedDocument([("", text) for text in units], "", "") for units in texts]
    wanted: dict[str, list[int]] = {}
    for place, units in enumerate(texts):
        lines = [text.replace("ａ", "a") for text in units]
        keys = {line[at : at + 2] for line in lines for at in range(len(line) - 1)}
        for key in sorted(keys | {each + SEPARATOR for line in lines for each in line if each.isalnum()}):
            wanted.setdefault(key, []).append(place)
    found = postings(block_parts(documents, ()))
    assert {pair: [place for place, _ in rows] for pair, rows in found.items()} == wanted


def test_flags_tell_where_and_as_what_a_pair_stands() -> None:
    units = [("", "人民政府公报"), ("", "县民政局、县民政局、民政工作、民政"), ("", "45678号")]
    found = postings(block_parts([IndexedDocument(units, "政〔2026〕3号", "ren min zheng fu")], word_list()))
    assert found["民政"] == [(0, IN_TITLE + BEGINS_WORD + ENDS_WORD + 2 * 16)]
    assert found["人民"] == [(0, IN_TITLE + WORD_IN_TITLE + BEGINS_WORD + ENDS_WORD)]
    assert found["民政"][0][1] & WORD_IN_TITLE == 0 and found["政局"][0][1] & BEGINS_WORD == 0
    assert found["56"] == [(0, 0)], "inside a number"
    initials = chr(FIRST_INITIAL + ord("r") - ord("a")) + chr(FIRST_INITIAL + ord("m") - ord("a"))
    sounds = "".join(chr(FIRST_SYLLABLE + SYLLABLES.index(syllable)) for syllable in ("zheng", "fu"))
    assert initials in found and sounds in found


def test_words_end_where_the_list_says() -> None:
    words = {"人民", "政府", "民政", "民政局", "信息"}
    assert list(inner_places("县人民政府", words)) == [0, 0, 1, 0, 1, 0]
    assert list(inner_places("县民政局", words)) == [0, 0, 1, 1, 0]
    assert list(inner_places("第120号pos机", words)) == [0, 0, 1, 1, 0, 0, 1, 1, 0, 0]
    assert list(inner_places("", words)) == [0]


def test_folding_keeps_every_place() -> None:
    text = "柳政办发〔2026〕３号ＡｂＣ［İ　𬭎】“乐享”—、。"
    assert len(folded(text)) == len(text)
    assert folded("［２０２６］“甲”，") == '[2026]"甲",'


def test_raised_and_lowered_characters_are_found_as_they_are_typed() -> None:
    assert folded("CO₂、SO₄²⁻、10⁻³、m²") == folded("CO2、SO42-、10-3、m2")


def test_the_script_folds_and_spells_as_the_index() -> None:
    script = (SCRIPTS / "text.js").read_text("utf-8")
    (given_,), (made,) = (re.findall(rf"const {name} = (\".*\");", script) for name in ("FROM", "TO"))
    table = dict(zip(*folding_table(), strict=True))
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    assert wide | dict(zip(json.loads(given_), json.loads(made), strict=True)) == table
    assert set(POSITIONS) <= set(table)
    (syllables,) = re.findall(r'SYLLABLES = "(.*)"\.split', (SCRIPTS / "sounds.js").read_text("utf-8"))
    assert tuple(syllables.split()) == SYLLABLES and len(set(SYLLABLES)) == len(SYLLABLES)
    index = (SCRIPTS / "index.js").read_text("utf-8")
    for name, value in (("PARTS", PARTS), ("ROWS", search_index.ROWS)):
        assert f"const {name} = {value};" in index
    assert f'const ALPHABET = "{ALPHABET}"' in index


def test_pairs_are_divided_among_few_files() -> None:
    assert [file_count(size) for size in (0, 3_500, 3_501, 50_000, 10**9)] == [1, 1, 2, 16, PARTS]
    assert 0 <= part_of("\uffff\uffff") < PARTS and part_of("民政") == (0x6C11 * 31 + 0x653F) % PARTS


def test_an_unchanged_volume_keeps_its_digest(real: Publication) -> None:
    ((volume, texts),) = indexed(real)
    assert indexed(real)[0][0].digest == volume.digest
    parts = parts_of(volume, texts)
    assert list(volume_assets(volume, parts)) == list(volume_assets(volume, parts))
    assert len([*volume_assets(volume, parts)]) == file_count(parts_size(parts)) + 1 + -(
        -9 // search_index.ROWS
    )


def test_the_text_of_a_document_comes_back_from_its_file(real: Publication) -> None:
    for asset in texts_of(real).values():
        assert any("柳林" in text for _, text in units_of(asset.content))


def test_characters_beyond_the_basic_plane_are_indexed() -> None:
    text = "𬭎龙与𬶠\ud83d"
    found = postings(block_parts([IndexedDocument([("", text)], "", "")], ()))
    assert {pair for pair in found if SEPARATOR not in pair} == {"𬭎龙", "龙与", "与𬶠", "𬶠\ud83d"}


@pytest.fixture(scope="module")
def real() -> Publication:
    loaded, found = load(ROOT)
    assert loaded is not None, found
    return loaded
