"""Spreadsheets and separated values: tables as their cells show them; what is not shown is told."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.manuscript import Grid, IntakeError, Manuscript
from liulin_gazette.intake.open_file import read_content
from liulin_gazette.intake.sheet_files.number_formats import shown_number
from tests.intake.sheet_files import archive, number_cell, sheet_file, text_cell

TABLE = (
    '<cols><col min="4" max="4" hidden="1"/></cols><sheetData>'
    f'<row r="1">{text_cell("A1", "附件2")}</row>'
    f'<row r="2">{text_cell("A2", "柳河县2026年项目资金表")}</row>'
    f'<row r="3">{text_cell("A3", "项目")}{text_cell("B3", "资金")}{text_cell("D3", "内部意见")}</row>'
    f'<row r="4">{text_cell("B4", "金额")}{text_cell("C4", "占比")}</row>'
    f'<row r="5">{text_cell("A5", "公路|桥梁")}{number_cell("B5", "1234567.5", 1)}{number_cell("C5", "0.255", 2)}'
    f"{text_cell('D5', '同意')}</row>"
    f'<row r="6" hidden="1">{text_cell("A6", "已撤销")}</row>'
    f'<row r="8">{text_cell("A8", "饮水")}<c r="B8"><f>B5*2</f></c>{number_cell("C8", "46082", 3)}</row>'
    f'<row r="9">{text_cell("A9", "注：截至6月30日。")}</row>'
    '</sheetData><mergeCells><mergeCell ref="A2:C2"/><mergeCell ref="B3:C3"/><mergeCell ref="A3:A4"/>'
    '<mergeCell ref="A9:C9"/></mergeCells><headerFooter><oddFooter>内部资料</oddFooter></headerFooter>'
)


def _sheets(sheets: dict[str, str], hidden: frozenset[str] = frozenset()) -> Manuscript:
    return read_content("表.xlsx", ".xlsx", sheet_file(sheets, hidden))


def _difference(intake: Intake) -> int:
    assert intake.account is not None
    return intake.account.difference


def test_a_sheet_is_the_table_that_it_shows() -> None:
    manuscript = _sheets(
        {"项目表": TABLE, "底稿": f"<sheetData><row>{text_cell('A1', '草算')}</row></sheetData>"},
        frozenset({"底稿"}),
    )
    intake = recognise(manuscript)
    (draft,) = intake.drafts
    assert draft.document.title.startswith("柳河县2026年项目资金表【待核：")
    assert ("附件2", "单独送来的附件的序号") in {(each.original, each.reason) for each in draft.conversions}
    assert draft.document.body == (
        "| 项目 | 资金 | << |\n| ^^ | 金额 | 占比 |\n| --- | --- | --- |\n"
        "| 公路\\|桥梁 | 1,234,567.50 | 25.5% |\n"
        "| 饮水 | 【待核：这一格是公式，文件里没有存结果：用 Excel 或 WPS 打开，保存后再转，或者照原件补上，"
        "来稿工作表“项目表”（表格）】 | 2026年3月1日 |\n\n注：截至6月30日。"
    )
    told = {(each.text, each.reason) for each in intake.omissions}
    assert told == {
        ("内部意见", "隐藏的列"), ("同意", "隐藏的列"), ("已撤销", "隐藏的行"), ("草算", "隐藏的工作表"), ("内部资料", "页脚"),
    }  # fmt: skip
    assert _difference(intake) == 0


def test_the_account_tells_of_a_cell_that_the_reader_would_lose() -> None:
    manuscript = _sheets({"表": TABLE})
    *rest, grid, note = manuscript.parts
    assert isinstance(grid, Grid)
    short = Grid(grid.rows[:-1], grid.columns, grid.place)
    lost = Manuscript("表.xlsx", (*rest, short, note), manuscript.omissions, count=manuscript.count)
    intake = recognise(lost)
    assert _difference(intake) == len("饮水2026年3月1日")
    assert "饮水" in intake.drafts[0].document.body


def test_joined_cells_over_hidden_columns_and_words_under_them() -> None:
    cells = (
        '<cols><col min="1" max="1" hidden="1"/></cols><sheetData>'
        f'<row r="1">{text_cell("A1", "合计")}{text_cell("B1", "盖住的字")}{text_cell("C1", "甲")}</row>'
        f'<row r="2">{text_cell("B2", "一")}{text_cell("C2", "二")}</row>'
        '</sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:XFD1"/></mergeCells>'
    )
    manuscript = _sheets({"表": cells})
    (grid,) = manuscript.parts
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["合计", "甲"], ["一", "二"]]
    assert [(each.text, each.reason) for each in manuscript.omissions] == [
        ("盖住的字", "合并的格里看不见的字")
    ]


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("1234.5", "General", "1234.5"), ("0.30000000000000004", "General", "0.3"), ("13800138000", "General", "13800138000"),
        ("1234.5", "#,##0", "1,235"), ("-1234.5", "#,##0.00;(#,##0.00)", "(1,234.50)"), ("-0.004", "0.00", "0.00"),
        ("0", "#,##0.00_);[Red]-#,##0.00;\"-\"", "-"), ("0.5", "#.##", ".5"), ("7", "000", "007"), ("1234567", "#,##0,", "1,235"),
        ("12", '0"人"', "12人"), ("12.5", '[$¥-804]#,##0.00', "¥12.50"), ("46082", "yyyy/m/d", "2026/3/1"),
        ("46082.5", "yyyy-mm-dd hh:mm", "2026-03-01 12:00"), ("1234567", "0.0,", "1234.6"), ("61", "yyyy/m/d", "1900/3/1"), ("46082", "[$-804]aaaa", "星期日"),
        ("0.75", 'h"时"mm"分"', "18时00分"), ("0.75", "上午/下午h:mm", "下午6:00"), ("1", "@", "1"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_cell_shows_it(raw: str, code: str, shown: str) -> None:
    number = shown_number(raw, code)
    assert (number.text, number.doubt) == (shown, "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [("0.5", "# ?/?"), ("12", "[DBNum2]0"), ("5", "[>3]0;0.0"), ("30.5", "[h]:mm"), ("1e20", "0"), ("x", "0"), ("1e999999", "#,##0"), ("-5", "yyyy"), ("60", "yyyy/m/d")],
)  # fmt: skip
def test_a_number_that_may_be_shown_otherwise_says_so(raw: str, code: str) -> None:
    assert shown_number(raw, code).doubt


def _cells(count: int) -> str:
    cells = "".join('<c t="inlineStr"><is><t>格</t></is></c>' for _ in range(count))
    return f"<sheetData><row>{cells}</row><row>{cells}</row></sheetData>"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (sheet_file({"宽": _cells(10_000)}), "超过 63 栏"),
        (
            sheet_file({"长": "<sheetData>" + f"<row>{text_cell('', '行')}</row>" * 5_001 + "</sheetData>"}),
            "超过 5000 行",
        ),
        (sheet_file({"空": "<sheetData/>"}), "都是空的"),
        (sheet_file({"表": "<sheetData>"}), "已损坏"),
        (sheet_file({"表": ""}, xl__styles="")[:-300], "已损坏"),
        (archive({"_rels/.rels": "<!DOCTYPE x><x/>", "xl/workbook.xml": "<x/>"}), "外部引用"),
        (archive({"_rels/.rels": "<x/>", "xl/other.xml": "<x/>"}), "没有工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    ],
)
def test_a_spreadsheet_that_cannot_be_read_is_refused_with_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(IntakeError, match=message) as refused:
        read_content("表.xlsx", ".xlsx", content)
    assert refused.value.told.startswith("表.xlsx") and refused.value.told.endswith("。")


@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_separated_values_are_a_table(separator: str, encoding: str) -> None:
    rows = [["单位", "人数", "说明"], ["林业局", "12", '"含""临时""人员"'], ["水利局", "3", ""]]
    text = "\r\n".join(separator.join(row) for row in rows)
    intake = recognise(read_content("表.csv", ".csv", text.encode(encoding)))
    assert intake.drafts[0].document.body == (
        '| 单位 | 人数 | 说明 |\n| --- | --- | --- |\n| 林业局 | 12 | 含"临时"人员 |\n| 水利局 | 3 |  |'
    )
    assert _difference(intake) == 0


def test_values_that_are_no_table_are_refused() -> None:
    for content, message in (
        (b'a,"b\nc,d', "引号不成对"),
        (b",,\n,,", "空的表格"),
        (b"a," * 100, "超过 63 栏"),
    ):
        with pytest.raises(IntakeError, match=message):
            read_content("表.csv", ".csv", content)


def test_the_line_above_the_only_table_is_the_title() -> None:
    rows = "".join(
        f'<row r="{n}">{"".join(text_cell(f"{column}{n}", words) for column, words in zip("ABC", row, strict=False))}</row>'
        for n, row in enumerate((("历史建筑名录",), ("序号", "名称", "地址"), ("1", "候车室", "站前街")), 1)
    )
    one = sheet_file({"表": f"<sheetData>{rows}</sheetData>"})
    two = sheet_file({"甲": f"<sheetData>{rows}</sheetData>", "乙": f"<sheetData>{rows}</sheetData>"})
    (draft,) = recognise(read_content("表.xlsx", ".xlsx", one)).drafts
    assert draft.document.title.startswith("历史建筑名录【待核")
    assert draft.document.body.startswith("| 序号")
    (draft,) = recognise(read_content("表.xlsx", ".xlsx", two)).drafts
    assert draft.document.title.startswith("【待核")
