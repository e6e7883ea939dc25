"""The archive of a Word file: whether it may be opened, and its form that python-docx reads."""

from __future__ import annotations

import io
import re
import zipfile

from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.unpacked_size import UNREADABLE

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a .doc, and of an encrypted .docx."""
_XML_SUFFIXES = (".xml", ".rels")
_TYPES = "[Content_Types].xml"
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FURTHER_TYPES = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""Media types of the main part of .docm, .dotx and .dotm, which have the same content."""
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/")
"""Names of ISO/IEC 29500 Strict, which differ from the transitional ones in their beginning alone."""


def checked_package(name: str, content: bytes) -> bytes:
    """Return a Word file as an ordinary transitional .docx.

    Raises IntakeError for an archive that is damaged or locked, or that has external entities.
    """
    if content.startswith(_OLE_SIGNATURE):
        raise IntakeError(f"{name} 加了密码，或是旧版 .doc。请去掉密码，另存为 .docx 再试。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(name, archive)
            return _as_ordinary(archive, content)
    except UNREADABLE as error:
        raise IntakeError(f"{name} 不完整或已损坏，读不出来。请重新取一份。") from error


def _check(name: str, archive: zipfile.ZipFile) -> None:
    """Raise IntakeError for an archive that must not be opened."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise IntakeError(f"{name} 加了密码。请去掉密码再试。")
    for entry in entries:
        if entry.filename.endswith(_XML_SUFFIXES):
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096):
                    raise IntakeError(f"{name} 里有不该有的外部引用，可能有害，没有打开。请确认来源。")


def _as_ordinary(archive: zipfile.ZipFile, content: bytes) -> bytes:
    """Return the archive with the type and the names of an ordinary .docx; ``content`` itself if it has them."""
    names = set(archive.namelist())
    types = archive.read(_TYPES) if _TYPES in names else b""
    relations = archive.read("_rels/.rels") if "_rels/.rels" in names else b""
    is_strict = bool(_STRICT.search(relations))
    if not is_strict and not any(each in types for each in _FURTHER_TYPES):
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename == _TYPES:
                for each in _FURTHER_TYPES:
                    part = part.replace(each, _DOCUMENT_TYPE)
            if is_strict and entry.filename.endswith(_XML_SUFFIXES):
                part = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
            target.writestr(entry.filename, part)
    return out.getvalue()
