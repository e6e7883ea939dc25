"""Reading a manuscript in any of the formats that departments send."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from liulin_gazette.intake.bundles import Member, unpacked
from liulin_gazette.intake.file_kinds import Kind, kind_of, refusal
from liulin_gazette.intake.manuscript import MAX_FILE_BYTES, IntakeError, Manuscript, ReaderFaultError
from liulin_gazette.intake.office_conversion import converted
from liulin_gazette.intake.text_files.plain_text import read_text
from liulin_gazette.intake.unpacked_size import check_unpacked
from liulin_gazette.text.system_errors import reason

Progress = Callable[[int, int], None]

ContentReader = Callable[[str, str, bytes], Manuscript]
"""A function that returns what a file of this name and suffix holds. Raises IntakeError."""
Unpacker = Callable[[str, bytes], tuple[Member, ...]]
"""A function that returns the files in a bundle of this name. Raises IntakeError."""
_BUNDLES = (Kind.ARCHIVE, Kind.MAIL)
_CONVERSIONS = {Kind.OLD_TEXT: "docx", Kind.OLD_SHEETS: "xlsx"}
_MAX_NESTED = 1
"""Bundles within a bundle that are unpacked."""


def read_content(name: str, suffix: str, content: bytes, progress: Progress | None = None) -> Manuscript:
    """Return the ``content`` of the file ``name``, of which the suffix is ``suffix``. Raises IntakeError.

    ``progress`` is told the number of pages of a PDF that are read, and the number of all pages.
    """
    check_unpacked(name, content)
    match kind_of(suffix, content):
        case Kind.PDF:
            from liulin_gazette.intake.pdf_files.pdf_file import read_pdf

            return read_pdf(name, content, progress)
        case Kind.WORD:
            from liulin_gazette.intake.word_files.word_file import read_word

            return read_word(name, content)
        case Kind.SHEETS:
            from liulin_gazette.intake.sheet_files.sheet_file import read_sheets

            return read_sheets(name, content)
        case Kind.OFD:
            from liulin_gazette.intake.ofd_files.ofd_file import read_ofd

            return read_ofd(name, content, progress)
        case Kind.VALUES:
            from liulin_gazette.intake.sheet_files.separated_values import read_separated_values

            return read_separated_values(name, content)
        case Kind.WEB_PAGE:
            from liulin_gazette.intake.text_files.web_page import read_web_page

            return read_web_page(name, content)
        case Kind.WEB_ARCHIVE:
            from liulin_gazette.intake.text_files.web_page import read_web_archive

            return read_web_archive(name, content)
        case Kind.TEXT:
            return read_text(name, content)
        case _:
            raise IntakeError(refusal(name, content))


def read_manuscripts(
    file: Path, read: ContentReader = read_content, unpack: Unpacker = unpacked
) -> Iterator[Manuscript | IntakeError]:
    """Yield the content of ``file``, or that of each file in it, read by ``read``; for what cannot be read, why.

    That a reader failed is told of its file alone (ReaderFaultError).

    ``unpack`` opens a bundle. A bundle in a bundle is opened too, one in that is not.
    """
    try:
        content = _content(file)
        yield from _each(file.name, file.suffix.lower(), content, read, unpack, 0)
    except IntakeError as error:
        yield error


def _each(
    name: str, suffix: str, content: bytes, read: ContentReader, unpack: Unpacker, depth: int
) -> Iterator[Manuscript | IntakeError]:
    try:
        if kind_of(suffix, content) not in _BUNDLES:
            yield _one(name, suffix, content, read)
            return
        if depth > _MAX_NESTED:
            raise IntakeError(f"{name} 是压缩文件里的压缩文件里的压缩文件，没有打开。请先解开一层再试。")
        members = unpack(name, content)
    except IntakeError as error:
        yield error
        return
    except (MemoryError, ImportError):
        raise  # These do not come from the file.
    except Exception as error:
        # A fault of the program at one file must not cost the editor the others.
        fault = ReaderFaultError(name)
        fault.__cause__ = error
        yield fault
        return
    if not members:
        yield IntakeError(f"{name} 里没有文件。")
    for member in members:
        shown = f"{name}/{member.name}"
        if member.reason:
            yield IntakeError(f"{shown} {member.reason}")
        elif not member.content.strip():
            yield IntakeError(f"{shown} 是空文件。")
        else:
            yield from _each(shown, member.suffix, member.content, read, unpack, depth + 1)


def _content(file: Path) -> bytes:
    """Return the bytes of ``file``. Raises IntakeError if it cannot be opened, is empty or too large."""
    name = file.name
    try:
        status = file.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise IntakeError(f"{name} 不是普通文件（是管道或设备），没有打开。请存成文件再试。")
        if status.st_size > MAX_FILE_BYTES:
            raise IntakeError(f"{name} 超过 100 MB，不像一份公文，没有打开。")
        content = file.read_bytes()
    except OSError as error:
        raise IntakeError(f"{name} 读不出来（{reason(error, '读取')}）。请检查文件名和权限。") from error
    if not content.strip():
        raise IntakeError(f"{name} 是空文件。")
    return content


def _one(name: str, suffix: str, content: bytes, read: ContentReader) -> Manuscript:
    """Return the content of a file, converted first if an older program wrote it. Raises IntakeError."""
    kind = kind_of(suffix, content)
    target = _CONVERSIONS.get(kind) if kind else None
    if target is None:
        return read(name, suffix, content)
    own = f".{'doc' if target == 'docx' else 'xls'}" if content.startswith(b"\xd0\xcf") else suffix
    return read(name, f".{target}", converted(name, own, content, target))
