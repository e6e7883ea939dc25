"""Names of offices stay whole in titles: registered names, their short forms, and no others."""

from __future__ import annotations

import pytest

from liulin_gazette.text.display_lines import em_width
from liulin_gazette.text.title_lines import title_lines
from liulin_gazette.text.whole_names import name_runs, name_spans, own_name, places_in, short_name

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
    names = (*NAMES, *(short_name(name, places_in(NAMES)) for name in NAMES))
    runs = name_runs(title, names)
    assert "".join(run for run, _ in runs) == title
    assert [run for run, is_name in runs if is_name] == kept
    assert [title[start:end] for start, end in name_spans(title, names)] == kept


@pytest.mark.parametrize(
    ("name", "own", "short"),
    [
        ("方山县市场监督管理局", "市场监督管理局", "县市场监督管理局"),
        ("方山县城市管理局", "城市管理局", "县城市管理局"),
        ("方山县区域合作局", "区域合作局", "县区域合作局"),
        ("城市管理局", "城市管理局", "城市管理局"),
        ("社区矫正管理局", "社区矫正管理局", "社区矫正管理局"),
        ("开发区管委会", "开发区管委会", "开发区管委会"),
        ("方山县人民政府", "方山县人民政府", "县人民政府"),
        ("方山县人民政府办公室", "方山县人民政府办公室", "县人民政府办公室"),
        ("双江拉祜族佤族布朗族傣族自治县民政局", "民政局", "县民政局"),
        ("吕梁市民政局", "吕梁市民政局", "吕梁市民政局"),
        ("方山县", "方山县", "方山县"),
        ("方山县局", "方山县局", "方山县局"),
        ("", "", ""),
    ],
)
def test_a_name_begins_with_a_place_that_is_known(name: str, own: str, short: str) -> None:
    places = places_in(
        ["方山县人民政府办公室", "双江拉祜族佤族布朗族傣族自治县人民政府", "人民政府", "林业局"]
    )
    assert places == ("双江拉祜族佤族布朗族傣族自治县", "方山县")
    assert (own_name(name, places), short_name(name, places)) == (own, short)


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


@pytest.mark.parametrize("length", range(8, 14))
@pytest.mark.parametrize("title", ["关于成立“{}”筹备组的通知", "{}、{}关于“{}”的通知", "{}{}", "（{}）"])
def test_no_line_of_a_phone_is_too_wide_for_a_name(title: str, length: int) -> None:
    name = "云泽县农业农村和水利水务局"[-length:]
    whole = title.format(name, name, name)
    lines = title_lines(whole, measure=12, names=(name,))
    assert "".join(lines) == whole
    if any(em_width(line) > 12 for line in lines):
        assert lines == title_lines(whole, measure=12), "without the names it has no place to break either"


def test_a_name_with_a_mark_beside_it_is_whole_where_both_fit() -> None:
    name = "云泽县农业农村水利局"
    lines = title_lines(f"关于成立“{name}”筹备组的通知", measure=12, names=(name,))
    assert any(name in line for line in lines), lines
    longer = "云泽县农业农村和水利局"
    lines = title_lines(f"关于成立“{longer}”筹备组的通知", measure=12, names=(longer,))
    assert lines == ("关于成立“云泽县农业农村", "和水利局”筹备组的通知")
