"""Pango on Windows: where it is looked for, and under which names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from liulin_gazette.cache import libraries, windows_libraries
from liulin_gazette.cache.windows_libraries import folders, library_file, load_typesetter, with_extension


def test_a_library_is_found_with_and_without_its_prefix_and_the_first_folder_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "公报 编辑台", tmp_path / "b"
    for file in (first / "libpango-1.0-0.dll", second / "pango-1.0-0.dll", second / "harfbuzz.dll"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    assert library_file("pango-1.0-0", (tmp_path / "none", first, second)) == first / "libpango-1.0-0.dll"
    assert library_file("harfbuzz", (first, second)) == second / "harfbuzz.dll"
    assert library_file("fribidi-0", (first, second)) is None


def test_the_folder_that_was_named_comes_first_then_that_of_the_portable_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", "D:/a;D:/b")
    assert folders()[:3] == [Path("D:/a"), Path("D:/b"), Path(sys.prefix, "pango")]
    monkeypatch.delenv("WEASYPRINT_DLL_DIRECTORIES")
    assert folders()[0] == Path(sys.prefix, "pango")


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("pango-1.0-0", "pango-1.0-0.dll"),
        ("libpango-1.0-0.dll", "libpango-1.0-0.dll"),
        ("libpango-1.0.so.0", "libpango-1.0.so.0"),
        ("libpango-1.0.dylib", "libpango-1.0.dylib"),
    ],
)
def test_names_without_an_extension_get_one(asked: str, opened: str) -> None:
    names: list[tuple[str, int]] = []

    def dlopen(_: object, name: str, flags: int) -> str:
        names.append((name, flags))
        return "library"

    assert with_extension(dlopen)(None, asked, 0x1000) == "library"
    assert names == [(opened, 0x1000)]


def test_without_pango_nothing_is_imported_that_speaks_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(windows_libraries, "folders", list[Path])
    with pytest.raises(OSError, match="no Pango"):
        load_typesetter()
    assert capsys.readouterr() == ("", "")


def test_versions_on_windows_come_from_the_libraries_there(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pango:
        @staticmethod
        def pango_version() -> int:
            return 15602

    def load(stem: str) -> type[Pango] | None:
        return Pango if stem == "pango-1.0-0" else None

    monkeypatch.setattr(libraries.sys, "platform", "win32")
    monkeypatch.setattr(windows_libraries, "load", load)
    assert libraries.pango_version() == "1.56.2"
    assert libraries.harfbuzz_version() == ""
