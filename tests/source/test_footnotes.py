"""Footnotes: labels and notes in pairs, numbers in reading order, and each note in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.blocks import (
    Annex,
    Block,
    Footnotes,
    Heading,
    Instrument,
    Paragraph,
    Signature,
    Table,
    footnotes,
    plain,
    walk,
)
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.footnotes import CIRCLED
from liulin_gazette.source.markdown.markdown_blocks import read_blocks


def read(body: str) -> tuple[tuple[Block, ...], list[str]]:
    findings = FindingCollector()
    blocks = read_blocks(body, "content/2026-1/01.md", Folder("content/2026-1"), findings)
    return blocks, [f"{each.code}:{each.place.line}" for each in findings.items]


def notes_of(blocks: tuple[Block, ...]) -> list[tuple[str, str, str]]:
    return [(note.mark, plain(note.text), note.anchor) for note in footnotes(blocks)]


def test_notes_are_numbered_in_reading_order_and_stand_at_the_end_of_their_part() -> None:
    blocks, errors = read("[^b]: 乙注\n\n甲[^a]乙[^b]。\n\n[^a]：甲注CO[下:2]\n续行")
    assert errors == []
    assert [type(block) for block in blocks] == [Paragraph, Signature, Footnotes]
    assert notes_of(blocks) == [("①", "甲注CO₂续行", "footnote-1"), ("②", "乙注", "footnote-2")]
    assert isinstance(blocks[0], Paragraph)
    assert [span.note for span in blocks[0].text] == ["", "①", "", "②", ""]
    assert plain(blocks[0].text) == "甲乙。"


def test_a_label_is_known_in_its_part_only() -> None:
    blocks, errors = read(
        "甲[^1]\n\n[^1]: 正文的注\n\n# 方案\n\n## 一、总则[^1]\n\n[^1]: 方案的注\n\n::: 附件 清单\n丙[^1]\n\n[^1]: 附件的注\n:::"
    )
    assert errors == []
    assert [mark for mark, _, _ in notes_of(blocks)] == ["①", "②", "③"]
    _, _, first, instrument, annex = blocks
    assert isinstance(first, Footnotes) and isinstance(instrument, Instrument) and isinstance(annex, Annex)
    assert [type(block) for block in instrument.blocks] == [Heading, Footnotes]
    assert isinstance(annex.blocks[-1], Footnotes)
    assert read("甲[^1]\n\n# 方案\n\n[^1]: 注")[1] == ["S072:1", "S072:5"]


def test_notes_of_a_table_belong_to_it() -> None:
    blocks, errors = read(
        "甲[^z]\n\n::: 表 分工\n| 甲[^x] | 乙 |\n| - | - |\n| 丙[^y] | 丁[^x] |\n\n[^y]: 丙注\n:::\n\n[^x]: 甲注\n\n[^z]: 正文注"
    )
    assert errors == []
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [(note.mark, plain(note.text)) for note in table.notes] == [("②", "甲注"), ("③", "丙注")]
    repeated = table.rows[1][1].text[-1]
    assert (repeated.note, repeated.is_repeated) == ("②", True)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ("甲[^1]", ["S072:1"]),
        ("甲\n\n[^1]: 注", ["S072:3"]),
        ("甲[^1]\n\n[^1]: 注\n\n[^1]: 又注", ["S072:5"]),
        ("甲[^1]\n\n[^1]:", ["S072:3"]),
        ("甲[^", ["S070:1"]),
        ("甲[^1 2]", ["S070:1"]),
        ("# 方案[^1]\n\n乙[^1]\n\n[^1]: 注", ["S071:1"]),
        ("甲[^1]\n\n[^1]: 注[^1]", ["S071:3"]),
        ("![图[^1]](原图待补)", ["S071:1"]),
        ("写作\\[^1]", []),
    ],
)
def test_marks_and_notes_that_do_not_fit(body: str, errors: list[str]) -> None:
    assert read(body)[1] == errors


def test_a_mark_in_bold_keeps_the_role_of_its_paragraph() -> None:
    blocks, _ = read("**总指挥**[^1]\n\n**（一）宣传[^2]。**充分\n\n[^1]: 甲\n\n[^2]: 乙")
    assert [block.role for block in blocks if isinstance(block, Paragraph)] == ["label", "run-in"]


@given(st.lists(st.integers(1, 90), min_size=1, max_size=90, unique=True))
def test_every_mark_leads_to_its_note(labels: list[int]) -> None:
    body = "\n\n".join(f"段{label}[^{label}]又[^{label}]" for label in labels)
    written = "\n\n".join(f"[^{label}]: 注文{label}。" for label in sorted(labels))
    blocks, errors = read(f"{written}\n\n{body}")
    assert errors == []
    by_mark = {mark: text for mark, text, _ in notes_of(blocks)}
    expected = [CIRCLED[at] if at < len(CIRCLED) else f"[{at + 1}]" for at in range(len(labels))]
    assert list(by_mark) == expected
    for block, _ in walk(blocks):
        if isinstance(block, Paragraph):
            (first, second) = (span for span in block.text if span.note)
            assert first.note == second.note and not first.is_repeated and second.is_repeated
            assert by_mark[first.note] == f"注文{plain(block.text)[1:].partition('又')[0]}。"
