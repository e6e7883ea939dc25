"""Licences of everything that ships: listed, chosen, accepted, and as the packages that are installed state them."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

from liulin_gazette.bundling import linux_packages, windows_parts
from liulin_gazette.preparation import system_packages
from supply import licence_page
from supply.licence_list import Licensed, faults, is_accepted, read_licences, stated_licence
from supply.locked_packages import (
    LINTERS_LOCK,
    LOCKS,
    PROGRAM_LOCK,
    ROOT,
    linter_licences,
    newest_versions,
    read_lock,
)

LICENCES = read_licences()
LOCKED = newest_versions([package for lock in LOCKS for package in read_lock(ROOT / lock)])
FOREIGN_MARK = re.compile(
    r"copyright \(c\)|copyright \d|©|@licen[cs]e|licen[cs]ed under|SPDX-", re.IGNORECASE
)
TEMPLATES = (".html", ".css", ".js", ".xml", ".txt", ".svg", ".json", ".opf", ".xhtml")
EXAMPLE = Licensed("a", "GPL-2.0-or-later OR MPL-1.1", "MPL-1.1")


def test_every_locked_package_is_listed_and_no_other() -> None:
    assert [entry.name for entry in LICENCES.packages] == sorted(LOCKED)


def test_every_file_that_is_no_program_is_listed() -> None:
    package = ROOT / "liulin_gazette"
    files = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and path.name not in ("py.typed", "README.md")
    }
    assert {entry.name for entry in LICENCES.files if entry.name.startswith("liulin_gazette/")} == files


def test_templates_are_the_project_s_own_or_listed() -> None:
    listed = {entry.name for entry in LICENCES.files}
    for path in (ROOT / "templates").rglob("*"):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and ".cache" not in path.parts and name not in listed:
            assert path.suffix in TEMPLATES, f"{name}: whose is it, and under what licence?"
            assert not FOREIGN_MARK.search(path.read_text("utf-8")), f"{name} speaks of a licence"


def test_every_part_of_the_system_is_listed() -> None:
    packages = (system_packages.LIBRARIES, system_packages.FONTS, system_packages.SYMBOL_FONTS)
    used = {package for table in packages for package in table.values()}
    used |= {package for _, package in system_packages.STAND_INS.values()}
    assert {entry.name for entry in LICENCES.systems} == used


def test_every_binary_file_of_the_portable_folder_is_covered_once_and_no_other() -> None:
    covered = [name for entry in LICENCES.bundled for name in entry.covers]
    packages = [package.name.partition(":")[0] for package in windows_parts.STANDARD_LIBRARY]
    assert sorted(covered) == sorted(
        (
            windows_parts.RUNTIME_LIBRARY,
            *windows_parts.RUNTIME_MODULES,
            *windows_parts.PANGO_LIBRARIES,
            *windows_parts.COMPILER_LIBRARIES,
            *{*packages, *linux_packages.PACKAGES},
        )
    )


def test_nothing_that_is_listed_may_not_be_used() -> None:
    entries = (*LICENCES.packages, *LICENCES.files, *LICENCES.systems, *LICENCES.bundled)
    assert [fault for entry in entries for fault in faults(entry)] == []


def test_the_holder_of_everything_that_counties_have_is_named() -> None:
    installed = {package.name for package in read_lock(ROOT / PROGRAM_LOCK)}
    packages = [entry for entry in LICENCES.packages if entry.name in installed]
    entries = (*packages, *LICENCES.files, *LICENCES.systems, *LICENCES.bundled)
    assert [entry.name for entry in entries if not entry.holder] == []


def test_packages_state_what_is_listed() -> None:
    """What is installed here in its newest locked version; the others are for other Pythons and systems."""
    compared = 0
    for entry in LICENCES.packages:
        try:
            package = distribution(entry.name)
        except PackageNotFoundError:
            continue
        if package.version == LOCKED[entry.name]:
            compared += 1
            assert stated_licence(package.metadata) == entry.stated, entry.name
    assert compared > 30


def test_licences_of_the_linters_of_templates_are_accepted() -> None:
    licences = linter_licences(ROOT / LINTERS_LOCK)
    assert [place for place, licence in licences.items() if not is_accepted(licence)] == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (replace(EXAMPLE, offered="AGPL-3.0-only", licence="AGPL-3.0-only"), "refused"),
        (replace(EXAMPLE, stated="GNU Affero General Public License v3"), "refused"),
        (replace(EXAMPLE, licence="MIT"), "is not among"),
        (replace(EXAMPLE, licence="GPL-2.0-or-later"), "is not accepted"),
        (replace(EXAMPLE, offered="MIT AND GPL-3.0-only", licence="MIT AND GPL-3.0-only"), "is not accepted"),
    ],
)
def test_what_may_not_be_used_is_told(entry: Licensed, fault: str) -> None:
    assert faults(EXAMPLE) == []
    assert any(fault in each for each in faults(entry))


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("(MIT OR GPL-2.0-only)", True),
        ("GPL-2.0-only OR ISC", True),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-2.0-only", False),
    ],
)
def test_one_alternative_is_enough_but_all_of_it(expression: str, accepted: bool) -> None:
    assert is_accepted(expression) is accepted


class BsdPackage(Distribution):
    """A package whose licence is a text of several lines."""

    def read_text(self, filename: str) -> str:
        return (
            "Metadata-Version: 2.1\nName: a\nVersion: 1\nLicense: BSD\n        Redistribution and use …\n"
            "Classifier: License :: OSI Approved :: BSD License\nClassifier: Programming Language :: Python\n"
        )

    def locate_file(self, path: object) -> Path:
        return Path()


def test_what_metadata_states_is_its_first_line_and_its_classifiers() -> None:
    assert stated_licence(BsdPackage().metadata) == "BSD; BSD License"


def test_the_page_says_what_the_list_says() -> None:
    page = (ROOT / licence_page.FILE).read_text("utf-8")
    assert page == licence_page.licence_page(LICENCES), "run: python3 -m supply"
    assert "任选" in page
