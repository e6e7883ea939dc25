"""Back issues that other programs made, taken in as a whole folder: numbers, 目录, documents, pages, report, resuming."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import weasyprint

from liulin_gazette.cli import main
from liulin_gazette.commands.terminal import archive_run
from liulin_gazette.editing.changes import Change
from liulin_gazette.intake.back_issues.archive_folder import archive_folder
from liulin_gazette.intake.back_issues.issue_identity import identity_of
from liulin_gazette.intake.back_issues.issue_recognition import IssueReading, recognise_issue
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.open_file import read_content
from tests.conftest import ROOT
from tests.intake.back_issues import BackIssue, back_issue, lines, web_page, word_issue

WORD = back_issue(2018, 1, 21, count=4)

PRINTED = back_issue(2018, 2, 22)

SETTINGS = """
"名称" = "丰泽县人民政府公报"
"拼音刊名" = "FENGZE XIAN RENMIN ZHENGFU GONGBAO"
"主办单位" = "丰泽县人民政府办公室"
"刊期" = "双月刊"
"网址" = "https://gazette.fengze.example/"
"文件名前缀" = "fengze-gazette"
"赠阅范围" = "县直各单位。"
["期号起算"]
"年" = 2018
"期" = 1
"总期号" = 21
"每年期数" = 6
[["发文机关"]]
"名称" = "丰泽县人民政府"
"机关代字" = "丰政发"
[["发文机关"]]
"名称" = "丰泽县人民政府办公室"
"机关代字" = "丰政办发"
[["发文机关"]]
"名称" = "丰泽县教育局"
"机关代字" = "丰教发"
["封底"]
"地址" = "某街1号"
"邮编" = "000000"
"电话" = "0990-2200000"
"""


def pages_in(pdf: bytes, issue: BackIssue) -> tuple[int, ...]:
    """Return the page of the PDF on which each document of ``issue`` begins."""
    file = pypdfium2.PdfDocument(pdf)
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in file]
    wanted = [paper.number or paper.title for paper in issue.papers]
    return tuple(
        next(number for number, text in enumerate(texts, 1) if number > 2 and each in text) for each in wanted
    )


@pytest.fixture(scope="module")
def printed() -> tuple[bytes, tuple[int, ...]]:
    """Return an issue as PDF, and the pages of its documents."""
    draft = weasyprint.HTML(string=web_page(PRINTED, (9,) * len(PRINTED.papers), numbers_in_contents=True))
    pages = pages_in(draft.write_pdf() or b"", PRINTED)
    html = weasyprint.HTML(string=web_page(PRINTED, pages, numbers_in_contents=True))
    return html.write_pdf() or b"", pages


@pytest.fixture(scope="module")
def printed_reading(printed: tuple[bytes, tuple[int, ...]]) -> IssueReading:
    return recognise_issue("x.pdf", [read_content("x.pdf", ".pdf", printed[0])])


def gazette(tmp_path: Path) -> Path:
    """Return the folder of a gazette without issues."""
    root = tmp_path / "公报"
    (root / "content").mkdir(parents=True)
    (root / "content/gazette.toml").write_text(SETTINGS, "utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    return root


def test_a_printed_issue_is_divided_as_its_contents_list_says(
    printed_reading: IssueReading, printed: tuple[bytes, tuple[int, ...]]
) -> None:
    found = printed_reading.documents
    assert [(each.title, each.number, each.section) for each in found] == [
        (paper.title, paper.number, paper.section) for paper in PRINTED.papers
    ]
    assert tuple(each.first_page for each in found) == printed[1]
    assert all(each.last_page >= each.first_page and not each.doubts for each in found)
    assert printed_reading.missing == ()
    assert printed_reading.sections == ("政府文件", "政府办文件", "部门文件", "资料")
    identity = identity_of(printed_reading.clues)
    assert (identity.name, identity.total, identity.day) == ("2018-2", 22, date(2018, 4, 28))


def test_drafts_keep_the_printed_pages_for_citation(
    printed_reading: IssueReading, printed: tuple[bytes, tuple[int, ...]]
) -> None:
    pages = [draft.document.fields["印刷页码"] for draft in printed_reading.intake.drafts]
    assert [str(page).split("—")[0] for page in pages] == [str(page) for page in printed[1]]
    assert all(draft.document.date for draft in printed_reading.intake.drafts)


def word_reading(content: bytes) -> IssueReading:
    return recognise_issue("x.docx", [read_content("x.docx", ".docx", content)])


@pytest.mark.parametrize("brackets", [False, True])
def test_a_word_issue_is_divided_as_its_contents_list_says(brackets: bool) -> None:
    reading = word_reading(word_issue(WORD, (1, 3, 7, 9), brackets))
    assert [(each.title, each.number, each.section, each.first_page) for each in reading.documents] == [
        (paper.title, paper.number, paper.section, page)
        for paper, page in zip(WORD.papers, (1, 3, 7, 9), strict=True)
    ]
    assert all(draft.document.fields["印刷页码"] for draft in reading.intake.drafts)
    assert reading.intake.account is not None
    assert reading.intake.account.difference == 0


def test_what_contents_list_and_body_say_differently_is_marked() -> None:
    lines_of_issue = lines(
        "目录",
        "某县人民政府关于加强河道管理的通知（某政发〔2018〕3号）……1",
        "某县人民政府关于没有登出的事项的通知……5",
        "某县教育局关于课后服务工作的意见……7",
        "某县人民政府关于加强河道管理的通知",
        "某政发〔2018〕4号",
        "各乡镇人民政府：",
        "加强河道管理。",
        "某县人民政府",
        "2018年3月5日",
        "某县教育局关于课后服务工怍的意见",
        "各学校：",
        "做好课后服务。",
        "某县教育局",
        "2018年3月6日",
        "某县司法局关于普法工作的通知",
        "某司发〔2018〕2号",
        "各乡镇：",
        "做好普法工作。",
    )
    reading = recognise_issue("x", [Manuscript("x", tuple(lines_of_issue))])
    assert [each.title for each in reading.missing] == ["某县人民政府关于没有登出的事项的通知"]
    doubts = ["；".join(each.doubts) for each in reading.documents]
    assert doubts == [
        "文号与目录不同，目录写作“某政发〔2018〕3号”",
        "标题与目录不同，目录写作“某县教育局关于课后服务工作的意见”",
        "目录里没有这一份",
    ]
    first, second, _ = (draft.document for draft in reading.intake.drafts)
    assert first.number.startswith("某政发〔2018〕4号【待核：目录写作“某政发〔2018〕3号”")
    assert second.title.startswith("某县教育局关于课后服务工怍的意见【待核：目录写作")


def test_several_files_form_one_issue() -> None:
    first = Manuscript(
        "1", tuple(lines("目录", "某县人民政府关于甲事的通知……1", "某县人民政府关于乙事的通知……3"))
    )
    files = [
        Manuscript(
            name,
            tuple(
                lines(
                    f"某县人民政府关于{name}事的通知",
                    f"某政发〔2018〕{n}号",
                    "各乡镇：",
                    "照办。",
                    "2018年3月5日",
                )
            ),
        )
        for n, name in enumerate("甲丙乙", 1)
    ]
    reading = recognise_issue("2018年第1期", [first, files[0], files[2], files[1]])
    assert [(each.title, each.in_contents) for each in reading.documents] == [
        ("某县人民政府关于甲事的通知", True),
        ("某县人民政府关于乙事的通知", True),
        ("某县人民政府关于丙事的通知", False),
    ]


def archive(tmp_path: Path, printed: bytes) -> Path:
    folder = tmp_path / "往期 文件"
    (folder / "2018").mkdir(parents=True)
    (folder / "2018/第1期.docx").write_bytes(word_issue(WORD, (1, 3, 7, 9)))
    (folder / "2018/第2期公报.pdf").write_bytes(printed)
    (folder / "2018/第5期.docx").write_bytes(word_issue(back_issue(2018, 4, 24, count=4), (1, 3, 7, 9)))
    (folder / "2018/第6期.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "封面.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def test_a_folder_becomes_draft_issues_and_a_report(
    tmp_path: Path,
    printed: tuple[bytes, tuple[int, ...]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, folder = gazette(tmp_path), archive(tmp_path, printed[0])
    command = ["intake", "--archive", str(folder), "--yes"]
    apply, calls = archive_run.apply, list[str]()

    def interrupted(root: Path, title: str, changes: Sequence[Change]) -> str:
        calls.append(title)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return apply(root, title, changes)

    with monkeypatch.context() as patch:
        patch.setattr(archive_run, "apply", interrupted)
        with pytest.raises(KeyboardInterrupt):
            main(command, root)
    assert sorted(each.name for each in (root / "content").iterdir()) == ["2018-1", "gazette.toml"]
    capsys.readouterr()

    assert main(command, root) == 1
    told = "".join(capsys.readouterr())
    assert "有 4 期，1 期以前已经转好" in told
    assert "以前已经转好：content/2018-1" in told
    assert "2018年第2期（总第22期）：公文 8 份" in told
    assert "封面写作第4期，文件名写作第5期" in told
    assert '"2018/第5期.docx" = "年-期"' in told
    assert "2018/第6期.docx" in told
    assert "封面.jpg：是图片" in told
    settings = (root / "content/2018-2/issue.toml").read_text("utf-8")
    assert '"总期号" = 22\n"出版日期" = 2018-04-28\n' in settings
    assert re.findall('"名称" = "(.*)"', settings) == ["政府文件", "政府办文件", "部门文件", "资料"]
    page = (root / "output/intake/往期.html").read_text("utf-8")
    assert PRINTED.papers[0].title in page
    assert "旧刊-2018-2.html" in page
    assert (root / "output/intake/旧刊-2018-2.html").is_file()

    own = root / "content/2018-2/01.md"
    own.write_text(own.read_text("utf-8") + "改过。\n", "utf-8")
    (folder / "期号.toml").write_text('"2018/第5期.docx" = "2018-4"\n', "utf-8")
    (folder / "2018/第6期.docx").unlink()
    (folder / "2018/第2期公报.pdf").write_bytes(printed[0] + b"\n")
    assert main(command, root) == 1
    told = "".join(capsys.readouterr())
    assert "content/2018-2 已经有了，没有动它" in told
    assert "缺 2018 年第3期" in told
    assert own.read_text("utf-8").endswith("改过。\n")
    assert (root / "content/2018-4/issue.toml").is_file()
    assert main(["undo", "--yes"], root) == 0
    assert not (root / "content/2018-4").exists()


def test_open_values_are_marked_in_the_settings_of_the_issue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, folder = gazette(tmp_path), tmp_path / "往期"
    issue = replace(WORD, day="")
    (folder / "2018年第1期（总第22期）").mkdir(parents=True)
    (folder / "2018年第1期（总第22期）/全文.docx").write_bytes(word_issue(issue, (1, 3, 7, 9)))
    assert main(["intake", "--archive", str(folder), "--yes"], root) == 0
    settings = (root / "content/2018-1/issue.toml").read_text("utf-8")
    assert '"总期号" = "【待核：封面写作总第21期，文件名写作总第22期】"' in settings
    assert '"出版日期" = "【待核：来稿里没有找到】"' in settings
    assert main(["check"], root) == 1
    told = "".join(capsys.readouterr())
    assert "content/2018-1/issue.toml" in told


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        ('"没有.pdf" = "2018-3"', "“没有.pdf”不在文件夹里"),
        ('"a.pdf" = "第三期"', "“a.pdf”的期号写法不对"),
        ('"a.pdf" = 3', "“a.pdf”的期号写法不对"),
        ("这不是 TOML", "读不懂"),
    ],
)
def test_wrong_decisions_are_told(tmp_path: Path, decisions: str, words: str) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "期号.toml").write_text(decisions, "utf-8")
    with pytest.raises(IntakeError) as error:
        archive_folder(tmp_path)
    assert words in error.value.told


def test_files_of_a_folder_are_issues_unless_the_folder_is_one(tmp_path: Path) -> None:
    for path in (
        "2018/10.pdf",
        "2018/2.pdf",
        "2019年第1期/b.docx",
        "2019年第1期/a.docx",
        ".隐藏/x.pdf",
        "~$x.docx",
        "说明.exe",
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    (tmp_path / "链接.pdf").symlink_to(tmp_path / "2018/2.pdf")
    found = archive_folder(tmp_path)
    assert [(each.path, len(each.files)) for each in found.issues] == [
        ("2018/2.pdf", 1),
        ("2018/10.pdf", 1),
        ("2019年第1期", 2),
    ]
    assert {path for path, _ in found.others} == {"说明.exe", "链接.pdf"}


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["intake"], 2, "没有写来稿的文件名"),
        (["intake", "a.docx", "--archive", "b"], 2, "不和来稿"),
        (["intake", "--archive", "没有的文件夹"], 1, "不是文件夹"),
    ],
)
def test_wrong_use_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str], code: int, words: str
) -> None:
    assert main(argv, gazette(tmp_path)) == code
    assert words in capsys.readouterr().err
