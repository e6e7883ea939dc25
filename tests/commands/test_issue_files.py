"""``new`` and ``intake`` on an issue.toml as offices have it: empty 栏目, other encodings and line ends, faults."""

from __future__ import annotations

import os
import re
import sys
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from tests.commands.test_desk_commands import DOCUMENT, Capture
from tests.conftest import Edit

WITHOUT_SECTION = DOCUMENT[2:]
MANUSCRIPT = """方山县林业局关于加强护林工作的通知

方林发〔2026〕9号

各乡镇人民政府：

请认真执行。

方山县林业局
2026年2月6日
"""


def issue_file(root: Path, name: str, *sections: tuple[str, str]) -> Path:
    """Write content/``name``/issue.toml with ``sections``: name, and the list of files as TOML has it."""
    year, number = name.split("-")
    file = root / "content" / name / "issue.toml"
    file.parent.mkdir(exist_ok=True)
    head = f'"年" = {year}\n"期" = {number}\n"总期号" = {29 + int(number)}\n"出版日期" = {year}-0{2 * int(number)}-28\n'
    file.write_text(
        head + "".join(f'\n[["栏目"]]\n"名称" = "{each}"\n"文件" = {files}\n' for each, files in sections),
        "utf-8",
    )
    return file


@pytest.fixture
def manuscript(tmp_path: Path) -> str:
    file = tmp_path / "来稿.txt"
    file.write_text(MANUSCRIPT, "utf-8")
    return str(file)


def test_intake_writes_into_an_issue_whose_documents_all_have_errors(
    project: Path, edit: Edit, manuscript: str
) -> None:
    edit("2026-1/01.md", "成文日期: 2026-02-06", "成文日期: 昨天")
    assert main(["intake", manuscript, "--issue", "2026-1", "--yes"], project) == 0
    assert '"文件" = ["01.md", "02.md"]' in (project / "content/2026-1/issue.toml").read_text("utf-8")


def test_a_new_issue_has_the_sections_of_the_last_one_with_errors_and_without_documents(
    project: Path, edit: Edit
) -> None:
    issue_file(project, "2026-1", ("县政府文件", '["01.md"]'), ("人事任免", "[]"))
    edit("2026-1/01.md", "成文日期: 2026-02-06", "成文日期: 昨天")
    assert main(["new", "issue", "--yes"], project) == 0
    text = (project / "content/2026-2/issue.toml").read_text("utf-8")
    assert re.findall('"名称" = "(.+)"', text) == ["县政府文件", "人事任免"]


def test_a_new_document_is_not_put_into_the_only_section_that_has_any(project: Path, capsys: Capture) -> None:
    file = issue_file(project, "2026-1", ("县政府文件", '["01.md"]'), ("部门文件", "[]"))
    before = file.read_bytes()
    assert main(["new", "document", "2026-1", *WITHOUT_SECTION, "--yes"], project) == 1
    assert "要用 --section 写明一个：县政府文件、部门文件。" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert (
        main(["new", "document", "2026-1", *WITHOUT_SECTION, "--section", "部门文件", "--yes"], project) == 0
    )
    assert '"部门文件"\n"文件" = ["02.md"]' in file.read_text("utf-8")


def test_intake_takes_the_sections_of_the_empty_issue_itself(project: Path, manuscript: str) -> None:
    file = issue_file(project, "2026-2", ("政府令", "[]"), ("局办文件", "[]"))
    assert main(["intake", manuscript, "--issue", "2026-2", "--yes"], project) == 0
    assert '"局办文件"\n"文件" = ["01.md"]' in file.read_text("utf-8")


@pytest.mark.parametrize("command", ["new issue", "intake"])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2026-0", "没有第0期"),
        ("2026-7", "每年6期，没有第7期。增刊先在"),
        ("2026-99", "没有第99期"),
        ("0000-1", "年份 0 不合情理"),
        ("2300-1", "年份 2300 不合情理"),
    ],
)
def test_an_issue_that_the_series_has_not_is_refused(
    project: Path, manuscript: str, command: str, name: str, message: str, capsys: Capture
) -> None:
    words = ["new", "issue", name] if command == "new issue" else ["intake", manuscript, "--issue", name]
    assert main([*words, "--yes"], project) == 1
    assert message in capsys.readouterr().err
    assert not (project / "content" / name).exists()


