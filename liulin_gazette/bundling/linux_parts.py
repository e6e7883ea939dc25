"""What the portable folder for Linux is put together from: a Python, a Pango and a glibc of its own, and the locked wheels.

A program is started by the loader that belongs to its glibc: with the folder's own loader, the system's glibc, however old,
has no part in it. What the folder starts besides, such as the browser, is the system's and runs with the system's.
"""

from __future__ import annotations

PYTHON = "3.11"
"""Version of CPython in the folder."""
LIBRARIES = "runtime/libraries"
"""The folder of the shared libraries."""
STANDARD_LIBRARY = f"runtime/lib/python{PYTHON}"
PACKAGES = f"{STANDARD_LIBRARY}/dist-packages"
"""Where Debian's Python looks for what is installed."""
INTERPRETER = "runtime/bin/interpreter"
LOADERS = {"x86_64": "ld-linux-x86-64.so.2", "aarch64": "ld-linux-aarch64.so.1"}
"""The loader of glibc, which is started in place of the interpreter."""
FACES = "fonts"
"""The folder of faces of a gazette."""
LEFT_OUT = (
    "EXTERNALLY-MANAGED", "__pycache__/", "_aix_support.py", "_distutils_system_mod.py", "curses/", "dbm/", "idlelib/",
    "lib2to3/", "pydoc_data/", "sitecustomize.py", "test/", "turtle.py", "unittest/test/",
)  # fmt: skip
"""What of the standard library is of no use here, or only in tests; the beginnings of paths."""
LEFT_OUT_MODULES = (
    "_crypt", "_ctypes_test", "_curses", "_curses_panel", "_dbm", "_lsprof", "_testbuffer", "_testcapi", "_testclinic",
    "_testimportmultiple", "_testinternalcapi", "_testmultiphase", "_tkinter", "_xxtestfuzz", "audioop", "nis",
    "ossaudiodev", "readline", "spwd", "xxlimited", "xxlimited_35",
)  # fmt: skip
"""Extension modules likewise."""
FONTCONFIG = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir prefix="relative">../{FACES}</dir>
<cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
"""The settings of Fontconfig where the system has none. Pages are set only in faces that the program has prepared."""
_GLIBC = (5, 12, 17, 24, 26, 27, 28, 31, 34, 35)
"""Minor versions of glibc 2 whose wheels are taken (PEP 600): the folder's is 2.36."""


def platforms(processor: str) -> tuple[str, ...]:
    """Return the tags of the wheels that are taken, newest first."""
    return (*(f"manylinux_2_{minor}_{processor}" for minor in reversed(_GLIBC)), f"manylinux2014_{processor}")


def environment(processor: str) -> dict[str, str]:
    """Return the values of the names in markers (PEP 508)."""
    return {
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": processor,
        "platform_python_implementation": "CPython",
        "platform_system": "Linux",
        "python_full_version": f"{PYTHON}.2",
        "python_version": PYTHON,
        "sys_platform": "linux",
    }
