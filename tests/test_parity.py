"""Page, data, search and editions have the same texts; tests/pdf/test_edition.py looks at the paper.

The archive package (归档包) has the sources themselves, byte by byte, with the PDFs and the data that are looked at here;
tests/editions/test_archive_package.py looks whether all of these are in it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from liulin_gazette.editions.archive_package import archive_package, package_name
from liulin_gazette.editions.epub import epub
from liulin_gazette.editions.portal import portal_files
from liulin_gazette.editions.wechat import wechat_pages
from liulin_gazette.editions.word import word_files
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.published_texts import NOT_ON_PAPER, UNOFFICIAL, Role, published_texts
from liulin_gazette.pdf.editions.large_print import large_print
from liulin_gazette.web.search.search_index import units_of
from tests.conftest import ROOT
from tests.editions.archive_sources import archive_sources
from tests.editions.pasted import copied_part, markup
from tests.editions.sources import SECOND_COUNTY, sources
from tests.editions.typeset import made, text_between_furniture
from tests.loading import load
from tests.rendering import rendered, texts_of
from tests.test_published_texts import squeezed, strings


def test_page_data_and_search_of_the_real_issue_have_the_same_texts(publication: Publication) -> None:

    site = {
        asset.path: asset.content
        for asset in rendered(publication, ROOT / "templates", lambda path: (ROOT / path).read_bytes())
    }
    searched = texts_of(publication)
    for document in publication.issues[0].full_texts:
        own = f"2026/1/{document.slug}"
        html = site[f"{own}/index.html"].decode()
        page = squeezed(
            unescape(re.sub(r"<[^>]+>", "", html) + "".join(re.findall(r'(?:alt|label)="([^"]*)"', html)))
        )
        data = squeezed("\n".join(strings(json.loads(site[f"{own}/{document.slug}.json"]))))
        search = squeezed("\n".join(words for _, words in units_of(searched[document.path].content)))
        for text in published_texts(document):
            if text.role not in UNOFFICIAL:
                words = squeezed(text.text)
                assert words in page, (text.role, words)
                assert words in search, (text.role, words)
                assert words in data or text.role is Role.DATE, (text.role, words)


@pytest.mark.parametrize("root", [ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def test_every_edition_has_the_same_texts(root: Path) -> None:
    publication, found = load(root)
    assert publication is not None, found
    for source in sources(publication, root):
        book = members(epub(source).assets[0].content)
        words = {asset.path.rpartition("/")[2]: asset.content for asset in word_files(source).assets}
        articles = {asset.path: asset.content for asset in wechat_pages(source).assets}
        fragments = {asset.path: asset.content for asset in portal_files(source).assets}
        for document in source.issue.full_texts:
            folder = f"{source.issue.name}/{document.slug}"
            copied = markup(copied_part(articles[f"{folder}/index.html"])).read
            fragment = markup(fragments[f"{folder}/{document.slug}.html"].decode()).read
            page = ElementTree.fromstring(book[f"EPUB/{document.slug}.xhtml"])
            read = squeezed("".join(page.itertext()) + "".join(each.get("alt", "") for each in page.iter()))
            parts = [
                ElementTree.fromstring(content)
                for name, content in members(words[f"{document.slug}.docx"]).items()
                if name in ("word/document.xml", "word/footnotes.xml", "docProps/custom.xml")
            ]
            written = squeezed(
                "".join("".join(each.itertext()) for each in parts)
                + "".join(each.get("descr", "") for part in parts for each in part.iter())
            )
            for text in published_texts(document):
                if text.role not in UNOFFICIAL:
                    assert unmarked(text.text) in unmarked(read), (document.path, text.role, text.text)
                    assert unmarked(text.text) in unmarked(written), (document.path, text.role, text.text)
                    assert unmarked(text.text) in unmarked(copied), (document.path, text.role, text.text)
                    assert unmarked(text.text) in unmarked(fragment), (document.path, text.role, text.text)


@pytest.mark.parametrize("root", [ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def test_the_archive_package_has_the_sources_of_every_text(root: Path) -> None:
    publication, found = load(root)
    assert publication is not None, found
    for source in archive_sources(publication, root):
        package = members(archive_package(source).assets[0].content)
        top = f"{package_name(source.issue)}/data/"
        for document in source.issue.full_texts:
            name = document.path.rpartition("/")[2]
            assert package[f"{top}source/{name}"] == (root / document.path).read_bytes()
            data = squeezed("\n".join(strings(json.loads(package[f"{top}json/{document.slug}.json"]))))
            for text in published_texts(document):
                is_day = re.fullmatch(r"\d+年\d+月\d+日", text.text)  # Data have 2032-02-29.
                if text.role not in UNOFFICIAL and not is_day:
                    assert squeezed(text.text) in data, (document.path, text.role, text.text)


@pytest.mark.parametrize("root", [ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def test_the_large_print_has_every_text_that_is_printed(root: Path) -> None:
    publication, found = load(root)
    assert publication is not None, found
    for each in made(publication, large_print, root):
        printed = unmarked(text_between_furniture(each.edition.pdf))
        for document in each.issue.full_texts:
            for text in published_texts(document):
                # Some kinds of documents are printed without their date.
                if text.role not in NOT_ON_PAPER and (text.role is not Role.DATE or document.number):
                    assert unmarked(text.text) in printed, (document.path, text.role, text.text)


def unmarked(text: str) -> str:
    """Return ``text`` without spaces and without the marks of footnotes, which stand within a paragraph."""
    return re.sub("[①-⑳]", "", squeezed(text))


def members(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
