"""The contents list of a back issue: its forms, the titles that it names, and the pages that are printed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from liulin_gazette.intake.back_issues.entry_places import places_of
from liulin_gazette.intake.back_issues.issue_contents import ContentsEntry, contents_of
from liulin_gazette.intake.back_issues.paper_pages import paper_pages
from tests.intake.back_issues import lines


def entries(*texts: str) -> list[tuple[str, str, str, int]]:
    contents = contents_of(lines("目　录", *texts))
    return (
        [(each.section, each.title, each.number, each.page) for each in contents.entries] if contents else []
    )


def test_a_contents_list_is_read_in_many_forms() -> None:
    assert entries(
        "【政府文件】",
        "某县人民政府关于甲的通知……………… 1某县人民政府关于乙的通知（某政发〔2018〕3号）······（3）",
        "某县人民政府办公室",
        "关于丙的通知\t12某县教育局关于丁的意见 13某县教育局关于第 3次会议的意见\t14",
        "资料",
        "政府工作报告（15）",
        "某县2018年2月大事记 …………………",
        "20",
        "某县人民政府办公室关于印发………………方案的通知\t21-24",
        "正文从这里开始，没有页码。",
    ) == [
        ("政府文件", "某县人民政府关于甲的通知", "", 1),
        ("政府文件", "某县人民政府关于乙的通知", "某政发〔2018〕3号", 3),
        ("政府文件", "某县人民政府办公室关于丙的通知", "", 12),
        ("政府文件", "某县教育局关于丁的意见", "", 13),
        ("政府文件", "某县教育局关于第3次会议的意见", "", 14),
        ("资料", "政府工作报告", "", 15),
        ("资料", "某县2018年2月大事记", "", 20),
        ("资料", "某县人民政府办公室关于印发方案的通知", "", 21),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("没有目录", "某县人民政府关于甲的通知", "某政发〔2018〕3号"),
        ("某政发〔2018〕3号", "目录", "一、总则\t1", "二、附则\t3"),
        ("目录", "只有一条的通知……3", "正文。"),
        ("目录", "2018年3月5日", "电话：2345678"),
    ],
)
def test_what_is_no_contents_list_of_an_issue_is_left(texts: Sequence[str]) -> None:
    assert contents_of(lines(*texts)) is None


def test_titles_are_found_as_whole_lines_first_on_their_page() -> None:
    wanted = [
        ContentsEntry("", "某县人民政府关于甲的通知", "", 1, ""),
        ContentsEntry("", "更正", "", 2, ""),
        ContentsEntry("", "某县人民政府关于丙事的通知", "", 9, ""),
        ContentsEntry("", "没有登的通知和别的文件", "", 4, ""),
    ]
    parts = lines(
        "某县人民政府", "关于甲的通知", "按照某县人民政府关于甲的通知，", "更正", "某县人民政府关于丙亊的通知"
    )
    found = places_of(wanted, parts, (1, 1, 1, 2, 8), 0)
    assert {index: (each.start, each.end, each.is_exact) for index, each in found.items()} == {
        0: (0, 2, True),
        1: (3, 4, True),
        2: (4, 5, False),
    }


@pytest.mark.parametrize(
    ("running", "last", "expected"),
    [
        ([(5, "— 1 —"), (6, "— 2 —")], 7, {5: 1, 6: 2, 7: 3}),
        ([(4, "2"), (5, "3")], 5, {3: 1, 4: 2, 5: 3}),
        ([(5, "— 1 —"), (6, "公报"), (7, "— 9 —")], 7, {}),
        ([], 3, {}),
    ],
)
def test_printed_pages_count_on_where_two_agree(
    running: list[tuple[int, str]], last: int, expected: dict[int, int]
) -> None:
    assert paper_pages(running, last) == expected
