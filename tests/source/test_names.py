"""File names that some systems do not allow."""

from __future__ import annotations

import pytest

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.file_names import is_portable, same_but_for_case
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.pictures.picture_files import is_sound


@pytest.mark.parametrize(
    "name",
    [
        "01.md",
        "图 1.png",
        "流程图（修订）.svg",
        "a-b_c.jpg",
        "console.png",
        "图1.2.png",
        "图" * 70 + ".png",
        "com10.png",
        "conin.png",
    ],
)
def test_a_name_that_every_system_takes(name: str) -> None:
    assert is_portable(name)


@pytest.mark.parametrize(
    "name",
    ["a?.png", "a*.png", "a:b.png", 'a".png', "a|b.png", "<a>.png", "a/b.png", "a\\b.png", "CON.png", "nul",
     "lpt1.md", ".a.png", "~a.png", " a.png", "a.png ", "a.png.", "a .png", "a\x07.png", "图" * 101,
     "图" * 96 + ".png", "COM¹.png", "lpt³", "CONIN$", "conout$.txt", "图\u202egnp.exe", "图\u200b.png", "图\ud800.png",
     "图\u2028.png", "con .a.png", ""],
)  # fmt: skip
def test_a_name_that_some_system_refuses(name: str) -> None:
    assert not is_portable(name)


def test_names_that_differ_in_case_are_one_file_on_windows() -> None:
    assert same_but_for_case("图A.png", ["图a.png", "图b.png"]) == "图a.png"
    assert same_but_for_case("图a.png", ["图a.png"]) == ""
    findings = FindingCollector()
    folder = Folder("content/2026-1", {"图A.svg": b"<svg/>", "图a.svg": b"<svg/>"})
    assert not is_sound(folder, "图A.svg", Place("x"), findings)
    assert "只差大小写" in findings.items[0].message
