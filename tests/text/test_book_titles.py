"""Titles in 书名号 alternate their marks, and nothing else in them changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.text.book_titles import book_title


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("关于修改《护林办法》的决定", "《关于修改〈护林办法〉的决定》"),
        (
            "转发《国务院关于修改〈河道管理条例〉的决定》的通知",
            "《转发〈国务院关于修改《河道管理条例》的决定〉的通知》",
        ),
        ("转发〈甲〉的通知", "《转发〈甲〉的通知》"),
        ("印发《甲》和《乙》", "《印发〈甲〉和〈乙〉》"),
        ("印发《甲的通知", "《印发《甲的通知》"),
        ("印发甲》的《通知", "《印发甲》的《通知》"),
        ("印发《甲〉的通知", "《印发《甲〉的通知》"),
        ("关于防汛的通知", "《关于防汛的通知》"),
    ],
)
def test_marks_alternate(title: str, cited: str) -> None:
    assert book_title(title) == cited


@given(st.text("《》〈〉甲乙", max_size=12))
def test_only_marks_change(title: str) -> None:
    plain = str.maketrans("〈〉", "《》")
    assert book_title(title).translate(plain) == f"《{title}》".translate(plain)
