"""The OFD edition of the real issue, read by programs that know nothing of how it was written."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import ofdkit
import pytest
from PIL import ImageChops

from liulin_gazette.intake.manuscript import Grid, Line
from liulin_gazette.intake.ofd_files.ofd_file import read_ofd
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.published_texts import NOT_ON_PAPER, published_texts
from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.pdf.ofd.ofd_as_pdf import OFD, OfdFile, as_pdf
from tests.pdf.ofd.schema_rules import faults

RESOLUTION = 100
"""Pixels per inch at which pages are compared."""
MOST_DIFFERENT = 0.005
"""Of the pixels of a page."""
MOST_BYTES = 1.3
"""Of the size of the PDF."""
ISSUE = "2026/1/liulin-gazette-2026-1.ofd"


@pytest.fixture(scope="module")
def site(real_build: tuple[Path, Result], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the real issue after 成品 was given OFD; its layouts are those of the build before."""
    root = tmp_path_factory.mktemp("ofd") / "county"
    shutil.copytree(real_build[0], root)
    settings = root / "content/gazette.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('"赠阅范围"', '"成品" = ["OFD"]\n"赠阅范围"', 1), "utf-8"
    )
    result = build(root, Wanted(), lambda _: None)
    assert not result.failed and result.typeset == (), "OFD is made from layouts that there are"
    return root / "output/site"


@pytest.fixture(scope="module")
def issue(site: Path) -> bytes:
    return (site / ISSUE).read_bytes()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_files_stand_beside_the_pdfs_listed_and_linked(
    site: Path, real_build: tuple[Path, Result], publication: Publication
) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*.ofd")}
    slugs = [document.slug for document in publication.issues[0].documents]
    assert files == {ISSUE, *(f"2026/1/{slug}/{slug}.ofd" for slug in slugs)}
    listed = json.dumps(json.loads((site / "manifest.json").read_text("utf-8")))
    assert [file for file in files if file not in listed] == []
    assert 'href="liulin-gazette-2026-1.ofd">OFD（' in (site / "2026/1/index.html").read_text("utf-8")
    page = (site / f"2026/1/{slugs[0]}/index.html").read_text("utf-8")
    assert f'href="{slugs[0]}.ofd">OFD（' in page and 'href="../liulin-gazette-2026-1.ofd">整期 OFD（' in page
    for path in files:
        pdf = (site / path).with_suffix(".pdf").read_bytes()
        assert pdf == (real_build[0] / "output/site" / path).with_suffix(".pdf").read_bytes()
        assert (site / path).stat().st_size <= MOST_BYTES * len(pdf), path
    archive = zipfile.ZipFile(site / "2026/1/liulin-gazette-2026-1.zip")
    with archive:
        assert not [name for name in archive.namelist() if name.endswith(".ofd")]


def test_every_part_is_by_the_rules_of_the_schema(site: Path) -> None:
    for file in site.rglob("*.ofd"):
        archive = zipfile.ZipFile(file)
        with archive:
            for name in archive.namelist():
                if name.endswith(".xml") and "CustomTag_" not in name:
                    assert list(faults(ElementTree.fromstring(archive.read(name)))) == [], (file.name, name)


def test_another_reader_finds_the_text_to_the_character(issue: bytes, publication: Publication) -> None:
    of = publication.issues[0]
    heads = {squeezed(document.title) for document in of.documents} | {"柳林县人民政府公报·2026年第1期"}
    with ofdkit.open(issue) as file:
        assert file.warnings == []
        drawn = ["".join(run.text for run in page.runs) for page in file.pages]
        shown = "\n".join(page.text() for page in file.pages)
    whole = "".join(_without_furniture(page, heads) for page in drawn)
    lost = [
        words
        for document in of.full_texts
        for text in published_texts(document)
        if text.role not in NOT_ON_PAPER and (words := squeezed(text.label + text.text)) not in whole
    ]
    assert lost == []
    assert [word for word in ("郭鹏", "组长：", "政策咨询", "目录", "掌上公报") if word not in shown] == []


def _without_furniture(page: str, heads: set[str]) -> str:
    text = re.sub(r"—\d+—$", "", squeezed(page))
    return next((text.removesuffix(head) for head in heads if text.endswith(head)), text)


