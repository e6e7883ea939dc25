"""The ZIP of an issue: its PDFs, sources and data; the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath

from liulin_gazette.model.blocks import figures
from liulin_gazette.model.publication import Issue
from liulin_gazette.web import addresses


def issue_archive(issue: Issue, made: Mapping[str, bytes], read_content: Callable[[str], bytes]) -> bytes:
    """Return the ZIP of ``issue``, which has its texts.

    ``made`` are the issue's data files, and its PDFs if there are any, by path in the site; ``read_content``
    returns a file of the project by path. ``sha256sum -c SHA256SUMS`` checks the unpacked files.
    """
    members: dict[str, bytes] = {}
    for path in (addresses.issue_pdf(issue), addresses.issue_json(issue)):
        if path in made:
            members[PurePosixPath(path).name] = made[path]
    for document in issue.full_texts:
        folder = f"{document.slug}/"
        for path in (
            addresses.document_pdf(issue, document),
            addresses.document_json(issue, document),
            addresses.document_xml(issue, document),
        ):
            if path in made:
                members[folder + PurePosixPath(path).name] = made[path]
        members[f"{folder}{document.slug}.md"] = read_content(document.path)
        for figure in figures(document.blocks):
            if figure.file:
                members[folder + PurePosixPath(figure.file).name] = read_content(figure.file)
    for picture in issue.faces.pictures:
        members["pictures/" + PurePosixPath(picture.file).name] = read_content(picture.file)
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())
    )
    members["SHA256SUMS"] = sums.encode()
    return zipped(members, f"{issue.stem}/", issue.date)


def zipped(members: Mapping[str, bytes], top: str, day: date, level: int | None = None) -> bytes:
    """Return the ZIP of ``members``, by name below the folder ``top``, dated ``day``; PDFs are not compressed again.

    ``level`` is that of the compression, the usual one where it is None.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compresslevel=level) as archive:
        for name in sorted(members):
            archive.writestr(member_info(top + name, day), members[name], compresslevel=level)
    return out.getvalue()


def member_info(name: str, day: date) -> zipfile.ZipInfo:
    """Return the head of the member ``name`` that is the same on every system and on every day."""
    info = zipfile.ZipInfo(name, (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0))
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
    return info
