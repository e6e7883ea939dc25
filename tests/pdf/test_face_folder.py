"""Faces for Fontconfig lie where its name for a file and that of Python are the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.text import fonts

from liulin_gazette.pdf.typeset.face_folder import face_folder, new_ascii_folder
from liulin_gazette.pdf.typeset.typesetter import Typesetter


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


def test_faces_are_removed_once_nothing_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows WeasyPrint itself cannot: it has them open then."""

    def refused(*_: object, **__: object) -> None:
        return

    monkeypatch.setattr(fonts, "rmtree", refused)
    folder = tmp_path / "faces"
    folder.mkdir()
    (folder / "face").write_bytes(b"1")
    typesetter = Typesetter("", ())
    typesetter._fonts._folder = folder  # pyright: ignore[reportPrivateUsage] -- what the first face does
    del typesetter
    assert not folder.exists()
