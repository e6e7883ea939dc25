"""The composer: where a paragraph may break, which breaks it takes, and what its lines give and take."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.pdf.composition.chinese_breaks import (
    CLOSING,
    NEVER_FIRST,
    OPENING,
    RANGE,
    SLASH,
    UNIT,
    break_costs,
    is_wide,
)
from liulin_gazette.pdf.composition.paragraph_items import FORCED, Item, Paragraph, measured
from liulin_gazette.pdf.composition.total_fit import (
    MAX_BESIDE_MARK,
    MAX_GAP,
    MAX_LOOSE,
    TOLERANCE,
    VISIBLE_GAP,
    Line,
    Setting,
    compose,
)
from liulin_gazette.pdf.composition.word_costs import whole_word_lines, with_word_costs

EPSILON = 1e-6


def uax(text: str) -> list[bool]:
    """Return a simple UAX #14: breaks beside ideographs and after spaces, none beside quotes and inside Latin."""
    allowed = [False] * len(text)
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        if before in "“”‘’" or after in "“”‘’ ":
            continue
        allowed[index] = before == " " or is_wide(before) or is_wide(after)
    return allowed


def paragraph(text: str, may_tear: bool = False) -> Paragraph:
    """Return ``text`` measured as if an em were 1: Latin and digits take half of it, pairs of marks are closed."""
    items: list[Item] = []
    for index, character in enumerate(text):
        alone = 1.0 if is_wide(character) else 0.25 if character == " " else 0.5
        after = text[index + 1 : index + 2]
        is_closed = character in CLOSING and bool(after) and (after in CLOSING or after in OPENING)
        items.append(Item(character, 0.5 if is_closed else alone, 1.0, alone))
    costs = break_costs(text, uax(text))
    for index, character in enumerate(text[:-1]):
        if character == "\n":
            costs[index + 1] = FORCED
    return measured(items, costs, 1.0, [may_tear] * len(text))


def lines_of(text: str, measure: float, setting: Setting = Setting.TEXT, indent: float = 0.0) -> list[str]:
    lines = compose(paragraph(text, may_tear=True), 0, measure - indent, measure, setting)
    return [text[line.start : line.end] for line in lines]


def width_of(found: Paragraph, line: Line) -> float:
    """Return the width of a line as it is drawn, between its edges."""
    first = found.items[line.start]
    advances = sum(item.width for item in found.items[line.start : line.end])
    lead = line.lead - (first.alone - first.width) if line.lead else 0.0
    return advances - lead + sum(line.gaps) - line.hang


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("开展“三项”行动", {1, 2, 4, 6, 7}),  # Before “ and after ”, not inside the quotes' edges.
        ("“甲”“乙”", {3}),  # Between ” and “.
        ("甲，“乙", {2}),
        ("他说：“好。”又说", {1, 3, 7, 8}),
        ("don’t", set[int]()),
        ("破——折", {1, 3}),
        ("省……略", {3}),
        ("〔2026〕3号", {7}),  # Between a number and its unit: at a cost.
        ("共400元整", {1, 4, 5}),
        ("0358-4022653", set[int]()),
        ("邓　强、王　榕", {4}),
        ("附件：郭　鹏", {1, 3}),
        ("甲县—乙县段", {1, 3, 4, 5}),  # No connector begins a line, nor a slash, which ends none either.
        ("甲～乙", {2}),
        ("每公里/每小时", {1, 2, 5, 6}),
        ("28μg/m³以下", {7, 8}),
        ("按GB/T 9704—2012执行", {1, 6, 11, 15, 16}),
        ("共Altan-Nuur公司", {1, 11, 12}),
        ("号XJ-ALT-2026-017止", {1, 3, 7, 12, 16}),
    ],
)
def test_where_a_line_may_end(text: str, where: set[int]) -> None:
    costs = break_costs(text, uax(text))
    assert {index for index, cost in enumerate(costs) if cost is not None} - {0} == where


@pytest.mark.parametrize(
    "text",
    [
        "网址https://zwgk.liulin-gov.example/2026-1/a-b，",
        "邮箱zheng-wu@liu-lin.example。",
        "见www.liu-lin.cn",
    ],
)
def test_an_address_is_broken_before_a_hyphen_not_after_it(text: str) -> None:
    """Readers of PDF drop a hyphen at the end of a line, since they take it for one of theirs."""
    costs = break_costs(text, uax(text))
    hyphens = [index for index, character in enumerate(text) if character == "-"]
    assert hyphens
    assert all(costs[index] == 0 and costs[index + 1] is None for index in hyphens)


