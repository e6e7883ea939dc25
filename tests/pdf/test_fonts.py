"""Prepared fonts: each role has one with all characters it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import Image

from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import publish_changes
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.write.embedding import renumber, spaced, subset_face
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.folder import read_folder
from tests.conftest import ROOT, Edit
from tests.loading import load
from tests.shared_caches import WRITE_FACE

RARE = "㛃䶮𬭎𬶠"
MIXED = "₀₂₄⁰²⁻ⁿ₊☐☑☒✓✔✗✘㉑㊿≥℃㎡‰□■〇①"


@pytest.fixture(autouse=True, scope="module")
def unshared_faces() -> Iterator[None]:
    """Prepare every face for its test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_write", WRITE_FACE)
        yield


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[fonts.Face, ...]:
    return fonts.prepare(tmp_path_factory.mktemp("fonts"), set("柳林" + RARE + MIXED))


def test_every_role_has_a_face(faces: tuple[fonts.Face, ...]) -> None:
    assert [face.role for face in faces] == ["小标宋", "宋体", "黑体", "楷体"]


def test_rare_characters_are_kept(faces: tuple[fonts.Face, ...]) -> None:
    assert all(not face.missing & set(RARE) for face in faces if face.role == "宋体")


def test_general_characters_are_all_there(faces: tuple[fonts.Face, ...]) -> None:
    """通用规范汉字表 has 8105 characters; a name may have any of them."""
    assert len(fonts.general_characters()) == 8105
    for face in faces:
        assert not fonts.general_characters() - fonts.coverage(face.file), face.role


def test_raised_characters_and_symbols_are_in_every_face(faces: tuple[fonts.Face, ...]) -> None:
    for face in faces:
        assert not face.missing & set(MIXED), face.role
        font: Any = TTFont(face.file)
        glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        heights: dict[str, tuple[float, float]] = {}
        for character in "2₂²":
            pen: Any = BoundsPen(glyphs)
            glyphs[names[ord(character)]].draw(pen)
            heights[character] = (pen.bounds[1] / em, pen.bounds[3] / em)
        (bottom, top), (lowered, _), (raised, _) = (heights[character] for character in "2₂²")
        sizes = {character: high - low for character, (low, high) in heights.items()}
        assert lowered < bottom and bottom + 0.2 < raised < top, face.role
        assert max(sizes["₂"], sizes["²"]) < 0.75 * sizes["2"], face.role


def test_a_letter_is_not_taken_from_the_face_of_symbols(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "ROLES", [role for role in fonts.ROLES if role.name == "宋体"])
    (song,) = fonts.prepare(tmp_path, {"Ա"})
    assert song.missing == {"Ա"}


