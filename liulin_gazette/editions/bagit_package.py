"""BagIt (RFC 8493): files with the lists by which anyone can tell, in any year, that nothing of them is lost or changed."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date

from liulin_gazette.source.file_names import folded_path
from liulin_gazette.web.issue_zip import member_info

PAYLOAD = "data/"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
TAG_FILES = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The whole of ``DECLARATION`` (RFC 8493 §2.1.1)."""
OXUM = "Payload-Oxum"
BAGGING_DATE = "Bagging-Date"
IDENTIFIER = "External-Identifier"
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+(\S.*)")
_ENCODED = re.compile("%(0[AaDd]|25)")
_UNPORTABLE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
"""Characters that a name cannot have on every system."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices."""
_LONGEST_NAME = 200
"""Bytes of a name in UTF-8; most systems take 255."""


class BrokenListError(ValueError):
    """A line of a manifest cannot be understood; ``line`` is its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def bag(payload: Mapping[str, bytes], info: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return all files of a bag by path: ``payload``, by path below ``data/``, and the tag files with ``info``."""
    data = {PAYLOAD + path: payload[path] for path in sorted(payload)}
    lines = [*info, (OXUM, oxum(data))]
    tags = {
        DECLARATION: DECLARED,
        INFO: "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines).encode(),
        MANIFEST: manifest(data),
    }
    return {**tags, TAG_MANIFEST: manifest(tags), **data}


def oxum(payload: Mapping[str, bytes]) -> str:
    """Return Payload-Oxum: bytes and number of the files of ``payload`` (RFC 8493 §2.2.2)."""
    return f"{sum(map(len, payload.values()))}.{len(payload)}"


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the manifest of ``files`` by path (RFC 8493 §2.1.3)."""
    return "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {_encoded(path)}\n" for path in sorted(files)
    ).encode()


def read_manifest(content: bytes) -> dict[str, str]:
    """Return the SHA-256 of each file that a manifest lists, by path. Raises BrokenListError."""
    digests: dict[str, str] = {}
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BrokenListError(content[: error.start].count(b"\n") + 1) from None
    for number, line in enumerate(lines, 1):
        bare = line.removesuffix("\r")
        if not bare and number == len(lines):
            break
        found = _LINE.fullmatch(bare)
        path = _decoded(found[2]) if found else ""
        if found is None or path in digests:
            raise BrokenListError(number)
        digests[path] = found[1].lower()
    return digests


def read_info(content: bytes) -> dict[str, list[str]]:
    """Return the values of each label of ``bag-info.txt``. Raises BrokenListError.

    A line that begins with a space goes on with the one before it (RFC 8493 §2.2.2).
    """
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BrokenListError(content[: error.start].count(b"\n") + 1) from None
    info: dict[str, list[str]] = {}
    last: list[str] = []
    for number, line in enumerate(lines, 1):
        if line[:1] in (" ", "\t") and last:
            last[-1] += " " + line.strip()
            continue
        label, colon, value = line.partition(":")
        if not colon:
            raise BrokenListError(number)
        last = info.setdefault(label, [])
        last.append(value.strip())
    return info


def zipped_bag(members: Mapping[str, bytes], top: str, day: date) -> bytes:
    """Return the ZIP of a bag below its one folder ``top`` (RFC 8493 §4), dated ``day``.

    Nothing is compressed, so that the same members give the same bytes with every library, and can be read out of a
    damaged ZIP.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in members.items():
            info = member_info(f"{top}/{path}", day)
            info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, content)
    return out.getvalue()


def in_order(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return ``members`` in the order in which ``bag`` gives them."""
    tags = [path for path in TAG_FILES if path in members]
    rest = sorted(path for path in members if path not in tags)
    return {path: members[path] for path in (*tags, *rest)}


def unportable(paths: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``paths`` that not every system can store, or that some system takes for another one of them."""
    found: list[str] = []
    seen: dict[str, str] = {}
    for path in sorted(paths):
        folded = folded_path(path)
        if folded in seen or any(not _is_portable(name) for name in path.split("/")):
            found.append(path)
        seen[folded] = path
    return tuple(found)


def _is_portable(name: str) -> bool:
    return bool(
        name
        and not name.endswith((".", " "))
        and not name.startswith(" ")
        and not _UNPORTABLE.search(name)
        and not _RESERVED.match(name)
        and len(name.encode()) <= _LONGEST_NAME
    )


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _decoded(path: str) -> str:
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), path)
