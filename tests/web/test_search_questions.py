"""Questions as people ask them, answered from the archives of six counties: their parts and the ranking."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.web.search.search_words import everyday_words
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
ENOUGH_OF_RIVER_COUNTY = 0.92
"""The share of the fourth county, whose queries are by another hand than the everyday words."""


ENOUGH_OF_GORGE_COUNTY = 0.95
"""The share of the fifth county, of whose queries only the misses were looked at."""
ENOUGH_OF_LATER_GORGE_COUNTY = 0.92
"""The share of its second list, which nobody looked at: the bar of 0.95 is not reached there."""


ENOUGH_OF_BLACK_SOIL_COUNTY = 0.9
"""The share of the sixth county, whose two lists were written before the words and the ranking were read."""


PARTS_OF = """async (asked) => {
  const volumes = await gazetteSearch.index.load("volumes");
  return (await gazetteSearch.question.partsOf(asked, volumes)).parts.map((part) => part.text);
}"""
"""Returns the words into which the search page divides what is asked."""
KEPT = """async (asked) => {
  const volumes = await gazetteSearch.index.load("volumes");
  return (await gazetteSearch.question.partsOf(asked, volumes)).kept;
}"""
"""Returns what the search page looks for of a question that is too long; nothing of one that is not."""


def search_page(browser: Any, tmp_path_factory: pytest.TempPathFactory, archive: str) -> Any:
    """Return a tab with the search page of the real issue and ``archive``."""
    root = tmp_path_factory.mktemp(archive)
    everyday_search.write_archive(root, archive)
    tab = browser.new_page()
    tab.goto(address(root / "site", "search/index.html"))
    return tab


@pytest.fixture(scope="module")
def everyday(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return search_page(browser, tmp_path_factory, "archive")


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
    return search_page(browser, tmp_path_factory, "other-county")


@pytest.mark.tools
def test_everyday_queries_find_the_right_document_of_another_county(other_county: Any) -> None:
    assert_found(other_county, "other-county", 250)


@pytest.mark.tools
def test_queries_for_which_no_word_was_written_find_the_right_document(other_county: Any) -> None:
    assert_found(other_county, "other-county", 70, ENOUGH_OF_LATER, "other-county-later-queries")


@pytest.fixture(scope="module")
def hill_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return search_page(browser, tmp_path_factory, "hill-county")


@pytest.mark.tools
def test_everyday_queries_find_the_right_document_of_a_third_county(hill_county: Any) -> None:
    assert_found(hill_county, "hill-county", 190, ENOUGH_OF_HILL_COUNTY)


@pytest.fixture(scope="module")
def river_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return search_page(browser, tmp_path_factory, "river-county")


@pytest.mark.tools
def test_queries_that_another_hand_wrote_find_the_right_document(river_county: Any) -> None:
    assert_found(river_county, "river-county", 140, ENOUGH_OF_RIVER_COUNTY)


@pytest.fixture(scope="module")
def gorge_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return search_page(browser, tmp_path_factory, "gorge-county")


@pytest.mark.tools
@pytest.mark.parametrize(
    ("name", "least", "share"),
    [
        ("gorge-county-queries", 170, ENOUGH_OF_GORGE_COUNTY),
        ("gorge-county-later-queries", 190, ENOUGH_OF_LATER_GORGE_COUNTY),
    ],
)
def test_queries_of_a_fifth_county_find_the_right_document(
    gorge_county: Any, name: str, least: int, share: float
) -> None:
    assert_found(gorge_county, "gorge-county", least, share, name)


@pytest.fixture(scope="module")
def black_soil_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return search_page(browser, tmp_path_factory, "black-soil-county")


@pytest.mark.tools
@pytest.mark.parametrize(
    ("name", "least"), [("black-soil-county-queries", 120), ("black-soil-county-later-queries", 60)]
)
def test_queries_of_a_sixth_county_find_the_right_document(
    black_soil_county: Any, name: str, least: int
) -> None:
    assert_found(black_soil_county, "black-soil-county", least, ENOUGH_OF_BLACK_SOIL_COUNTY, name)


@pytest.mark.tools
def test_an_office_with_its_place_is_found_by_its_full_name(black_soil_county: Any) -> None:
    ((first, _, _),) = everyday_search.found(black_soil_county, ["县医保局"])
    assert len(first) > 1, "those of 医疗保障局 too"


@pytest.mark.tools
def test_a_quoted_phrase_that_no_document_has_is_not_divided(black_soil_county: Any) -> None:
    quoted, numbered, bare = everyday_search.found(
        black_soil_county, ["“冬季供暖退费办法”", "柳政办发〔2026〕108号", "冬季供暖退费办法"]
    )
    assert quoted == [[], [], 0]
    assert numbered[0] and bare[0]


@pytest.mark.tools
def test_a_single_character_of_a_title_answers_where_no_word_does(black_soil_county: Any) -> None:
    assert first_list(black_soil_county, "门口的雪该谁扫")


@pytest.mark.tools
@pytest.mark.parametrize(
    ("query", "name"),
    [("dianpingche", "diandongche"), ("自己山上的树能砍吗", "lincai"), ("助听器", "fuju")],
)
def test_pinyin_of_everyday_words_parted_words_and_the_very_word_are_found(
    gorge_county: Any, query: str, name: str
) -> None:
    (slug,) = next(right for asked, right in everyday_search.queries("gorge-county") if asked == query)
    ((first, _, _),) = everyday_search.found(gorge_county, [query])
    assert slug in first[:3], name


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
        ("过年放不放假", ["放假"], ["放不", "不放假"]),
        ("低保涨没涨", ["低保涨"], ["没", "没涨"]),
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
def test_every_general_word_weighs_less_than_what_is_asked(other_county: Any) -> None:
    (listed,) = re.findall('const GENERAL = "(.*)";', (SCRIPTS / "question.js").read_text("utf-8"))
    weights = (
        "([words, kind]) => words.map((text) => gazetteSearch.question.partOf({ text, kind }, {}, 4).weight)"
    )
    for kind in ("known", "word"):
        (general,) = set(other_county.evaluate(weights, [listed.split("|"), kind]))
        (own,) = other_county.evaluate(weights, [["低保"], kind])
        assert general < own


LONG_QUESTION = "孩子户口不在本县外地打工父母想转学回来读初中学籍跟房产证"


@pytest.mark.tools
@pytest.mark.parametrize(
    ("asked", "kept", "left_out"),
    [
        (LONG_QUESTION, ["转学", "初中学籍", "房产证"], ["孩子"]),
        (
            "我家那个八十多岁瘫痪在床的老母亲原来在外省上班退休金在那边发现在搬回老家来住想问高龄津贴",
            ["高龄津贴"],
            [],
        ),
    ],
)
def test_a_long_question_is_cut_between_words_and_the_reader_is_told(
    other_county: Any, asked: str, kept: list[str], left_out: list[str]
) -> None:
    words: list[str] = other_county.evaluate(KEPT, asked)
    joined = "|".join(words)
    assert all(word in joined for word in kept) and not any(word in joined for word in left_out)
    assert all(word in asked for word in words) and len("".join(words)) <= 24
    first_list(other_county, asked)
    told = "、".join(f"“{word}”" for word in words)
    expect(other_county.get_by_role("status")).to_contain_text(f"问题较长，只按{told}查找。")


@pytest.mark.tools
@pytest.mark.parametrize("asked", ["低保怎么申请", "外地住院回来怎么报销", "办" * 16])
def test_of_a_short_question_nothing_is_left_out(other_county: Any, asked: str) -> None:
    assert other_county.evaluate(KEPT, asked) == []
    first_list(other_county, asked)
    assert "问题较长" not in other_county.get_by_role("status").inner_text()


@pytest.mark.tools
def test_beside_the_very_words_nothing_is_told_of_others(gorge_county: Any) -> None:
    """A long sentence that stands in one text is answered by it; that it is divided besides needs no telling."""
    asked = "学校食堂实行供餐，不得以现金形式发放给学生或者家长".replace("，", " ")
    kept, direct = gorge_county.evaluate(
        "async (asked) => { const { kept, direct } = await gazetteSearch.answer(asked, {}); return [kept, direct.length]; }",
        asked,
    )
    assert kept == [] and direct == 1


@pytest.mark.tools
def test_a_long_text_without_any_known_word_is_looked_for_by_its_beginning(other_county: Any) -> None:
    assert other_county.evaluate(KEPT, "𬭎䶮彳亍魑魅魍魉饕餮耄耋氤氲踯躅蹒跚龃龉" * 2) != []
    assert other_county.evaluate(KEPT, "1年2年3年4年5年6年7年8年9年") == [
        "1年",
        "2年",
        "3年",
        "4年",
        "5年",
        "6年",
    ]


WORDS_OF_ONE = ("课后服务坚持学生自愿", "服务性收费每生每学期不超过", "家庭经济困难学生免收")
"""Long parts of the text of one document of the fifth county."""


@pytest.mark.tools
@pytest.mark.parametrize("asked", [" ".join(WORDS_OF_ONE), " ".join(f"“{word}”" for word in WORDS_OF_ONE)])
def test_several_long_words_of_one_text_find_it_as_they_are(gorge_county: Any, asked: str) -> None:
    found = gorge_county.evaluate(
        """async (asked) => {
          const { direct, isEmpty } = await gazetteSearch.answer(asked, {});
          return [direct.length, isEmpty];
        }""",
        asked,
    )
    assert found == [1, False]
    first_list(gorge_county, asked)
    expect(gorge_county.locator("#search-results > li").first).to_contain_text("规范中小学课后服务工作的通知")


@pytest.mark.tools
def test_the_rare_part_of_a_question_decides(tmp_path: Path, browser: Any) -> None:
    """Of documents about anything free or fined none comes before the one about what is rare."""
    general = [
        f"g{number}\t关于老年人免费{what}的通知\t老年人免费{what}，不收费。"
        for number, what in enumerate(("体检", "游园", "理发", "看戏", "读报", "下棋"))
    ]
    fines = [
        f"f{number}\t关于违法{what}罚款的通告\t违法{what}的，处以罚款。"
        for number, what in enumerate(("占道", "倾倒", "取水", "采砂", "捕捞", "烧荒"))
    ]
    rare = [
        "gongjiao\t关于调整城乡公交线路的公告\t公交线路调整，六十五周岁以上老年人免费。",
        "caifa\t关于林木采伐的公告\t采伐自有林木的，申请许可，否则罚款。",
    ]
    site = everyday_search.write_documents(tmp_path, [*general, *fines, *rare])
    own = browser.new_page()
    own.goto(address(site, "search/index.html"))
    asked = ["老年人坐公交车免费吗", "砍自家的树要罚款不"]
    numbers = [int(first[0].rpartition("-")[2]) for first, _, _ in everyday_search.found(own, asked)]
    assert numbers == [everyday_search.FIRST_NUMBER + 12, everyday_search.FIRST_NUMBER + 13]
    own.close()
