"""落款 is never divided, nor parted from the text that it closes: one issuer, two, three and six, in either form."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from liulin_gazette.model.blocks import Instrument, Paragraph, Signature, Span
from liulin_gazette.model.document import FullText
from liulin_gazette.model.gazette import PageSize
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.signatures import (
    STACKED,
    SignatureForm,
    rows_abreast,
    signature_lines,
    signature_place,
    stacked_names,
)
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.text.display_lines import em_width
from tests.changed_settings import with_settings
from tests.conftest import ROOT, Edit

LONG = "积石山保安族东乡族撒拉族自治县人民政府办公室"
ISSUERS = (
    "柳林县林业局",
    "柳林县财政局",
    "吕梁市生态环境局柳林分局",
    "柳林县工信和科技局",
    "柳林县卫生健康局",
    LONG,
)
ABREAST = SignatureForm(is_abreast=True)


def middle(page: Any, words: str) -> float:
    """Return the horizontal middle, in pt, of the line that consists of ``words``."""
    text = page.get_textpage()
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        if text.get_text_bounded(left, bottom, right, top).strip() == words:
            return (left + right) / 2
    raise AssertionError(words)


@pytest.mark.parametrize("length", [6, 20, 38, 60, 90])
def test_the_signature_is_not_torn(project: Path, edit: Edit, length: int) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真贯彻执行" * (length // 7) + "。")
    assert not build(project, Wanted(), lambda _: None).failed
    slug = "liu-lin-fa-2026-9"
    document: Any = pypdfium2.PdfDocument(project / f"output/site/2026/1/{slug}/{slug}.pdf")
    page = document[0]
    assert abs(middle(page, "柳林县林业局") - middle(page, "2026年2月6日")) < 6
    page.close()
    document.close()


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on a page; measures in px."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def placed(document: Any, names: str) -> list[Placed]:
    """Return where the blocks stand whose HTML class is one of ``names``."""

    def boxes(box: Any) -> Iterator[Any]:
        yield box
        for child in getattr(box, "children", ()):
            yield from boxes(child)

    return [
        Placed(index, box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height)
        for index, page in enumerate(document.pages)
        for box in boxes(page._page_box)
        if type(box).__name__ in ("BlockBox", "LineBox")
        and box.element is not None
        and set(names.split()) & set((box.element.get("class") or "").split())
    ]


class Press:
    """Typesets a document that a number of issuers sign."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._templates = read_templates(ROOT)
        characters = printed_characters(
            publication.gazette,
            publication.issues[0],
            self._templates,
            lambda path: (ROOT / path).read_bytes(),
        )
        faces = fonts.prepare(ROOT, characters | set(LONG))
        self._typesetter = Typesetter(
            style(publication.gazette, self._templates, faces), [face.file for face in faces]
        )

    def document(self, issuers: tuple[str, ...], length: int) -> FullText:
        text = ("贯彻落实文件精神" * (length // 8 + 1))[:length] + "。"
        return replace(
            self._publication.issues[0].full_texts[0],
            issuers=issuers,
            contact=None,
            blocks=(Paragraph("text", (Span(text, False),), "p1", 1), Signature(0)),
        )

    def pages(self, issuers: tuple[str, ...], length: int, form: SignatureForm) -> Any:
        return self.set(self.document(issuers, length), is_abreast=form.is_abreast)

    def set(self, document: FullText, *, is_abreast: bool = False) -> Any:
        publication = with_settings(self._publication, signatures_abreast=is_abreast)
        items = Items(publication.gazette, publication.issues[0], self._templates)
        return self._typesetter.render(items.document(document).html, {})


@pytest.fixture(scope="module")
def press(publication: Publication) -> Press:
    return Press(publication)


@pytest.mark.parametrize("form", [STACKED, ABREAST], ids=["stacked", "abreast"])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_issuers_stay_together_and_with_the_last_line(press: Press, count: int, form: SignatureForm) -> None:
    ends: set[int] = set()
    for length in (8, 150, 860, 905, 950, 995, 1040):
        document = press.pages(ISSUERS[:count], length, form)
        (signature,), names = placed(document, "signature"), placed(document, "signature-issuer")
        lines = [
            line
            for page, box in enumerate(document.pages)
            for text in boxes_of(box._page_box, "text")
            for line in ((page, child.position_x, child.position_y) for child in text.children)
        ]
        page, left, _ = lines[-1]
        ends.add(page)
        assert page == signature.page and all(page == name.page for name in names[:count]), length
        assert form.is_abreast or abs(left - signature.left) < 40, length
        assert signature.bottom <= document.pages[page].height - document.pages[page]._page_box.margin_bottom
    assert ends == {0, 1}


def boxes_of(box: Any, name: str) -> Iterator[Any]:
    """Yield the blocks below ``box`` of HTML class ``name``."""
    if (
        type(box).__name__ == "BlockBox"
        and box.element is not None
        and (box.element.get("class") or "") == name
    ):
        yield box
    for child in getattr(box, "children", ()):
        yield from boxes_of(child, name)


def test_columns_before_issuers_are_balanced(press: Press) -> None:
    document = press.pages(ISSUERS[:3], 300, ABREAST)
    columns = list(boxes_of(document.pages[0]._page_box, "text"))
    assert len(columns) == 2 and abs(len(columns[0].children) - len(columns[1].children)) <= 1
    stacked = press.pages(ISSUERS[:3], 150, STACKED)
    left, right = placed(stacked, "text")[0], placed(stacked, "signature-date")[0]
    assert right.left > left.right and abs(right.bottom - left.bottom) < 60


def test_names_are_spread_to_one_width(press: Press) -> None:
    names = stacked_names(press.document(ISSUERS, 8), STACKED)
    widths = [em_width(name.lines[0]) + name.space * (len(name.lines[0]) - 1) for name in names]
    assert all(abs(width - widths[-1]) < 0.01 for width in widths)
    assert names[-1].lines == ("积石山保安族东乡族撒拉族自治县", "人民政府办公室") and not names[-1].space
    short = stacked_names(press.document(("县委", LONG), 8), STACKED)
    assert short[0].space == 0


@pytest.mark.parametrize(
    ("count", "rows"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3]), (7, [3, 3, 1])]
)
def test_at_most_three_stand_in_a_row(press: Press, count: int, rows: list[int]) -> None:
    issuers = tuple(f"柳林县第{number}局" for number in "一二三四五六七"[:count])
    found = rows_abreast(press.document(issuers, 8), ABREAST)
    assert [len(row) for row in found] == rows
    assert tuple("".join(name.lines) for row in found for name in row) == issuers


