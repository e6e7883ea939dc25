"""The writer of OFD: every part by the rules of the schema, the same bytes each time, characters that XML cannot carry."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import ofdkit
import pytest
from PIL import Image

from liulin_gazette.pdf.ofd.fixed_document import (
    Attachment,
    Bookmark,
    CustomTag,
    Destination,
    Document,
    Font,
    Information,
    Link,
    ObjectReference,
    OutlineEntry,
    Page,
    Picture,
    Tag,
)
from liulin_gazette.pdf.ofd.graphic_units import (
    ClipPath,
    GlyphTransform,
    ImageObject,
    LineStyle,
    PathObject,
    TextCode,
    TextObject,
)
from liulin_gazette.pdf.ofd.ofd_writer import write
from liulin_gazette.pdf.ofd.xml_elements import UnwritableCharacterError
from tests.pdf.ofd.schema_rules import faults


def png() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(output, "PNG")
    return output.getvalue()


SQUARE = (("M", (0.0, 0.0)), ("L", (9.0, 0.0)), ("B", (9.0, 3.0, 6.0, 9.0, 0.0, 9.0)), ("C", ()))
CLIP = ClipPath((1, 1, 9, 9), SQUARE, True)
WORDS = TextObject(
    (20, 20, 60, 6),
    "F0",
    5.6,
    (
        TextCode("关于<森林>", 0, 5, (5.6, 5.6, 2.8, 2.8, 2.8), (GlyphTransform(0, 6, (1, 2, 3, 4, 5, 6)),)),
        TextCode("防火", 0, 12, (5.6,)),
    ),
)
DOCUMENT = Document(
    Information("甲县公报", "甲县人民政府", "第1期 & 增刊", date(2026, 2, 28), "writer", "1", {"期": "1"}),
    (
        Page(
            210,
            297,
            (
                WORDS,
                replace(WORDS, fill=(200, 0, 0), stroke=(0, 0, 0), matrix=(0, 1, -1, 0, 3, 0), clips=(CLIP,)),
                PathObject((1, 1, 10, 10), SQUARE, (1, 2, 3), None, is_even_odd=True, clips=(CLIP,)),
                PathObject(
                    (1, 1, 10, 10), SQUARE, None, (1, 2, 3), LineStyle(0.2, "Round", "Bevel", 10, (1, 2), 0.5)
                ),
                ImageObject((10, 10, 20, 20), "P0", (20, 0, 0, 20, 0, 0)),
            ),
            (
                Link((20, 20, 60, 6), "网址", "https://example.com/?a=1&b=2"),
                Link((20, 30, 60, 6), "", Destination(1, 0, 10.5)),
                Link((20, 40, 60, 6), "一", "", "one"),
            ),
        ),
        Page(297, 210, ()),
    ),
    {"F0": Font("Song", b"OTTO font", is_serif=True), "F1": Font("Kai", b"\0\1\0\0font", is_bold=True)},
    {"P0": Picture(png())},
    (OutlineEntry("第一章", Destination(0, 0, 0), (OutlineEntry("第一条", Destination(1, 3, 4)),)),),
    (Bookmark("one", Destination(0, 1.5, 2)),),
    CustomTag(
        "urn:words",
        Tag("Document", {}, (Tag("P", {"Alt": "段"}, (ObjectReference(0, 0), ObjectReference(0, 1))),)),
    ),
    (Attachment("01.md", "正文".encode(), "md", "source"),),
)
PARTS = {
    "OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml", "Doc_0/DocumentRes.xml",
    "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_1/Content.xml",
    "Doc_0/Annots/Annotations.xml", "Doc_0/Annots/Page_0/Annotation.xml",
    "Doc_0/Tags/CustomTags.xml", "Doc_0/Tags/CustomTag_0.xml",
    "Doc_0/Attachs/Attachments.xml", "Doc_0/Attachs/attachment_0.md",
    "Doc_0/Res/font_0.otf", "Doc_0/Res/font_1.ttf", "Doc_0/Res/image_0.png",
}  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    with archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_is_by_the_rules_of_the_schema() -> None:
    parts = parts_of(write(DOCUMENT))
    assert set(parts) == PARTS and next(iter(parts)) == "OFD.xml"
    identifiers: list[int] = []
    for name, content in parts.items():
        if name.endswith(".xml") and "CustomTag_" not in name:
            assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
            root = ElementTree.fromstring(content)
            assert list(faults(root)) == [], name
            identifiers += [int(node.get("ID", "")) for node in root.iter() if node.get("ID", "").isdecimal()]
    most = re.search(rb"MaxUnitID>(\d+)<", parts["Doc_0/Document.xml"])
    assert most and sorted(identifiers) == list(range(1, int(most[1]) + 1)), (
        "each once, the last is MaxUnitID"
    )


@pytest.mark.parametrize(
    ("part", "good", "bad", "fault"),
    [
        ("OFD.xml", b' DocType="OFD"', b"", "<OFD> lacks DocType"),
        ("OFD.xml", b"2026-02-28<", b"28.2.2026<", "<CreationDate> has the text"),
        ("Doc_0/Document.xml", b'Left="1.5"', b'Left="1,5"', "<Dest> has Left="),
        ("Doc_0/Pages/Page_0/Content.xml", b'Boundary="20 20 60 6"', b'Boundary="20 20"', "has Boundary="),
        ("Doc_0/Pages/Page_0/Content.xml", b"g 3 2.8", b"g 3", "<TextCode> has DeltaX="),
        ("Doc_0/Pages/Page_0/Content.xml", b"M 0 0", b"m 0 0", "<AbbreviatedData> has the text"),
        ("Doc_0/Pages/Page_0/Content.xml", b"<ofd:Clips>", b"<ofd:X/><ofd:Clips>", "has the elements"),
        ("Doc_0/Annots/Annotations.xml", b"Page ", b"Sheet ", "has the elements"),
    ],
)
def test_the_rules_find_what_is_wrong(part: str, good: bytes, bad: bytes, fault: str) -> None:
    content = parts_of(write(DOCUMENT))[part]
    assert good in content
    spoilt = content.replace(good, bad).replace(
        b"</ofd:Page>" if bad == b"Sheet " else b"\0", b"</ofd:Sheet>"
    )
    assert any(fault in each for each in faults(ElementTree.fromstring(spoilt)))


def test_the_order_of_elements_is_that_of_the_schema() -> None:
    root = ElementTree.fromstring(parts_of(write(DOCUMENT))["Doc_0/Document.xml"])
    first, second, *rest = root
    root[:] = [second, first, *rest]
    assert any("<Document> has the elements" in each for each in faults(root))


def test_the_same_document_gives_the_same_bytes() -> None:
    content = write(DOCUMENT)
    assert content == write(DOCUMENT)
    archive = zipfile.ZipFile(io.BytesIO(content))
    with archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.compress_type) for entry in entries} == {(3, zipfile.ZIP_DEFLATED)}
    other = write(replace(DOCUMENT, attachments=()))
    identifiers = [re.findall(rb"DocID>(\w+)<", parts_of(each)["OFD.xml"]) for each in (content, other)]
    assert identifiers[0] != identifiers[1], "the identifier is a digest of the content"


def test_another_reader_reads_it() -> None:
    with ofdkit.open(write(DOCUMENT)) as document:
        assert document.warnings == []
        assert (document.info.title, document.info.subject) == ("甲县公报", "第1期 & 增刊")
        assert [page.box[2:] for page in document.pages] == [(210, 297), (297, 210)]
        assert [run.text for run in document.pages[0].runs[:2]] == ["关于<森林>", "防火"]


def test_every_place_leads_to_a_page() -> None:
    parts = parts_of(write(DOCUMENT))
    document = ElementTree.fromstring(parts["Doc_0/Document.xml"])
    pages = {node.get("ID") for node in document.iter() if node.get("BaseLoc")}
    links = ElementTree.fromstring(parts["Doc_0/Annots/Page_0/Annotation.xml"])
    targets = {node.get("PageID") for node in itertools.chain(document.iter(), links.iter())} - {None}
    assert targets == pages
    tags = ElementTree.fromstring(parts["Doc_0/Tags/CustomTag_0.xml"])
    assert tags.tag == "{urn:words}Document"
    content = parts["Doc_0/Pages/Page_0/Content.xml"].decode()
    for node in tags.iter("{http://www.ofdspec.org/2016}ObjectRef"):
        assert f'TextObject ID="{node.text}"' in content and node.get("PageRef") in pages


def test_a_character_that_xml_cannot_carry_is_refused() -> None:
    information = replace(DOCUMENT.information, title="甲\x0b乙")
    with pytest.raises(UnwritableCharacterError, match=r"U\+000B"):
        write(replace(DOCUMENT, information=information))
    with pytest.raises(ValueError, match="no pages"):
        write(replace(DOCUMENT, pages=()))
