"""Bad input gives a Chinese finding with file, line, column and hint, exit code 1, and leaves the last output."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.examination import examine
from tests.conftest import DOCUMENT, Edit, findings

DOC, ISSUE, GAZETTE = "2026-1/01.md", "2026-1/issue.toml", "gazette.toml"
BODY = "请认真执行。"

SLIPS = [
    ("a field is missing", DOC, "成文日期: 2026-02-06\n", "", "B007", 1),
    ("a contact field is missing", DOC, "  责任人: 刘荣\n", "", "B007", 9),
    ("a key is unknown", DOC, "主送:", "主送机关:", "B006", 7),
    ("a key stands twice", DOC, "主送: 局属各单位：", "主送: 局属各单位：\n主送: 各村：", "B006", 8),
    ("a field is empty", DOC, "标题: 柳林县林业局关于加强护林工作的通知", "标题:", "B008", 2),
    ("YAML is malformed", DOC, "发文字号: 柳", "发文字号：柳", "B005", 3),
    ("YAML lacks the space", DOC, "发文字号: 柳", "发文字号:柳", "B005", 3),
    ("YAML ends in a half-width colon", DOC, "局属各单位：", "局属各单位:", "B005", 7),
    ("YAML is a list", DOC, "公开方式: 此件公开发布", "公开方式: [此件公开发布]", "B008", 6),
    ("YAML would drop a comment", DOC, "责任股室: 森防办", "责任股室: 森防办 #2", "B008", 10),
    ("YAML would drop an anchor", DOC, "责任人: 刘荣", "责任人: &刘 荣", "B008", 11),
    ("YAML would fold two lines", DOC, "通知\n发文字号", "\n  通知\n发文字号", "B008", 2),
    ("an invisible character", DOC, BODY, "请认真\u200b执行。", "T002", 15),
    ("a control character", DOC, BODY, "请认真\x07执行。", "T002", 15),
    ("an unseen end of a line in the front matter", DOC, "政策咨询", "\u2028政策咨询", "T002", 8),
    ("unseen ends of lines in the front matter", DOC, "标题: ", "标题: \x85\u2029\u2028", "T002", 2),
    ("an unseen end of a line at the end", DOC, "4022294\n---", "4022294\u2028\n---", "T002", 12),
    ("a year out of reason", ISSUE, '"年" = 2026', '"年" = 20260', "B008", 1),
    ("the front matter does not end", DOC, "4022294\n---", "4022294", "B004", 1),
    ("the front matter does not begin", DOC, "---\n标题", "标题", "B004", 1),
    ("a date does not exist", DOC, "2026-02-06", "2026-02-30", "B009", 5),
    ("a date is in another form", DOC, "2026-02-06", "2026年2月6日", "B009", 5),
    ("the number has the wrong brackets", DOC, "〔2026〕", "[2026]", "N001", 3),
    ("the number has a leading zero", DOC, "〕9号", "〕09号", "N001", 3),
    (
        "the title's lines differ",
        DOC,
        "发文字号:",
        "标题分行: [柳林县林业局, 关于护林的通知]\n发文字号:",
        "S027",
        3,
    ),
    ("the body is empty", DOC, BODY, "", "S026", 0),
    ("HTML", DOC, BODY, "请<b>认真</b>执行。", "S010", 15),
    ("a single star", DOC, BODY, "请*认真*执行。", "S019", 15),
    ("an unpaired bold mark", DOC, BODY, "请**认真执行。", "S020", 15),
    ("a heading without its space", DOC, BODY, "##一、总则", "S024", 15),
    ("a heading too deep", DOC, BODY, "###### （1）总则", "S023", 15),
    ("an unknown block", DOC, BODY, "::: 附记\n文字\n:::", "S011", 15),
    ("a block without end", DOC, BODY, "::: 附件 名单\n文字", "S012", 15),
    ("an end without block", DOC, BODY, f"{BODY}\n\n:::", "S013", 17),
    ("a table without delimiter", DOC, BODY, "| 甲 | 乙 |\n| 1 | 2 |", "S014", 15),
    ("a table with an uneven row", DOC, BODY, "| 甲 | 乙 |\n| --- | --- |\n| 1 |", "S014", 17),
    (
        "a join in a cell with words",
        DOC,
        BODY,
        "| 甲 << | 丙 |\n| --- | --- | --- |\n| 1 | 2 | 3 |",
        "S014",
        15,
    ),
    ("a join with nothing above", DOC, BODY, "| 甲 | 乙 |\n| --- | --- |\n| ^^ | 2 |", "S015", 17),
    ("a join with nothing to the left", DOC, BODY, "| 甲 | 乙 |\n| --- | --- |\n| << | 2 |", "S015", 17),
    (
        "a join that is no rectangle",
        DOC,
        BODY,
        "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n| ^^ | << |\n| ^^ | 3 |",
        "S015",
        18,
    ),
    ("a figure is missing", DOC, BODY, '![流程图](图1.png "流程图")', "S017", 15),
    ("a figure leaves the folder", DOC, BODY, "![流程图](../图1.png)", "S017", 15),
    ("a figure of another kind", DOC, BODY, "![流程图](图1.gif)", "S017", 15),
    ("a figure says nothing to the blind", DOC, BODY, "![](原图待补)", "S018", 15),
    ("a figure within a line", DOC, BODY, "见![流程图](原图待补)。", "S025", 15),
    ("a roster cannot be read", DOC, BODY, "::: 名单\n组长 王成君 县长\n:::", "S021", 16),
    ("two signatures", DOC, BODY, "::: 落款\n:::\n\n::: 落款\n:::", "S022", 18),
    ("an issue key is unknown", ISSUE, '"期" =', '"期号" =', "B006", 2),
    ("an issue date is text", ISSUE, "2026-02-28", '"2026-02-28"', "B009", 4),
    ("a key without quotes", ISSUE, '"年" = 2026', "年 = 2026", "B005", 1),
    ("a value without quotes", ISSUE, '"县政府部门文件"', "县政府部门文件", "B005", 7),
    ("a listed file is not there", ISSUE, '"01.md"]', '"01.md", "02.md"]', "B012", 8),
    ("a file is listed twice", ISSUE, '"01.md"]', '"01.md", "01.md"]', "B013", 8),
    ("a listed file is elsewhere", ISSUE, '"01.md"]', '"01.md", "../gazette.md"]', "B014", 8),
    ("the issue is empty", ISSUE, '"文件" = ["01.md"]', '"文件" = []', "B015", 1),
    ("a paragraph has no end", DOC, BODY, "甲" * 20_001, "B016", 15),
    ("a paragraph has no end over many lines", DOC, BODY, "甲甲甲甲甲甲甲甲甲\n" * 2_300, "B016", 15),
    ("a year beyond reckoning", GAZETTE, '"年" = 2026', '"年" = 99999999999999999999999', "B008", 28),
    ("a number that cannot be written out", ISSUE, '"期" = 1', '"期" = 0x' + "f" * 5000, "B008", 2),
    ("a number of 5000 digits", ISSUE, '"期" = 1', '"期" = ' + "1" * 5000, "B005", 2),
    ("brackets without end", ISSUE, '"期" = 1', '"期" = ' + "[" * 5000, "B005", 2),
    ("settings of brackets", GAZETTE, '"名称" = "柳林县人民政府公报"', '"名称" = ' + "[" * 5000, "B005", 3),
    ("a day at the end of time", ISSUE, "2026-02-28", "9999-12-31", "B009", 4),
    ("a date at the end of time", DOC, "2026-02-06", "9999-12-31", "B009", 5),
    ("an address is no address", GAZETTE, "https://gazette.liulin.example/", "gazette", "B008", 8),
]


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "code", "line"), SLIPS, ids=[slip[0] for slip in SLIPS]
)
def test_slip_is_found(
    project: Path, edit: Edit, name: str, file: str, old: str, new: str, code: str, line: int
) -> None:
    edit(file, old, new)
    found = [each for each in findings(project) if each.code == code]
    assert found, findings(project)
    first = found[0]
    assert first.place.path == f"content/{file}"
    assert first.place.line == line
    assert line == 0 or first.place.column >= 1
    assert first.message.endswith(("。", "）。"))
    assert first.hint


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column"),
    [
        (ISSUE, '"年" = 2026', "“年” = 2026", 1, 1),
        (ISSUE, '"县政府部门文件"', "“县政府部门文件”", 7, 8),
        (ISSUE, '[["栏目"]]', "[[“栏目”]]", 6, 3),
        (ISSUE, '["01.md"]', "[“01.md”]", 8, 9),
        (ISSUE, '"县政府部门文件"', "＂县政府部门文件＂", 7, 8),
    ],
)
def test_a_chinese_quotation_mark_in_settings_is_named(
    project: Path, edit: Edit, file: str, old: str, new: str, line: int, column: int
) -> None:
    edit(file, old, new)
    (found,) = findings(project)
    assert (found.code, found.place.line, found.place.column) == ("B005", line, column)
    assert "中文引号" in found.message and "英文" in found.hint


def test_chinese_quotation_marks_inside_a_value_are_text(project: Path, edit: Edit) -> None:
    edit(ISSUE, '"县政府部门文件"', '"“放管服”文件，“一件事”"')
    assert findings(project) == []


@pytest.mark.parametrize(
    ("name", "actual", "code"),
    [
        ("2026-1/01.md", "2026-1/01.md.txt", "B012"),
        ("2026-1/01.md", "2026-1/01.md.docx", "B012"),
        ("2026-1/01.md", "2026-1/01.MD", "B012"),
        ("2026-1/issue.toml", "2026-1/issue.toml.txt", "B011"),
        ("gazette.toml", "gazette.toml.txt", "B002"),
    ],
)
def test_a_file_with_a_hidden_extension_is_named(project: Path, name: str, actual: str, code: str) -> None:
    (project / "content" / name).rename(project / "content" / actual)
    found = [each for each in findings(project) if each.code == code]
    assert found and f"“{actual.rpartition('/')[2]}”" in found[0].hint and "改名" in found[0].hint


def test_a_document_with_a_hidden_extension_that_no_section_lists_is_no_secret(project: Path) -> None:
    (project / "content/2026-1/02.md.txt").write_text(DOCUMENT, "utf-8")
    (project / "content/2026-1/说明.txt").write_text("x", "utf-8")
    (found,) = findings(project)
    assert (found.code, found.place.path) == ("B014", "content/2026-1/02.md.txt")
    assert "“02.md”" in found.hint


def test_a_document_that_cannot_be_read_hides_no_findings_of_the_others(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行,加强巡护。见附件9。")
    before = {(each.code, each.place) for each in examine(project).diagnostics if each.code[0] in "STCP"}
    assert "T003" in {code for code, _ in before}
    edit(ISSUE, '"01.md"]', '"01.md", "02.md"]')
    (project / "content/2026-1/02.md").write_text("没有文首", "utf-8")
    found = examine(project).diagnostics
    assert before <= {(each.code, each.place) for each in found}
    assert ("B004", "content/2026-1/02.md") in {(each.code, each.place.path) for each in found}
    assert not [each for each in found if each.code[0] == "N"]


def test_waivers_are_not_idle_while_another_document_cannot_be_read(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "政策咨询:", "校核豁免:\n  - 代码: T003\n    理由: 原件如此\n政策咨询:")
    edit(ISSUE, '"01.md"]', '"01.md", "02.md"]')
    (project / "content/2026-1/02.md").write_text("没有文首", "utf-8")
    assert "B030" not in [each.code for each in examine(project).diagnostics]


def test_sound_project_has_no_findings(project: Path) -> None:
    assert findings(project) == []


def test_document_in_no_section(project: Path) -> None:
    (project / "content/2026-1/02.md").write_text(DOCUMENT, "utf-8")
    assert [str(each.place) for each in findings(project) if each.code == "B013"] == ["content/2026-1/02.md"]


def test_names_that_differ_in_case_alone(project: Path, edit: Edit) -> None:
    for name in ("yian.md", "Yian.md"):
        (project / f"content/2026-1/{name}").write_text(DOCUMENT, "utf-8")
    edit(ISSUE, '"01.md"]', '"01.md", "yian.md", "Yian.md"]')
    (found,) = (each for each in findings(project) if each.code == "B014")
    assert (found.severity.value, found.place.line) == ("警告", 8)
    assert "“Yian.md”和“yian.md”只差大小写" in found.message


def test_equal_numbers(project: Path, edit: Edit) -> None:
    (project / "content/2026-1/02.md").write_text(DOCUMENT, "utf-8")
    edit(ISSUE, '"01.md"]', '"01.md", "02.md"]')
    found = [each for each in findings(project) if each.code == "N004"]
    assert [str(each.place) for each in found] == ["content/2026-1/02.md:3:7"]
    assert "content/2026-1/01.md:3:7" in found[0].hint


def test_issue_without_sections(project: Path) -> None:
    file = project / "content/2026-1/issue.toml"
    file.write_text(file.read_text("utf-8").split("[[")[0], "utf-8")
    (project / "content/2026-1/01.md").unlink()
    assert [each.code for each in findings(project)] == ["B015"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_bytes_that_are_not_utf8(project: Path, encoding: str) -> None:
    (project / "content/2026-1/01.md").write_bytes(DOCUMENT.encode(encoding))
    (found,) = findings(project)
    assert found.code == "B001"
    assert found.place.line == (2 if encoding == "gb18030" else 1)
    assert encoding.upper().replace("UTF-16", "UTF-16") in found.hint or "GB18030" in found.hint


def test_windows_line_ends_and_byte_order_mark(project: Path) -> None:
    file = project / "content/2026-1/01.md"
    file.write_bytes(b"\xef\xbb\xbf" + DOCUMENT.replace("\n", "\r\n").encode())
    assert findings(project) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("公告.md".encode("gb18030"), "content/2026-1/公告.md"),
        (b"\xff\xfe.png", "content/2026-1/\ufffd\ufffd.png"),
    ],
)
def test_a_name_in_another_encoding(project: Path, name: bytes, shown: str) -> None:
    (project / "content/2026-1" / os.fsdecode(name)).write_bytes(b"x")
    assert [(each.code, each.place.path) for each in findings(project)] == [("B014", shown)]
    assert main(["check"], project) == 1


def test_a_folder_with_a_name_in_another_encoding(project: Path) -> None:
    (project / "content" / os.fsdecode("第二期".encode("gb18030"))).mkdir()
    assert [(each.code, each.place.path) for each in findings(project)] == [("B014", "content/第二期")]


@pytest.mark.parametrize("path", ["content", "content/2026-1"])
def test_a_folder_that_may_not_be_read(project: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refusing(folder: Path) -> Any:
        if Path(folder) == project / path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return scan(folder)

    monkeypatch.setattr("os.scandir", refusing)
    found = [each for each in findings(project) if each.code == "B002"]
    assert [each.place.path for each in found] == [path]
    assert "没有读取权限" in found[0].message


def test_a_folder_that_is_a_link_to_itself(project: Path) -> None:
    (project / "content/2026-2").symlink_to("2026-2")
    assert findings(project) == []


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"发布日期": ' + "1" * 5000 + "}",
        '{"发布日期": "2026-03-01", "文件": {"\\ud800": ""}, "改动": []}',
    ],
)
def test_a_record_that_cannot_be_read(project: Path, content: str) -> None:
    (project / "content/2026-1/published.json").write_text(content, "utf-8")
    assert [each.code for each in findings(project)] == ["B051"]


def test_command_says_so_and_leaves_the_output_alone(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = project / "output/site/index.html"
    kept.parent.mkdir(parents=True)
    kept.write_text("上一次的成品", "utf-8")
    edit(DOC, "〔2026〕", "[2026]")
    assert main([], project) == 1
    said = capsys.readouterr().err
    assert "content/2026-1/01.md:3:10: N001 错误: " in said
    assert "柳林发〔2026〕9号" in said
    assert "上一次的成品没有改动" in said
    assert kept.read_text("utf-8") == "上一次的成品"
    assert [path.name for path in (project / "output").glob("[!.]*")] == ["site"]


@pytest.mark.parametrize("words", [["2026"], ["chekc"], ["2031-1"]])
def test_wrong_usage(project: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words, project) == 2
    assert words[0] in capsys.readouterr().err


def test_help_is_chinese(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"], project) == 0
    assert "用法" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("图.png", b"no picture"),
        ("图.svg", b"<svg"),
        (
            "图.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://elsewhere.example/a.png"/></svg>',
        ),
        ("图.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    ],
)
def test_picture_that_cannot_be_printed(project: Path, edit: Edit, name: str, content: bytes) -> None:
    (project / "content/2026-1" / name).write_bytes(content)
    edit(DOC, BODY, f'![流程图]({name} "流程图")')
    assert [(each.code, each.place.line) for each in findings(project)] == [("S017", 15)]


def test_picture_is_printed_and_published(project: Path, edit: Edit) -> None:
    from PIL import Image

    from liulin_gazette.pipeline.stages import Wanted, build

    Image.new("RGB", (40, 20), "black").save(project / "content/2026-1/图 1.png")
    edit(DOC, BODY, '![流程图](<图 1.png> "图1 流程图")')
    assert not build(project, Wanted(), lambda _: None).failed
    page = project / "output/site/2026/1/liu-lin-fa-2026-9"
    assert (page / "图 1.png").is_file()
    assert 'alt="流程图"' in (page / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        (ISSUE, '["01.md"]', '["01.md"，"02.md"]', 8, "全角的“，”"),
        (
            ISSUE,
            '["01.md"]',
            '["01.md"\n\n[["栏目"]]\n"名称" = "乙"\n"文件" = ["02.md"]',
            8,
            "方括号没有合上",
        ),
        (ISSUE, '[["栏目"]]', '["栏目"]\n\n[["栏目"]]', 6, "两层方括号"),
        (
            DOC,
            "发文字号: 柳林发〔2026〕9号",
            "发文字号:\n  - 柳林发〔2026〕9号\n  - 柳卫发〔2026〕1号",
            4,
            "只写主办机关",
        ),
        (DOC, "成文日期", "废止:\n  - 柳林县护林办法\n成文日期", 6, "网址的最后一段"),
        (DOC, "请认真执行。", "请**认**真*执行*。", 15, "“\\*”"),
    ],
)
def test_the_way_out_names_the_fault(
    project: Path, edit: Edit, file: str, old: str, new: str, line: int, words: str
) -> None:
    edit(file, old, new)
    found = findings(project)[0]
    assert words in found.message + found.hint, found
    assert found.place.line == line


def test_an_issue_in_a_change_needs_quotation_marks(project: Path) -> None:
    gazette = project / "content/gazette.toml"
    gazette.write_text(gazette.read_text("utf-8") + '\n[["变更"]]\n"自" = 2026-4\n"名称" = "新名"\n', "utf-8")
    found = findings(project)
    assert [each.code for each in found] == ["B005"]
    assert '"2026-4"' in found[0].hint


def test_settings_that_cannot_be_read_ask_nothing_of_issues(project: Path, edit: Edit) -> None:
    edit(GAZETTE, '"名称"', "“名称”")
    edit(ISSUE, '"总期号" = 30\n', "")
    assert [each.code for each in findings(project)] == ["B005"]
