"""Text pasted from elsewhere: no line fuses with another in silence, no table and no foreign mark is printed as text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.fixes import fixed_text
from liulin_gazette.model.blocks import Paragraph, Table, plain
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.dialect import parser
from liulin_gazette.source.markdown.foreign_marks import escaped
from liulin_gazette.source.markdown.markdown_blocks import read_blocks
from liulin_gazette.source.markdown.paragraph_lines import paragraph_runs
from liulin_gazette.source.markdown.pasted_text import report_pasted_text

PATH = "content/2026-1/01.md"


def findings(body: str) -> list[Diagnostic]:
    collector = FindingCollector()
    report_pasted_text(body, PATH, collector)
    return collector.items


def said(body: str) -> list[tuple[str, int, int, str]]:
    return [(each.code, each.place.line, each.place.column, each.severity.value) for each in findings(body)]


def mended(body: str) -> str:
    return fixed_text(body, findings(body))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("现将有关事项通知如下。", "各单位要高度重视。"),
        ("一、总体要求", "坚持生态优先、绿色发展，全面推行林长制。"),
        ("坚持生态优先", "（一）基本原则"),
        ("坚持生态优先", "（2）巡护"),
        ("坚持生态优先", "1. 巡护"),
        ("坚持生态优先", "2．巡护"),
        ("坚持生态优先", "①巡护"),
        ("适用本办法", "第二条 县林业局负责实施。"),
        ("附则", "第三章 监督管理"),
        ("请认真执行", "附件：清单"),
        ("坚持生态优先", "　　落实巡护责任"),
        ("坚持生态优先", "    落实巡护责任"),
        ("甲乡负责；", "乙镇配合"),
        ("条件如下：", "年满十八周岁"),
        ("他说“照办。”", "会议结束"),
        ("**（一）加强宣传。**", "充分调动"),
    ],
)
def test_a_line_that_begins_or_ends_as_a_paragraph_does_is_an_error_with_a_fix(
    above: str, below: str
) -> None:
    body = f"\n{above}\n{below}\n"
    column = len(below) - len(below.lstrip(" 　")) + 1
    assert said(body) == [("S060", 3, column, "错误")]
    assert mended(body) == f"\n{above}\n\n{below}\n"
    assert said(mended(body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "各乡镇、县直各单位要高度重视，\n认真组织实施。",
        "各乡镇、\n县直各单位要高度重视。",
        "按照《××县森林草原防灭火\n条例》执行。",
        "（以下简称“县林业\n局”）负责。",
        "各单位要高度重视\n，认真组织实施。",
        "白日依山尽， \\\n黄河入海流。",
        "附件：1.任务清单\n　　　2.申请表\n　　　3.流程图",
        "::: 名单\n组长 | 张三\n成员 | 李四\n:::",
        "| 甲 |\n| --- |\n| 乙。 |\n| 丙 |",
        "## 一、总体要求\n坚持生态优先。\n## 二、任务",
        "第一段。\n\n第二段。",
        "甲的规定。\n",
    ],
)
def test_line_ends_that_are_within_a_paragraph_or_marked_are_right(body: str) -> None:
    assert said(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "县民政局\n县财政局",
        "违反本办法\n第三条规定的",
        "依照第二条第\n（一）项处理",
        "全市中小学\n一、二年级学生",
        "增长\n1.5万元",
    ],
)
def test_where_it_is_uncertain_the_editor_decides(body: str) -> None:
    assert said(body) == [("S060", 2, 1, "警告")]
    assert mended(body) == body
    (finding,) = findings(body)
    assert "空一行" in finding.hint and "接成一行" in finding.hint


def test_a_sentence_that_ends_a_line_of_a_wrapped_paragraph_by_chance_is_no_error() -> None:
    assert said("各单位要高度重视，\n加强组织领导。\n县林业局要牵头，\n抓好落实。") == [
        ("S060", 3, 1, "警告")
    ]


def test_all_that_is_pasted_from_a_word_processor_becomes_paragraphs_at_once() -> None:
    pasted = (
        "现通知如下。\n一、总体要求\n坚持生态优先，绿色发展。\n（一）巡护\n1.早巡。\n2.晚巡。\n附件：清单"
    )
    mended_lines = [line for line in mended(pasted).split("\n") if line]
    assert mended_lines == pasted.split("\n")
    blocks = read_blocks(mended(pasted), PATH, Folder("content/2026-1"), FindingCollector())
    assert [plain(block.text) for block in blocks if isinstance(block, Paragraph)] == pasted.split("\n")


LINES = st.sampled_from(
    [
        "",
        "甲。",
        " 乙",
        "　　丙",
        "# 丁",
        "#戊",
        "##",
        "| 己 |",
        "　| 庚",
        "::: 名单",
        "::: 附件",
        ":::",
        "    辛",
        "\t壬",
    ]
)


@given(st.lists(LINES, max_size=12))
def test_paragraphs_are_where_the_parser_finds_them(lines: list[str]) -> None:
    text = "\n".join(line.rstrip() for line in lines)
    tokens = parser().parse(text)
    paragraphs = [
        range(*token.map) for token in tokens if token.type == "paragraph_open" and token.map is not None
    ]
    assert list(paragraph_runs(lines)) == paragraphs


CELLS = st.text(alphabet='甲乙1 |*_`\\^<-:"$~[]()#\n', max_size=8)


@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=2, max_size=4)
    )
)
def test_a_table_from_a_spreadsheet_becomes_the_same_table(rows: list[list[str]]) -> None:
    rows[0][0] = "列" + rows[0][0]
    for row in rows:
        row[:] = [cell.replace("<", "＜").replace("\n\n", "\n") for cell in row]
        row[-1] += "末"
        row[0] = "首" + row[0]
    out = io.StringIO()
    csv.writer(out, "excel-tab", lineterminator="\n").writerows(rows)
    body = "前文。\n" + out.getvalue() + "后文。"
    assert ("S061", 2, 1, "错误") in said(body)
    collector = FindingCollector()
    blocks = read_blocks(mended(body), PATH, Folder("content/2026-1"), collector)
    (table,) = (block for block in blocks if isinstance(block, Table))
    got = [[plain(cell.text) for cell in row] for row in table.rows]
    assert [[words(cell) for cell in row] for row in got] == [[words(cell) for cell in row] for row in rows]
    assert [plain(block.text) for block in blocks if isinstance(block, Paragraph)] == ["前文。", "后文。"]
    assert not [each for each in findings(mended(body)) if each.code in ("S061", "S063", "S020")]


def words(cell: str) -> list[list[str]]:
    lines = (line.split() for line in cell.split("\n"))
    return [line for line in lines if line]


@pytest.mark.parametrize(
    ("line", "way_out"),
    [
        ("甲<br>乙", "段里换行"),
        ("| 甲<BR/>乙 |", "格里换行"),
        ("见<https://www.example.cn>", "直接写"),
        ("见<a@example.cn>", "直接写"),
        ("<b>甲</b>", "写作规范"),
    ],
)
def test_the_way_out_of_html_is_that_for_its_purpose(line: str, way_out: str) -> None:
    collector = FindingCollector()
    read_blocks(line, PATH, Folder("content/2026-1"), collector)
    assert [each.code for each in collector.items][:1] == ["S010"] and way_out in collector.items[0].hint


def test_short_rows_are_filled_and_a_quoted_cell_may_have_lines() -> None:
    pasted = '序号\t事项\t说明\n1\t"巡护\n（含夜间）"\n2\t防火\t"称""禁火令"""'
    assert mended(pasted) == (
        '| 序号 | 事项 | 说明 |\n| --- | --- | --- |\n| 1 | 巡护 \\ （含夜间） |  |\n| 2 | 防火 | 称"禁火令" |'
    )


