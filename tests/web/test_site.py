"""The site and its document page, parsed as HTML."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import tinyhtml5

from liulin_gazette.model.blocks import Annex, Article, Block, Instrument, Paragraph, Table, plain
from liulin_gazette.model.publication import Publication
from liulin_gazette.web import addresses
from tests.web.conftest import BLOCKS, HOSTILE, PICTURE, PLAIN, TABLE, build

PAGE = "2026/1/liu-zheng-ban-fa-2026-1/index.html"
HOSTILE_PAGE = "2026/1/liu-zheng-ban-fa-2026-2/index.html"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def parse(content: bytes) -> Any:
    """Return the root element; tag names have no namespace."""
    return tinyhtml5.parse(content.decode(), namespace_html_elements=False)


def pages(assets: dict[str, bytes]) -> dict[str, Any]:
    return {path: parse(content) for path, content in assets.items() if path.endswith(".html")}


def words(element: Any) -> str:
    return "".join(element.itertext())


def by_id(root: Any, anchor: str) -> Any:
    (found,) = [element for element in root.iter() if element.get("id") == anchor]
    return found


def by_class(root: Any, name: str) -> list[Any]:
    return [element for element in root.iter() if name in (element.get("class") or "").split()]


def addresses_in(root: Any) -> Iterator[str]:
    for element in root.iter():
        for attribute in ("href", "src"):
            value = element.get(attribute)
            canonical = element.get("rel") == "canonical" or element.tag == "base"
            if value is not None and not canonical and not value.startswith(("tel:", "data:")):
                yield value


def every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, (Instrument, Annex)):
            yield from every(block.blocks)


def test_pages_are_where_the_contract_says(assets: dict[str, bytes]) -> None:
    assert {"index.html", "2026/1/index.html", PAGE, "404.html", "sitemap.xml", "robots.txt"} <= set(assets)
    assert {"assets/site.css", "assets/icon.svg"} <= set(assets)
    assert assets["2026/1/liu-zheng-ban-fa-2026-1/示意 图.png"] == PICTURE


def test_every_link_leads_somewhere(publication: Publication, assets: dict[str, bytes]) -> None:
    others = (
        {addresses.issue_pdf(issue) for issue in publication.issues}
        | {addresses.issue_zip(issue) for issue in publication.issues}
        | {addresses.cover_picture(issue) for issue in publication.issues}
        | {addresses.year_zip(issue) for issue in publication.issues}
        | {addresses.whole_zip(issue) for issue in publication.issues}
        | {addresses.MANIFEST}
        | {
            addresses.document_pdf(issue, document)
            for issue in publication.issues
            for document in issue.documents
        }
    )
    roots = pages(assets)
    for page, root in roots.items():
        for link in addresses_in(root):
            parts = urlsplit(link)
            assert not parts.scheme and not parts.netloc and not parts.path.startswith("/"), (page, link)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
            target = target if parts.path else page
            assert target in assets or target in others, (page, link)
            if parts.fragment:
                by_id(roots[target], parts.fragment)


@pytest.mark.parametrize(
    ("page", "link"),
    [("index.html", "index.html"), ("2026/1/index.html", "../../index.html"), (PAGE, "../../../index.html")],
)
def test_links_from_every_depth(page: str, link: str) -> None:
    assert addresses.Links(page).home() == link


def test_public_addresses_end_in_a_folder(publication: Publication) -> None:
    assert addresses.absolute(publication.gazette, "index.html") == "https://gazette.liulin.example/sub/"
    assert addresses.absolute(publication.gazette, PAGE).endswith("/sub/2026/1/liu-zheng-ban-fa-2026-1/")


def test_same_input_same_bytes(publication: Publication) -> None:
    assert build(publication) == build(publication)


def test_no_two_files_share_a_path(publication: Publication) -> None:
    paths = [asset.path for asset in build(publication)]
    assert len(paths) == len(set(paths))


def test_hostile_text_stays_text(assets: dict[str, bytes]) -> None:
    for page, root in pages(assets).items():
        assert all(
            (script.get("src") and not script.text) or script.get("type") == "application/ld+json"
            for script in root.iter("script")
        ), page
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")], page
    root = parse(assets[HOSTILE_PAGE])
    assert words(next(root.iter("h1"))) == HOSTILE
    assert words(by_id(root, "p1")) == HOSTILE
    assert by_class(root, "figure-missing")[0].get("aria-label") == f'"{HOSTILE}（原图待补）'


def test_outline_starts_at_the_title_and_skips_no_level(assets: dict[str, bytes]) -> None:
    for page, root in pages(assets).items():
        levels = [int(element.tag[1]) for element in root.iter() if element.tag in HEADINGS]
        assert levels[0] == 1, page
        assert levels.count(1) == 1, page
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
            page,
            levels,
        )


def test_ids_are_unique(assets: dict[str, bytes]) -> None:
    for page, root in pages(assets).items():
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page


def test_names_are_lists_of_plain_names(assets: dict[str, bytes]) -> None:
    first, second = (each for each in by_id(parse(assets[PAGE]), "names-1").iter("ul"))
    assert [words(name) for name in first] == ["王芳", "欧阳文杰（女）"]
    assert [words(name) for name in second] == ["阿依努尔·买买提（维吾尔族）"]
    assert (first.get("aria-label"), second.get("aria-label")) == (None, "特邀（1人）")


def test_a_mark_leads_to_its_footnote_and_back(assets: dict[str, bytes]) -> None:
    root = parse(assets[PAGE])
    mark, back = by_id(root, "footnote-1-mark"), by_id(root, "footnote-1")[0]
    assert (mark.get("href"), mark.get("aria-label")) == ("#footnote-1", "脚注①")
    assert (back.get("href"), back.get("aria-label")) == ("#footnote-1-mark", "脚注①，回到正文")
    assert words(by_id(root, "footnote-1")) == "① 二氧化碳。"
    marks = [link.get("href") for link in root.iter("a") if link.get("role") == "doc-noteref"]
    assert marks == ["#footnote-1", "#footnote-1"]


def test_text_is_the_text_of_the_model(assets: dict[str, bytes]) -> None:
    root = parse(assets[PAGE])
    for block in every(BLOCKS):
        if isinstance(block, Paragraph):
            assert words(by_id(root, block.anchor)) == "".join(span.note or span.shown for span in block.text)
        elif isinstance(block, Article):
            assert words(by_id(root, block.anchor)) == f"{block.label} {plain(block.text)}"
        elif isinstance(block, Table):
            cells = [words(each) for each in by_id(root, block.anchor).iter() if each.tag in ("td", "th")]
            assert cells == [plain(each.text).replace("\n", "") for row in block.rows for each in row]
    assert words(by_class(root, "addressees")[0]) == PLAIN.addressees
    assert words(by_class(root, "release")[0]) == "（此件公开发布）"
    assert words(by_class(root, "signature-date")[0]) == "2026年1月4日"


def test_run_in_heading_is_marked_once(assets: dict[str, bytes]) -> None:
    (paragraph,) = by_class(parse(assets[PAGE]), "run-in")
    assert [words(strong) for strong in paragraph.iter("strong")] == ["（一）加强宣传。"]


def test_roster_reads_as_printed(assets: dict[str, bytes]) -> None:
    roster = by_id(parse(assets[PAGE]), "roster-1")
    assert [words(item) for item in roster.iter("li")] == [
        "组长：王成君 县委副书记、政府县长",
        "副组长：郭鹏（兼）",
        "李震 县人武部军事科参谋",
    ]
    assert [words(spread) for spread in by_class(roster, "two")] == ["组长", "郭鹏", "李震"]


def test_table_cells_say_what_they_head(assets: dict[str, bytes]) -> None:
    table = by_id(parse(assets[PAGE]), TABLE.anchor)
    assert [(words(head), head.get("scope")) for head in table.iter("th")] == [
        ("事项", "col"),
        ("单位", "col"),
        ("甲", "row"),
    ]
    assert [column.get("style") for column in table.iter("col")] == [
        "width: 10%",
        "width: 56.5%",
        "width: 33.5%",
    ]
    assert [each.get("rowspan") for each in table.iter("th")] == [None, None, "2"]
    assert by_class(table, "align-center") and by_class(table, "align-right")


def test_tables_are_named_for_those_who_cannot_see_them(assets: dict[str, bytes]) -> None:
    wraps = by_class(parse(assets[PAGE]), "table-wrap")
    assert [wrap.get("aria-label") for wrap in wraps] == ["消费券", "事项清单（表格）"]


def test_missing_picture_says_so(assets: dict[str, bytes]) -> None:
    (missing,) = by_class(parse(assets[PAGE]), "figure-missing")
    assert words(missing) == "原图待补"
    assert missing.get("aria-label") == "流程图（原图待补）"


def test_annex_without_title_is_headed_by_its_label(assets: dict[str, bytes]) -> None:
    root = parse(assets[PAGE])
    assert words(by_id(root, "annex-figure")) == "附图"
    assert words(by_id(root, "annex-1")) == "事项清单"


def test_contact_can_be_dialled(assets: dict[str, bytes]) -> None:
    (contact,) = by_class(parse(assets[PAGE]), "contact")
    (link,) = contact.iter("a")
    assert (link.get("href"), words(link)) == ("tel:03584022653", "0358-4022653")
    (code,) = contact.iter("img")
    assert code.get("src").startswith("data:image/svg+xml;base64,")
    assert code.get("alt") == "二维码，内容是本文件的网址", (
        "the address of this very page is not spelled aloud"
    )


def test_neighbours_stay_within_the_issue(assets: dict[str, bytes]) -> None:
    first, last = parse(assets[PAGE]), parse(assets[HOSTILE_PAGE])
    assert [link.get("rel") for link in first.iter("a") if link.get("rel")] == ["next"]
    assert [link.get("rel") for link in last.iter("a") if link.get("rel")] == ["prev"]


def test_home_shows_the_newest_issue_and_years_newest_first(assets: dict[str, bytes]) -> None:
    root = parse(assets["index.html"])
    assert words(by_class(root, "issue-name")[0]) == "2027年第1期"
    assert [words(year) for year in by_class(root, "archive-year")] == ["2027年", "2026年"]
    archive = [words(link) for listing in by_class(root, "archive-list") for link in listing.iter("a")]
    assert archive == ["第1期（总第36期）", "第2期（总第31期）", "第1期（总第30期）"]


def test_a_publication_without_issues_has_a_home(publication: Publication) -> None:
    home = next(asset for asset in build(replace(publication, issues=())) if asset.path == "index.html")
    assert "尚未出版" in home.content.decode()


def test_long_documents_have_an_outline_and_short_ones_none(assets: dict[str, bytes]) -> None:
    (outline,) = by_class(parse(assets[PAGE]), "outline")
    assert [words(link) for link in outline.iter("a")] == [
        "柳林县试行方案",
        "一、总则",
        "第一条",
        "附件1　事项清单",
        "附图",
        "附件2　图",
        "政策咨询",
    ]
    assert not by_class(parse(assets[HOSTILE_PAGE]), "outline")


def test_not_found_page_works_at_any_depth(assets: dict[str, bytes]) -> None:
    root = parse(assets["404.html"])
    assert next(root.iter("base")).get("href") == "https://gazette.liulin.example/sub/"
    assert not [link for link in addresses_in(root) if link.startswith("#")]


def test_sitemap_lists_each_page_once(publication: Publication, assets: dict[str, bytes]) -> None:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    listed = [element.text for element in ElementTree.fromstring(assets["sitemap.xml"]).iter(name)]
    expected = {
        addresses.absolute(publication.gazette, path)
        for path in assets
        if path.endswith("html") and path != "404.html"
    }
    assert len(listed) == len(set(listed)) and set(listed) == expected


def test_nothing_comes_from_outside(assets: dict[str, bytes]) -> None:
    style = assets["assets/site.css"].decode()
    assert not re.search(r"url\(|@import|@font-face", style)
    assert "--red" in style and "@media print" in style


def test_page_names_its_language_title_and_address(assets: dict[str, bytes]) -> None:
    root = parse(assets[PAGE])
    assert root.get("lang") == "zh-Hans-CN"
    assert words(next(root.iter("title"))) == f"{PLAIN.title} · 柳林县人民政府公报"
    (canonical,) = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    assert canonical == "https://gazette.liulin.example/sub/2026/1/liu-zheng-ban-fa-2026-1/"
