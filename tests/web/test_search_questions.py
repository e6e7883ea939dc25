"""Questions as people ask them, answered from the archives of three counties: their parts and the ranking."""

from __future__ import annotations

from typing import Any

import pytest

from liulin_gazette.web.search_words import everyday_words
from tests.conftest import ROOT
from tests.web import everyday_search
from tests.web.browser import address, expect
from tests.web.everyday_search import first_list

SCRIPTS = ROOT / "templates/site/search"


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
