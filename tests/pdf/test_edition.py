"""The reading edition: text, links, bookmarks, and QR codes as a camera sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.stages import Result


@pytest.fixture(scope="module")
def pdf(real_build: tuple[Path, Result]) -> Iterator[Any]:
    import pypdfium2

    root, result = real_build
    document = pypdfium2.PdfDocument(root / result.built[0].pdf)
    yield document
    document.close()


@pytest.fixture(scope="module")
def texts(pdf: Any) -> list[str]:
    return [re.sub(r"\s+", "", page.get_textpage().get_text_bounded()) for page in pdf]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_page_count_is_what_the_build_says(pdf: Any, real_build: tuple[Path, Result]) -> None:
    assert len(pdf) == real_build[1].built[0].pages
    assert 38 <= len(pdf) <= 48


def test_front_matter(texts: list[str]) -> None:
    assert "柳林县人民政府公报" in texts[0]
    assert "LIULINXIANRENMINZHENGFUGONGBAO" in texts[0]
    assert "2026年第1期" in texts[0] and "本期要目" in texts[0]
    assert "掌上公报" in texts[0]
    assert "双月刊" in texts[1] and "总第30期" in texts[1] and "赠阅范围" in texts[1]
    assert "电话：0358-4022370" in texts[-1] and "晋西明珠" in texts[-1]


def test_contents_give_the_pages_where_titles_stand(
    texts: list[str], publication: Publication, real_build: tuple[Path, Result]
) -> None:
    contents = texts[2]
    first_pages = real_build[1].built[0].first_pages
    for document in publication.issues[0].documents:
        page = first_pages[document.slug]
        assert re.search(re.escape(squeezed(document.title)) + rf"·*{page}(?!\d)", contents), document.title
        index = page + 2
        body = texts[index]
        assert f"—{page}—" in body
        assert squeezed(document.title) in body and str(document.number) in body
    assert list(first_pages.values()) == sorted(first_pages.values())
    assert min(first_pages.values()) == 1


def test_no_character_is_a_box(real_build: tuple[Path, Result]) -> None:
    """Every glyph drawn maps to a character, and none is .notdef."""
    import pikepdf

    file = pikepdf.open(real_build[0] / real_build[1].built[0].pdf)
    with file:
        for page in file.pages:
            resources: Any = page.Resources
            fonts: Any = resources.Font if "/Font" in resources else []
            for name in fonts:
                descendant = fonts[name].DescendantFonts[0]
                assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor


def test_text_of_every_document_is_whole(texts: list[str], publication: Publication) -> None:
    """Every text that is printed is in the PDF, column by column: paragraphs, cells, titles, names, fields."""
    from liulin_gazette.model.published_texts import NOT_ON_PAPER, published_texts

    whole = "".join(re.sub(r"—\d+—", "", text) for text in texts)
    lost = [
        words
        for document in publication.issues[0].full_texts
        for text in published_texts(document)
        if text.role not in NOT_ON_PAPER and (words := squeezed(text.label + text.text))
        if words[:12] not in whole or words[-8:] not in whole
    ]
    # Running heads stand between the halves of a paragraph that a page parts.
    assert len(lost) <= 4, lost


def test_every_code_decodes_to_a_page_of_the_site(pdf: Any, real_build: tuple[Path, Result]) -> None:
    import zxingcpp

    site = real_build[0] / "output/site"
    found: list[str] = []
    for page in pdf:
        picture = page.render(scale=150 / 72).to_pil()
        found.extend(code.text for code in zxingcpp.read_barcodes(picture))
    base = "https://gazette.liulin.example/"
    assert found[0] == base
    assert len(found) == 10
    for url in found:
        assert url.startswith(base)
        assert (site / url.removeprefix(base) / "index.html").is_file()


def test_bookmarks_and_links_lead_to_pages(real_build: tuple[Path, Result], publication: Publication) -> None:
    import pikepdf

    file = pikepdf.open(real_build[0] / real_build[1].built[0].pdf)
    with file:
        outline = file.open_outline()
        with outline:
            entries = {
                item.title: [child.title for child in item.children]
                for item in outline.root
                if item.title != "目录"
            }
        assert entries == {
            section.name: [document.title for document in section.documents]
            for section in publication.issues[0].sections
        }
        annotations: Any = file.pages[2].Annots
        assert len([each for each in annotations if each.Subtype == "/Link"]) >= 9


def test_single_documents(real_build: tuple[Path, Result], publication: Publication) -> None:
    import pypdfium2

    root = real_build[0] / "output/site/2026/1"
    for document in publication.issues[0].documents:
        single = pypdfium2.PdfDocument(root / document.slug / f"{document.slug}.pdf")
        assert squeezed(document.title) in squeezed(single[0].get_textpage().get_text_bounded())
        assert single.get_metadata_dict()["Title"] == document.title
        single.close()
