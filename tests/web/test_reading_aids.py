"""Reading aids in a real browser: switches, copying, verification, filters, all usable by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.document import Relation
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import staging
from liulin_gazette.pipeline.stages import Result
from tests.rendering import index_assets
from tests.web.browser import accessibility_faults, address, expect
from tests.web.conftest import PLAIN, build

pytestmark = pytest.mark.tools
DOCUMENT = "2026/1/liu-zheng-ban-fa-2026-3/index.html"
ANSWERED = "#verify-status[data-state=done]"


@pytest.fixture
def site(real_build: tuple[Path, Result]) -> Path:
    return real_build[0] / "output/site"


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """Yield a page in a new browser context, so that no state comes from other tests."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def colour(tab: Any) -> str:
    return tab.evaluate("getComputedStyle(document.body).backgroundColor")


def unfold_switches(tab: Any) -> None:
    """Show the switches, which a phone has behind a word."""
    tab.click("#switches summary")


def test_switches_are_kept_between_pages(tab: Any, site: Path) -> None:
    tab.goto(address(site, DOCUMENT))
    before = tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    unfold_switches(tab)
    tab.click("button[data-value=large]")
    tab.click("button[data-value=high]")
    tab.click("button[data-value=dark]")
    tab.goto(address(site, "index.html"))
    assert tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before * 1.2
    assert colour(tab) == "rgb(0, 0, 0)"
    assert tab.get_attribute("button[data-value=large]", "aria-pressed") == "true"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    unfold_switches(tab)
    for value in ("large", "high", "dark"):
        tab.click(f"button[data-value={value}]")
    assert colour(tab) == "rgb(255, 255, 255)"


def test_a_dark_system_makes_dark_pages_unless_the_reader_says_no(tab: Any, site: Path) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.goto(address(site, DOCUMENT))
    assert colour(tab) == "rgb(24, 23, 21)"
    assert tab.get_attribute("button[data-value=dark]", "aria-pressed") == "true"
    unfold_switches(tab)
    tab.click("button[data-value=dark]")
    tab.reload()
    assert colour(tab) == "rgb(255, 255, 255)"


def test_a_dark_page_is_accessible(tab: Any, site: Path) -> None:
    tab.emulate_media(color_scheme="dark")
    for page in ("index.html", DOCUMENT, "verify/index.html"):
        tab.goto(address(site, page))
        assert accessibility_faults(tab) == []


def test_a_paragraph_and_a_citation_are_copied(tab: Any, site: Path) -> None:
    tab.goto(address(site, DOCUMENT) + "#s1")
    tab.focus("#copy-place")
    tab.keyboard.press("Enter")
    expect(tab.locator("#copy-status")).to_contain_text("已复制")
    copied: str = tab.evaluate("navigator.clipboard.readText()")
    assert copied == "https://gazette.liulin.example/2026/1/liu-zheng-ban-fa-2026-3/#s1"
    tab.click("#copy-citation")
    expect(tab.locator("#copy-status")).to_contain_text("引用格式")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("《柳林县人民政府办公室关于印发") and "（柳政办发〔2026〕3号），" in copied
    assert "《柳林县人民政府公报》2026年第1期，第" in copied


def test_every_control_is_reached_and_shown_by_keyboard(tab: Any, site: Path) -> None:
    for page in ("index.html", "search/index.html", DOCUMENT, "verify/index.html"):
        tab.goto(address(site, page))
        tab.focus(".skip")
        wanted: int = tab.evaluate(
            "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
            ".filter(each => each.checkVisibility()).length"
        )
        seen: set[str] = {
            tab.evaluate("String([...document.querySelectorAll('*')].indexOf(document.activeElement))")
        }
        for _ in range(wanted + 700):
            tab.keyboard.press("Tab")
            here: list[Any] = tab.evaluate(
                "(() => { const at = document.activeElement; if (at === document.body) return ['', true, ''];"
                "const style = getComputedStyle(at); const all = [...document.querySelectorAll('*')];"
                "return [String(all.indexOf(at)), style.outlineStyle !== 'none' || style.boxShadow !== 'none',"
                " at.className]; })()"
            )
            if not here[0] or here[0] in seen:
                break
            assert here[1], f"{page}: {here}"
            seen.add(here[0])
        assert len(seen) == wanted, page


def test_the_first_tab_leads_to_the_text(tab: Any, site: Path) -> None:
    tab.goto(address(site, DOCUMENT))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_a_published_file_is_known_and_a_changed_one_is_not(tab: Any, site: Path, tmp_path: Path) -> None:
    tab.goto(address(site, "verify/index.html"))
    pdf = site / "2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.pdf"
    tab.set_input_files("#verify-file", pdf)
    tab.wait_for_selector(ANSWERED)
    assert "核对一致" in tab.inner_text("#verify-status") and "原样" not in tab.inner_text("#verify-status")
    assert tab.inner_text("#verify-listed") == f"2026/1/{pdf.stem}/{pdf.name}"
    assert "（柳政办发〔2026〕3号）" in tab.inner_text("#verify-status a")
    assert tab.evaluate("document.querySelector('#verify-status a').href").endswith(pdf.name)
    renamed = tmp_path / pdf.name.upper()
    shutil.copy(pdf, renamed)
    tab.set_input_files("#verify-file", renamed)
    tab.wait_for_selector("#verify-listed:has-text('只差大小写')")
    changed = tmp_path / pdf.name
    changed.write_bytes(pdf.read_bytes() + b"\n")
    tab.set_input_files("#verify-file", changed)
    tab.wait_for_selector(ANSWERED + "[data-verdict=false]")
    assert "核对不上" in tab.inner_text("#verify-status")


