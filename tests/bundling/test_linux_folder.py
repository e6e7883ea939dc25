"""The portable folder for Linux: what is in it, and how its own Python is started."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from liulin_gazette.bundling import launchers, linux_packages, linux_parts
from liulin_gazette.bundling.linux_folder import lacking_libraries, programs, runtime_files
from tests.bundling.test_shared_objects import module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose loader says what it was started with, at a path with spaces and Chinese."""
    folder = tmp_path / "柳林 公报"
    files = {
        launchers.DESK_SCRIPT: launchers.desk_script(),
        launchers.PYTHON_SCRIPT: launchers.python_script("x86_64"),
        f"{linux_parts.LIBRARIES}/{linux_parts.LOADERS['x86_64']}": '#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\n',
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
        (folder / path).chmod(0o755)
    return folder


def started(folder: Path, *words: str) -> list[str]:
    """Return what the loader is started with by the script of the desk, from another folder."""
    done = subprocess.run(
        ["/bin/sh", folder / launchers.DESK_SCRIPT, *words],
        cwd=folder.parent,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.splitlines()


def test_the_script_starts_the_folder_s_own_python_with_its_own_libraries(folder: Path) -> None:
    start = [
        *(str(folder), "--inhibit-cache", "--library-path", f"{folder}/{linux_parts.LIBRARIES}"),
        *("--argv0", f"{folder}/{launchers.PYTHON_SCRIPT}", f"{folder}/{linux_parts.INTERPRETER}"),
        *("-I", "-X", "utf8", "-m", "liulin_gazette"),
    ]
    assert started(folder) == [*start, *launchers.DESK_COMMAND]
    assert started(folder, "check", "2026-1") == [*start, "check", "2026-1"]
    assert {launchers.DESK_SCRIPT, launchers.PYTHON_SCRIPT} < programs("x86_64")


def test_modules_are_searched_in_the_folder_of_the_gazette(tmp_path: Path) -> None:
    packages = tmp_path / linux_parts.PACKAGES
    assert (packages / launchers.path_file().strip()).resolve() == tmp_path.resolve()


def test_libraries_are_called_what_others_call_them_and_useless_modules_stay_out() -> None:
    data, library = module("markupsafe._speedups"), next(Path("/lib").glob("*-linux-gnu/libm.so.6"))
    inner = "./usr/lib/python3.11"
    packages = {
        "libc6": {
            "./lib/x86_64-linux-gnu/libm-2.36.so": library.read_bytes(),
            "./lib/x86_64-linux-gnu/a.so": b"",
        },
        "python3.11-minimal": {"./usr/bin/python3.11": data},
        "libpython3.11-stdlib": {
            f"{inner}/json/__init__.py": b"",
            f"{inner}/test/a.py": b"",
            f"{inner}/lib-dynload/_curses.cpython-311-x86_64-linux-gnu.so": data,
            f"{inner}/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so": data,
            "./usr/share/doc/libpython3.11-stdlib/copyright": b"PSF",
        },
    }
    files = runtime_files(packages, "x86_64")
    python = {path for path in files if path.startswith(linux_parts.STANDARD_LIBRARY)}
    assert f"{linux_parts.LIBRARIES}/libm.so.6" in files and f"{linux_parts.LIBRARIES}/a.so" not in files
    assert {path.rpartition("/")[2].partition(".")[0] for path in python} == {"__init__", "_ssl", "gazette"}
    assert files["runtime/licences/libpython3.11-stdlib.txt"] == b"PSF"
    assert any(fault.endswith(": libc.so.6") for fault in lacking_libraries(files, "x86_64"))


def test_each_processor_has_packages_of_its_own_and_the_same_versions() -> None:
    found = [linux_packages.packages(processor) for processor in linux_packages.ARCHITECTURES]
    names = [[package.name.partition(":")[0] for package in each] for each in found]
    assert names[0] == names[1] and [each.version for each in found[0]] == [each.version for each in found[1]]
    digests = [package.sha256 for each in found for package in each]
    assert len(set(digests)) == len(digests) and all(re.fullmatch("[0-9a-f]{64}", each) for each in digests)


@pytest.mark.parametrize(
    "shell", [name for name in ("sh", "bash", "busybox sh") if shutil.which(name.split()[0])]
)
def test_the_entry_for_desktops_runs_the_script_beside_it(tmp_path: Path, shell: str) -> None:
    """As the Desktop Entry Specification reads Exec: backslashes of the value, then of the quoted argument."""
    (line,) = (line for line in launchers.desktop_entry().splitlines() if line.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    parts = re.fullmatch(r'sh -c "((?:[^"`$\\%]|\\["`$\\])*)" sh %k', value)
    assert parts is not None, value
    command = re.sub(r"\\(.)", r"\1", parts[1])

    def said(place: str) -> str:
        done = subprocess.run(
            [*shell.split(), "-c", command, "sh", place],
            cwd="/",
            input="\n",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert not done.stderr
        return done.stdout

    folder = tmp_path / "柳林 公报 100%的*新版"
    folder.mkdir()
    script = folder / launchers.DESK_SCRIPT
    script.write_text("#!/bin/sh\necho started\n", "utf-8")
    script.chmod(0o755)
    entry = folder / launchers.DESKTOP_FILE
    for place in (str(entry), entry.as_uri(), entry.as_uri().replace("file://", "file://localhost")):
        assert said(place) == "started\n", place
    for place in ("", str(tmp_path / launchers.DESKTOP_FILE), "file:///nowhere/a.desktop"):
        assert said(place) == f"从这里打不开，请双击文件夹里的 {launchers.DESK_SCRIPT}。\n"
