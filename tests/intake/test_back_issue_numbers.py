"""The number, total number and date of a back issue: from its name, its cover and its running heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from liulin_gazette.intake.back_issues.archive_records import EXISTING, WRITTEN
from liulin_gazette.intake.back_issues.archive_series import KnownIssue, series_findings, year_rows
from liulin_gazette.intake.back_issues.issue_evidence import (
    Clue,
    IssueNumber,
    clue_of_cover,
    clue_of_heads,
    clue_of_name,
)
from liulin_gazette.intake.back_issues.issue_identity import against_series, identity_of
from liulin_gazette.model.series import Series, SeriesException

ISSUE_3 = IssueNumber(3)


@pytest.mark.parametrize(
    ("name", "year", "number", "total", "day"),
    [
        ("2018/第3期.pdf", 2018, ISSUE_3, None, None),
        ("2018年第3期.pdf", 2018, ISSUE_3, None, None),
        ("2018-03.docx", 2018, ISSUE_3, None, None),
        ("2018_3.ofd", 2018, ISSUE_3, None, None),
        ("二〇一八年第三期.pdf", 2018, ISSUE_3, None, None),
        ("2018年第3-4期合刊.pdf", 2018, IssueNumber(3, 4), None, None),
        ("2018-3-4.pdf", 2018, IssueNumber(3, 4), None, None),
        ("2018年增刊第2期.pdf", 2018, IssueNumber(2, 0, "增刊"), None, None),
        ("2018年特刊.pdf", 2018, IssueNumber(1, 0, "特刊"), None, None),
        ("2018年第7期（增刊）.pdf", 2018, IssueNumber(7), None, None),
        ("总第45期.pdf", None, None, 45, None),
        ("公报第十二期（总第五十期）.pdf", None, IssueNumber(12), 50, None),
        ("20180330.pdf", None, None, None, date(2018, 3, 30)),
        ("2018-03-30 第2期.pdf", None, IssueNumber(2), None, date(2018, 3, 30)),
    ],
)
def test_a_file_is_named_in_many_ways(
    name: str, year: int | None, number: IssueNumber | None, total: int | None, day: date | None
) -> None:
    clue = clue_of_name(name)
    assert clue is not None
    assert (clue.year or (day and day.year), clue.number, clue.total, clue.day) == (
        year or (day and day.year),
        number,
        total,
        day,
    )


@pytest.mark.parametrize(
    "name", ["扫描001.pdf", "公报.docx", "IMG_1234.pdf", "第13453期.pdf", "20181399.pdf"]
)
def test_other_names_say_nothing(name: str) -> None:
    clue = clue_of_name(name)
    assert clue is None or (clue.number is None and clue.day is None)


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        (("某公报", "2018·3", "（总第45期）"), (2018, ISSUE_3, 45, None)),
        (("2018", "第3期", "二〇一八年六月三十日出版"), (2018, ISSUE_3, None, date(2018, 6, 30))),
        (("2018年第3、4期合刊",), (2018, IssueNumber(3, 4), None, None)),
        (("2018年6月1日印发", "出版日期：2018年6月30日"), (None, None, None, date(2018, 6, 30))),
    ],
)
def test_a_cover_says_it_on_one_line_or_on_several(
    cover: Sequence[str], expected: tuple[object, ...]
) -> None:
    clue = clue_of_cover("封面", cover)
    assert clue is not None
    assert (clue.year, clue.number, clue.total, clue.day) == expected


def test_what_is_no_cover_says_nothing() -> None:
    assert clue_of_cover("封面", ["目录", "政府文件", "主办：县政府办公室"]) is None


def test_most_running_heads_decide() -> None:
    clue = clue_of_heads(["公报　2018年第3期", "— 5 —", "引文 2017年第1期", "公报　2018年第3期"])
    assert clue is not None
    assert (clue.year, clue.number) == (2018, ISSUE_3)


def test_what_disagrees_stays_open_and_is_told() -> None:
    cover = Clue("封面", "", 2018, ISSUE_3, 45, date(2018, 6, 30))
    heads = Clue("页眉", "", 2018, ISSUE_3, 46)
    name = Clue("文件名", "", 2018, IssueNumber(4), None, date(2020, 1, 1))
    identity = identity_of((cover, heads, name))
    assert (identity.year, identity.number, identity.total, identity.day) == (
        2018,
        None,
        None,
        date(2018, 6, 30),
    )
    assert [each.told for each in identity.conflicts] == [
        "封面、页眉写作第3期，文件名写作第4期",
        "封面写作总第45期，页眉写作总第46期",
    ]
    decided = identity_of((cover, name), Clue("期号.toml", "", 2018, IssueNumber(4)))
    assert (decided.name, decided.conflicts) == ("2018-4", ())


SERIES = Series(2018, 1, 21, 6, (SeriesException(2018, 3, "合刊", 4), SeriesException(2018, 6, "停刊")))


@pytest.mark.parametrize(
    ("number", "total", "words"),
    [
        (IssueNumber(1), 21, None),
        (IssueNumber(7), 27, "只有 6 期"),
        (IssueNumber(1), 22, "应是总第21期"),
        (IssueNumber(1), None, "推出总第21期"),
        (IssueNumber(3), 23, "登记第3—4期合刊"),
        (IssueNumber(6), 25, "停刊"),
        (IssueNumber(1, 0, "增刊"), None, None),
    ],
)
def test_a_number_is_held_against_the_settings(
    number: IssueNumber, total: int | None, words: str | None
) -> None:
    told = against_series(identity_of([Clue("封面", "", 2018, number, total, date(2018, 2, 28))]), SERIES)
    assert (told == ()) if words is None else any(words in each for each in told)


def known(
    number: int, total: int, day: date, *, year: int = 2018, merged: int = 0, source: str = "a"
) -> KnownIssue:
    return KnownIssue(year, IssueNumber(number, merged), total, day, WRITTEN, source)


def test_gaps_doubles_and_what_is_out_of_order_are_told() -> None:
    issues = [
        known(1, 21, date(2018, 2, 28)),
        known(1, 21, date(2018, 2, 28), source="b"),
        known(3, 22, date(2018, 1, 31), merged=4),
        known(1, 21, date(2019, 2, 28), year=2019),
    ]
    assert set(series_findings(SERIES, issues)) == {
        "2018年第1期有 2 份：a、b",
        "缺 2018 年第2期",
        "缺 2018 年第5期",
        "2018年第3—4期（合刊）的出版日期（2018-01-31）早于2018年第1期（2018-02-28）",
        "总第21期有 2 期：2018年第1期、2019年第1期",
        "2019年第1期的总期号（21）小于2018年第3—4期（合刊）（22）",
    }
    rows = year_rows(SERIES, issues)
    assert [words for words, _ in rows[0].cells] == [
        "2 份",
        "缺",
        "草稿（合刊）",
        "草稿（合刊）",
        "缺",
        "停刊",
    ]
    assert [words for words, _ in rows[1].cells] == ["草稿", "", "", "", "", ""]


def test_a_whole_series_has_no_findings() -> None:
    issues = [
        known(1, 21, date(2018, 2, 28)),
        known(2, 22, date(2018, 4, 30)),
        known(3, 23, date(2018, 8, 31), merged=4),
        replace(known(5, 24, date(2018, 10, 31)), state=EXISTING),
    ]
    assert series_findings(SERIES, issues) == ()
