"""The bill of materials: as the standard has it, and of what the locks have."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from liulin_gazette import __version__
from supply.bill_of_materials import FILE, bill_of_materials
from supply.licence_list import read_licences
from supply.locked_packages import PROGRAM_LOCK, ROOT, read_lock

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return json.loads(bill_of_materials(read_licences()))


def schema(uri: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / uri.rpartition("/")[2]).read_text("utf-8"))


def test_it_is_cyclonedx(bill: dict[str, Any]) -> None:
    validate = fastjsonschema.compile(
        schema("bom-1.6.SNAPSHOT.schema.json"), handlers={"http": schema}, use_formats=False
    )
    validate(bill)
    with pytest.raises(fastjsonschema.JsonSchemaException):
        validate(bill | {"specVersion": 1.6})


def test_the_one_that_ships_is_of_these_locks() -> None:
    assert (ROOT / FILE).read_bytes() == bill_of_materials(read_licences()), "run: python3 -m supply"


def test_it_has_every_package_and_every_file_of_other_hands(bill: dict[str, Any]) -> None:
    libraries = {(part["name"], part["version"]) for part in bill["components"] if part["type"] == "library"}
    assert libraries == {(each.name, each.version) for each in read_lock(ROOT / PROGRAM_LOCK)}
    files = {
        part["name"]: part["hashes"][0]["content"] for part in bill["components"] if part["type"] == "file"
    }
    assert set(files) == {entry.name for entry in read_licences().files}
    for name, digest in files.items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest


def test_what_the_program_asks_for_is_among_its_parts(bill: dict[str, Any]) -> None:
    references = {part["bom-ref"] for part in bill["components"]}
    (dependency,) = bill["dependencies"]
    assert (
        dependency["ref"]
        == bill["metadata"]["component"]["bom-ref"]
        == f"pkg:pypi/liulin-gazette@{__version__}"
    )
    assert set(dependency["dependsOn"]) <= references
    named = {reference.partition("@")[0] for reference in dependency["dependsOn"]}
    assert {"pkg:pypi/weasyprint", "pkg:pypi/markdown-it-py", "pkg:pypi/tomli"} <= named
    assert "pkg:pypi/cffi" not in named
