"""Search: the index, and results in a real browser compared with a plain search of the texts."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.publication import Publication, SearchWords
from liulin_gazette.pipeline.stages import Result
from liulin_gazette.text.folded_text import folded, folding_table
from liulin_gazette.text.raised_characters import POSITIONS
from liulin_gazette.text.word_boundaries import inner_places
from liulin_gazette.web import search_index
from liulin_gazette.web.pair_index import (
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
from liulin_gazette.web.search_data import (
    DICTIONARY,
    WORD_FILES,
    WORD_MARKS,
    WORD_ROWS,
    word_place,
    words_files,
)
from liulin_gazette.web.search_index import file_count, parts_size, units_of, volume_assets
from liulin_gazette.web.search_words import everyday_words, word_list
from tests.conftest import ROOT
from tests.loading import load
from tests.rendering import indexed, parts_of, texts_of
from tests.web import everyday_search
from tests.web.browser import address, expect

SCRIPTS = ROOT / "templates/site/search"
NAMES = (
    "王成君",
    "高宝英",
    "殡葬",
    "县民政局",
    "12345",
    "郭鹏",
    "Ⅳ级",
    "90%",
    "0358-4022653",
    "（以下简称",
    "南山公园",
    "POS机",
)
ENOUGH = 0.95
"""The share of everyday queries that have the right document among the first three."""
ENOUGH_OF_LATER = 0.85
"""The share of those for which no everyday word was written."""
ENOUGH_OF_HILL_COUNTY = 0.9
"""The share of the third county, whose queries were written before, but by the same hand as, most everyday words."""
PARTS_OF = """async (asked) => {
  const volumes = await gazetteSearch.index.load("volumes");
  return (await gazetteSearch.question.partsOf(asked, volumes)).parts.map((part) => part.text);
}"""
"""Returns the words into which the search page divides what is asked."""
MOST_BYTES_OF_WORDS = 40_000
"""Bytes of everyday words that a query loads at most: the one file of all was larger, when there were few."""


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
    assert [file_count(size) for size in (0, 6_000, 6_001, 50_000, 10**9)] == [1, 1, 2, 16, PARTS]
    assert 0 <= part_of("\uffff\uffff") < PARTS and part_of("民政") == (0x6C11 * 31 + 0x653F) % PARTS


def test_everyday_words_are_words() -> None:
    words = everyday_words()
    assert len(words) >= 5_000
    assert all(each.isalnum() for word, others in words.items() for each in (word, *others)), "spaces only"
    assert words["坟墓"] and "坟墓" not in words["坟墓"]
    for word in ("规范性文件", "废止", "作废"):
        assert "清理" not in words[word], "垃圾清理 is no 清理 of regulations"


def words_as_read(publication: Publication, text: str) -> tuple[dict[str, list[str]], int]:
    """Return the everyday words that the search page reads for ``text``, and the bytes that it loads for them."""
    files = {file.path: file.asset().content for file in words_files(publication)}
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
    publication = replace(real, search_words=own)
    read, _ = words_as_read(publication, "坟墓当兵䶮乡话𬭎")
    assert read["坟墓"] == ["陵寝"] and read["䶮乡话"] == ["方言"] and read["𬭎"] == ["金"]
    assert "当兵" not in read
    none = replace(real, search_words=SearchWords({}, with_built_in=False))
    assert words_as_read(none, "坟墓怎么迁")[0] == {}


def test_everyday_words_of_a_query_are_few_bytes(real: Publication) -> None:
    asked = [query for archive in everyday_search.ARCHIVES for query, _ in everyday_search.queries(archive)]
    sizes = {query: words_as_read(real, query)[1] for query in asked[::9]}
    assert max(sizes.values()) <= MOST_BYTES_OF_WORDS, max(sizes, key=lambda query: sizes[query])


def test_the_script_divides_everyday_words_as_the_program() -> None:
    script = (SCRIPTS / "words.js").read_text("utf-8")
    assert f"MARKS = {WORD_MARKS}, FILES = {WORD_FILES};" in script


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


@pytest.fixture(scope="module")
def tab(browser: Any, real_build: tuple[Path, Result]) -> Any:
    """A page so high that every answer is on the screen, and its text looked at."""
    made = browser.new_page(viewport={"width": 390, "height": 20_000})
    made.goto(address(real_build[0] / "output/site", "search/index.html"))
    return made


def ask(tab: Any, query: str) -> set[str]:
    """Return the slugs of the documents that have ``query``, those included that have it across words."""
    tab.fill("#search-box", query)
    tab.click("#search-form button[type=submit]")
    tab.wait_for_selector("#search-status[data-state=done]")
    for button in ("#search-more", "#search-inside", "#search-more"):
        while tab.is_visible(button):
            tab.click(button)
            tab.wait_for_selector("#search-status[data-state=done]")
    links: list[str] = tab.eval_on_selector_all(
        "#search-results li:not([data-group=related]) h2 a",
        "links => links.map(link => link.getAttribute('href'))",
    )
    return {link.split("/")[-2] for link in links}


def first_list(tab: Any, query: str) -> list[tuple[str, str]]:
    """Return the slug and the note of each answer to ``query`` in the list that is shown at first."""
    tab.fill("#search-box", query)
    tab.click("#search-form button[type=submit]")
    tab.wait_for_selector("#search-status[data-state=done]")
    rows: list[list[str]] = tab.eval_on_selector_all(
        "#search-results > li",
        "all => all.map(each => [each.querySelector('a').getAttribute('href'), each.querySelector('.related-by')?.textContent || ''])",
    )
    return [(link.split("/")[-2], note) for link, note in rows]


def folded_texts(publication: Publication) -> Mapping[str, Sequence[str]]:
    """Return the texts of each document as they are searched, by its slug."""
    return {
        entry.document.slug: [folded(text) for _, text in units]
        for volume, texts in indexed(publication)
        for entry, units in zip(volume.entries, texts, strict=True)
    }


def expected(texts: Mapping[str, Sequence[str]], query: str) -> set[str]:
    """Return the slugs of those of the folded ``texts`` that have ``query``."""
    wanted = folded(query)
    return {slug for slug, own in texts.items() if any(wanted in text for text in own)}


def phrases(publication: Publication) -> list[str]:
    """Return 200 phrases of two to eight characters from the texts, and some that are in none."""
    generator = random.Random(2026)
    texts = [text for _, parts in indexed(publication) for units in parts for _, text in units]
    texts = [text for text in texts if len(text) > 9]
    chosen: list[str] = []
    while len(chosen) < 180:
        text = generator.choice(texts)
        start, length = generator.randrange(len(text) - 8), generator.choice((2, 2, 2, 3, 4, 6, 8))
        phrase = text[start : start + length]
        if phrase == phrase.strip() and " " not in phrase:
            chosen.append(phrase)
    return [*chosen, *NAMES, "乾坤大挪移", "民县", "政民", "局县林业"]


@pytest.mark.tools
def test_every_phrase_is_found_where_it_stands_and_nowhere_else(tab: Any, real: Publication) -> None:
    asked, texts = phrases(real), folded_texts(real)
    for phrase in [*asked[:20], *asked[180:]]:
        assert ask(tab, phrase) == expected(texts, phrase), phrase
    for phrase, (first, inside, _) in zip(asked, everyday_search.found(tab, asked), strict=True):
        assert expected(texts, phrase) <= {*first, *inside}, phrase


@pytest.mark.tools
@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("柳政办发〔2026〕3号", "liu-zheng-ban-fa-2026-3"),
        ("柳政办发[2026]3号", "liu-zheng-ban-fa-2026-3"),
        ("柳政办发（2026）第03号", "liu-zheng-ban-fa-2026-3"),
        ("柳政办发2026年第3号", "liu-zheng-ban-fa-2026-3"),
        ("2026年第3号", "liu-zheng-ban-fa-2026-3"),
        ("2026-2-11", "liu-zheng-ban-fa-2026-5"),
        ("2026.02.11", "liu-zheng-ban-fa-2026-5"),
        ("二〇二六年二月十一日", "liu-zheng-ban-fa-2026-5"),
        ("殡", "liu-zheng-ban-fa-2026-3"),
        ("殡 葬 吊唁", "liu-zheng-ban-fa-2026-3"),
        ("「殡葬领域」 监管", "liu-zheng-ban-fa-2026-3"),
        ("binzang", "liu-zheng-ban-fa-2026-3"),
        ("bzly", "liu-zheng-ban-fa-2026-3"),
        ("senlin caoyuan", "liu-lin-fa-2026-8"),
        ("殡葬 监管 吊唁", "liu-zheng-ban-fa-2026-3"),
    ],
)
def test_other_ways_to_ask(tab: Any, query: str, slug: str) -> None:
    assert slug in ask(tab, query)


@pytest.mark.tools
def test_filters_address_and_hits(tab: Any, real_build: tuple[Path, Result]) -> None:
    assert len(ask(tab, "柳林县")) == 9
    tab.click("#search-filters summary")
    tab.select_option("#filter-issuer", "柳林县林业局")
    assert ask(tab, "柳林县") == {"liu-lin-fa-2026-8"}
    tab.select_option("#filter-issuer", "")
    ask(tab, "吊唁活动")
    hit = tab.locator(".snippet a").first
    assert "吊唁活动" in hit.inner_text()
    assert tab.locator("mark").first.inner_text() == "吊唁活动"
    hit.click()
    tab.wait_for_load_state()
    path, _, anchor = tab.url.partition("#")
    assert path.endswith("liu-zheng-ban-fa-2026-3/index.html")
    assert "吊唁活动" in tab.locator(f"[id='{anchor}']").inner_text()
    tab.goto(address(real_build[0] / "output/site", "search/index.html?q=吊唁&kind=通知"))
    tab.wait_for_selector("#search-results li")
    assert tab.input_value("#filter-kind") == "通知"
    tab.goto(
        address(real_build[0] / "output/site", "search/index.html?from=2026-02-11&to=2026-02-27&order=date")
    )
    tab.wait_for_selector("#search-status[data-state=done]")
    dates = [text.split("　")[2] for text in tab.locator(".contents-data").all_inner_texts()]
    assert dates == ["2026-02-27", "2026-02-11"] and "找到 2 份" in tab.inner_text("#search-status")
    tab.goto(address(real_build[0] / "output/site", "search/index.html"))


@pytest.mark.tools
def test_nothing_found(tab: Any) -> None:
    assert ask(tab, "乾坤大挪移") == set()
    assert "没有找到" in tab.inner_text("#search-status")
    assert tab.locator("#search-advice a").count() >= 3 and tab.is_visible("#search-advice")


@pytest.mark.tools
def test_words_come_before_characters_that_only_stand_together(tab: Any) -> None:
    shown = first_list(tab, "民政")
    assert 0 < len(shown) < 9 and f"找到 {len(shown)} 份" in tab.inner_text("#search-status")
    assert tab.inner_text("#search-inside") == f"另有 {9 - len(shown)} 份：字连在一起，但不是一个词"
    tab.click("#search-inside")
    tab.wait_for_selector("#search-status[data-state=done]")
    assert tab.locator("#search-results > li").count() == 9


@pytest.mark.tools
def test_other_words_are_marked_as_related(tab: Any) -> None:
    assert first_list(tab, "坟墓") == [("liu-zheng-ban-fa-2026-3", "相关（殡葬）")]
    assert first_list(tab, "坟墓怎么迁？")[0][0] == "liu-zheng-ban-fa-2026-3"
    names = [first_list(tab, name) for name in ("民政局", "县民政局", "柳林县民政局")]
    assert {slug for slug, _ in names[0]} == {slug for slug, _ in names[1]} == {slug for slug, _ in names[2]}
    assert names[2][-1][1] == "相关（民政局）"


@pytest.mark.tools
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("殡藏", "殡葬"),
        ("宾葬", "殡葬"),
        ("bingzang", "殡葬"),
        ("binzan", "殡葬"),
        ("征病", "征兵"),
        ("疫描", "疫苗"),
        ("民正局", "民政局"),
        ("退役军仁", "退役军人"),
    ],
)
def test_words_that_were_meant_are_offered(tab: Any, typed: str, meant: str) -> None:
    first_list(tab, typed)
    offered: list[str] = tab.locator("#search-spelling a").all_inner_texts()
    assert meant == offered[0] and len(offered) <= 4
    assert tab.locator("#search-spelling a").first.get_attribute("href").startswith("?q=")


@pytest.mark.tools
@pytest.mark.parametrize(
    ("typed", "found"),
    [("殯葬", "liu-zheng-ban-fa-2026-3"), ("醫療保障", "liu-yi-bao-fa-2026-2"), ("ＰＯＳ机", "")],
)
def test_traditional_and_wide_characters_are_understood(tab: Any, typed: str, found: str) -> None:
    assert found in ask(tab, typed) or (not found and ask(tab, typed) == ask(tab, "POS机"))


@pytest.mark.tools
def test_an_empty_answer_tells_which_filter_to_lift(tab: Any) -> None:
    if not tab.is_visible("#filter-issuer"):
        tab.click("#search-filters summary")
    tab.select_option("#filter-issuer", "柳林县林业局")
    assert first_list(tab, "吊唁") == []
    assert tab.locator("#search-lifted a").all_inner_texts() == ["不限发文机关：1 份"]
    tab.select_option("#filter-issuer", "")


@pytest.fixture(scope="module")
def everyday(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("everyday")
    everyday_search.write_archive(root)
    made = browser.new_page()
    made.goto(address(root / "site", "search/index.html"))
    return made


def assert_found(tab: Any, archive: str, least: int, share: float = ENOUGH, name: str = "") -> None:
    """Assert that at least ``least`` queries are asked, and that enough have a right document among the first three."""
    queries = everyday_search.queries(archive, name)
    assert len(queries) >= least, "queries are missing from the list"
    answers = everyday_search.found(tab, [query for query, _ in queries])
    missed = [
        f"{query}: {right} not in {first[:3]}"
        for (query, right), (first, _, _) in zip(queries, answers, strict=True)
        if not set(right) & set(first[:3])
    ]
    assert len(missed) <= (1 - share) * len(queries), missed


@pytest.mark.tools
def test_everyday_queries_find_the_right_document(everyday: Any) -> None:
    assert_found(everyday, "archive", 160)


def test_an_emptied_list_of_queries_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_queries(_archive: str, _name: str) -> list[tuple[str, tuple[str, ...]]]:
        return []

    monkeypatch.setattr(everyday_search, "queries", no_queries)
    with pytest.raises(AssertionError, match="queries are missing"):
        assert_found(None, "archive", 160)


@pytest.fixture(scope="module")
def other_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("other-county")
    everyday_search.write_archive(root, "other-county")
    made = browser.new_page()
    made.goto(address(root / "site", "search/index.html"))
    return made


@pytest.mark.tools
def test_everyday_queries_find_the_right_document_of_another_county(other_county: Any) -> None:
    assert_found(other_county, "other-county", 250)


@pytest.mark.tools
def test_queries_for_which_no_word_was_written_find_the_right_document(other_county: Any) -> None:
    assert_found(other_county, "other-county", 70, ENOUGH_OF_LATER, "other-county-later-queries")


@pytest.fixture(scope="module")
def hill_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("hill-county")
    everyday_search.write_archive(root, "hill-county")
    made = browser.new_page()
    made.goto(address(root / "site", "search/index.html"))
    return made


@pytest.mark.tools
def test_everyday_queries_find_the_right_document_of_a_third_county(hill_county: Any) -> None:
    assert_found(hill_county, "hill-county", 190, ENOUGH_OF_HILL_COUNTY)


@pytest.mark.tools
@pytest.mark.parametrize(
    ("query", "long", "short"),
    [
        ("外地住院", "外地住院", "外地"),
        ("空巢老人", "空巢老人", "老人"),
        ("退役军人证", "退役军人证", "退役"),
    ],
)
def test_a_long_word_without_documents_does_not_hide_a_shorter_one(
    everyday: Any, query: str, long: str, short: str
) -> None:
    parts: list[str] = everyday.evaluate(PARTS_OF, query)
    assert short in parts and long not in parts and everyday_words()[long]
    assert first_list(everyday, query)


@pytest.mark.tools
@pytest.mark.parametrize(
    ("query", "forms", "year"),
    [
        ("八十岁", ["八十岁", "80周岁", "80岁", "老年人", "高龄"], 0),
        ("二〇二五年", ["二〇二五年", "2025年"], 2025),
        ("2025低保", ["2025年"], 2025),
        ("三月停电", ["三月", "3月"], 0),
        ("25年低保", ["25年", "2025年"], 2025),
        ("低保 25年", ["25年", "2025年"], 2025),
        ("一百零五岁", ["一百零五岁", "105周岁", "105岁", "老年人", "高龄"], 0),
        ("三十年以上", ["三十年", "30年"], 0),
        ("缴满十五年能领多少", ["十五年", "15年"], 0),
        ("缴费15年", ["15年"], 0),
        ("缴费 15年", ["15年"], 0),
        ("15年以上", ["15年"], 0),
        ("工作 20年", ["20年"], 0),
    ],
)
def test_numbers_are_read_as_typed_and_as_texts_write_them(
    other_county: Any, query: str, forms: list[str], year: int
) -> None:
    (part,) = numbers_of(other_county, query)["parts"]
    assert part["forms"] == forms and part["year"] == year


@pytest.mark.tools
@pytest.mark.parametrize(
    "query",
    [
        "十字路口",
        "二十大精神",
        "十四五规划",
        "十九届",
        "三十里铺",
        "双十一",
        "三百六十五里",
        "一年以上",
        "一户一宅",
    ],
)
def test_numerals_without_a_unit_are_words(other_county: Any, query: str) -> None:
    assert numbers_of(other_county, query) == {"parts": [], "rest": query}


def numbers_of(tab: Any, query: str) -> dict[str, Any]:
    """Return the numbers that the search page in ``tab`` sees in ``query``, and the rest of it."""
    numbers: dict[str, Any] = tab.evaluate("query => gazetteSearch.question.numbersOf(query)", query)
    return numbers


@pytest.mark.tools
@pytest.mark.parametrize(
    ("asked", "words", "dropped"),
    [
        ("交通管制到几号", ["交通", "管制"], ["到", "几号"]),
        ("低保怎么申请", ["低保"], ["怎么申请"]),
        ("谁家能领高龄补贴", ["高龄补贴"], ["谁家", "能", "领"]),
    ],
)
def test_asking_words_are_dropped_only_where_they_are_words(
    other_county: Any, asked: str, words: list[str], dropped: list[str]
) -> None:
    parts: list[str] = other_county.evaluate(PARTS_OF, asked)
    assert set(words) <= set(parts) and not set(dropped) & set(parts)


@pytest.mark.tools
@pytest.mark.parametrize(
    ("typed", "word"), [("惠农宾葬", "殡葬"), ("binzangshoufei", "殡"), ("低宝标准", "低保")]
)
def test_words_that_sound_alike_are_looked_for_in_questions(other_county: Any, typed: str, word: str) -> None:
    substitutions: list[dict[str, str]] = other_county.evaluate(
        "async (typed) => (await gazetteSearch.answer(typed, {})).substitutions", typed
    )
    assert any(word in each["text"] and each["typed"] in typed for each in substitutions)


@pytest.mark.tools
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("惠农宾葬", "没有找到“宾葬”，下面按“殡葬”查找。"),
        ("低宝标准", "没有找到“低宝”，下面按“低保”查找。"),
        ("殡葬标准", ""),
        ("低保", ""),
    ],
)
def test_the_status_tells_which_words_were_replaced(other_county: Any, typed: str, told: str) -> None:
    first_list(other_county, typed)
    status = other_county.get_by_role("status")
    if told:
        expect(status).to_contain_text(told)
        assert "没有完全相同的字" not in status.inner_text()
    else:
        expect(status).to_contain_text("显示")
        assert "下面按" not in status.inner_text()


@pytest.mark.tools
def test_a_title_comes_first_and_the_reader_comes_back_to_the_same_place(everyday: Any) -> None:
    everyday.set_viewport_size({"width": 390, "height": 844})
    assert first_list(everyday, "高龄津贴")[0][0] == "liu-zheng-ban-fa-2026-101"
    first_list(everyday, "柳林县人民政府办公室")
    everyday.click("#search-more")
    everyday.wait_for_selector("#search-status[data-state=done]")
    everyday.wait_for_selector("#search-results > li:nth-child(20)")
    everyday.evaluate("scrollTo(0, 1500)")
    everyday.evaluate("location.href = '../index.html'")
    everyday.wait_for_url("**/site/index.html")
    everyday.go_back()
    everyday.wait_for_selector("#search-results > li:nth-child(20)")
    everyday.wait_for_function("scrollY > 1000")
    assert everyday.input_value("#search-box") == "柳林县人民政府办公室"


@pytest.mark.tools
@pytest.mark.parametrize(
    "query",
    ["办" * 10_000, "<img src=x onerror=alert(1)>", '"', "|", "\\", "\ud83d", "' or 1=1 --", "…", "[", "。"],
)
def test_no_query_is_too_odd(tab: Any, query: str) -> None:
    faults: list[str] = []

    def note(fault: Any) -> None:
        faults.append(str(fault))

    tab.on("pageerror", note)
    tab.evaluate(
        "value => { const box = document.getElementById('search-box'); box.value = value; box.form.requestSubmit(); }",
        query,
    )
    tab.wait_for_selector("#search-status[data-state=done]")
    assert tab.locator("#search-results img, #search-status img").count() == 0 and faults == []
    tab.remove_listener("pageerror", note)


def cut_off(file: Path) -> None:
    """Take the end of ``file`` away, as a broken download does."""
    file.write_bytes(file.read_bytes()[:-9])


@pytest.mark.tools
@pytest.mark.parametrize("damage", [Path.unlink, cut_off])
def test_what_a_missing_file_leaves_is_told_and_shown(
    browser: Any, tmp_path: Path, real: Publication, damage: Callable[[Path], object]
) -> None:
    everyday_search.write_search(tmp_path, real)
    damage(tmp_path / f"assets/search/1/{part_of('殡葬') % 16}.js")
    damage(tmp_path / WORD_ROWS / f"{word_place('坟墓') % WORD_FILES}.js")
    own = browser.new_page()
    own.goto(address(tmp_path, "search/index.html?q=坟墓 林业"))
    own.wait_for_selector("#search-status[data-state=done]")
    assert "没有取到" in own.inner_text("#search-status")
    damage(tmp_path / DICTIONARY)
    own.goto(address(tmp_path, "search/index.html?q=殡葬领域"))
    own.wait_for_selector("#search-status[data-state=done]")
    assert "没有取到" in own.inner_text("#search-status")
    assert own.locator("#search-results > li").count() >= 1
    damage(tmp_path / "assets/search/volumes.js")
    own.goto(address(tmp_path, "search/index.html?q=殡葬"))
    own.wait_for_selector("#search-status[data-state=done]")
    assert "索引没有取到" in own.inner_text("#search-status")
    own.close()
