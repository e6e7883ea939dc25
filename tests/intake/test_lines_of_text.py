"""What a line of a text is told by: names of divisions with commas, labels of annexes after a note of contacts."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import division
from liulin_gazette.intake.manuscript import Part
from liulin_gazette.intake.text_files import portal_particulars
from liulin_gazette.intake.text_files.plain_text import read_text


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("第一章　认清形势，明确目标", True),
        ("第二篇 夯实基础，建设现代产业", True),
        ("第三章总则", True),
        ("第三章规定的情形，适用本办法", False),
        ("第三章 规定的情形，适用本办法。", False),
        ("第三章 规定的情形，", False),
    ],
)
def test_names_of_divisions(text: str, is_name: bool) -> None:
    assert (division(text) is not None) is is_name


def test_the_label_of_an_annex_is_not_joined_to_the_note_before_it() -> None:
    text = (
        "宁川县人民政府关于请求支持防汛物资的请示\n宁政发〔2026〕9号\n市人民政府：\n我县汛期将至，请予支持。\n"
        "附件：1.物资清单\n2.项目概况\n宁川县人民政府\n2026年3月5日\n"
        "（联系人：王某某，联系电话：0937-7654321）\n附件1\n物资清单\n冲锋舟2艘，救生衣50件。\n"
        "附件2\n项目概况\n项目位于石门镇。\n"
    )
    intake = recognise(read_text("来稿.txt", text.encode()))
    assert intake.account is not None and intake.account.differences == ()
    (draft,) = intake.drafts
    annexes = [line for line in draft.document.body.splitlines() if line.startswith("::: ")]
    assert annexes == ["::: 落款", "::: 附件 1 物资清单", "::: 附件 2 项目概况"]


@pytest.mark.parametrize("line", ["甲乙丙丁", "王某某\t李某某\t赵小六", "1\t石门水库\t王某某"])
def test_the_work_of_a_long_text_grows_with_its_lines(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(part: Part) -> str:
        calls.append("")
        return part_text(part)

    monkeypatch.setattr(portal_particulars, "part_text", counted)
    read_text("来稿.txt", f"{line}\n".encode() * 500)
    assert len(calls) <= 5 * 500
