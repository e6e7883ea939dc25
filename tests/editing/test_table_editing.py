"""Tables edited cell by cell: what nobody changed stays to the byte, and what was changed says what was typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.table_editing import (
    EditableTable,
    EditedTable,
    TableError,
    literal_cells,
    table_at,
    written_table,
)

ROOT = Path(__file__).resolve().parents[2]
ODD = r"""表格如下：

  |项目 | 金额（万元） |  备注|
| :-: |---|--:|
|　其中：增值税 | 1,200.50 | 县财政局 \ 县税务局 |
| ^^|2|甲\|乙|
|  丙  |<< | **合计**[^1]
|^^| << | \^^ |

::: 名单
组长 | 张三 | 县长
:::

| 孤行 |
"""


def unchanged(table: EditableTable) -> EditedTable:
    return EditedTable(
        table.head_rows,
        tuple(range(len(table.texts))),
        tuple(range(len(table.texts[0]))),
        table.texts,
        table.origins,
    )


def with_text(table: EditedTable, y: int, x: int, text: str) -> EditedTable:
    rows = [list(row) for row in table.texts]
    rows[y][x] = text
    return replace(table, texts=tuple(map(tuple, rows)))


def real_texts() -> list[tuple[str, str]]:
    """Return the documents of the real issue and of the second county, each with its name."""
    folders = (ROOT / "content", ROOT / "tests/second_county", ROOT / "tests/county")
    return [
        (str(file.relative_to(ROOT)), file.read_text("utf-8-sig"))
        for folder in folders
        for file in sorted(folder.rglob("*.md"))
    ]


def tables_of(text: str) -> list[tuple[list[str], EditableTable]]:
    lines, found, index = text.split("\n"), list[tuple[list[str], EditableTable]](), 0
    while index < len(lines):
        if lines[index].lstrip().startswith("|"):
            try:
                table = table_at(text, index)
            except TableError:
                index += 1
                continue
            found.append((lines[table.lines.start : table.lines.stop], table))
            index = table.lines.stop
        index += 1
    return found


REAL = [(name, lines, table) for name, text in real_texts() for lines, table in tables_of(text)]


def test_there_are_tables_with_joined_cells_to_try() -> None:
    assert len(REAL) > 5
    assert any(
        origin != (y, x)
        for _, _, table in REAL
        for y, row in enumerate(table.origins)
        for x, origin in enumerate(row)
    )


def test_unchanged_tables_are_the_same_to_the_byte() -> None:
    for name, lines, table in [*REAL, ("odd", *tables_of(ODD)[0])]:
        assert written_table(lines, unchanged(table)) == lines, name


@given(st.data())
def test_one_changed_cell_changes_its_line_alone(data: st.DataObject) -> None:
    _, lines, table = data.draw(st.sampled_from([*REAL, ("odd", *tables_of(ODD)[0])]))
    places = [(y, x) for y, row in enumerate(table.origins) for x, own in enumerate(row) if own == (y, x)]
    y, x = data.draw(st.sampled_from(places))
    alphabet = st.sampled_from(
        ["甲", "1", ",", "|", "\\", "^", "<", "-", ":", "*", " ", "　", "\n", "a", "\t"]
    )
    typed = "".join(data.draw(st.lists(alphabet, max_size=8)))
    after = written_table(lines, with_text(unchanged(table), y, x, typed))
    changed = [index for index, (old, new) in enumerate(zip(lines, after, strict=True)) if old != new]
    assert set(changed) <= {y + (y >= table.head_rows)}
    again = table_at("\n".join(after), 0)
    assert again.origins == table.origins
    others = [
        (own, other)
        for a, (old, new) in enumerate(zip(table.texts, again.texts, strict=True))
        for b, (own, other) in enumerate(zip(old, new, strict=True))
        if (a, b) != (y, x)
    ]
    assert all(own == other for own, other in others)


@given(st.data())
def test_rows_and_columns_moved_there_and_back_are_the_same_to_the_byte(data: st.DataObject) -> None:
    plain = [
        (lines, table)
        for _, lines, table in REAL
        if all(own == (y, x) for y, row in enumerate(table.origins) for x, own in enumerate(row))
    ]
    lines, table = data.draw(st.sampled_from(plain))
    edited = unchanged(table)
    body = data.draw(st.permutations(range(table.head_rows, len(table.texts))))
    order = [*range(table.head_rows), *body]
    columns = data.draw(st.permutations(range(len(edited.columns))))
    places = tuple(tuple((y, x) for x in range(len(columns))) for y in range(len(order)))
    shuffled = EditedTable(
        table.head_rows,
        tuple(order),
        tuple(columns),
        tuple(tuple(table.texts[y][x] for x in columns) for y in order),
        places,
    )
    after = written_table(lines, shuffled)
    back = EditedTable(
        table.head_rows,
        tuple(order.index(y) for y in range(len(order))),
        tuple(columns.index(x) for x in range(len(columns))),
        table.texts,
        places,
    )
    restored = written_table(after, back)
    assert [line.rstrip("| ") for line in restored] == [line.rstrip("| ") for line in lines]


def test_what_a_changed_cell_becomes() -> None:
    lines, table = tables_of(ODD)[0]
    edited = unchanged(table)
    assert table.texts[1] == ("　其中：增值税", "1,200.50", "县财政局\n县税务局")
    assert written_table(lines, with_text(edited, 1, 2, "县财政局\n\n县审计局"))[2].endswith(
        "| 县财政局 \\ 县审计局 |"
    )
    assert written_table(lines, with_text(edited, 1, 0, "　其中|："))[2].startswith(
        "|　其中\\|： | 1,200.50 |"
    )
    assert written_table(lines, with_text(edited, 3, 0, "007"))[4] == "|  007  |<< | **合计**[^1]"
    assert written_table(lines, with_text(edited, 3, 2, ""))[4] == "|  丙  |<< | |"
    assert written_table(lines, with_text(edited, 3, 0, "^^"))[4].startswith("|  \\^^  |")
    assert written_table(lines, with_text(edited, 0, 2, "--"))[0] == "  |项目 | 金额（万元） |  \\--|"


def test_rows_columns_and_joins_are_added() -> None:
    lines = ["| 甲 | 乙 |", "| --- | :-: |", "| 1 | 2 |"]
    texts = (("甲", "新", "乙"), ("1", "", "2"), ("3", "4", "5"))
    own = ((0, 0), (0, 1), (0, 2)), ((1, 0), (1, 0), (1, 2)), ((2, 0), (2, 1), (2, 2))
    after = written_table(lines, EditedTable(1, (0, 1, None), (0, None, 1), texts, own))
    assert after == ["| 甲 | 新 | 乙 |", "| --- | --- | :-: |", "| 1 | << | 2 |", "| 3 | 4 | 5 |"]
    texts = (("甲", "乙"), ("1", ""), ("", ""))
    own = ((0, 0), (0, 1)), ((1, 0), (1, 0)), ((1, 0), (1, 0))
    after = written_table(lines, EditedTable(1, (0, 1, None), (0, 1), texts, own))
    assert after[2:] == ["| 1 | << |", "| ^^ | << |"]


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (EditedTable(1, (0, 1), (0, 1), (("甲", "乙"),), (((0, 0), (0, 1)),)), "不对"),
        (EditedTable(1, (0, 9), (0, 1), (("", ""),) * 2, (((0, 0), (0, 1)), ((1, 0), (1, 1)))), "不对"),
        (EditedTable(0, (0, 1), (0, 1), (("", ""),) * 2, (((0, 0), (0, 1)), ((1, 0), (1, 1)))), "不对"),
        (
            EditedTable(1, (0, 1), (0, 1), (("甲", "乙"),) * 2, (((0, 0), (0, 1)), ((0, 0), (1, 1)))),
            "写不出来",
        ),
        (
            EditedTable(1, (0, 1), (0, 1), (("甲", "乙"),) * 2, (((0, 0), (0, 1)), ((5, 5), (1, 1)))),
            "写不出来",
        ),
    ],
)
def test_what_is_no_table_is_refused(edited: EditedTable, told: str) -> None:
    with pytest.raises(TableError, match=told):
        written_table(["| 甲 | 乙 |", "| --- | :-: |", "| 1 | 2 |"], edited)


@pytest.mark.parametrize(
    ("line", "told"), [(0, "不在表格里"), (10, "不在表格里"), (13, "分隔行"), (99, "不在"), (-1, "不在")]
)
def test_where_no_table_can_be_edited_the_editor_is_told(line: int, told: str) -> None:
    with pytest.raises(TableError) as error:
        table_at(ODD, line)
    assert told in error.value.told


def test_pasted_cells_print_as_they_were() -> None:
    assert literal_cells([["a*b_c", "1,234.50", "甲\n乙|丙"], ["007", " x\ty ", "[上:2]"]]) == [
        ["a\\*b\\_c", "1,234.50", "甲\n乙|丙"],
        ["007", "x y", "\\[上:2]"],
    ]
