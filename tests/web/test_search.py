"""Search: the index, and results in a real browser compared with a plain search of the texts."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.stages import Result
from liulin_gazette.source.loader import load
from liulin_gazette.web import search_index
from liulin_gazette.web.pair_index import ALPHABET, encoded_difference, folded, joined, pair_index
from liulin_gazette.web.search_index import IndexedText, units_of
from tests.conftest import ROOT
from tests.rendering import indexed, texts_of
from tests.web.browser import address

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


def decoded(text: str) -> list[int]:
    places: list[int] = []
    place, shift, difference = 0, 1, 0
    for digit in map(ALPHABET.index, text):
        difference += digit % 32 * shift
        if digit >= 32:
            shift *= 32
        else:
            place += difference
            places.append(place)
            difference, shift = 0, 1
    return places


@given(st.integers(0, 10**9))
def test_differences_survive_encoding(difference: int) -> None:
    assert decoded(encoded_difference(difference)) == [difference]


UNITS = st.lists(st.tuples(st.just(""), st.text("柳林ａ𬭎", max_size=40)), max_size=4)


@given(st.lists(UNITS, max_size=6), st.integers(0, 6))
def test_an_index_tells_where_each_pair_stands(texts: list[list[tuple[str, str]]], at: int) -> None:
    index = pair_index(texts)
    whole = "".join(f"{text}\n" for units in texts for _, text in units).replace("ａ", "a")
    units = [whole.encode("utf-16-le")[place : place + 2] for place in range(0, 2 * index.length, 2)]
    characters = [unit.decode("utf-16-le", "surrogatepass") for unit in units]
    assert "".join(characters).encode("utf-16-le", "surrogatepass") == whole.encode("utf-16-le")
    places: dict[str, list[int]] = {}
    for place in range(len(characters) - 1):
        places.setdefault(characters[place] + characters[place + 1], []).append(place)
    assert {pair: decoded(each.encoded) for pair, each in index.pairs.items()} == {
        pair: found for pair, found in places.items() if "\n" not in pair
    }
    assert joined([pair_index(texts[:at]), pair_index(texts[at:])]) == index


def test_folding_keeps_every_place() -> None:
    text = "柳政办发〔2026〕３号ＡｂＣ［İ　𬭎】"
    assert len(folded(text)) == len(text)
    assert folded("［２０２６］") == "[2026]"


def test_an_unchanged_volume_keeps_its_name(real: Publication) -> None:
    ((volume, texts),) = indexed(real)
    assert indexed(real)[0][0].name == volume.name
    assets = list(search_index.volume_assets(volume, pair_index(texts)))
    assert assets == list(search_index.volume_assets(volume, pair_index(texts)))


def test_the_text_of_a_document_comes_back_from_its_file(real: Publication) -> None:
    for asset in texts_of(real).values():
        assert any("柳林" in text for _, text in units_of(asset.content))


def test_characters_beyond_the_basic_plane_are_indexed(real: Publication) -> None:
    entry = indexed(real)[0][0].entries[0]
    units = (("", "𬭎龙与𬶠"),)
    volume = search_index.Volume("1-x", (replace(entry, text=IndexedText("x", 4, ("", ""))),))
    assets = search_index.volume_assets(volume, pair_index([units]))
    shard = next(asset for asset in assets if asset.path.endswith("/0.js"))
    body = re.fullmatch(r"gazetteSearch\.shard\(\"1-x\",0,(.*)\);\n", shard.content.decode(), re.DOTALL)
    assert body is not None
    pairs: dict[str, str] = json.loads(body[1])
    assert len(pairs) == len("𬭎龙与𬶠".encode("utf-16-le")) // 2 - 1


@pytest.fixture(scope="module")
def real() -> Publication:
    loaded, found = load(ROOT)
    assert loaded is not None, found
    return loaded


@pytest.fixture(scope="module")
def tab(browser: Any, real_build: tuple[Path, Result]) -> Any:
    made = browser.new_page(viewport={"width": 390, "height": 844})
    made.goto(address(real_build[0] / "output/site", "search/index.html"))
    return made


def ask(tab: Any, query: str) -> set[str]:
    """Return the slugs of the documents in the results of ``query``."""
    tab.fill("#search-box", query)
    tab.click("#search-form button[type=submit]")
    tab.wait_for_selector("#search-status[data-state=done]")
    while tab.is_visible("#search-more"):
        tab.click("#search-more")
        tab.wait_for_selector("#search-status[data-state=done]")
    links: list[str] = tab.eval_on_selector_all(
        "#search-results h2 a", "links => links.map(link => link.getAttribute('href'))"
    )
    return {link.split("/")[-2] for link in links}


def expected(publication: Publication, query: str) -> set[str]:
    wanted = folded(query)
    return {
        entry.document.slug
        for volume, texts in indexed(publication)
        for entry, units in zip(volume.entries, texts, strict=True)
        if any(wanted in folded(text) for _, text in units)
    }


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
    for phrase in phrases(real):
        assert ask(tab, phrase) == expected(real, phrase), phrase


@pytest.mark.tools
@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("柳政办发〔2026〕3号", "liu-zheng-ban-fa-2026-3"),
        ("柳政办发[2026]3号", "liu-zheng-ban-fa-2026-3"),
        ("柳政办发（2026）第03号", "liu-zheng-ban-fa-2026-3"),
        ("柳政办发2026年第3号", "liu-zheng-ban-fa-2026-3"),
        ("2026年第3号", "liu-zheng-ban-fa-2026-3"),
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


@pytest.mark.tools
def test_one_character_and_nothing_found(tab: Any) -> None:
    tab.fill("#search-box", "殡")
    tab.keyboard.press("Enter")
    assert "至少输入两个字" in tab.inner_text("#search-status[data-state=done]")
    assert ask(tab, "乾坤大挪移") == set()
    assert "没有找到" in tab.inner_text("#search-status")
