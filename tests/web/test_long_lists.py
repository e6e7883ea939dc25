"""Lists of a large archive are opened in parts, without script; those of a small one are shown in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.document import Contact, Document
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web.folds import MOST_UNFOLDED, lines_by_hundred, runs_by_hundred
from liulin_gazette.web.letters import MOST_IN_FULL, by_letter
from liulin_gazette.web.registers import SerialRun
from liulin_gazette.web.site import list_products
from tests.changed_settings import with_settings
from tests.rendering import references_of
from tests.web.browser import address, expect
from tests.web.conftest import PLAIN, TEMPLATES, build, issue
from tests.web.test_site import by_class, words
from tests.web.test_way_finding import built

NAMES = [
    "安全监管",
    "财政",
    "城市管理",
    "档案",
    "法制",
    "公安",
    "国土",
    "环保",
    "教育",
    "林业",
    "民政",
    "农业",
    "气象",
    "区域合作",
    "市场监督管理",
    "水务",
    "统计",
    "卫健",
]
"""More than are shown in full; several begin with one letter, and some have the words for a place (市, 区) in them."""
COUNTIES = ("方山县", "双江拉祜族佤族布朗族傣族自治县")


@dataclass(frozen=True)
class Named:
    """What has a name only."""

    name: str


def offices(
    publication: Publication, count: int, documents: int = 1, county: str = COUNTIES[0]
) -> Publication:
    """A gazette in which each of so many offices has so many documents in each of three years."""

    def document(name: str, year: int, serial: int) -> Document:
        unit = f"{county}{name}局"
        number = DocumentNumber(f"方{name}发", year, serial)
        return replace(
            PLAIN, blocks=(), issuers=(unit,), number=number, slug=number.slug, title=f"{unit}通知",
            path=f"content/{year}-1/{number.slug}.md", contact=Contact(unit, "办公室", "", "0350-1234567"),
        )  # fmt: skip

    return with_settings(
        replace(
            publication,
            issues=tuple(
                issue(
                    year,
                    1,
                    *(document(name, year, n + 1) for name in NAMES[:count] for n in range(documents)),
                )
                for year in (2001, 2002, 2003)
            ),
        ),
        publisher=f"{county}人民政府办公室",
    )


@pytest.mark.parametrize("county", COUNTIES)
def test_many_offices_are_listed_by_letter(publication: Publication, county: str) -> None:
    pages = built(offices(publication, len(NAMES), county=county))
    for path in ("issuers/index.html", "contacts/index.html"):
        folded = by_class(pages[path], "folded")
        assert folded and all(each.tag == "details" and each.get("open") is None for each in folded)
        letters = [own_words(each) for each in folded]
        assert letters == list("ACDFGHJLMNQSTW"), "the place that all names begin with has no letter"
        names = [words(link) for each in folded for link in each.iter("a") if words(link).endswith("局")]
        assert names == [f"{county}{name}局" for name in NAMES]
    counts = [words(each.find("summary/*/span")) for each in by_class(pages["issuers/index.html"], "folded")]
    assert counts[0] == "1个，3份" and counts[1] == "2个，6份"
    assert not by_class(pages["issuers/index.html"], "contents-list")


def test_only_names_of_offices_are_sorted_without_their_place(publication: Publication) -> None:
    subjects = [Named(f"{name}建设") for name in (*NAMES, "方山县城")]
    assert dict(by_letter(subjects))["C"] == [Named("财政建设"), Named("城市管理建设")]
    assert Named("方山县城建设") in dict(by_letter(subjects))["F"]
    page = built(offices(publication, len(NAMES)))["issuers/index.html"]
    assert "按名称的拼音排列，不算前面的地名。" in [words(each) for each in page.iter("p")]


def test_the_orders_of_a_year_are_reached_where_they_are_closed(publication: Publication) -> None:
    """A browser opens what is folded for an address within it, not for one of its summary."""
    page = built(offices(publication, 2))["2001/index.html"]
    folded = by_class(page, "folded")
    assert [each.find("summary/h2").get("id") for each in folded] == [None] * len(folded)
    links = [each.get("href") for each in by_class(page, "jump-years")[0].iter("a")]
    assert links == [f"#{each.find('div').get('id')}" for each in folded]


def test_each_year_of_the_register_is_named_where_it_is_closed(publication: Publication) -> None:
    page = built(offices(publication, len(NAMES)))["register/index.html"]
    summaries = [words(each.find("summary")) for each in by_class(page, "folded")]
    count = len(NAMES)
    assert summaries == [f"2002年的{count}个机关代字", f"2001年的{count}个机关代字"]


def test_a_list_of_letters_depends_on_no_document(publication: Publication) -> None:
    """A list that shows names and counts is not made again where a document has another title."""

    read = read_templates(TEMPLATES.parent)

    def listed(title: str, count: int) -> object:
        documents = [replace(each, title=title) for each in offices(publication, count).issues[0].documents]
        series = replace(publication, issues=(issue(2001, 1, *documents),))
        products = list_products(series, references_of(series), {}, environment(read), read)
        return next(product.made_from for product in products if product.path == "issuers/index.html")

    assert listed("一", len(NAMES)) == listed("二", len(NAMES))
    assert listed("一", 2) != listed("二", 2)


def test_few_offices_are_listed_in_full(publication: Publication) -> None:
    pages = built(offices(publication, MOST_IN_FULL))
    for path in ("issuers/index.html", "contacts/index.html", "register/index.html"):
        assert not by_class(pages[path], "folded")
    assert len(by_class(pages["issuers/index.html"], "contents-list")) == MOST_IN_FULL


def test_a_long_group_has_its_newest_year_open(publication: Publication) -> None:
    each_year = MOST_UNFOLDED // 3 + 1
    long, short = (
        next(
            page
            for path, page in built(offices(publication, 1, count)).items()
            if path.startswith("issuers/f")
        )
        for count in (each_year, each_year - 1)
    )
    assert [own_words(each) for each in by_class(long, "folded")] == ["2002年", "2001年"]
    assert not by_class(short, "folded")
    assert len(by_class(long, "contents-list")) == len(by_class(short, "contents-list")) == 3


def test_the_orders_of_a_year_but_the_first_are_closed(publication: Publication) -> None:
    orders = by_class(built(offices(publication, 2))["2001/index.html"], "folded")
    assert len(orders) > 2 and [each.get("open") is not None for each in orders] == [True] + [False] * (
        len(orders) - 1
    )


def year_of(publication: Publication, code: str, serials: list[int], months: int = 12) -> Publication:
    """One issue whose documents have these serial numbers, dated on one day of so many months in turn."""

    def document(serial: int) -> Document:
        number = DocumentNumber(code, 2027, serial)
        return replace(
            PLAIN, blocks=(), number=number, slug=number.slug, path=f"content/2027-1/{number.slug}.md",
            date=date(2027, serial % months + 1, 5) if serial > 1 else date(2026, 12, 30),
        )  # fmt: skip

    return replace(publication, issues=(issue(2027, 1, *map(document, serials)),))


def own_words(fold: Any) -> str:
    """The words of the heading of a fold, without the count."""
    return str(fold.find("summary/*").text).strip()


def folds(page: Any) -> list[tuple[str, str, bool]]:
    """The summary, the count and the state of each fold of a page."""
    return [
        (own_words(each), words(each.find("summary/*/span")), each.get("open") is not None)
        for each in by_class(page, "folded")
    ]


def test_a_long_year_is_opened_by_month(publication: Publication) -> None:
    pages = built(year_of(publication, "柳政办发", list(range(1, MOST_UNFOLDED + 2)), months=3))
    months = [
        ("3月", "14份", True),
        ("2月", "13份", False),
        ("1月", "13份", False),
        ("2026年12月", "1份", False),
    ]
    (section,) = [
        page for path, page in pages.items() if path.startswith("sections/") and path.count("/") > 1
    ]
    assert folds(section) == months
    (unit,) = [page for path, page in pages.items() if path.startswith("contacts/") and path.count("/") > 1]
    assert folds(unit) == [("2027年", "41份", True), *months]
    shown = [
        words(number) for each in by_class(section, "contents-list") for number in by_class(each, "number")
    ]
    assert len(shown) == len(set(shown)) == MOST_UNFOLDED + 1, "each document stands in one month"


def test_a_month_that_is_long_itself_is_closed(publication: Publication) -> None:
    pages = built(year_of(publication, "柳政办发", list(range(2, MOST_UNFOLDED + 3)), months=1))
    (section,) = [
        page for path, page in pages.items() if path.startswith("sections/") and path.count("/") > 1
    ]
    assert folds(section) == [("1月", f"{MOST_UNFOLDED + 1}份", False)]


def test_a_short_year_is_shown_whole(publication: Publication) -> None:
    pages = built(year_of(publication, "柳政办发", list(range(1, MOST_UNFOLDED + 1))))
    for path in pages:
        if path.startswith(("sections/", "contacts/", "register/")) or path == "2027/index.html":
            closed = [name for name, _, _ in folds(pages[path])] if path != "2027/index.html" else []
            assert closed == [], path
    assert by_class(pages["2027/index.html"], "section-name")


def test_a_ledger_is_opened_by_hundred(publication: Publication) -> None:
    page = built(year_of(publication, "柳政办发", [*range(1, 61), *range(150, 201), 4999]))[
        "register/2027/index.html"
    ]
    assert folds(page) == [
        ("1—149号", "60份", False), ("150—4998号", "51份", False), ("4999号", "1份", True)
    ]  # fmt: skip


def test_several_ledgers_of_a_long_year_are_closed(publication: Publication) -> None:
    one = year_of(publication, "柳政办发", list(range(1, 31))).issues[0]
    other = year_of(publication, "柳政发", list(range(1, 31))).issues[0]
    both = replace(publication, issues=(issue(2027, 1, *one.documents, *other.documents),))
    page = built(both)["register/2027/index.html"]
    assert folds(page) == [
        ("柳政办发〔2027〕", "柳林县人民政府办公室，30份", False),
        ("柳政发〔2027〕", "30份", False),
    ]


def test_no_part_of_a_ledger_has_only_absent_numbers_between_others() -> None:
    published = [SerialRun(serial, serial, None, PLAIN, "") for serial in [*range(1, 41), 5000]]
    absent = SerialRun(41, 4999, None, None, "未见")
    parts = runs_by_hundred([*published[:40], absent, published[40]])
    assert [name for name, _ in parts] == ["1—4999号", "5000号"]
    assert runs_by_hundred(published[:40]) == []


def test_lines_of_a_year_are_opened_by_hundred() -> None:
    assert [(name, len(part)) for name, part in lines_by_hundred(range(250))] == [
        ("第1—100份", 100),
        ("第101—200份", 100),
        ("第201—250份", 50),
    ]
    assert lines_by_hundred(range(100)) == []


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def site(publication: Publication, tmp_path: Path) -> Path:
    """The pages of many offices, and what they need."""
    for asset in build(offices(publication, len(NAMES))):
        if asset.path.endswith(
            ("issuers/index.html", "contacts/index.html", "2001/index.html", ".js", ".css")
        ):
            file = tmp_path / asset.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(asset.content)
    return tmp_path


@pytest.mark.tools
@pytest.mark.parametrize("page", ["issuers/index.html", "contacts/index.html", "2001/index.html"])
def test_what_is_folded_opens_where_an_address_leads_into_it(tab: Any, site: Path, page: str) -> None:
    place = "details:not([open]) [id]:not(summary *)"
    tab.goto(address(site, page))
    first, last = tab.eval_on_selector_all(place, "found => [found[0].id, found[found.length - 1].id]")
    tab.evaluate("place => { location.hash = place; }", last)
    expect(tab.locator(f'details[open] [id="{last}"]')).to_be_in_viewport()
    tab.goto("about:blank")
    tab.goto(f"{address(site, page)}#{first}")
    expect(tab.locator(f'details[open] [id="{first}"]')).to_be_in_viewport()
    tab.evaluate("location.hash = '%E4%'")  # No address of anything.
    expect(tab.locator("details.folded[open]")).not_to_have_count(0)


@pytest.mark.tools
def test_what_is_folded_is_printed(tab: Any, site: Path) -> None:
    tab.goto(address(site, "issuers/index.html"))
    folded, open_ones = tab.locator("details.folded"), tab.locator("details.folded[open]")
    count = folded.count()
    folded.nth(1).locator("summary").click()
    expect(open_ones).to_have_count(1)
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(open_ones).to_have_count(count)
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(open_ones).to_have_count(1)
