"""The search page in a real browser: results compared with a plain search of the texts, odd queries, missing files."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.stages import Result
from liulin_gazette.text.folded_text import folded
from liulin_gazette.text.whole_names import name_spans
from liulin_gazette.web.search.kept_names import kept_names
from liulin_gazette.web.search.pair_index import (
    part_of,
)
from liulin_gazette.web.search.search_data import (
    DICTIONARY,
    WORD_FILES,
    WORD_ROWS,
    word_place,
)
from tests.conftest import ROOT
from tests.loading import load
from tests.rendering import indexed
from tests.web import everyday_search
from tests.web.browser import address
from tests.web.everyday_search import first_list

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
    dates = tab.locator(".contents-data time").all_inner_texts()
    assert dates == ["2026年2月27日", "2026年2月11日"] and "找到 2 份" in tab.inner_text("#search-status")
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


@pytest.mark.tools
@pytest.mark.parametrize("query", ["constructor", "__proto__", "hasownproperty"])
@pytest.mark.parametrize("is_dictionary_there", [True, False])
def test_names_that_every_object_has_are_words_like_others(
    browser: Any, tmp_path: Path, real: Publication, query: str, is_dictionary_there: bool
) -> None:
    everyday_search.write_search(tmp_path, real)
    if not is_dictionary_there:
        (tmp_path / DICTIONARY).unlink()
    own = browser.new_page()
    own.goto(address(tmp_path, f"search/index.html?q={query}"))
    own.wait_for_selector("#search-status[data-state=done]")
    assert own.inner_text("#search-status").startswith("没有找到")
    own.close()


@pytest.mark.tools
@pytest.mark.parametrize(
    "kept", ['gazetteSearch.receive.dictionary(99,{"a":1});', "gazetteSearch.receive.words(1);"]
)
def test_a_kept_dictionary_of_another_form_is_told_and_the_rest_works(
    browser: Any, tmp_path: Path, real: Publication, kept: str
) -> None:
    everyday_search.write_search(tmp_path, real)
    (tmp_path / DICTIONARY).write_text(kept, "utf-8")
    own = browser.new_page()
    own.goto(address(tmp_path, "search/index.html?q=殡葬"))
    own.wait_for_selector("#search-status[data-state=done]")
    assert "找到 " in own.inner_text("#search-status") and "没有取到" in own.inner_text("#search-status")
    assert own.locator("#search-results > li").count() >= 1
    own.close()


@pytest.mark.tools
def test_results_keep_the_names_whole_that_other_lists_keep(tab: Any, real: Publication) -> None:
    names = kept_names(real)
    assert "柳林县人民政府办公室" in names and "县人民政府办公室" in names
    titles = [
        "转发县民政局、柳林县林业局的通知",
        *(each.title for issue in real.issues for each in issue.documents),
        *names,
    ]
    found: list[list[list[int]]] = tab.evaluate("all => all.map(gazetteSearch.results.namesIn)", titles)
    assert found == [[list(span) for span in name_spans(title, names)] for title in titles]
