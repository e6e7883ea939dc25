"""The printed texts of one instrument: which hold when, two of them side by side, and what errata change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.text.paragraph_pairs import paragraph_pairs, pieces
from tests.web.browser import accessibility_faults, address, expect

TITLE = "柳林县护林办法"
FIRST = """---
标题: 柳林县林业局关于印发《柳林县护林办法（试行）》的通知
发文字号: 柳林发〔2026〕9号
发文机关: 柳林县林业局
成文日期: 2026-02-06
公开方式: 此件公开发布
主送: 局属各单位：
{head}政策咨询:
  责任单位: 柳林县林业局
  责任股室: 森防办
  责任人: 刘荣
  电话: 0358-4022294
---

现将办法印发给你们。

# 柳林县护林办法（试行）

第一条 为了保护森林，制定本办法。

第二条 巡护每十日一次，每次两人。

第三条 记录归档。

第四条 遇有火情立即报告。

第五条 本办法由县林业局解释。

第六条 各乡镇照此办理。

第七条 本办法自印发之日起施行。
"""


def second(relation: str, **changes: str) -> str:
    """Return the text printed later, with a relation to the first one."""
    text = (
        FIRST.replace("（试行）", "")
        .replace("〔2026〕9号", "〔2026〕31号")
        .replace("2026-02-06", "2026-04-06")
    )
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text.format(head=relation)


def add_issue(root: Path, *texts: str) -> None:
    """Add a second issue with ``texts`` to a small project, whose first document becomes ``FIRST``."""
    first, later = root / "content/2026-1", root / "content/2026-2"
    (first / "01.md").write_text(FIRST.format(head="施行日期: 2026-03-01\n"), "utf-8")
    later.mkdir()
    issue = (first / "issue.toml").read_text("utf-8").replace("2026-02-28", "2026-04-30")
    issue = issue.replace('"期" = 1', '"期" = 2').replace('"总期号" = 30', '"总期号" = 31')
    names = [f"{number:02}.md" for number in range(1, len(texts) + 1)]
    (later / "issue.toml").write_text(
        issue.replace('"01.md"', ", ".join(f'"{name}"' for name in names)), "utf-8"
    )
    for name, text in zip(names, texts, strict=True):
        (later / name).write_text(text, "utf-8")


def site_of(root: Path) -> Path:
    result = build(root, Wanted(site_only=True), lambda _: None)
    assert not result.failed, [each for each in result.diagnostics if each.severity.value == "错误"]
    return root / "output/site"


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


RELATION = "施行日期: 2026-05-01\n修订:\n  - 柳林发〔2026〕9号\n"
CHANGES = {"每十日一次，每次两人": "每五日一次，每次两人", "\n第七条 本办法自印发之日起施行。\n": ""}


def test_two_printed_texts_stand_side_by_side(project: Path) -> None:
    add_issue(project, second(RELATION, **CHANGES))
    site = site_of(project)
    new = site / "2026/2/liu-lin-fa-2026-31"
    old = site / "2026/1/liu-lin-fa-2026-9/index.html"
    page = (new / "compare/index.html").read_text("utf-8")
    assert re.findall(r"<del>(.*?)</del>", page)[:1] == ["（试行）"]
    assert "<del>十</del>" in page and "<ins>五</ins>" in page and "（没有这一段）" in page
    assert 'href="../index.html#article-2"' in page
    assert 'href="../../../1/liu-lin-fa-2026-9/index.html#article-7"' in page
    for each, link in (
        (old.read_text("utf-8"), "../../2/liu-lin-fa-2026-31/compare/index.html"),
        ((new / "index.html").read_text("utf-8"), "compare/index.html"),
    ):
        assert (
            f'href="{link}"' in each
            and "自2026年3月1日起" in plain(each)
            and "自2026年5月1日起" in plain(each)
        )
        assert 'data-first="2026-03-01" data-last="2026-04-30"' in each
    assert "2026/2/liu-lin-fa-2026-31/compare/" in (site / "sitemap.xml").read_text("utf-8")
    before = (new / "compare/index.html").stat().st_mtime_ns
    assert site_of(project) and (new / "compare/index.html").stat().st_mtime_ns == before


@pytest.mark.tools
def test_a_reader_picks_a_day(project: Path, browser: Any) -> None:
    add_issue(project, second(RELATION, **CHANGES))
    site = site_of(project)
    tab = browser.new_page(viewport={"width": 360, "height": 640})
    for path in ("2026/2/liu-lin-fa-2026-31/compare/index.html", "2026/1/liu-lin-fa-2026-9/index.html"):
        tab.goto(address(site, path))
        assert accessibility_faults(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    for day, answer in (
        ("2026-02-01", "本刊没有"),
        ("2026-03-01", "第1次"),
        ("2026-04-30", "第1次"),
        ("2026-05-01", "第2次"),
    ):
        tab.fill("#version-day", day)
        expect(tab.locator("#version-answer")).to_contain_text(answer)
    tab.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An order that only says what is amended: no text is composed from it, and it is set beside nothing.
        (second(RELATION, **{f"# {TITLE}": "# 柳林县护林办法修正案"}), "没有刊登修改后的全文"),
        (second("修订:\n  - 柳林发〔2019〕4号\n"), "这些文本声明修订、代替的柳林发〔2019〕4号不在本刊"),
    ],
)
def test_what_the_gazette_lacks_is_said(project: Path, text: str, expected: str) -> None:
    add_issue(project, text)
    site = site_of(project)
    pages = [path.read_text("utf-8") for path in site.glob("2026/*/*/index.html")]
    assert any(expected in plain(page) for page in pages)
    assert not list(site.rglob("compare"))


def test_an_amending_decision_is_no_text_and_its_text_of_that_day_is_not_missing(project: Path) -> None:
    decision = second(RELATION, **{f"# {TITLE}": "# 柳林县护林办法修正案"}).replace("31号", "30号")
    add_issue(project, decision, second(RELATION, **CHANGES))
    pages = [plain(path.read_text("utf-8")) for path in site_of(project).glob("2026/*/*/index.html")]
    assert any("各次文本" in page for page in pages)
    assert not any("没有刊登修改后的全文" in page for page in pages)


def test_what_an_amending_decision_amends_is_no_earlier_text_of_it(project: Path) -> None:
    decision = second("修订:\n  - 柳林发〔2019〕4号\n", **{f"# {TITLE}": "# 柳林县护林办法修正案"})
    add_issue(project, decision)
    pages = [plain(path.read_text("utf-8")) for path in site_of(project).glob("2026/2/*/index.html")]
    assert pages and not any("各次文本" in page for page in pages)


def test_a_document_that_nothing_amends_has_no_versions(project: Path) -> None:
    site = site_of(project)
    (page,) = site.glob("2026/1/*/index.html")
    assert "各次文本" not in page.read_text("utf-8") and "更正前后" not in page.read_text("utf-8")


def test_corrected_paragraphs_are_shown_as_printed_and_as_corrected(project: Path) -> None:
    errata = "更正:\n  - 柳林发〔2026〕9号\n勘误:\n  - 原文: 每十日一次\n    更正为: 每五日一次\n  - 原文: 十日一次，每次\n    更正为: 十天\n  - 原文: 记录归档\n    更正为: 记录按月归档\n"
    correction = f"---\n体裁: 更正\n标题: 护林办法更正\n成文日期: 2026-04-20\n{errata}---\n\n现予更正。\n"
    add_issue(project, correction)
    page = (site_of(project) / "2026/1/liu-lin-fa-2026-9/index.html").read_text("utf-8")
    (shown,) = re.findall(r'<details class="before-after">(.*?)</details>', page, re.S)
    # Two errata of the same characters: what is meant is not certain, so that paragraph is left to the list.
    assert re.findall(r"<p>(.*?)</p>", shown) == ["第三条 记录归档。", "第三条 记录按月归档。"]


def test_a_corrected_footnote_is_shown_at_its_note(project: Path) -> None:
    errata = "更正:\n  - 柳林发〔2026〕9号\n勘误:\n  - 原文: 以林班为单位\n    更正为: 以小班为单位\n"
    correction = f"---\n体裁: 更正\n标题: 护林办法更正\n成文日期: 2026-04-20\n{errata}---\n\n现予更正。\n"
    add_issue(project, correction)
    first = project / "content/2026-1/01.md"
    text = first.read_text("utf-8").replace("记录归档。", "记录[^1]归档。") + "\n[^1]: 以林班为单位。\n"
    first.write_text(text, "utf-8")
    page = (site_of(project) / "2026/1/liu-lin-fa-2026-9/index.html").read_text("utf-8")
    (shown,) = re.findall(r'<details class="before-after">(.*?)</details>', page, re.S)
    (anchor,) = re.findall(r'href="#([^"]+)">原处', shown)
    assert f'id="{anchor}"' in page and "以小班为单位。" in shown


TEXTS = st.lists(st.text("甲乙丙，", max_size=6), max_size=8)


@given(TEXTS, TEXTS)
def test_pairs_have_every_paragraph_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = list(paragraph_pairs(before, after))
    assert [pair.before for pair in pairs if pair.before is not None] == list(range(len(before)))
    assert [pair.after for pair in pairs if pair.after is not None] == list(range(len(after)))
    for pair in pairs:
        if pair.before is not None and pair.after is not None:
            one, other = before[pair.before], after[pair.after]
            shown = pieces(one, other)
            assert ["".join(piece.text for piece in each) for each in shown] == [one, other]
            common = ["".join(piece.text for piece in each if not piece.is_other) for each in shown]
            assert common[0] == common[1]