def test_six_long_names_stand_in_pairs(press: Press) -> None:
    issuers = ("吕梁市生态环境局柳林县分局", *ISSUERS[:5])
    assert [len(row) for row in rows_abreast(press.document(issuers, 8), ABREAST)] == [2, 2, 2]
    small = SignatureForm(is_abreast=True, column=12, row=30)
    assert all(
        em_width(line) <= small.row / len(row)
        for row in rows_abreast(press.document(ISSUERS, 8), small)
        for name in row
        for line in name.lines
    )


@pytest.mark.parametrize("size", [PageSize("B5", 176, 250), PageSize("A5", 148, 210)])
def test_names_stay_in_the_columns_of_smaller_pages(publication: Publication, size: PageSize) -> None:
    small = Press(with_settings(publication, page_size=size))
    for form in (STACKED, ABREAST):
        document = small.pages(ISSUERS, 40, form)
        page = document.pages[0]._page_box
        measure = page.margin_left + page.width
        for box in boxes_of(page, "signature-issuer"):
            for line in box.children:
                right = max(child.position_x + child.margin_width() for child in line.children)
                assert right <= measure + 1 and line.position_x >= page.margin_left - 1


JOINT = """柳林县林业局
  - 柳林县卫生健康局
  - 柳林县医疗保障局"""


@pytest.mark.parametrize("form", ["逐行", "并排"])
def test_text_is_read_issuer_by_issuer(project: Path, edit: Edit, form: str) -> None:
    edit("gazette.toml", '"开本" = "A4"', f'"联合落款" = "{form}"')
    edit("2026-1/01.md", "发文机关: 柳林县林业局", f"发文机关:\n  - {JOINT}")
    edit(
        "2026-1/01.md", "标题: 柳林县林业局关于", "标题: 柳林县林业局　柳林县卫生健康局　柳林县医疗保障局关于"
    )
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.failed, result.diagnostics
    slug = "liu-lin-fa-2026-9"
    pdf = project / f"output/site/2026/1/{slug}/{slug}.pdf"
    expected = "请认真执行。柳林县林业局柳林县卫生健康局柳林县医疗保障局2026年2月6日（此件公开发布）"
    document: Any = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert expected in re.sub(r"\s", "", text)
    if poppler := shutil.which("pdftotext"):
        said = subprocess.run([poppler, "-raw", str(pdf), "-"], capture_output=True, check=True).stdout
        raw = said.decode()
        assert expected in re.sub(r"\s", "", raw) and "柳林县医疗保障局" in raw
    page = (project / f"output/site/2026/1/{slug}/index.html").read_text("utf-8")
    assert ('class="signature abreast of-3"' in page) == (form == "并排")
    signature = re.sub(r"<[^>]+>|\s", "", page[page.index('<div class="signature') :])
    assert signature.startswith(expected.removeprefix("请认真执行。"))


