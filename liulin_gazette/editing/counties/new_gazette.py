"""Another county's gazette from nothing: the program, settings and a sample issue, whole or not at all."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Generator, Mapping
from pathlib import Path

from liulin_gazette.disk import durable_files, system_calls
from liulin_gazette.editing.counties.county_files import County, adapted_files, sample_files
from liulin_gazette.editing.counties.gazette_names import name_fault
from liulin_gazette.editing.counties.program_files import VERSION_FILE, Program, version_record_text
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.document_number import NumberFormatError, parse
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.file_names import NAME_HINT, is_portable
from liulin_gazette.source.settings_tables.settings import YEARS
from liulin_gazette.text.editor_error import CONTENT, EditorError
from liulin_gazette.text.system_errors import reason

LONGEST_PUBLISHER = 40
"""Characters of the name of a 主办单位."""
_AREA_CODE = re.compile(r"0\d{2,3}")
_STAGED = ".init"
"""The folder in which a new gazette is prepared, in the empty folder that is to hold it; else beside it, with its name."""


class InitError(EditorError):
    """A gazette cannot be begun; the message says why, and what to do. Nothing is left behind."""

    exit_code = CONTENT


def check_county(county: County) -> None:
    """Raise InitError for what no gazette can be made from."""
    if fault := name_fault(county.name):
        raise InitError(f"刊名“{printable(county.name)}”{fault}")
    if fault := issuer_fault(county.publisher):
        raise InitError(f"主办单位“{printable(county.publisher)}”{fault}")
    if county.year not in YEARS:
        raise InitError(f"年份 {county.year} 不合情理，应在 {YEARS[0]} 与 {YEARS[-1]} 之间。")
    if fault := code_fault(county.code):
        raise InitError(f"机关代字“{printable(county.code)}”{fault}")
    for issuer, code in county.further_issuers:
        if fault := issuer_fault(issuer):
            raise InitError(f"发文机关“{printable(issuer)}”{fault}")
        if fault := code_fault(code):
            raise InitError(f"机关代字“{printable(code)}”{fault}")
        if issuer == county.publisher or code == county.code:
            raise InitError(f"“{issuer}”“{code}”和主办单位的相同，一个代字只属于一个机关。")
    if county.area_code and not _AREA_CODE.fullmatch(county.area_code):
        raise InitError(
            f"区号“{printable(county.area_code)}”写法不对，写作“0351”的样子：以 0 开头，三位或四位。"
        )


def issuer_fault(name: str) -> str:
    """Return why no 主办单位 or 发文机关 can have ``name``, and what to write; empty if it can."""
    if is_portable(name) and re.fullmatch(r"[\w（）()·]+", name) and len(name) <= LONGEST_PUBLISHER:
        return ""
    return f"写法不对，写全称，不加空格和标点，不超过 {LONGEST_PUBLISHER} 字。"


def code_fault(code: str) -> str:
    """Return why ``code`` can be no 机关代字, and what to write; empty if it can."""
    try:
        parse(f"{code}〔{YEARS[0]}〕1号")
    except NumberFormatError:
        return "写法不对，写发文字号里括号前的汉字，例如“方政办发”。"
    return ""


def printable(text: str) -> str:
    """Return ``text`` as any terminal can show it, without what would not be seen."""
    return "".join(each if each.isprintable() else "�" for each in text[:60])


def begin(program: Program, own_folder: Path, folder: Path, county: County) -> None:
    """Write the project of ``county`` with ``program`` to ``folder``, which must be new or empty.

    ``own_folder`` is where the program that is running lies; ``folder`` must be outside. Raises InitError.
    """
    check_county(county)
    try:
        target = _checked(folder, own_folder)
        files = adapted_files(program.files, county)
        contents = {path: text.encode() for path, text in sample_files(county).items()}
        contents |= {VERSION_FILE: version_record_text(program, files).encode()}
        with _staging(target) as staged:
            _write(staged, {**files, **contents})
            _check(staged)
            _put_in_place(staged, target)
    except OSError as error:
        raise InitError(
            f"写不进 {printable(str(folder))}（{reason(error, '写入')}）。请检查权限和磁盘。什么都没有留下。"
        ) from error


def _checked(folder: Path, own_folder: Path) -> Path:
    """Return ``folder`` as an absolute path. Raises InitError where no gazette can be made there, OSError."""
    shown = printable(str(folder))
    if "\0" in str(folder) or not is_portable(Path(str(folder).rstrip("/")).resolve().name):
        raise InitError(f"文件夹的名字“{shown}”不能用。{NAME_HINT}")
    target = folder.resolve()
    if target.exists() and not target.is_dir():
        raise InitError(f"{shown} 是文件，不是文件夹，没有动它。请换一个新的文件夹。")
    entries = {each.name for each in target.iterdir()} if target.exists() else set[str]()
    if _STAGED in entries and len(entries) > 1:
        raise InitError(f"{shown} 里是上一次没有建完的公报，没有动它。清空这个文件夹，再运行一次。")
    if entries - {_STAGED}:
        raise InitError(f"{shown} 里已经有文件，没有动它。请换一个新的文件夹。")
    if target.is_relative_to(own_folder):
        raise InitError(f"{shown} 在程序自己的文件夹里面。请换一个外面的文件夹，例如 ../{target.name}。")
    return target


@contextlib.contextmanager
def _staging(target: Path) -> Generator[Path]:
    """Make a folder to prepare the gazette in: in ``target`` where that exists, otherwise beside it.

    On any failure and interruption it is removed again, with folders above ``target`` that had to be made. What was
    left when an earlier attempt was killed is removed first.
    """
    created: list[Path] = []
    staged = target / _STAGED if target.exists() else target.with_name(f".{target.name}{_STAGED}")
    try:
        for parent in reversed(target.parents):
            if not parent.exists():
                system_calls.make_folder(parent)
                created.append(parent)
        shutil.rmtree(staged, ignore_errors=True)
        yield staged
        durable_files.sync_folders(parent.parent for parent in created)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        for parent in reversed(created):
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    durable_files.write_new_folder(folder, {folder / path: content for path, content in files.items()})
    (folder / "build.py").chmod(0o755)


def _check(folder: Path) -> None:
    """Raise InitError when the new gazette has errors: names that its own rules refuse."""
    for found in examine(folder).diagnostics:
        if found.severity is Severity.ERROR:
            raise InitError(f"这样建不成：{found.message}{found.hint}什么都没有留下。")
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def _put_in_place(staged: Path, target: Path) -> None:
    """Move what is ``staged`` to ``target``. Raises OSError, and nothing is there then."""
    if not target.exists():
        durable_files.move_folder(staged, target)
        return
    moved: list[Path] = []
    try:
        for each in sorted(staged.iterdir()):
            system_calls.rename_folder(each, target / each.name)
            moved.append(target / each.name)
        system_calls.remove_folder(staged)
        durable_files.sync_folders([target])
    except BaseException:
        for each in moved:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        raise
