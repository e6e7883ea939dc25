"""The ZIP: the same bytes for the same files, and only names that Windows can unpack."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from liulin_gazette.bundling.portable_zip import name_faults, write_zip

FILES = {
    "公报编辑台/公报编辑台.bat": b"@echo off\r\n",
    "公报编辑台/runtime/python.exe": b"MZ" * 5000,
    "公报编辑台/空": b"",
}


def test_the_order_and_the_day_do_not_matter(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "一.zip", tmp_path / "二.zip"
    write_zip(first, FILES, frozenset(("公报编辑台/公报编辑台.bat",)))
    write_zip(second, dict(reversed(FILES.items())), frozenset(("公报编辑台/公报编辑台.bat",)))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(FILES)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [oct(entry.external_attr >> 16) for entry in entries] == ["0o100644", "0o100755", "0o100644"]
    assert all(entry.flag_bits & 0x800 for entry in entries)  # Names are in UTF-8.


def test_a_name_that_windows_refuses_leaves_the_old_zip_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    write_zip(target, FILES)
    before = target.read_bytes()
    with pytest.raises(ValueError, match="no such name"):
        write_zip(target, FILES | {"a/con.txt": b""})
    assert target.read_bytes() == before and list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (["a/aux.py"], "allows no such name"),
        (["a/COM1"], "allows no such name"),
        (["a:b"], "allows no such name"),
        (["a./b"], "allows no such name"),
        (["a "], "allows no such name"),
        (["x" * 171], "171 characters"),
        (["A/readme", "a/README"], "differs from A/readme in case alone"),
    ],
)
def test_names_that_windows_does_not_take(names: list[str], fault: str) -> None:
    (told,) = name_faults(names)
    assert fault in told


def test_names_that_windows_takes() -> None:
    assert name_faults(["公报 编辑台/a.b.c", "console.py", "a/com10", "x" * 170, "a/.gitignore"]) == []
