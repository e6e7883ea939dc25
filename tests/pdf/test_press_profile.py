"""输出特性文件: a printer's own ICC profile for the print edition; what cannot be used is told with a way out."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from liulin_gazette.cli import main
from liulin_gazette.pdf.write.colour_profiles import DATA, can_convert, own_condition, rgb_to_inks
from liulin_gazette.pipeline import output_record, press_profile_reading
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.freshness import State
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.pipeline.press_profile_reading import press_conditions
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.review.issue_status import output_states
from liulin_gazette.source.settings_tables.press_profiles import MAX_PROFILE_BYTES
from tests.conftest import Edit, findings
from tests.loading import load

PLAIN = (DATA / "FOGRA29L.icc").read_bytes()
SETTING = '"版权页" = []\n"输出特性文件" = "{}"\n'
DEFAULT = Wanted()
REGISTERED = b"text\0\0\0\0ICCHDAT FOGRA52\0"


def changed(start: int, new: bytes, profile: bytes = PLAIN) -> bytes:
    """Return ``profile`` with the bytes from ``start`` on replaced by ``new``."""
    return profile[:start] + new + profile[start + len(new) :]


def registered(profile: bytes) -> bytes:
    """Return ``profile`` with the name of its characterisation data, in a tag of its own (targ)."""
    entries = 132 + 12 * 12
    assert profile[entries : entries + 4] == b"targ"
    longer = profile + REGISTERED
    entry = struct.pack(">4sII", b"targ", len(profile), len(REGISTERED))
    return changed(0, struct.pack(">I", len(longer)), changed(entries, entry, longer))


def without_table(profile: bytes) -> bytes:
    """Return ``profile`` whose tables from colours to inks have other names."""
    return profile.replace(b"B2A0", b"xxx0", 1)


BAD = {
    "文字.icc": (b"not a profile", "不是 ICC 特性文件"),
    "空.icc": (b"", "不是 ICC 特性文件"),
    "屏幕.icc": ((DATA / "sRGB2014.icc").read_bytes(), "不是四色的（它是 RGB 的）"),
    "短.icc": (PLAIN[:-1], "不完整"),
    "扫描.icc": (changed(12, b"scnr"), "不是印刷、打印的"),
    "链接.icc": (changed(20, b"CMYK"), "链接"),
    "新版.icc": (changed(8, b"\5"), "第5版"),
    "专用.icc": (changed(44, struct.pack(">I", 3)), "只准和它原来所在的图片"),
    "一向.icc": (without_table(PLAIN), "只能往一个方向"),
    "坏表.icc": (changed(54452, b"text"), "损坏"),
    "越界.icc": (changed(132 + 8, b"\x7f\xff\xff\xff"), "损坏"),
    "多.icc": (changed(128, b"\xff\xff\xff\xff"), "损坏"),
    "大.icc": (PLAIN + bytes(MAX_PROFILE_BYTES), "超过 8 MB"),
    "没有.icc": (None, "找不到"),
    "../外.icc": (None, "文件名不能用"),
    "press.txt": (None, "文件名不能用"),
}


def test_profiles_that_no_press_can_use(project: Path, edit: Edit) -> None:
    """Each is reported once, at its line, with the way out; a link to a file elsewhere is not followed."""
    for name, (content, words) in BAD.items():
        if content is not None:
            (project / "content" / name).write_bytes(content)
        edit("gazette.toml", '"版权页" = []\n', SETTING.format(name))
        found = [each for each in findings(project) if each.code in ("B006", "B008")]
        text = (project / "content/gazette.toml").read_text("utf-8").split("\n")
        assert len(found) == 1 and words in found[0].message and found[0].hint, (name, found)
        assert "输出特性文件" in text[found[0].place.line - 1]
        edit("gazette.toml", SETTING.format(name), '"版权页" = []\n')
        (project / "content" / name).unlink(missing_ok=content is None)
    (project / "elsewhere.icc").write_bytes(PLAIN)
    (project / "content/press.icc").symlink_to(project / "elsewhere.icc")
    edit("gazette.toml", '"版权页" = []\n', SETTING.format("press.icc"))
    assert any("找不到" in each.message for each in findings(project))


def built(root: Path, wanted: Wanted = DEFAULT) -> tuple[bytes, dict[str, Any]]:
    """Build the project; return the print edition and the preflight report."""
    result = build(root, wanted, lambda _: None)
    assert not result.failed, result.diagnostics
    folder = root / "output/print"
    report = json.loads(next(folder.glob("*-preflight.json")).read_text("utf-8"))
    return next(folder.glob("*-print.pdf")).read_bytes(), report


def intent(pdf: bytes, folder: Path) -> tuple[str, str, bytes, bool]:
    """Return identifier, information and profile of the output intent of ``pdf``, and whether it names a registry."""
    file = folder / "print.pdf"
    file.write_bytes(pdf)
    read = pikepdf.open(file)
    with read:
        (found,) = list(read.Root.OutputIntents)  # pyright: ignore[reportArgumentType] -- pikepdf types no arrays
        entry: Any = found
        return (
            str(entry.OutputConditionIdentifier),
            str(entry.Info),
            entry.DestOutputProfile.read_bytes(),
            "/RegistryName" in entry,
        )


def test_the_print_edition_is_for_the_profile_of_the_printer(
    project: Path, edit: Edit, tmp_path: Path
) -> None:
    """It is the output intent, colours are converted by it, preflight and record name it; a lost one is told of."""
    profile = registered(PLAIN)
    (project / "content/press.icc").write_bytes(profile)
    edit("gazette.toml", '"版权页" = []\n', SETTING.format("press.icc"))
    first, report = built(project)
    assert intent(first, tmp_path) == ("FOGRA52", "FOGRA52", profile, True)
    assert report["condition"].startswith("FOGRA52（输出特性文件 press.icc：")
    assert not [warning for warning in report["warnings"] if "press.icc" in warning]

    assert main(["publish", "2026-1", "--yes"], project) == 0
    record = json.loads(next((project / "content/2026-1").glob("*.json")).read_text("utf-8"))
    assert "press.icc" in json.dumps(record, ensure_ascii=False)
    (project / "content/press.icc").write_bytes(PLAIN)
    for file in (project / "output").rglob("*-print.pdf"):
        file.unlink()
    second, report = built(project)
    assert intent(second, tmp_path)[0] == "FOGRA39"
    assert any("press.icc" in warning and "换成了别的" in warning for warning in report["warnings"])
    assert built(project)[0] == second, "it stays while the profile is not there"
    check(project, State.CURRENT)

    (project / "content/press.icc").write_bytes(profile)
    readers = pdfs_of_site(project)
    built(project, Wanted(site_only=True))
    assert pdfs_of_site(project) == readers != {}, "no colour in them depends on the press"
    check(project, State.OUTDATED)
    third, report = built(project)
    assert third == first and not [warning for warning in report["warnings"] if "press.icc" in warning]
    check(project, State.CURRENT)

    (project / "content/press.icc").write_bytes(PLAIN)
    assert built(project)[0] == first, "files of the right profile are kept, though it is gone"


def test_the_profile_comes_back_to_an_issue_that_stays_as_published(
    project: Path, edit: Edit, tmp_path: Path
) -> None:
    """Only what was made for want of the profile is made again; the PDFs for readers are those that were published."""
    profile = registered(PLAIN)
    (project / "content/press.icc").write_bytes(profile)
    edit("gazette.toml", '"版权页" = []\n', SETTING.format("press.icc"))
    built(project)
    assert main(["publish", "2026-1", "--yes"], project) == 0
    readers = pdfs_of_site(project)
    css = project / "templates/print/print.css"
    css.write_text(css.read_text("utf-8") + "\n.text { color: #333333; }\n", "utf-8")
    (project / "content/press.icc").write_bytes(PLAIN)
    booklet = next((project / "output/print").glob("*-booklet.pdf"))
    published = booklet.read_bytes()
    for file in (project / "output/print").iterdir():
        if file != booklet:
            file.unlink()
    second, report = built(project)
    assert intent(second, tmp_path)[0] == "FOGRA39"
    assert [warning for warning in report["warnings"] if "press.icc" in warning]
    assert pdfs_of_site(project) == readers and booklet.read_bytes() == published

    (project / "content/press.icc").write_bytes(profile)
    third, report = built(project)
    assert intent(third, tmp_path)[0] == "FOGRA52"
    assert not [warning for warning in report["warnings"] if "press.icc" in warning]
    assert pdfs_of_site(project) == readers and booklet.read_bytes() == published
    check(project, State.CURRENT)


def pdfs_of_site(root: Path) -> dict[str, bytes]:
    site = root / "output/site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.pdf")}


def check(root: Path, state: State) -> None:
    """Assert that the one issue of the project is in ``state``."""
    inputs, last = read_inputs(root), output_record.read(root)
    examined = examine(root)
    assert list(output_states(root, inputs, examined, last).values()) == [state]


def test_a_condition_without_a_name_is_custom() -> None:
    condition = own_condition("press.icc", PLAIN)
    assert condition.identifier == "Custom" and condition.description and not condition.kindred
    colour = Image.new("RGB", (1, 1), (200, 30, 40))
    coated = own_condition("coated.icc", (DATA / "FOGRA39L.icc").read_bytes())
    assert rgb_to_inks(colour, b"", condition).tobytes() != rgb_to_inks(colour, b"", coated).tobytes()


@pytest.mark.parametrize("profile", [PLAIN[:2000], b"", changed(54452 + 8, b"\xff" * 400)])
def test_a_profile_that_converts_nothing_is_found_before_it_is_used(profile: bytes) -> None:
    assert can_convert(PLAIN)
    assert not can_convert(profile)


def test_a_profile_is_tried_once_and_before_anything_is_typeset(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issues of other papers have the same profile; one that cannot be used costs no typesetting."""
    (project / "content/press.icc").write_bytes(PLAIN)
    edit("gazette.toml", '"版权页" = []\n', SETTING.format("press.icc"))
    publication, _ = load(project)
    assert publication is not None
    gazette = publication.gazette
    printing = gazette.printing
    other = replace(gazette, printing=replace(printing, press=replace(printing.press, thickness=0.2)))
    tried: list[bytes] = []

    def can_convert_told(profile: bytes) -> bool:
        tried.append(profile)
        return True

    with monkeypatch.context() as patch:
        patch.setattr(press_profile_reading, "_can_convert", can_convert_told)
        conditions = press_conditions(project, [gazette, other, gazette])
    assert tried == [PLAIN] and len(conditions) == 2
    assert {each.own_file for each in conditions.values()} == {"press.icc"}

    (project / "content/press.icc").write_bytes(changed(54452 + 10, b"\xff" * 400))
    said: list[str] = []
    result = build(project, Wanted(), said.append)
    assert [each.code for each in result.diagnostics if "换算颜色" in each.message] == ["B008"]
    assert said and not [each for each in said if each.startswith("排印")]
