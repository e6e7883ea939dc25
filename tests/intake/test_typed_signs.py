"""Signs that Markdown uses too, in a text that means them as text: stars in products and numbers, pipes in tables."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft
from liulin_gazette.intake.manuscript import Grid
from liulin_gazette.intake.text_files.plain_text import read_text
from liulin_gazette.source.markdown.foreign_marks import escaped


def drafted(name: str, *lines: str) -> Draft:
    intake = recognise(read_text(name, "\n\n".join(lines).encode()))
    assert intake.account is not None
    assert intake.account.differences == ()
    (draft,) = intake.drafts
    return draft


@pytest.mark.parametrize("name", ["来稿.md", "来稿.txt"])
@pytest.mark.parametrize(
    "text",
    [
        "面积为3*4*5米。",
        "代码*不得*外传。",
        "带 *号的指标。",
        "证号1401****25****6的人员。",
        "证号1401**********1234。",
    ],
)
def test_stars_that_are_text_stay(name: str, text: str) -> None:
    assert escaped(text) in drafted(name, "现通知如下。", text).document.body


def test_stars_that_stay_are_told_in_markdown() -> None:
    body = drafted("来稿.md", "现通知如下。", "代码*不得*外传。").document.body
    assert "【待核：“不得”两边的星号留着，核对是文字还是 Markdown 的斜体" in body
    assert "待核：“不得”" not in drafted("来稿.txt", "现通知如下。", "代码*不得*外传。").document.body


def test_slanted_type_is_removed_and_told() -> None:
    body = drafted("来稿.md", "现通知如下。", "（*不含税*）按**月**报送。").document.body
    assert "（不含税）按**月**报送。" in body
    assert "“不含税”两边的星号按 Markdown 的斜体去掉了" in body


@pytest.mark.parametrize("name", ["来稿.md", "来稿.txt"])
def test_the_account_sees_that_a_single_star_is_lost(name: str) -> None:
    manuscript = read_text(name, "现通知如下。\n\n带 *号的指标按月报送。".encode())
    count = manuscript.count
    assert count is not None
    assert [each.is_added_to for each in count] == [False, False]


def test_empty_cells_keep_their_columns() -> None:
    rows = ("||甲镇|乙镇|", "|---|---|---|---|", "||5|3|", r"|甲\|乙||6|")
    manuscript = read_text("来稿.txt", "\n".join(rows).encode())
    (grid,) = manuscript.parts
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["", "甲镇", "乙镇"],
        ["", "5", "3"],
        ["甲|乙", "", "6"],
    ]
    account = recognise(manuscript).account
    assert account is not None and account.differences == ()
