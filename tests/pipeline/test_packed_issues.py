"""PackedIssues, which pass issues between the stages of a build: written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.pipeline.packed_issues import PackedIssues, packed_issues


def test_texts_are_kept_for_one_build(tmp_path: Path) -> None:
    with packed_issues(tmp_path) as texts:
        texts.keep("a", b"1")
        assert texts.take("a") == b"1" and texts.take("b") == b""
    assert list((tmp_path / ".cache").iterdir()) == []
    assert PackedIssues().take("a") == b""
