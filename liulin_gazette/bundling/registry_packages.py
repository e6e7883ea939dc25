"""Packages fetched from the registries through their own clients, pip and apt-get, into ``.cache/bundle``."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from liulin_gazette.bundling.locked_requirements import Requirement
from liulin_gazette.bundling.windows_parts import DebianPackage
from liulin_gazette.preparation.child_processes import run_logged
from liulin_gazette.preparation.installation_faults import explanation
from liulin_gazette.text.editor_error import ENVIRONMENT, EditorError

FOLDER = Path(".cache", "bundle")


class BundleError(EditorError):
    """The portable folder cannot be made; the message says why, and the hint what to do."""

    title = "安装包没有做成："
    exit_code = ENVIRONMENT


def download_wheels(
    root: Path, requirements: Iterable[Requirement], platforms: Sequence[str], python: str
) -> list[Path]:
    """Return the wheels of ``requirements`` for CPython ``python`` (3.11) on ``platforms``, by name.

    pip compares each with its digest. Raises BundleError.
    """
    folder = root / FOLDER / f"wheels-{platforms[0]}-{python}"
    shutil.rmtree(folder, ignore_errors=True)  # pip keeps its own cache; an older version must not stay here.
    folder.mkdir(parents=True)
    listed = folder / "requirements.txt"
    listed.write_text("".join(f"{each.text}\n" for each in requirements), "utf-8")
    abi = f"cp{python.replace('.', '')}"
    command = [
        *(sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"),
        *("--require-hashes", "--only-binary", ":all:", "--implementation", "cp", "--python-version", python),
        *(part for each in (abi, "abi3", "none") for part in ("--abi", each)),
        *(part for each in platforms for part in ("--platform", each)),
        *("--dest", str(folder), "--requirement", str(listed)),
    ]
    attempt = run_logged(root, command)
    if attempt.exit_code:
        raise BundleError(f"程序库没有下载到。{explanation(attempt.output)}\n{attempt.last_lines}")
    return sorted(folder.glob("*.whl"))


def download_debian_package(root: Path, package: DebianPackage) -> Path:
    """Return the file of a Debian ``package``, compared with its digest. Raises BundleError."""
    folder = root / FOLDER / "debian"
    folder.mkdir(parents=True, exist_ok=True)
    name = package.name.partition(":")[0]
    files = sorted(folder.glob(f"{name}_*.deb"))
    if not any(_is_right(file, package) for file in files):
        options = _apt_options(root, package.name.partition(":")[2])
        command = [
            *("sh", "-c", 'cd "$0" && exec apt-get "$@"', str(folder)),
            *(*options, "download", "--quiet", f"{name}={package.version}"),
        ]
        attempt = run_logged(root, command)
        if attempt.exit_code:
            raise BundleError(
                f"系统的软件包 {name} {package.version} 没有下载到。\n{attempt.last_lines}\n",
                "软件源里换了版本的，核对以后改 liulin_gazette/bundling 里 windows_parts.py、linux_packages.py 的版本和校验值。",
            )
        files = sorted(folder.glob(f"{name}_*.deb"))
    for file in files:
        if _is_right(file, package):
            return file
    raise BundleError(f"下载到的软件包 {name} 和锁定的不是同一个。", "换一个镜像站再试。")


@lru_cache(maxsize=4)
def _apt_options(root: Path, architecture: str) -> tuple[str, ...]:
    """Return the options with which apt-get fetches packages for ``architecture``; its lists are brought up to date first.

    They lie in a folder of their own: nothing of this system is changed, and no administrator is needed.
    """
    folder = root / FOLDER / f"apt-{architecture}"
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()
    settings = {
        "APT::Architecture": architecture,
        "APT::Architectures": architecture,
        "Dir::State::lists": folder / "lists",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder / "cache",
    }
    options = tuple(part for name, value in settings.items() for part in ("-o", f"{name}={value}"))
    run_logged(root, ["apt-get", *options, "update", "--quiet"])
    return options


def _is_right(file: Path, package: DebianPackage) -> bool:
    return hashlib.sha256(file.read_bytes()).hexdigest() == package.sha256


def wheel_files(wheel: Path) -> dict[str, bytes]:
    """Return what ``wheel`` installs into the folder of packages, by path: no scripts, no headers."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            top, _, rest = entry.filename.partition("/")
            if entry.is_dir():
                continue
            if top.endswith(".data"):
                scheme, _, path = rest.partition("/")
                if scheme not in ("purelib", "platlib"):
                    continue
            else:
                path = entry.filename
            files[path] = archive.read(entry)
    return files


def debian_files(package: Path) -> dict[str, bytes]:
    """Return the regular files of a Debian package by path, which begins with ``./``. Raises CalledProcessError."""
    content = subprocess.run(
        ["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True
    ).stdout
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive.getmembers():
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is not None:
                files[member.name] = stream.read()
    return files
