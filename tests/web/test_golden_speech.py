"""What a screen reader has of every type of page: names, headings, landmarks, the way of the Tab key.

The pages are those of a county that the program is not made with. After an intended change:
``GAZETTE_UPDATE_GOLDEN=1 python3 build.py test -k golden``, then read the diff.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pipeline import staging
from tests.conftest import ROOT
from tests.loading import load
from tests.rendering import index_assets, rendered
from tests.test_golden import compare
from tests.web.browser import address, expect

pytestmark = pytest.mark.tools
COUNTY = ROOT / "tests/second_county"
ORDER = "2027/1/ling-12/index.html"
PAGES = {
    "home": "index.html",
    "issue": "2027/z1/index.html",
    "order": ORDER,
    "notice": "2027/2/yun-zheng-ban-fa-2027-1/index.html",
    "names": "2027/3-4/gong-shi-2027-12-01/index.html",
    "year": "2027/index.html",
    "groups": "sections/index.html",
    "group": "issuers/yun-ze-xian-cai-zheng-ju/index.html",
    "register": "register/index.html",
    "register-year": "register/2027/index.html",
    "contacts": "contacts/index.html",
    "contact-unit": "contacts/yun-ze-xian-ren-min-zheng-fu-ban-gong-shi/index.html",
    "search": "search/index.html?q=通告",
    "data": "data/index.html",
    "feeds": "feeds/index.html",
    "changes": "changes/index.html",
    "verify": "verify/index.html",
    "map": "map/index.html",
    "accessibility": "accessibility/index.html",
    "missing": "404.html",
}
"""One page of every type."""
DAY = "2027-12-30T04:00:00Z"
"""The reader's day: what holds of a document is computed for it."""
STOPS = 30
NAMELESS = re.compile(
    r"- (?:link|button|searchbox|textbox|combobox|heading|img|table|navigation)(?:\s*\[[^]]*\])*:?$"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the other county without PDFs."""
    publication, found = load(COUNTY)
    assert publication is not None, found
    folder = tmp_path_factory.mktemp("site")
    for asset in (
        *rendered(publication, ROOT / "templates", lambda path: (COUNTY / path).read_bytes()),
        *index_assets(publication),
    ):
        staging.write_file(folder, asset.path, asset.content)
    return folder


def heard(tab: Any, part: str) -> str:
    """The tree of ``part`` as a screen reader has it, without the addresses of links."""
    snapshot: str = tab.locator(part).aria_snapshot()
    lines = [line for line in snapshot.splitlines() if not line.lstrip().startswith("- /url:")]
    return "".join(f"{line.replace('  ', ' ')}\n" for line in lines)


def faults(speech: str) -> list[str]:
    """What no page may have: controls, headings or tables without a name, levels left out, the same name twice in a row."""
    found = [line for line in speech.splitlines() if NAMELESS.search(line) and "- table" not in line]
    levels = [int(level) for level in re.findall(r"- heading .*\[level=(\d)\]", speech)]
    found += [
        f"level {one} → {other}" for one, other in zip([0, *levels], levels, strict=False) if other > one + 1
    ]
    found += [f"{levels.count(1)} headings of level 1"] if levels.count(1) != 1 else []
    regions = re.findall(r'- (?:region|navigation|search) "(.*)"', speech)
    return found + [name for name in regions if regions.count(name) > 1]


def way_of_tab(tab: Any) -> str:
    """The role and the name of each of the first stops of the Tab key."""
    tree = tab.context.new_cdp_session(tab)
    lines: list[str] = []
    for _ in range(STOPS):
        tab.keyboard.press("Tab")
        element = tree.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"][
            "objectId"
        ]
        found = tree.send("Accessibility.getPartialAXTree", {"objectId": element, "fetchRelatives": False})
        (node, *_) = found["nodes"]
        lines.append(f"{node['role']['value']} “{node['name']['value']}”\n")
    return "".join(lines)


def test_golden_speech_of_every_page(browser: Any, site: Path) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 640})
    tab.clock.set_fixed_time(DAY)
    for name, page in PAGES.items():
        tab.goto(address(site, page))
        if "?" in page:
            expect(tab.locator("#search-status")).to_have_attribute("data-state", "done")
        assert tab.evaluate("document.documentElement.lang") == "zh-Hans-CN", page
        whole = heard(tab, "body")
        assert faults(whole) == [], page
        # What surrounds the text is the same everywhere.
        compare(f"heard/{name}.txt", whole if name in ("home", "issue") else heard(tab, "main"))
    tab.goto(address(site, ORDER))
    compare("heard/order-stops.txt", way_of_tab(tab))
    tab.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_title_is_one_name_and_copied_as_one(browser: Any, site: Path, width: int) -> None:
    """However a title is broken, neither its name nor what is copied has spaces or line ends of the breaks."""
    tab = browser.new_page(viewport={"width": width, "height": 640})
    title = "云泽县人民政府办公室关于印发云泽县节水工作方案的通知"
    tab.goto(address(site, PAGES["notice"]))
    heading = tab.locator("h1")
    expect(heading).to_have_accessible_name(title)
    assert heading.locator(".line").count() > 1
    assert (
        heading.evaluate("each => { getSelection().selectAllChildren(each); return String(getSelection()) }")
        == title
    )
    tab.goto(address(site, PAGES["home"]))
    expect(tab.locator("h1")).to_have_accessible_name("云泽县人民政府公报")
    tab.close()


def test_what_is_said_of_reading_aloud_has_its_place_before(browser: Any, site: Path) -> None:
    """A live region that is put into the tree with its words is not spoken by many screen readers."""
    tab = browser.new_page(viewport={"width": 360, "height": 640})
    for page, region in (
        (PAGES["notice"], "#read-status"),
        (PAGES["notice"], "#copy-status"),
        (PAGES["search"], "#search-status"),
        (PAGES["verify"], "[role=status]"),
    ):
        tab.goto(address(site, page))
        expect(tab.locator(region).first).not_to_have_css("display", "none")
    tab.close()


def test_faults_of_speech_are_found() -> None:
    assert faults('- heading "一" [level=1]\n - button\n- heading "三" [level=3]\n') == [
        " - button",
        "level 1 → 3",
    ]
    assert faults('- navigation "甲"\n- navigation "甲"\n- heading "一" [level=1]') == ["甲", "甲"]
    assert faults('- link "甲":\n- heading "一" [level=1]\n') == []
