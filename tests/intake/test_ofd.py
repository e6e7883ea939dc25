"""OFD files: text by its places, what is not text told, and every TextCode accounted for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from liulin_gazette.intake.account import EXTRA, MISSING, Account
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import Grid, IntakeError, Line, Manuscript
from liulin_gazette.intake.ofd_files.ofd_account import count_ofd
from liulin_gazette.intake.open_file import read_content
from tests.intake.ofd_files import ofd_file, rule, text

TURNED = 'CTM="0.7071 0.7071 -0.7071 0.7071 0 0"'
FIRST = "".join(
    [
        text("— 1 —", 98, 285, 4.9),
        text("柳河县林业局关于做好春季护林防火工作的通知", 40, 60, 5.9),
        text("柳林发〔2026〕9号", 80, 75),
        text("各乡镇人民政府：", 27, 90),
        text("为做好春季护林防火工作，经县人民政府同意，现通", 38.2, 100),
        text("知如下：", 27, 110),
        text("一、加强领导", 38.2, 120),
        text("各乡镇要认真执行，面积", 38.2, 130), text("10km", 99.8, 130), text("2", 122.2, 128, 3.2), text("。", 125.4, 130),
        text("绝密", 60, 150, 20, TURNED), text("暗字", 60, 200, 5.6, 'Visible="false"'), text("白字", 60, 210, 5.6, "", "255 255 255"),
    ]
)  # fmt: skip
CELLS = [["单位", "人数"], ["林业局", "12"], ["水利局", "3"]]
SECOND = "".join(
    [
        text("— 2 —", 98, 285, 4.9),
        *(text(cell, 32 + 60 * x, 57 + 10 * y) for y, row in enumerate(CELLS) for x, cell in enumerate(row)),
        *(rule(30, 50 + 10 * y, 150, 50 + 10 * y) for y in range(4)),
        *(rule(30 + 60 * x, 50, 30 + 60 * x, 80) for x in range(3)),
        text("柳河县林业局", 120, 130), text("2026年3月1日", 120, 140),
    ]
)  # fmt: skip


def _read(content: bytes) -> Manuscript:
    return read_content("文.ofd", ".ofd", content)


@pytest.fixture(scope="module")
def whole() -> bytes:
    return ofd_file([FIRST, SECOND], text("柳河县人民政府", 90, 12, 4.9), text("内部章", 100, 100))


def test_a_document_is_read_by_the_places_of_its_characters(whole: bytes) -> None:
    manuscript = _read(whole)
    (draft,) = recognise(manuscript).drafts
    document = draft.document
    assert document.title == "柳河县林业局关于做好春季护林防火工作的通知"
    assert (str(document.number), document.date) == ("柳林发〔2026〕9号", "2026-03-01")
    assert document.addressees == "各乡镇人民政府："
    assert "为做好春季护林防火工作，经县人民政府同意，现通知如下：" in document.body
    assert "## 一、加强领导" in document.body and "面积10km[上:2]。" in document.body
    (grid,) = (part for part in manuscript.parts if isinstance(part, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == CELLS
    told = {(each.text, each.reason) for each in manuscript.omissions}
    assert told >= {
        ("内部章", "注释、图章或水印里的字"), ("绝密", "水印"), ("暗字", "看不见的字"), ("白字", "白色的字"),
        ("— 1 —", "页眉、页脚或页码"), ("— 2 —", "页眉、页脚或页码"),
    }  # fmt: skip
    assert [text for text, _ in told].count("柳河县人民政府") == 1
    assert not manuscript.remarks and not any(
        part.doubts for part in manuscript.parts if isinstance(part, Line)
    )


def account(manuscript: Manuscript) -> Account:
    told = recognise(manuscript).account
    assert told is not None and told.unexplained == 0
    return told


def test_every_textcode_is_in_the_account(whole: bytes) -> None:
    manuscript = _read(whole)
    codes = sum(len(re.sub(r"\s", "", each.text)) for each in count_ofd(whole))
    assert account(manuscript).source == codes
    assert (account(manuscript).difference, account(manuscript).differences) == (0, ())
    for index, part in enumerate(manuscript.parts):
        short = replace(manuscript, parts=manuscript.parts[:index] + manuscript.parts[index + 1 :])
        assert MISSING in {each.kind for each in account(short).differences}
        double = replace(manuscript, parts=(*manuscript.parts, part))
        assert EXTRA in {each.kind for each in account(double).differences}
    for index in range(len(manuscript.omissions)):
        silent = (*manuscript.omissions[:index], *manuscript.omissions[index + 1 :])
        assert account(replace(manuscript, omissions=silent)).differences
    first, second, *rest = manuscript.parts
    swapped = replace(manuscript, parts=(*rest, second, first))
    assert account(swapped).differences


def test_steps_may_be_written_once_for_many_and_objects_be_scaled() -> None:
    scaled = text("按0.5放大的字", 0, 0, 11.2, 'CTM="0.5 0 0 0.5 27 100"').replace(
        'Boundary="0 -11.2', 'Boundary="0 0'
    )
    short = text("甲乙丙丁戊己", 27, 120).replace("g 5 5.6", "5.6 5.6")
    manuscript = _read(ofd_file([scaled + short + text("一二三四五六七八九十", 27, 140)]))
    lines = [part.text for part in manuscript.parts if isinstance(part, Line)]
    assert lines[:2] == ["按0.5放大的字", "甲乙丙丁戊己"]


LONG = "正文里有足够多的字可以读"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ofd_file([""]), "扫描件"),
        (ofd_file([]), "一页也没有"),
        (ofd_file([text(LONG, 27, 60)] * 3, **{"Doc_0__Pages__2__Content.xml": "<x>"}), "已损坏"),
        (ofd_file([text(LONG, 27, 60)])[:-40], "已损坏"),
        (ofd_file([LONG], **{"OFD.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "外部引用"),
        (ofd_file([LONG], **{"Doc_0__Encryptions.xml": "<x/>"}), "加了密"),
        (
            ofd_file(
                [],
                **{
                    "Doc_0__Document.xml": "<D><Pages>"
                    + '<Page ID="1" BaseLoc="Pages/1.xml"/>' * 2001
                    + "</Pages></D>",
                },
            ),
            "2001 页",
        ),
        (
            ofd_file([], **{"Doc_0__Document.xml": '<D><Pages><Page ID="1" BaseLoc="../../x"/></Pages></D>'}),
            "缺了一页",
        ),
    ],
)
def test_an_ofd_that_cannot_be_read_is_refused_with_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(IntakeError, match=message) as refused:
        _read(content)
    assert refused.value.told.endswith("。")


def test_absurd_numbers_end_in_a_manuscript() -> None:
    odd = text(LONG, 27, 60).replace("g 11 5.6", "g 999999999 5.6 g x nan 1e999")
    odd += rule(0, 0, 100, 0).replace("M 0 0", "M 1e999 L L Q 1 B")
    manuscript = _read(ofd_file([odd + text("乙" * 20, 27, 80, 5.6, 'CTM="1 2 x"')]))
    differences = account(replace(manuscript, count=tuple(count_ofd(ofd_file([odd]))))).differences
    assert "正" in "".join(part.text for part in manuscript.parts if isinstance(part, Line))
    assert MISSING not in {each.kind for each in differences}
