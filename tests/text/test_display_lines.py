"""Names in lines: no character lost, no word divided, as even as that allows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.text.display_lines import MAX_BALANCED, display_lines, em_width, lines_within
from tests.conftest import ROOT

NAMES = (ROOT / "tests/data/gazette-names.txt").read_text("utf-8").split()
"""Names of gazettes of real divisions, of 4 to 28 characters."""
ENDS = ("县", "市", "区", "旗", "州", "盟", "族")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("六安市裕安区人民政府公报", "六安市裕安区 人民政府公报"),
        ("济南市市中区人民政府公报", "济南市市中区 人民政府公报"),
        ("伊犁哈萨克自治州霍城县人民政府公报", "伊犁哈萨克自治州 霍城县人民政府公报"),
        ("积石山保安族东乡族撒拉族自治县人民政府公报", "积石山保安族 东乡族撒拉族自治县 人民政府公报"),
        ("双江拉祜族佤族布朗族傣族自治县人民政府公报", "双江拉祜族佤族 布朗族傣族自治县 人民政府公报"),
        ("中共柳林县委办公室、柳林县人民政府办公室", "中共柳林县委办公室、 柳林县人民政府办公室"),
        ("柳林县人民政府办公室（县大数据中心）", "柳林县人民政府办公室 （县大数据中心）"),
        ("津市市人民政府公报", "津市市 人民政府公报"),
        ("郑州航空港经济综合实验区政报", "郑州航空港 经济综合实验区政报"),
        ("包头稀土高新技术产业开发区政报", "包头稀土高新技术 产业开发区 政报"),
        ("乌鲁木齐市新市区人民政府公报", "乌鲁木齐市新市区 人民政府公报"),
    ],
)
def test_lines_end_where_a_reader_pauses(name: str, lines: str) -> None:
    expected = tuple(lines.split())
    assert display_lines(name, len(expected)) == expected


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("济南市市中区人民政府公报", "济南市 市中区 人民政府公报"),
        ("苏州市吴中区人民政府公报", "苏州市 吴中区 人民政府公报"),
        ("赣州市赣县区人民政府公报", "赣州市 赣县区 人民政府公报"),
        ("荆州市沙市区人民政府公报", "荆州市 沙市区 人民政府公报"),
        ("阿拉善盟额济纳旗人民政府公报", "阿拉善盟 额济纳旗 人民政府公报"),
    ],
)
def test_a_division_in_a_division(name: str, lines: str) -> None:
    assert display_lines(name, 3) == tuple(lines.split())


@pytest.mark.parametrize("name", NAMES)
def test_real_names_are_broken_between_words_only(name: str) -> None:
    assert display_lines(name, 1) == (name,)
    for lines in (display_lines(name, 2), lines_within(name, 12)):
        assert "".join(lines) == name
        for before, after in itertools.pairwise(lines):
            assert after.startswith(("人民政府", "政报", "公报")) or before.endswith(ENDS), lines
    assert all(em_width(line) <= 12 for line in lines_within(name, 12))


def test_the_list_has_every_length() -> None:
    assert {len(name) for name in NAMES} >= {4, *range(8, 22)} and len(NAMES) >= 120


@given(st.text(max_size=60), st.integers(1, 6))
def test_no_character_is_lost(text: str, count: int) -> None:
    lines = display_lines(text, count)
    assert "".join(lines) == text and len(lines) <= count


@given(st.text("柳林县人民政府公报市区族自治（）、 AB1", max_size=80), st.integers(1, 20))
def test_lines_are_within_the_measure_where_they_can_be(text: str, measure: int) -> None:
    lines = lines_within(text, measure)
    assert "".join(lines) == text
    if not set(text) & set("（）、 AB1"):
        assert all(em_width(line) <= measure for line in lines)


def test_a_book_as_a_name_takes_no_time() -> None:
    text = "柳林县" * MAX_BALANCED
    assert "".join(lines_within(text, 10)) == text
