"""A year of another county, built whole: every kind, 合刊, 增刊, 特刊, a new name, a renamed office, pictures.

The county is fictional and small, so that one build serves all tests here. What is found must not depend on how the
gazette looks that the program is made with.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.kinds import KINDS
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Result, Wanted, build
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.web.registers import MAX_SLUG, slugs_of
from tests.conftest import ROOT
from tests.pdf.test_conformance import verapdf, verapdf_report
from tests.preview.test_whole_site import served, without_reason
from tests.web.browser import accessibility_faults, address

vera = verapdf
"""The fixture of the module on conformance, under a name of its own."""
ISSUES = ("1", "2", "t1", "z1", "3-4")
SIZES = ("", "large", "largest")
"""The sizes of letters that a reader can choose."""
ORDER = "2027/1/ling-12/index.html"
"""The page of an order that takes effect on 2027-03-01, is amended on 2027-08-01 and expires on 2032-03-01."""
NOTICE = "2027/3-4/yun-zheng-fa-2027-5/index.html"
"""The page of a notice that takes effect on 2028-03-01, amends another order then, and expires on 2030-03-01."""
PAGES = (
    "index.html",
    NOTICE,
    "2027/index.html",
    "2027/2/index.html",
    "2027/3-4/index.html",
    ORDER,
    "2027/1/yun-zheng-fa-2027-1/index.html",
    "2027/1/jiang-hua-2027-02-20/index.html",
    "2027/1/tong-ji-gong-bao-2027-03-01/index.html",
    "2027/2/yun-zheng-ban-fa-2027-1/index.html",
    "2027/z1/yun-cai-fa-2027-4/index.html",
    "2027/z1/yun-cai-fa-2027-5/index.html",
    "2027/3-4/gong-shi-2027-12-01/index.html",
    "issuers/index.html",
    "kinds/index.html",
    "register/2027/index.html",
    "contacts/index.html",
    "search/index.html",
    "data/index.html",
    "verify/index.html",
)


FIRST_COUNTY = (
    "2026/1/index.html",
    "2026/1/liu-zheng-ban-fa-2026-3/index.html",
    "2026/1/liu-zheng-ban-han-2026-1/index.html",
    "contacts/liu-lin-xian-min-zheng-ju/index.html",
    "register/2026/index.html",
    "search/index.html?q=殡葬",
)
"""Pages of the gazette that the program is made with."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Build the year; return the project folder and the result."""
    root = tmp_path_factory.mktemp("云泽")
    shutil.copytree(ROOT / "tests/second_county/content", root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    return root, build(root, Wanted(), lambda _: None)


@pytest.fixture(scope="module")
def site(county: tuple[Path, Result]) -> Path:
    return county[0] / "output/site"


def text_of(file: Path) -> str:
    """Return the text of a PDF without white space."""
    document: Any = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s", "", text)


def test_the_year_has_no_findings_and_every_kind(county: tuple[Path, Result]) -> None:
    root, result = county
    assert not result.failed
    found = [each for each in result.diagnostics if each.severity is not Severity.NOTE]
    assert [each.code for each in found] == ["B010"]
    publication = examine(root).publication
    assert publication is not None
    assert [issue.part for issue in publication.issues] == list(ISSUES)
    assert {document.treated_as for issue in publication.issues for document in issue.documents} == set(KINDS)


def test_each_issue_is_called_as_it_is_and_has_the_settings_of_its_time(site: Path) -> None:
    texts = {part: text_of(site / f"2027/{part}/yunze-gazette-2027-{part}.pdf") for part in ISSUES}
    for part, words in (
        ("2", "（总第10期）"),
        ("t1", "2027·特刊"),
        ("z1", "增刊第1期"),
        ("3-4", "第3—4期（合刊）"),
    ):
        assert words in texts[part]
    assert all(("云泽县人民政府公报" in texts[part]) == (part not in ("1", "2")) for part in ISSUES)
    assert "云中路1号" in texts["1"] and all("湖滨路8号" in texts[part] for part in ISSUES[1:])
    assert "云泽湖堤岸整治完工。" in texts["2"] and "本刊声明" in texts["2"]


def test_issuers_sign_in_the_form_of_their_time(site: Path) -> None:
    before = (site / "2027/1/yun-cai-fa-2027-3/index.html").read_text("utf-8")
    after = (site / "2027/z1/yun-cai-fa-2027-5/index.html").read_text("utf-8")
    assert 'class="signature joint"' in before and 'class="signature abreast of-3"' in after
    text = text_of(site / "2027/z1/yun-cai-fa-2027-5/yun-cai-fa-2027-5.pdf")
    names = "云泽县财政局云泽县统计局云泽县农业农村和水利局虚州市生态环境局云泽分局中共云泽县委办公室云泽县人民政府办公室"
    assert f"{names}2027年8月25日" in text


def test_what_one_document_does_to_another_is_on_both_pages(site: Path) -> None:
    repealed = (site / "2027/1/yun-zheng-fa-2027-1/index.html").read_text("utf-8")
    assert "已废止" in repealed and "yun-zheng-fa-2027-4" in repealed
    amended = (site / ORDER).read_text("utf-8")
    assert "ling-13" in amended and "修订" in amended
    corrected = (site / "2027/1/tong-ji-gong-bao-2027-03-01/index.html").read_text("utf-8")
    assert "本文件有更正，见" in corrected
    renamed = (site / "issuers/index.html").read_text("utf-8")
    assert "云泽县农业农村和水利局" in renamed and "云泽县农业农村局" in renamed


def test_long_names_have_addresses_of_whole_syllables() -> None:
    name = "云泽县人民政府推进政府职能转变和深化放管服改革优化营商环境领导小组办公室"
    (slug,) = slugs_of([name]).values()
    assert len(slug) <= MAX_SLUG and slug.startswith("yun-ze-xian-ren-min-zheng-fu")
    assert slug.split("-") == [each.lower() for each in syllables(name)][: slug.count("-") + 1]


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """Yield a page in a new browser context, so that no state comes from other tests."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def validity_on(browser: Any, page: str, day: str) -> str:
    """Return 有效性 as ``page`` shows it to a reader at noon of ``day`` in Beijing."""
    context = browser.new_context(timezone_id="America/New_York")
    tab = context.new_page()
    tab.clock.set_fixed_time(datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=timezone.utc))
    tab.goto(page)
    shown = re.sub(r"\s", "", "".join(tab.locator("#validity").all_inner_texts()))
    context.close()
    return shown


def as_of(day: str) -> str:
    """Return the words that name ``day`` beside a state."""
    year, month, number = map(int, day.split("-"))
    return f"（截至{year}年{month}月{number}日）"


STATES = {
    ORDER: (
        "已修订将于2032年3月1日失效",
        {
            "2027-12-28": "已修订将于2032年3月1日失效",
            "2032-02-29": "已修订将于2032年3月1日失效",
            "2032-03-01": "失效",
        },
    ),
    "2027/2/ling-13/index.html": (
        "将于2028年3月1日修订",
        {
            "2027-12-28": "将于2028年3月1日修订",
            "2028-02-29": "将于2028年3月1日修订",
            "2028-03-01": "已修订",
        },
    ),
    NOTICE: (
        "尚未施行将于2028年3月1日施行将于2030年3月1日失效",
        {
            "2028-02-29": "尚未施行将于2028年3月1日施行将于2030年3月1日失效",
            "2028-03-01": "将于2030年3月1日失效",
            "2030-02-28": "将于2030年3月1日失效",
            "2030-03-01": "失效",
        },
    ),
}
"""有效性 by page: without script, and by the reader's day in Beijing."""


@pytest.mark.tools
@pytest.mark.parametrize("page", STATES)
def test_validity_is_that_of_the_readers_day(browser: Any, site: Path, page: str) -> None:
    without_script, by_day = STATES[page]
    (stated,) = re.findall(r'<dd id="validity">.*?</dd>', (site / page).read_text("utf-8"))
    shown = re.sub('<span id="validity-silence" hidden>.*?</span>', "", stated)
    assert re.sub(r"<[^>]+>|\s", "", shown) == f"{without_script}（截至2027年12月27日）"
    expected = {day: state + as_of(day) for day, state in by_day.items()}
    assert {day: validity_on(browser, address(site, page), day) for day in by_day} == expected


@pytest.mark.tools
def test_the_gazette_states_nothing_of_a_document_that_has_taken_effect_for_good(
    browser: Any, site: Path
) -> None:
    text = (site / NOTICE).read_text("utf-8")
    (expiry,) = re.findall(r'<span class="validity-change" data-day="2030[^>]*>.*?</span>', text)
    page = (site / NOTICE).with_name("for-good.html")
    page.write_text(text.replace(expiry, ""), "utf-8")
    day = "2028-02-29"
    assert validity_on(browser, page.as_uri(), day) == "尚未施行将于2028年3月1日施行" + as_of(day)
    assert validity_on(browser, page.as_uri(), "2028-03-01").startswith("本刊未注明，请向云泽县")
    page.unlink()


@pytest.mark.tools
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_accessible(tab: Any, site: Path, page: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address(site, page))
    assert accessibility_faults(tab) == []


TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SET_SIZE = "size => { document.documentElement.dataset.size = size }"


@pytest.mark.tools
def test_no_page_is_wider_than_the_screen_at_any_size_of_letters(
    tab: Any, site: Path, real_build: tuple[Path, Result]
) -> None:
    wide: list[tuple[str, str, int]] = []
    other = real_build[0] / "output/site"
    for width in (360, 390, 768):
        tab.set_viewport_size({"width": width, "height": 800})
        for folder, page in (*((site, page) for page in PAGES), *((other, page) for page in FIRST_COUNTY)):
            tab.goto(address(folder, page))
            for size in SIZES:
                tab.evaluate(SET_SIZE, size)
                if tab.evaluate(TOO_WIDE):
                    wide.append((page, size, width))
    assert wide == []


@pytest.mark.tools
def test_nor_in_a_browser_that_does_not_know_containers(tab: Any, site: Path, tmp_path: Path) -> None:
    """The style sheet as such a browser reads it: without what it does not know, with what is for it alone."""
    css = (site / "assets/site.css").read_text("utf-8")
    for known, read in (
        ("@supports not (container-type: inline-size)", "@supports (display: block)"),
        ("container-type: inline-size;", ""),
        ("@container (", "@container unknown ("),
    ):
        css = css.replace(known, read)
    old = tmp_path / "site"
    shutil.copytree(site, old)
    (old / "assets/site.css").write_text(css, "utf-8")
    wide: list[tuple[str, str, int]] = []
    for page in PAGES:
        tab.goto(address(old, page))
        for width in (360, 390):
            tab.set_viewport_size({"width": width, "height": 800})
            for size in SIZES:
                tab.evaluate(SET_SIZE, size)
                if tab.evaluate(TOO_WIDE):
                    wide.append((page, size, width))
    assert wide == []


@pytest.mark.tools
def test_the_navigation_of_a_phone_is_at_most_two_rows_of_large_targets(tab: Any, site: Path) -> None:
    tab.goto(address(site, "index.html"))
    for size in SIZES:
        tab.evaluate(SET_SIZE, size)
        links = [each.bounding_box() for each in tab.query_selector_all(".site-navigation a")]
        assert len(links) >= 5 and len({round(box["y"]) for box in links}) <= 2
        boxes = [*links, tab.query_selector("#switches summary").bounding_box()]
        assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
        assert max(box["x"] + box["width"] for box in boxes) <= 391


@pytest.mark.tools
def test_the_mark_of_a_printed_page_shortens_one_line(
    tab: Any, site: Path, real_build: tuple[Path, Result]
) -> None:
    tab.goto(address(real_build[0] / "output/site", "2026/1/liu-zheng-ban-han-2026-1/index.html"))
    rights = tab.evaluate(
        """() => { const p = document.querySelector("p.text[data-page]"); const range = document.createRange();
        range.selectNodeContents(p); const lines = {}; for (const r of range.getClientRects()) {
        const key = Math.round(r.top / 10); lines[key] = Math.max(lines[key] || 0, r.right); } return Object.values(lines); }"""
    )
    assert len(rights) > 3
    first, *middle = rights[:-1]
    assert min(middle) - first > 20 and max(middle) - min(middle) < 20


@pytest.mark.tools
def test_pages_of_pictures_are_pdf_a_and_pdf_ua(vera: list[str], site: Path) -> None:
    files = [site / f"2027/{part}/yunze-gazette-2027-{part}.pdf" for part in ("2", "z1")]
    said = verapdf_report(vera, "3a,ua1", *files)
    assert re.findall(r"\t(passed|failed|error)\n", said) == ["passed"] * 4, said


def test_the_preview_serves_every_page_of_the_year(county: tuple[Path, Result]) -> None:
    found, lacking = served(county[0])
    assert len(found) > 100 and not without_reason(lacking)
