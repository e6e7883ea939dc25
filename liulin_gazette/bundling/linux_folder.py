"""The portable folder for Linux: its files by name, put together from the packages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from liulin_gazette.bundling import launchers, linux_parts
from liulin_gazette.bundling.shared_objects import MACHINES, MAGIC, lacking, read_shared_object
from liulin_gazette.bundling.windows_folder import face_files, licence_files
from liulin_gazette.bundling.windows_parts import LICENCE_TEXTS

_LIBRARY = re.compile(r"\./(?:usr/)?lib/[^/]+-linux-gnu/[^/]+\.so(?:\.[0-9.]+)?")
_STANDARD_LIBRARY = f"./usr/lib/python{linux_parts.PYTHON}/"
_MODULES = "lib-dynload/"


def runtime_files(packages: Mapping[str, Mapping[str, bytes]], processor: str) -> dict[str, bytes]:
    """Return Python and the libraries from the files of Debian's ``packages``, by name. Raises KeyError, ValueError."""
    files: dict[str, bytes] = {
        linux_parts.INTERPRETER: packages[f"python{linux_parts.PYTHON}-minimal"][
            f"./usr/bin/python{linux_parts.PYTHON}"
        ],
        launchers.PYTHON_SCRIPT: launchers.python_script(processor).encode(),
        f"{linux_parts.PACKAGES}/{launchers.PATH_FILE}": launchers.path_file().encode(),
        f"{launchers.RUNTIME}/fonts.conf": linux_parts.FONTCONFIG.encode(),
    }
    for name, content in packages.items():
        for path, data in content.items():
            if _LIBRARY.fullmatch(path) and data.startswith(MAGIC):
                library = read_shared_object(data).name or path.rpartition("/")[2]
                files[f"{linux_parts.LIBRARIES}/{library}"] = data
            elif path.startswith(_STANDARD_LIBRARY) and _is_kept(path.removeprefix(_STANDARD_LIBRARY)):
                inner = path.removeprefix(_STANDARD_LIBRARY)
                files[f"{linux_parts.STANDARD_LIBRARY}/{inner}"] = data
            elif path == f"./usr/share/doc/{name}/copyright":
                files[f"{launchers.RUNTIME}/licences/{name}.txt"] = data
    return files


def _is_kept(path: str) -> bool:
    """Tell whether the file ``path`` of the standard library goes into the folder."""
    if path.startswith(_MODULES):
        return path.removeprefix(_MODULES).partition(".")[0] not in linux_parts.LEFT_OUT_MODULES
    return not path.startswith(linux_parts.LEFT_OUT)


def package_files(packages: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    """Return the libraries of the program in the folder of packages."""
    return {
        f"{linux_parts.PACKAGES}/{path}": content for package in packages for path, content in package.items()
    }


def shown_files() -> dict[str, bytes]:
    """Return what is clicked, and the faces with their licences, which lie where a gazette has its own. Raises BundleError."""
    texts = {name: path for name, path in LICENCE_TEXTS.items() if name.startswith("fonts-")}
    faces = {**face_files(), **licence_files(texts)}
    return {
        launchers.DESK_SCRIPT: launchers.desk_script().encode(),
        launchers.DESKTOP_FILE: launchers.desktop_entry().encode(),
        **{f"{linux_parts.FACES}/{path.rpartition('/')[2]}": content for path, content in faces.items()},
    }


def programs(processor: str) -> frozenset[str]:
    """Return the files that are started."""
    loader = f"{linux_parts.LIBRARIES}/{linux_parts.LOADERS[processor]}"
    return frozenset(
        (
            launchers.DESK_SCRIPT,
            launchers.DESKTOP_FILE,
            launchers.PYTHON_SCRIPT,
            linux_parts.INTERPRETER,
            loader,
        )
    )


def lacking_libraries(files: Mapping[str, bytes], processor: str) -> list[str]:
    """Return what the programs and libraries among ``files`` need that the folder does not have; see ``lacking``."""
    objects = {path: read_shared_object(data) for path, data in files.items() if data.startswith(MAGIC)}
    return lacking(objects, MACHINES[processor])
