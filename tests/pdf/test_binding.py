"""Binding: the cover of a perfect-bound issue, its spine and bleed; creep of stitched sheets; what preflight warns of."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from liulin_gazette.cli import main
from liulin_gazette.model.gazette import PageSize
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.press import COATED, Press
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition.page_format import MM
from liulin_gazette.pdf.composition.spine_type import LEADING, MARGIN, spine_type
from liulin_gazette.pdf.editions.bound_cover import spine_width
from liulin_gazette.pdf.editions.preflight import preflight_report
from liulin_gazette.pdf.editions.print_edition import SLUG, PressEdition, PressPage
from liulin_gazette.pdf.write.book import BookPage, Part, blank_part, glued_book
from liulin_gazette.pdf.write.colour_profiles import press_condition
from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.changed_settings import with_settings
from tests.conftest import Edit

A4 = (210 * MM, 297 * MM)
SETTINGS = '"装订" = "胶订"\n"纸厚" = 1\n"封面纸厚" = 0.5\n"红色" = "专色"\n"专色名称" = "PANTONE 186 C"\n"刊头单黑" = true\n'
FULL_BLEED = """
.cover-picture { top: -3mm !important; left: -3mm !important; right: -3mm !important; z-index: -1; }
.cover-picture img { width: 216mm !important; height: 303mm !important; max-width: none !important; max-height: none !important; }
"""


@pytest.fixture
def bound(project: Path, edit: Edit) -> Path:
    """The small project, perfect-bound, with a thick paper and a picture that fills the cover and its bleed."""
    folder = project / "content/2026-1"
    Image.new("RGB", (432, 606), (0, 0, 200)).save(folder / "满版.png")
    edit(
        "2026-1/issue.toml", '[["栏目"]]', '["封面图"]\n"文件" = "满版.png"\n"内容说明" = "蓝"\n\n[["栏目"]]'
    )
    edit("2026-1/01.md", "请认真执行。\n", "请各单位认真贯彻执行。" * 700 + "\n")
    edit("gazette.toml", '"装订" = "骑马订"\n', SETTINGS)
    edit("gazette.toml", '"封面样式" = "要目"', '"封面样式" = "素面"')
    style = project / "templates/print/print.css"
    style.write_text(style.read_text("utf-8") + FULL_BLEED, "utf-8")
    return project


def built(root: Path) -> tuple[Path, dict[str, Any]]:
    """Build the project; return the folder of the files for print, and the preflight report."""
    result = build(root, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    folder = root / "output/print"
    return folder, json.loads(next(folder.glob("*-preflight.json")).read_text("utf-8"))


def colours(file: Path, number: int, places: list[tuple[float, float]]) -> list[tuple[int, ...]]:
    """Return the colours of page ``number`` of ``file`` at ``places``, in mm from the left and from the top of the trim."""
    document: Any = pypdfium2.PdfDocument(file)
    picture = document[number].render(scale=2).to_pil().convert("RGB")
    document.close()
    return [picture.getpixel((round((SLUG + x * MM) * 2), round((SLUG + y * MM) * 2))) for x, y in places]


@pytest.mark.parametrize("is_within", [True, False])
def test_an_issue_published_with_its_cover_among_the_pages_gets_no_second_one(
    bound: Path, is_within: bool
) -> None:
    """Issues were sealed so before perfect-bound ones had a file for the cover; a cover that is lost comes back."""
    folder, report = built(bound)
    assert main(["publish", "2026-1", "--yes"], bound) == 0
    cover = next(folder.glob("*-cover.pdf"))
    cover.unlink()
    if is_within:
        told = next(folder.glob("*-preflight.json"))
        told.write_text(json.dumps({key: value for key, value in report.items() if key != "cover"}), "utf-8")
    style = bound / "templates/print/print.css"
    style.write_text(style.read_text("utf-8") + "\np { margin-bottom: 1mm; }\n", "utf-8")
    shutil.rmtree(bound / ".cache")
    built(bound)
    assert cover.exists() is not is_within


def test_a_perfect_bound_issue(bound: Path, edit: Edit) -> None:
    folder, report = built(bound)
    cover, pages = next(folder.glob("*-cover.pdf")), next(folder.glob("*-print.pdf"))
    spine = report["pages"] / 2 * 1 + 2 * 0.5
    assert spine >= 6
    assert report["cover"]["spine"] == spine and report["cover"]["has_words"]
    assert report["plates"] == ["青", "品红", "黑", "PANTONE 186 C"]
    assert not [warning for warning in report["warnings"] if "书脊" in warning or "骑马订" in warning]

    inner = pikepdf.open(pages)
    with inner:
        assert len(inner.pages) == report["pages"] == len(report["lines"]) and len(inner.pages) % 4 == 0
        masthead = inner.pages[0].Contents.read_bytes()
        assert b"/Spot" not in masthead and b"0 1 0.95" not in masthead and report["lines"][0]["inks"] == "K"
        space: Any = inner.pages[0].Resources.ColorSpace.Spot
        assert str(space[1]) == "/PANTONE 186 C" and str(space[2]) == "/DeviceCMYK"
    outside = pikepdf.open(cover)
    with outside:
        assert len(outside.pages) == 2
        for page in outside.pages:
            trim, bleed = ([float(x) for x in page[key]] for key in ("/TrimBox", "/BleedBox"))
            assert trim[2] - trim[0] == pytest.approx(2 * A4[0] + spine * MM, abs=0.1)
            assert trim[0] - bleed[0] == pytest.approx(3 * MM, abs=0.01)
        assert b"/Spot cs" in outside.pages[0].Contents.read_bytes()
        assert str(outside.Root.OutputIntents[0].S) == "/GTS_PDFX"

    document: Any = pypdfium2.PdfDocument(cover)
    text = document[0].get_textpage()
    area = (SLUG + A4[0], 0, SLUG + A4[0] + spine * MM, A4[1] + 2 * SLUG)
    assert re.sub(r"\s", "", text.get_text_bounded(*area)) == "柳林县人民政府公报2026年第1期"
    document.close()

    front = 210 + spine
    blue, paper = colours(cover, 0, [(front + 212, 150), (front + 215, 150)])
    assert blue[2] > 100 > blue[0] and paper == (255, 255, 255), "the picture fills the bleed, and no more"
    above, below = colours(cover, 0, [(front + 100, -2), (front + 100, 299)])
    assert above[2] > 100 > above[0] and below[2] > 100 > below[0]
    on_spine, beside = colours(cover, 0, [(front - 1, 290), (front + 1, 290)])
    assert on_spine == (255, 255, 255) and beside[2] > 100 > beside[0], "it stops at the spine"

    edit("gazette.toml", '"纸厚" = 1\n"封面纸厚" = 0.5', '"纸厚" = 0.1\n"封面纸厚" = 0.1')
    folder, report = built(bound)
    assert report["cover"]["spine"] == pytest.approx(report["pages"] / 2 * 0.1 + 0.2)
    assert not report["cover"]["has_words"]
    assert any("胶订粘不住" in warning and "骑马订" in warning for warning in report["warnings"])
    document = pypdfium2.PdfDocument(next(folder.glob("*-cover.pdf")))
    area = (SLUG + A4[0], 0, SLUG + A4[0] + report["cover"]["spine"] * MM, A4[1] + 2 * SLUG)
    assert document[0].get_textpage().get_text_bounded(*area).strip() == ""
    document.close()


@pytest.mark.parametrize("length", [4, 9, 20, 40])
@pytest.mark.parametrize("size", [PageSize("A4", 210, 297), PageSize("148×210", 148, 210)])
def test_words_on_the_spine_fit(publication: Publication, length: int, size: PageSize) -> None:
    issue = publication.issues[0]
    type_size = spine_type(replace(publication.gazette, name="县" * length, page_size=size), issue)
    depth = (length + len(issue_name(issue))) * type_size * LEADING
    assert depth + 2 * MARGIN < size.height * MM and 4 < type_size <= 16


@pytest.mark.parametrize(("pages", "spine"), [(2, 0.3), (64, 3.4), (400, 20.2)])
def test_width_of_the_spine(pages: int, spine: float) -> None:
    assert spine_width(pages, Press(thickness=0.1, cover_thickness=0.1)) == pytest.approx(spine)


@pytest.mark.parametrize(
    ("binding", "pages", "said"),
    [
        ("骑马订", 64, ""),
        ("骑马订", 68, "骑马订太厚（最多 64 面）"),
        ("锁线", 200, ""),
        ("无线胶装", 2, "书脊只有 0.5 mm，胶订粘不住"),
        ("无线胶装", 64, ""),
    ],
)
def test_what_the_printers_could_not_bind(
    publication: Publication, binding: str, pages: int, said: str
) -> None:
    printing = replace(publication.gazette.printing, binding=binding)
    page = PressPage(BookPage(blank_part(*A4), 0), A4, "K", False, 100, ())
    edition = PressEdition(b"", (page,) * pages, (), press_condition(COATED))
    cover = (
        PressEdition(b"", (page, page), (), press_condition(COATED)) if printing.is_perfect_bound else None
    )
    settings = with_settings(publication, printing=printing)
    warnings = preflight_report(settings.gazette, publication.issues[0], edition, cover).warnings
    assert [
        warning for warning in warnings if "占位" not in warning and (not said or said not in warning)
    ] == []
    assert any(said in warning for warning in warnings)


def test_pages_that_are_glued_fill_their_sheets() -> None:
    def part(name: str, first: int = 0) -> Part:
        return replace(blank_part(*A4), name=name, first_page=first)

    parts = [part(name) for name in ("cover", "masthead", "contents", "pictures-1")]
    parts += [part("a", 1), part("b", 2), part("back-cover")]
    book = glued_book(parts, [part("inside-cover")], *A4)
    assert [each.name for each in book.cover] == ["cover", "inside-cover", "blank", "back-cover"]
    names = [each.name for each in book.inner]
    assert names == ["masthead", "contents", "pictures-1", "blank", "a", "b", "blank", "blank"]
    book = glued_book([*parts, part("inside-back")], [part("inside-cover"), part("inside-back")], *A4)
    assert book.cover[2].name == "inside-back" and "inside-back" not in [each.name for each in book.inner]


def test_inner_sheets_of_the_booklet_move_towards_the_fold(real_build: tuple[Path, Result]) -> None:
    """Each sheet by the thickness of one: 0.1 mm."""
    booklet = pikepdf.open(next((real_build[0] / "output/print").glob("*-booklet.pdf")))
    with booklet:
        assert len(booklet.pages) == 22
        moves: dict[int, float] = {}
        for side, page in enumerate(booklet.pages):
            found = re.findall(rb"q\n1 0 0 1 (-?[\d.]+) 0 cm", page.Contents.read_bytes())
            right = [float(left) / MM for left in found if float(left) > 100 * MM]
            if right and side > 1:  # The covers have no gutter.
                moves[side] = 210 + 3 - right[0]
    assert len(moves) > 15 and 21 in moves
    assert list(moves.values()) == pytest.approx([0.1 * (side // 2) for side in moves], abs=0.005)
