"""The list of licences, ``licences.toml``: of packages, of files of other hands, of parts of the system."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import Any

from packaging.licenses import canonicalize_license_expression

from liulin_gazette.source.settings_tables.settings import tomllib
from supply.locked_packages import ROOT

FILE = ROOT / "supply" / "licences.toml"
ACCEPTED = frozenset(
    (
        "0BSD",
        "Apache-2.0",
        "Arphic-1999",
        "Bitstream-Vera",
        "BlueOak-1.0.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CC-BY-4.0",
        "FTL",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "HPND-sell-variant",
        "ISC",
        "LGPL-2.0-or-later",
        "LGPL-2.1-or-later",
        "LicenseRef-ICC-sRGB",
        "LicenseRef-Microsoft-Distributable-Code",
        "LicenseRef-Public-Domain",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MIT-Modern-Variant",
        "MPL-1.1",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Python-2.0",
        "Unicode-3.0",
        "Zlib",
        "bzip2-1.0.6",
        "libpng-2.0",
    )
)
"""Licences that an office can use the program under without asking anyone. Another one is added here by a human."""
_REFUSED = re.compile("AGPL|Affero", re.IGNORECASE)
_OPERATORS = frozenset(("AND", "OR", "WITH"))


@dataclass(frozen=True, slots=True)
class Licensed:
    """The licence of a package, a file or a part of the system."""

    name: str
    """Of a file: its path in the project. Of a part of the system: its Debian package."""
    offered: str
    """SPDX expression of what its holder offers; with OR where one may choose."""
    licence: str
    """SPDX expression of what is chosen."""
    holder: str = ""
    stated: str = ""
    """Of a package: word for word what its metadata says, so that a change is noticed."""
    remark: str = ""
    """In Chinese: where it comes from, or why this one is chosen."""
    covers: tuple[str, ...] = ()
    """Of a part of the portable folders: its files, and the Debian packages that it is taken from."""


@dataclass(frozen=True, slots=True)
class LicenceList:
    """All of ``licences.toml``, each part in the order of the file."""

    packages: tuple[Licensed, ...]
    files: tuple[Licensed, ...]
    systems: tuple[Licensed, ...]
    bundled: tuple[Licensed, ...]


def read_licences(path: Path = FILE) -> LicenceList:
    """Return the list at ``path``. Raises KeyError or TypeError for an entry that is not of the form of the others."""
    data = tomllib.loads(path.read_text("utf-8"))
    return LicenceList(*(_entries(data[part]) for part in ("package", "file", "system", "bundle")))


def _entries(tables: Sequence[dict[str, Any]]) -> tuple[Licensed, ...]:
    return tuple(map(_entry, tables))


def _entry(table: dict[str, Any]) -> Licensed:
    covers: Any = tuple(table.get("covers", ()))
    values: dict[str, Any] = {"offered": table["licence"], **table, "covers": covers}
    return Licensed(**values)


def faults(entry: Licensed) -> list[str]:
    """Return in English what keeps ``entry`` from being used; empty if nothing does."""
    found = [
        f"{entry.name}: {text} is refused" for text in (entry.licence, entry.stated) if _REFUSED.search(text)
    ]
    if entry.licence != entry.offered and entry.licence not in entry.offered.split(" OR "):
        found.append(f"{entry.name}: {entry.licence} is not among {entry.offered}")
    unknown = sorted(_identifiers(entry.licence) - ACCEPTED)
    return found + [f"{entry.name}: {licence} is not accepted" for licence in unknown]


def is_accepted(expression: str) -> bool:
    """Tell whether something under the SPDX ``expression`` may be used: with all of it, or with one alternative."""
    return any(
        _identifiers(choice) and _identifiers(choice) <= ACCEPTED
        for choice in expression.strip("()").split(" OR ")
    )


def _identifiers(expression: str) -> set[str]:
    """Return the licences in an SPDX expression. Raises InvalidLicenseExpression."""
    canonical = canonicalize_license_expression(expression)
    return set(re.findall(r"[^ ()]+(?: WITH [^ ()]+)?", canonical)) - _OPERATORS


def stated_licence(metadata: PackageMetadata) -> str:
    """Return what the metadata of a package says of its licence: its expression or first line, and its classifiers."""
    stated = metadata.get_all("License-Expression") or metadata.get_all("License") or [""]
    texts: list[str] = [stated[0].strip().partition("\n")[0]]
    for classifier in metadata.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            texts.append(classifier.rpartition(" :: ")[2])
    return "; ".join(filter(None, texts))