def test_an_unknown_form_is_an_error(project: Path, edit: Edit) -> None:
    from tests.conftest import findings

    edit("gazette.toml", '"开本" = "A4"', '"开本" = "A4"\n"联合落款" = "并列"')
    (found,) = findings(project)
    assert found.code == "B008" and "并列" in found.message and "逐行、并排" in found.hint


@pytest.mark.parametrize(
    "issuer", ["县政府", "柳林县林业局", "文" * 12, "文" * 13, "文" * 16, "文" * 17, LONG]
)
@pytest.mark.parametrize("length", [8, 600])
def test_one_issuer_stands_centred_above_the_date_in_as_few_lines_as_fit(
    press: Press, issuer: str, length: int
) -> None:
    document = press.pages((issuer,), length, STACKED)
    signer = press.document((issuer,), length)
    is_across = length == 8 or len(issuer) > 16
    form = SignatureForm(is_abreast=False, across=frozenset({signer.slug} if is_across else ()))
    place = signature_place(signer, form)
    (name,) = boxes_with_lines(document, "signature-issuer")
    (day,) = boxes_with_lines(document, "signature-date")
    (signature,) = placed(document, "signature")
    assert len(name) == len(day) == 1
    assert place.width + place.right <= (40 if is_across else 18)
    column = placed(document, "text")[0]
    right = max(box.right for box in placed(document, "text"))
    assert signature.left >= column.left - 0.01 and signature.right <= right + 0.01
    for line in name:
        middle_of_name = line.position_x + line.width / 2
        assert abs(middle_of_name - day[0].position_x - day[0].width / 2) < 8
    blank = (right - day[0].position_x - day[0].width) / 16
    assert abs(blank - 4) < 0.5 or len(issuer) > 15


@pytest.mark.parametrize("length", range(1080, 1300, 18))
def test_one_signature_is_not_alone_on_a_page(press: Press, length: int) -> None:
    document = press.pages(("柳林县林业局",), length, STACKED)
    (signature,) = placed(document, "signature")
    texts = [text for text in placed(document, "text") if text.page == signature.page]
    assert texts, "lines of the text go overleaf with it"


@pytest.mark.parametrize("length", [30, 600])
def test_what_issues_an_instrument_is_signed_on_one_line(press: Press, length: int) -> None:
    """A name that is too long for a column stands over both, and so does a short text above it."""
    signer = press.document((LONG,), length)
    instrument = Instrument("某某办法", ("某某办法",), signer.blocks[:1], "i1", 1)
    document = press.set(replace(signer, blocks=(*signer.blocks, instrument)))
    (name,) = boxes_with_lines(document, "signature-issuer")
    texts = placed(document, "text")
    assert len(name) == 1
    assert (texts[0].right > document.pages[0].width / 2) == (length == 30)


COUNTY = "双江拉祜族佤族布朗族傣族自治县"


@pytest.mark.parametrize("length", [30, 150, 950])
def test_several_long_names_have_a_line_each_over_both_columns(press: Press, length: int) -> None:
    issuers = tuple(COUNTY + office for office in ("财政局", "农业农村和科学技术局", "教育体育局"))
    document = press.pages(issuers, length, STACKED)
    names = boxes_with_lines(document, "signature-issuer")
    assert [len(line) for line in names] == [1, 1, 1]
    (signature,) = placed(document, "signature")
    page = document.pages[signature.page]
    assert signature.left < page.width / 2 and signature.bottom <= page.height - page._page_box.margin_bottom
    texts = placed(document, "text")
    assert any(text.page == signature.page for text in texts)
    if length == 30:
        assert texts[0].right > page.width / 2, "the text above them stands over both columns too"


@pytest.mark.parametrize(
    ("issuer", "lines"),
    [
        (COUNTY + "人民政府", (COUNTY, "人民政府")),
        (COUNTY + "财政局", (COUNTY, "财政局")),
        ("柳林县人民政府办公室", ("柳林县人民政府办公室",)),
        (
            "巴音郭楞蒙古自治州和静县巴音布鲁克镇人民政府",
            ("巴音郭楞蒙古自治州和静县", "巴音布鲁克镇人民政府"),
        ),
    ],
)
def test_a_name_of_two_lines_is_parted_after_its_autonomous_county(
    issuer: str, lines: tuple[str, ...]
) -> None:
    assert signature_lines(issuer) == lines


def boxes_with_lines(document: Any, name: str) -> list[list[Any]]:
    """Return the boxes of text on the lines of each block of HTML class ``name``."""
    return [
        [text for line in block.children for text in line.children]
        for page in document.pages
        for block in boxes_of(page._page_box, name)
    ]
