"""张贴页: each title, number and telephone is on it, each code leads to its page, and it is as large as one page allows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition.poster_page import POSTER_TYPES, types_for
from liulin_gazette.pdf.editions.poster import poster
from liulin_gazette.web import addresses
from tests.changed_settings import with_settings
from tests.conftest import ROOT
from tests.editions.sources import SECOND_COUNTY
from tests.editions.typeset import Made, made
from tests.loading import load
from tests.pdf.test_conformance import verapdf, verapdf_report
from tests.pdf.test_cover_styles import with_documents

vera = verapdf
"""The fixture of the module on conformance, under a name of its own."""
MANY = 28
"""Documents that no single page holds."""


@pytest.fixture(scope="module", params=[ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def posters(request: pytest.FixtureRequest) -> tuple[Publication, list[Made]]:
    publication, found = load(request.param)
    assert publication is not None, found
    return publication, list(made(publication, poster, request.param))


def read(pdf: bytes) -> tuple[list[str], list[Image.Image], float]:
    """Return the text of each page without spaces, its picture at 200 dpi, and the largest type of a title in pt."""
    document: Any = pypdfium2.PdfDocument(pdf)
    pages: list[Any] = list(document)
    texts = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in pages]
    pictures = [page.render(scale=200 / 72).to_pil() for page in pages]
    height = max(box[3] - box[1] for box in _letters(pages[0]))
    document.close()
    return texts, pictures, height


def _letters(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the characters of ``page`` below its masthead."""
    text: Any = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    return [box for box in boxes if box[3] < 700]


def expected_codes(publication: Publication, each: Made) -> set[str]:
    paths = [
        addresses.issue_page(each.issue),
        *(addresses.document_page(each.issue, document) for document in each.issue.documents),
    ]
    return {addresses.absolute(publication.gazette, path) for path in paths}


def test_all_that_a_passer_by_needs_is_on_it(posters: tuple[Publication, list[Made]]) -> None:
    zxing: Any = pytest.importorskip("zxingcpp")
    publication, issues = posters
    for each in issues:
        assert each.edition.diagnostics == ()
        (text,), (picture,), _ = read(each.edition.pdf)
        assert publication.gazette.site_url in text and "公文一览" in text
        for document in each.issue.documents:
            words = [document.title, str(document.number or ""), document.order_number, *document.issuers]
            if document.contact:
                words.append(document.contact.phone)
                assert document.contact.person not in text, "only what is asked by telephone"
            assert [word for word in words if re.sub(r"\s", "", word) not in text] == []
        codes = [code.text for code in zxing.read_barcodes(picture)]
        assert sorted(codes) == sorted(expected_codes(publication, each))


def test_it_is_black_on_white(posters: tuple[Publication, list[Made]]) -> None:
    for each in posters[1]:
        _, pictures, _ = read(each.edition.pdf)
        for picture in pictures:
            red, green, blue = picture.convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_few_documents_are_large_and_many_go_on_a_second_page(publication: Publication) -> None:
    zxing: Any = pytest.importorskip("zxingcpp")
    (issue,) = publication.issues
    sizes: dict[int, float] = {}
    for count in (1, 9, MANY):
        some = replace(publication, issues=(with_documents(issue, count),))
        (each,) = made(some, poster)
        texts, pictures, sizes[count] = read(each.edition.pdf)
        told = [found.message for found in each.edition.diagnostics]
        assert (len(texts) > 1) == bool(told) == (count == MANY)
        assert all(f"{count} 份" in message and f"{len(texts)} 页" in message for message in told)
        assert sum(text.count("咨询电话") for text in texts) == count
        codes = {code.text for picture in pictures for code in zxing.read_barcodes(picture)}
        assert codes == expected_codes(publication, each)
    assert sizes[1] > sizes[9] > sizes[MANY]
    assert min(setting.size for setting in POSTER_TYPES) == 10.5


@pytest.mark.parametrize(
    ("count", "largest"), [(0, 40), (1, 40), (3, 40), (4, 30), (9, 18), (28, 12), (99, 10.5)]
)
def test_types_in_which_the_codes_alone_are_too_deep_are_not_tried(count: int, largest: float) -> None:
    types = types_for(count)
    assert types[0].size == largest and types[-1] == POSTER_TYPES[-1]
    assert list(types) == [each for each in POSTER_TYPES if each in types]


def test_long_names_and_what_a_document_lacks(publication: Publication) -> None:
    (issue,) = publication.issues
    name = "某某蒙古族藏族哈萨克族自治州某某自治县人民政府公报"
    bare = with_documents(issue, 1)
    document = replace(bare.documents[0], number=None, contact=None, issuers=(), title="更正" * 60)
    bare = replace(bare, sections=(replace(bare.sections[0], documents=(document,)),))
    (each,) = made(with_settings(replace(publication, issues=(bare,)), name=name), poster)
    (text,), _, _ = read(each.edition.pdf)
    assert name in text and "更正" * 60 in text and "咨询电话" not in text and "None" not in text


@pytest.mark.tools
def test_it_is_pdf_a_and_pdf_ua(
    posters: tuple[Publication, list[Made]], vera: list[str], tmp_path: Path
) -> None:
    files = [tmp_path / f"{each.issue.stem}.pdf" for each in posters[1]]
    for file, each in zip(files, posters[1], strict=True):
        file.write_bytes(each.edition.pdf)
    said = verapdf_report(vera, "3a,ua1", *files)
    assert re.findall(r"\t(passed|failed|error)\n", said) == ["passed"] * 2 * len(files), said
