"""Files are what their bytes say, whatever they are called; what cannot be read is named as what it is."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.file_kinds import Kind, kind_of
from liulin_gazette.intake.limited_reading import (
    READING,
    call_within_limits,
)
from liulin_gazette.intake.manuscript import IntakeError, ReaderFaultError
from liulin_gazette.intake.open_file import read_content
from liulin_gazette.intake.text_encoding import decoded
from tests.intake.sheet_files import archive, sheet_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})


def _ole(stream: str) -> bytes:
    return OLE + b"\0" * 64 + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("suffix", "content", "kind"),
    [
        (".doc", WORD, Kind.WORD), (".txt", WORD, Kind.WORD), (".xls", sheet_file({"表": ""}), Kind.SHEETS),
        (".docx", sheet_file({"表": ""}), Kind.SHEETS), (".docx", _ole("WordDocument"), Kind.OLD_TEXT),
        (".xlsx", _ole("Workbook"), Kind.OLD_SHEETS), (".doc", b"{\\rtf1 x}", Kind.OLD_TEXT), (".doc", b"%PDF-1.4", Kind.PDF),
        (".doc", b"<html><body>x", Kind.WEB_PAGE), (".xls", b"\xef\xbb\xbf<table><tr>", Kind.WEB_PAGE), (".wps", _ole(""), Kind.OLD_TEXT),
        (".docx", "只是文字".encode(), Kind.TEXT), (".zip", archive({"OFD.xml": "<x/>"}), Kind.OFD), (".ofd", archive({"OFD.xml": "<x/>"}), Kind.OFD),
        (".bin", archive({"a.txt": "x"}), Kind.ARCHIVE), ("", b"PK\x03\x04rubbish", Kind.WORD), (".txt", b"From: a\nSubject: b\nTo: c\n\nx", Kind.MAIL),
        (".txt", "名称：甲\n单位：乙\n".encode(), Kind.TEXT), (".ods", archive({"content.xml": "x", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Kind.OLD_SHEETS),
        (".bin", b"abc", None),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(suffix: str, content: bytes, kind: Kind | None) -> None:
    assert kind_of(suffix, content) == kind


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "图片（JPEG）"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "图片（PNG）"),
        (b"MZ\x90\0" + b"\0" * 80, "可执行程序"), (b"AC1027" + b"\0" * 80, "AutoCAD 图纸"), (b"Rar!\x1a\x07\0x", "RAR 压缩文件"),
        (archive({"Index/Document.iwa": "x"}), "苹果 iWork"), (archive({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "演示文稿"),
        (_ole("PowerPoint Document"), "演示文稿"), (_ole("EncryptedPackage"), "加了密码"), (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "MP4"),
        (_ole("__properties_version1.0"), "另存为 .eml"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".xlsx", ".jpg", ".txt"])
def test_a_file_that_is_no_manuscript_is_named_as_what_it_is(content: bytes, named: str, suffix: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read_content(f"来稿{suffix}", suffix, content)
    assert named in refused.value.told and "损坏" not in refused.value.told


TRADITIONAL = "柳河縣人民政府關於做好春季護林防火工作的通知，各鄉鎮人民政府，請認真貫徹執行。"
SIMPLIFIED = "柳河县人民政府关于做好春季护林防火工作的通知，各乡镇人民政府，请认真贯彻执行。"


def test_big5_is_told_from_gbk() -> None:
    text, remarks = decoded("a.txt", TRADITIONAL.encode("big5"))
    assert text == TRADITIONAL and "Big5" in remarks[0]
    for text in (SIMPLIFIED, TRADITIONAL, "甲", "名单：王芳 李娜", "①②③ⅠⅡ"):
        assert decoded("a.txt", text.encode("gb18030"))[0] == text


def _fails(_: str) -> None:
    raise KeyError("x")


def test_a_fault_of_the_program_is_not_called_the_files() -> None:
    with pytest.raises(IntakeError) as refused:
        call_within_limits("来稿.docx", READING, _fails, "x")
    assert isinstance(refused.value, ReaderFaultError) and isinstance(refused.value.__cause__, KeyError)
    assert "程序" in refused.value.told and "损坏" not in refused.value.told
