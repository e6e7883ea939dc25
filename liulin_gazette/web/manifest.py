"""The manifest of the site: size and digests of every published file, by which anyone can verify a copy.

Every system can compute SHA-256; Chinese archives ask for SM3 (GB/T 32905-2016).
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
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.issue_record import witness
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Asset
from liulin_gazette.source.file_names import folded_path
from liulin_gazette.text.editor_error import CONTENT, EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses

SUFFIXES = (
    ".minisig", ".sig", ".sign", ".signature", ".sm2", ".asc", ".gpg", ".p7s", ".p7b", ".cms", ".der", ".tsr", ".ots",
)  # fmt: skip
"""What follows ``manifest.json`` in the names of signature files."""
SIGNATURE_NAMES = tuple(addresses.MANIFEST + suffix for suffix in SUFFIXES)
"""The names of signature files, exactly: any other file beside the manifest is one that was not published."""
HAS_SM3 = "sm3" in hashlib.algorithms_available
"""Whether the system's OpenSSL was built with SM3."""
SHARDS = "0123456789abcdef"
"""The names of the shards: a published file is listed in the shard of its SHA-256's first digit."""
_VERIFIABLE = (".pdf", ".zip", ".json", ".csv", ".ics")
"""Suffixes of the files that the page 核验 recognises: those that readers download."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Size and digests of a file."""

    size: int
    """Bytes."""
    sha256: str
    sm3: str
    """Empty where the system's OpenSSL was built without SM3."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between a folder and its manifest."""

    intact: int
    """How many files are as published."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    """Files whose names differ in case or Unicode form from that of a missing file, with that name."""
    alike: tuple[tuple[str, str], ...] = ()
    """Extra files whose names differ in case or Unicode form from that of a published file, with that name."""

    @property
    def is_authentic(self) -> bool:
        """Whether the folder holds what its manifest lists, and nothing else."""
        return not (self.changed or self.missing or self.extra or self.renamed or self.alike)


class ManifestError(EditorError):
    """A folder has no manifest, or one that cannot be read."""

    exit_code = CONTENT
    title = "核对不了："


def digest(content: bytes) -> Digest:
    """Return the digests of ``content``."""
    sm3 = hashlib.new("sm3", content).hexdigest() if HAS_SM3 else ""
    return Digest(len(content), hashlib.sha256(content).hexdigest(), sm3)


class RunningDigest:
    """The digests of a file that is written piece by piece."""

    def __init__(self) -> None:
        self._size = 0
        self._sha256 = hashlib.sha256()
        self._sm3 = hashlib.new("sm3") if HAS_SM3 else None

    def passed(self, piece: bytes) -> bytes:
        """Take ``piece`` in and return it."""
        self._size += len(piece)
        self._sha256.update(piece)
        if self._sm3:
            self._sm3.update(piece)
        return piece

    def digest(self) -> Digest:
        """Return the digests of all pieces."""
        return Digest(self._size, self._sha256.hexdigest(), self._sm3.hexdigest() if self._sm3 else "")


def manifest(publication: Publication, digests: Mapping[str, Digest]) -> Asset:
    """Return manifest.json, with a line for each published issue and each file; ``digests`` go by path in the site."""
    lines = ",\n".join(_line(path, digests[path]) for path in sorted(digests))
    head = (
        f'"name": {_json(publication.gazette.name)},\n"url": {_json(publication.gazette.site_url)},\n'
        f'"generator": {_json(f"liulin-gazette {__version__}")},\n'
    )
    published = ",\n".join(
        f"{_json(issue.folder.rpartition('/')[2])}: {msgspec.json.encode(witness(issue.record)).decode()}"
        for issue in publication.issues
        if issue.record is not None
    )
    if published:
        head += f'"published": {{\n{published}\n}},\n'
    return Asset(addresses.MANIFEST, f'{{\n{head}"files": {{\n{lines}\n}}\n}}\n'.encode())


def _line(path: str, digest: Digest) -> str:
    sm3 = f', "sm3": "{digest.sm3}"' if digest.sm3 else ""
    return f'{_json(path)}: {{"size": {digest.size}, "sha256": "{digest.sha256}"{sm3}}}'


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode()


def shards(publication: Publication, digests: Mapping[str, Digest]) -> Iterator[Asset]:
    """Yield the lists in which the page 核验 looks up a file: digest, path and name, by the digest's first digit.

    They are scripts, since a page that is opened from a disk may load nothing else.
    """
    names = _names(publication)
    rows: dict[str, list[list[str]]] = {digit: [] for digit in SHARDS}
    for path in sorted(digests):
        if path.endswith(_VERIFIABLE):
            sha256 = digests[path].sha256
            rows[sha256[0]].append([sha256, path, names.get(path, "")])
    for digit, shard in rows.items():
        text = msgspec.json.encode(sorted(shard))
        yield Asset(f"{addresses.DIGESTS}/{digit}.js", b'gazetteDigests("%b",%b);\n' % (digit.encode(), text))


def _names(publication: Publication) -> dict[str, str]:
    """Return the names that readers know the files of issues and documents by, by path in the site."""
    names: dict[str, str] = {}
    for issue in publication.issues:
        name = f"《{settings_at(publication, issue).name}》{issue_name(issue)}"
        for path in (addresses.issue_pdf(issue), addresses.issue_zip(issue), addresses.issue_json(issue)):
            names[path] = name
        for document in issue.documents:
            for path in (
                addresses.document_pdf(issue, document),
                addresses.document_json(issue, document),
                addresses.document_calendar(issue, document),
            ):
                names[path] = document.citation_name
    return names


def signatures_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the signature files in ``folder``; links are none."""
    return tuple(name for name in SIGNATURE_NAMES if _is_plain_file(folder / name))