@pytest.mark.parametrize("body", ["1.\t巡护\n\n2.\t防火", "联系人：张三\t电话：12345"])
def test_a_tab_that_makes_no_table_is_a_warning(body: str) -> None:
    assert {(code, severity) for code, _, _, severity in said(body)} == {("S061", "警告")}
    assert mended(body) == body


def test_marks_of_a_merge_conflict() -> None:
    body = "甲\n\n<<<<<<< HEAD\n乙。\n=======\n丙。\n>>>>>>> 分支\n\n丁"
    assert said(body) == [("S062", 3, 1, "错误"), ("S062", 5, 1, "错误"), ("S062", 7, 1, "错误")]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("面积$x^2$。", 3), ("即$$x$$。", 2), ("为$n$个。", 2), ("即\\frac{1}{2}。", 2), ("运行`码`。", 3),
        ("```", 1), ("~~删去~~", 1), ("5~~10天", 2), ("见[公告](https://www.example.cn/)。", 2), ("见[公告](/a.html)", 2),
        ("[1]: https://www.example.cn", 1), ("见^^。", 2), ("| ^^ | 甲^^ |", 9),
    ],
)  # fmt: skip
def test_foreign_marks_are_errors_with_two_ways_out(text: str, column: int) -> None:
    assert said(text)[:1] == [("S063", 1, column, "错误")]
    assert all("\\" in each.hint for each in findings(text) if each.code == "S063")
    assert said(escaped(text).replace("\\|", "|")) == []


