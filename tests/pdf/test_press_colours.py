"""Red in files for the press: of four plates, of two, as an ink of its own; in hairlines and small type it is black."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.model.press import COATED, PROCESS, SPOT, TWO_PLATES, UNCOATED, Press
from liulin_gazette.pdf.write.colour_profiles import press_condition
from liulin_gazette.pdf.write.inks import Rgb, ink_converter, press_colours, red_inks
from liulin_gazette.pdf.write.thin_marks import black_thin_marks
from tests.conftest import ROOT, Edit, findings
from tests.loading import load

RED: Rgb = (171, 18, 25)
FILL, STROKE = b"0.670588 0.070588 0.098039 rg", b"0.670588 0.070588 0.098039 RG"
TEXT = "q\n0.75 0 0 0.75 0 0 cm\n{}\nBT\n1 0 0 -1 10 20 Tm\n/F0 {} Tf\n[<0001>] TJ\nET\nQ"


def drawn(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("operators", "is_black"),
    [
        (TEXT.format(FILL.decode(), 12), False),  # 9 pt, the scale being 0.75
        (TEXT.format(FILL.decode(), 11.9), True),
        (TEXT.format("0 0 0.8 rg", 8), False),  # no colour of the design
        (f"{STROKE.decode()}\n0.5 w\n0 0 m\n9 0 l\nS", False),
        (f"{STROKE.decode()}\n0.4 w\n0 0 m\n9 0 l\nS", True),
        (f"q\n0.5 0 0 0.5 0 0 cm\n{STROKE.decode()}\n0.8 w\n0 0 m\n9 0 l\nS\nQ", True),
        (f"{FILL.decode()}\n0 0 90 0.4 re\nf", True),
        (f"{FILL.decode()}\n0 0 90 0.75 re\nf", False),
        (f"q\n0 0 m\n9 0 l\n9 0.4 l\n0 0.4 l\nW*\nn\n{FILL.decode()}\n0 0 9 9 re\n0 0 9 8 re\nf*\nQ", True),
        (f"q\n0 0 9 2 re\nW\nn\nQ\n{FILL.decode()}\n0 0 9 9 re\nf", False),
    ],
)
def test_what_is_thin_is_black(operators: str, is_black: bool) -> None:
    changed = black_thin_marks(operators.encode(), {RED})
    assert (b"\n0 0 0 rg\n" in changed or b"\n0 0 0 RG\n" in changed) == is_black
    if not is_black:
        assert changed == operators.encode()


def test_what_follows_thin_marks_has_its_colour_again() -> None:
    operators = drawn(FILL.decode(), "0 0 90 0.4 re", "f", "0 0 90 9 re", "f")
    assert black_thin_marks(operators, {RED}) == drawn(
        FILL.decode(), "0 0 0 rg", "0 0 90 0.4 re", "f", FILL.decode(), "0 0 90 9 re", "f"
    )


@pytest.mark.parametrize(
    ("red", "wanted"),
    [(PROCESS, b"0 1 0.95 0.25 k"), (TWO_PLATES, b"0 1 0.95 0 k"), (SPOT, b"/Spot cs 1 scn")],
)
def test_red_by_the_setting(red: str, wanted: bytes) -> None:
    colours = red_inks(press_colours((ROOT / "templates/tokens.css").read_text("utf-8")), red)
    convert = ink_converter(colours, press_condition(COATED), 300, red)
    assert convert(FILL + b"\n0 0 9 9 re\nf") == b"\n" + wanted + b"\n0 0 9 9 re\nf"
    assert convert(b"0.2 0.2 0.2 rg\nf") == b"\n0 0 0 0.8 k\nf"


def test_other_colours_are_separated_for_the_paper_within_its_limit() -> None:
    dark = b"0.03 0 0 rg"
    for kind, limit in ((COATED, 300), (UNCOATED, 240)):
        inks = ink_converter({}, press_condition(kind), limit, PROCESS)(dark).split()[:4]
        assert 200 < 100 * sum(map(float, inks)) <= limit


SETTINGS = {
    '"纸类" = "新闻纸"': "涂布纸、非涂布纸",
    '"总墨量" = 500': "200",
    '"总墨量" = 100': "400",
    '"红色" = "三色"': "四色、两色、专色",
    '"专色名称" = "Black"': "油墨的名称",
    '"专色名称" = " x"': "油墨的名称",
    '"纸厚" = 10': "0.03",
    '"纸厚" = "0.1"': "不加引号",
    '"封面纸厚" = true': "毫米",
    '"封面纸厚" = nan': "毫米",
    '"骑马订最多页数" = 4': "8",
    '"刊头单黑" = "是"': "",
    '"墨厚" = 1': "纸厚",
}


def test_settings_that_no_press_can_follow(project: Path, edit: Edit) -> None:
    """Each is reported at its line with the way out."""
    for line, hint in SETTINGS.items():
        edit("gazette.toml", '"版权页" = []\n', f'"版权页" = []\n{line}\n')
        found = [each for each in findings(project) if each.code in ("B006", "B008")]
        text = (project / "content/gazette.toml").read_text("utf-8").split("\n")
        assert len(found) == 1 and text[found[0].place.line - 1] == line, (line, found)
        assert hint in found[0].hint + found[0].message, found
        edit("gazette.toml", f"{line}\n", "")


def press_of(root: Path) -> Press:
    publication, found = load(root)
    assert publication, found
    return publication.gazette.printing.press


def test_settings_are_read(project: Path, edit: Edit) -> None:
    assert press_of(project) == Press()
    edit(
        "gazette.toml",
        '"版权页" = []\n',
        '"版权页" = []\n"纸类" = "非涂布纸"\n"红色" = "专色"\n"专色名称" = "PANTONE 186 C"\n"刊头单黑" = true\n"纸厚" = 1\n',
    )
    assert press_of(project) == Press(UNCOATED, 280, SPOT, "PANTONE 186 C", True, 1.0)
