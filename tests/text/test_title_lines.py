"""Titles in lines: whole words, the grammar of titles, even lines, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.text.display_lines import em_width
from liulin_gazette.text.title_lines import (
    INSTRUMENT_MEASURE,
    MEASURE,
    filled_lines,
    lines_on_page,
    note_lines,
    title_lines,
)
from liulin_gazette.text.title_words import title_words

TITLES = Path(__file__).parent / "official-titles.tsv"
"""500 titles: the issuer, where one is named, and the title with / at the end of each word.

300 are of counties that do not exist, in the usual grammar; the others are titles of laws and judicial interpretations.
"""
CONTENTS_MEASURE = 34
WHOLE = (
    "2026年度", "项目", "张建国", "养老保险", "二十九件", "〔2026〕13号", "第十四届", "李志强", "欧阳文斌", "王海燕", "副县长",
)  # fmt: skip


def rows() -> list[tuple[tuple[str, ...], str, set[int]]]:
    """Return the issuers, the title and the offsets of the ends of its words, of each title."""
    result: list[tuple[tuple[str, ...], str, set[int]]] = []
    for line in TITLES.read_text("utf-8").splitlines():
        issuer, divided = line.split("\t")
        ends: set[int] = set()
        length = 0
        for word in divided.split("/"):
            length += len(word)
            ends.add(length)
        result.append(((issuer,) if issuer else (), divided.replace("/", ""), ends))
    return result


def line_ends(lines: tuple[str, ...]) -> list[int]:
    """Return the offsets at which all lines but the last end."""
    ends: list[int] = []
    for line in lines[:-1]:
        ends.append((ends[-1] if ends else 0) + len(line))
    return ends


def test_lines_end_where_words_end() -> None:
    titles = rows()
    assert len(titles) == 500
    breaks, bad = 0, list[str]()
    for issuers, title, ends in titles:
        for lines in (
            title_lines(title, issuers),
            title_lines(title, measure=INSTRUMENT_MEASURE),
            filled_lines(title, CONTENTS_MEASURE),
        ):
            assert "".join(lines) == title
            breaks += len(lines) - 1
            bad += [" | ".join(lines) for end in line_ends(lines) if end not in ends]
    assert breaks > 1000
    assert len(bad) <= breaks * 0.01, bad


def test_lines_are_few_and_hold_no_fragment() -> None:
    for issuers, title, _ in rows():
        lines = title_lines(title, issuers)
        assert all(em_width(line) <= MEASURE for line in lines), lines
        assert min(map(em_width, lines[1:]), default=9) >= 4, lines
        assert not any(line[0] in "的、，）》”〕" for line in lines), lines
        assert not any(line[-1] in "（《“〔和及与" or line.endswith("关于") for line in lines), lines


@pytest.mark.parametrize(
    "title",
    [
        "云泽县人民政府关于公布2026年度县级重点建设项目名单的通知",
        "云泽县人民政府关于张建国等同志职务任免的通知",
        "虚州市人民政府办公室关于印发虚州市城乡居民基本养老保险实施办法的通知",
        "最高人民法院关于修改《关于破产企业国有划拨土地使用权应否列入破产财产等问题的批复》等二十九件司法解释的决定",
        "关于转发〔2026〕13号文件和做好第十四届全国运动会群众体育比赛保障工作的通知",
        "云泽县人民政府关于任命李志强、欧阳文斌、王海燕为云泽县人民政府副县长的决定",
    ],
)
@pytest.mark.parametrize("measure", [12, 15, 18, 21, 24])
def test_what_stays_whole(title: str, measure: int) -> None:
    lines = title_lines(title, measure=measure)
    assert "".join(lines) == title
    for part in WHOLE:
        assert part not in title or any(part in line for line in lines), (part, lines)


@pytest.mark.parametrize(
    ("issuer", "lines"),
    [
        ("云泽县人民政府", "关于公布2026年度县级|重点建设项目名单的通知"),
        ("云泽县人民政府办公室", "关于印发云泽县城乡居民|基本养老保险实施办法的通知"),
        ("云泽县人民政府办公室", "关于调整县征兵工作领导小组|及办公室组成人员的通知"),
        ("云泽县民政局", "关于印发《云泽县殡葬领域跨部门|综合监管工作实施方案》的通知"),
        (
            "云泽县人民政府办公室",
            "转发县发展和改革委员会|县农牧和科技局县住房和城乡建设局|关于进一步做好高标准农田建设工作意见的通知",
        ),
        ("云泽县人民政府办公室", "转发县财政局县人力资源和社会保障局|县教育和体育局关于某项工作意见的通知"),
    ],
)
def test_titles_as_an_editor_breaks_them(issuer: str, lines: str) -> None:
    title = issuer + lines.replace("|", "")
    assert title_lines(title, (issuer,)) == (issuer, *lines.split("|"))


AUTONOMOUS = "双江拉祜族佤族布朗族傣族自治县"


@pytest.mark.parametrize(
    "place",
    [
        AUTONOMOUS,
        "积石山保安族东乡族撒拉族自治县",
        "道真仡佬族苗族自治县",
        "莫力达瓦达斡尔族自治旗",
        "巴里坤哈萨克自治县",
    ],
)
@pytest.mark.parametrize("measure", [12, 15, 18, 21, 27, 34])
def test_no_people_in_the_name_of_an_autonomous_county_is_parted(place: str, measure: int) -> None:
    title = f"{place}人民政府办公室关于转发{place}财政局　{place}农业农村局农村公路管理办法的通知"
    peoples = (
        "拉祜族",
        "佤族",
        "布朗族",
        "傣族",
        "保安族",
        "东乡族",
        "撒拉族",
        "仡佬族",
        "苗族",
        "达斡尔族",
        "哈萨克",
        "自治",
    )
    for lines in (title_lines(title, measure=measure), filled_lines(title, measure)):
        assert "".join(lines) == title
        for people in peoples:
            assert sum(line.count(people) for line in lines) == title.count(people), lines


def test_an_autonomous_county_and_what_follows_the_first_issuer_stay_whole() -> None:
    issuers = (f"{AUTONOMOUS}民族宗教事务局", f"{AUTONOMOUS}教育体育局")
    title = f"{issuers[0]}等五部门关于做好2025年少数民族传统节日期间安全稳定工作的通知"
    assert title_lines(title, issuers)[:2] == (AUTONOMOUS, "民族宗教事务局等五部门")
    assert (
        title_lines("云泽县民政局等8个部门关于做好2025年少数民族传统节日工作的通知", ("云泽县民政局",))[0]
        == "云泽县民政局等8个部门"
    )


def test_each_issuer_has_a_line() -> None:
    title = "云泽县财政局　云泽县农业农村局关于印发云泽县耕地地力保护补贴实施方案的通知"
    lines = title_lines(title, ("云泽县财政局", "云泽县农业农村局"))
    assert lines[:2] == ("云泽县财政局　", "云泽县农业农村局")
    assert "".join(lines) == title


def test_no_line_is_shorter_than_those_around_it_where_that_can_be_helped() -> None:
    waisted = 0
    for _, title, _ in rows():
        widths = [em_width(line) for line in title_lines(title)]
        waisted += any(
            widths[index - 1] - 1 > widths[index] < widths[index + 1] - 1
            for index in range(1, len(widths) - 1)
        )
    assert waisted <= 5


@pytest.mark.parametrize("title", ["A" * 60, "《" * 30, "的" * 40])
def test_what_has_no_place_to_break_is_one_line(title: str) -> None:
    assert title_lines(title) == (title,)


@given(st.text("云泽县的关于印发《》“”（）、2026年度项目方案A —和养老保险", max_size=90), st.integers(3, 30))
def test_any_text_in_lines_is_the_text(text: str, measure: int) -> None:
    for lines in (
        title_lines(text, measure=measure),
        filled_lines(text, measure),
        note_lines(text, measure),
        lines_on_page(title_lines(text), text, (), measure),
        lines_on_page((text,), text, (), measure),
    ):
        assert "".join(lines) == text
        assert text == "" or all(lines)


@given(st.text(max_size=60))
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(title_words(text)) == text


@pytest.mark.parametrize("measure", [14, 19, 24, 32])
def test_a_note_below_a_title_parts_no_date(measure: int) -> None:
    note = "（2026年3月29日云泽县第十八届人民代表大会第三次会议通过　根据2027年12月30日的决定修正）"
    lines = note_lines(note, measure)
    assert "".join(lines) == note and all(em_width(line.rstrip("　")) <= measure for line in lines)
    for date in ("2026年3月29日", "2027年12月30日"):
        assert sum(date in line for line in lines) == 1, lines


def test_a_date_is_not_parted() -> None:
    title = "积石山保安族东乡族撒拉族自治县震后恢复重建大事记（2023年12月18日至2025年9月30日）"
    for lines in (title_lines(title), filled_lines(title, 36), filled_lines(title, 20)):
        assert "".join(lines) == title
        assert any("2023年12月18日" in line for line in lines) and any(
            "2025年9月30日" in line for line in lines
        )
