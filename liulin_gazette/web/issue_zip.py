"""The ZIP of an issue: its PDFs, sources and data; the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
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
        for path in (addresses.document_pdf(issue, document), addresses.document_json(issue, document)):
            if path in made:
                members[folder + PurePosixPath(path).name] = made[path]
        members[f"{folder}{document.slug}.md"] = read_content(document.path)
        for figure in figures(document.blocks):
            if figure.file:
                members[folder + PurePosixPath(figure.file).name] = read_content(figure.file)
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())
    )
    members["SHA256SUMS"] = sums.encode()
    return _zip(issue, members)


def _zip(issue: Issue, members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    day = issue.date
    top = f"{issue.stem}/"
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(top + name, (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])
    return out.getvalue()