def test_a_long_address_is_parted_before_its_marks() -> None:
    """Not within its words, and no closer to its ends than five characters."""
    text = "网址https://zw.shuiwu.example/ab/cd.html?type=month&region=5308，"
    costs = break_costs(text, uax(text))
    marks = {text.index(mark) for mark in (".shuiwu", ".example", ".html", "?", "=month", "&", "=5308")}
    assert {index for index, cost in enumerate(costs) if cost == SLASH} == marks
    assert all(break_costs(short, uax(short))[3] is None for short in ("www.a.cn", "a.b@c.cn"))


def test_a_line_rather_ends_after_a_connector_than_stays_short_by_half() -> None:
    costs = break_costs("共100～150元", uax("共100～150元"))
    assert costs[4] is None and costs[5] == RANGE
    assert lines_of("一二三四五六123456789012～210987654321件", 18)[0] == "一二三四五六123456789012～"


def test_two_lines_lack_some_rather_than_one_most_of_its_length() -> None:
    found = lines_of("一二三四五六七八abcdefghijklmnopqrstuvwxyz甲乙丙", 18)
    assert found[0] == "一二三四五六七八"


def test_a_unit_is_parted_from_its_number_only_at_a_cost() -> None:
    costs = break_costs("共400元整", uax("共400元整"))
    assert costs[4] == UNIT
    assert costs[5] == 0


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        # No last line of one character: the line before gives one.
        ("一二三四五六七八九十一二三四五六七八九十。终", 21, None),
        ("一二三四五六七八九十一二三四五六七八九十甲。", 20, None),
        # A mark at the end of a line takes half an em, and another one gives the rest.
        ("一二三，五六七八九。一二三四", 9.5, ["一二三，五六七八九。", "一二三四"]),
        # A number stays whole and with its unit; the line rather stays short.
        ("一二三四五123456元甲乙", 8, ["一二三四五", "123456元甲乙"]),
        # A forced break.
        ("一二\n三四五六", 4, ["一二", "三四五六"]),
        # A space vanishes at the end of a line.
        ("第三条 乡镇府", 3, ["第三条", "乡镇府"]),
    ],
)
def test_lines(text: str, measure: float, lines: list[str] | None) -> None:
    found = lines_of(text, measure)
    if lines is not None:
        assert found == lines
    assert len(found[-1].strip("。，")) > 1


def test_an_address_is_parted_only_where_it_cannot_stay_whole() -> None:
    address = "https://www.example.gov.cn/" + "a" * 30
    found = lines_of("网址是" + address, 10)
    assert "".join(found) == "网址是" + address
    assert all(len(line) <= 20 for line in found)


def test_lines_of_latin_words_are_not_opened_without_limit() -> None:
    text = "internationalization standardization gazette"
    found = paragraph(text)
    for line in compose(found, 0, 12.0, 12.0, Setting.TEXT):
        assert max(line.gaps) <= MAX_LOOSE + EPSILON


def test_a_column_narrower_than_a_character_has_one_in_each_line() -> None:
    assert lines_of("柳林县。", 0.3) == ["柳", "林", "县。"] or lines_of("柳林县。", 0.3) == list("柳林县。")


def test_a_first_line_wider_than_the_others_is_used() -> None:
    """The role and the name of a person stand in the hanging indent."""
    text = "一二三四五六七八九十甲乙丙丁"
    lines = compose(paragraph(text), 0, 14.0, 5.0, Setting.TEXT)
    assert [(line.start, line.end) for line in lines] == [(0, 14)]


def test_a_heading_stays_short_rather_than_be_opened() -> None:
    text = "一二三四五六七八九十甲乙丙丁戊己"
    for line in compose(paragraph(text), 0, 15.5, 15.5, Setting.HEADING):
        assert max(line.gaps) <= VISIBLE_GAP + EPSILON


def test_ragged_lines_have_no_gaps_and_no_lone_character() -> None:
    lines = compose(paragraph("一二三四五六七八九"), 0, 4.0, 4.0, Setting.RAGGED)
    assert [line.end - line.start for line in lines] == [3, 3, 3]
    assert not any(any(line.gaps) for line in lines)


