"""The folder of back issues: which files form an issue, what is no issue, and what the office has decided itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from liulin_gazette.intake.back_issues.issue_evidence import Clue, clue_of_decision, clue_of_name
from liulin_gazette.intake.file_kinds import OLD_TEXT_SUFFIXES
from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.text.issue_name_form import ISSUE_NAME
from liulin_gazette.text.system_errors import reason

DECISIONS = "期号.toml"
"""A file in the folder, in which the office writes which issue a file is: "扫描003.pdf" = "2018-3"."""
SUFFIXES = (
    ".pdf",
    ".ofd",
    ".docx",
    ".docm",
    ".dotx",
    ".txt",
    ".html",
    ".htm",
    ".mht",
    ".zip",
    *OLD_TEXT_SUFFIXES,
)
"""Of files that may be an issue or a part of one."""
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")
MAX_DEPTH = 4
"""Folders within folders."""
MAX_ISSUES = 5_000
_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class SourceIssue:
    """The files of one back issue."""

    path: str
    """Of its file, or of the folder with its files, below the folder of the archive."""
    files: tuple[Path, ...]
    """In the order of their names."""
    decision: Clue | None = None
    """Which issue it is, as the office has decided."""


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """What is in the folder of back issues."""

    issues: tuple[SourceIssue, ...]
    others: tuple[tuple[str, str], ...]
    """Paths of what is no issue, and why, in Chinese."""


def archive_folder(folder: Path) -> ArchiveFolder:
    """Return the back issues in ``folder``, in the order of their names. Raises IntakeError.

    Each file is an issue, also in folders (of years); a folder whose own name is that of an issue is one with all its
    files. Links are not followed.
    """
    if not folder.is_dir():
        raise IntakeError(
            f"{folder} 不是文件夹。", "--archive 后面写放着往期的文件夹，一期一个文件，或一期一个文件夹。"
        )
    decisions = _decisions(folder)
    issues: list[SourceIssue] = []
    others: list[tuple[str, str]] = []
    _collect(folder, folder, 0, issues, others)
    known = {each.path for each in issues}
    if unknown := [path for path in decisions if path not in known]:
        raise IntakeError(
            f"{DECISIONS} 里的“{unknown[0]}”不在文件夹里，或不是一期。",
            "左边写文件（或一期的文件夹）的名字，和文件夹里的一样。",
        )
    if len(issues) > MAX_ISSUES:
        raise IntakeError(f"{folder} 里有 {len(issues)} 期，超过 {MAX_ISSUES} 期。", "分几个文件夹转换。")
    decided = (SourceIssue(each.path, each.files, decisions.get(each.path)) for each in issues)
    return ArchiveFolder(tuple(decided), tuple(others))


def _collect(
    folder: Path, top: Path, depth: int, issues: list[SourceIssue], others: list[tuple[str, str]]
) -> None:
    for entry in _entries(folder):
        path = entry.relative_to(top).as_posix()
        if entry.name.startswith((".", "~$")) or path == DECISIONS:
            continue
        if entry.is_symlink():
            others.append((path, "是链接，没有读"))
        elif entry.is_dir():
            clue = clue_of_name(entry.name)
            files = tuple(_files_below(entry, path, others)) if clue and clue.number else ()
            if files:
                issues.append(SourceIssue(path, files))
            elif depth < MAX_DEPTH:
                _collect(entry, top, depth + 1, issues, others)
            else:
                others.append((path, f"文件夹套得超过 {MAX_DEPTH} 层，没有读"))
        elif not entry.is_file():
            others.append((path, "不是普通文件，没有读"))
        elif why := _refusal(entry):
            others.append((path, why))
        else:
            issues.append(SourceIssue(path, (entry,)))


def _files_below(folder: Path, path: str, others: list[tuple[str, str]]) -> Iterator[Path]:
    """Yield the files of an issue in ``folder``; what is none goes to ``others``."""
    for entry in _entries(folder):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_symlink() or not entry.is_file():
            others.append((f"{path}/{entry.name}", "不是普通文件，没有读"))
        elif why := _refusal(entry):
            others.append((f"{path}/{entry.name}", why))
        else:
            yield entry


def _refusal(file: Path) -> str:
    """Return why ``file`` cannot be an issue or a part of one; empty if it can."""
    suffix = file.suffix.lower()
    if suffix in SUFFIXES:
        return ""
    if suffix in PICTURES:
        return "是图片，没有读；扫描的各页请合成一个 PDF，再用 --ocr 转换"
    return f"不是文稿（{suffix or '没有扩展名'}），没有读"


def _entries(folder: Path) -> list[Path]:
    """Return what is in ``folder``, 第2期 before 第10期. Raises IntakeError."""
    try:
        return sorted(folder.iterdir(), key=lambda entry: _natural(entry.name))
    except OSError as error:
        raise IntakeError(f"{folder} 读不出来（{reason(error, '读取')}）。请检查文件夹的权限。") from error


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts figures in names by their value."""
    return [(int(each), "") if each.isdecimal() else (-1, each) for each in _FIGURES.split(name) if each]


def _decisions(folder: Path) -> dict[str, Clue]:
    """Return what the office has decided in ``DECISIONS``. Raises IntakeError."""
    file = folder / DECISIONS
    if not file.is_file():
        return {}
    remedy = (
        '每行写作 "扫描003.pdf" = "2018-3"：左边是文件名，右边是年和期；合刊写 2018-3-4，增刊写 2018-z1。'
    )
    try:
        values = tomlkit.parse(file.read_bytes().decode("utf-8-sig")).unwrap()
    except OSError as error:
        raise IntakeError(f"{file} 读不出来（{reason(error, '读取')}）。") from error
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise IntakeError(f"{DECISIONS} 读不懂。", remedy) from error
    return dict(_decided(values.items(), remedy))


def _decided(values: Iterable[tuple[str, object]], remedy: str) -> Iterator[tuple[str, Clue]]:
    for path, name in values:
        if not isinstance(name, str) or not ISSUE_NAME.fullmatch(name):
            raise IntakeError(f"{DECISIONS} 里“{path}”的期号写法不对。", remedy)
        yield path, clue_of_decision(name, DECISIONS)
