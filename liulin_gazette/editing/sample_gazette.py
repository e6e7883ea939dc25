"""The sample gazette of the desk's tour, below ``.desk``: the office's content and its numbers are never touched.

The sample that was removed last is kept beside it, so that removing it can be taken back.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from liulin_gazette.cache.program import files_below
from liulin_gazette.disk import durable_files
from liulin_gazette.editing.counties.county_files import County, sample_files
from liulin_gazette.editing.issue_file import add_to_section
from liulin_gazette.editing.new_files import NewDocument, document_text
from liulin_gazette.editing.undo_journal import EditingError
from liulin_gazette.model.document import Contact
from liulin_gazette.model.sample_texts import DISTRIBUTION
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.text.system_errors import reason

DESK_FOLDER = ".desk"
FOLDER = f"{DESK_FOLDER}/样刊"
REMOVED = f"{DESK_FOLDER}/样刊（删去的）"
STAGED = f"{DESK_FOLDER}/.样刊.new"
SEEN = f"{DESK_FOLDER}/tour-seen"
"""The file that remembers that the tour was ended."""
PROGRAM_FILES = ("templates", "docs")
"""What the desk reads of the program from the folder of a gazette."""
SECTION = "政府文件"
PUBLISHER = "样刊县人民政府办公室"
CODE = "样政办发"
CONTACT = Contact(PUBLISHER, "综合股", "甲某某", "0000-2000000")
SITE_URL = "https://yangkan.invalid/"
SETTINGS_FILE = "content/gazette.toml"
FAULTY_BODY = (
    "为了让大家熟悉编辑台,特意在这句话里留了一个半角逗号。\n\n"
    "## 一、看一看问题\n\n右边列出校核找到的问题，每一处都说在哪里、怎样办。\n\n"
    "## 二、试一试改正\n\n按“改”，先看改成什么样，再决定。"
)
"""Of the document in which the tour shows a finding: the half-width comma has one right form."""


def sample_gazette_files(year: int) -> dict[str, bytes]:
    """Return the content of the sample gazette of ``year`` by project path: an invented county's, with two documents."""
    county = County("样刊县人民政府公报", PUBLISHER, CODE, year, site_url=SITE_URL)
    files = {
        path: text.encode() for path, text in sample_files(county).items() if path.startswith("content/")
    }
    files[SETTINGS_FILE] = files[SETTINGS_FILE].replace(DISTRIBUTION.encode(), "样刊不赠阅。".encode())
    listing = next(path for path in files if path.endswith(f"/{ISSUE_FILE}"))
    faulty = NewDocument(
        title=f"{PUBLISHER}关于试用编辑台的通知",
        number=f"{CODE}〔{year}〕2号",
        issuer=PUBLISHER,
        date=f"{year}-01-04",
        addressees="各有关单位：",
        contact=CONTACT,
        body=FAULTY_BODY,
    )
    files[listing] = add_to_section(files[listing], SECTION, "02.md")
    files[listing.replace(ISSUE_FILE, "02.md")] = document_text(faulty).encode()
    return files


def has_sample(root: Path) -> bool:
    """Tell whether the gazette at ``root`` has a sample beside it."""
    return (root / FOLDER / "content").is_dir()


def has_removed_sample(root: Path) -> bool:
    """Tell whether there is a removed sample that can be brought back."""
    return (root / REMOVED).is_dir() and not has_sample(root)


def make_sample(root: Path, year: int) -> None:
    """Make the sample beside the gazette at ``root``, whole or not at all; one that is there stays as it is.

    Raises EditingError.
    """
    if has_sample(root):
        return
    staged = root / STAGED
    try:
        shutil.rmtree(staged, ignore_errors=True)
        files = {**_program_files(root), **sample_gazette_files(year)}
        durable_files.write_new_folder(staged, {staged / path: content for path, content in files.items()})
        (root / DESK_FOLDER).chmod(0o700)
        durable_files.move_folder(staged, root / FOLDER)
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise _unwritable(error) from error


def renew_program_files(root: Path) -> None:
    """Give the sample the program's files as the gazette at ``root`` has them now, as after an upgrade.

    Raises EditingError.
    """
    folder = root / FOLDER
    try:
        wanted, had = _program_files(root), _program_files(folder)
        changed: dict[Path, bytes | None] = {
            folder / path: content for path, content in wanted.items() if had.get(path) != content
        }
        changed |= {folder / path: None for path in had if path not in wanted}
        if changed:
            durable_files.write_files(changed)
    except OSError as error:
        raise _unwritable(error) from error


def remove_sample(root: Path) -> None:
    """Put the sample aside, in the place of the one that was removed before. Raises EditingError."""
    if not has_sample(root):
        return
    try:
        if (root / REMOVED).exists():
            shutil.rmtree(root / REMOVED)
        durable_files.move_folder(root / FOLDER, root / REMOVED)
    except OSError as error:
        raise EditingError(
            f"样刊删不去（{reason(error, '删除')}）。", "关上打开着它的窗口和程序，再做一次。"
        ) from error


def restore_sample(root: Path) -> None:
    """Bring back the sample that was removed last. Raises EditingError."""
    if not has_removed_sample(root):
        raise EditingError("没有删去的样刊。", "要看的，重新做一期。")
    try:
        durable_files.move_folder(root / REMOVED, root / FOLDER)
    except OSError as error:
        raise _unwritable(error) from error


def is_tour_seen(root: Path) -> bool:
    """Tell whether the tour was ended at the desk of ``root`` before."""
    return (root / SEEN).exists()


def remember_tour(root: Path) -> None:
    """Remember that the tour was ended. Raises EditingError."""
    try:
        durable_files.make_folder(root / DESK_FOLDER)
        durable_files.write_files({root / SEEN: b""})
    except OSError as error:
        raise _unwritable(error) from error


def _program_files(root: Path) -> dict[str, bytes]:
    """Return what the desk reads of the program in ``root``, by project path. Raises OSError."""
    found: dict[str, bytes] = {}
    for name in PROGRAM_FILES:
        place = root / name
        files = files_below(place) if place.is_dir() else [place] if place.is_file() else []
        found |= {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
    return found


def _unwritable(error: OSError) -> EditingError:
    return EditingError(
        f"样刊写不进 {DESK_FOLDER}（{reason(error, '写入')}）。",
        "检查磁盘和文件夹的权限，再做一次。自己的公报没有动。",
    )
