"""The portable folder for Windows: its files by name, put together from the packages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from liulin_gazette.bundling import launchers, windows_parts
from liulin_gazette.bundling.executable_reading import exported_names, imported_libraries
from liulin_gazette.bundling.executable_writing import forwarder, launcher
from liulin_gazette.bundling.registry_packages import BundleError
from liulin_gazette.cache.windows_libraries import BUNDLED, SETTINGS_OF_FONTCONFIG

RUNTIME = launchers.RUNTIME
_PACKAGES = f"{RUNTIME}/Lib/site-packages"


def python_files(runtime: Mapping[str, bytes], standard_library: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return Python itself, from the files of the runtime package and of Debian's standard library. Raises KeyError."""
    library = runtime[f"{windows_parts.RUNTIME_FOLDER}{windows_parts.RUNTIME_LIBRARY}"]
    target = windows_parts.RUNTIME_LIBRARY.removesuffix(".dll")
    forwards = {name: f"{target}.{name}" for name in exported_names(library)}
    files = {
        f"{RUNTIME}/{windows_parts.RUNTIME_LIBRARY}": library,
        f"{RUNTIME}/python.exe": launcher(windows_parts.RUNTIME_LIBRARY, "Py_Main"),
        f"{RUNTIME}/python3.dll": forwarder("python3.dll", forwards),
        f"{RUNTIME}/{launchers.SEARCH_PATHS_FILE}": launchers.search_paths().encode(),
        f"{RUNTIME}/licences/python.txt": standard_library[windows_parts.PYTHON_LICENCE],
    }
    for name in windows_parts.RUNTIME_MODULES:
        files[f"{RUNTIME}/DLLs/{name}"] = runtime[f"{windows_parts.RUNTIME_FOLDER}{name}"]
    for path, content in standard_library.items():
        inner = path.removeprefix(windows_parts.STANDARD_LIBRARY_FOLDER)
        if inner != path and not inner.startswith(windows_parts.LEFT_OUT):
            files[f"{RUNTIME}/Lib/{inner}"] = content
    return files


def pango_files(libraries: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return Pango with its settings, and the compiler's runtime beside Python. Raises KeyError."""
    folder = f"{RUNTIME}/{BUNDLED}"
    files = {
        f"{folder}/{name}": libraries[f"{windows_parts.PANGO_FOLDER}{name}"]
        for name in windows_parts.PANGO_LIBRARIES
    }
    files[f"{folder}/{SETTINGS_OF_FONTCONFIG}"] = windows_parts.FONTCONFIG.encode()
    for name in windows_parts.COMPILER_LIBRARIES:
        files[f"{RUNTIME}/{name}"] = libraries[f"{windows_parts.COMPILER_FOLDER}{name}"]
    return files


def package_files(packages: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    """Return the libraries of the program in the folder of packages."""
    return {f"{_PACKAGES}/{path}": content for package in packages for path, content in package.items()}


def face_files(faces: Mapping[str, str] = windows_parts.FACES) -> dict[str, bytes]:
    """Return the free faces that this system has, each compared with its digest. Raises BundleError."""
    files: dict[str, bytes] = {}
    for path, digest in faces.items():
        file = Path(path)
        content = file.read_bytes() if file.is_file() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise BundleError(
                f"字体 {file.name} {'和锁定的不是同一个' if content else '没有'}。",
                "安装包在 Debian 12 上做，字体用它的软件包里的。",
            )
        folder = "symbols/" if file.name == windows_parts.SYMBOLS else ""
        files[f"{RUNTIME}/fonts/{folder}{file.name}"] = content
    return files


def licence_files(texts: Mapping[str, str] = windows_parts.LICENCE_TEXTS) -> dict[str, bytes]:
    """Return the texts of the licences of what carries none with it. Raises BundleError where one is missing."""
    if lacking := [path for path in texts.values() if not Path(path).is_file()]:
        raise BundleError(f"没有许可的全文：{'、'.join(lacking)}。", "安装包在 Debian 12 上做。")
    return {f"{RUNTIME}/licences/{name}": Path(path).read_bytes() for name, path in texts.items()}


def launcher_files(version: str) -> dict[str, bytes]:
    """Return what is clicked or read first; ``version`` is the program's."""
    return {
        launchers.DESK_FILE: launchers.desk_batch().encode(),
        launchers.COMMAND_FILE: launchers.command_batch().encode(),
        launchers.INSTRUCTIONS_FILE: launchers.instructions(version).encode(),
    }


def lacking_libraries(files: Mapping[str, bytes]) -> list[str]:
    """Return which libraries a program or library in the folder asks for that neither it nor every Windows 10 has."""
    binaries = {name: data for name, data in files.items() if name.lower().endswith((".dll", ".pyd", ".exe"))}
    present = {name.rpartition("/")[2].lower() for name in binaries}
    known = present | windows_parts.SYSTEM_LIBRARIES
    return sorted(
        f"{name}: {library}"
        for name, data in binaries.items()
        for library in imported_libraries(data)
        if library.lower() not in known and not library.lower().startswith("api-ms-win-")
    )
