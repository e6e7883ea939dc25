"""What the portable folder for Linux is put together from: the locked wheels for several Pythons, of which one is there.

Python and Pango are the system's: no registry has one that runs by itself on an old glibc.
"""

from __future__ import annotations

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
"""Versions of CPython whose libraries are in the folder."""
LIBRARIES = "libraries"
"""The folder of the libraries; below it one for each Python: ``cp311``."""
FACES = "fonts"
"""The folder of faces of a gazette: the system's Python has none of its own."""
_GLIBC = (5, 12, 17, 24, 26, 27, 28)
"""Minor versions of glibc 2 whose wheels are taken (PEP 600): UOS 20 has 2.28, Kylin V10 SP1 2.31."""


def platforms(processor: str) -> tuple[str, ...]:
    """Return the tags of the wheels that are taken, newest first."""
    return (*(f"manylinux_2_{minor}_{processor}" for minor in reversed(_GLIBC)), f"manylinux2014_{processor}")


def environment(processor: str, python: str) -> dict[str, str]:
    """Return the values of the names in markers (PEP 508)."""
    return {
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": processor,
        "platform_python_implementation": "CPython",
        "platform_system": "Linux",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "linux",
    }


def tag(python: str) -> str:
    """Return the tag of CPython ``python``: ``cp311``."""
    return f"cp{python.replace('.', '')}"