def test_a_text_that_is_not_justified_is_squeezed_to_be_one_line() -> None:
    text = "县工科（商务）局副局长"
    (line,) = compose(paragraph(text), 0, 10.6, 10.6, Setting.RAGGED)
    assert min(line.gaps) < 0
    assert len(compose(paragraph(text), 0, 10.2, 10.2, Setting.RAGGED)) == 2


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("县公安局政保大队大队长", 10.0, ["县公安局政保大队", "大队长"]),
        ("县委常委、人武部政治委员", 10.0, ["县委常委、人武部", "政治委员"]),
        ("受害草原面积8000公顷以上的", 8.0, ["受害草原面积", "8000公顷以上的"]),
        ("未经批准擅自兴建殡葬设施的监管", 11.0, ["未经批准擅自兴建殡葬", "设施的监管"]),
        ("魑魅魍魉魑魅魍魉", 6.0, ["魑魅魍魉", "魑魅魍魉"]),
    ],
)
def test_lines_that_are_not_justified_end_at_the_ends_of_words(
    text: str, measure: float, lines: list[str]
) -> None:
    plain = paragraph(text)
    composed = whole_word_lines(plain, with_word_costs(plain), 0, measure, measure)
    assert [text[line.start : line.end] for line in composed] == lines


def test_the_lines_of_a_long_cell_are_filled() -> None:
    text = "发现涉嫌违法行为的，予以审查，决定是否立案；立案后指定专人负责，及时组织调查取证，与当事人有利害关系的应当回避"
    plain = paragraph(text)
    lines = whole_word_lines(plain, with_word_costs(plain), 0, 6.0, 6.0)
    assert len(lines) > 6 and all(line.end - line.start >= 5 for line in lines[:-1])


@pytest.mark.parametrize("measure", [9, 11, 13])
def test_a_name_of_several_parts_is_parted_after_its_mark_in_a_cell(measure: int) -> None:
    text = "阿不都热依木·阿不都克里木"
    plain = paragraph(text)
    lines = whole_word_lines(plain, with_word_costs(plain), 0, measure, measure)
    whole = ["阿不都热依木·", "阿不都克里木"] if measure < 13 else [text]
    assert [text[line.start : line.end] for line in lines] == whole


@given(st.text("县委常务副局长大队的、（）", min_size=1, max_size=300), st.integers(3, 12))
def test_whole_words_take_no_further_line(text: str, measure: int) -> None:
    plain = compose(paragraph(text), 0, measure, measure, Setting.RAGGED)
    found = whole_word_lines(paragraph(text), with_word_costs(paragraph(text)), 0, measure, measure)
    assert len(found) == len(plain)


@pytest.mark.parametrize(
    ("head", "first"), [("收费（元）", "收费"), ("种植面积（亩）", "种植面积"), ("单价（元）", "单价")]
)
def test_a_head_is_broken_before_its_unit(head: str, first: str) -> None:
    lines = compose(paragraph(head), 0, 4.0, 4.0, Setting.RAGGED)
    assert [head[line.start : line.end] for line in lines] == [first, head[len(first) :]]


def test_a_last_line_of_two_characters_without_a_bracket_is_avoided() -> None:
    lines = compose(paragraph("一二三四五六"), 0, 4.0, 4.0, Setting.RAGGED)
    assert [line.end - line.start for line in lines] == [3, 3]


def test_composing_goes_on_in_the_middle_as_after_a_page_break() -> None:
    found = paragraph("依法查处无证无照从事殡葬服务的行为，" * 6)
    whole = compose(found, 0, 16.0, 18.0, Setting.TEXT)
    rest = compose(found, whole[2].start, 18.0, 18.0, Setting.TEXT)
    assert rest == whole[2:]


def test_a_paragraph_of_twenty_thousand_characters() -> None:
    text = "科学制定和调整政府定价范围内的殡葬服务价格，" * 909
    found = paragraph(text)
    lines = compose(found, 0, 16.0, 18.0, Setting.TEXT)
    assert "".join(text[line.start : line.end] for line in lines) == text


TEXTS = st.text(
    alphabet=st.sampled_from("柳林县人民政府公报，。、；：（）《》“”〔〕—…·2026年月号元aBc- /"),
    min_size=1,
    max_size=120,
)


