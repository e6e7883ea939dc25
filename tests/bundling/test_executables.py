"""The two Windows files that are written byte by byte, read again as Windows reads them."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree

import pytest

from liulin_gazette.bundling.executable_reading import exported_names, imported_libraries
from liulin_gazette.bundling.executable_writing import MANIFEST, forwarder, launcher

PROGRAM = launcher("python311.dll", "Py_Main")
NAMES = {name: f"python311.{name}" for name in ("Py_Main", "PyList_New", "_Py_NoneStruct", "Py_Exit")}
LIBRARY = forwarder("python3.dll", NAMES)


def test_the_program_imports_python_and_what_every_windows_has() -> None:
    assert imported_libraries(PROGRAM) == ["KERNEL32.dll", "SHELL32.dll", "python311.dll"]
    assert exported_names(PROGRAM) == []
    assert launcher("python311.dll", "Py_Main") == PROGRAM


def test_each_call_of_the_program_goes_through_a_pointer_of_its_own() -> None:
    """The code is at address 0x1000 and in the file from 0x400; FF 15 calls through the pointer at a distance."""
    code = PROGRAM[0x400 : 0x400 + PROGRAM[0x400:].index(b"\xcc")]
    calls = [place for place in range(len(code)) if code[place : place + 2] == b"\xff\x15"]
    pointers = [0x1000 + place + 6 + struct.unpack_from("<i", code, place + 2)[0] for place in calls]
    assert len(calls) == 4 and len(set(pointers)) == 4
    called = ("GetCommandLineW", "CommandLineToArgvW", "Py_Main", "ExitProcess")
    for pointer, name in zip(pointers, called, strict=True):
        (by_name,) = struct.unpack_from("<Q", PROGRAM, 0x600 + pointer - 0x2000)
        start = 0x600 + by_name - 0x2000 + 2
        assert PROGRAM[start : PROGRAM.index(b"\0", start)].decode("ascii") == name


def test_the_manifest_is_in_the_program_and_asks_for_no_administrator() -> None:
    assert MANIFEST.encode() in PROGRAM
    settings = {each.tag.rpartition("}")[2]: each for each in ElementTree.fromstring(MANIFEST).iter()}
    assert settings["requestedExecutionLevel"].attrib["level"] == "asInvoker"
    assert settings["longPathAware"].text == "true" and settings["activeCodePage"].text == "UTF-8"


def test_the_library_forwards_every_name() -> None:
    assert exported_names(LIBRARY) == sorted(NAMES)
    assert imported_libraries(LIBRARY) == []
    assert all(f"python311.{name}\0".encode() in LIBRARY for name in NAMES)
    assert forwarder("python3.dll", dict(reversed(NAMES.items()))) == LIBRARY


def test_files_begin_sections_at_pages_and_end_with_them() -> None:
    for data in (PROGRAM, LIBRARY):
        count = struct.unpack_from("<H", data, 0x46)[0]
        table = 0x40 + 24 + 240
        sections = [struct.unpack_from("<8sIIII", data, table + 40 * index) for index in range(count)]
        addresses = [address for _, _, address, _, _ in sections]
        assert addresses == sorted(addresses) and all(address % 0x1000 == 0 for address in addresses)
        _, size, address, raw, offset = sections[-1]
        assert len(data) == offset + raw
        assert struct.unpack_from("<I", data, 0x40 + 24 + 56)[0] == address + -(-size // 0x1000) * 0x1000


@pytest.mark.parametrize(
    "data", [b"", b"MZ", b"\x7fELF" + bytes(100), LIBRARY[:100], bytes(0x40) + LIBRARY[0x40:]]
)
def test_what_is_no_file_for_windows_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="Windows"):
        imported_libraries(data)
