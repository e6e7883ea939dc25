"""The manifest of the site: what every published file is, so that anyone can tell a true copy.

SHA-256 is what every system computes; SM3 (GB/T 32905-2016) is what Chinese archives ask for.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from liulin_gazette import __version__
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Asset
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses

SIGNATURES = addresses.MANIFEST + "."
"""What the names of signatures begin with: manifest.json.minisig, manifest.json.sig."""
HAS_SM3 = "sm3" in hashlib.algorithms_available
"""Whether the system's OpenSSL was built with SM3."""
SHARDS = "0123456789abcdef"
"""A published file is listed in the shard of its SHA-256's first digit."""
_TOLD_APART = (".pdf", ".zip", ".json", ".csv", ".ics")
"""Kinds of file that a reader may hold in hand."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Size in bytes and digests of a file."""

    size: int
    sha256: str
    sm3: str
    """Empty where the system's OpenSSL was built without SM3."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a folder has of what its manifest lists."""

    whole: int
    """How many files are as published."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def is_true(self) -> bool:
        """Whether the copy is the published site and nothing else."""
        return not (self.changed or self.missing or self.extra)


class ManifestError(Exception):
    """A folder has no manifest, or one that cannot be read."""


def digest(content: bytes) -> Digest:
    """Return the digests of ``content``."""
    sm3 = hashlib.new("sm3", content).hexdigest() if HAS_SM3 else ""
    return Digest(len(content), hashlib.sha256(content).hexdigest(), sm3)


def manifest(publication: Publication, digests: Mapping[str, Digest]) -> Asset:
    """Return manifest.json for the files of the site, ``digests`` by path; each file on a line of its own."""
    lines = ",\n".join(_line(path, digests[path]) for path in sorted(digests))
    head = (
        f'"name": {_json(publication.name)},\n"url": {_json(publication.site_url)},\n'
        f'"generator": {_json(f"liulin-gazette {__version__}")},\n'
    )
    return Asset(addresses.MANIFEST, f'{{\n{head}"files": {{\n{lines}\n}}\n}}\n'.encode())


def _line(path: str, each: Digest) -> str:
    sm3 = f', "sm3": "{each.sm3}"' if each.sm3 else ""
    return f'{_json(path)}: {{"size": {each.size}, "sha256": "{each.sha256}"{sm3}}}'


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode()


def shards(publication: Publication, digests: Mapping[str, Digest]) -> Iterator[Asset]:
    """Yield the lists that the page 核验 looks a file up in: digest, path and name, by first digit.

    They are scripts, since a page opened from a disk may load nothing else.
    """
    names = _names(publication)
    rows: dict[str, list[list[str]]] = {digit: [] for digit in SHARDS}
    for path in sorted(digests):
        if path.endswith(_TOLD_APART):
            sha256 = digests[path].sha256
            rows[sha256[0]].append([sha256, path, names.get(path, "")])
    for digit, listed in rows.items():
        text = msgspec.json.encode(sorted(listed))
        yield Asset(f"{addresses.DIGESTS}/{digit}.js", b'gazetteDigests("%b",%b);\n' % (digit.encode(), text))


def _names(publication: Publication) -> dict[str, str]:
    """Return what the files of issues and documents are called, by path."""
    names: dict[str, str] = {}
    for issue in publication.issues:
        name = f"《{publication.name}》{issue.year}年第{issue.number}期"
        for path in (addresses.issue_pdf(issue), addresses.issue_zip(issue), addresses.issue_json(issue)):
            names[path] = name
        for document in issue.documents:
            for path in (
                addresses.document_pdf(issue, document),
                addresses.document_json(issue, document),
                addresses.document_calendar(issue, document),
            ):
                names[path] = f"《{document.title}》（{document.number}）"
    return names


def files(folder: Path) -> Iterator[str]:
    """Yield the paths below ``folder`` that a manifest lists: all but itself and its signatures.

    A link to a folder, and a folder that cannot be read, are yielded as if they were files.
    """
    unread: list[str] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: unread.append(str(error.filename))):
        folders.sort()
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted((*names, *links)):
            path = (Path(place) / name).relative_to(folder).as_posix()
            is_signature = path.startswith(SIGNATURES) and "/" not in path and name not in links
            if path != addresses.MANIFEST and not is_signature:
                yield path
    for place in unread:
        yield Path(place).relative_to(folder).as_posix()


def compare(folder: Path) -> Comparison:
    """Compare the files in ``folder`` with its manifest. Raises ManifestError when that cannot be read."""
    listed = _listed(folder)
    there = set(files(folder))
    changed = [path for path in sorted(listed.keys() & there) if not _same(folder / path, listed[path])]
    return Comparison(
        whole=len(listed.keys() & there) - len(changed),
        changed=tuple(changed),
        missing=tuple(sorted(listed.keys() - there)),
        extra=tuple(sorted(there - listed.keys())),
    )


def _listed(folder: Path) -> dict[str, Digest]:
    file = folder / addresses.MANIFEST
    try:
        if file.exists() and not file.is_file():
            raise ManifestError("manifest.json 不是文件")
        data: Any = json.loads(file.read_text("utf-8"))
        return {
            str(path): Digest(int(each["size"]), str(each["sha256"]), str(each.get("sm3", "")))
            for path, each in data["files"].items()
        }
    except FileNotFoundError:
        raise ManifestError("没有 manifest.json") from None
    except OSError as error:
        raise ManifestError(f"manifest.json 读不出来（{reason(error, '读取')}）") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ManifestError("manifest.json 已损坏") from None


def _same(file: Path, listed: Digest) -> bool:
    """Tell whether ``file`` is as ``listed``; a link or a pipe is no file, and not read."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return False
        found = digest(file.read_bytes())
    except OSError:
        return False
    return (found.size, found.sha256) == (listed.size, listed.sha256) and (
        not (found.sm3 and listed.sm3) or found.sm3 == listed.sm3
    )