def test_letters_of_minorities_are_taken_from_the_face_of_symbols(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lisu has letters of its own and spacing modifiers; Arabic letters would stand unjoined."""
    monkeypatch.setattr(fonts, "ROLES", [role for role in fonts.ROLES if role.name == "宋体"])
    (song,) = fonts.prepare(tmp_path, "余ˍꓐƃɯش")
    assert song.missing == {"ش"}
    covered = fonts.installed_coverage(tmp_path, "宋体")
    assert covered is not None and covered.issuperset("ˍꓐƃɯ") and "ش" not in covered


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


def test_a_glyph_may_have_several_advances(faces: tuple[fonts.Face, ...]) -> None:
    """One outline with other advances: in the program of the subset, and called by its own index."""
    import io
    import zlib

    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.recordingPen import RecordingPen

    cff = next(
        face for face in faces if face.file.suffix == ".otf" or TTFont(face.file).sfntVersion == "OTTO"
    )
    keys = [spaced(7, -400), spaced(7, 150), spaced(7, 1050), spaced(900, 150)]
    subset = subset_face(cff, keys)
    assert sorted(subset.new_glyphs) == sorted(keys)
    assert len(set(subset.new_glyphs.values())) == 4
    program: Any = CFFFontSet()
    program.decompile(io.BytesIO(zlib.decompress(subset.program)), None)
    strings = program[0].CharStrings
    drawn: dict[int, tuple[list[Any], float]] = {}
    for key, glyph in subset.new_glyphs.items():
        pen = RecordingPen()
        strings[program[0].charset[glyph]].draw(pen)
        drawn[key] = pen.value, strings[program[0].charset[glyph]].width
    outlines = [drawn[key][0] for key in keys[:3]]
    assert outlines[0] == outlines[1] == outlines[2] != drawn[keys[3]][0]
    widths = [drawn[key][1] for key in keys]
    assert [width - widths[0] for width in widths[:3]] == [0, 550, 1450]
    face = {"F0w": subset}
    code = f"{subset.new_glyphs[keys[1]]:04x}"
    assert renumber(b"/F0w150 12 Tf\n[<0007>] TJ", face) == f"/F0w 12 Tf\n[<{code}>] TJ".encode()


def test_pairs_of_marks_close_up(faces: tuple[fonts.Face, ...]) -> None:
    for face in faces:
        font: Any = TTFont(face.file)
        assert "chws" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_preparation_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "ROLES", [role for role in fonts.ROLES if role.name in ("宋体", "楷体")])
    first = fonts.prepare(tmp_path, set("柳"))
    assert len(first) == 2
    stamps = [face.file.stat().st_mtime_ns for face in first]
    assert [face.file.stat().st_mtime_ns for face in fonts.prepare(tmp_path, set("林"))] == stamps


def test_character_without_a_face_is_an_error_at_its_place(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行", "请认真\U000e0100执行\U0003134f")
    found = [each for each in build(project, Wanted(), lambda _: None).diagnostics if each.code == "T001"]
    assert Place("content/2026-1/01.md", 15, 7) in [each.place for each in found]


def test_the_check_finds_a_character_without_a_face_and_needs_no_build(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行", "请认真执行\U0003134f，㛃")
    for _ in range(2):  # The second time, both the reading and the characters of the face are cached.
        found = [each for each in examine(project).diagnostics if each.code == "T001"]
        assert [(each.place, each.severity) for each in found] == [
            (Place("content/2026-1/01.md", 15, 6), Severity.ERROR)
        ]
    assert not (project / "output").exists()


LACKED = "\U0003134f"
PRINTED_SETTINGS = {
    "名称": ("柳林县人民政府公报", f"柳林县{LACKED}人民政府公报"),
    "主办单位": ("柳林县人民政府办公室", f"柳林县{LACKED}人民政府办公室"),
    "赠阅范围": ("县委、县人大", f"县委、{LACKED}、县人大"),
    "网站名称": ("掌上公报", f"{LACKED}公报"),
    "标语": ("晋西明珠", f"晋西{LACKED}明珠"),
    "地址": ("清河西路", f"{LACKED}河西路"),
    "版权页": ('"版权页" = []', f'"版权页" = [\n  "主编：刘荣",\n  "编辑：王{LACKED}",\n]'),
}


@pytest.mark.parametrize("key", PRINTED_SETTINGS)
def test_the_check_finds_what_a_setting_prints_at_its_place(project: Path, edit: Edit, key: str) -> None:
    edit("gazette.toml", *PRINTED_SETTINGS[key])
    lines = (project / "content/gazette.toml").read_text("utf-8").split("\n")
    found = [each for each in examine(project).diagnostics if each.code == "T001"]
    assert found and {each.severity for each in found} == {Severity.ERROR}
    for place in (each.place for each in found):
        assert place.path == "content/gazette.toml"
        assert lines[place.line - 1][place.column - 1] == LACKED


def test_a_text_that_only_pages_show_is_a_note_at_its_place(project: Path, edit: Edit) -> None:
    name, moved, described = "\U0003134e", "\U0003134d", "\U0003134c"
    settings = project / "content/gazette.toml"
    settings.write_text(
        f'# {LACKED}\n{settings.read_text("utf-8")}\n[["发文机关"]]\n"名称" = "{LACKED}局"\n"机关代字" = ["甲乙"]\n'
        f'["网站"]\n"政府网站名称" = "柳林县{name}政府"\n',
        "utf-8",
    )
    (project / "content/contacts.toml").write_text(
        '[["电话变更"]]\n"责任单位" = "柳林县林业局"\n"责任股室" = "森防办"\n"原电话" = "0358-4022294"\n'
        f'"电话" = "0358-4022295"\n"自" = 2026-03-01\n"说明" = """\n迁到\n新楼{moved}\U0001f33e"""\n',
        "utf-8",
    )
    Image.new("RGB", (900, 900), "white").save(project / "content/2026-1/a.png")
    edit(
        "2026-1/issue.toml",
        '[["栏目"]]',
        f'"封面图" = {{ "文件" = "a.png", "内容说明" = "{described}" }}\n[["栏目"]]',
    )
    found = [each for each in examine(project).diagnostics if each.code == "T001"]
    lines = {
        path: (project / path).read_text("utf-8").split("\n") for path in {each.place.path for each in found}
    }
    assert {lines[each.place.path][each.place.line - 1][each.place.column - 1] for each in found} == {
        name,
        moved,
        described,
    }
    assert {each.severity for each in found} == {Severity.NOTE}


def test_a_setting_of_another_time_is_not_printed(project: Path) -> None:
    settings = project / "content/gazette.toml"
    text = settings.read_text("utf-8")
    for since, severity in (("2026-1", Severity.ERROR), ("2027-1", Severity.NOTE)):
        settings.write_text(
            f'{text}\n[["变更"]]\n"自" = "{since}"\n["变更"."封底"]\n"地址" = "{LACKED}街"\n', "utf-8"
        )
        found = [each for each in examine(project).diagnostics if each.code == "T001"]
        assert [(each.place.line, each.severity) for each in found] == [(text.count("\n") + 5, severity)]


def test_a_build_says_at_which_setting_a_character_has_no_face(project: Path, edit: Edit) -> None:
    edit("gazette.toml", "清河西路", f"{LACKED}河西路")
    (found,) = [each for each in build(project, Wanted(), lambda _: None).diagnostics if each.code == "T001"]
    lines = (project / "content/gazette.toml").read_text("utf-8").split("\n")
    assert lines[found.place.line - 1][found.place.column - 1] == LACKED


def test_the_check_of_a_published_issue_needs_no_face(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行", "请认真执行\U0003134f")
    publication, _ = load(project)
    assert publication is not None
    (issue,) = publication.issues
    folder = read_folder(project, issue.folder)
    apply(project, "publish", publish_changes(project, publication, issue, folder, date(2026, 3, 1)))
    assert "T001" not in [each.code for each in examine(project).diagnostics]


@pytest.mark.parametrize("content", [None, b"OTTO" + bytes(8)])
def test_the_check_says_nothing_of_glyphs_without_a_sound_face(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    edit("2026-1/01.md", "请认真执行", "请认真执行\U0003134f")
    broken = project / "simsun.ttc"
    if content is not None:
        broken.write_bytes(content)

    def installed(root: Path) -> dict[str, Path]:
        return {"simsun.ttc": broken} if content is not None else {}

    monkeypatch.setattr(fonts, "installed_fonts", installed)
    assert not [each for each in examine(project).diagnostics if each.severity is Severity.ERROR]


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


def test_a_word_in_another_face_does_not_move_the_line(faces: tuple[fonts.Face, ...]) -> None:
    """The height of a line follows from the metrics of all faces in it."""
    metrics: set[tuple[float, ...]] = set()
    for face in faces:
        font: Any = TTFont(face.file)
        em, hhea, os2 = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
        values = (
            hhea.ascent,
            -hhea.descent,
            hhea.lineGap,
            os2.sTypoAscender,
            -os2.sTypoDescender,
            os2.usWinAscent,
        )
        metrics.add(tuple(value / em for value in values))
    assert len(metrics) == 1


def test_quotes_are_an_em_wide_in_every_face(faces: tuple[fonts.Face, ...]) -> None:
    """Their empty half is outside, so that pairs of marks close up there."""
    import uharfbuzz as hb

    harfbuzz: Any = hb
    for face in faces:
        font = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(face.file))))
        for text, expected in {"“": 1, "”": 1, "‘": 1, "’": 1, "，“": 1.5, "”，": 1.5, "“‘": 1.5}.items():
            buffer = harfbuzz.Buffer()
            buffer.add_str(text)
            buffer.guess_segment_properties()
            buffer.language, buffer.script = "zh-Hans-CN", "Hani"
            harfbuzz.shape(font, buffer, {"chws": True, "locl": True})
            width = sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem
            assert width == pytest.approx(expected, abs=0.01), (face.role, text)
        outlines: Any = TTFont(face.file)
        glyphs, names, em = outlines.getGlyphSet(), outlines.getBestCmap(), outlines["head"].unitsPerEm
        for text, is_right in {"“": True, "”": False}.items():
            pen: Any = BoundsPen(glyphs)
            glyphs[names[ord(text)]].draw(pen)
            assert (pen.bounds[0] + pen.bounds[2] > em) is is_right, (face.role, text)
