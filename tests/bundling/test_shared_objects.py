"""What programs and libraries of Linux need of others, read from this machine's own and told of made-up ones."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

import pytest

from liulin_gazette.bundling.shared_objects import MACHINES, SharedObject, lacking, read_shared_object

X86, ARM = MACHINES["x86_64"], MACHINES["aarch64"]
LIBRARY = SharedObject(X86, "libc.so.6", (), {}, frozenset({"GLIBC_2.2.5", "GLIBC_2.28"}))


def module(name: str) -> bytes:
    return Path(str(import_module(name).__file__)).read_bytes()


def test_an_extension_module_says_what_it_needs() -> None:
    read = read_shared_object(module("markupsafe._speedups"))
    assert read.machine == MACHINES[platform.machine()]
    assert "libc.so.6" in read.needed and not read.defined
    assert all(version.startswith("GLIBC_2.") for version in read.required["libc.so.6"])


def test_a_library_says_its_name_and_the_versions_that_it_has() -> None:
    (file,) = Path("/lib").glob("*-linux-gnu/libm.so.6")
    read = read_shared_object(file.read_bytes())
    assert read.name == "libm.so.6" and {"GLIBC_2.29", "GLIBC_2.35"} <= read.defined
    assert read.required["libc.so.6"] and "libc.so.6" in read.needed
    assert lacking({"libraries/libm.so.6": read}, read.machine) == [
        *(f"libraries/libm.so.6: {name}" for name in read.needed)
    ]


def test_a_program_has_no_name() -> None:
    read = read_shared_object(Path(sys.executable).resolve().read_bytes())
    assert read.name == "" and "libc.so.6" in read.needed


@pytest.mark.parametrize("length", [0, 4, 16, 60, 64, 100, 1000])
def test_what_is_none_or_cut_off_is_told(length: int) -> None:
    with pytest.raises(ValueError, match="ELF"):
        read_shared_object(module("markupsafe._speedups")[:length])


def test_a_newer_version_a_missing_library_and_another_processor_are_told() -> None:
    needs = {"libc.so.6": frozenset({"GLIBC_2.28", "GLIBC_2.38"})}
    program = SharedObject(ARM, "", ("libc.so.6", "libz.so.1"), needs, frozenset())
    assert lacking({"bin/a": program, "lib/libc.so.6": LIBRARY}, X86) == [
        "bin/a: for another processor",
        "bin/a: libz.so.1",
        "bin/a: GLIBC_2.38 of libc.so.6",
    ]