def test_pages_look_like_those_of_the_pdf(site: Path, issue: bytes) -> None:
    """Drawn by what the OFD file says alone: fonts, glyphs, places, paths, clips and boundaries."""
    pages = list(_pages(as_pdf(issue)))
    others = list(_pages((site / ISSUE).with_suffix(".pdf").read_bytes()))
    assert [page.size for page in pages] == [page.size for page in others]
    shares = [
        1 - ImageChops.difference(page, other).histogram()[0] / (page.width * page.height)
        for page, other in zip(pages, others, strict=True)
    ]
    assert max(shares) <= MOST_DIFFERENT, shares
    assert any(page.histogram()[255] < 0.9 * page.width * page.height for page in pages), (
        "pages are not blank"
    )


def _pages(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    file: Any = pypdfium2.PdfDocument(pdf)
    for page in file:
        yield page.render(scale=RESOLUTION / 72).to_pil().convert("L")
    file.close()


def test_navigation_and_information(site: Path, issue: bytes, publication: Publication) -> None:
    import pikepdf

    of, file = publication.issues[0], OfdFile(issue)
    pdf = pikepdf.open((site / ISSUE).with_suffix(".pdf"))
    with pdf:
        outline = pdf.open_outline()
        with outline:
            titles = [item.title for item in _below(outline.root)]
        links = [page for page in pdf.pages if "/Annots" in page]
    assert [node.get("Title") for node in file.document.iter(f"{OFD}OutlineElem")] == titles
    names = [node.get("Name") for node in file.document.iterfind(f"{OFD}Bookmarks/{OFD}Bookmark")]
    assert {document.slug for document in of.documents} <= set(names)
    assert "第1页" in names and names[-1] == "封底"
    annotated = file.part("Doc_0/Annots/Annotations.xml")
    assert len(annotated) == len(links)
    contents = file.part("Doc_0/Annots/Page_2/Annotation.xml")
    targets = {node.get("Name") for node in contents.iter(f"{OFD}Bookmark")}
    assert targets == {document.slug for document in of.documents}
    with ofdkit.open(issue) as read:
        assert read.info.title == "柳林县人民政府公报 2026年第1期"
        assert (read.info.author, read.info.creation_date) == (publication.gazette.publisher, "2026-02-28")
    assert file.document.findtext(f"{OFD}Permissions/{OFD}Signature") == "true"
    assert not [name for name in file.archive.namelist() if "Sign" in name], "left to the office"


def _below(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _below(item.children)


def test_tags_say_what_each_passage_is(issue: bytes, publication: Publication) -> None:
    root = OfdFile(issue).part("Doc_0/Tags/CustomTag_0.xml")
    with ofdkit.open(issue) as file:
        texts = {each.object_id: "" for page in file.pages for each in page.runs}
        for page in file.pages:
            for run in page.runs:
                texts[run.object_id] += run.text

    def text_of(node: ElementTree.Element) -> str:
        return "".join(texts.get(each.text or "", "") for each in node.iter(f"{OFD}ObjectRef"))

    words = {squeezed(text_of(node)) for node in root.iter() if node.tag.endswith(("}H1", "}H2"))}
    titles = {squeezed(document.title) for document in publication.issues[0].documents}
    assert titles <= words
    cells = [node for node in root.iter() if node.tag.endswith("}TH")]
    assert cells and all(cell.get("Scope") in ("Row", "Column") for cell in cells)


def test_attachments_are_the_sources(site: Path, publication: Publication) -> None:
    root = Path(__file__).resolve().parents[3]
    for document in publication.issues[0].documents:
        content = (site / f"2026/1/{document.slug}/{document.slug}.ofd").read_bytes()
        archive = zipfile.ZipFile(io.BytesIO(content))
        with archive:
            listed = ElementTree.fromstring(archive.read("Doc_0/Attachs/Attachments.xml"))
            assert [node.get("Name") for node in listed] == [f"{document.slug}.md"]
            assert archive.read("Doc_0/Attachs/attachment_0.md") == (root / document.path).read_bytes()


def test_intake_reads_the_same_text(site: Path, publication: Publication) -> None:
    for document in publication.issues[0].full_texts:
        name = f"{document.slug}.ofd"
        manuscript = read_ofd(name, (site / f"2026/1/{document.slug}/{name}").read_bytes())
        words = squeezed("".join(_words(part) for part in manuscript.parts))
        lost = [
            text.text
            for text in published_texts(document)
            if text.role not in NOT_ON_PAPER and squeezed(text.label + text.text) not in words
        ]
        assert lost == [], name
        lines = [part.text for part in manuscript.parts if isinstance(part, Line)]
        assert squeezed(lines[0]) == squeezed(document.title), "the lines of the title are one"


def _words(part: Any) -> str:
    if isinstance(part, Line):
        return part.text
    return "".join(cell.text for row in part.rows for cell in row) if isinstance(part, Grid) else ""
