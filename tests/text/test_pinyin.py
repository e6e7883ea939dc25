"""The usual syllable of a character, from the table and from pypinyin."""

from __future__ import annotations

import sys

import pytest
from pypinyin import lazy_pinyin

from liulin_gazette.model.document_number import parse
from liulin_gazette.text.general_characters import general_characters
from liulin_gazette.text.pinyin import syllable


def test_the_table_reads_each_character_as_pypinyin_does() -> None:
    different = {han for han in general_characters() if syllable(han) != lazy_pinyin(han, v_to_u=False)[0]}
    assert not different


def test_a_character_that_is_not_in_the_table_is_read_by_pypinyin() -> None:
    assert "峯" not in general_characters()
    assert syllable("峯") == "feng"


def test_the_slug_of_a_number_needs_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert parse("绿政办函〔2026〕12号").slug == "lv-zheng-ban-han-2026-12"
