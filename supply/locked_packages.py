"""The packages of a lock file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROGRAM_LOCK = "requirements.lock"
"""The lock of what the program needs, installed in every county."""
LOCKS = (PROGRAM_LOCK, "requirements-quick.lock", "requirements-test.lock", "benchmarks/requirements.lock")
LINTERS_LOCK = "lint/package-lock.json"
_PINNED = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """A version of a package that a lock file names."""

    name: str
    version: str
    marker: str = ""
    """For which Pythons and systems, as in PEP 508; empty for all."""


def read_lock(path: Path) -> list[LockedPackage]:
    """Return the packages of the lock file at ``path`` in its order; one may be there with several versions.

    Raises ValueError at a line that is neither a pinned package nor a digest.
    """
    packages: list[LockedPackage] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(("#", "    --hash=")):
            continue
        match = _PINNED.match(line)
        if match is None:
            raise ValueError(f"{path.name}: {line}")
        packages.append(LockedPackage(match["name"], match["version"], match["marker"] or ""))
    return packages


def newest_versions(packages: list[LockedPackage]) -> dict[str, str]:
    """Return the newest locked version of each package by name; older ones are for older Pythons."""
    newest: dict[str, str] = {}
    for package in packages:
        known = newest.get(package.name)
        if known is None or Version(known) < Version(package.version):
            newest[package.name] = package.version
    return newest


def linter_licences(path: Path) -> dict[str, str]:
    """Return the licence that each package of an npm lock file states, by its path; "" where it states none."""
    packages = json.loads(path.read_text("utf-8"))["packages"]
    return {place: entry.get("license", "") for place, entry in packages.items() if place}
