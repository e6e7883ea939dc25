"""Figures on leaves that fold out (折页): no number of their own, a file of their own for the printers, right in every edition."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image

from liulin_gazette.cli import main
from liulin_gazette.pdf.composition.flow import segments
from liulin_gazette.pdf.composition.page_format import LARGE_BODY, MM, page_format
from liulin_gazette.pdf.editions.foldouts import Foldout
from liulin_gazette.pdf.editions.preflight import foldout_place
from liulin_gazette.pdf.editions.print_edition import SLUG
from liulin_gazette.pdf.write.book import (
    BookPage,
    Part,
    binding_order,
    blank_part,
    book_pages,
    glued_book,
)
from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import Edit
from tests.loading import load

WIDTH, HEIGHT = 420 * MM, 297 * MM
FIGURE = '![某图](tu.png "图题")[折页]'


@pytest.fixture
def folded(project: Path, edit: Edit) -> Path:
    """The small project with a picture that folds out after the first page, and text after it."""
    Image.new("L", (4000, 1900), 128).save(project / "content/2026-1/tu.png")
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n{FIGURE}\n\n各局要按图办理。\n\n::: 落款\n:::")
    edit("gazette.toml", '"赠阅范围"', '"成品" = ["OFD"]\n"赠阅范围"')
    return project


def built(root: Path) -> dict[str, Any]:
    """Build the project; return the preflight report."""
    result = build(root, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    return json.loads(next((root / "output/print").glob("*-preflight.json")).read_text("utf-8"))


def sizes(pdf: pikepdf.Pdf, box: str = "/MediaBox") -> list[tuple[int, int]]:
    """Return width and height of each page in mm."""
    found: list[tuple[int, int]] = []
    for page in pdf.pages:
        left, lower, right, upper = (float(edge) for edge in page.obj[box])  # pyright: ignore[reportGeneralTypeIssues] -- pikepdf types no arrays
        found.append((round((right - left) / MM), round((upper - lower) / MM)))
    return found


def test_a_leaf_that_folds_out_in_every_edition(folded: Path) -> None:
    report = built(folded)
    site, prints = folded / "output/site", folded / "output/print"
    reading = pikepdf.open(next(site.glob("2026/1/*-2026-1.pdf")))
    with reading:
        labels = [page.label for page in reading.pages]
        where = labels.index("1折页")
        assert labels[where - 1 : where + 2] == ["1", "1折页", "2"], "it has no number of its own"
        assert sizes(reading)[where] == (420, 297) and sizes(reading).count((420, 297)) == 1
        assert "/Rotate" not in reading.pages[where].obj

    pages = pikepdf.open(next(prints.glob("*-print.pdf")))
    with pages:
        assert len(pages.pages) == report["pages"] and len(pages.pages) % 4 == 0
        assert set(sizes(pages, "/TrimBox")) == {(210, 297)}
    leaves = pikepdf.open(next(prints.glob("*-foldouts.pdf")))
    with leaves:
        assert sizes(leaves, "/TrimBox") == [(420, 297)] and sizes(leaves, "/BleedBox") == [(426, 303)]
        content = leaves.pages[0].Contents.read_bytes().decode("latin-1")
        for fold in (205, 315):
            x = f"{SLUG + fold * MM:.3f}"
            assert content.count(f"{x} ") == 4, "a mark above and one below"
        assert str(leaves.Root.OutputIntents[0].S) == "/GTS_PDFX"  # pyright: ignore[reportAttributeAccessIssue] -- nor dictionaries
    (line,) = report["foldouts"]
    assert (
        line["place"] == "夹在第 2 页与第 7 面（空白）之间"
        and line["folds"] == [205, 315]
        and line["inks"] == "K"
    )
    told = next(prints.glob("*-preflight.html")).read_text("utf-8")
    assert "<h2>折页</h2>" in told and line["place"] in told

    booklet = pikepdf.open(next(prints.glob("*-booklet.pdf")))
    with booklet:
        assert sizes(booklet) == [(420, 297)] * (report["pages"] // 2 + 2), (
            "its front and an empty back at the end"
        )
        assert b" Do" in booklet.pages[-2].Contents.read_bytes()
        assert booklet.pages[-1].Contents.read_bytes().strip() == b""

    archive = zipfile.ZipFile(io.BytesIO(next(site.glob("2026/1/*-2026-1.ofd")).read_bytes()))
    boxes = [
        (element.text or "").split()
        for name in archive.namelist()
        if name.endswith("Content.xml")
        for element in ElementTree.fromstring(archive.read(name)).iter()
        if element.tag.endswith("PhysicalBox")
    ]
    assert [box[2:] for box in boxes].count(["420", "297"]) == 1


@pytest.mark.parametrize("has_foldout", [True, False])
def test_the_summary_of_a_build_names_the_file(
    folded: Path, edit: Edit, capsys: pytest.CaptureFixture[str], has_foldout: bool
) -> None:
    if not has_foldout:
        edit("2026-1/01.md", FIGURE, FIGURE.removesuffix("[折页]"))
    assert main([], folded) == 0
    said = capsys.readouterr().out
    files = [path.name for path in (folded / "output/print").glob("*-foldouts.pdf")]
    assert len(files) == has_foldout == said.count("折页  output/print/")
    assert all(f"折页  output/print/{name}\n" in said for name in files)


def test_without_a_leaf_that_folds_out_there_is_no_file_and_no_word_of_it(project: Path) -> None:
    report = built(project)
    assert report["foldouts"] == [] and not list((project / "output/print").glob("*-foldouts.pdf"))
    assert "折页" not in next((project / "output/print").glob("*-preflight.html")).read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (FIGURE, ["columns", "foldout", "full notice"]),
        (f"::: 附图 某图\n{FIGURE}\n:::", ["full notice", "foldout"]),
        ('::: 附图 某图\n![某图](tu.png "图题")\n:::', ["full notice", "full"]),
    ],
)
def test_where_a_figure_folds_out(project: Path, edit: Edit, text: str, kinds: list[str]) -> None:
    """In large print, which is printed on A4, it stands on a turned page instead."""
    Image.new("L", (400, 190), 128).save(project / "content/2026-1/tu.png")
    after = "" if text.startswith(":::") else "\n\n各局要按图办理。"
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n{text}{after}")
    publication, found = load(project)
    assert publication is not None, found
    (document,) = publication.issues[0].full_texts
    usual = page_format(publication.gazette.page_size)
    assert [part.kind for part in segments(document, usual)][: len(kinds)] == kinds
    large = [part.kind for part in segments(document, page_format(publication.gazette.page_size, LARGE_BODY))]
    assert "foldout" not in large and ("across" in large) == ("foldout" in kinds)


A4 = (210 * MM, 297 * MM)


def part(name: str, pages: int = 1, first_page: int = 0) -> Part:
    """Return a part of so many empty pages."""
    blank = blank_part(*A4)
    layout = replace(blank.layout, pages=blank.layout.pages * pages)
    return replace(blank, name=name, layout=layout, first_page=first_page)


def places(pages: int, inside: Sequence[str], after: Sequence[int], is_glued: bool = False) -> list[str]:
    """Return where leaves go that come ``after`` these pages of a book of so many numbered ones."""
    parts = [part("cover"), part("masthead"), part("contents"), part("a", 9, 1), part("b", pages - 9, 10)]
    parts.append(part("back-cover"))
    inside_pages = [part(name) for name in inside]
    bound = (
        glued_book(parts, inside_pages, *A4).inner if is_glued else binding_order(parts, inside_pages, *A4)
    )
    leaves = (Foldout(BookPage(part("a"), 0), number) for number in after)
    return [foldout_place(leaf, list(book_pages(bound)), is_glued) for leaf in leaves]


def test_a_leaf_goes_between_two_pages_that_face_each_other() -> None:
    found = places(20, ["inside-cover"], [1, 2, 11, 12])
    assert found == ["夹在第 2、3 页之间"] * 2 + ["夹在第 12、13 页之间"] * 2
    assert places(20, ["inside-cover"], [0]) == ["夹在第 4 面（目录）与第 1 页之间"]


def test_a_leaf_after_the_last_page_goes_between_what_is_there() -> None:
    """Blank pages, the inside of the back cover; nothing is put behind the back cover itself."""
    both = ["inside-cover", "inside-back"]
    assert places(16, both, [14, 15, 16]) == [
        "夹在第 14、15 页之间",
        *["夹在第 16 页与第 21 面（空白）之间"] * 2,
    ]
    assert places(18, both, [18]) == ["夹在第 18 页与第 23 面（封三）之间"]
    assert places(15, both, [15]) == ["夹在第 20 面（空白）与第 21 面（空白）之间"]
    assert places(17, both, [17]) == ["夹在第 22 面（空白）与第 23 面（封三）之间"]
    assert places(19, both[:1], [18, 19]) == ["夹在第 18、19 页之间"] * 2, (
        "page 19 is on the back cover's leaf"
    )


def test_a_leaf_after_the_last_page_of_a_glued_book() -> None:
    both = ["inside-cover", "inside-back"]
    assert places(18, both, [1, 17, 18], is_glued=True) == [
        "夹在第 2、3 页之间",
        *["夹在第 18 页与封面文件的封三之间"] * 2,
    ]
    assert places(17, both, [17], is_glued=True) == ["夹在第 20 面（空白）与封面文件的封三之间"]
    assert places(15, both, [15], is_glued=True) == ["夹在第 18 面（空白）与第 19 面（空白）之间"]
