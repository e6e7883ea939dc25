"""What readers of PDF find and copy: words whole, lines of Chinese without spaces, the text equal to the source.

PDFium, poppler and pdf.js; MuPDF is looked at by hand, since its licence keeps it out of the dependencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.model.published_texts import NOT_ON_PAPER, published_texts
from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.conftest import Edit
from tests.pdf.readers import Reader, pdf_js_pages, pdfium_pages, poppler_pages

SPREAD = ("郭鹏", "组长：", "政策咨询", "目录", "掌上公报")
"""Words that are set with space between their characters: a name, a label, headings, a caption."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def reading(real_build: tuple[Path, Result]) -> Path:
    return real_build[0] / real_build[1].built[0].pdf


@pytest.fixture(
    scope="module",
    params=["pdfium", *(pytest.param(name, marks=pytest.mark.tools) for name in ("poppler", "pdf.js"))],
    ids=lambda name: name,
)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Return a function from a PDF to the text of its pages."""
    if request.param == "pdf.js":
        browser = request.getfixturevalue("browser")
        return lambda file: pdf_js_pages(file, browser)
    return pdfium_pages if request.param == "pdfium" else poppler_pages


@pytest.fixture(scope="module")
def pages(reader: Reader, reading: Path) -> list[str]:
    return reader(reading)


def test_spread_words_are_found_and_copied_whole(pages: list[str]) -> None:
    whole = "\n".join(pages)
    assert [word for word in SPREAD if word not in whole] == []
    assert "LIULINXIAN RENMIN" in pages[0]


def test_no_space_stands_within_a_line_of_chinese(pages: list[str], publication: Publication) -> None:
    """Every sentence of the body is copied without spaces, but for those that the source has."""
    lines = [line for page in pages for line in page.splitlines()]
    source = "\n".join(
        text.text for each in publication.issues[0].full_texts for text in published_texts(each)
    )
    bad = [
        line
        for line in lines
        if re.search(r"[，、。；：]", line) and (found := re.search(r"[一-鿿，、] +[一-鿿]", line))
        if found[0] not in source and "：" not in line[: found.start() + 1] and "条 " not in line[:6]
    ]
    rows = [line for line in bad if not re.search(r"[一-鿿]{2,4} (?:县|市|各|团|工)", line)]
    assert rows == []


def test_text_is_that_of_the_source_to_the_character(pages: list[str], publication: Publication) -> None:
    """Every printed text is found whole; only running heads and folios, which end each page, are left out."""
    issue = publication.issues[0]
    heads = {squeezed(document.title) for document in issue.documents} | {"柳林县人民政府公报·2026年第1期"}
    whole = "".join(_without_furniture(page, heads) for page in pages)
    lost = [
        words
        for document in issue.full_texts
        for text in published_texts(document)
        if text.role not in NOT_ON_PAPER and (words := squeezed(text.label + text.text)) not in whole
    ]
    assert lost == []


ADDRESS = (
    "https://www.example.gov.cn/zwgk/zheng-ce-wen-jian/2026/lin-ye-ju/hu-lin-fang-huo-gong-zuo-tong-zhi.html"
)


def test_an_address_broken_at_a_hyphen_is_copied_whole(project: Path, edit: Edit, reader: Reader) -> None:
    """Readers take a hyphen at the end of a line for a divided word, and drop it."""
    edit("2026-1/01.md", "请认真执行。", f"请各单位登录{ADDRESS}查看，按时办理。")
    result = build(project, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    texts = reader(project / result.built[0].pdf)
    broken = next(text for text in texts if "请各单位登录" in squeezed(text))
    assert ADDRESS in squeezed(broken) and ADDRESS not in broken, "it stands on several lines"


def _without_furniture(page: str, heads: set[str]) -> str:
    text = re.sub(r"—\d+—$", "", squeezed(page))
    return next((text.removesuffix(head) for head in heads if text.endswith(head)), text)


def elements(parent: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every structure element below ``parent``, with the element above it."""
    kids: Any = parent.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, parent
            yield from elements(kid)


def test_structure_of_contents_rosters_and_cover(reading: Path, publication: Publication) -> None:
    documents = publication.issues[0].documents
    pdf = pikepdf.open(reading)
    with pdf:
        tree: Any = pdf.Root.StructTreeRoot
        above = [(str(each.S), str(parent.get("/S"))) for each, parent in elements(tree)]
        assert above.count(("/TOCI", "/TOC")) == 2 * len(documents), "on the cover, and in the contents"
        assert (
            above.count(("/Link", "/Reference")) == above.count(("/Reference", "/TOCI")) == 2 * len(documents)
        )
        assert above.count(("/Lbl", "/LI")) > 30
        assert above.count(("/LBody", "/LI")) > above.count(("/Lbl", "/LI"))
        first: Any = next(each for each, _ in elements(tree) if str(each.S) == "/Sect")
        assert str(first.K[0].S if isinstance(first.K, pikepdf.Array) else first.K.S) == "/H1"
        assert len(list(pdf.pages[2].Annots)) == len(documents)
        outline = pdf.open_outline()
        with outline:
            titles = [child.title for item in outline.root for child in _below(item)]
        assert "第一条" in titles and "第十一条" in titles


def _below(item: pikepdf.OutlineItem) -> Iterator[pikepdf.OutlineItem]:
    for child in item.children:
        yield child
        yield from _below(child)
