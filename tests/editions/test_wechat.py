"""微信: pages whose text keeps its words and its looks when it is pasted into the editor of an official account."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from liulin_gazette.editions.edition import EditionFiles, EditionSource
from liulin_gazette.editions.excerpts import excerpt
from liulin_gazette.editions.wechat import MOST_IN_DIGEST, MOST_IN_TEXT, wechat_pages
from liulin_gazette.model.blocks import Cell, Figure, ListedName, NameGroup, NameList, Paragraph, Span, Table
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.published_texts import UNOFFICIAL, published_texts
from liulin_gazette.pipeline.output_record import PARTS
from liulin_gazette.pipeline.site_parts.edition_files import FOLDERS
from tests.conftest import ROOT
from tests.editions.pasted import copied_part, markup, with_first
from tests.editions.sources import SECOND_COUNTY, sources
from tests.loading import load
from tests.test_parity import unmarked
from tests.test_published_texts import squeezed

ELEMENTS = frozenset(
    (
        "section", "h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "strong", "sup", "sub", "br", "img", "table",
        "colgroup", "col", "thead", "tbody", "tr", "th", "td",
    )
)  # fmt: skip
"""What the editor of an official account keeps."""
UNSTYLED = frozenset(("br", "colgroup", "thead", "tbody", "tr"))
ATTRIBUTES = frozenset(("style", "src", "alt", "rowspan", "colspan", "scope"))
LOST = re.compile(r"position|float|url\(|var\(|@|expression|class|rem\b", re.IGNORECASE)
"""What it drops of a style, or what needs a style sheet."""
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;=1+1"


def every_source() -> Iterator[EditionSource]:
    for root in (ROOT, SECOND_COUNTY):
        publication, found = load(root)
        assert publication is not None, found
        yield from sources(publication, root)


def first_source(publication: Publication) -> EditionSource:
    return next(sources(publication))


def made_of(source: EditionSource) -> dict[str, bytes]:
    return {asset.path: asset.content for asset in wechat_pages(source).assets}


def told_of(document: FullText, made: EditionFiles) -> list[Diagnostic]:
    """Return what was told of ``document``: others of the issue have wide tables."""
    return [each for each in made.diagnostics if each.place.path == document.path]


def paragraph(text: str) -> Paragraph:
    return Paragraph("text", (Span(text),), "p1", 9)


def test_what_is_copied_has_its_style_in_itself_and_nothing_that_an_editor_drops() -> None:
    seen: set[str] = set()
    for source in every_source():
        made = made_of(source)
        for document in source.issue.full_texts:
            part = markup(copied_part(made[f"{source.issue.name}/{document.slug}/index.html"]))
            seen |= {tag for tag, _ in part.elements}
            for tag, attributes in part.elements:
                assert tag in ELEMENTS and attributes.keys() <= ATTRIBUTES, (document.path, tag, attributes)
                assert tag in UNSTYLED or attributes.get("style"), (document.path, tag)
                assert not LOST.search(attributes.get("style", "")), (document.path, attributes)
                if tag == "img":
                    assert f"{source.issue.name}/{document.slug}/{attributes['src']}" in made
    assert {"table", "strong", "h4"} <= seen


def test_the_same_issue_gives_the_same_bytes_in_a_folder_that_is_no_part_of_the_site(
    publication: Publication,
) -> None:
    source = first_source(publication)
    assert made_of(source) == made_of(source)
    assert all(path.startswith("2026-1/") for path in made_of(source))
    assert all(folder.rstrip("/") in PARTS and folder != "site/" for folder in FOLDERS.values())


def test_the_list_leads_to_every_page_and_says_what_to_do() -> None:
    for source in every_source():
        made = made_of(source)
        index = made[f"{source.issue.name}/index.html"].decode()
        links = set(re.findall('href="([^"]*/index.html)"', index))
        assert {f"{source.issue.name}/{link}" for link in links} == {
            path for path in made if path.endswith("/index.html") and path.count("/") == 2
        }
        assert "复制正文" in index and "阅读原文" in index


def test_a_digest_is_a_part_of_the_text() -> None:
    for source in every_source():
        for document in source.issue.full_texts:
            digest = excerpt(document, MOST_IN_DIGEST)
            words = [squeezed(text.text) for text in published_texts(document) if text.role not in UNOFFICIAL]
            assert digest and len(digest) <= MOST_IN_DIGEST
            assert any(squeezed(digest) in each for each in words), (document.path, digest)


@pytest.mark.parametrize(
    ("text", "most", "digest"),
    [
        ("各村要查漏补缺。请按月上报。", 120, "各村要查漏补缺。请按月上报。"),
        ("各村要逐户查漏补缺。请按月上报进度。", 12, "各村要逐户查漏补缺。"),
        ("各村要逐户查漏补缺，请按月上报进度。", 12, "各村要逐户查漏补缺"),
        ("各村逐户查漏补缺并按月上报进度。", 10, "各村逐户查漏补缺并按"),
        ("短。其余很长很长很长很长很长很长很长", 10, "短。其余很长很长很长"[:10]),
        (
            "本项目由World\nBank贷\n款支持，2025\n2026年实施。",
            120,
            "本项目由World Bank贷款支持，2025 2026年实施。",
        ),
        ("，、，、，、，、，、，、", 10, "，、，、，、，、，、"),
    ],
)
def test_a_digest_ends_with_a_sentence_or_a_part_of_one(
    publication: Publication, text: str, most: int, digest: str
) -> None:
    document = replace(publication.issues[0].full_texts[0], blocks=(paragraph(text),))
    assert excerpt(document, most) == digest


def test_a_list_of_names_has_its_title_as_digest(publication: Publication) -> None:
    names = NameList((NameGroup("", (ListedName("甲乙", "", 9, 1),), 9),), "n1", 9)
    document = replace(publication.issues[0].full_texts[0], blocks=(names,))
    assert excerpt(document, 120) == document.title


def table(columns: int) -> Table:
    cells = tuple(Cell((Span(f"第{number}栏"),), False, 1, 1, "", 9) for number in range(columns))
    return Table("大表", 0, columns, (cells,), "t1", 8, (100 / columns,) * columns)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "关于" + "甲" * 60 + "的通知"}, "最多64个字，这个标题有65个字"),
        ({"title": "关于" + "甲" * 59 + "的通知"}, ""),
        ({"blocks": (paragraph("甲" * MOST_IN_TEXT),)}, "一篇最多20000个字"),
        ({"blocks": (paragraph("甲" * (MOST_IN_TEXT - 2000)),)}, ""),
        ({"blocks": (table(9),)}, "表有9栏"),
        ({"blocks": (table(5),)}, "表有5栏"),
        ({"blocks": (table(4),)}, ""),
    ],
)
def test_what_an_article_cannot_be_is_told_and_made_all_the_same(
    publication: Publication, change: dict[str, Any], words: str
) -> None:
    source = first_source(publication)
    document = replace(source.issue.full_texts[0], **change)
    made = wechat_pages(with_first(source, document))
    told = told_of(document, made)
    assert [each.code for each in told] == ["S094"] * bool(words)
    page = next(each.content for each in made.assets if each.path.endswith(f"/{document.slug}/index.html"))
    if words:
        assert words in told[0].message and words in page.decode()
    assert document.title in unmarked(markup(copied_part(page)).read)


@pytest.mark.parametrize("columns", range(3, 7))
def test_a_table_is_told_exactly_where_it_slides(publication: Publication, columns: int) -> None:
    source = first_source(publication)
    document = replace(source.issue.full_texts[0], blocks=(table(columns),))
    made = wechat_pages(with_first(source, document))
    page = next(each.content for each in made.assets if each.path.endswith(f"/{document.slug}/index.html"))
    assert bool(re.search(r"min-width: \d+px", copied_part(page))) == bool(told_of(document, made))


def test_an_svg_is_told_and_described_and_other_bitmaps_become_png(publication: Publication) -> None:
    source = first_source(publication)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(drawn, "WEBP")
    files = {"content/2026-1/图.svg": b"<svg/>", "content/2026-1/像.webp": drawn.getvalue()}
    blocks = tuple(
        Figure(file, f"{number}号图的样子", "图题", f"g{number}", 7 + number)
        for number, file in enumerate(files)
    )
    document = replace(source.issue.full_texts[0], blocks=blocks)
    made = wechat_pages(replace(with_first(source, document), read_bytes=files.__getitem__))
    (found,) = told_of(document, made)
    assert (found.code, found.place.line) == ("S090", 7) and "图.svg" in found.message
    contents = {asset.path: asset.content for asset in made.assets}
    folder = f"2026-1/{document.slug}"
    assert contents[f"{folder}/picture-1.png"].startswith(b"\x89PNG")
    page = contents[f"{folder}/index.html"].decode()
    assert "0号图的样子" in copied_part(page.encode()) and 'src="picture-1.png"' in page
    assert page.count("picture-1.png") == 3  # The link of the list, its words, and the picture itself.
    assert len([path for path in contents if path.endswith("/index.html")]) == 1 + len(source.issue.documents)


def test_a_character_that_cannot_be_carried_costs_its_document_alone(publication: Publication) -> None:
    source = first_source(publication)
    document = replace(source.issue.full_texts[0], blocks=(paragraph("请\x0b执行。"),))
    made = wechat_pages(with_first(source, document))
    assert [each.code for each in told_of(document, made)] == ["S090"]
    pages = [each.path for each in made.assets if each.path.endswith("/index.html")]
    assert len(pages) == len(source.issue.documents)


def test_hostile_words_stay_words(publication: Publication) -> None:
    source = first_source(publication)
    first = source.issue.full_texts[0]
    document = replace(
        first,
        title=HOSTILE,
        addressees=HOSTILE,
        blocks=(
            paragraph(HOSTILE),
            replace(table(2), caption=HOSTILE),
            Figure("", HOSTILE, HOSTILE, "g1", 7),
        ),
    )
    made = made_of(with_first(source, document))
    page = made[f"2026-1/{first.slug}/index.html"]
    parts = markup(copied_part(page))
    assert {tag for tag, _ in parts.elements} <= ELEMENTS
    assert parts.read.count(squeezed(HOSTILE)) == 6
    assert page.count(b"<script") == 1 and b"onerror=alert" not in re.sub(rb"&lt;.*?&gt;", b"", page), (
        "only the script of the page itself"
    )


def test_the_link_of_the_original_is_there_as_soon_as_the_site_has_an_address(
    publication: Publication,
) -> None:
    source = first_source(publication)
    document: FullText = source.issue.full_texts[0]
    path = f"2026-1/{document.slug}/index.html"
    assert "还是占位的" in made_of(source)[path].decode()
    public = replace(source, gazette=replace(source.gazette, site_url="https://www.yunze.gov.cn/gongbao/"))
    address = f"https://www.yunze.gov.cn/gongbao/2026/1/{document.slug}/"
    assert f'<a href="{address}">' in made_of(public)[path].decode()


def test_the_cover_is_drawn_from_the_pdf_of_the_document(real_build: tuple[Path, Any]) -> None:
    root, _ = real_build
    publication, _ = load(root)
    assert publication is not None
    source = first_source(publication)
    document = source.issue.full_texts[1]
    pdf = (root / f"output/site/2026/1/{document.slug}/{document.slug}.pdf").read_bytes()
    with_pdf = replace(source, document_pdfs={document.slug: pdf})
    made = made_of(with_pdf)
    covers = [path for path in made if path.endswith("cover.png")]
    assert covers == [f"2026-1/{document.slug}/cover.png"]
    assert made[covers[0]] == made_of(with_pdf)[covers[0]]
    cover: Any = Image.open(io.BytesIO(made[covers[0]]))
    assert cover.size == (900, 383) and cover.format == "PNG"
    assert cover.convert("L").getextrema() == (0, 255), "a page with words, not a blank one"


@pytest.mark.tools
@pytest.mark.parametrize("root", [ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def test_a_browser_pastes_every_word_with_its_style(browser: Any, tmp_path: Path, root: Path) -> None:
    """The button puts the text on the clipboard; Ctrl+V in an editable box; what is there is read back."""
    publication, found = load(root)
    assert publication is not None, found
    context = browser.new_context(viewport={"width": 390, "height": 800})
    tab = context.new_page()
    box = tmp_path / "box.html"
    box.write_text('<!DOCTYPE html><meta charset="utf-8"><div id="box" contenteditable></div>', "utf-8")
    for source in sources(publication, root):
        for path, content in made_of(source).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
        for document in source.issue.full_texts:
            tab.goto((tmp_path / source.issue.name / document.slug / "index.html").as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= 390, document.path
            styled = tab.evaluate("document.querySelectorAll('#copied [style]').length")
            tab.click("#copy")
            assert tab.text_content("#copy-status").startswith("已复制"), document.path
            tab.goto(box.as_uri())
            tab.focus("#box")
            tab.keyboard.press("Control+v")
            tab.wait_for_function("document.querySelector('#box').childElementCount > 0")
            pasted = markup(tab.inner_html("#box"))
            for text in published_texts(document):
                if text.role not in UNOFFICIAL:
                    assert unmarked(text.text) in unmarked(pasted.read), (document.path, text.role, text.text)
            kept = [attributes for _, attributes in pasted.elements if attributes.get("style")]
            assert len(kept) >= styled, (document.path, len(kept), styled)
            assert not any("class" in attributes for _, attributes in pasted.elements)
    context.close()
