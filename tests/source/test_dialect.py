"""The Markdown dialect: the block of each mark; no text is lost, and none makes the reader fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Roster,
    Signature,
    Span,
    Table,
    plain,
)
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.front_matter import split
from liulin_gazette.source.markdown.markdown_blocks import read_blocks
from liulin_gazette.text.raised_characters import may_be_written


def read(body: str) -> tuple[Block, ...]:
    findings = FindingCollector()
    blocks = read_blocks(body, "content/2026-1/01.md", Folder("content/2026-1"), findings)
    assert findings.items == []
    return blocks


def text_of(body: str) -> str:
    (block, _) = read(body)
    assert isinstance(block, Paragraph)
    return plain(block.text)


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("**时限:**3月底", (Span("时限:", True), Span("3月底"))),
        ("**(a)**b和**c.**d", (Span("(a)", True), Span("b和"), Span("c.", True), Span("d"))),
        ("甲:**乙**", (Span("甲:"), Span("乙", True))),
        ("**甲**:**乙**", (Span("甲", True), Span(":"), Span("乙", True))),
        ("\\*\\*为优等", (Span("**为优等"),)),
        ("**等次**：\\*\\*", (Span("等次", True), Span("：**"))),
    ],
)
def test_strong_text_ends_where_it_was_typed_to_end(body: str, spans: tuple[Span, ...]) -> None:
    block, *_ = read(body)
    assert isinstance(block, Paragraph) and block.text == spans


@pytest.mark.parametrize("body", ["**时限", "时限:**三月底", "**甲**:**乙", "\\*\\*甲**乙"])
def test_half_of_a_mark_of_strong_text_is_told(body: str) -> None:
    findings = FindingCollector()
    read_blocks(body, "content/2026-1/01.md", Folder("content/2026-1"), findings)
    assert [each.code for each in findings.items] == ["S020"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("1. 根据国务院有关规定", "1. 根据国务院有关规定"),
        ("- 不是列表", "- 不是列表"),
        ("甲行\n乙行", "甲行乙行"),
        ("甲行 \n乙行", "甲行乙行"),
        ("word\nword", "word word"),
        ("GB/T 9704\n规定", "GB/T 9704规定"),
        ("5 < 6，&amp; 和 `码`", "5 < 6，&amp; 和 `码`"),
        ("138****1234", "138****1234"),
        ("星号\\*和\\_", "星号*和_"),
        ("    缩进不是代码", "缩进不是代码"),
        ("> 不是引用", "> 不是引用"),
        ("[不是](链接)", "[不是](链接)"),
        ("（1）甲；", "（1）甲；"),
    ],
)
def test_text_is_kept(body: str, text: str) -> None:
    assert text_of(body) == text


def test_full_width_spaces_that_place_a_line_are_kept() -> None:
    blocks = read(
        "　　一段。\n\n　　　　　年　　月　　日\n\n　　　　误缩的一段。\n\n::: 附件 表\n　　　单位（盖章）：\n:::"
    )
    first, placed, sentence = (block for block in blocks if isinstance(block, Paragraph))
    assert (first.role, plain(first.text)) == ("text", "一段。")
    assert (placed.role, plain(placed.text)) == ("placed", "　　　　　年　　月　　日")
    assert (sentence.role, plain(sentence.text)) == ("text", "误缩的一段。")
    (annex,) = (block for block in blocks if isinstance(block, Annex))
    assert [plain(block.text) for block in annex.blocks if isinstance(block, Paragraph)] == [
        "　　　单位（盖章）："
    ]


def test_the_words_below_the_title_of_a_regulation_are_no_running_text() -> None:
    (_, instrument) = read(
        "# 某县护林条例\n\n（2026年1月5日某县人大通过　2026年3月1日某市人大批准）\n\n（一）甲。"
    )
    assert isinstance(instrument, Instrument)
    assert [block.role for block in instrument.blocks if isinstance(block, Paragraph)] == ["headnote", "text"]


def test_full_width_spaces_in_a_cell_are_kept() -> None:
    (table, _) = read("| 项目 | 　 |\n| --- | --- |\n| 　增值税 | 2 |\n|  　　　玉米 \\ 　粒　 | 1 |\n")
    assert isinstance(table, Table)
    assert [[plain(cell.text) for cell in row] for row in table.rows] == [
        ["项目", ""],
        ["　增值税", "2"],
        ["　　　玉米\n　粒　", "1"],
    ]


def test_bold_beside_chinese_marks() -> None:
    (block, _) = read("把**《条例》**印发；**（一）加强宣传。**充分调动")
    assert isinstance(block, Paragraph)
    assert block.text == (
        Span("把"), Span("《条例》", True), Span("印发；"), Span("（一）加强宣传。", True), Span("充分调动"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        (
            "CO[下:2]与10[上：-3]",
            (Span("CO"), Span("2", position="sub"), Span("与10"), Span("-3", position="super")),
        ),
        (
            "**SO[下:4][上:2-]。**甲",
            (
                Span("SO", True),
                Span("4", True, "sub"),
                Span("2-", True, "super"),
                Span("。", True),
                Span("甲"),
            ),
        ),
        ("P[下:总]", (Span("P"), Span("总", position="sub"))),
        ("\\[上:2]", (Span("[上:2]"),)),
        ("3~5天、8~10人，x^2^，[上面:2]", (Span("3~5天、8~10人，x^2^，[上面:2]"),)),
    ],
)
def test_raised_and_lowered_text(body: str, spans: tuple[Span, ...]) -> None:
    (block, _) = read(body)
    assert isinstance(block, Paragraph)
    assert block.text == spans


@pytest.mark.parametrize(
    "mark", ["[下:2", "[下:]", "[上: 2]", "[上:**2**]", "[上:[下:2]]", f"[上:{'1' * 21}]", "[上:2\n]"]
)
def test_a_mark_that_is_not_complete_is_an_error_and_stays_text(mark: str) -> None:
    findings = FindingCollector()
    (block, _) = read_blocks(f"甲{mark}乙", "content/2026-1/01.md", Folder("content/2026-1"), findings)
    assert "S070" in {each.code for each in findings.items}
    assert isinstance(block, Paragraph) and ("[上:" in plain(block.text) or "[下:" in plain(block.text))


@given(st.sampled_from(["上", "下"]), st.text("0123456789+-=()nx.总a", min_size=1, max_size=20))
def test_raised_text_is_as_long_as_it_was_written(name: str, words: str) -> None:
    text = text_of(f"甲[{name}:{words}]乙")
    assert len(text) == len(words) + 2
    assert all(may_be_written(each, written) for each, written in zip(text[1:-1], words, strict=True))


def test_a_run_in_heading_may_have_lowered_text() -> None:
    (block, _) = read("**（一）CO[下:2]减排。**充分")
    assert isinstance(block, Paragraph)
    assert (block.role, plain(block.run_in_head)) == ("run-in", "（一）CO₂减排。")


def test_roles_of_paragraphs() -> None:
    blocks = read("**（一）宣传。**充分\n\n**总指挥**\n\n附件：清单\n\n正文")
    assert [block.role for block in blocks if isinstance(block, Paragraph)] == [
        "run-in", "label", "annex-note", "text",
    ]  # fmt: skip


def test_headings_keep_their_numbers_and_are_addressed_by_them() -> None:
    blocks = read("## 一、总则\n\n### （二）目的\n\n#### 3. 细则\n\n## 十二、附则")
    headings = [block for block in blocks if isinstance(block, Heading)]
    assert [plain(heading.text) for heading in headings] == [
        "一、总则",
        "（二）目的",
        "3. 细则",
        "十二、附则",
    ]
    assert [heading.anchor for heading in headings] == ["s1", "s1-2", "s1-2-3", "s12"]


def test_articles() -> None:
    (article, _) = read("第二十三条 本制度自发文之日起执行。")
    assert isinstance(article, Article)
    assert (article.label, article.number, article.anchor) == ("第二十三条", 23, "article-23")


def test_signature_stands_before_the_instrument_or_at_the_end_before_annexes() -> None:
    kinds = [type(block) for block in read("正文\n\n# 方案\n\n内容\n\n::: 附件 清单\n文\n:::")]
    assert kinds == [Paragraph, Signature, Instrument, Annex]
    assert [type(block) for block in read("正文\n\n::: 附件 清单\n文\n:::")] == [Paragraph, Signature, Annex]
    assert [type(block) for block in read("正文\n\n# 方案\n\n文\n\n::: 落款\n:::")] == [
        Paragraph,
        Instrument,
        Signature,
    ]


def test_an_appendix_is_an_annex_of_its_own_name() -> None:
    *_, appendix = read("正文。\n\n::: 附录 1 术语\n甲。\n:::")
    assert isinstance(appendix, Annex)
    assert (appendix.label, appendix.title, appendix.anchor) == ("附录1", "术语", "appendix-1")


def test_containers_within_containers() -> None:
    (_, annex) = read("::: 附表 2 标准\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n::: 注\n说明\n:::\n:::")
    assert isinstance(annex, Annex)
    assert (annex.label, annex.title, [type(block) for block in annex.blocks]) == (
        "附表2",
        "标准",
        [Table, Note],
    )


def test_a_heading_above_several_columns_is_centred() -> None:
    (table, _) = read(
        "| 指标 | 2024年 | << |\n| ^^ | 完成数 | 增速 |\n| --- | --: | --: |\n| 总值 | 31.62 | << |"
    )
    assert isinstance(table, Table)
    assert [cell.align for cell in table.rows[0]] == ["", "center"]
    assert [cell.align for cell in table.rows[1]] == ["right", "right"]
    assert [cell.align for cell in table.rows[2]] == ["", "right"]


def test_joined_cells() -> None:
    (table, _) = read("| 甲 | 乙 | 丙 |\n| --- | :-: | --: |\n| 1 | 2 \\ 3 | << |\n| ^^ | 4 | **5** |")
    assert isinstance(table, Table)
    first, second = table.rows[1:]
    assert [(cell.rowspan, cell.colspan) for cell in first] == [(2, 1), (1, 2)]
    assert plain(first[1].text) == "2\n3"
    assert [cell.header for cell in second] == [False, True]
    assert [cell.align for cell in table.rows[0]] == ["", "center", "right"]
    assert sum(table.widths) == pytest.approx(100, abs=0.1)
    assert [len(group) for group in table.row_groups] == [2]


def test_a_cell_of_asterisks_is_a_grade() -> None:
    (table, _) = read("| 景区 | 等级 |\n| --- | --- |\n| 甲 | ** |\n| 乙 | **** |")
    assert isinstance(table, Table)
    assert [plain(row[1].text) for row in table.rows[1:]] == ["**", "****"]


def test_roster() -> None:
    (roster, _) = read("::: 名单\n组长 | 王成君 | 县长\n | 王全志（兼） |\n:::")
    assert isinstance(roster, Roster)
    assert [(entry.role, entry.name, entry.post) for entry in roster.entries] == [
        ("组长", "王成君", "县长"), ("", "王全志（兼）", ""),
    ]  # fmt: skip


def test_missing_figure_is_declared() -> None:
    (figure, _) = read('![流程](原图待补 "图1 流程")')
    assert isinstance(figure, Figure)
    assert (figure.file, figure.alternative, figure.caption) == ("", "流程", "图1 流程")


MARKS = st.text(
    alphabet="一二（）、。《》“”#*_|:^<>\\![]-0123abc \n落款附件名单录表注第条上下人", max_size=200
)


@settings(max_examples=400, deadline=None)
@given(MARKS)
def test_any_body_is_read_without_a_crash(body: str) -> None:
    read_blocks(body, "content/x/01.md", Folder("content/x"), FindingCollector())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="标题发文字号政策咨询: ：-[]{}\"'#&*!|>%@\t\n柳〔2026〕3号", max_size=200))
def test_any_front_matter_is_read_without_a_crash(text: str) -> None:
    findings = FindingCollector()
    front = split("---\n" + text + "\n---\n", "content/x/01.md", findings)
    assert (front is None) == bool(findings.items)
    assert all(found.place.line >= 1 and found.hint for found in findings.items)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="一二三柳林（）、。《》“”，；：0123 abc", min_size=1, max_size=120))
def test_plain_text_comes_out_as_it_went_in(text: str) -> None:
    blocks = read_blocks(text, "content/x/01.md", Folder("content/x"), FindingCollector())
    got = "".join(plain(block.text) for block in blocks if isinstance(block, Paragraph))
    assert got == text.strip(" ")


def test_nesting_is_bounded() -> None:
    read_blocks("::: 附件 甲\n" * 400, "content/x/01.md", Folder("content/x"), FindingCollector())


def test_bold_label_is_still_an_article() -> None:
    (first, second, _) = read("**第一条** 甲\n\n**第二条 乙**")
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.label, first.text) == ("第一条", (Span("甲"),))
    assert (second.label, second.text) == ("第二条", (Span("乙", True),))


@pytest.mark.parametrize("indent", ["　　", "\u3000", "  　"])
def test_indent_of_a_word_processor_is_not_text(indent: str) -> None:
    assert text_of(indent + "请认真执行。") == "请认真执行。"
