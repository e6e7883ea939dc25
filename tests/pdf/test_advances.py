"""Gaps that readers of PDF would take for spaces are in the advances of glyphs; the glyphs stay where they were."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.pdf.typeset.advances import Run, base_face, runs, wide_face

TEXT = {1: "郭", 2: "鹏", 3: "\u3000", 4: "，", 5: "李", 6: " ", 7: "A"}
WIDTHS = {1: 1000, 2: 1000, 3: 1000, 4: 1000, 5: 1000, 6: 250, 7: 600}


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        ("<00010002>", [Run(0, "<00010002>")]),
        ("<0001>-20<0002>", [Run(0, "<0001>-20<0002>")]),
        ("<0001>-1000<0002>-1000<0004>", [Run(1050, "<0001>50<0002>50"), Run(0, "<0004>")]),
        ("<0004>500<0001>", [Run(-400, "<0004>100"), Run(0, "<0001>")]),
        ("<0001>500<0002>", [Run(0, "<0001>500<0002>")]),
        ("<0006>-500<0001>", [Run(0, "<0006>-500<0001>")]),
        ("<000100030002>", [Run(1050, "<0001>50"), Run(0, "<0002>")]),
        ("<0001000300020003000500030001>", [Run(0, "<0001000300020003000500030001>")]),
        ("500<0001>-1000<0002>", [Run(0, "500<0001>-1000<0002>")]),
        ("", []),
    ],
)
def test_runs(array: str, expected: list[Run]) -> None:
    assert runs(array, WIDTHS, TEXT) == expected


def places(array: str, extra: int, x: float) -> tuple[list[tuple[int, float]], float]:
    """Return the glyphs of ``array`` with their places in thousandths of an em from ``x`` on, and where they end."""
    found: list[tuple[int, float]] = []
    for codes, number in re.findall(r"<([0-9a-f]*)>|(-?[0-9.]+)", array):
        x -= float(number or 0)
        for start in range(0, len(codes), 4):
            glyph = int(codes[start : start + 4], 16)
            found.append((glyph, x))
            x += WIDTHS[glyph] + extra
    return found, x


@given(st.lists(st.tuples(st.sampled_from(list(TEXT)), st.integers(-900, 2000)), min_size=1, max_size=12))
def test_glyphs_stay_where_they_were(glyphs: list[tuple[int, int]]) -> None:
    array = "".join(f"<{glyph:04x}>{-gap if gap else ''}" for glyph, gap in glyphs)
    expected, _ = places(array, 0, 0)
    found: list[tuple[int, float]] = []
    x = 0.0
    for run in runs(array, WIDTHS, TEXT):
        drawn, x = places(run.array, run.extra, x)
        found += drawn
    spaces = [place for place in expected if place[0] == 3 and place not in found]
    assert found == [place for place in expected if place not in spaces]


@pytest.mark.parametrize("extra", [150, -400, 1050])
def test_names_of_faces(extra: int) -> None:
    assert base_face(wide_face("F12", extra)) == (12, extra)
    assert base_face("F3") == (3, 0)
