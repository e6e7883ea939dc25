"""A ZIP of the same bytes for the same files, which Windows can unpack."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

LONGEST_NAME = 170
"""Characters: Windows allows 260 for a whole path, and the office's own folders need room."""
_START = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can tell."""
_RESERVED = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)|[. ](/|$)', re.IGNORECASE
)


def name_faults(names: list[str]) -> list[str]:
    """Return in English what keeps files of these ``names`` from being unpacked on Windows; empty if nothing does."""
    seen: dict[str, str] = {}
    faults: list[str] = []
    for name in names:
        if _RESERVED.search(name):
            faults.append(f"{name}: Windows allows no such name")
        if len(name) > LONGEST_NAME:
            faults.append(f"{name}: {len(name)} characters")
        if (other := seen.setdefault(name.casefold(), name)) != name:
            faults.append(f"{name}: differs from {other} in case alone")
    return faults


def write_zip(target: Path, files: Mapping[str, bytes], programs: frozenset[str] = frozenset()) -> None:
    """Write ``files`` by name to ``target``, whole or not at all; ``programs`` may be run. Raises OSError, ValueError."""
    names = sorted(files)
    if faults := name_faults(names):
        raise ValueError("; ".join(faults[:5]))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    try:
        with zipfile.ZipFile(partial, "w") as archive:
            for name in names:
                entry = zipfile.ZipInfo(name, _START)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # Unix: the permissions below are read.
                entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
                archive.writestr(entry, files[name], compresslevel=6)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