@pytest.mark.parametrize(
    "text",
    [
        "3*4=12，A^2，x^2，约～10天，10~20天，$100，$100到$200，US$5=HK$39，￥8", "表1[注]（见后）", "[2026](5)", "[不是](链接)",
        "138****1234", "\\[^1]与\\`码\\`、\\$x^2\\$、\\~\\~、\\^\\^", "| ^^ | << |", "| ^^ | 甲 | ^^ |", "![图](图.png \"图题\")",
        "单位：m²、10⁻³、℃", "——坚持生态优先", "------------------------------", "回执 ____________", "网址：https://www.example.cn/~a/b_c",
        "a=b, c=d", "↑2.5", "第[1]项（二）", "P<0.05", "附件[1]（略）", "∧、∨、⌒", "| 甲 | ** |", "C:\\文件\\a",
    ],
)  # fmt: skip
def test_ordinary_text_with_such_characters_is_right(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("body", "line"), [("总则\n---", 2), ("总则\n===", 2), ("甲\n\n---\n\n乙", 3), ("甲\n\n===", 3)]
)
def test_underlined_headings_and_rules_are_errors(body: str, line: int) -> None:
    assert said(body) == [("S064", line, 1, "错误")]


def test_a_table_without_outer_pipes_is_an_error() -> None:
    assert said("甲 | 乙\n--- | :-:\n1 | 2")[0] == ("S014", 2, 1, "错误")


@pytest.mark.parametrize(
    "body", ["::: 附件 1 **清单**\n文\n:::", "::: 名单\n组长 | **张三** |\n:::", "::: 表 **表题**"]
)
def test_strong_marks_where_none_are_read_are_an_error(body: str) -> None:
    assert [code for code, *_ in said(body)] == ["S020"]


@given(st.text(alphabet='一二（）、。：；“”1.①第条附件　 \t\n"|#:$^[]`~-=*\\甲乙', max_size=120))
def test_any_text_is_looked_through_and_a_fix_loses_no_character(body: str) -> None:
    found = findings(body)
    lines = body.split("\n")
    for each in found:
        assert 1 <= each.place.line <= len(lines) and each.hint
        assert 1 <= each.place.column <= len(lines[each.place.line - 1]) + 1
    only_lines = [each for each in found if each.code == "S060"]
    assert fixed_text(body, only_lines).replace("\n", "") == body.replace("\n", "")
    fixed = fixed_text(body, only_lines)
    assert not [each for each in findings(fixed) if each.code == "S060" and each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "line",
    ["＃＃ 一、目标", "　　＃ 方案", "要求：＊＊加强＊＊管理", "｜序号｜事项｜", "：：：附件 甲", "：：："],
)
def test_marks_in_full_width_are_named(line: str) -> None:
    (found,) = findings(f"{line}\n\n后文。")
    assert found.code == "S063" and "全角" in found.message and "半角" in found.hint


@pytest.mark.parametrize("line", ["张＊＊、李＊＊", "＃1机组", "138＊＊＊＊1234", "甲｜乙", "说明：：甲"])
def test_full_width_characters_in_text_are_no_marks(line: str) -> None:
    assert findings(line) == []


def test_no_mark_goes_from_one_line_of_a_cell_to_the_next() -> None:
    assert not [
        each for each in findings("| 甲 | 乙 |\n| --- | --- |\n| 1 | $1 \\ 1$ |") if each.code == "S063"
    ]
    assert [each for each in findings("| 甲 | 乙 |\n| --- | --- |\n| 1 | $x_1$ |") if each.code == "S063"]