def unknown_signatures_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the files in ``folder`` that are named as signatures are, with a suffix that none has."""
    beside = sorted(path.name for path in folder.glob(f"{addresses.MANIFEST}.*"))
    return tuple(name for name in beside if name not in SIGNATURE_NAMES and _is_plain_file(folder / name))


def files(folder: Path) -> Iterator[str]:
    """Yield the paths below ``folder`` that belong into its manifest: all but the manifest and its signatures.

    A link to a folder, and a folder that cannot be read, are yielded as if they were files.
    """
    unreadable: list[str] = []
    beside = {addresses.MANIFEST, *signatures_in(folder)}
    for directory, folders, names in os.walk(
        folder, onerror=lambda error: unreadable.append(str(error.filename))
    ):
        folders.sort()
        links = [name for name in folders if (Path(directory) / name).is_symlink()]
        for name in sorted((*names, *links)):
            path = (Path(directory) / name).relative_to(folder).as_posix()
            if path not in beside:
                yield path
    for path in unreadable:
        yield Path(path).relative_to(folder).as_posix()


def compare(folder: Path) -> Comparison:
    """Return how the files in ``folder`` differ from its manifest. Raises ManifestError when that is unreadable."""
    digests = _read_manifest(folder)
    present = set(files(folder))
    kept = digests.keys() & present
    missing, extra = digests.keys() - present, present - digests.keys()
    names = {folded_path(path): path for path in (*SIGNATURE_NAMES, *sorted(kept), *sorted(missing))}
    misnamed = {path: names[folded] for path in sorted(extra) if (folded := folded_path(path)) in names}
    renamed = {path: name for path, name in misnamed.items() if name in missing}
    pairs = [*((path, path) for path in kept), *renamed.items()]
    changed = sorted(path for path, name in pairs if not _matches(folder / path, digests[name]))
    return Comparison(
        intact=len(kept.difference(changed)),
        changed=tuple(changed),
        missing=tuple(sorted(missing.difference(renamed.values()))),
        extra=tuple(sorted(extra - misnamed.keys())),
        renamed=tuple(renamed.items()),
        alike=tuple((path, name) for path, name in misnamed.items() if path not in renamed),
    )


def _read_manifest(folder: Path) -> dict[str, Digest]:
    """Return the digests in the manifest of ``folder`` by path. Raises ManifestError."""
    file = folder / addresses.MANIFEST
    try:
        if file.exists() and not file.is_file():
            raise ManifestError("manifest.json 不是文件")
        data: Any = json.loads(file.read_text("utf-8"), object_pairs_hook=_without_twins)
        return {
            str(path): Digest(int(entry["size"]), str(entry["sha256"]), str(entry.get("sm3", "")))
            for path, entry in data["files"].items()
        }
    except FileNotFoundError:
        raise ManifestError("没有 manifest.json") from None
    except OSError as error:
        raise ManifestError(f"manifest.json 读不出来（{reason(error, '读取')}）") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ManifestError("manifest.json 已损坏") from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object with the members ``pairs``. Raises ValueError for two of one name: readers differ in which counts."""
    if len(data := dict(pairs)) != len(pairs):
        raise ValueError("two members of one name")
    return data


def _is_plain_file(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _matches(file: Path, published: Digest) -> bool:
    """Return whether ``file`` has the digest ``published``; links and pipes never do, and are not read."""
    if not _is_plain_file(file):
        return False
    try:
        actual = digest(file.read_bytes())
    except OSError:
        return False
    return (actual.size, actual.sha256) == (published.size, published.sha256) and (
        not (actual.sm3 and published.sm3) or actual.sm3 == published.sm3
    )