def test_digests_are_the_same_without_the_browsers_own(tab: Any, site: Path) -> None:
    tab.goto(address(site, "verify/index.html"))
    same = tab.evaluate(
        """async () => {
          for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100003]) {
            const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 255);
            const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
            const wanted = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
            if (gazetteComputed(bytes) !== wanted) return length;
          }
          return true;
        }"""
    )
    assert same is True


def test_a_page_without_scripts_has_its_text(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address(site, DOCUMENT))
    assert "殡葬" in tab.inner_text("article")
    assert not tab.is_visible("#switches") and not tab.is_visible("#copy-citation")
    tab.goto(address(site, "search/index.html"))
    assert "各期目录" in tab.inner_text("main")
    tab.goto(address(site, "verify/index.html"))
    assert not tab.is_visible("#verify-form") and "SHA-256" in tab.inner_text("main")
    context.close()


def test_a_wide_table_scrolls_within_itself_under_its_head(tab: Any, site: Path) -> None:
    pages = [path for path in site.glob("2026/1/*/index.html") if 'class="wide"' in path.read_text("utf-8")]
    assert pages
    tab.goto(pages[0].as_uri())
    moved: list[float] = tab.evaluate(
        """() => {
          const wrap = [...document.querySelectorAll('.table-wrap:has(.wide)')].sort((one, other) => other.scrollHeight - one.scrollHeight)[0];
          const head = wrap.querySelector('thead');
          wrap.scrollTop = 200;
          return [wrap.scrollTop, head.getBoundingClientRect().top - wrap.getBoundingClientRect().top];
        }"""
    )
    assert moved[0] == 0 or abs(moved[1]) < 3
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_title_of_a_wide_table_is_read_without_scrolling(tab: Any, site: Path) -> None:
    pages = [path for path in site.glob("2026/1/*/index.html") if 'class="wide"' in path.read_text("utf-8")]
    tab.set_viewport_size({"width": 360, "height": 640})
    tab.goto(pages[0].as_uri())
    for scrolled in (0, 150):
        left, right = tab.evaluate(
            """scrolled => {
              const wrap = document.querySelector('.table-wrap:has(.wide)');
              const table = wrap.querySelector('table');
              (table.caption || table.createCaption()).textContent = '一至四季度各乡镇补贴名额和资金分配情况表';
              wrap.scrollLeft = scrolled;
              const words = document.createRange();
              words.selectNodeContents(table.caption);
              const box = words.getBoundingClientRect();
              return [box.left, box.right];
            }""",
            scrolled,
        )
        assert left >= 0 and right <= 360, scrolled


@pytest.mark.parametrize("width", [360, 1280])
def test_many_columns_make_no_tall_rows(tab: Any, site: Path, width: int) -> None:
    page = next(
        path for path in site.glob("2026/1/*/index.html") if 'class="wide"' in path.read_text("utf-8")
    )
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(page.as_uri())
    lines = tab.evaluate(
        """() => {
          const table = document.querySelector('.table-wrap:has(.wide) table');
          table.classList.add('many');
          const numbers = '<td class="align-right">12.3456</td>'.repeat(9);
          table.innerHTML = '<thead><tr><th>序号</th><th>乡镇</th><th>村（社区）、组</th>' + '<th>面积</th>'.repeat(9) + '</tr></thead>'
            + '<tbody><tr><td class="align-center">12</td><td>白果坝土家族乡</td><td>大堰塘社区第8村民小组</td>' + numbers + '</tr></tbody>';
          return [...table.querySelectorAll('th, td')].slice(0, 15).map((cell) => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return Math.round(words.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight));
          });
        }"""
    )
    assert lines[0] == 1 and max(lines) <= 3, lines


def test_text_and_targets_are_large_enough_for_a_phone(tab: Any, site: Path) -> None:
    tab.goto(address(site, DOCUMENT))
    assert tab.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)") >= 18
    small: list[str] = tab.evaluate(
        "[...document.querySelectorAll('button, input, select, summary, nav a, .data a')]"
        ".filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)"
        ".map(each => each.outerHTML.slice(0, 80))"
    )
    assert small == []


def test_documents_are_filtered_by_validity(tab: Any, publication: Publication, tmp_path: Path) -> None:
    first, *others = publication.issues
    number = DocumentNumber("柳政办发", 2026, 9)
    later = others[0].sections[0].documents[0]
    second = replace(later, number=number, relations=(Relation("废止", PLAIN.identifier),))
    section = replace(others[0].sections[0], documents=(second,))
    made = replace(publication, issues=(first, replace(others[0], sections=(section,))))
    for asset in build(made):
        staging.write_file(tmp_path, asset.path, asset.content)
    for asset in index_assets(made):
        staging.write_file(tmp_path, asset.path, asset.content)
    tab.goto(address(tmp_path, "search/index.html?q=柳林县"))
    tab.wait_for_selector("#search-status[data-state=done]")
    assert len(tab.query_selector_all("#search-results > li")) == 3
    tab.click("#search-filters summary")
    options = tab.eval_on_selector_all("#filter-validity option", "all => all.map(each => each.value)")
    assert options == ["", "现行有效", "已废止", "未注明"]
    tab.select_option("#filter-validity", "已废止")
    expect(tab.locator("#search-results > li")).to_have_count(1)
    assert "已废止" in tab.inner_text("#search-results")