def test_a_declared_supplement_is_an_issue_of_the_series(project: Path) -> None:
    gazette = project / "content/gazette.toml"
    extra = '\n[["期号例外"]]\n"年" = 2026\n"期" = 7\n"类别" = "增刊"\n'
    gazette.write_text(gazette.read_text("utf-8") + extra, "utf-8")
    assert main(["new", "issue", "2026-7", "--yes"], project) == 0
    assert (project / "content/2026-7/issue.toml").is_file()


FAULTS = {
    "GBK": '"年" = 2026\n[["栏目"]]\n"名称" = "部门文件"\n'.encode("gbk"),
    "no TOML": '"年" = \n'.encode(),
    "deep": ('"年" = ' + "[" * 5000).encode(),
    "栏目 is text": '"栏目" = "部门文件"\n'.encode(),
    "栏目 is a list of texts": '"栏目" = ["部门文件"]\n'.encode(),
    "栏目 has no name": '[["栏目"]]\n"文件" = []\n'.encode(),
    "文件 is text": '[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = "01.md"\n'.encode(),
}


@pytest.mark.parametrize("content", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("command", ["new document", "intake"])
def test_a_faulty_issue_file_is_no_traceback(
    project: Path, manuscript: str, content: bytes, command: str, capsys: Capture
) -> None:
    file = project / "content/2026-1/issue.toml"
    file.write_bytes(content)
    words = (
        ["new", "document", "2026-1", *DOCUMENT]
        if command == "new document"
        else ["intake", manuscript, "--issue", "2026-1", "--section", "县政府部门文件"]
    )
    assert main([*words, "--yes"], project) == 1
    assert "issue.toml 读不懂。先运行 python3 build.py check" in capsys.readouterr().err
    assert file.read_bytes() == content


def test_an_issue_without_any_section_is_told_to_write_one(
    project: Path, manuscript: str, capsys: Capture
) -> None:
    issue_file(project, "2026-1")
    assert main(["new", "document", "2026-1", *WITHOUT_SECTION, "--yes"], project) == 1
    assert main(["intake", manuscript, "--issue", "2026-1", "--yes"], project) == 1
    assert capsys.readouterr().err.count("还没有栏目") == 2


def test_words_in_another_encoding_are_no_traceback(project: Path, capsys: Capture) -> None:
    title = os.fsdecode("护林".encode("gbk")) if sys.getfilesystemencoding() == "utf-8" else "\udcbb"
    assert main(["new", "document", "2026-1", *DOCUMENT, "--title", title, "--yes"], project) == 1
    assert "不是 UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("command", ["new document", "intake"])
def test_mark_and_line_ends_of_the_issue_file_stay(
    project: Path, manuscript: str, mark: bytes, line_end: bytes, command: str
) -> None:
    file = issue_file(project, "2026-1", ("县政府部门文件", '[\n  "01.md", # 先\n]'), ("人事任免", "[]"))
    before = mark + file.read_bytes().replace(b"\n", line_end)
    file.write_bytes(before)
    words = (
        ["new", "document", "2026-1", *DOCUMENT]
        if command == "new document"
        else ["intake", manuscript, "--issue", "2026-1"]
    )
    assert main([*words, "--section", "县政府部门文件", "--yes"], project) == 0
    assert file.read_bytes() == before.replace(
        '  "01.md", # 先'.encode() + line_end,
        '  "01.md", # 先'.encode() + line_end + b'  "02.md",' + line_end,
    )


def test_a_list_of_files_that_is_missing_is_added_with_the_line_ends_of_the_file(project: Path) -> None:
    file = project / "content/2026-2/issue.toml"
    file.parent.mkdir()
    file.write_bytes(
        '"年" = 2026\r\n\r\n[["栏目"]]\r\n"名称" = "甲"\r\n\r\n[["栏目"]]\r\n"名称" = "乙"\r\n'.encode()
    )
    assert main(["new", "document", "2026-2", *DOCUMENT, "--section", "甲", "--yes"], project) == 0
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")
