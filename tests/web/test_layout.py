"""Pages as they are seen and heard: every switch on every width and on paper, the first screen of a phone, speech."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pipeline import staging
from tests.conftest import ROOT
from tests.loading import load
from tests.rendering import index_assets, rendered
from tests.web.browser import accessibility_faults, address, expect

pytestmark = pytest.mark.tools
DOCUMENT = "2026/1/liu-zheng-ban-fa-2026-3/index.html"
WIDE_TABLE = "2026/1/liu-lin-fa-2026-8/index.html"
WIDTHS = (360, 768, 1280)
SIZES = ("", "large", "largest")
CONTRASTS = ("", "high")
SHADES = ("light", "dark")
PAGES = (
    "index.html",
    "2026/index.html",
    "2026/1/index.html",
    DOCUMENT,
    WIDE_TABLE,
    "search/index.html?q=通知&year=2026",
    "register/2026/index.html",
    "contacts/index.html",
    "verify/index.html",
)
LOOKED_AT = {(360, "largest", "", "light"), (360, "", "high", "dark"), (1280, "large", "", "dark")}
"""The settings under which axe-core looks at two pages."""
SET = """settings => { for (const [name, value] of Object.entries(settings)) {
  if (value) document.documentElement.dataset[name] = value; else delete document.documentElement.dataset[name];
} }"""
BEYOND = """() => [...document.querySelectorAll('body *')].filter(each => {
  const box = each.getBoundingClientRect();
  return each.checkVisibility() && box.width && !each.closest('.table-wrap, .placing, .skip')
    && (box.right > document.documentElement.clientWidth + 1 || box.left < -1);
}).map(each => each.outerHTML.slice(0, 90))"""
"""The elements that reach over an edge of the window; only a wide table may, within its own scrolling region."""
NOT_BLACK_ON_WHITE = """() => [...document.querySelectorAll('body, body *')].filter(each => {
  const style = getComputedStyle(each);
  return each.checkVisibility() && (style.color !== 'rgb(0, 0, 0)'
    || !['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(style.backgroundColor));
}).map(each => each.outerHTML.slice(0, 90))"""
VOICE = """() => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [{ lang: 'zh-CN' }],
    cancel: () => {},
    speak: utterance => { window.spoken.push([utterance.text, utterance.rate]); window.saying = utterance; },
  } });
}"""
"""A voice that says nothing and ends a sentence when the test calls ``saying.onend()``."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real content without PDFs."""
    publication, found = load(ROOT)
    assert publication is not None, found
    folder = tmp_path_factory.mktemp("site")
    for asset in rendered(publication, ROOT / "templates", lambda path: (ROOT / path).read_bytes()):
        staging.write_file(folder, asset.path, asset.content)
    for asset in index_assets(publication):
        staging.write_file(folder, asset.path, asset.content)
    return folder


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """Yield a phone's page in a new browser context."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def test_every_switch_on_every_width_and_on_paper(tab: Any, site: Path) -> None:
    for page in PAGES:
        tab.goto(address(site, page))
        if "?" in page:
            tab.wait_for_selector("#search-status[data-state=done]")
        tab.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for width, size, contrast, shade in itertools.product(WIDTHS, SIZES, CONTRASTS, SHADES):
            where = (page, width, size, contrast, shade)
            tab.set_viewport_size({"width": width, "height": 800})
            tab.evaluate(SET, {"size": size, "contrast": contrast, "shade": shade})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, where
            if contrast == "" and shade == "light":  # Colours move nothing.
                assert tab.evaluate(BEYOND) == [], where
            if (width, size, contrast, shade) in LOOKED_AT and page in (DOCUMENT, "index.html"):
                assert accessibility_faults(tab) == [], where
        for scheme in SHADES:
            tab.emulate_media(media="print", color_scheme=scheme)
            for size, contrast, shade in itertools.product(SIZES, CONTRASTS, SHADES):
                tab.evaluate(SET, {"size": size, "contrast": contrast, "shade": shade})
                assert tab.evaluate(NOT_BLACK_ON_WHITE) == [], (page, size, contrast, shade)
                points = tab.evaluate(
                    "parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.75"
                )
                assert round(points, 2) == 11, (page, size)
        tab.emulate_media(media="screen", color_scheme="light")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (390, 844)])
def test_the_text_begins_on_the_first_screen_of_a_phone(
    tab: Any, site: Path, width: int, height: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    for page in sorted(site.glob("2026/1/*/index.html")):
        tab.goto(page.as_uri())
        bottom: float = tab.evaluate(
            "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.body p'));"
            " return range.getClientRects()[0].bottom })()"
        )
        assert bottom < height, page.parent.name


def test_controls_are_no_part_of_the_text(tab: Any, site: Path) -> None:
    tab.goto(address(site, DOCUMENT))
    tab.click(".body p[id]")  # The button of a paragraph appears beside it.
    assert tab.is_visible("#copy-place")
    names: list[str] = [heading.inner_text() for heading in tab.get_by_role("heading").all()]
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('article.document'))")
    copied: str = tab.evaluate("String(getSelection())")
    for text in (tab.inner_text(".body"), copied, *names):
        assert "¶" not in text and "复制“" not in text
    first: str = tab.inner_text("#s1")
    assert tab.get_by_role("heading", name=first.strip(), exact=True).count() >= 1
    inside: int = tab.evaluate(
        "document.querySelectorAll('.body :is(button, a:not(.reference, .footnote-back, [role=doc-noteref]))').length"
    )
    assert inside == 0


def test_what_was_copied_is_said_where_the_hand_is(tab: Any, site: Path) -> None:
    tab.goto(address(site, DOCUMENT))
    tab.locator(".body p").nth(12).click()
    for control, what in (("#copy-place", "这一处的链接"), ("#copy-citation", "引用格式")):
        tab.click(control)
        expect(tab.locator("#copy-status")).to_have_text(f"已复制{what}")
        hand, said = tab.locator(control).bounding_box(), tab.locator("#copy-status").bounding_box()
        above, below = hand["y"] - said["y"] - said["height"], said["y"] - hand["y"] - hand["height"]
        assert max(above, below) < 2 and 0 <= said["x"] <= 360 - said["width"] + 1


def test_reading_aloud_goes_by_sentences(tab: Any, site: Path) -> None:
    tab.add_init_script(f"({VOICE})()")
    tab.goto(address(site, DOCUMENT))
    tab.click("#read-aloud")
    title = "".join(tab.locator("h1").inner_text().split())
    assert "".join(tab.evaluate("spoken[0][0]").split()) == title
    for _ in range(3):
        tab.evaluate("saying.onend()")
    assert tab.locator("[data-spoken]").count() == 1
    marked: str = tab.evaluate("[...CSS.highlights.get('spoken')].map(String).join('')")
    assert marked.strip() == tab.evaluate("saying.text") and marked.strip() in tab.inner_text("[data-spoken]")
    assert tab.inner_text("#read-aloud") == "暂停"
    tab.click("#read-aloud")
    assert tab.inner_text("#read-aloud") == "继续"
    tab.evaluate("saying.onend()")  # What was cut short ends late in some browsers.
    tab.click("#read-aloud")
    assert tab.evaluate("spoken.length") == 5 and tab.evaluate("spoken[4][0] === spoken[3][0]")
    tab.select_option("#read-speed", "1.5")
    assert tab.evaluate("spoken[5]") == [marked.strip(), 1.5]
    while tab.inner_text("#read-aloud") == "暂停":
        tab.evaluate("saying.onend()")
    assert tab.inner_text("#read-status") == "读完了" and tab.locator("[data-spoken]").count() == 0
    spoken = [text for text, _ in tab.evaluate("spoken")]
    assert max(map(len, spoken)) <= 120 and not [text for text in spoken if "¶" in text]
    read = "".join("".join(spoken).split())
    assert all("".join(each.split()) in read for each in tab.locator(".body .text").all_inner_texts())
    tab.evaluate("getSelection().selectAllChildren(document.querySelectorAll('.body p')[9])")
    tab.click("#read-aloud")
    assert tab.evaluate("saying.text") in tab.locator(".body p").nth(9).inner_text()
    tab.click("#read-stop")
    assert tab.inner_text("#read-aloud") == "朗读" and not tab.is_visible("#read-stop")


def test_a_device_without_a_chinese_voice_says_so(tab: Any, site: Path) -> None:
    tab.add_init_script(f"({VOICE.replace('zh-CN', 'en-US')})()")
    tab.goto(address(site, DOCUMENT))
    tab.click("#read-aloud")
    assert "没有中文语音" in tab.inner_text("#read-status") and tab.evaluate("spoken.length") == 0


def test_the_choice_of_a_file_speaks_the_language_of_the_page(tab: Any, site: Path) -> None:
    tab.goto(address(site, "verify/index.html"))
    with tab.expect_file_chooser() as chooser:
        tab.get_by_role("button", name="选择文件", exact=True).click()
    assert not chooser.value.is_multiple() and not tab.is_visible("#verify-file")


def test_folded_filters_say_which_are_on(tab: Any, site: Path) -> None:
    tab.goto(address(site, "search/index.html?year=2026"))
    tab.wait_for_selector("#search-status[data-state=done]")
    assert tab.locator("#search-results > li").count() > 1  # Filters work without words.
    assert not tab.is_visible("#filter-year") and tab.inner_text("#search-active") == "：2026年"
    first: float = tab.locator("#search-results > li").first.bounding_box()["y"]
    assert first < 450
    tab.click("#search-filters summary")
    tab.select_option("#filter-year", "")
    expect(tab.locator("#search-active")).to_have_text("")


def test_marks_are_words(tab: Any, site: Path) -> None:
    tab.goto(address(site, "search/index.html?q=民政"))
    tab.wait_for_selector("#search-status[data-state=done]")
    marks: list[str] = tab.evaluate(
        "[...document.querySelectorAll('#search-results mark')].map(each => each.previousSibling.data.slice(-1)"
        " + each.textContent + each.nextSibling.data.slice(0, 1))"
    )
    assert any(mark.endswith("民政局") for mark in marks) and "人民政府" not in marks
    assert "人民政府" in tab.inner_text("#search-results")
    tab.click("#search-inside")  # Those that have it only inside other words show where.
    inside = tab.locator("#search-results > li[data-group=inside]").first
    inside.scroll_into_view_if_needed()  # Sentences are fetched for what is on the screen.
    expect(inside.locator("mark").first).to_have_text("民政")


@pytest.mark.parametrize(
    "page", ["index.html", "2026/1/index.html", "issuers/index.html", "search/index.html?q=通知"]
)
def test_names_of_offices_are_not_parted_on_a_phone(page: str, site: Path, tab: Any) -> None:
    """A name of up to 12 characters that a line has room for stands on one line, in lists and in answers of the search."""
    tab.goto(address(site, page))
    names = tab.locator("main a .kept")
    expect(names.first).to_be_visible()
    lines = names.evaluate_all(
        "each => each.map(one => [one.textContent, new Set([...one.getClientRects()].map(box => box.top)).size])"
    )
    assert len(lines) > 2 and [name for name, count in lines if count > 1] == []
    assert all(4 <= len(name) <= 12 for name, _ in lines)


def test_hits_are_marked_within_names_and_across_them(site: Path, tab: Any) -> None:
    """That a name is kept on one line takes no mark away, even where the hit goes on behind the name."""
    tab.goto(address(site, 'search/index.html?q="办公室关于"'))
    link = tab.locator("#search-results h2 a").first
    expect(link.locator("mark").first).to_be_visible()
    assert (
        link.evaluate("each => [...each.querySelectorAll('mark')].map(mark => mark.textContent).join('')")
        == "办公室关于"
    )
    assert link.evaluate("each => each.querySelector('.kept').textContent").endswith("办公室")


LONG_ORDER = "积石山保安族东乡族撒拉族自治县人民政府令第3号"
FIGURES = """number => {
  const row = '<td>大河家镇</td>' + '<td class="align-right">12,340.50</td>'.repeat(9);
  document.querySelector('.table-wrap').innerHTML = `<table class="wide"><tbody><tr>${row}</tr></tbody></table>`;
  document.querySelector('.body p').innerHTML = `<span class="number">${number}</span>`;
  return [...document.querySelectorAll('.wide td')].map(each => each.getBoundingClientRect().height);
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_figures_of_a_table_are_not_parted_and_a_long_number_is(site: Path, tab: Any, width: int) -> None:
    """12,340.50 was read as 12,340. and 50; the number of an order reached over the edge of a phone."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(address(site, WIDE_TABLE))
    heights = tab.evaluate(FIGURES, LONG_ORDER)
    assert max(heights) < 80, "of one or two lines"
    lines = tab.evaluate(
        "() => [...document.querySelectorAll('.wide td')].slice(1).map(each => {"
        " const range = document.createRange(); range.selectNodeContents(each); return range.getClientRects().length; })"
    )
    assert set(lines) == {1}
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= width
