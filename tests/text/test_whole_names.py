"""Names of offices stay whole in titles: registered names, their short forms, and no others."""

from __future__ import annotations

import pytest

from liulin_gazette.text.title_lines import title_lines
from liulin_gazette.text.whole_names import name_runs, name_spans

NAMES = (
    "云泽县人民政府",
    "云泽县人民政府办公室",
    "云泽县退役军人事务局",
    "积石山保安族东乡族撒拉族自治县人民政府",
    "林业局",
)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("云泽县人民政府办公室关于调整领导小组的通知", ["云泽县人民政府办公室"]),
        ("云泽县人民政府关于同意云泽县退役军人事务局挂牌的批复", ["云泽县人民政府", "云泽县退役军人事务局"]),
        ("关于转发县退役军人事务局工作方案的通知", ["县退役军人事务局"]),
        ("积石山保安族东乡族撒拉族自治县人民政府关于防火的通告", ["县人民政府"]),
        ("林业局关于防火的通告", []),
        ("白水县人民政府关于防火的通告", ["县人民政府"]),
        ("", []),
    ],
)
def test_registered_names_are_whole(title: str, kept: list[str]) -> None:
    runs = name_runs(title, NAMES)
    assert "".join(run for run, _ in runs) == title
    assert [run for run, is_name in runs if is_name] == kept
    assert [title[start:end] for start, end in name_spans(title, NAMES)] == kept


def test_a_name_may_be_any_text() -> None:
    assert name_runs("a.b*c 的通知", ("a.b*c",)) == [("a.b*c", True), (" 的通知", False)]
    assert name_runs("任何标题", ()) == [("任何标题", False)]


def test_a_title_on_a_phone_does_not_part_a_name() -> None:
    """Without the register, 平遥县林草水务综合 and 服务局 could stand on two lines."""
    name = "平遥县林草水务综合服务局"
    title = f"关于印发{name}工作规则的通知"
    lines = title_lines(title, measure=12, names=(name,))
    assert "".join(lines) == title and name in lines


def test_a_name_that_is_wider_than_a_line_is_broken() -> None:
    name = "平遥县林草水务综合服务局"
    lines = title_lines(f"关于印发{name}工作规则的通知", measure=9, names=(name,))
    assert all(len(line) <= 9 for line in lines)
