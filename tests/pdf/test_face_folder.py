"""Faces for Fontconfig lie where its name for a file and that of Python are the same."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.pdf.typeset.face_folder import face_folder, new_ascii_folder


def test_the_first_place_in_ascii_that_can_be_written_is_taken(tmp_path: Path) -> None:
    named = {name: tmp_path / name for name in ("张三", "public", "other")}
    for name in ("张三", "public", "other"):
        named[name].mkdir()
    gone = tmp_path / "gone"
    found = new_ascii_folder(map(str, (named["张三"], gone, named["public"], named["other"])))
    assert found is not None and found.parent == named["public"] and found.is_dir()
    assert new_ascii_folder([str(named["张三"]), str(gone)]) is None


def test_elsewhere_it_is_left_to_weasyprint() -> None:
    assert face_folder() is None
