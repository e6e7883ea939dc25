"""Known vulnerabilities: none of a locked version; which versions one affects; where the list comes from."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from supply.advisories import (
    FILE,
    Advisory,
    AdvisoryList,
    affected,
    collected,
    locked_packages,
    read_advisories,
    write_advisories,
)
from supply.locked_packages import LockedPackage

ENTRY = """
id: PYSEC-2030-1
affected:
- package: {name: Jinja2, ecosystem: PyPI}
  ranges:
  - {type: GIT, events: [{introduced: "0"}]}
  - type: ECOSYSTEM
    events: [{introduced: "0"}, {fixed: 1.2.3}, {introduced: "2.0"}, {last_affected: 2.4}, {introduced: "9"}]
- package: {name: other, ecosystem: PyPI}
  ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}]}]
"""
RANGES = (
    Advisory("jinja2", "PYSEC-2030-1", "0", "1.2.3"),
    Advisory("jinja2", "PYSEC-2030-1", "2.0", "", "2.4"),
    Advisory("jinja2", "PYSEC-2030-1", "9", ""),
)


def test_no_locked_version_is_known_to_be_vulnerable() -> None:
    assert affected(read_advisories(), locked_packages()) == []


def test_the_list_says_where_it_is_from_and_of_which_day() -> None:
    advisories = read_advisories()
    assert date.fromisoformat(advisories.day)
    assert advisories.source
    assert len(advisories.advisories) > 50


@pytest.mark.parametrize(
    ("version", "vulnerable"),
    [
        ("1.2.2", True),
        ("1.2.3rc1", True),
        ("1.2.3", False),
        ("1.10", False),
        ("2.0", True),
        ("2.4", True),
        ("2.4.1", False),
        ("9.0", True),
        ("10", True),
    ],
)
def test_versions_between_the_first_and_the_fixed_one_are_affected(version: str, vulnerable: bool) -> None:
    known = AdvisoryList("", "2030-01-01", (), RANGES)
    assert bool(affected(known, [LockedPackage("jinja2", version)])) is vulnerable
    assert affected(known, [LockedPackage("other", version)]) == []


def test_the_list_is_taken_from_a_clone_and_what_was_added_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "vulns" / "jinja2"
    folder.mkdir(parents=True)
    (folder / "PYSEC-2030-1.yaml").write_text(ENTRY, "utf-8")
    (folder / "PYSEC-2030-2.yaml").write_text(f"withdrawn: 2030-02-01\n{ENTRY}", "utf-8")
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (
        ("init", "-q"),
        ("add", "."),
        (*identity, "commit", "-q", "-m", "a", "--date", "2030-01-02"),
    ):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    added = (Advisory("jinja2", "CVE-2030-3", "0", "3.0"),)
    known = collected(tmp_path, AdvisoryList("", "", (), added))
    assert (known.advisories, known.added) == (RANGES, added)
    assert known.source.startswith("pypa/advisory-database ")


def test_the_list_is_written_as_it_is_read(tmp_path: Path) -> None:
    write_advisories(read_advisories(), tmp_path / "advisories.json")
    assert (tmp_path / "advisories.json").read_bytes() == FILE.read_bytes()
