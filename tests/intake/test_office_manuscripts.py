"""Manuscripts as offices write them, in cases/offices: what each becomes, to the character.

Each file holds a manuscript, and after lines of ===== the right value of each of its documents: fields, a blank line,
the body without 待核 marks. All names are invented. The account of each differs in nothing.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from liulin_gazette.intake.document_recognition.decimal_headings import decimal_levels
from liulin_gazette.intake.document_recognition.listed_names import is_person_with_post
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft, Intake
from liulin_gazette.intake.manuscript import Line
from liulin_gazette.intake.open_file import read_content
from tests.intake.office_files import lay_picture, office_file

CASES = Path(__file__).parent / "cases" / "offices"
NAMES = sorted(file.name.removesuffix(".txt") for file in CASES.glob("*.txt"))
_MARK = re.compile("【待核：[^】]*】")


def manuscript(name: str, source: str) -> bytes:
    """Return the file ``name`` that has ``source`` in it."""
    if name.endswith(".docx"):
        return office_file(source.split("\n"))
    if name.startswith("UTF16"):
        return ("\ufeff" + source).encode("utf-16")
    return source.encode("gb18030" if "GBK" in name else "utf-8")


def taken_in(name: str, content: bytes) -> Intake:
    return recognise(read_content(name, name[name.rindex(".") :], content))


def without_marks(text: str) -> str:
    return re.sub(r"\n\n+", "\n\n", _MARK.sub("", text)).strip("\n")


def as_right_value(draft: Draft) -> str:
    """Return ``draft`` in the form of the right values in the cases."""
    document = draft.document
    signatory = document.signatory
    headnote, order = document.fields.get("题注", ()), document.fields.get("令号", "")
    values = {
        "标题": document.title,
        "文号": document.number,
        "机关": "|".join((document.issuer, *document.further_issuers)),
        "日期": document.date,
        "主送": document.addressees,
        "体裁": "" if document.kind == "公文" else document.kind,
        "公开": document.release,
        "题注": "／".join(headnote),
        "令号": str(order),
        "来源": str(document.fields.get("来源", "")),
        "登记": str(document.fields.get("统一登记号", "")),
        "签署": f"{signatory.post} {signatory.name}" if signatory else "",
    }
    fields = "\n".join(f"{key}：{text}" for key, value in values.items() if (text := without_marks(value)))
    return f"{fields}\n\n{without_marks(document.body)}"


@pytest.mark.parametrize("name", NAMES)
def test_documents(name: str) -> None:
    source, *right = (CASES / f"{name}.txt").read_text("utf-8").rstrip("\n").split("\n=====\n")
    intake = taken_in(name, manuscript(name, source))
    assert [as_right_value(draft) for draft in intake.drafts] == right
    assert intake.account is not None
    assert intake.account.differences == ()


def test_what_is_left_out_is_told() -> None:
    source = (CASES / "两办联合.docx.txt").read_text("utf-8").split("\n=====\n")[0]
    (draft,) = taken_in("来稿.docx", office_file(source.split("\n"))).drafts
    told = [row.original for row in draft.conversions if row.reason]
    assert told == ["中共临渡县委办公室", "文件", "临渡县人民政府办公室"]


def test_a_seal_is_told_and_no_figure() -> None:
    source = (CASES / "印章图片压在落款.docx.txt").read_text("utf-8").split("\n=====\n")[0]
    (draft,) = taken_in("来稿.docx", office_file(source.split("\n"))).drafts
    assert [row.reason for row in draft.conversions if "图" in row.original] == [
        "压在落款上的图（印章），公报不印"
    ]
    assert draft.pictures == ()


@pytest.mark.parametrize(
    ("width", "height", "wrap", "is_behind"),
    [
        (120, 90, "wrapNone", False),
        (45, 100, "wrapNone", True),
        (20, 20, "wrapNone", False),
        (42, 42, "wrapTopAndBottom", False),
    ],
)
def test_a_figure_right_before_the_signature_stays(
    width: int, height: int, wrap: str, is_behind: bool
) -> None:
    document = docx.Document()
    for line in ("松桃乌江县林业局关于禁运的公告", "现公告如下：", "禁运范围见图。"):
        document.add_paragraph(line)
    lay_picture(document.add_paragraph(), Mm(width), Mm(height), wrap, is_behind)
    for line in ("松桃乌江县林业局", "2026年8月3日"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    (draft,) = taken_in("来稿.docx", out.getvalue()).drafts
    assert len(draft.pictures) == 1
    assert "图1.png" in draft.document.body
    assert ("浮在落款附近的图" in draft.document.body) == (wrap == "wrapNone")
    assert draft.document.date == "2026-08-03"


def test_a_number_without_a_year_is_told() -> None:
    source = (CASES / "无年份文号.docx.txt").read_text("utf-8").split("\n=====\n")[0]
    (draft,) = taken_in("来稿.docx", office_file(source.split("\n"))).drafts
    assert draft.document.number == "【待核：来稿的文号“金街办函第12号”不完整，补全或者核对】"


def test_the_duty_of_a_task_is_no_contact() -> None:
    lines = [
        "^寿阳岭县教育局关于分解任务的通知",
        "寿教发〔2026〕4号",
        "　　一、修缮校舍。",
        "　　责任单位：县教育局",
        "　　二、购置校车。",
        "　　责任单位：县财政局",
    ]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert "责任单位：县教育局\n\n二、购置校车。\n\n责任单位：县财政局" in draft.document.body
    assert draft.document.contact is None or "县" not in draft.document.contact.unit


@pytest.mark.parametrize(
    "line",
    ["第1页的内容如下", "（此页无正文，附件除外的内容。见下页）为准", "— 甲 —", "-5℃-", "主动公开：见目录"],
)
def test_lines_like_those_of_a_page_stay(line: str) -> None:
    lines = ["^寿阳岭县教育局关于分解任务的通知", "寿教发〔2026〕4号", "　　请认真执行。", f"　　{line}"]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert line in draft.document.body


def test_line_breaks_within_a_sentence_stay() -> None:
    lines = ["^寿阳岭县教育局关于通信地址的公告", "　　地址：人民路1号↵邮编：033300，电话见官网↵（县教育局）"]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert draft.document.body == "地址：人民路1号\\\n邮编：033300，电话见官网\\\n（县教育局）"


def test_lines_of_mail_are_text_where_no_mail_is_quoted() -> None:
    lines = [
        "^寿阳岭县教育局关于征文的公告",
        "　　征文题目：",
        "　　在2026年的春天，他写道：春天来了",
        "　　欢迎投稿。",
    ]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert draft.document.body.endswith("在2026年的春天，他写道：春天来了\n\n欢迎投稿。")


def test_a_table_with_dates_that_is_no_signature_stays_a_table() -> None:
    lines = ["^寿阳岭县民政局关于公布值班安排的通知", "^寿民发〔2026〕3号", "各乡镇：", "　　值班安排如下。"]
    lines += [
        "| 2026年5月1日 | 李明 |",
        "| 2026年5月2日 | 王强 |",
        "@表完",
        ">寿阳岭县民政局",
        ">2026年4月28日",
    ]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert "| 2026年5月1日 | 李明 |" in draft.document.body
    assert draft.document.date == "2026-04-28"


def test_short_lines_that_begin_with_figures_are_no_decimal_headings() -> None:
    lines = [
        "^寿阳岭县统计局关于报送数据的通知",
        "各乡镇：",
        "　　指标如下：",
        "　　1 人口数",
        "　　3.5 万元产值",
    ]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert "#" not in draft.document.body


def test_two_single_names_are_no_list() -> None:
    lines = ["^寿阳岭县教育局关于公布名单的通知", "各学校：", "　　名单如下：", "　　周　敏", "　　吴天德"]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert ":::" not in draft.document.body


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("段志勇　白虎镇人民政府镇长", True),
        ("聂　华　县水务局局长（兼）", True),
        ("城关　白虎镇人民政府镇长", False),
        ("段志勇　负责全县防汛工作，任副指挥长", False),
        ("段志勇　13800000000", False),
        ("段志勇白虎镇人民政府镇长", False),
    ],
)
def test_a_person_with_a_post_is_certain(text: str, is_one: bool) -> None:
    assert is_person_with_post(text) == is_one


def test_names_that_are_not_as_many_as_counted_are_text() -> None:
    lines = [
        "^寿阳岭县教育局关于表彰教师的决定",
        "各学校：",
        "　　一、优秀教师（3名）",
        "　　郑　洁　　冯国强",
    ]
    (draft,) = taken_in("来稿.docx", office_file(lines)).drafts
    assert ":::" not in draft.document.body


def test_decimal_numbers_of_many_headings_have_their_levels() -> None:
    headings = [f"{first}.{second}　目标" for first in range(1, 60) for second in range(1, 20)]
    lines = [
        line
        for first in range(1, 60)
        for line in (f"{first}　总则", *headings[(first - 1) * 19 : first * 19])
    ]
    levels = decimal_levels([Line(line, "") for line in lines])
    assert levels == {index: 3 if "." in line else 2 for index, line in enumerate(lines)}
