"""Widths of the columns of printed tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liulin_gazette.model.blocks import Cell, Span, Table
from liulin_gazette.pdf.composition.column_widths import (
    MAX_ROOTS,
    Column,
    Text,
    advance,
    column_widths,
    height,
    sample,
    text_widths,
)
from liulin_gazette.rendering.decimal_points import decimal_fills

FULL, PADDING = 456 / 10.5, 1.0


def cell(text: str, header: bool = False, colspan: int = 1) -> Cell:
    return Cell((Span(text),), header, 1, colspan, "", 1)


def table(*rows: tuple[str, ...], widths: tuple[float, ...] = ()) -> Table:
    cells = tuple(tuple(cell(text, y == 0) for text in row) for y, row in enumerate(rows))
    even = tuple(round(100 / len(rows[0]), 2) for _ in rows[0])
    return Table("", 1, len(rows[0]), cells, "t", 1, widths or even)


def texts(found: tuple[float, ...], measure: float = FULL) -> list[float]:
    """Return the width of the text in each column, in em."""
    return [width / 100 * measure - PADDING for width in found]


LONG = "由县级人民政府有关部门按照职责分工负责办理，申请材料齐全的，应当当场作出决定；" * 4


def test_the_long_column_takes_what_the_short_ones_do_not_need() -> None:
    rows = [
        (str(n), "殡葬服务许可", LONG, "县民政局", "0358-4022653", "2026年12月14日") for n in range(1, 30)
    ]
    found = texts(
        column_widths(table(("序号", "名称", "依据", "单位", "电话", "日期"), *rows), FULL, PADDING)
    )
    assert found[2] > 12
    assert found[3] >= 4
    assert found[4] >= advance("0358-4022653") and found[5] >= advance("2026年12月14日")


def test_a_document_number_alone_in_its_cell_is_not_broken() -> None:
    """A catalogue of 150 documents: the names take two lines anyhow, and yet the numbers stay whole."""
    rows = [
        (
            str(n),
            f"单县人民政府办公室关于印发城市供水管理办法第{n}号的通知",
            f"单政办发〔2005〕{n}号",
            "2005年12月28日",
            "废止",
        )
        for n in range(100, 160)
    ]
    head = ("序号", "文件名称", "发文字号", "成文日期", "处理意见")
    found = texts(column_widths(table(head, *rows), 456 / 12.25, PADDING), 456 / 12.25)
    assert found[2] >= advance("单政办发〔2005〕100号") and found[3] >= advance("2005年12月28日")


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("欧阳文杰", 4),
        ("〔2026〕123号", advance("〔2026〕123号")),
        ("1,234,567.89", advance("1,234,567.89")),
        ("400公里", advance("400公里")),
    ],
)
def test_names_and_numbers_stay_whole_beside_long_texts(text: str, least: float) -> None:
    found = texts(column_widths(table(("甲", "乙", "丙"), (text, LONG, LONG)), 20, PADDING), 20)
    assert found[0] >= least


def test_a_head_ends_in_no_single_character_and_keeps_its_brackets() -> None:
    rows = table(("责任人", "办理时限（工作日）", "依据"), ("张三", "5", LONG))
    found = texts(column_widths(rows, 24, PADDING), 24)
    assert found[0] >= 3 and found[1] >= 5


def test_widths_that_serve_as_well_stay() -> None:
    rows = table(("序号", "名称"), ("1", "造林"), ("2", "抚育"), widths=(30.0, 70.0))
    assert column_widths(rows, FULL, PADDING) == (30.0, 70.0)


def test_what_a_cell_over_columns_needs_is_shared_by_them() -> None:
    rows = (
        (cell("合计", True), cell("1,234,567,890.12", True, 2)),
        (cell(LONG), cell("1"), cell("2")),
    )
    found = texts(column_widths(Table("", 1, 3, rows, "t", 1, (90.0, 5.0, 5.0)), FULL, PADDING))
    assert found[1] + found[2] + PADDING >= advance("1,234,567,890.12")


@pytest.mark.parametrize("measure", [0.0, 3.0, 10.0, 30.0])
def test_too_many_columns_are_divided_by_their_needs(measure: float) -> None:
    rows = table(tuple("项目" for _ in range(30)), tuple("1,234.56" for _ in range(30)), widths=(1.0,) * 30)
    found = column_widths(rows, max(measure, 1.0), PADDING)
    assert all(width >= 0 for width in found) and sum(found) == pytest.approx(100, abs=0.2)


lengths = st.one_of(st.floats(0.3, 12), st.floats(12, 900))


def test_where_not_all_words_stand_the_short_ones_do() -> None:
    columns = [Column(words, words, words) for words in (2.0, 12.0, 3.0, 9.0)]
    found = text_widths(columns, [], 20.0)
    assert found[0] >= 2.0 and found[2] >= 3.0
    assert found[1] == found[3] and sum(found) == pytest.approx(20.0)


@st.composite
def profiles(draw: st.DrawFn) -> tuple[list[Column], list[tuple[Text, ...]]]:
    count = draw(st.integers(1, 6))
    rows = draw(
        st.lists(
            st.tuples(
                *(st.builds(Text, st.tuples(lengths), st.sampled_from([1, 1, 3])) for _ in range(count))
            ),
            min_size=1,
            max_size=8,
        )
    )
    words = [draw(st.floats(1, 4)) for _ in range(count)]
    natural = [max(row[x].lines[0] for row in rows) for x in range(count)]
    return [Column(low, low + 1, max(long, low + 1)) for low, long in zip(words, natural, strict=True)], rows


@settings(max_examples=60, deadline=None)
@given(profiles(), st.floats(5, 60))
def test_widths_fill_the_room_and_break_no_word_that_fits(
    profile: tuple[list[Column], list[tuple[Text, ...]]], room: float
) -> None:
    columns, rows = profile
    found = text_widths(columns, rows, room)
    assert found == text_widths(columns, rows, room)
    assert sum(found) == pytest.approx(room)
    if sum(column.words + 0.1 for column in columns) < room:
        assert all(width >= column.words for width, column in zip(found, columns, strict=True))


def test_the_table_is_as_low_as_the_best_of_all_widths() -> None:
    """Three columns: compared with every division of the room in steps of half an em."""
    rows = [
        (Text((12.0 + n % 5 * 9,)), Text((180.0 - n % 7 * 20,)), Text((45.0 + n % 3 * 30,)))
        for n in range(20)
    ]
    columns = [Column(2.0, 4.0, max(row[x].lines[0] for row in rows)) for x in range(3)]
    room = 40.0
    best = min(
        height(rows, (a / 2, b / 2, room - a / 2 - b / 2)) for a in range(9, 63) for b in range(9, 72 - a)
    )
    assert height(rows, text_widths(columns, rows, room)) <= 1.03 * best


def test_of_a_long_table_few_rows_are_looked_at() -> None:
    rows = [tuple(Text((float(n % 40),)) for _ in range(20)) for n in range(5000)]
    found = sample(rows, 1)
    assert len(found) * 20 * 20 <= MAX_ROOTS / 6 and rows[0] in found


@pytest.mark.parametrize(
    ("figures", "fills"),
    [
        (("1", "2.5", "-30.25"), (".00", "0", "")),
        (("1,200", "8.5"), (".0", "")),
        (("1", "20"), ("", "")),
        (("1.5", "12%"), ("", "")),
        (("1.5", "—", "2"), ("", "", "")),
        (("1.5", "", "2"), ("", "", ".0")),
        (("1.5", "123456789012345"), ("", "")),
    ],
)
def test_what_figures_lack(figures: tuple[str, ...], fills: tuple[str, ...]) -> None:
    head, *rows = table(("金额",), *((figure,) for figure in figures)).rows
    cells = tuple(tuple(replace(each, align="right") for each in row) for row in rows)
    figured = replace(table(("金额",)), rows=(head, *cells))
    found = decimal_fills(figured)
    assert tuple(found.of(cell) for (cell,) in cells) == fills
