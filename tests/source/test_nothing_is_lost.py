"""No word of a body is dropped without a finding: either it is published, or an error says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.published_texts import body_lines
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.markdown_blocks import read_blocks

LINES = (
    "", "{}", "# {}", "## {}", "**{}**", "**{}", "第三条 {}", "::: 注", "::: 注 {}", "::: 表 {}", "::: 表", "::: 名单", "::: 名录", "::: 名录 {}", "{}、{}", "{}（2人）", "{}[^1]", "[^1]: {}", "[下:{}]",
    "::: 名单 {}", "::: 落款", "::: 落款 {}", "::: 附件 1 {}", "::: 附件", ":::", "::: {}", "组长 | {} | {}", "| {} | {} |",
    "| --- | --- |", "| ^^ | {} |", '![{}](原图待补 "{}")', "![{}](原图待补)", "{}![{}](原图待补)", "[{}](原图待补)",
)  # fmt: skip


def read(lines: list[str]) -> tuple[list[str], str, list[str]]:
    """Return the words put into ``lines``, what is published of them, and the errors."""
    words = [f"字{number:03}" for number in range(2 * len(lines))]
    body = "\n".join(line.format(*words[2 * at :]) for at, line in enumerate(lines))
    findings = FindingCollector()
    blocks = read_blocks(body, "content/2026-1/01.md", Folder("content/2026-1"), findings)
    published = "\n".join(text.shown for line in body_lines(blocks) for text in line)
    return [word for word in words if word in body], published, [each.message for each in findings.items]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_every_word_is_published_or_an_error(lines: list[str]) -> None:
    words, published, errors = read(lines)
    assert errors or all(word in published for word in words)


@pytest.mark.parametrize(
    "lines",
    [
        ["::: 落款", "{}", ":::"],
        ["::: 落款 {}", ":::"],
        ["::: 名单 {}", "组长 | {} | {}", ":::"],
        ["::: 注 {}", "{}", ":::"],
        ["::: 表 {}", "| {} | {} |", "| --- | --- |", "", "{}", ":::"],
    ],
)
def test_words_that_a_block_cannot_print_are_an_error(lines: list[str]) -> None:
    words, published, errors = read(lines)
    assert "不会印出来" in "".join(errors)
    assert any(word not in published for word in words)
