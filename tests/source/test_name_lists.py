"""名录: what is a name, what heads a group, and what is neither."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.blocks import NameList
from liulin_gazette.pdf.composition.items import style
from liulin_gazette.rendering import templating
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import NAME_CELLS, NAME_GAP, NameGrid, name_grid
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.markdown_blocks import read_blocks
from tests.conftest import ROOT
from tests.loading import load

Groups = list[tuple[str, list[str]]]


def read(lines: str) -> tuple[NameList, list[str]]:
    findings = FindingCollector()
    folder = Folder("content/2026-1")
    blocks = read_blocks(f"::: 名录\n{lines}\n:::", "content/2026-1/01.md", folder, findings)
    assert isinstance(blocks[0], NameList)
    return blocks[0], [f"{each.code}:{each.place.line}:{each.place.column}" for each in findings.items]


def groups_of(lines: str) -> Groups:
    names, errors = read(lines)
    assert errors == []
    return [(group.heading, [name.text for name in group.names]) for group in names.groups]


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        ("张三　李小四、王五\n赵六", [("", ["张三", "李小四", "王五", "赵六"])]),
        ("张　三　李 四　王小五", [("", ["张三", "李四", "王小五"])]),
        ("张三\t李　四（女）　王五 （女）（满族）", [("", ["张三", "李四（女）", "王五（女）（满族）"])]),
        ("张三（女，满族）、李四(兼)", [("", ["张三（女，满族）", "李四(兼)"])]),
        (
            "男（共2人）\n张三 李四\n女(1名)：\n王五",
            [("男（共2人）", ["张三", "李四"]), ("女(1名)：", ["王五"])],
        ),
        ("第一代表团：\n张三\n**第二代表团**\n李四", [("第一代表团：", ["张三"]), ("第二代表团", ["李四"])]),
        ("阿依努尔·买买提　欧阳文杰", [("", ["阿依努尔·买买提", "欧阳文杰"])]),
        ("〇一　李四", [("", ["〇一", "李四"])]),
        ("刘　䶮　王 \U00029a35", [("", ["刘䶮", "王\U00029a35"])]),
        ("（按姓氏笔画排序）\n王五", [("（按姓氏笔画排序）", ["王五"])]),
        (
            "出席人员：\n张三\n列席人员（按姓氏笔画为序）\n王五",
            [("出席人员：", ["张三"]), ("列席人员（按姓氏笔画为序）", ["王五"])],
        ),
        ("列席人员（12人，按姓氏笔画排列）：\n王五", [("列席人员（12人，按姓氏笔画排列）：", ["王五"])]),
    ],
)
def test_names_and_groups(lines: str, groups: Groups) -> None:
    assert groups_of(lines) == groups


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        ("", ["S074:1:1"]),
        ("张三，李四", ["S074:2:1"]),
        ("张三 李四。", ["S074:2:4"]),
        ("张 小 明", ["S074:2:5"]),
        ("女（2人）", ["S074:2:0"]),
        ("张三、李四（按姓氏笔画排序）", ["S074:2:4"]),
        ("张三（女", ["S074:2:3", "S074:2:4"]),
        ("## 一、总则", ["S074:2:1", "S074:2:4"]),
        ("| 张三 | 李四 |", ["S074:2:1", "S074:2:6", "S074:2:11"]),
    ],
)
def test_what_is_no_name_is_an_error_at_its_place(lines: str, errors: list[str]) -> None:
    assert read(lines)[1] == errors


NAME = st.text("赵钱孙李周吴郑王欧阳诸葛明文", min_size=2, max_size=4)


@given(
    st.lists(NAME, min_size=1, max_size=60), st.lists(st.sampled_from(" 　、\n\t"), min_size=60, max_size=60)
)
def test_names_come_out_as_they_went_in(names: list[str], separators: list[str]) -> None:
    lines = "".join(name + separator for name, separator in zip(names, separators, strict=False))
    assert groups_of(lines) == [("", names)]


@given(st.lists(st.text("王明·买提", min_size=2, max_size=14), min_size=1, max_size=40))
def test_every_name_has_room_in_its_cells(names: list[str]) -> None:
    block, _ = read("　".join(names))
    grid = name_grid(block)
    cell = NAME_CELLS[grid.columns]
    for group in block.groups:
        for name in group.names:
            assert len(name.name) <= grid.cells(name) * (cell + 0.25) - 0.25


def test_the_style_sheet_of_print_has_the_cells_that_the_program_counts_with() -> None:
    publication, _ = load(ROOT)
    assert publication is not None
    css = style(publication.gazette, read_templates(ROOT), ())
    cells = re.findall(r"^\.cells-(\d) \{ --cell: ([\d.]+)em", css, re.MULTILINE)
    assert {int(count): float(width) for count, width in cells} == NAME_CELLS
    assert f"--name-gap: {NAME_GAP}em;" in css
    wide = re.findall(r"\.wide-(\d) \{ width: calc\((\d) \* var\(--cell\) \+ (\d?)", css)
    assert [(n, gaps or "1") for n, _, gaps in wide] == [("2", "1"), ("3", "2"), ("4", "3")]
    assert all(n == cells for n, cells, _ in wide)


def test_a_name_wider_than_a_column_takes_the_whole_of_it() -> None:
    block, _ = read("鄂尔多斯市阿尔巴斯绒山羊科技股份有限公司\n乌兰图鲁旗绿洲草业有限公司")
    grid = name_grid(block)
    assert [(name.name[-6:], grid.cells(name)) for name in block.groups[0].names] == [
        ("股份有限公司", grid.columns),
        ("草业有限公司", grid.columns),
    ]


def test_the_grid_of_a_block_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    block, _ = read("　".join(["欧阳明", "王小明"] * 20))
    made: list[NameList] = []

    def counted(names: NameList) -> NameGrid:
        made.append(names)
        return name_grid(names)

    environment = templating.environment(read_templates(ROOT)).overlay()
    monkeypatch.setitem(environment.filters, "name_grid", counted)
    module: Any = environment.get_template("blocks.html").module
    assert str(module.name_list(block, "x")).count("<li") == 40
    assert made == [block]
