"""Prepared fonts: each role has one with all characters it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.write.embedding import renumber, subset_face
from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import ROOT, Edit

RARE = "㛃䶮𬭎𬶠"


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[fonts.Face, ...]:
    return fonts.prepare(tmp_path_factory.mktemp("fonts"), set("柳林" + RARE))


def test_every_role_has_a_face(faces: tuple[fonts.Face, ...]) -> None:
    assert [face.role for face in faces] == ["小标宋", "宋体", "黑体", "楷体"]


def test_rare_characters_are_kept(faces: tuple[fonts.Face, ...]) -> None:
    assert all(not face.missing & set(RARE) for face in faces if face.role == "宋体")


def test_general_characters_are_all_there(faces: tuple[fonts.Face, ...]) -> None:
    """通用规范汉字表 has 8105 characters; a name may have any of them."""
    assert len(fonts.general_characters()) == 8105
    for face in faces:
        assert not fonts.general_characters() - fonts.coverage(face.file), face.role


def test_face_subsets_are_numbered_by_index(faces: tuple[fonts.Face, ...]) -> None:
    """Else readers that honour CIDs draw other glyphs than were set."""
    import io
    import zlib

    from fontTools.cffLib import CFFFontSet

    for face in faces:
        subset = subset_face(face, [5, 900, 4000])
        assert sorted(subset.new_glyphs.items()) == [(0, 0), (5, 1), (900, 2), (4000, 3)]
        program = zlib.decompress(subset.program)
        assert subset.length == len(program)
        if subset.is_cff:
            program_font: Any = CFFFontSet()
            program_font.decompile(io.BytesIO(program), None)
            assert program_font[0].charset == [".notdef", "cid00001", "cid00002", "cid00003"]


def test_drawings_are_renumbered(faces: tuple[fonts.Face, ...]) -> None:
    subset = {"F0": subset_face(faces[0], [7, 9]), "F1": subset_face(faces[1], [9])}
    drawn = b"/F0 12 Tf\n[<00070009>-5<0007>] TJ\n/F1 12 Tf\n[<0009>] TJ"
    assert renumber(drawn, subset) == b"/F0 12 Tf\n[<00010002>-5<0001>] TJ\n/F1 12 Tf\n[<0001>] TJ"


def test_pairs_of_marks_close_up(faces: tuple[fonts.Face, ...]) -> None:
    for face in faces:
        font: Any = TTFont(face.file)
        assert "chws" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_preparation_is_kept(tmp_path: Path) -> None:
    first = fonts.prepare(tmp_path, set("柳"))
    stamps = [face.file.stat().st_mtime_ns for face in first]
    assert [face.file.stat().st_mtime_ns for face in fonts.prepare(tmp_path, set("林"))] == stamps


def test_character_without_a_face_is_an_error_at_its_place(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行", "请认真\U000e0100执行\U0003134f")
    found = [each for each in build(project, Wanted(), lambda _: None).diagnostics if each.code == "T001"]
    assert Place("content/2026-1/01.md", 15, 7) in [each.place for each in found]


def test_role_without_a_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(root: Path) -> dict[str, Path]:
        return {}

    monkeypatch.setattr(fonts, "installed_fonts", nothing)
    with pytest.raises(fonts.FontMissingError, match="小标宋"):
        fonts.prepare(tmp_path, set("柳"))


HEAD = b"\0\1\0\0" + (1).to_bytes(2, "big") + bytes(6)
DAMAGED = {
    "empty": b"",
    "no face": "这不是字体".encode() * 100,
    "no tables": b"OTTO" + bytes(8),
    "tables of nothing": HEAD
    + b"cmap"
    + bytes(4)
    + (28).to_bytes(4, "big")
    + (4).to_bytes(4, "big")
    + b"....",
    "endless collection": b"ttcf" + bytes(4) + b"\xff\xff\xff\xff",
}


@pytest.fixture
def office_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path for a font of the office, not yet written, when only its role is needed."""
    monkeypatch.setattr(fonts, "ROLES", [role for role in fonts.ROLES if role.name == "楷体"])
    (tmp_path / "fonts").mkdir()
    return tmp_path / "fonts" / "simkai.ttf"


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_face_is_named(tmp_path: Path, office_face: Path, name: str) -> None:
    office_face.write_bytes(DAMAGED[name])
    assert len(list(fonts.source_digests(tmp_path))) == 1
    with pytest.raises(fonts.FontDamagedError, match=r"fonts/simkai\.ttf 读不出来.*重新复制"):
        fonts.prepare(tmp_path, set("柳"))


def test_nothing_is_kept_of_a_face_that_was_cut_off(tmp_path: Path, office_face: Path) -> None:
    whole = fonts.installed_fonts(ROOT)["lxgwwenkai-regular.ttf"].read_bytes()
    for length in (len(whole) - 4, 5_000_000, 300):
        office_face.write_bytes(whole[:length])
        before = list(fonts.source_digests(tmp_path))
        with pytest.raises(fonts.FontDamagedError):
            fonts.prepare(tmp_path, set("柳"))
        assert not list(tmp_path.rglob("*.otf"))
        office_face.write_bytes(whole)
        assert list(fonts.source_digests(tmp_path)) != before
        (face,) = fonts.prepare(tmp_path, set("柳"))
        assert not face.missing and not fonts.general_characters() - fonts.coverage(face.file)
        face.file.unlink()


def test_a_damaged_face_is_an_error_of_what_is_typeset(project: Path) -> None:
    (project / "fonts").mkdir()
    (project / "fonts/simsun.ttc").write_bytes(b"")
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    found = [each for each in build(project, Wanted(), lambda _: None).diagnostics if each.code == "B020"]
    assert [each.message for each in found] == ["字体文件 fonts/simsun.ttc 读不出来，可能没有复制完整。"]
