"""A portable folder made as a ZIP in ``output/bundle``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from liulin_gazette import __version__
from liulin_gazette.bundling import linux_folder, linux_packages, linux_parts, windows_folder, windows_parts
from liulin_gazette.bundling.folder_files import content_files, program_files
from liulin_gazette.bundling.locked_requirements import Requirement, requirements_for
from liulin_gazette.bundling.portable_zip import write_zip
from liulin_gazette.bundling.registry_packages import (
    BundleError,
    debian_files,
    download_debian_package,
    download_wheels,
    wheel_files,
)
from liulin_gazette.preparation.environment import LOCK, WINDOWS_LOCK

OUTPUT = Path("output", "bundle")
FOLDER = "公报编辑台"
"""The folder that the ZIP unpacks to."""
LARGEST = 250 * 2**20
"""Bytes of a ZIP."""
_RUNTIME = Requirement("panda3d", windows_parts.RUNTIME_REQUIREMENT)


def make_windows_bundle(root: Path, *, with_content: bool, tell: Callable[[str], None]) -> Path:
    """Make the ZIP for Windows from the program in ``root`` and return it; ``tell`` is told each step.

    Raises BundleError, OSError.
    """
    tell("下载程序库（约 170 MB，第一次要几分钟）……")
    locks = [(root / name).read_text("utf-8") for name in (LOCK, WINDOWS_LOCK)]
    locked = requirements_for(locks[0], windows_parts.ENVIRONMENT)
    native = requirements_for(locks[1], windows_parts.ENVIRONMENT)
    wheels = {
        _project(wheel): wheel_files(wheel)
        for wheel in download_wheels(
            root,
            (*locked, *native, _RUNTIME),
            windows_parts.PLATFORMS,
            windows_parts.ENVIRONMENT["python_version"],
        )
    }
    runtime = wheels.pop(_RUNTIME.name)
    libraries: dict[str, bytes] = {}
    for requirement in native:
        libraries |= wheels.pop(requirement.name)
    tell("下载 Python 的标准库……")
    standard_library: dict[str, bytes] = {}
    for package in windows_parts.STANDARD_LIBRARY:
        standard_library |= debian_files(download_debian_package(root, package))
    tell("装进文件夹……")
    files = (
        windows_folder.launcher_files(__version__)
        | windows_folder.python_files(runtime, standard_library)
        | windows_folder.pango_files(libraries)
        | windows_folder.package_files(wheels[requirement.name] for requirement in locked)
        | windows_folder.face_files()
        | windows_folder.licence_files()
        | program_files(root)
        | (content_files(root) if with_content else {})
    )
    if lacking := windows_folder.lacking_libraries(files):
        raise BundleError(f"有程序库在 Windows 上打不开，缺少：{'；'.join(lacking)}。")
    return _write(root, "windows-x86_64", files, with_content)


def make_linux_bundle(root: Path, processor: str, *, with_content: bool, tell: Callable[[str], None]) -> Path:
    """Make the ZIP for Linux on ``processor`` from the program in ``root`` and return it; ``tell`` is told each step.

    Raises BundleError, OSError.
    """
    tell("下载 Python、Pango 和它们要的程序库……")
    packages = {
        package.name.partition(":")[0]: debian_files(download_debian_package(root, package))
        for package in linux_packages.packages(processor)
    }
    tell("下载本程序用的程序库……")
    values = linux_parts.environment(processor)
    locked = requirements_for((root / LOCK).read_text("utf-8"), values)
    wheels = download_wheels(root, locked, linux_parts.platforms(processor), linux_parts.PYTHON)
    tell("装进文件夹……")
    files = (
        linux_folder.runtime_files(packages, processor)
        | linux_folder.package_files(map(wheel_files, wheels))
        | linux_folder.shown_files()
        | program_files(root)
        | (content_files(root) if with_content else {})
    )
    if lacking := linux_folder.lacking_libraries(files, processor):
        raise BundleError(f"有程序库在 Linux 上打不开，缺少：{'；'.join(lacking)}。")
    return _write(root, f"linux-{processor}", files, with_content, linux_folder.programs(processor))


def _write(
    root: Path,
    machine: str,
    files: Mapping[str, bytes],
    with_content: bool,
    programs: frozenset[str] = frozenset(),
) -> Path:
    """Write the ZIP for ``machine``, with ``programs`` that may be run, and return it. Raises BundleError where too large."""
    name = f"liulin-gazette-{__version__}-{machine}{'' if with_content else '-program'}.zip"
    target = root / OUTPUT / name
    entries = {f"{FOLDER}/{path}": content for path, content in files.items()}
    write_zip(target, entries, frozenset(f"{FOLDER}/{each}" for each in programs))
    if target.stat().st_size > LARGEST:
        raise BundleError(f"{name} 超过 {LARGEST // 2**20} MB。")
    return target


def _project(wheel: Path) -> str:
    """Return the name of the package of ``wheel`` as locks write it."""
    return wheel.name.partition("-")[0].lower().replace("_", "-").replace(".", "-")
