"""The lock files: of one mind, each package with its digests."""

from __future__ import annotations

from pathlib import Path

import pytest

from supply.locked_packages import LOCKS, ROOT, LockedPackage, newest_versions, read_lock


def test_a_package_has_the_same_versions_in_every_lock() -> None:
    (program, quick, full, _) = (set(read_lock(ROOT / lock)) for lock in LOCKS)
    assert {package.name for package in program} <= {package.name for package in quick}
    assert {package.name for package in quick} <= {package.name for package in full}
    for one, other in ((program, quick), (quick, full)):
        versions = {(package.name, package.version) for package in other}
        assert {(package.name, package.version) for package in one} <= versions


def test_a_lock_is_read_with_versions_and_markers(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "a-b==9.1 ; python_full_version < '3.11' \\\n    --hash=sha256:00\na-b==10.0 \\\n    --hash=sha256:00\n",
        "utf-8",
    )
    packages = read_lock(lock)
    assert packages == [
        LockedPackage("a-b", "9.1", "python_full_version < '3.11'"),
        LockedPackage("a-b", "10.0"),
    ]
    assert newest_versions(packages) == {"a-b": "10.0"}


@pytest.mark.parametrize("line", ["a>=1", "a", "-r other.txt", "a @ file:///a.whl"])
def test_a_line_that_pins_nothing_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "requirements.lock").write_text(f"{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"requirements\.lock"):
        read_lock(tmp_path / "requirements.lock")
