"""The bill of materials of the program: CycloneDX 1.6, the same bytes for the same locks."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from typing import Any

from liulin_gazette import __version__
from liulin_gazette.source.settings_tables.settings import tomllib
from supply.licence_list import LicenceList, Licensed
from supply.locked_packages import PROGRAM_LOCK, ROOT, LockedPackage, read_lock

FILE = "docs/sbom.cdx.json"
"""Beside the documentation, which every county has."""
_PROGRAM = f"pkg:pypi/liulin-gazette@{__version__}"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def bill_of_materials(licences: LicenceList) -> bytes:
    """Return the bill of the program, of the packages that it is installed with, and of files of other hands in it."""
    packages = read_lock(ROOT / PROGRAM_LOCK)
    licensed = {entry.name: entry for entry in licences.packages}
    parts = [_library(package, licensed[package.name]) for package in packages]
    parts += [_file(entry) for entry in licences.files]
    direct = _direct()
    asked_for = sorted(_reference(package) for package in packages if package.name in direct)
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": _PROGRAM,
                "name": "liulin-gazette",
                "version": __version__,
                "purl": _PROGRAM,
            },
            "properties": [
                {"name": f"sha256:{PROGRAM_LOCK}", "value": _sha256(PROGRAM_LOCK)},
            ],
        },
        "components": parts,
        "dependencies": [
            {"ref": _PROGRAM, "dependsOn": asked_for},
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, _PROGRAM + _text(bill))
    return (_text(bill | {"serialNumber": f"urn:uuid:{serial}"}) + "\n").encode()


def _text(bill: dict[str, Any]) -> str:
    return json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True)


def _direct() -> set[str]:
    """Return the names of the packages that the program itself asks for, as the lock file writes them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = (_NAME.match(requirement) for requirement in project["dependencies"])
    return {name[0].lower().replace("_", "-") for name in names if name}


def _reference(package: LockedPackage) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"


def _library(package: LockedPackage, licensed: Licensed) -> dict[str, Any]:
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": _reference(package),
        "name": package.name,
        "version": package.version,
        "purl": _reference(package),
        "scope": "required",
        "copyright": licensed.holder,
        "licenses": [{"expression": licensed.licence}],
    }
    if package.marker:
        part["properties"] = [{"name": "marker", "value": package.marker}]
    return part


def _file(licensed: Licensed) -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": licensed.name,
        "name": licensed.name,
        "copyright": licensed.holder,
        "licenses": [{"expression": licensed.licence}],
        "hashes": [{"alg": "SHA-256", "content": _sha256(licensed.name)}],
    }


def _sha256(path: str) -> str:
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
