"""附件说明 in several lines, however it is typed, is one note with its entries."""

from __future__ import annotations

import pytest

from liulin_gazette.model.annex_notes import entries
from liulin_gazette.model.blocks import Block, Paragraph, plain
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.markdown_blocks import read_blocks
from liulin_gazette.source.markdown.pasted_text import report_pasted_text


def read(body: str) -> tuple[Block, ...]:
    findings = FindingCollector()
    blocks = read_blocks(body, "content/2026-1/01.md", Folder("content/2026-1"), findings)
    report_pasted_text(body, "content/2026-1/01.md", findings)
    assert findings.items == []
    return blocks[:-1]


@pytest.mark.parametrize(
    "body",
    [
        "附件：1.清单\n　　　2.申请表\n　　　3.流程图",
        "附件：1.清单\n2.申请表\n3.流程图",
        "　　附件：1.清单\n      2.申请表\n　　　　　3.流程图",
        "附件：1.清单\n\n2.申请表\n\n3.流程图",
        "附件：1.清单\n\n　　　2.申请表\n\n　　　3.流程图",
        "附件：\n1.清单\n2.申请表\n3.流程图",
        "附件：\n\n1.清单\n\n2.申请表\n\n3.流程图",
        "附件：1.清单 \\\n2.申请表 \\\n3.流程图",
        "附件：1.清单\n2.申请表\n\n3.流程图",
    ],
)
def test_a_note_is_one_paragraph_with_a_line_for_each_annex(body: str) -> None:
    (note,) = read(body)
    assert isinstance(note, Paragraph)
    assert (note.role, plain(note.text)) == ("annex-note", "附件：1.清单\n2.申请表\n3.流程图")
    assert [(entry.lead, entry.number, plain(entry.title)) for entry in entries(note.text)] == [
        ("附件：", "1.", "清单"), ("", "2.", "申请表"), ("", "3.", "流程图"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "annexes",
    ["1.甲方案[^1]\n2.乙方案[^2]", "1.甲方案[^1] \n\n　　　2.乙方案[^2] ", "1.甲[^1]方案\n2.乙方案[^1][^2]"],
)
def test_marks_of_footnotes_in_a_note_stay(annexes: str) -> None:
    note, *_ = read(f"附件：{annexes}\n\n[^1]: 注一。\n\n[^2]: 注二。")
    assert isinstance(note, Paragraph) and plain(note.text) == "附件：1.甲方案\n2.乙方案"
    marks = [span.note for span in note.text if span.note]
    assert marks == (["①", "①", "②"] if annexes.count("[^1]") == 2 else ["①", "②"])
    assert [[span.note for span in entry.title if span.note] for entry in entries(note.text)] == [
        marks[:1],
        marks[1:],
    ]


def test_what_follows_a_note_and_is_no_next_entry_stays_apart() -> None:
    texts = [
        plain(block.text)
        for block in read("附件：1.清单\n\n3.申请表\n\n正文")
        if isinstance(block, Paragraph)
    ]
    assert texts == ["附件：1.清单", "3.申请表", "正文"]
    assert len(read("附件：清单\n\n2.申请表")) == 2
    assert len(read("1.清单\n\n2.申请表")) == 2


def test_the_anchors_of_later_paragraphs_are_those_that_they_would_have_had() -> None:
    blocks = read("附件：1.清单\n\n2.申请表\n\n正文")
    assert [block.anchor for block in blocks if isinstance(block, Paragraph)] == ["p1", "p3"]


@pytest.mark.parametrize(
    "body", ["附件：清单", "附件：1.清单 2.申请表", "附件：1.5万元补贴名册", "附件：清单 \\\n申请表"]
)
def test_a_note_in_one_line_or_without_numbers_has_no_entries(body: str) -> None:
    (note,) = read(body)
    assert isinstance(note, Paragraph) and not entries(note.text)
