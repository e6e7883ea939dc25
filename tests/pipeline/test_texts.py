"""Texts between the stages of a build: whole or not there."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.pipeline.packed_issues import Texts, texts_of_a_build


def test_texts_are_kept_for_one_build(tmp_path: Path) -> None:
    with texts_of_a_build(tmp_path) as texts:
        texts.keep("a", b"1")
        assert texts.take("a") == b"1" and texts.take("b") == b""
    assert list((tmp_path / ".cache").iterdir()) == []
    assert Texts().take("a") == b""
