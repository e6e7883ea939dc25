"""Another version of the program for a county: which files change, and which of its own stay."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.editing.changes import Change, EditingError, apply, file_change
from liulin_gazette.editing.counties.county_files import adapted_files, county_of
from liulin_gazette.editing.counties.program_files import (
    FILES,
    FOLDERS,
    PACKAGE,
    VERSION_FILE,
    Program,
    ProgramError,
    VersionRecord,
    belongs,
    order,
    read_record,
    sha256,
    stated_version,
    version_record_text,
)
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.system_errors import reason

KEPT_AS_CHANGED = ("templates/", "lint/", ".vscode/", ".gitignore", ".gitattributes", ".editorconfig")
"""Files that a county may change for itself: what it changed there stays. Everything else is the program's."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade of a county's program does."""

    before: str
    """Version of the program that the county has."""
    after: str
    changes: tuple[Change, ...]
    kept: tuple[str, ...]
    """Files that the county changed, and that stay as they are."""
    outdated: tuple[str, ...]
    """Those of the kept ones that the new program has in another form than the old one."""
    overwritten: tuple[str, ...]
    """Files of the program itself that the county changed, and that are replaced all the same."""
    is_recorded: bool
    """Whether the county has a version file; without one every template that differs counts as changed by it."""


def plan(root: Path, program: Program) -> Upgrade:
    """Return what gives the county in ``root`` the ``program``. Raises ProgramError where it may not have it."""
    record = read_record(root)
    _check_folder(root)
    try:
        before, content_format = stated_version((root / PACKAGE / "__init__.py").read_bytes(), str(root))
        publication = load_series(read_folder(root, "content")).publication
    except OSError as error:
        raise ProgramError(f"现在的程序读不出来（{reason(error, '读取')}）。") from error
    if publication is None:
        raise ProgramError(advice("content/gazette.toml 读不懂。先", Act.CHECK, "，改正，再换程序。"))
    if record is not None:
        before = max(before, record.version, key=order)
        content_format = max(content_format, record.content_format)
    _check_version(program, before, content_format)
    files = adapted_files(program.files, county_of(publication.gazette))
    return _upgrade(root, program, files, before, record)


def _check_folder(root: Path) -> None:
    """Raise ProgramError unless ``root`` is the folder of a county, with its program in it and nowhere else."""
    if not (root / "content/gazette.toml").is_file() or not (root / PACKAGE).is_dir():
        raise ProgramError(f"{root} 不是公报的文件夹：里面没有 content/gazette.toml 和程序。")
    for name in {path.split("/")[0] for path in (*FILES, *FOLDERS)}:
        if (root / name).is_symlink():
            raise ProgramError(f"{name} 是链接，指到别处，没有换：那里的文件可能别处也在用。")


def _check_version(program: Program, before: str, content_format: int) -> None:
    if program.content_format < content_format:
        raise ProgramError(
            f"这份程序（{program.version}）太旧，读不了现在的内容：内容是给 {before} 写的。没有换。"
        )
    if order(program.version) < order(before):
        raise ProgramError(
            f"这份程序（{program.version}）比现在的（{before}）旧，没有换。"
            "要退回上一次换之前的程序，运行 python3 build.py undo。"
        )


def _upgrade(
    root: Path, program: Program, files: Mapping[str, bytes], before: str, record: VersionRecord | None
) -> Upgrade:
    changes: list[Change] = []
    kept: list[str] = []
    outdated: list[str] = []
    overwritten: list[str] = []
    shipped: Mapping[str, str] = record.digests if record else {}
    former = shipped if record else dict.fromkeys(_package_files(root), "")
    # build.py first: it can take back what is cut off after it. The version file last.
    paths = sorted({*files, *former}, key=lambda path: (path != "build.py", path))
    for path in paths:
        each = _change(root, path, files.get(path))
        if each.before == each.after:
            continue
        is_changed = each.before is not None and (
            sha256(each.before) != shipped[path] if path in shipped else path in files
        )
        if is_changed and path.startswith(KEPT_AS_CHANGED):
            kept.append(path)
            if each.after is None or sha256(each.after) != shipped.get(path):
                outdated.append(path)
            continue
        if is_changed and record is not None:
            overwritten.append(path)
        changes.append(each)
    version_file = _change(root, VERSION_FILE, version_record_text(program, files).encode())
    if version_file.before != version_file.after:
        changes.append(version_file)
    return Upgrade(
        before,
        program.version,
        tuple(changes),
        tuple(kept),
        tuple(outdated),
        tuple(overwritten),
        record is not None,
    )


def _change(root: Path, path: str, after: bytes | None) -> Change:
    try:
        return file_change(root, path, after)
    except EditingError as error:
        raise ProgramError(str(error)) from error


def _package_files(root: Path) -> list[str]:
    """Return the paths of the package's files below ``root``."""
    return [
        path
        for place, _, names in os.walk(root / PACKAGE)
        for name in names
        if belongs(path := (Path(place) / name).relative_to(root).as_posix())
    ]


def carry_out(root: Path, upgrade: Upgrade) -> None:
    """Change the files, as one step that can be undone. Raises EditingError, and nothing is changed then."""
    apply(root, f"upgrade {upgrade.before} → {upgrade.after}", upgrade.changes, is_program=True)
