"""Addresses of places on a document's page: old names, 款 and 项, and a citation that names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.blocks import Article, Block, Paragraph
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.place_names import ledger_of, place_names
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import staging
from tests.web.browser import accessibility_faults, address, expect
from tests.web.conftest import PLAIN, build, issue, text

PAGE = f"2026/1/{PLAIN.slug}/index.html"
LAW: tuple[Block, ...] = (
    Article("第一条", 1, text("申请提交下列材料："), "article-1", 0),
    Paragraph("text", text("（一）申请书；"), "p1", 0),
    Paragraph("text", text("（二）证明。"), "p2", 0),
    Paragraph("text", text("前款的材料由窗口核验。"), "p3", 0),
    *(
        Article(f"第{number}条", 10 + place, text("略。" * 40), f"article-{10 + place}", 0)
        for place, number in enumerate("二三四五六七八")
    ),
)


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 500})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def written(publication: Publication, folder: Path, blocks: tuple[Block, ...], ledger: str = "") -> None:
    record = PublicationRecord(date(2026, 3, 1), {}, anchors={PLAIN.slug: ledger}) if ledger else None
    made = replace(issue(2026, 1, replace(PLAIN, blocks=blocks)), record=record)
    for asset in build(replace(publication, issues=(made,))):
        staging.write_file(folder, asset.path, asset.content)


@pytest.mark.tools
def test_old_and_new_names_lead_to_the_place_and_the_citation_names_it(
    tab: Any, publication: Publication, tmp_path: Path
) -> None:
    inserted = Paragraph("text", text("（一）新添的一项；"), "p1", 0)
    later = (
        *LAW[:1],
        inserted,
        *(
            replace(block, anchor=f"p{place}")
            for place, block in enumerate(LAW[1:4], 2)
            if isinstance(block, Paragraph)
        ),
        *LAW[4:],
    )
    written(publication, tmp_path, later, ledger_of(place_names(LAW)))
    for name, begins, cited in (
        ("p2", "（二）证明", "第一条第一款第（二）项"),
        ("p3", "前款的材料", "第一条第二款"),
        ("article-1-para-2", "前款的材料", "第一条第二款"),
        ("article-10", "第二条", "第二条"),
    ):
        tab.goto(address(tmp_path, PAGE) + f"#{name}")
        target = tab.locator(f"[id='{name}']")
        assert target.inner_text().startswith(begins)
        assert target.evaluate("each => each.getBoundingClientRect().top < innerHeight")
        expect(tab.locator("#cited-place")).to_have_text(cited)
    tab.click("#copy-citation")
    expect(tab.locator("#copy-status")).to_contain_text("已复制")
    assert f"（{PLAIN.identifier}）第二条，《" in tab.evaluate("navigator.clipboard.readText()")
    assert accessibility_faults(tab) == []


def test_the_outline_leads_to_articles_annexes_and_contact(publication: Publication, tmp_path: Path) -> None:
    written(publication, tmp_path, LAW)
    page = (tmp_path / PAGE).read_text("utf-8")
    assert '<a href="#article-1">第一条</a>' in page and '<a href="#contact">政策咨询</a>' in page
    assert 'id="article-1-item-2"' in page and 'data-cite="第一条第一款第（二）项"' in page
