"""Anchors of places: by number, by content, and kept under every name that was published."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liulin_gazette.model.blocks import Article, Block, Heading, Paragraph, plain, walk
from liulin_gazette.model.place_names import ledger_of, place_names
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.markdown_blocks import read_blocks

LAW = """第一条 为了规范管理，制定本办法。

第二条 申请应当提交下列材料：

（一）申请书；

（二）证明：

1. 身份证；

2. 户口簿。

（三）其他。

前款规定的材料由窗口核验。

申请可以在网上提出：

（一）电脑；

（二）手机。

第三条 本办法自公布之日起施行。"""


def blocks_of(text: str) -> tuple[Block, ...]:
    findings = FindingCollector()
    return read_blocks(text, "content/2026-1/01.md", Folder("content/2026-1"), findings)


def texts(blocks: tuple[Block, ...], ledger: str = "") -> dict[str, str]:
    """Return what each name in ``blocks`` leads to."""
    places = place_names(blocks, ledger)
    said = {
        block.anchor: plain(block.text)
        for block, _ in walk(blocks)
        if isinstance(block, (Heading, Paragraph, Article))
    }
    return {name: said[anchor] for anchor, each in places.items() for name in each.all if anchor in said}


@pytest.mark.parametrize(
    ("name", "begins", "citation"),
    [
        ("article-2", "申请应当", "第二条"),
        ("article-2-para-1", "申请应当", "第二条"),
        ("article-2-item-1", "（一）申请书", "第二条第一款第（一）项"),
        ("article-2-item-2-sub-2", "2. 户口簿", "第二条第一款第（二）项第2目"),
        ("article-2-item-3", "（三）其他", "第二条第一款第（三）项"),
        ("article-2-para-2", "前款规定", "第二条第二款"),
        ("article-2-para-3-item-2", "（二）手机", "第二条第三款第（二）项"),
        ("article-3", "本办法自", "第三条"),
    ],
)
def test_parts_of_articles_have_names_and_citations(name: str, begins: str, citation: str) -> None:
    blocks = blocks_of(LAW)
    assert texts(blocks)[name].startswith(begins)
    places = place_names(blocks)
    assert next(each.citation for each in places.values() if name in each.all) == citation


LINES = st.sampled_from(
    (
        "## 一、总则",
        "## 二、分则",
        "### （一）范围",
        "## 无号标题",
        "第一条 甲。",
        "第二条 乙。",
        "（一）项。",
        "（二）另一项。",
        "1. 目。",
    )
) | st.text("甲乙丙丁。", min_size=1, max_size=3)
BODIES = st.lists(LINES, min_size=1, max_size=14)


def body(lines: list[str]) -> tuple[Block, ...]:
    return blocks_of("\n\n".join(lines))


@settings(max_examples=60, deadline=None)
@given(BODIES, st.integers(0, 14))
def test_an_inserted_paragraph_moves_no_anchor_of_another(lines: list[str], at: int) -> None:
    new = "新添的一段。"
    before, after = body(lines), body([*lines[:at], new, *lines[at:]])
    old, now = texts(before), texts(after)
    # Those by content, and those by printed numbers, hold without a ledger; a 项 may come under another 款.
    for name, text in old.items():
        if name.startswith("t-") or ("-" not in name.removeprefix("article-") and name[0] in "as"):
            assert now[name] == text, name
    # All that was published holds with it, but that a printed number goes with the 项 that has it.
    kept = texts(after, ledger_of(place_names(before)))
    for name, text in old.items():
        if "-item-" not in name:
            assert kept[name] == text, name
        else:
            assert name in kept


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_names_are_unique_and_what_was_published_is_reached_after_any_change(
    lines: list[str], others: list[str]
) -> None:
    before = place_names(body(lines))
    for places in (before, place_names(body(others), ledger_of(before))):
        names = [name for each in places.values() for name in each.all]
        assert len(names) == len(set(names))
    published = {name for each in before.values() for name in each.all}
    assert published <= {
        name for each in place_names(body(others), ledger_of(before)).values() for name in each.all
    }
    # Published twice, nothing moves.
    again = place_names(body(lines), ledger_of(before))
    assert again == before


def test_two_paragraphs_alike_have_names_of_their_own() -> None:
    places = place_names(body(["第一条 甲。", "同样的话。", "同样的话。", "第二条 乙。", "同样的话。"]))
    names = [name for each in places.values() for name in each.all if name.startswith("t-")]
    assert len(names) == len(set(names)) == 3


def test_an_edited_and_a_deleted_paragraph_are_still_reached() -> None:
    before = body(["甲段。", "乙段。", "丙段。", "丁段。"])
    ledger = ledger_of(place_names(before))
    edited = texts(body(["新段。", "甲段。", "乙段改正。", "丙段。", "丁段。"]), ledger)
    assert [edited[f"p{number}"] for number in (1, 2, 3, 4)] == ["甲段。", "乙段改正。", "丙段。", "丁段。"]
    deleted = texts(body(["甲段。", "丙段。", "丁段。"]), ledger)
    assert [deleted[f"p{number}"] for number in (1, 2, 3, 4)] == ["甲段。", "丙段。", "丙段。", "丁段。"]
    # The new names are published in their turn.
    again = ledger_of(place_names(body(["甲段。", "丙段。", "丁段。"]), ledger))
    assert texts(body(["前段。", "甲段。", "丙段。", "丁段。"]), again)["p2"] == "丙段。"


@pytest.mark.parametrize("ledger", ["", "x", ":", "p1", "=:", "p1=p1:ffffff p1:000000", "第一条:甲 a:b:c"])
def test_a_damaged_ledger_costs_old_names_only(ledger: str) -> None:
    places = place_names(body(["第一条 甲。", "乙。"]), ledger)
    names = [name for each in places.values() for name in each.all]
    assert all(names) and "article-1" in names and len(names) == len(set(names))


def test_a_point_under_no_item_is_no_paragraph_of_the_article() -> None:
    places = place_names(body(["第一条 如下：", "1. 甲；", "2. 乙。", "丙。"]))
    assert [each.citation for each in places.values()] == [
        "第一条",
        "第一条第一款",
        "第一条第一款",
        "第一条第二款",
    ]
