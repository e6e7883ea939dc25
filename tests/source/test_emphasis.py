"""Bold text in Chinese: which asterisks make it, at every kind of neighbour, and which stay text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from liulin_gazette.source.markdown import dialect, emphasis

BOLD = (
    "甲**“重点”**乙",
    "**《条例》**印发",
    "（**加强宣传**）",
    "见a**（一）**b",
    "甲3**→5**",
    "甲**(一)**乙",
    "**５０**％",
    "𠀀**“重点”**𠀀",
)
TEXT = ("a**(一)**b", "甲 ** 乙 ** 丙", "3**\u00a05**", "甲**\u3000乙**", "甲_重点_b", "a_b_c")


def marks(text: str) -> list[str]:
    (inline,) = dialect.parser().parseInline(text)
    return [token.type for token in inline.children or [] if token.type.startswith(("strong", "em"))]


@pytest.mark.parametrize("text", BOLD)
def test_bold_needs_no_space_between_chinese_characters(text: str) -> None:
    assert marks(text) == ["strong_open", "strong_close"]


@pytest.mark.parametrize("text", TEXT)
def test_asterisks_at_a_space_or_at_foreign_punctuation_stay_text(text: str) -> None:
    assert marks(text) == []


@given(st.lists(st.sampled_from(["**", "*", "_", "a", "5", " ", "\u00a0", "(", "-", ".", "\n"]), max_size=12))
def test_without_chinese_the_rule_is_that_of_common_mark(parts: list[str]) -> None:
    text = "".join(parts)
    common = MarkdownIt("zero").enable(["emphasis", "balance_pairs", "newline"])
    chinese = MarkdownIt("zero").enable(["emphasis", "balance_pairs", "newline"])
    emphasis.enable(chinese)
    assert chinese.render(text) == common.render(text)


def test_every_neighbour_gives_back_the_same_characters() -> None:
    parser = dialect.parser()
    neighbours = ("甲", "（", "a", "(", "→", " ", "\u3000", "")
    for before, first, last, after in itertools.product(neighbours, repeat=4):
        text = f"{before}**{first}重{last}**{after}"
        (inline,) = parser.parseInline(text)
        children = inline.children or []
        shown = "".join("**" if token.type.startswith("strong") else token.content for token in children)
        assert shown == text
