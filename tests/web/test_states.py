"""The state of documents in every list, in feeds and in search: words that stay true, and the state of the reader's day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from liulin_gazette.model.document import Document, PolicyData, Relation
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.relations import declarations
from liulin_gazette.pipeline import staging
from liulin_gazette.web.state_labels import last_touched, newest_entries, state_label
from tests.rendering import index_assets
from tests.web.browser import address, expect
from tests.web.conftest import PLAIN, build, issue

DATED = replace(
    PLAIN,
    path="content/2026-1/03.md",
    number=DocumentNumber("柳政办发", 2026, 3),
    slug="liu-zheng-ban-fa-2026-3",
    blocks=(),
    policy=PolicyData(effective=date(2026, 3, 1), expires=date(2031, 2, 28)),
)
REPEALING = replace(
    PLAIN,
    path="content/2027-1/01.md",
    title="柳林县人民政府办公室关于废止旧事的通知",
    number=DocumentNumber("柳政办发", 2027, 1),
    slug="liu-zheng-ban-fa-2027-1",
    date=date(2027, 1, 4),
    blocks=(),
    relations=(Relation("废止", PLAIN.identifier), Relation("更正", DATED.identifier)),
)
ISSUERS = "issuers/liu-lin-xian-ren-min-zheng-fu-ban-gong-shi"
LISTS = (
    "2026/1/index.html",
    "2026/index.html",
    f"{ISSUERS}/index.html",
    "issuers/index.html",
    "kinds/tong-zhi/index.html",
    "register/2026/index.html",
    "contacts/liu-lin-xian-min-zheng-ju/index.html",
)
ATOM = "{http://www.w3.org/2005/Atom}"


def dated(publication: Publication) -> Publication:
    """Return a publication with a document that is repealed later, and one with days of its own."""
    return replace(publication, issues=(issue(2026, 1, PLAIN, DATED), issue(2027, 1, REPEALING)))


def test_every_list_says_what_is_true_on_every_day(publication: Publication) -> None:
    assets = {
        asset.path: asset.content.decode()
        for asset in build(dated(publication))
        if asset.path.endswith((".html", ".xml"))
    }
    for path in LISTS:
        assert "自2027年1月4日起废止" in assets[path], path
    for path in LISTS:
        if path != "issuers/index.html":  # It shows the newest three documents of an issuer only.
            assert "有效期至2031年2月28日" in assets[path], path
            assert 'data-states="0001-01-01 尚未施行,2026-03-01 ,2031-03-01 失效"' in assets[path], path
    alone = replace(publication, issues=(issue(2026, 1, PLAIN, DATED),))
    home = {asset.path: asset.content.decode() for asset in build(alone) if asset.path.endswith(".html")}[
        "index.html"
    ]
    assert "有效期至2031年2月28日" in home and "有更正" not in home


def test_feeds_and_sitemap_tell_of_a_repealed_document_anew(publication: Publication) -> None:
    assets = {
        asset.path: asset.content
        for asset in build(dated(publication))
        if asset.path.endswith((".html", ".xml"))
    }
    for path in ("feed.xml", f"{ISSUERS}/feed.xml"):
        entries = ElementTree.fromstring(assets[path]).findall(f"{ATOM}entry")
        times = {
            str(each.findtext(f"{ATOM}id")): (
                each.findtext(f"{ATOM}published"),
                each.findtext(f"{ATOM}updated"),
                str(each.findtext(f"{ATOM}summary")),
            )
            for each in entries
        }
        (old,) = (each for key, each in times.items() if key.endswith("/2026/1/liu-zheng-ban-fa-2026-1/"))
        assert old[:2] == ("2026-02-28T00:00:00+08:00", "2027-02-28T00:00:00+08:00")
        assert old[2].endswith("自2027年1月4日起废止。")
    days = {str(each[0].text): each[1].text for each in ElementTree.fromstring(assets["sitemap.xml"])}
    lastmod = {key.removeprefix(publication.gazette.site_url): day for key, day in days.items()}
    assert lastmod["2026/1/liu-zheng-ban-fa-2026-1/"] == lastmod["2026/1/"] == "2027-02-28"
    assert "自2027年1月4日起废止" in assets["rss.xml"].decode()


def test_an_untouched_document_keeps_its_place_and_time(publication: Publication) -> None:
    other = replace(PLAIN, path="content/2026-2/01.md", slug="x", number=DocumentNumber("柳政办发", 2026, 8))
    made = replace(
        publication, issues=(issue(2026, 1, PLAIN), issue(2026, 2, other), issue(2027, 1, REPEALING))
    )
    entries = [(each, document) for each in reversed(made.issues) for document in each.documents]
    touched = last_touched(made)
    assert list(touched) == [PLAIN.path]
    order = [document.path for _, document in newest_entries(entries, touched)]
    assert order == [REPEALING.path, PLAIN.path, other.path]


@pytest.mark.parametrize(
    ("policy", "words", "states"),
    [
        (PolicyData(), None, None),
        (PolicyData(validity="现行有效"), None, None),
        (PolicyData(validity="部分失效"), ("部分失效",), ["部分失效"]),
        (PolicyData(repealed=date(2030, 5, 1)), ("自2030年5月1日起废止",), ["", "已废止"]),
        (PolicyData(expires=date(2030, 12, 31)), ("有效期至2030年12月31日",), ["", "失效"]),
        (
            PolicyData(validity="现行有效", expires=date(2030, 12, 31)),
            ("有效期至2030年12月31日",),
            ["现行有效", "失效"],
        ),
    ],
)
def test_labels_come_from_declared_fields(
    policy: PolicyData, words: tuple[str, ...] | None, states: list[str] | None
) -> None:
    label = state_label(date(2026, 2, 28), replace(PLAIN, policy=policy), {})
    assert (label.words if label else None) == words
    assert ([state for _, state in label.states] if label else None) == states


def test_a_label_is_of_the_document_that_is_meant(publication: Publication) -> None:
    declared = declarations(dated(publication))
    old: Document = PLAIN
    label = state_label(date(2026, 2, 28), old, declared)
    assert label is not None and label.words == ("自2027年1月4日起废止",)
    assert state_label(date(2027, 2, 28), REPEALING, declared) is None


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def set_clock(tab: Any, when: str) -> None:
    milliseconds = int(datetime.fromisoformat(f"{when}T12:00:00+08:00").timestamp() * 1000)
    tab.add_init_script(f"Date.now = () => {milliseconds};")


@pytest.mark.tools
@pytest.mark.parametrize(
    ("day", "in_list", "on_page", "found"),
    [
        # A clock before the issue is wrong: what the page says without a script stays.
        ("2001-01-01", "自2026年3月1日起施行 有效期至2031年2月28日 有更正", "将于2031年3月1日失效", 0),
        ("2027-06-01", "有效期至2031年2月28日 有更正", "将于2031年3月1日失效 （截至2027年6月1日）", 0),
        (
            "2031-03-01",
            "失效（截至2031年3月1日） 有效期至2031年2月28日 有更正",
            "失效 （截至2031年3月1日）",
            1,
        ),
        (
            "2099-01-01",
            "失效（截至2099年1月1日） 有效期至2031年2月28日 有更正",
            "失效 （截至2099年1月1日）",
            1,
        ),
    ],
)
def test_the_state_is_of_the_readers_day_and_names_it(
    tab: Any, publication: Publication, tmp_path: Path, day: str, in_list: str, on_page: str, found: int
) -> None:
    made = dated(publication)
    for asset in (*build(made), *index_assets(made)):
        staging.write_file(tmp_path, asset.path, asset.content)
    set_clock(tab, day)
    tab.goto(address(tmp_path, "2026/1/index.html"))
    assert " ".join(tab.locator(".state").nth(1).inner_text().split()) == in_list
    tab.goto(address(tmp_path, "2026/1/liu-zheng-ban-fa-2026-3/index.html"))
    assert on_page in " ".join(tab.locator("#validity").inner_text().split())
    tab.goto(address(tmp_path, "search/index.html?validity=失效"))
    tab.wait_for_selector("#search-status[data-state=done]")
    expect(tab.locator("#search-results > li")).to_have_count(found)
