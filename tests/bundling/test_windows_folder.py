"""The portable folder for Windows, put together from small packages of the shape of the real ones."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import pytest

from liulin_gazette.bundling import launchers, windows_parts
from liulin_gazette.bundling.executable_writing import forwarder, launcher
from liulin_gazette.bundling.folder_files import content_files, program_files
from liulin_gazette.bundling.registry_packages import BundleError, wheel_files
from liulin_gazette.bundling.windows_folder import (
    face_files,
    lacking_libraries,
    launcher_files,
    licence_files,
    package_files,
    pango_files,
    python_files,
)
from liulin_gazette.cache.windows_libraries import library_file
from liulin_gazette.commands.arguments import COMMANDS
from liulin_gazette.editing.counties.program_files import parse_record
from liulin_gazette.pdf.composition.fonts import ROLES, SYMBOL_FACES
from tests.conftest import ROOT

EMPTY = forwarder("empty.dll", {})


def small_python() -> dict[str, bytes]:
    library = forwarder("python311.dll", {"Py_Main": "empty.a", "PyList_New": "empty.b"})
    runtime = dict.fromkeys((f"deploy_libs/{name}" for name in windows_parts.RUNTIME_MODULES), EMPTY)
    standard = dict.fromkeys(
        (
            f"./usr/lib/python3.11/{path}"
            for path in (
                "os.py",
                "encodings/mbcs.py",
                "lib-dynload/_x.so",
                "test/support.py",
                "sitecustomize.py",
            )
        ),
        b"",
    )
    return python_files(
        runtime | {"deploy_libs/python311.dll": library, "deploy_libs/tk86t.dll": EMPTY},
        standard | {windows_parts.PYTHON_LICENCE: b"licence", "./usr/share/doc/a/other": b""},
    )


def small_pango() -> dict[str, bytes]:
    names = [f"{windows_parts.PANGO_FOLDER}{name}" for name in windows_parts.PANGO_LIBRARIES]
    names += [f"{windows_parts.COMPILER_FOLDER}{name}" for name in windows_parts.COMPILER_LIBRARIES]
    return pango_files(dict.fromkeys((*names, f"{windows_parts.PANGO_FOLDER}gstreamer-1.0-0.dll"), EMPTY))


def test_python_has_what_it_needs_and_nothing_of_linux_or_of_windows_on_the_screen() -> None:
    files = small_python()
    assert {
        "runtime/python.exe",
        "runtime/python3.dll",
        "runtime/DLLs/_ctypes.pyd",
        "runtime/Lib/os.py",
    } <= set(files)
    assert files["runtime/python311._pth"] == b"Lib\r\nDLLs\r\nLib\\site-packages\r\n..\r\n"
    assert not [
        name for name in files if "tk86" in name or ".so" in name or "/test/" in name or "sitecustom" in name
    ]
    assert b"python311.PyList_New\0" in files["runtime/python3.dll"]


def test_pango_is_where_the_program_looks_for_it_on_windows(tmp_path: Path) -> None:
    for name, content in small_pango().items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    folder = tmp_path / "runtime" / "pango"
    assert library_file("pango-1.0-0", (folder,)) and library_file("harfbuzz", (folder,))
    assert not (folder / "gstreamer-1.0-0.dll").exists()
    assert (tmp_path / "runtime" / "vcruntime140_1.dll").is_file()


def test_a_library_that_nobody_has_is_told() -> None:
    files = small_python() | small_pango()
    assert lacking_libraries(files) == []
    files |= {"runtime/DLLs/odd.pyd": launcher("libodd-1.dll", "odd")}
    assert lacking_libraries(files) == ["runtime/DLLs/odd.pyd: libodd-1.dll"]
    del files["runtime/python311.dll"]
    assert "runtime/python.exe: python311.dll" in lacking_libraries(files)


def test_faces_are_of_every_role_and_each_is_compared(tmp_path: Path) -> None:
    names = {Path(path).name for path in windows_parts.FACES}
    assert all(any(candidate.file_name in names for candidate in role.candidates) for role in ROLES)
    assert names & set(SYMBOL_FACES)
    face = tmp_path / "LXGWWenKai-Regular.ttf"
    face.write_bytes(b"face")
    right = hashlib.sha256(b"face").hexdigest()
    assert face_files({str(face): right}) == {"runtime/fonts/LXGWWenKai-Regular.ttf": b"face"}
    for path, digest, told in (
        (face, "0" * 64, "和锁定的不是同一个"),
        (tmp_path / "gone.ttf", right, "没有"),
    ):
        with pytest.raises(BundleError, match=told):
            face_files({str(path): digest})


def test_licences_have_their_texts(tmp_path: Path) -> None:
    text = tmp_path / "copyright"
    text.write_bytes(b"licence")
    assert licence_files({"a.txt": str(text)}) == {"runtime/licences/a.txt": b"licence"}
    with pytest.raises(BundleError, match="没有许可的全文"):
        licence_files({"a.txt": str(tmp_path / "gone")})


def test_a_wheel_gives_its_packages_and_no_scripts(tmp_path: Path) -> None:
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in (
            "a/__init__.py",
            "a-1.dist-info/licenses/LICENSE",
            "a-1.data/purelib/b/bin/b.dll",
            "a-1.data/scripts/a.exe",
            "a-1.data/data/share/man/a.1",
        ):
            archive.writestr(name, name)
    assert set(package_files([wheel_files(wheel)])) == {
        f"runtime/Lib/site-packages/{path}"
        for path in ("a/__init__.py", "a-1.dist-info/licenses/LICENSE", "b/bin/b.dll")
    }


def test_batch_files_are_read_in_every_code_page_and_run_a_command_that_exists() -> None:
    files = launcher_files("1.2.3")
    assert launchers.DESK_COMMAND[0] in COMMANDS
    for name, batch in ((name, batch) for name, batch in files.items() if name.endswith(".bat")):
        text = batch.decode("ascii")
        assert text.count("\r\n") == text.count("\n") and "\r\n" in text, name
        assert '"%~dp0runtime\\python.exe" -X utf8 -m liulin_gazette' in text
        assert text.index('pushd "%~dp0"') < text.index('python.exe" -X')
        (codes,) = re.findall(r"-join \(([\d,]+) \| ForEach-Object", text)
        assert "".join(map(chr, map(int, codes.split(",")))).startswith("请先把整个压缩包解压")
    instructions = files[launchers.INSTRUCTIONS_FILE].decode("utf-8")
    assert instructions.startswith("\ufeff公报编辑台（liulin-gazette 1.2.3")
    assert launchers.DESK_FILE in instructions and launchers.COMMAND_FILE in instructions


def test_the_folder_is_a_county_with_its_program_and_its_content(tmp_path: Path) -> None:
    program = program_files(ROOT)
    record = parse_record(program["program.json"])
    assert set(record.digests) == set(program) - {"program.json"}
    assert {"build.py", "requirements-windows.lock", "templates/tokens.css", "docs/编辑手册.md"} <= set(
        program
    )
    assert not [
        path for path in program if path.startswith(("supply/", "tests/bundling/")) or "__pycache__" in path
    ]
    (tmp_path / "content/2026-1").mkdir(parents=True)
    (tmp_path / "content/2026-1/01.md").write_bytes(b"1\r\n")
    (tmp_path / "content/link").symlink_to("2026-1/01.md")
    assert content_files(tmp_path) == {"content/2026-1/01.md": b"1\r\n"}
    assert content_files(tmp_path / "none") == {}
