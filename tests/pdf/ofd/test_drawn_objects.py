"""Operators of PDF as objects of OFD: places, clips, pictures, and what has no counterpart."""

from __future__ import annotations

import pytest

from liulin_gazette.pdf.editions.drawn_objects import Drawn, drawn_objects
from liulin_gazette.pdf.editions.ofd_faces import OfdFace
from liulin_gazette.pdf.ofd.fixed_document import Font
from liulin_gazette.pdf.ofd.graphic_units import GlyphTransform, ImageObject, PathObject, TextObject
from liulin_gazette.pdf.typeset.layout import TypesettingError

DOWN = (1.0, 0.0, 0.0, -1.0, 0.0, 100.0)
"""To a page 100 mm high, one mm for each pt."""
FACE = OfdFace(Font("Song", b"OTTO"), {10: 1, 11: 2, 12: 3, 13: 4}, {"甲": 1, "乙": 2}, (0.1, 0.9, 0.2, 0.05))
GLYPHS = {
    "F0": {10: (1000, "甲"), 11: (1000, "乙"), 12: (600, "ffi"), 13: (0, "")},
    "F0w450": {10: (1450, "甲")},
}


def drawn(operators: str) -> list[Drawn]:
    return drawn_objects(operators.encode(), DOWN, GLYPHS, {"F0": FACE})


def the_text(operators: str) -> TextObject:
    (each,) = drawn(operators)
    assert isinstance(each.unit, TextObject)
    return each.unit


def test_a_spread_word_is_one_row_though_its_advances_differ() -> None:
    text = the_text(
        "BT 1 0 0 1 20 30 Tm /F0 10 Tf /F0w450 10 Tf 0 Tc [<000a>] TJ /F0 10 Tf 2 Tc [<000b>-100<000a>] TJ ET"
    )
    (code,) = text.codes
    assert (text.font, text.size, code.text) == ("F0", 10, "甲乙甲")
    assert code.steps_x == pytest.approx((14.5, 13))
    left, top, width, height = text.boundary
    assert (left + code.x, top + code.y) == pytest.approx((20, 70))
    assert left < 19 and left + width > 20 + 27.5 + 10 and top < 61 and top + height > 72
    assert code.transforms == (GlyphTransform(0, 3, (1, 2, 1)),)


def test_a_ligature_has_its_characters_and_a_glyph_without_text_is_drawn_with_the_next() -> None:
    (code,) = the_text("BT 1 0 0 1 0 0 Tm /F0 10 Tf [<000a000c000d000b>] TJ ET").codes
    assert code.text == "甲ffi乙"
    assert code.steps_x == pytest.approx((10, 2, 2, 2))
    assert code.transforms == (
        GlyphTransform(0, 1, (1,)),
        GlyphTransform(1, 3, (3,)),
        GlyphTransform(4, 1, (4, 2)),
    )


def test_turned_and_flipped_text_has_a_matrix_and_upright_text_has_none() -> None:
    flipped = the_text("1 0 0 -1 0 100 cm BT 2 0 0 -2 20 30 Tm /F0 10 Tf [<000a>] TJ ET")
    assert flipped.matrix == (1, 0, 0, 1, 0, 0) and flipped.size == 20
    turned = the_text("BT 0 1 -1 0 20 30 Tm /F0 10 Tf [<000a000b>] TJ ET")
    assert turned.matrix[:4] == pytest.approx((0, -1, 1, 0)), "upwards on the page"
    left, top, _, height = turned.boundary
    assert (left + turned.matrix[4], top + turned.matrix[5]) == pytest.approx((20, 70))
    assert top < 50 and height > 20


def test_marks_name_the_objects_of_a_passage() -> None:
    row = "BT 1 0 0 1 0 0 Tm /F0 10 Tf [<000a>] TJ ET"
    objects = drawn(f"/P <</MCID 3>> BDC {row} EMC /Artifact BMC {row} EMC {row}")
    assert [each.mark for each in objects] == [3, None, None]


@pytest.mark.parametrize(
    ("clip", "count", "clips"),
    [
        ("0 0 90 90 re W n", 1, 0),  # All of it is seen.
        ("10 10 5 90 re W n", 1, 1),
        ("50 50 9 9 re W n", 0, 0),  # Nothing is seen.
        ("0 0 m 90 0 l 0 90 l h W* n", 1, 1),
        ("0 0 90 90 re W n 10 10 5 90 re W n", 1, 1),
    ],
)
def test_clips_are_written_where_they_cut_something_off(clip: str, count: int, clips: int) -> None:
    objects = drawn(f"q {clip} 10 10 20 20 re f Q")
    assert [len(each.unit.clips) for each in objects] == [clips] * count


def test_paths_and_lines_in_mm() -> None:
    (each,) = drawn("2 0 0 2 0 0 cm 1 0 0 RG 0.5 w 1 J [3 1] 0 d 10 10 m 20 10 l 30 20 40 20 v S")
    unit = each.unit
    assert isinstance(unit, PathObject) and unit.fill is None and unit.stroke == (255, 0, 0)
    assert (unit.line.width, unit.line.cap, unit.line.dashes) == (1, "Round", (6, 2))
    left, top, _, _ = unit.boundary
    points = [
        (name, tuple(round(v + (left, top)[i % 2], 6) for i, v in enumerate(p))) for name, p in unit.segments
    ]
    assert points == [("M", (20, 80)), ("L", (40, 80)), ("B", (40, 80, 60, 60, 80, 60))]
    filled, closed = drawn("0.2 g 0 0 9 9 re f* 0 0 m 9 0 l 9 9 l b")
    assert isinstance(filled.unit, PathObject) and isinstance(closed.unit, PathObject)
    assert filled.unit.is_even_odd and filled.unit.fill == (51, 51, 51) and filled.unit.stroke is None
    assert closed.unit.segments[-1][0] == "C" and closed.unit.stroke == (0, 0, 0)


def test_pictures_stand_upright() -> None:
    (each,) = drawn("q 40 0 0 20 10 30 cm /P1 Do Q")
    assert isinstance(each.unit, ImageObject)
    assert each.unit.boundary == pytest.approx((10, 50, 40, 20))
    assert each.unit.matrix == pytest.approx((40, 0, 0, 20, 0, 0))


def test_invisible_text_is_left_out_and_outlined_text_is_stroked() -> None:
    row = "BT 1 0 0 1 0 0 Tm /F0 10 Tf [<000a>] TJ ET"
    assert drawn(f"3 Tr {row}") == []
    outlined = the_text(f"1 Tr {row}")
    assert outlined.fill is None and outlined.stroke == (0, 0, 0)


def test_an_operator_that_ofd_lacks_is_named() -> None:
    with pytest.raises(TypesettingError, match="“sh”"):
        drawn("/S0 sh")
