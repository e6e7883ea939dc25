"""Archives of XML parts (.xlsx, .ofd): whether one may be opened, and the root element of a part."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.unpacked_size import UNREADABLE

_DAMAGED = "不完整或已损坏，读不出来。请重新取一份。"


def open_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """Return the archive ``content`` of the file ``name``. Raises IntakeError if it is damaged or locked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE as error:
        raise IntakeError(f"{name} {_DAMAGED}") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise IntakeError(f"{name} 加了密码。请去掉密码再试。")
    return archive


def xml_part(name: str, archive: zipfile.ZipFile, path: str) -> ElementTree.Element | None:
    """Return the root of the part at ``path`` in the file ``name``; None if the archive has no such part.

    Raises IntakeError for a part that is damaged or defines entities.
    """
    try:
        entry = archive.getinfo(path)
    except KeyError:
        return None
    try:
        content = archive.read(entry)
    except UNREADABLE as error:
        raise IntakeError(f"{name} 里的“{path}”{_DAMAGED}") from error
    if b"<!DOCTYPE" in content[:4096]:
        raise IntakeError(f"{name} 里有不该有的外部引用，可能有害，没有打开。请确认来源。")
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise IntakeError(f"{name} 里的“{path}”{_DAMAGED}") from error


def part_path(base: str, target: str) -> str:
    """Return the path in an archive that ``target`` means in a part of the folder ``base``; ``/`` begins at its top."""
    path = target.replace("\\", "/")
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(base, path))


def local_name(element: ElementTree.Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: ElementTree.Element | None, name: str) -> Iterator[ElementTree.Element]:
    """Yield the children of ``element`` that have the local ``name``."""
    return (each for each in element if local_name(each) == name) if element is not None else iter(())


def child(element: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    """Return the first child of ``element`` with the local ``name``; None without one."""
    return next(children(element, name), None)
