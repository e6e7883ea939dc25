"""Line ends of files that ``check --fix`` changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of

texts = st.lists(st.sampled_from(["甲", "乙", "", "\n", "\r\n", "\r"]), max_size=12).map("".join)


@given(texts)
def test_an_unchanged_text_stays_to_the_byte(text: str) -> None:
    assert with_line_ends_of(text, unix_text(text)) == text


@given(texts, texts)
def test_nothing_but_line_ends_is_touched(before: str, after: str) -> None:
    assert unix_text(with_line_ends_of(before, unix_text(after))) == unix_text(after)


@pytest.mark.parametrize(
    ("before", "changed", "after"),
    [
        ("甲\r\n乙\n丙\r\n", "甲\n己\n丙\n", "甲\r\n己\n丙\r\n"),
        ("甲\r\n乙\n丙\r\n", "甲\n\n乙\n丙\n", "甲\r\n\r\n乙\n丙\r\n"),
        ("甲\r\n乙\n丙\r\n", "甲\n丙\n", "甲\r\n丙\r\n"),
        ("甲\r\n乙\r\n", "甲\n丙\n乙\n", "甲\r\n丙\r\n乙\r\n"),
        ("甲\n乙\r\n丙", "甲\n乙\n丁\n戊", "甲\n乙\r\n丁\n戊"),
    ],
)
def test_lines_keep_their_ends(before: str, changed: str, after: str) -> None:
    assert with_line_ends_of(before, changed) == after