@given(
    TEXTS,
    st.floats(0.3, 30),
    st.floats(-4, 4),
    st.sampled_from(Setting),
    st.booleans(),
)
def test_every_paragraph_has_lines_that_hold_all_of_it(
    text: str, measure: float, indent: float, setting: Setting, may_tear: bool
) -> None:
    found = paragraph(text, may_tear)
    first = max(0.1, measure - indent)
    lines = compose(found, 0, first, measure, setting)
    assert [line.start for line in lines] == [0, *(line.resume for line in lines[:-1])]
    assert lines[-1].resume == len(text)
    for line in lines:
        assert line.start < line.end <= line.resume
        assert not text[line.end : line.resume].strip()
    assert lines == compose(paragraph(text, may_tear), 0, first, measure, setting)


@given(TEXTS, st.floats(12, 30), st.sampled_from((Setting.TEXT, Setting.HEADING)))
def test_lines_are_flush_or_short_and_within_the_limits(text: str, measure: float, setting: Setting) -> None:
    found = paragraph(text)
    for line in compose(found, 0, measure, measure, setting):
        is_parted = all(found.costs[index] is None for index in range(line.start + 1, line.end))
        assert width_of(found, line) <= measure + TOLERANCE + EPSILON or is_parted
        for index, gap in enumerate(line.gaps[:-1], line.start):
            kind = found.kinds[index]
            most = (0.0, MAX_GAP, MAX_LOOSE, MAX_BESIDE_MARK)[kind]
            assert -sum(found.shrinks[index]) - EPSILON <= gap <= most + EPSILON


@given(TEXTS, st.floats(8, 30))
def test_no_line_begins_or_ends_with_what_it_must_not(text: str, measure: float) -> None:
    lines = compose(paragraph(text), 0, measure, measure, Setting.TEXT)
    for line, after in pairwise(lines):
        assert text[after.start] not in NEVER_FIRST
        assert text[line.end - 1] not in OPENING or text[line.end] == " "


def gaps_of(text: str, excess: float) -> dict[str, float]:
    """Return what the marks of ``text`` give, two by two, when it is set in one line that is too short by ``excess``."""
    found = paragraph(text)
    (line,) = compose(found, 0, sum(item.width for item in found.items) - excess, 99, Setting.TEXT)
    return {text[index : index + 2]: round(-gap, 3) for index, gap in enumerate(line.gaps) if gap}


@pytest.mark.parametrize(
    ("text", "excess", "expected"),
    [
        # Middle dots, then brackets down to three quarters of an em, then pauses, then both down to half an em.
        ("甲·乙（丙）丁，戊己", 0.4, {"甲·": 0.2, "·乙": 0.2}),
        ("甲·乙（丙）丁，戊己", 0.9, {"甲·": 0.25, "·乙": 0.25, "乙（": 0.2, "）丁": 0.2}),
        ("甲（3）丁，戊己", 0.6, {"甲（": 0.25, "）丁": 0.25, "，戊": 0.1}),
        ("甲（3）丁，戊己", 0.95, {"甲（": 0.35, "）丁": 0.35, "，戊": 0.25}),
        ("甲（3）丁，戊己", 1.4, {"甲（": 0.5, "）丁": 0.5, "，戊": 0.4}),
        # Full stops last; question marks stand in the middle of their em in some faces.
        ("甲，乙。丙丁", 0.5, {"甲，": 0, "，乙": 0.5}),
        ("甲，乙。丙丁", 0.8, {"，乙": 0.5, "。丙": 0.3}),
        ("甲？乙，丙丁", 0.4, {"，丙": 0.4}),
    ],
)
def test_which_mark_gives_first(text: str, excess: float, expected: dict[str, float]) -> None:
    assert gaps_of(text, excess) == {pair: gap for pair, gap in expected.items() if gap}


def test_a_space_between_words_keeps_a_quarter_of_an_em() -> None:
    wide = [Item(" " if each == " " else each, 0.4 if each == " " else 0.5, 1.0, 0.5) for each in "ab cd"]
    found = measured(wide, [None] * 5, 1.0, [False] * 5)
    assert found.shrinks[2][0] == pytest.approx(0.15)
    assert not any(paragraph("ab cd").shrinks[2])


@pytest.mark.parametrize("text", ("甲～乙", "甲／乙", "3％", "甲-乙", "5℃", "——"))
def test_no_gap_opens_beside_a_connector_or_before_a_sign(text: str) -> None:
    found = paragraph(text)
    assert not any(found.kinds[:-1])
