"""Text with tabs between its cells, as word processors and spreadsheets paste it, is a table."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.text_files import plain_text
from liulin_gazette.intake.text_files.plain_text import read_text

HEAD = "宁川县水利局关于公布水库责任人的通知\n\n各乡镇人民政府：\n现将水库责任人公布如下。\n"


def body_of(text: str) -> str:
    intake = recognise(read_text("来稿.txt", (HEAD + text).encode()))
    assert intake.account is not None and intake.account.differences == ()
    (draft,) = intake.drafts
    return draft.document.body


def test_lines_with_tabs_are_a_table() -> None:
    body = body_of(
        "序号\t水库名称\t责任人\t电话\n1\t石门水库\t王某某\t\n2\t龙王潭水库\t李某某\t0937-7654321\n请遵照执行。\n"
    )
    assert body.split("\n\n")[1:] == [
        "| 序号 | 水库名称 | 责任人 | 电话 |\n| --- | --- | --- | --- |\n"
        "| 1 | 石门水库 | 王某某 |  |\n| 2 | 龙王潭水库 | 李某某 | 0937-7654321 |",
        "请遵照执行。",
    ]


def test_a_cell_for_several_rows_leaves_the_first_cells_of_the_others_empty() -> None:
    body = body_of("乡镇\t水库名称\t电话\n石门镇\t石门水库\t1101\n\t龙王潭水库\t1102\n请遵照执行。\n")
    assert body.split("\n\n")[1:] == [
        "| 乡镇 | 水库名称 | 电话 |\n| --- | --- | --- |\n| 石门镇 | 石门水库 | 1101 |\n|  | 龙王潭水库 | 1102 |",
        "请遵照执行。",
    ]


def test_no_line_without_tabs_is_compared_with_those_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(plain_text, "is_roster_line", asked.append)
    read_text("来稿.txt", ("各乡镇抓好落实。\n" * 2_000).encode())
    assert not asked


@pytest.mark.parametrize(
    "text",
    [
        "总指挥\t王某某\t县长\n副总指挥\t李某某\t副县长\n成员\t赵某某\t水利局局长\n",
        "张三\t李四\t王小五\n赵六\t钱七\t孙老八\n",
        "\t各单位\t要\t做好工作。\n\t各乡镇\t要\t落实责任。\n",
        "地址\t宁川县北街1号\n电话\t0937-1234567\n",
        "一\t二\t三\n",
    ],
)
def test_other_lines_with_tabs_are_none(text: str) -> None:
    assert "| --- |" not in body_of(text)
