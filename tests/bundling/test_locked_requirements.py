"""The packages of a lock for another system: markers, and lines that are not understood."""

from __future__ import annotations

import pytest
from packaging.markers import Marker

from liulin_gazette.bundling.locked_requirements import Requirement, applies, requirements_for
from liulin_gazette.bundling.windows_parts import ENVIRONMENT
from supply.locked_packages import LOCKS, PROGRAM_LOCK, ROOT, read_lock

LOCK = """a-b==1.0 \\
    --hash=sha256:00 \\
    --hash=sha256:01
c==2.0 ; sys_platform != 'win32' \\
    --hash=sha256:02
d==3.0 ; python_full_version >= '3.11' \\
    --hash=sha256:03
"""
LINUX = ENVIRONMENT | {
    "os_name": "posix",
    "platform_machine": "aarch64",
    "platform_system": "Linux",
    "python_full_version": "3.10.4",
    "python_version": "3.10",
    "sys_platform": "linux",
}


def test_packages_of_the_other_system_keep_their_digests() -> None:
    assert requirements_for(LOCK, ENVIRONMENT) == [
        Requirement("a-b", "a-b==1.0 --hash=sha256:00 --hash=sha256:01"),
        Requirement("d", "d==3.0 --hash=sha256:03"),
    ]
    assert [each.name for each in requirements_for(LOCK, LINUX)] == ["a-b", "c"]


@pytest.mark.parametrize(
    "lock", ["a>=1\n", "-r other.txt\n", "a==1 ; extra in 'b' \\\n", "a==1 ; unknown == 'b'\n"]
)
def test_what_is_not_understood_is_no_package(lock: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        requirements_for(lock, ENVIRONMENT)


@pytest.mark.parametrize(
    "marker",
    [
        *sorted({package.marker for lock in LOCKS for package in read_lock(ROOT / lock) if package.marker}),
        "python_full_version < '3.11' or sys_platform == 'win32' and os_name != 'nt'",
        "python_version <= '3.10'",
        "python_version > '3.9'",
        "python_full_version == '3.11.9'",
    ],
)
def test_markers_are_judged_as_packaging_judges_them(marker: str) -> None:
    for environment in (ENVIRONMENT, LINUX):
        assert applies(marker, environment) is Marker(marker).evaluate(environment), environment


def test_every_package_of_the_program_s_lock_is_judged() -> None:
    text = (ROOT / PROGRAM_LOCK).read_text("utf-8")
    windows = {each.name for each in requirements_for(text, ENVIRONMENT)}
    linux = {each.name for each in requirements_for(text, LINUX)}
    assert "colorama" in windows - linux and "weasyprint" in windows & linux
    assert windows | linux <= {package.name for package in read_lock(ROOT / PROGRAM_LOCK)}
    assert all("--hash=sha256:" in each.text for each in requirements_for(text, ENVIRONMENT))
